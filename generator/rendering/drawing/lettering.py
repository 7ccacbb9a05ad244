"""Letters on pictures, with the distances that their designers gave to each pair."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Literal

from PIL import ImageDraw, ImageFont

__all__ = ["Lettering", "lettering"]

Weight = Literal["Bold", "Medium"]

_STAND_INS = {0x1E9E: "SS", 0x2009: "\u00a0", 0x2010: "-", 0x2011: "-", 0x202F: "\u00a0"}
"""What is written for signs that the fonts do not have."""

_UNITS = 2000
"""To the em, in the files with the distances."""


class Lettering:
    """A weight of the font at a size."""

    def __init__(self, weight: Weight, size: int) -> None:
        """Load the font.

        Args:
            weight: the name of the weight.
            size: of an em, in pixels.
        """
        file = BytesIO(resources.files(__package__).joinpath(f"fonts/PublicSans-{weight}.ttf").read_bytes())
        # The other engine needs a library that not every machine has; what it draws would differ between them.
        self._font = ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
        facts = _facts(weight)
        self._signs, self._pairs = facts.signs, facts.pairs
        self._scale = size / _UNITS
        self._widths: dict[str, float] = {}
        self.size = size

    def known(self, text: str) -> str | None:
        """Return what of a text can be written: all but pictures (emoji) and the like; None: letters are missing."""
        whole = unicodedata.normalize("NFC", text).translate(_STAND_INS)
        if any(unicodedata.category(sign)[0] in "LMN" for sign in set(whole) - self._signs):
            return None
        written = "".join(sign for sign in whole if sign in self._signs)
        return " ".join(word for word in written.split(" ") if word) or None

    def width(self, text: str) -> float:
        """Return how wide a text is, in pixels."""
        return sum(self._advance(text, index) for index in range(len(text)))

    def write(self, draw: ImageDraw.ImageDraw, x: float, y: float, text: str, colour: int) -> None:
        """Write a text.

        Args:
            draw: where.
            x: where it begins, in pixels from the left.
            y: where its base line is, in pixels from the top.
            text: the text; a line of it.
            colour: the value of its pixels.
        """
        for index, sign in enumerate(text):
            draw.text((round(x), y), sign, fill=colour, font=self._font, anchor="ls")
            x += self._advance(text, index)

    def box(self, text: str) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of what a text written at 0, 0 covers."""
        return self._font.getbbox(text, anchor="ls")

    def _advance(self, text: str, index: int) -> float:
        """Return how far the next letter is."""
        sign = text[index]
        width = self._widths.get(sign)
        if width is None:
            width = self._widths[sign] = self._font.getlength(sign)
        following = text[index + 1 : index + 2]
        return width + self._pairs.get(sign, {}).get(following, 0) * self._scale


@cache
def lettering(weight: Weight, size: int) -> Lettering:
    """Return a weight at a size; each is loaded once."""
    return Lettering(weight, size)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the files beside the fonts say."""

    signs: frozenset[str]
    """What the font can write."""

    pairs: Mapping[str, Mapping[str, int]]
    """By how much each letter is nearer to or farther from each next one, in units of the font."""


@cache
def _facts(weight: Weight) -> _Facts:
    text = resources.files(__package__).joinpath(f"fonts/PublicSans-{weight}.json").read_text(encoding="utf-8")
    facts = json.loads(text)
    return _Facts(frozenset(facts["signs"]), facts["pairs"])
