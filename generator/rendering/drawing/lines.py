"""Where a title breaks into lines."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["balanced"]

_SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"[^ ]+")
_BREAK = re.compile(rf"(?<=[^\W\d][-–/])(?=\w)|(?<=\d[-–/])(?=[^\W\d])|{_SOFT_HYPHEN}")
"""Where a word may end a line: after a hyphen that does not stand between figures, and at a soft one."""

_STEPS = 12
"""Halvings of the width in the search for the narrowest one; the last moves it by less than a pixel."""

Measure = Callable[[str], float]
"""Returns how wide a text is."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What no line break divides."""

    text: str
    width: float
    before: float
    """The width of what stands before it on the same line: a space, or nothing."""

    joint: str
    """What stands before it on the same line."""

    soft: bool
    """Whether a hyphen shows where a line ends before it."""


def balanced(text: str, measure: Measure, width: float, most: int) -> list[str] | None:
    """Return a text in as few lines as it needs, all about equally long; None: it does not fit.

    Lines break at spaces, after hyphens and at soft hyphens; spaces that do not break stay whole.

    Args:
        text: the text, on one line.
        measure: how wide a text is.
        width: of the lines.
        most: how many lines there may be.
    """
    pieces = _pieces(text, measure)
    hyphen = measure("-")
    fewest = _lines(pieces, width, hyphen)
    if fewest is None or len(fewest) > most:
        return None
    # The narrowest width that still needs no more lines makes them equal.
    narrow, wide = width / (len(fewest) + 1), width
    for _ in range(_STEPS):
        middle = (narrow + wide) / 2
        found = _lines(pieces, middle, hyphen)
        if found is not None and len(found) == len(fewest) and _divided(found) <= _divided(fewest):
            wide, fewest = middle, found
        else:
            narrow = middle
    return fewest


def _divided(lines: Sequence[str]) -> int:
    """Return how many lines end within a word."""
    return sum(line.endswith(("-", "–", "/")) for line in lines)


def _pieces(text: str, measure: Measure) -> list[_Piece]:
    space = measure(" ")
    pieces: list[_Piece] = []
    for word in _WORD.findall(text):
        start, soft = 0, False
        for found in [*_BREAK.finditer(word), None]:
            part = word[start : found.start() if found else None]
            joint = " " if start == 0 and pieces else ""
            pieces.append(_Piece(part, measure(part), space if joint else 0, joint, soft))
            if found:
                start, soft = found.end(), found[0] == _SOFT_HYPHEN
    return pieces


def _lines(pieces: Sequence[_Piece], width: float, hyphen: float) -> list[str] | None:
    """Return the lines that come of putting as much as fits on each; None: something fits on none."""
    lines: list[str] = []
    line, used = "", 0.0
    for number, piece in enumerate(pieces):
        follows = pieces[number + 1 : number + 2]
        ending = hyphen if follows and follows[0].soft else 0
        if not line:
            line, used = piece.text, piece.width
        elif used + piece.before + piece.width + ending <= width:
            line += piece.joint + piece.text
            used += piece.before + piece.width
        else:
            lines.append(f"{line}-" if piece.soft else line)
            line, used = piece.text, piece.width
        if used > width:
            return None
    return [*lines, line]
