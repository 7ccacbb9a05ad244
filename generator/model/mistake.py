"""What a validator raises where an author's words make no sense."""

from pydantic_core import PydanticCustomError

__all__ = ["mistake"]


def mistake(message: str, remedy: str, field: str | None = None) -> PydanticCustomError:
    """Return the error a validator raises.

    Args:
        message: what is wrong (a German sentence).
        remedy: what to write instead (a German sentence).
        field: the field to point to, where a whole record is validated.
    """
    # Braces would be taken for placeholders by pydantic; the texts are finished sentences.
    return PydanticCustomError("mistake", "{text}", {"text": message, "remedy": remedy, "field": field})
