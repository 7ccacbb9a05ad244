"""The style sheet with the brand's colours and fonts, which the theme's own style sheet uses."""

from collections.abc import Iterator
from dataclasses import asdict
from urllib.parse import quote

from generator.channels.output import File
from generator.channels.site_colours import SiteColours, dark_colours, light_colours
from generator.model.brand import Brand
from generator.model.site import PublicSite

__all__ = ["STYLE_SHEET", "brand"]

STYLE_SHEET = "assets/brand.css"

_SCHEMES = {"auto": "light dark", "light": "light", "dark": "dark"}


def brand(site: PublicSite) -> Iterator[File]:
    """Make the style sheet of the brand."""
    yield File(path=STYLE_SHEET, url=STYLE_SHEET, contents=_style_sheet(site.cooperation.brand).encode())


def _style_sheet(look: Brand) -> str:
    light, dark = light_colours(look), dark_colours(look)
    always = dark if look.scheme == "dark" else light
    font = [f"--font:{look.font}"] if look.font else []
    rules = [*_fonts(look), _rule(f"color-scheme:{_SCHEMES[look.scheme]}", *_variables(always), *font)]
    if look.scheme == "auto":
        rules.append(f"@media screen and (prefers-color-scheme:dark){{{_rule(*_variables(dark))}}}")
    if look.scheme == "dark":
        rules.append(f"@media print{{{_rule(*_variables(light))}}}")
    return "\n".join(rules) + "\n"


def _rule(*declarations: str) -> str:
    return f":root{{{';'.join(declarations)}}}"


def _variables(colours: SiteColours) -> list[str]:
    return [f"--{name.replace('_', '-')}:{value}" for name, value in asdict(colours).items()]


def _fonts(look: Brand) -> Iterator[str]:
    family = look.font.partition(",")[0].strip("'\" ") if look.font else ""
    for font in look.font_files:
        # From the folder of the style sheet, for the site may lie below another.
        yield (
            f'@font-face{{font-family:"{family}";src:url("../{quote(font.file)}") format("woff2");'
            f"font-weight:{font.weight};font-style:{font.style};font-display:swap}}"
        )
