"""What cannot be sent as it is, in German."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from generator.characters import FORBIDDEN

__all__ = ["Refusal", "refuse_controls"]


class Refusal(Exception):  # noqa: N818  # nothing is wrong with the program
    """Raised where a letter, or a setting, cannot go into a mail."""

    def __init__(self, message: str, remedy: str) -> None:
        """Say what is wrong and what to do.

        Args:
            message: what is wrong (a German sentence).
            remedy: what to do (a German sentence).
        """
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message} {remedy}")


def refuse_controls(record: object) -> None:
    """Raise a `Refusal` where a text of the record, or of one within it, holds a character that no text may contain."""
    for place, text in _texts(record):
        if found := FORBIDDEN.search(text):
            raise Refusal(
                f"In „{place}“ steht das unzulässige Zeichen U+{ord(found[0]):04X}.",
                "Das Zeichen im Text entfernen; oft kam es beim Einfügen aus einem anderen Programm mit.",
            )


def _texts(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Return each string within the value, with the names that lead to it (``sections.0.title``)."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _texts(item, f"{place}.{number}")
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name), f"{place}.{field.name}".removeprefix("."))
