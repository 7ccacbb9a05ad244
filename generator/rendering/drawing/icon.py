"""The icon of the site in the sizes that browsers, phones and computers ask for."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from generator.colours import WHITE, on
from generator.rendering.drawing.lettering import lettering
from generator.rendering.pictures.raster import FORMS, pixels

__all__ = ["ICON_FORMS", "IconForm", "draw_icon"]

_FORMS = (*FORMS, "ICO")
"""What browsers show as icons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IconForm:
    """How an icon is made."""

    size: int
    """Width and height, in pixels."""

    room: float
    """The share of the width that the picture takes."""

    ground: bool
    """Whether a ground is behind all of it; else it is transparent where the picture is."""

    ico: bool = False
    """Whether it is an ICO file rather than a PNG one."""


ICON_FORMS: Mapping[str, IconForm] = {
    "favicon.ico": IconForm(size=32, room=1, ground=False, ico=True),
    "apple-touch-icon.png": IconForm(size=180, room=0.76, ground=True),
    "icon-192.png": IconForm(size=192, room=1, ground=False),
    "icon-512.png": IconForm(size=512, room=1, ground=False),
    # Phones cut it to circles and other shapes; what is sure to be seen is a circle of four fifths.
    "icon-maskable.png": IconForm(size=512, room=0.58, ground=True),
}
"""By the names of their files: browsers look for the first two by name, the others stand in the web manifest."""


def draw_icon(form: IconForm, picture: bytes | None, initial: str, colour: str) -> bytes:
    """Return an icon.

    Args:
        form: how it is made.
        picture: the file of what it shows, in pixels; None: the initial.
        initial: a letter.
        colour: behind the initial, ``#rrggbb``.

    Raises:
        PictureError: the picture cannot be read.
    """
    image = _initial(form, initial, colour) if picture is None else _framed(form, pixels(picture, forms=_FORMS))
    few = image.quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    buffer = BytesIO()
    few.save(buffer, "PNG")
    return _ico(form.size, buffer.getvalue()) if form.ico else buffer.getvalue()


def _ico(size: int, png: bytes) -> bytes:
    """Return a PNG file in the clothes of an ICO file: a list of one picture, then the picture."""
    # Pillow would load every form it knows to write this one, which takes longer than all icons.
    return struct.pack("<3H4B2H2I", 0, 1, 1, size, size, 0, 0, 1, 32, len(png), 22) + png


def _framed(form: IconForm, picture: Image.Image) -> Image.Image:
    """Return a picture in the middle of the icon, as large as there is room."""
    scale = form.size * form.room / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    shown = picture.convert("RGBA").resize(size, Image.Resampling.LANCZOS)
    image = Image.new("RGBA", (form.size, form.size), WHITE if form.ground else (0, 0, 0, 0))
    image.alpha_composite(shown, ((form.size - size[0]) // 2, (form.size - size[1]) // 2))
    return image


def _initial(form: IconForm, initial: str, colour: str) -> Image.Image:
    """Return a letter in the middle of a coloured square, which has round corners where nobody cuts them."""
    image = Image.new("RGBA", (form.size, form.size), colour)
    if not form.ground:
        # Drawn larger, for round corners have no soft edges of their own.
        whole = form.size * 4
        mask = Image.new("L", (whole, whole), 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, whole - 1, whole - 1), whole * 3 // 16, fill=255)
        image.putalpha(mask.reduce(4))
    letters = lettering("Bold", round(form.size * (0.5 if form.ground else 0.7)))
    left, top, right, bottom = letters.box(initial)
    letter = Image.new("L", (form.size, form.size), 0)
    x, y = (form.size - right - left) / 2, (form.size - bottom - top) / 2
    letters.write(ImageDraw.Draw(letter), x, round(y), initial, 255)
    image.paste(Image.new("RGBA", image.size, on(colour)), mask=letter)
    return image
