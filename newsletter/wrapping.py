"""Lines of plain text: wrapped between words, never within an address."""

import re
import textwrap
from itertools import groupby

__all__ = ["finished", "link_lines", "one_line", "underlined", "wrap", "wrap_paragraphs"]

_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_MARK_OF_ITS_OWN = re.compile(r" (?=[->*+] )")
"""At the beginning of a line these would look like a list or a quotation."""

_NARROWEST = 20
_AT_THE_END = {"\xad": None, "\xa0": " ", "\u202f": " ", "\u2007": " "}
_FINISHED = str.maketrans(_AT_THE_END)


def finished(text: str) -> str:
    """Return wrapped text without soft hyphens, and with spaces for those that were not to be broken."""
    return text.translate(_FINISHED)


def one_line(text: str) -> str:
    """Return the text with a space for all white space at which a line may be broken."""
    return _SPACES.sub(" ", text).strip(" ")


def wrap(text: str, width: int) -> list[str]:
    """Return the text's lines, at most ``width`` characters long where words are not longer; breaks in it are kept."""
    return [
        wrapped
        for line in text.replace("\xad", "").split("\n")
        for wrapped in textwrap.wrap(
            _MARK_OF_ITS_OWN.sub("\xa0", one_line(line)),
            max(width, _NARROWEST),
            break_long_words=False,
            break_on_hyphens=False,
        )
    ]


def wrap_paragraphs(text: str, width: int) -> list[str]:
    """Return the lines of a text with empty ones between its paragraphs."""
    paragraphs = (
        wrap("\n".join(lines), width) for is_text, lines in groupby(text.splitlines(), key=_is_text) if is_text
    )
    return "\n\n".join("\n".join(lines) for lines in paragraphs).split("\n")


def _is_text(line: str) -> bool:
    return bool(line.strip())


def underlined(title: str, mark: str, width: int) -> list[str]:
    """Return a heading with a line of marks under it, as long as itself; an empty one is nothing."""
    lines = wrap(title, width)
    return [*lines, mark * min(max(map(len, lines)), width)] if lines else []


def link_lines(text: str, address: str, width: int) -> list[str]:
    """Return a link's text, and its address on a line of its own."""
    words = one_line(text)
    colon = "" if not words or ":" in words or words[-1] in ".!?…" else ":"
    return [*wrap(words + colon, width), address]
