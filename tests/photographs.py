"""Pictures for tests, made of what Pillow can draw."""

from io import BytesIO
from pathlib import PurePosixPath

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from generator.model.picture import Picture
from generator.rendering.pictures.measure import measure

__all__ = ["SECRET", "coloured", "measured", "opened", "photograph", "saved", "with_secrets"]

SECRET = "Geheim"
"""Stands in all that a picture of `with_secrets` says of itself."""


def photograph(size: tuple[int, int] = (1600, 900), mode: str = "RGB") -> Image.Image:
    """Return a picture in which hardly two neighbours are alike."""
    across, down = Image.linear_gradient("L").rotate(90), Image.linear_gradient("L")
    bands = (across, down, Image.radial_gradient("L"))
    return Image.merge("RGB", [band.resize(size) for band in bands]).convert(mode)


def coloured(size: tuple[int, int] = (1600, 900), mode: str = "RGB") -> Image.Image:
    """Return a drawing: red, and blue below; in RGBA nothing on the right."""
    image = Image.new(mode, size, "red")
    image.paste(Image.new(mode, (size[0], size[1] // 2), "blue"), (0, size[1] - size[1] // 2))
    if mode == "RGBA":
        image.paste((0, 0, 0, 0), (size[0] // 2, 0, *size))
    return image


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def with_secrets(form: str) -> bytes:
    """Return a photograph that says who took it, where and with what, in every way its form has."""
    exif = Image.Exif()
    exif[0x010F] = f"{SECRET}kamera"
    exif.get_ifd(0x8825)[0x001D] = f"{SECRET}ort"
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SECRET}autor</x:xmpmeta>"
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", xmp)
    own: dict[str, object] = {"pnginfo": info} if form == "PNG" else {"xmp": xmp.encode()}
    comment = {"comment": f"{SECRET}nis".encode()} if form == "JPEG" else {}
    data = saved(photograph(), form, exif=exif, **own, **comment)
    assert data.count(SECRET.encode()) >= 3
    return data


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def measured(data: bytes, name: str) -> Picture:
    return measure(data, PurePosixPath("bilder") / name)
