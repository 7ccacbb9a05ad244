"""A letter as HTML: the templates filled in, made safe, and no larger than mail clients show."""

from bisect import bisect_left
from functools import cache
from pathlib import Path

from jinja2 import Environment

from generator.model.brand import Brand
from newsletter.compose import shortened
from newsletter.letter import Letter
from newsletter.mjml import environment, fill, to_html
from newsletter.palette import palette
from newsletter.words import words

__all__ = ["MOST_BYTES", "fitting_html", "letter_html", "letter_mjml"]

MOST_BYTES = 90_000
"""Gmail cuts off what comes after about 102 KB; the sending system adds some."""

_TEMPLATES = Path(__file__).parent / "templates"
_START = "letter.mjml"


def letter_html(letter: Letter, brand: Brand) -> str:
    """Return a letter's HTML, with the tokens that differ from recipient to recipient still in it.

    Raises:
        MjmlError: a template or a text cannot be used; it names every place.
    """
    return to_html(letter_mjml(letter, brand), _START)


def letter_mjml(letter: Letter, brand: Brand) -> str:
    """Return a letter's MJML as `to_html` wants it: each tag knows its template and line.

    Raises:
        MjmlError: a template cannot be filled in.
    """
    light, dark = palette(brand.colour, brand.link)
    values = {"letter": letter, "light": light, "dark": dark, "words": words(letter.language)}
    return fill(_environment(), _START, values)


def fitting_html(letter: Letter, brand: Brand) -> tuple[Letter, str]:
    """Return a letter that is small enough, and its HTML: what is too much becomes a link among the further ones.

    Raises:
        MjmlError: as `letter_html`.
    """
    html = letter_html(letter, brand)
    if len(html.encode()) <= MOST_BYTES:
        return letter, html
    shorter = [letter]
    while (next_one := shortened(shorter[-1])) is not None:
        shorter.append(next_one)
    # Each is smaller than the one before, and drawing one takes a while.
    fits = bisect_left(shorter, -MOST_BYTES, key=lambda one: -len(letter_html(one, brand).encode()))
    letter = shorter[min(fits, len(shorter) - 1)]
    return letter, letter_html(letter, brand)


@cache
def _environment() -> Environment:
    return environment(_TEMPLATES)
