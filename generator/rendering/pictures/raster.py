"""Pictures made of pixels: what they are, and their pixels upright, in sRGB, without what a camera knows."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce
from io import BytesIO
from math import ceil

from PIL import Image, ImageChops, ImageCms

from generator.model.picture import Kind
from generator.rendering.pictures.errors import PictureError

__all__ = ["FORMS", "form_of", "pixels", "raster_kind"]

FORMS = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")
"""What browsers show; other readers of Pillow are never given a file."""

_PHOTOGRAPHS = frozenset({"JPEG", "MPO"})
"""MPO is what some phones save: a JPEG file with further pictures behind the first."""

_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = frozenset({5, 6, 7, 8})
"""How a camera was held (Exif 2.3, 4.6.4), and what makes its picture stand upright."""

_SAMPLE = (256, 256)
_PLAIN = 0.5
"""Where more than this share of the pixels are like their neighbours, a picture is made of plain areas."""

_SHARPNESS = 2
"""JPEG files are read at the smallest scale (1/8, 1/4, 1/2) that gives this many pixels for each one that is shown."""


def raster_kind(data: bytes) -> tuple[int, int, Kind]:
    """Return a picture's width and height in pixels, as it stands upright, and what it is made of.

    Every pixel is read once, so that what is cut off is found.

    Raises:
        PictureError: it cannot be read, is far too large, or moves.
    """
    with _opened(data) as image:
        if getattr(image, "is_animated", False) and image.format not in _PHOTOGRAPHS:
            # WCAG 2.2.2: what moves must be possible to stop.
            raise PictureError("Das Bild bewegt sich.", "Ein Standbild nehmen; Filme verlinken.")
        size = _upright_size(image)
        image.draft(None, (1, 1))
        image.load()
        return *size, _kind(image)


def pixels(data: bytes, size: tuple[int, int] | None = None, forms: tuple[str, ...] = FORMS) -> Image.Image:
    """Return a picture upright and in sRGB: RGB, or RGBA if some of it is transparent.

    Args:
        data: the bytes of its file.
        size: width and height to scale it to; None: its own.
        forms: in which it may come, by the names that Pillow has for them.

    Raises:
        PictureError: as `raster_kind`.
    """
    with _opened(data, forms) as image:
        natural, turn = _upright_size(image), _UPRIGHT.get(_orientation(image))
        shown = size or natural
        scale = min(1, _SHARPNESS * shown[0] / natural[0])
        image.draft(None, (ceil(image.width * scale), ceil(image.height * scale)))
        profile = image.info.get("icc_profile")
        plain = _plain_mode(image)
        upright = plain if turn is None else plain.transpose(turn)
        small = upright.resize(shown, Image.Resampling.LANCZOS)
    seen = _in_srgb(small, profile)
    # What the file said of itself would be written again.
    seen.info.clear()
    return seen.convert("RGB") if seen.mode == "RGBA" and not _is_transparent(seen) else seen


def form_of(data: bytes) -> str:
    """Return a picture's form by the name that Pillow has for it.

    Raises:
        PictureError: it cannot be read.
    """
    with _opened(data) as image:
        # What some phones save is a JPEG file to all others.
        return "JPEG" if image.format in _PHOTOGRAPHS else image.format or ""


@contextmanager
def _opened(data: bytes, forms: tuple[str, ...] = FORMS) -> Iterator[Image.Image]:
    """Open a picture; whatever is found wrong while it is open is told."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=forms) as image:
                yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(
            f"Das Bild hat mehr als {(Image.MAX_IMAGE_PIXELS or 0) // 1_000_000} Millionen Bildpunkte.",
            "Kleiner speichern.",
        ) from error
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        raise PictureError("Das Bild lässt sich nicht lesen.", "Als PNG oder JPEG neu speichern.") from error


def _upright_size(image: Image.Image) -> tuple[int, int]:
    return (image.height, image.width) if _orientation(image) in _SIDEWAYS else image.size


def _orientation(image: Image.Image) -> int:
    orientation: int = image.getexif().get(_ORIENTATION, 1)
    return orientation


def _kind(image: Image.Image) -> Kind:
    if image.format in _PHOTOGRAPHS:
        return "photograph"
    sample = image.convert("RGBA").resize(_SAMPLE, Image.Resampling.NEAREST)
    neighbours = (ImageChops.offset(sample, 1, 0), ImageChops.offset(sample, 0, 1))
    differences = [band for other in neighbours for band in ImageChops.difference(sample, other).split()]
    alike = reduce(ImageChops.lighter, differences).histogram()[0]
    if alike > _PLAIN * sample.width * sample.height:
        return "drawing"
    return "cutout" if image.has_transparency_data and _is_transparent(image.convert("RGBA")) else "photograph"


def _is_transparent(image: Image.Image) -> bool:
    return image.getchannel("A").getextrema() != (255, 255)


def _plain_mode(image: Image.Image) -> Image.Image:
    """Return a picture as grey, RGB, RGBA or CMYK with eight bits a channel, which all that follows can work with."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture with the colours that its profile means; a profile that cannot be used means nothing."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile is not None:
        try:
            meant = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, meant, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            pass
        else:
            assert converted is not None
            return converted
    return image.convert(mode)
