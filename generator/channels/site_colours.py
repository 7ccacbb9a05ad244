"""The colours of the site's pages, all of them from the brand's few, and all texts readable (WCAG 2.2, 1.4.6)."""

from dataclasses import dataclass

from generator.colours import BLACK, WHITE, mix, on, readable
from generator.model.brand import Brand

__all__ = ["SiteColours", "dark_colours", "light_colours", "surfaces"]

_INK, _QUIET, _ALERT = "#14191b", "#3c4549", "#9c3f2b"
_NIGHT, _PALE_INK, _PALE_QUIET, _PALE_ALERT = "#0b100f", "#e9efec", "#b6c2bc", "#f2a893"
_CLEAR = 12.0
"""Contrast of running text."""

_SEEN = 3.0
"""Contrast of what is no text but must be seen (WCAG 2.2, 1.4.11)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteColours:
    """The colours of one mode; the names are those of the style sheet's variables."""

    paper: str
    """Behind the text."""

    ink: str
    quiet: str
    """For dates, credits and what else steps back."""

    ground: str
    """Behind the hero and whole sections."""

    tint: str
    """Behind boxes."""

    line: str
    """Between things; nothing depends on seeing it."""

    head: str
    """For headings."""

    link: str
    accent: str
    """For thick lines; never for text."""

    alert: str
    """For what is cancelled or rejected."""

    surface: str
    """Of the header, the footer and what else is coloured."""

    on_surface: str


def light_colours(brand: Brand) -> SiteColours:
    """Return the colours of light pages."""
    ground = brand.light_ground
    grounds = (WHITE, ground)
    return SiteColours(
        paper=WHITE,
        ink=readable(mix(_INK, brand.colour, 0.15), grounds, BLACK, _CLEAR),
        quiet=readable(mix(_QUIET, brand.colour, 0.15), grounds, BLACK),
        ground=ground,
        tint=mix(ground, WHITE, 0.6),
        line=mix(ground, mix(_QUIET, brand.colour, 0.3), 0.18),
        head=readable(brand.colour, grounds, BLACK),
        link=readable(brand.link, grounds, BLACK),
        accent=readable(brand.accent or brand.colour, grounds, BLACK, _SEEN),
        alert=readable(_ALERT, grounds, BLACK),
        surface=brand.colour,
        on_surface=on(brand.colour),
    )


def dark_colours(brand: Brand) -> SiteColours:
    """Return the colours of dark pages; a bright brand becomes a deep one, for at night it would dazzle."""
    paper = readable(mix(_NIGHT, brand.colour, 0.08), [_PALE_INK], BLACK, 15.0)
    ground = readable(mix(paper, mix(brand.colour, WHITE, 0.5), 0.12), [_PALE_INK], BLACK, _CLEAR)
    grounds = (paper, ground)
    return SiteColours(
        paper=paper,
        ink=_PALE_INK,
        quiet=readable(_PALE_QUIET, grounds, WHITE),
        ground=ground,
        tint=mix(ground, paper, 0.5),
        line=mix(ground, WHITE, 0.2),
        head=readable(mix(brand.colour, WHITE, 0.72), grounds, WHITE),
        link=readable(mix(brand.link, WHITE, 0.3), grounds, WHITE),
        accent=readable(brand.accent or brand.colour, grounds, WHITE, _SEEN),
        alert=readable(_PALE_ALERT, grounds, WHITE),
        surface=readable(mix(brand.colour, BLACK, 0.2), [WHITE], BLACK),
        on_surface=WHITE,
    )


def surfaces(brand: Brand) -> dict[str, str]:
    """Return the colour of the header by the mode in which it has it; one that is always the same has no mode."""
    if brand.scheme == "auto":
        return {"light": light_colours(brand).surface, "dark": dark_colours(brand).surface}
    return {"": (dark_colours(brand) if brand.scheme == "dark" else light_colours(brand)).surface}
