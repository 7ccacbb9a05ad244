"""The sentences of a text as it is written, each with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Sentence", "links", "sentences"]

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_NOT_PROSE = re.compile(r"\s*(?:#|\||\*\[|\[\^?[^\]]+\]:|\{:|!!!|<)|\s*[-=]{3,}\s*$")
_ITEM = re.compile(r"\s*(?:[-*+]|[0-9]+[.)])\s+")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)(?:\{[^}]*\})?")
_MARKS = re.compile(r"[*_`]+|\[\^[^\]]+\]|\{[^}]*\}|<[^>]*>")
_NEXT = r"\s+(?=[„\"(]?[A-ZÄÖÜ0-9])"
_END = re.compile(rf"(?<=[.!?…]){_NEXT}|(?<=[.!?…][“”\"')]){_NEXT}")
_NO_END = re.compile(
    r"(?:\b(?:[A-Za-zÄÖÜäöü]|Dr|Prof|Nr|Abs|Art|bzw|ca|Str|St|vgl|usw|etc|Mio|Mrd|Tel|inkl|zzgl|sog|gem)|\b[0-9]{1,2})\.$"
)
"""What a full stop ends without ending the sentence: abbreviations, initials, days."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without marks of Markdown."""

    line: int
    """The line of the file on which it begins."""

    text: str

    @property
    def words(self) -> list[str]:
        """Its words, numbers among them."""
        return re.findall(r"\w[\w-]*", self.text)


def sentences(body: str, first_line: int) -> Iterator[Sentence]:
    """Yield the sentences of paragraphs and list items; tables, code and headings are none.

    Args:
        body: Markdown.
        first_line: the line of the file on which it begins.
    """
    for line, text in _paragraphs(body, first_line):
        plain = _MARKS.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))
        begun = ""
        for part in _END.split(plain):
            begun = f"{begun} {part}".strip()
            if not _NO_END.search(begun):
                yield Sentence(line, " ".join(begun.split()))
                begun = ""
        if begun:
            yield Sentence(line, " ".join(begun.split()))


def links(body: str, first_line: int) -> Iterator[Sentence]:
    """Yield the texts of links."""
    for number, line in enumerate(body.split("\n"), start=first_line):
        for found in _LINK.finditer(_IMAGE.sub("", line)):
            yield Sentence(number, _MARKS.sub("", found[1]).strip())


def _paragraphs(body: str, first_line: int) -> Iterator[tuple[int, str]]:
    """Yield each paragraph or list item with its line."""
    start, lines, fence = first_line, list[str](), ""
    for number, line in enumerate(body.split("\n"), start=first_line):
        found = _FENCE.match(line)
        is_fence = found is not None and (not fence or found[1].startswith(fence))
        if is_fence and found is not None:
            fence = "" if fence else found[1]
        ends = is_fence or bool(fence) or not line.strip() or _NOT_PROSE.match(line) is not None
        if lines and (ends or _ITEM.match(line)):
            yield start, " ".join(lines)
            lines = []
        if not ends:
            start = start if lines else number
            item = _ITEM.match(line)
            lines.append((line[item.end() :] if item else line).lstrip("> "))
    if lines:
        yield start, " ".join(lines)
