"""An agenda item as a minute-taker writes it: its marked paragraphs are decisions, votes and tasks."""

import re
from collections.abc import Iterator
from datetime import date

from generator.model.minutes import AgendaItem, Decision, Task
from generator.problems import Problem
from generator.reading.votes import read_vote

__all__ = ["ItemReader", "marked_paragraph"]

_MARKED = re.compile(r"((?:[-*+][ \t]+)?)\*\*(Beschluss|Abstimmung|Auftrag):?\*\*:?[ \t]*(.*)", re.IGNORECASE)
_ROLE = re.compile(
    r"(?P<text>.*?)\s*\((?P<role>[^()]+?)(?:\s*,\s*bis\s+(?:zum\s+)?(?P<due>[^(),]+))?\)\s*\.?", re.DOTALL
)
_GERMAN_DATE = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_ENDS_PARAGRAPH = re.compile(r"\s*$|#")
_BULLET = re.compile(r"[-*+][ \t]")
_LOOKS_MARKED = re.compile(r"[\s>*_+.0-9-]*(Beschlu(?:ss|ß)|Abstimmung|Auftrag)[\s0-9]*[*_]*\s*:", re.IGNORECASE)
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")


def marked_paragraph(line: str) -> str | None:
    """Return the mark with which a line begins („Beschluss“, „Abstimmung“, „Auftrag“), if it has one."""
    marked = _MARKED.match(line)
    return marked[2] if marked else None


class ItemReader:
    """Reads one agenda item."""

    def __init__(self, minutes_id: str, number: str, place: str) -> None:
        """Begin an item.

        Args:
            minutes_id: the id of the minutes; the ids of decisions and tasks begin with it.
            number: the item's number, ``3`` or ``3.1``.
            place: the file, for problems.
        """
        self.problems: list[Problem] = []
        self._number = number
        self._anchor = f"top-{number.replace('.', '-')}"
        self._prefix = f"{minutes_id}-{self._anchor}"
        self._place = place
        self._decisions: list[Decision] = []
        self._tasks: list[Task] = []

    def read(self, heading: str, title: str, lines: list[str], first_line: int) -> tuple[AgendaItem, str]:
        """Return the item, and its Markdown with the ids that other pages link to as attribute lists.

        Args:
            heading: the heading's line.
            title: what the heading says besides the number.
            lines: what stands below it.
            first_line: the heading's line in the file.
        """
        markdown = [f"{heading} {{#{self._anchor}}}"]
        for line, block, marked_here in _blocks(lines, first_line + 1):
            markdown += block
            marked = _MARKED.match(block[0])
            if marked is None or not marked_here:
                self._look_for_marks(block, line)
                continue
            text = "\n".join([marked[3], *block[1:]]).strip()
            attributes = _READERS[marked[2].lower()](self, text, line)
            markdown += [attributes, ""] if attributes else [""]
        item = AgendaItem(
            number=self._number,
            title=title,
            line=first_line,
            decisions=tuple(self._decisions),
            tasks=tuple(self._tasks),
        )
        return item, "\n".join(markdown)

    def _look_for_marks(self, block: list[str], first_line: int) -> None:
        for number, line in enumerate(block, start=first_line):
            if (found := _LOOKS_MARKED.match(line)) and not _MARKED.match(line):
                self._problem(
                    number,
                    f"Diese Zeile sieht nach „{found[1]}“ aus, ist aber nicht so gekennzeichnet.",
                    f"An den Anfang der Zeile „**{found[1]}:**“ schreiben.",
                )

    def decision(self, text: str, line: int) -> str:
        """Take a decision's wording, and return the attribute list for its paragraph."""
        name = f"{self._prefix}-beschluss-{len(self._decisions) + 1}"
        if not text:
            self._problem(line, "Der Beschluss hat keinen Wortlaut.", "Den Wortlaut hinter „**Beschluss:**“ schreiben.")
        self._decisions.append(Decision(id=name, text=text, vote=None, line=line))
        return f"{{: .decision #{name} }}"

    def vote(self, text: str, line: int) -> str:
        """Take the vote on the decision before, and return the attribute list for its paragraph."""
        vote = read_vote(text)
        if vote is None:
            self._problem(
                line,
                f"Das Ergebnis der Abstimmung „{text}“ ist nicht zu verstehen.",
                "Zum Beispiel schreiben: 12 Ja, 1 Nein, 2 Enthaltungen.",
            )
        elif not self._decisions or self._decisions[-1].vote is not None:
            self._problem(
                line, "Zu dieser Abstimmung fehlt der Beschluss.", "Davor einen Absatz „**Beschluss:** …“ schreiben."
            )
        else:
            self._decisions[-1] = self._decisions[-1].model_copy(update={"vote": vote})
        return "{: .vote }"

    def task(self, text: str, line: int) -> str:
        """Take a task, and return the attribute list for its paragraph."""
        found = _ROLE.fullmatch(text)
        due, understood = _due(found["due"]) if found else (None, True)
        if found is None or not understood or re.search(r"\bbis\b", found["role"]):
            self._problem(
                line,
                "Aus dem Auftrag geht nicht hervor, wer ihn bis wann erledigt.",
                "Am Ende in Klammern schreiben: (Bauamt, bis 31.12.2026).",
            )
            return ""
        name = f"{self._prefix}-auftrag-{len(self._tasks) + 1}"
        self._tasks.append(Task(id=name, text=found["text"].rstrip(), role=found["role"], due=due, line=line))
        return f"{{: .task #{name} }}"

    def _problem(self, line: int, message: str, remedy: str) -> None:
        self.problems.append(Problem(self._place, line, message, remedy))


_READERS = {"beschluss": ItemReader.decision, "abstimmung": ItemReader.vote, "auftrag": ItemReader.task}


def _blocks(lines: list[str], first_line: int) -> Iterator[tuple[int, list[str], bool]]:
    """Yield the marked paragraphs and what is between them: the line it begins on, its lines, whether it is marked."""
    block: list[str] = []
    start = first_line
    marked = False
    code = _lines_of_code(lines)
    for number, line in enumerate(lines, start=first_line):
        begins = number - first_line not in code and _MARKED.match(line) is not None
        if begins or (marked and _ends(block[0], line)):
            if block:
                yield start, block, marked
            block, start, marked = [], number, begins
        block.append(line)
    if block:
        yield start, block, marked


def _ends(marked: str, line: str) -> bool:
    """Tell whether a line ends the marked paragraph above it: an empty one, a heading, the next item of its list."""
    return _ENDS_PARAGRAPH.match(line) is not None or (_BULLET.match(marked) and _BULLET.match(line)) is not None


def _lines_of_code(lines: list[str]) -> set[int]:
    """Return the indexes of the lines in fenced blocks of code; a fence that is never closed opens none."""
    code: set[int] = set()
    start: int | None = None
    fence = ""
    for index, line in enumerate(lines):
        found = _FENCE.match(line)
        if found and start is None:
            start, fence = index, found[1]
        elif found and start is not None and found[1].startswith(fence):
            code.update(range(start, index + 1))
            start = None
    return code


def _due(text: str | None) -> tuple[date | None, bool]:
    """Return the day, and whether the text was understood."""
    if text is None:
        return None, True
    german = _GERMAN_DATE.fullmatch(text.strip())
    try:
        if german:
            return date(int(german[3]), int(german[2]), int(german[1])), True
        return date.fromisoformat(text.strip()), True
    except ValueError:
        return None, False
