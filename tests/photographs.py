"""Pictures for tests, made of what Pillow can draw."""

from io import BytesIO
from pathlib import PurePosixPath

from PIL import Image, ImageCms
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
    info.add_text("Author", f"{SECRET}autor")
    info.add_text("Comment", f"{SECRET}nis", zip=True)
    own: dict[str, object] = {"pnginfo": info} if form == "PNG" else {"xmp": xmp.encode()}
    comment = {"comment": f"{SECRET}nis".encode()} if form == "JPEG" else {}
    data = saved(photograph(), form, exif=exif, icc_profile=_SECRET_PROFILE, **own, **comment)
    if form == "JPEG":
        data = data[:2] + _segment(0xED, _IPTC) + data[2:]
        data = data.replace(b"\xff\xfe", _segment(0xE1, b"Exif\0\0" + _thumbnail()) + b"\xff\xfe", 1)
    data += f"{SECRET}anhang".encode()
    assert data.count(SECRET.encode()) >= 4
    return data


_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
_SECRET_PROFILE = _SRGB.replace("sRGB built-in".encode("utf-16-be"), f"{SECRET}profil ".encode("utf-16-be"))
_IPTC = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x13\x1c\x02P\0\x0e" + f"{SECRET}urheber".encode() + b"\0\0"


def _segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2) + content


def _thumbnail() -> bytes:
    """Return a second picture as cameras hide it, with a comment of its own."""
    return b"MM\0*" + saved(photograph((80, 45)), "JPEG", comment=f"{SECRET}vorschau".encode())


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def measured(data: bytes, name: str) -> Picture:
    return measure(data, PurePosixPath("bilder") / name)
