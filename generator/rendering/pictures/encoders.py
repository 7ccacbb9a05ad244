"""How pictures are written: forms, qualities, and no word about where they come from."""

from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO

from PIL import Image

from generator.model.picture import Form, Kind

__all__ = ["FOR_DOWNLOAD", "FOR_MAIL", "FOR_WEB"]

_Encoder = Callable[[Image.Image], bytes]


def _saved(form: str, image: Image.Image, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def _jpeg(image: Image.Image, quality: int) -> bytes:
    if image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    return _saved("JPEG", image, quality=quality, optimize=True, progressive=True)


def _with_few_colours(image: Image.Image, colours: int) -> Image.Image:
    method = Image.Quantize.FASTOCTREE if image.mode == "RGBA" else Image.Quantize.MEDIANCUT
    return image.quantize(colours, method=method, dither=Image.Dither.NONE)


def _drawn_png(image: Image.Image, colours: int) -> bytes:
    return _png(_with_few_colours(image, colours))


def _drawn_webp(image: Image.Image, colours: int) -> bytes:
    return _webp(_with_few_colours(image, colours).convert(image.mode), lossless=True)


# One thread, so that the bytes do not depend on the machine's cores.
_avif = partial(_saved, "AVIF", speed=7, max_threads=1, autotiling=False)
_webp = partial(_saved, "WEBP", method=4)
_png = partial(_saved, "PNG", optimize=True)

FOR_WEB: Mapping[Kind, Mapping[Form, _Encoder]] = {
    "photograph": {
        "avif": partial(_avif, quality=55),
        "webp": partial(_webp, quality=78),
        "jpg": partial(_jpeg, quality=78),
    },
    "drawing": {
        "avif": partial(_avif, quality=70, subsampling="4:4:4"),
        "webp": partial(_drawn_webp, colours=256),
        "png": partial(_drawn_png, colours=256),
    },
    "cutout": {
        "avif": partial(_avif, quality=60),
        "webp": partial(_webp, quality=76),
        "png": _png,
    },
}
"""Each kind of picture in each of its forms; how large and how good they are stands in docs/adr/0011-pictures.md."""

FOR_MAIL: Mapping[Form, Mapping[Kind, _Encoder]] = {
    "jpg": dict.fromkeys(("photograph", "drawing", "cutout"), partial(_jpeg, quality=82)),
    "png": {
        "photograph": _png,
        "drawing": _png,
        "cutout": _png,
        "vector": partial(_drawn_png, colours=128),
    },
}
"""The two forms that mail programs show; a drawing is fine with few colours at the size of a letter."""

FOR_DOWNLOAD: Mapping[str, _Encoder] = {
    "AVIF": partial(_avif, quality=80, subsampling="4:4:4"),
    "GIF": partial(_saved, "GIF"),
    "JPEG": partial(_saved, "JPEG", quality=92, subsampling="4:4:4", optimize=True, progressive=True),
    "PNG": partial(_saved, "PNG"),
    "WEBP": partial(_webp, quality=92),
}
"""The forms in which pictures come, in a quality that can be printed."""
