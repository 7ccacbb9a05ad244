"""Colours and whether they can be read on each other (WCAG 2.2, 1.4.3 and 1.4.6)."""

from collections.abc import Iterable

__all__ = ["BLACK", "ENOUGH", "GOOD", "WHITE", "contrast", "mix", "on", "pale", "readable"]

WHITE, BLACK = "#ffffff", "#000000"

ENOUGH = 4.5
"""The least contrast of text with its ground that the law allows (level AA)."""

GOOD = 7.0
"""The least contrast that we choose ourselves (level AAA)."""


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (``#rrggbb``), from 1 to 21 (WCAG 2.2, „contrast ratio“)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, other: str, part: float) -> str:
    """Return the colour with a part (0 to 1) of another."""
    channels = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * part):02x}" for one, two in channels)


def readable(colour: str, grounds: Iterable[str], towards: str, least: float = GOOD) -> str:
    """Return the colour, moved towards black or white just as far as it must be to be read on all the grounds."""
    grounds = list(grounds)
    for step in range(21):
        moved = mix(colour, towards, step / 20)
        if all(contrast(moved, ground) >= least for ground in grounds):
            return moved
    return towards


def on(colour: str) -> str:
    """Return the colour of text on a coloured ground: black or white, whichever is read better (at least 4.5)."""
    return max(WHITE, BLACK, key=lambda text: contrast(text, colour))


def pale(colour: str) -> str:
    """Return a hint of the colour, to lie behind text."""
    return readable(colour, [BLACK], WHITE, 17.5)


def _channels(colour: str) -> list[int]:
    return [int(colour[index : index + 2], 16) for index in (1, 3, 5)]


def _luminance(colour: str) -> float:
    parts = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
