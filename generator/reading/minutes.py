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
from itertools import pairwise

from generator.model.minutes import Section
from generator.problems import Problem
from generator.reading.agenda_item import ItemReader, marked_paragraph
from generator.reading.suspicion import (
    begins_suspiciously,
    is_non_public,
    is_ordinary,
    is_public_again,
    is_suspicious,
)

__all__ = ["take_apart"]

_HEADING = re.compile(r"(#{1,6})(.*)")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}$")
_ITEM = re.compile(
    r"(?:TOP\s*(\d+(?:\.\d+)*(?:[a-z]\b)?)\.?|(\d+(?:\.\d+)+)\.?|(\d+)\.)\s*[–—:-]?\s*(.*)", re.IGNORECASE
)
_EMPHASISED = re.compile(r"\s*(?:[-*+]\s+)?(?:\*\*|__|<)")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-+)\s*")


@dataclass(slots=True)
class _Part:
    """A heading with the lines below it, on the way to becoming a section."""

    line: int
    raw: str
    """The heading's line as it stands."""

    heading: str
    """The heading's words."""

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
    agenda_level = 0
    for part in _with_subsections(_parts(body, first_line)):
        if not part.public:
            sections.append(Section(markdown="\n".join(_whole(part)), public=False))
            continue
        problems += _suspicions(part, place)
        found = _item_heading(part)
        if found is None:
            problems += _strays(part, place)
            problems += _unknown(part, agenda_level, place)
            sections.append(Section(markdown="\n".join(_whole(part)), public=True))
            continue
        agenda_level = max(agenda_level, part.level)
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
        reader = ItemReader(minutes_id, number, place)
        heading = f"{'#' * part.level} {part.heading}"
        item, markdown = reader.read(heading, found[4] or part.heading, part.lines, part.line)
        sections.append(Section(markdown=markdown, public=True, item=item))
        problems += reader.problems
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
        if mark := marked_paragraph(line):
            yield Problem(
                place,
                number,
                f"„{mark}“ steht außerhalb eines Tagesordnungspunkts.",
                "Der Überschrift darüber eine Nummer geben: ## TOP 3 – Titel.",
            )


def _unknown(part: _Part, agenda_level: int, place: str) -> Iterator[Problem]:
    """Yield a problem for a heading among the agenda items that is none: it may end a part that nobody is to read."""
    if 0 < part.level <= agenda_level and not is_ordinary(part.heading):
        yield Problem(
            place,
            part.line,
            f"Die Überschrift „{part.heading}“ ist kein Tagesordnungspunkt, steht aber auf einer Stufe mit ihnen.",
            "„TOP 3 – …“ davor schreiben, eine Stufe tiefer setzen (###) oder „(öffentlich)“ anfügen.",
        )


def _whole(part: _Part) -> list[str]:
    return [part.raw, *part.lines] if part.level else part.lines


def _parts(body: str, first_line: int) -> Iterator[_Part]:
    """Yield the text before the first heading, then each heading with what is below it."""
    part = _Part(line=first_line, raw="", heading="", level=0, public=True)
    for number, line in enumerate(body.split("\n"), start=first_line):
        # Also inside what may be a block of code: where a heading is overlooked, something non-public may get out.
        heading = _HEADING.fullmatch(line)
        if heading is None:
            part.lines.append(line)
            continue
        yield part
        words = heading[2].strip().rstrip("#").rstrip()
        public = _is_public(words, before=part.public)
        text = _ATTRIBUTES.sub("", unicodedata.normalize("NFC", words).replace("\u00ad", "")).rstrip()
        part = _Part(line=number, raw=line, heading=text, level=len(heading[1]), public=public)
    yield part


def _is_public(heading: str, *, before: bool) -> bool:
    return not is_non_public(heading) and (before or is_public_again(heading))


def _suspicions(part: _Part, place: str) -> Iterator[Problem]:
    """Yield a problem for whatever looks like the mark of a non-public part, but is not understood as one."""
    suspects = [(part.line, part.raw)] if part.level else []
    first = part.line + (1 if part.level else 0)
    for number, (line, next_line) in enumerate(pairwise([*part.lines, ""]), start=first):
        is_title = _EMPHASISED.match(line) or (line.strip() and _UNDERLINE.fullmatch(next_line))
        if is_title or begins_suspiciously(line):
            suspects.append((number, line))
    for number, text in suspects:
        if is_suspicious(text):
            yield Problem(
                place,
                number,
                "Diese Zeile sieht nach einem nichtöffentlichen Teil aus, ist aber nicht als solcher gekennzeichnet.",
                "„## Nichtöffentlicher Teil“ als Überschrift setzen oder in ihr „(nichtöffentlich)“ schreiben.",
            )
