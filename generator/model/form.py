"""How the values of a type are written: what the reader goes by, and what editors are told of it.

Every value arrives as the text the author typed (``18:30`` stays ``18:30``). Each type turns it into what it means, or
raises a `PydanticCustomError` whose German message names the mistake and whose ``remedy`` says what to write instead.
"""

import re
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from generator.model.mistake import mistake

__all__ = ["ANYTHING", "Form"]

ANYTHING = ("string", "number", "boolean")
"""What YAML takes a text for that has no form of its own: ``2026`` for a number, ``true`` for a truth value."""

_SINGLE = "Einen einzelnen Wert schreiben."


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form in which values are written; stands in the ``Annotated`` of a type beside the validators that use it."""

    name: str
    """What programs call it: ``date``."""

    pattern: str
    """A regular expression for the whole of a value, without space around it. It may let more pass than the type does,
    and keeps to what Python and ECMA-262 have in common."""

    wrong: str
    """What is said of a value that is written otherwise, as the second half of a German sentence: „ist kein Datum.“"""

    remedy: str
    """What to write instead: a German sentence."""

    expected: str = "ein Text"
    """What is expected where there is a list, a block or nothing: „ein Datum“."""

    types: tuple[str, ...] = ("string",)
    """What a YAML reader may take such a value for, by the names of JSON Schema."""

    examples: tuple[str, ...] = ()
    """All that is usually written, where that is little."""

    @property
    def told(self) -> str:
        """What is said of a wrong value where it is not repeated."""
        return f"Der Wert {self.wrong} {self.remedy}"

    @property
    def single(self) -> str:
        """What is said of a list or a block."""
        return f"{self._not_single} {_SINGLE}"

    @property
    def _not_single(self) -> str:
        return f"Hier wird {self.expected} erwartet, keine Liste und kein Block."

    def plain(self, value: Any) -> str:
        """Return what was written, without space around it; refuse nothing, lists and blocks."""
        if value is None:
            raise mistake("Der Wert fehlt.", f"Hier wird {self.expected} erwartet.")
        if not isinstance(value, str):
            raise mistake(self._not_single, _SINGLE)
        return value.strip()

    def matches(self, text: str) -> bool:
        """Tell whether a text is written in this form."""
        return re.fullmatch(self.pattern, text) is not None

    def check(self, text: str) -> str:
        """Return a text that is written in this form; refuse others."""
        if not self.matches(text):
            raise self.refusal(text)
        return text

    def refusal(self, text: str) -> PydanticCustomError:
        """Return the error for a text that is written otherwise."""
        return mistake(f"„{text}“ {self.wrong}", self.remedy)
