"""A picture of the content folder, and the files in which the site shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import quote

from generator.slug import slug

__all__ = ["WIDTHS", "Form", "Kind", "Picture", "Variant"]

Kind = Literal["photograph", "drawing", "cutout", "vector"]
"""What a picture is made of: many colours, plain areas, many colours on a transparent ground, or lines (SVG)."""

Form = Literal["avif", "webp", "jpg", "png", "svg"]
"""How the name of a file ends."""

WIDTHS = (480, 800, 1280)
"""Pixels: a card, an article on a phone, an article on a fine screen."""

_TOO_CLOSE = 0.85
"""A width for which the next larger one will do: it would save less than a quarter of the bytes."""

_LONGEST = 80
"""Letters of a name, so that no file system finds it too long."""

_NAMELESS = "bild"
"""The name of what has no letter that an address can show."""

_FORMS: Mapping[Kind, tuple[tuple[Form, ...], Form]] = {
    "photograph": (("avif", "webp"), "jpg"),
    "drawing": (("avif", "webp"), "png"),
    "cutout": (("avif", "webp"), "png"),
    "vector": ((), "svg"),
}
"""The forms that browsers choose from, the smallest first, and the one that every program can show."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A picture as one file."""

    url: str
    """Its address, relative to the site's root."""

    form: Form
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What is known of a picture without opening its file."""

    path: PurePosixPath
    """The file, relative to the content folder."""

    digest: bytes
    """Of the file's bytes."""

    width: int
    """Pixels, as it stands upright."""

    height: int
    kind: Kind

    @cached_property
    def fallback(self) -> Variant:
        """The file that every program can show: the largest there is."""
        return self._variant(_FORMS[self.kind][1], self._widths[-1])

    @cached_property
    def sources(self) -> Mapping[Form, tuple[Variant, ...]]:
        """The files that browsers choose from, by form, the smallest form and width first; of a vector none."""
        return {form: tuple(self._variant(form, width) for width in self._widths) for form in _FORMS[self.kind][0]}

    @property
    def variants(self) -> tuple[Variant, ...]:
        """All files in which the site shows it."""
        return (*(variant for variants in self.sources.values() for variant in variants), self.fallback)

    @cached_property
    def _widths(self) -> tuple[int, ...]:
        """The widths it is shown in, the smallest first: it is never enlarged, and a vector needs but its own."""
        if self.kind == "vector":
            return (self.width,)
        widest = min(self.width, WIDTHS[-1])
        return (*(width for width in WIDTHS if width <= widest * _TOO_CLOSE), widest)

    @cached_property
    def _name(self) -> tuple[str, str]:
        """What the names of all its files begin with, and what tells it from other pictures and its own earlier bytes.

        The name stands for the picture, not for the file's bytes: what shows it better later may keep its address.
        """
        parts = (*self.path.parts[:-1], self.path.stem)
        plain = "/".join(slug(part)[:_LONGEST] or _NAMELESS for part in parts)
        return plain, sha256(f"{self.path}\0".encode() + self.digest).hexdigest()[:8]

    def _variant(self, form: Form, width: int) -> Variant:
        height = max(1, round(self.height * width / self.width))
        if form == "svg":
            return Variant(quote(str(self.path)), form, width, height)
        name, stamp = self._name
        return Variant(f"{name}-{width}.{stamp}.{form}", form, width, height)
