"""What a new text leaves to be filled in: „‹Wer eröffnet›“."""

from collections.abc import Callable, Iterator

from generator.characters import PLACEHOLDER
from generator.problems import Problem

__all__ = ["unfilled"]


def unfilled(text: str, path: str, line: Callable[[str], int] = lambda _found: 1) -> Iterator[Problem]:
    """Yield a problem for each placeholder that stands in a text, once.

    Args:
        text: what is about to be published or sent.
        path: the file it comes from.
        line: returns the line of the file, counted from 1, on which a placeholder stands.
    """
    for found in dict.fromkeys(PLACEHOLDER.findall(text)):
        message = f"Hier steht noch der Platzhalter „{found}“."
        yield Problem(path, line(found), message, "Ausfüllen oder die Stelle löschen.")
