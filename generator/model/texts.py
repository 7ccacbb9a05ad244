"""Texts as authors write them."""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from generator.model.form import ANYTHING, Form
from generator.model.mistake import mistake

__all__ = ["Line", "Short", "Text"]

_TEXT = Form(
    name="text",
    pattern=r"\S(?:[\s\S]*\S)?",
    wrong="ist leer.",
    remedy="Text ergänzen oder die Zeile entfernen.",
    types=ANYTHING,
)
_LINE = Form(
    name="line",
    pattern=_TEXT.pattern,
    wrong=_TEXT.wrong,
    remedy=_TEXT.remedy,
    types=ANYTHING,
)


def _parse_text(value: Any) -> str:
    text = _TEXT.plain(value)
    if not text:
        raise mistake(f"Der Text {_TEXT.wrong}", _TEXT.remedy)
    return text


Text = Annotated[str, BeforeValidator(_parse_text), _TEXT]
"""Text that is not empty; white space around it is dropped."""

Line = Annotated[Text, AfterValidator(lambda text: " ".join(text.split())), _LINE]
"""Text on one line; line breaks in it become spaces."""

Short = Annotated[Line, StringConstraints(max_length=300)]
"""One line of at most 300 characters."""
