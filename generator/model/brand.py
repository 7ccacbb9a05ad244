"""How a cooperation looks."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from generator.colours import BLACK, ENOUGH, WHITE, contrast, pale, readable
from generator.model.form import ANYTHING, Form
from generator.model.meanings import Meanings
from generator.model.mistake import mistake
from generator.model.record import Record
from generator.model.texts import Line, Text

__all__ = ["Brand", "Colour", "FontFile"]

_LIGHT = 14.0
"""Contrast with black: on what is lighter, every text colour of the site can be read."""


def _check_fonts(stack: str) -> str:
    if re.search(r"[^\w\s,\"'-]", stack):
        raise mistake(
            "In der Schriftenfolge stehen Zeichen, die dort nicht hingehören.",
            "Namen mit Komma trennen: Public Sans, system-ui, sans-serif.",
        )
    return stack


_COLOUR = Form(
    name="colour",
    pattern=r"#[0-9a-fA-F]{6}",
    wrong="ist keine Farbe.",
    remedy='Als #, dann sechs Ziffern von 0 bis f schreiben: "#1f4d3a".',
)
_WEIGHT = Form(
    name="font_weight",
    pattern=r"[1-9][0-9]{0,2}(?:\s+[1-9][0-9]{0,2})?",
    wrong="ist keine Schriftstärke.",
    remedy="Zum Beispiel 400 oder, für einen Bereich, 400 700.",
    types=ANYTHING,
)
_FONT_FILE = Form(
    name="font_file",
    pattern=r"[\s\S]*\.woff2",
    wrong="ist keine Schriftdatei für das Netz.",
    remedy="Die Schrift als WOFF2 ablegen.",
)
_SCHEMES = Meanings({"auto": "wie das Gerät", "light": "immer hell", "dark": "immer dunkel"})
_STYLES = Meanings({"normal": "gerade", "italic": "kursiv"})

Colour = Annotated[Text, AfterValidator(_COLOUR.check), AfterValidator(str.lower), _COLOUR]
"""An sRGB colour as six hexadecimal digits: ``#1f4d3a``."""


class FontFile(Record):
    """A file of the site's own font, which no other server delivers."""

    file: Annotated[
        Line, AfterValidator(_FONT_FILE.check), _FONT_FILE, Field(title="Datei", description="WOFF2 in content/.")
    ]
    weight: Annotated[
        Line,
        AfterValidator(_WEIGHT.check),
        _WEIGHT,
        Field(title="Stärke", description="400, 700 oder ein Bereich: 400 700."),
    ] = "400"
    style: Annotated[Literal["normal", "italic"], _STYLES, Field(title="Lage", description=_STYLES.told)] = "normal"


class Brand(Record):
    """How the cooperation looks: few settings, from which all colours of site and letters follow."""

    colour: Annotated[Colour, Field(title="Farbe", description="Für Kopf und Fuß, zum Beispiel #1f4d3a.")] = "#1f4d3a"
    link: Annotated[Colour, Field(title="Farbe der Links", description="Auf Weiß gut lesbar.")] = "#1d5470"
    accent: Annotated[
        Colour | None, Field(title="Zweite Farbe", description="Für Linien an Terminen und Kästen; sonst die Farbe.")
    ] = None
    ground: Annotated[
        Colour | None, Field(title="Flächenfarbe", description="Hell, hinter Text; sonst ein Hauch der Farbe.")
    ] = None
    scheme: Annotated[
        Literal["auto", "light", "dark"],
        _SCHEMES,
        Field(title="Hell oder dunkel", description=_SCHEMES.told),
    ] = "auto"
    logo: Annotated[Line | None, Field(title="Logo", description="Bilddatei in content/.")] = None
    icon: Annotated[Line | None, Field(title="Symbol", description="Bilddatei für Browser-Tabs; sonst das Logo.")] = (
        None
    )
    font: Annotated[
        Annotated[Line, AfterValidator(_check_fonts)] | None,
        Field(title="Schriften", description="Schriftenfolge wie in CSS; die erste ist die der Schriftdateien."),
    ] = None
    font_files: Annotated[
        tuple[FontFile, ...], Field(title="Schriftdateien", description="Eigene Schrift, in content/ abgelegt.")
    ] = ()

    @property
    def light_ground(self) -> str:
        """The light colour behind what is set off."""
        return self.ground or pale(self.colour)

    @model_validator(mode="after")
    def _can_be_read(self) -> "Brand":
        if contrast(self.light_ground, BLACK) < _LIGHT:
            raise mistake(
                f"Die Flächenfarbe {self.ground} ist zu dunkel, um darauf zu lesen.",
                f"Eine hellere wählen, zum Beispiel {readable(self.light_ground, [BLACK], WHITE, _LIGHT)}.",
                "ground",
            )
        least = min(contrast(self.link, WHITE), contrast(self.link, self.light_ground))
        if least < ENOUGH:
            raise mistake(
                f"Links in der Farbe {self.link} sind schlecht zu lesen: Der Kontrast ist {_ratio(least)}, "
                "nötig sind 4,5 zu 1.",
                f"Eine dunklere Farbe wählen, zum Beispiel {readable(self.link, [WHITE, self.light_ground], BLACK)}.",
                "link",
            )
        return self

    @model_validator(mode="after")
    def _own_font_is_named(self) -> "Brand":
        if self.font_files and self.font is None:
            raise mistake(
                "Die Schriftdateien haben keinen Namen.", "Unter „font:“ nennen, wie die Schrift heißt.", "font_files"
            )
        return self


def _ratio(value: float) -> str:
    return f"{value:.1f}".replace(".", ",") + " zu 1"
