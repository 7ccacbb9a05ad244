"""A letter's colours: the brand's, made dark or light enough to be read (WCAG 2.2, 1.4.3 and 1.4.11)."""

from dataclasses import dataclass

__all__ = ["Palette", "contrast", "palette"]

_WHITE, _BLACK = "#ffffff", "#000000"
_TEXT = 7.0
"""Contrast of text with its ground; the law asks for 4.5."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of a letter in one mode; each ``on_`` colour is that of text on the colour it names."""

    ground: str
    """Around the letter."""

    paper: str
    """Behind the text."""

    ink: str
    quiet: str
    """For dates and credits."""

    line: str
    tint: str
    """Behind what is set off: dates, decisions."""

    brand: str
    on_brand: str
    link: str
    """On paper, tint and ground."""


def palette(brand: str, link: str) -> tuple[Palette, Palette]:
    """Return the colours for light and for dark mode.

    Args:
        brand: the cooperation's colour, ``#rrggbb``.
        link: the colour of its links, ``#rrggbb``.
    """
    light_tint, dark_tint = _mix(brand, _WHITE, 0.93), "#1b2620"
    light = Palette(
        ground="#eef0ec",
        paper=_WHITE,
        ink="#1c2a26",
        quiet="#3f4b45",
        line="#d3d8d2",
        tint=light_tint,
        brand=_readable(brand, [_WHITE], _BLACK),
        on_brand=_WHITE,
        link=_readable(link, [_WHITE, light_tint, "#eef0ec"], _BLACK),
    )
    dark = Palette(
        ground="#0d1411",
        paper="#131c18",
        ink="#edf2ee",
        quiet="#bcc8c0",
        line="#3d4a43",
        tint=dark_tint,
        brand=_readable(brand, ["#edf2ee"], _BLACK),
        on_brand="#edf2ee",
        link=_readable(link, ["#131c18", dark_tint, "#0d1411"], _WHITE),
    )
    return light, dark


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (``#rrggbb``), from 1 to 21 (WCAG 2.2, „contrast ratio“)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _readable(colour: str, grounds: list[str], towards: str) -> str:
    """Return the colour, moved towards black or white just as far as it must be to be read on all the grounds."""
    for step in range(21):
        moved = _mix(colour, towards, step / 20)
        if all(contrast(moved, ground) >= _TEXT for ground in grounds):
            return moved
    return towards


def _mix(colour: str, other: str, part: float) -> str:
    """Return the colour with a part (0 to 1) of another."""
    channels = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * part):02x}" for one, two in channels)


def _channels(colour: str) -> list[int]:
    return [int(colour[index : index + 2], 16) for index in (1, 3, 5)]


def _luminance(colour: str) -> float:
    parts = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
