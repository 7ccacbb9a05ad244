"""What stands between two marks: found in one pass, however many marks are never closed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

__all__ = ["Span", "replaced"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text from one mark to the next that closes it."""

    opening: re.Match[str]
    inner: str
    """What stands between the two."""

    whole: str


def replaced(
    text: str,
    opening: re.Pattern[str],
    closing: Callable[[re.Match[str]], re.Pattern[str]],
    change: Callable[[Span], str],
) -> str:
    """Return a text with something else in place of each span; where a mark is not closed, all stays.

    A pattern with ``.*?`` between the marks would look to the end of the text from each mark anew.

    Args:
        text: the text.
        opening: the mark that begins a span.
        closing: gives the mark that ends it; for the same opening always the same one.
        change: gives what stands for a span.
    """
    return "".join(_pieces(text, opening, closing, change))


def _pieces(
    text: str,
    opening: re.Pattern[str],
    closing: Callable[[re.Match[str]], re.Pattern[str]],
    change: Callable[[Span], str],
) -> Iterator[str]:
    done = at = 0
    never: set[re.Pattern[str]] = set()
    while (mark := opening.search(text, at)) is not None:
        at = mark.end()
        closes = closing(mark)
        close = None if closes in never else closes.search(text, at)
        if close is None:
            never.add(closes)
            continue
        yield text[done : mark.start()]
        yield change(Span(mark, text[at : close.start()], text[mark.start() : close.end()]))
        done = at = close.end()
    yield text[done:]
