"""The card that social networks and messengers show of a page without a picture: what it says, and how it looks."""

from dataclasses import dataclass

from generator.model.picture import Picture

__all__ = ["CARD_SIZE", "Card", "Look"]

CARD_SIZE = (1200, 630)
"""Width and height in pixels, in the proportions that social networks show whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What all cards of a site have in common."""

    name: str
    """Beside the logo: the cooperation's."""

    ground: str
    """The colour behind the title, ``#rrggbb``."""

    accent: str
    """The colour of the line below it."""

    logo: Picture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a card says."""

    title: str
    kind: str = ""
    """What the page is: „Pressemitteilung“."""

    note: str = ""
    """When it appeared, or takes place."""
