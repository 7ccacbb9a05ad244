"""What the theme's options in ``mkdocs.yml`` say of the brand, as users of Material know them."""

from collections.abc import Mapping
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

__all__ = ["brand_of"]

_PRIMARY = {
    "red": "#ef5552",
    "pink": "#e92063",
    "purple": "#ab47bd",
    "deep purple": "#7e56c2",
    "indigo": "#4051b5",
    "blue": "#2094f3",
    "light blue": "#02a6f2",
    "cyan": "#00bdd6",
    "teal": "#009485",
    "green": "#4cae4f",
    "light green": "#8bc34b",
    "lime": "#cbdc38",
    "yellow": "#ffec3d",
    "amber": "#ffc105",
    "orange": "#ffa724",
    "deep orange": "#ff6e42",
    "brown": "#795649",
    "grey": "#757575",
    "blue grey": "#546d78",
    "black": "#000000",
    "white": "#ffffff",
}
_ACCENT = {
    "red": "#ff1a47",
    "pink": "#f50056",
    "purple": "#df41fb",
    "deep purple": "#7c4dff",
    "indigo": "#526cfe",
    "blue": "#4287ff",
    "light blue": "#0091eb",
    "cyan": "#00bad6",
    "teal": "#00bda4",
    "green": "#00c753",
    "light green": "#63de17",
    "lime": "#b0eb00",
    "amber": "#ffaa00",
    "deep orange": "#ff6e42",
}
_SCHEMES = {"default": "light", "slate": "dark"}
_NO_ICON = "assets/images/favicon.png"
"""What Material names where nothing is set: a file of its own, which is not part of the site."""


def brand_of(config: MkDocsConfig) -> Mapping[str, str]:
    """Return the fields of the brand that ``theme:`` sets: logo, favicon, palette.

    A palette with several entries follows the device, as the site does by itself.
    """
    theme = config.theme
    palette = theme.get("palette") or {}
    first: Mapping[str, Any] = (palette[0] if palette else {}) if isinstance(palette, list) else palette
    icon = theme.get("favicon")
    found = {
        "logo": theme.get("logo"),
        "icon": None if icon == _NO_ICON else icon,
        "colour": _PRIMARY.get(_name(first.get("primary"))),
        "accent": _ACCENT.get(_name(first.get("accent"))),
        "scheme": None if isinstance(palette, list) else _SCHEMES.get(str(first.get("scheme"))),
    }
    return {name: value for name, value in found.items() if value}


def _name(colour: object) -> str:
    return str(colour).replace("-", " ").lower()
