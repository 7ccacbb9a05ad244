"""Numbers, and the answers yes and no."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator

from generator.model.form import Form

__all__ = ["Integer", "Number", "YesNo"]

_YES = frozenset({"true", "yes", "ja"})
_NO = frozenset({"false", "no", "nein"})

_YES_NO = Form(
    name="yes_no",
    # Both cases spelt out, for ECMA-262 has no expression that ignores case in a part.
    pattern="|".join("".join(f"[{sign.upper()}{sign}]" for sign in word) for word in sorted(_YES | _NO)),
    wrong="ist weder ja noch nein.",
    remedy="„ja“ oder „nein“ schreiben.",
    expected="ja oder nein",
    types=("string", "boolean"),
    examples=("ja", "nein"),
)
_NUMBER = Form(
    name="number",
    pattern=r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,9})?",
    wrong="ist keine Zahl.",
    remedy="Nur Ziffern und höchstens ein Komma schreiben, ohne Einheit.",
    expected="eine Zahl",
    types=("string", "number"),
)
_INTEGER = Form(
    name="integer",
    pattern=r"[0-9]{1,9}",
    wrong="ist keine ganze Zahl.",
    remedy="Nur Ziffern schreiben, zum Beispiel 12.",
    expected="eine ganze Zahl",
    types=("string", "integer"),
)


def _parse_yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = _YES_NO.plain(value)
    if text.lower() not in _YES | _NO:
        raise _YES_NO.refusal(value)
    return text.lower() in _YES


def _parse_number(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    return Decimal(_NUMBER.check(_NUMBER.plain(value)).replace(",", "."))


def _parse_integer(value: Any) -> int:
    if type(value) is int:
        return value
    return int(_INTEGER.check(_INTEGER.plain(value)))


YesNo = Annotated[bool, BeforeValidator(_parse_yes_no), _YES_NO]
"""ja/nein, true/false or yes/no."""

Integer = Annotated[int, BeforeValidator(_parse_integer), _INTEGER]
"""A whole number from 0 up."""

Number = Annotated[Decimal, BeforeValidator(_parse_number), _NUMBER]
"""A finite number, with a decimal comma or point."""
