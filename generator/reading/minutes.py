"""Minutes as a minute-taker writes them, taken apart into agenda items, decisions, votes and tasks.

Headings such as ``## TOP 3 – Titel`` open an agenda item; paragraphs that begin with ``**Beschluss:**``,
``**Abstimmung:**`` or ``**Auftrag:**`` are data. From a heading „Nichtöffentlicher Teil“ on, or one with
„(nichtöffentlich)“, everything is non-public, until a heading says „(öffentlich)“ or „Öffentlicher Teil“: in doubt, too
little is shown.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from generator.model.minutes import AgendaItem, Decision, Section, Task
from generator.problems import Problem
from generator.reading.votes import read_vote

__all__ = ["take_apart"]

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*")
_ATTRIBUTES = re.compile(r"\s*\{[^{}]*\}\s*$")
_ITEM = re.compile(r"(?:TOP\s*(\d+(?:\.\d+)*)\.?|(\d+(?:\.\d+)+)\.?|(\d+)\.)\s*[–—:-]?\s*(.*)", re.IGNORECASE)
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_NON_PUBLIC = re.compile(r"nicht[\s-]*(?:ö|oe)ffentlich", re.IGNORECASE)
_PUBLIC_AGAIN = re.compile(r"\((?:ö|oe)ffentlich\)|^(?:ö|oe)ffentlicher teil", re.IGNORECASE)
_LOOKS_NON_PUBLIC = re.compile(r"nicht[\s-]*(?:ö|oe)ffentlich|vertraulich|\bN[ÖO]\b", re.IGNORECASE)
_EMPHASISED = re.compile(r"\s*(?:[-*+]\s+)?(?:\*\*|__|<)")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-+)\s*")
_MARKED = re.compile(r"((?:[-*+][ \t]+)?)\*\*(Beschluss|Abstimmung|Auftrag):?\*\*:?[ \t]*(.*)", re.IGNORECASE)
_ROLE = re.compile(
    r"(?P<text>.*?)\s*\((?P<role>[^()]+?)(?:\s*,\s*bis\s+(?:zum\s+)?(?P<due>[^(),]+))?\)\s*\.?", re.DOTALL
)
_GERMAN_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")


@dataclass(slots=True)
class _Part:
    """A heading with the lines below it, on the way to becoming a section."""

    line: int
    heading: str
    level: int
    public: bool
    lines: list[str] = field(default_factory=list)


def take_apart(minutes_id: str, body: str, first_line: int, place: str) -> tuple[tuple[Section, ...], list[Problem]]:
    """Split the body of minutes into sections.

    Args:
        minutes_id: the id of the minutes; the ids of decisions and tasks begin with it.
        body: Markdown, lines ended by a line feed.
        first_line: the line of the file on which the body begins.
        place: the file, for problems.
    """
    problems: list[Problem] = []
    sections: list[Section] = []
    numbers: dict[str, int] = {}
    for part in _with_subsections(_parts(body, first_line)):
        if not part.public:
            sections.append(Section(markdown="\n".join(_whole(part)), public=False))
            continue
        problems += _suspicions(part, place)
        found = _item_heading(part)
        if found is None:
            problems += _strays(part, place)
            sections.append(Section(markdown="\n".join(_whole(part)), public=True))
            continue
        number = found[1] or found[2] or found[3]
        if number in numbers:
            problems.append(
                Problem(
                    place,
                    part.line,
                    f"TOP {number} gibt es zweimal (zuerst in Zeile {numbers[number]}).",
                    "Die Tagesordnungspunkte fortlaufend nummerieren.",
                )
            )
        numbers.setdefault(number, part.line)
        item = _Item(minutes_id, number, found[4] or part.heading, part, place)
        sections.append(item.section())
        problems += item.problems
    return tuple(sections), problems


def _item_heading(part: _Part) -> re.Match[str] | None:
    return _ITEM.fullmatch(part.heading) if part.level else None


def _with_subsections(parts: Iterable[_Part]) -> Iterator[_Part]:
    """Put plain headings below an agenda item into the item, so that what is decided there belongs to it."""
    current: _Part | None = None
    for part in parts:
        if (
            current is not None
            and _item_heading(current)
            and part.public == current.public
            and part.level > current.level
            and not _item_heading(part)
        ):
            current.lines += _whole(part)
            continue
        if current is not None:
            yield current
        current = part
    if current is not None:
        yield current


def _strays(part: _Part, place: str) -> Iterator[Problem]:
    """Yield a problem for each marked paragraph that belongs to no agenda item."""
    first = part.line + (1 if part.level else 0)
    for number, line in enumerate(part.lines, start=first):
        if marked := _MARKED.match(line):
            yield Problem(
                place,
                number,
                f"„{marked[2]}“ steht außerhalb eines Tagesordnungspunkts.",
                "Der Überschrift darüber eine Nummer geben: ## TOP 3 – Titel.",
            )


def _whole(part: _Part) -> list[str]:
    return [f"{'#' * part.level} {part.heading}", *part.lines] if part.level else part.lines


def _parts(body: str, first_line: int) -> Iterator[_Part]:
    """Yield the text before the first heading, then each heading with what is below it."""
    part = _Part(line=first_line, heading="", level=0, public=True)
    fence = ""
    for number, line in enumerate(body.split("\n"), start=first_line):
        if mark := _FENCE.match(line):
            if not fence:
                fence = mark[1]
            elif line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        heading = None if fence else _HEADING.fullmatch(line)
        if heading is None:
            part.lines.append(line)
            continue
        yield part
        text = _ATTRIBUTES.sub("", unicodedata.normalize("NFC", heading[2])).replace("\u00ad", "")
        part = _Part(line=number, heading=text, level=len(heading[1]), public=_is_public(text, before=part.public))
    yield part


def _is_public(heading: str, *, before: bool) -> bool:
    if _NON_PUBLIC.search(heading):
        return False
    return before or bool(_PUBLIC_AGAIN.search(heading))


def _suspicions(part: _Part, place: str) -> Iterator[Problem]:
    """Yield a problem for whatever looks like the mark of a non-public part, but is not understood as one."""
    suspects = [(part.line, part.heading)] if part.level else []
    for offset, line in enumerate(part.lines):
        below = part.lines[offset + 1] if offset + 1 < len(part.lines) else ""
        if _EMPHASISED.match(line) or (line.strip() and _UNDERLINE.fullmatch(below)):
            suspects.append((part.line + offset + (1 if part.level else 0), line))
    for number, text in suspects:
        if _LOOKS_NON_PUBLIC.search(unicodedata.normalize("NFC", text).replace("\u00ad", "")):
            yield Problem(
                place,
                number,
                "Diese Zeile sieht nach einem nichtöffentlichen Teil aus, ist aber nicht als solcher gekennzeichnet.",
                "„## Nichtöffentlicher Teil“ als Überschrift setzen oder in ihr „(nichtöffentlich)“ schreiben.",
            )


class _Item:
    """An agenda item being read: its marked paragraphs become decisions, votes and tasks."""

    def __init__(self, minutes_id: str, number: str, title: str, part: _Part, place: str) -> None:
        self.problems: list[Problem] = []
        self._prefix = f"{minutes_id}-top-{number.replace('.', '-')}"
        self._number = number
        self._title = title
        self._part = part
        self._place = place
        self._decisions: list[Decision] = []
        self._tasks: list[Task] = []

    def section(self) -> Section:
        """Read the item and return it as a section whose Markdown carries the ids."""
        markdown = [f"{'#' * self._part.level} {self._part.heading} {{#top-{self._number.replace('.', '-')}}}"]
        for line, block in self._blocks():
            markdown += block
            if (marked := _MARKED.match(block[0])) is None:
                continue
            text = "\n".join([marked[3], *block[1:]]).strip()
            attributes = _MARKS[marked[2].lower()](self, text, line)
            # An attribute list goes with a paragraph; below a list item it would belong to the wrong element.
            markdown += [attributes, ""] if attributes and not marked[1] else [""]
        item = AgendaItem(
            number=self._number,
            title=self._title,
            line=self._part.line,
            decisions=tuple(self._decisions),
            tasks=tuple(self._tasks),
        )
        return Section(markdown="\n".join(markdown), public=True, item=item)

    def _blocks(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the marked paragraphs and what is between them, each with the line it begins on."""
        block: list[str] = []
        start = self._part.line + 1
        marked = False
        for number, line in enumerate(self._part.lines, start=start):
            begins = bool(_MARKED.match(line))
            if begins or (marked and not line.strip()):
                if block:
                    yield start, block
                block, start, marked = [], number, begins
            block.append(line)
        if block:
            yield start, block

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
        if found is None or not understood:
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


_MARKS = {"beschluss": _Item.decision, "abstimmung": _Item.vote, "auftrag": _Item.task}


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
