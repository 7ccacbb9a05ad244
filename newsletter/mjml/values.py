"""What the value of an attribute may look like: only forms that mail programs and the reference engine agree on."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

__all__ = [
    "ADDRESS",
    "BODY_WIDTH",
    "BORDER",
    "CLASSES",
    "COLOUR",
    "CORNERS",
    "FAMILY",
    "HEIGHT",
    "LENGTH",
    "LINE_HEIGHT",
    "NAME",
    "NUMBER",
    "PADDING",
    "PX",
    "SPACING",
    "STYLE",
    "TEXT",
    "WEIGHT",
    "WIDTH",
    "ValueType",
    "choice",
    "either",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class ValueType:
    """A form of values."""

    pattern: str
    """A regular expression that matches the whole of a good value."""

    expected: str
    """What is expected, in German, to be put behind „Erwartet:“."""

    choices: tuple[str, ...] = ()
    """All values, if they can be listed."""

    def accepts(self, value: str) -> bool:
        """Tell whether the value has this form."""
        return _compiled(self.pattern).fullmatch(value) is not None

    def likely(self, value: str) -> str | None:
        """Return the good value that was probably meant."""
        return next(filter(self.accepts, _corrections(value, self.choices)), None)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a form when it is first needed: a letter has few of them, and each takes time."""
    return re.compile(pattern)


def choice(*choices: str) -> ValueType:
    """Make a form that is one of some words."""
    return ValueType(
        pattern="|".join(map(re.escape, choices)),
        expected=f"eines von: {', '.join(choices)}",
        choices=choices,
    )


def either(*types: ValueType) -> ValueType:
    """Make a form that is any of several."""
    distinct = list(dict.fromkeys(types))
    if len(distinct) == 1:
        return distinct[0]
    return ValueType(
        pattern="|".join(f"(?:{one.pattern})" for one in distinct),
        expected=" oder ".join(one.expected for one in distinct),
        choices=tuple(dict.fromkeys(word for one in distinct for word in one.choices)),
    )


def _corrections(value: str, choices: tuple[str, ...]) -> Iterator[str]:
    plain = value.strip().lower()
    yield plain
    yield re.sub(r"\s+(?=px|%)", "", plain)
    yield plain.replace(",", ".")
    yield f"{plain}px"
    if re.fullmatch(r"[0-9a-f]{6}", plain):
        yield f"#{plain}"
    if re.fullmatch(r"#?[0-9a-f]{3}", plain):
        yield "#" + "".join(digit * 2 for digit in plain.lstrip("#"))
    yield value.strip().replace("http://", "https://", 1)
    yield from difflib.get_close_matches(plain, choices, n=1)


def _form(pattern: str, expected: str) -> ValueType:
    return ValueType(pattern=pattern, expected=expected)


_PX = r"\d{1,4}px"
_COLOUR = r"#[0-9A-Fa-f]{6}"

TEXT = _form(r"(?s:.*)", "Text")
NAME = _form(r"[A-Za-z_][\w-]*", "ein Name aus Buchstaben, Ziffern und Bindestrichen")
CLASSES = _form(
    r"[A-Za-z_][\w-]*(?: [A-Za-z_][\w-]*)*", "Namen aus Buchstaben, Ziffern und Bindestrichen, mit Leerzeichen getrennt"
)
NUMBER = _form(r"\d{1,4}", "eine ganze Zahl")
COLOUR = _form(f"{_COLOUR}|transparent", "eine Farbe wie #1a5276")
ADDRESS = _form(
    r"(?:https://|mailto:|tel:)\S+|[^\w\s./\\](?s:.*)", "eine Adresse, die mit https://, mailto: oder tel: beginnt"
)
"""An absolute address, or a placeholder: something that begins with a sign."""

PX = _form(_PX, "ein Maß in Pixeln wie 16px")
LENGTH = _form(rf"{_PX}|\d{{1,3}}%", "ein Maß wie 16px oder 50%")
BODY_WIDTH = _form(r"[3-9]\d{2}px", "eine Breite von 300px bis 999px")
WIDTH = _form(rf"{_PX}|\d{{1,3}}(?:\.\d{{1,4}})?%", "eine Breite wie 300px oder 33.33%")
HEIGHT = _form(f"{_PX}|auto", "eine Höhe wie 200px, oder auto")
PADDING = _form(rf"(?:{_PX}|0)(?: (?:{_PX}|0)){{0,3}}", "ein bis vier Maße in Pixeln wie 10px 25px")
CORNERS = _form(rf"(?:{_PX}|\d{{1,2}}%|0)(?: (?:{_PX}|\d{{1,2}}%|0)){{0,3}}", "ein Maß wie 4px oder 50%")
LINE_HEIGHT = _form(rf"{_PX}|\d{{2,3}}%|\d(?:\.\d{{1,2}})?", "ein Zeilenabstand wie 1.5, 24px oder 150%")
SPACING = _form(r"-?\d(?:\.\d{1,2})?(?:px|em)", "ein Abstand wie 1px oder 0.05em")
BORDER = _form(rf"none|0|\d{{1,2}}px (?:solid|dashed|dotted|double) {_COLOUR}", "eine Linie wie 1px solid #1a5276")
STYLE = choice("solid", "dashed", "dotted", "double")
FAMILY = _form(r"(?:'[\w -]+'|[\w-]+)(?:, ?(?:'[\w -]+'|[\w-]+))*", "Schriften wie 'Segoe UI', Arial, sans-serif")
WEIGHT = choice("normal", "bold", "100", "200", "300", "400", "500", "600", "700", "800", "900")
