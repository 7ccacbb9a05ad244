"""A letter's colours: the brand's, made dark or light enough to be read (WCAG 2.2, 1.4.3 and 1.4.11)."""

from dataclasses import dataclass

from generator.colours import BLACK, WHITE, mix, readable

__all__ = ["Palette", "palette"]


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
    light_tint, dark_tint = mix(brand, WHITE, 0.93), "#1b2620"
    light = Palette(
        ground="#eef0ec",
        paper=WHITE,
        ink="#1c2a26",
        quiet="#3f4b45",
        line="#d3d8d2",
        tint=light_tint,
        brand=readable(brand, [WHITE], BLACK),
        on_brand=WHITE,
        link=readable(link, [WHITE, light_tint, "#eef0ec"], BLACK),
    )
    dark = Palette(
        ground="#0d1411",
        paper="#131c18",
        ink="#edf2ee",
        quiet="#bcc8c0",
        line="#3d4a43",
        tint=dark_tint,
        brand=readable(brand, ["#edf2ee"], BLACK),
        on_brand="#edf2ee",
        link=readable(link, ["#131c18", dark_tint, "#0d1411"], WHITE),
    )
    return light, dark
