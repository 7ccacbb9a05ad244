"""What to do where a field holds the wrong kind of thing: the same German sentences in problems and in schemas."""

from collections.abc import Iterable

__all__ = ["as_list", "choose_of", "needed", "shorten"]


def shorten(most: int) -> str:
    """Return what to do with a text of more than so many characters."""
    return f"Auf höchstens {most} Zeichen kürzen."


def choose_of(words: Iterable[str]) -> str:
    """Return which words there are to choose from."""
    return f"Möglich sind: {', '.join(words)}."


def needed(fields: Iterable[str]) -> str:
    """Return which fields must be there."""
    return f"Nötig sind: {', '.join(fields)}."


def as_list(field: str) -> str:
    """Return how a list is written."""
    return f"Auch einen einzelnen Wert als Liste schreiben: {field}: [Wert]."
