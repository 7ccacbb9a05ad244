"""How a card is drawn."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from pathlib import PurePosixPath

from PIL import Image, ImageDraw

from generator.colours import BLACK, WHITE, mix, on, readable
from generator.model.picture import Picture
from generator.rendering.drawing.card import CARD_SIZE, Card, Look
from generator.rendering.drawing.lettering import Lettering, lettering
from generator.rendering.drawing.lines import balanced
from generator.rendering.pictures.raster import pixels
from generator.rendering.pictures.vector import drawn

__all__ = ["draw_card"]

Load = Callable[[PurePosixPath], bytes]

_WIDE, _HIGH = CARD_SIZE
_MARGIN = 80
_STRIP = 496
"""Where the strip with the cooperation's name begins."""

_ACCENT = 8
"""The height of the line above it."""

_TITLE_TOP, _TITLE_BOTTOM = 132, 406
_SIZES = (88, 80, 72, 64, 58, 52, 46, 40, 36)
"""Of a title: the largest at which it fits is taken; long words are made small rather than divided."""

_LEADING = 1.14
"""The distance of base lines, in ems."""

_ASCENT = 0.74
"""How far letters rise above the base line, in ems."""

_SMALL = 34
_LOGO = 76

# A card has few colours, so its pixels are numbers of them: it is drawn fast and its file is small.
_RAMP = 16
"""Shades from a ground to what is written on it; the first is the ground."""

_ON_GROUND, _ON_PAPER = 0, _RAMP
_ACCENT_COLOUR = 2 * _RAMP
_LOGO_COLOURS = 2 * _RAMP + 1
_QUIET = 13
"""The shade of what is less important than the title."""


def draw_card(card: Card, look: Look, load: Load) -> bytes:
    """Return a card as a PNG file of `CARD_SIZE`; a title that the font cannot write gives way to the name.

    Args:
        card: what it says.
        look: how it looks.
        load: returns the bytes of the logo's file.

    Raises:
        PictureError: the logo cannot be read.
    """
    image = _base(look, load).copy()
    draw = ImageDraw.Draw(image)
    small = lettering("Medium", _SMALL)
    title = lettering("Bold", _SIZES[0]).known(card.title)
    if title is None:
        card, title = replace(card, note=""), look.name
    for text, base_line in ((card.kind, 90), (card.note, 456)):
        small.write(draw, _MARGIN, base_line, _shortened(text, small, _WIDE - 2 * _MARGIN), _QUIET)
    letters, lines = _title_lines(title)
    # Alone, it stands in the middle of the ground.
    height = ((len(lines) - 1) * _LEADING + _ASCENT) * letters.size
    y = (_TITLE_TOP if card.kind else (_STRIP - height) / 2) + _ASCENT * letters.size
    for line in lines:
        letters.write(draw, _MARGIN, round(y), line, _RAMP - 1)
        y += _LEADING * letters.size
    image.putpalette(_palette(look, load))
    buffer = BytesIO()
    # More effort would take as long as all the drawing, and save a tenth of the bytes.
    image.save(buffer, "PNG", compress_level=3)
    return buffer.getvalue()


def _title_lines(title: str) -> tuple[Lettering, list[str]]:
    """Return the letters and lines of a title."""
    for size in _SIZES:
        letters = lettering("Bold", size)
        most = int((_TITLE_BOTTOM - _TITLE_TOP - size) / (_LEADING * size)) + 1
        lines = balanced(title, letters.width, _WIDE - 2 * _MARGIN, most)
        if lines is not None:
            return letters, lines
    return letters, [_shortened(title, letters, _WIDE - 2 * _MARGIN)]


def _shortened(text: str, letters: Lettering, width: float) -> str:
    """Return as much of a text as can be written on one line."""
    whole = letters.known(text) or ""
    if letters.width(whole) <= width:
        return whole
    while letters.width(f"{whole} …") > width:
        whole = whole.rpartition(" ")[0] or whole[:-1]
    return f"{whole} …"


_NAME_SIZES = ((40, 1), (34, 2), (28, 3))
"""Of the cooperation's name, and on how many lines."""


@lru_cache(maxsize=4)
def _base(look: Look, load: Load) -> Image.Image:
    """Return what all cards have in common; not to be changed."""
    image = Image.new("L", CARD_SIZE, _ON_GROUND)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, _STRIP, _WIDE, _HIGH), fill=_ON_PAPER)
    draw.rectangle((0, _STRIP, _WIDE, _STRIP + _ACCENT - 1), fill=_ACCENT_COLOUR)
    middle = (_STRIP + _ACCENT + _HIGH) // 2
    left = _MARGIN
    if look.logo is not None:
        logo = _logo(look.logo, load)
        image.paste(logo.point([_LOGO_COLOURS + value for value in range(256)], "L"), (left, middle - logo.height // 2))
        left += logo.width + 24
    for size, most in _NAME_SIZES:
        letters = lettering("Bold", size)
        name = letters.known(look.name) or ""
        lines = balanced(name, letters.width, _WIDE - _MARGIN - left, most)
        if lines is not None:
            break
    else:
        lines = [_shortened(name, letters, _WIDE - _MARGIN - left)]
    y = middle - (len(lines) - 1) * _LEADING * size / 2 + 0.36 * size
    for line in lines:
        letters.write(draw, left, round(y), line, _ON_PAPER + _RAMP - 1)
        y += _LEADING * size
    return image


@lru_cache(maxsize=4)
def _logo(logo: Picture, load: Load) -> Image.Image:
    """Return a logo on paper, with a palette of its own."""
    scale = min(4 * _LOGO / logo.width, _LOGO / logo.height)
    size = (max(1, round(logo.width * scale)), max(1, round(logo.height * scale)))
    data = load(logo.path)
    shown = (pixels(drawn(data, size[0])) if logo.kind == "vector" else pixels(data, size)).convert("RGBA")
    paper = Image.new("RGBA", shown.size, WHITE)
    return Image.alpha_composite(paper, shown).convert("RGB").quantize(64, method=Image.Quantize.MEDIANCUT)


def _palette(look: Look, load: Load) -> bytes:
    """Return the colours behind the numbers."""
    text, ink = on(look.ground), readable(look.ground, [WHITE], BLACK)
    colours = [mix(look.ground, text, shade / (_RAMP - 1)) for shade in range(_RAMP)]
    colours += [mix(WHITE, ink, shade / (_RAMP - 1)) for shade in range(_RAMP)]
    own = b"".join(bytes.fromhex(colour[1:]) for colour in (*colours, look.accent))
    return own + (bytes(_logo(look.logo, load).getpalette() or ()) if look.logo is not None else b"")
