"""Pictures for letters: PNG of the right size, without what a camera knows; what cannot be read is told."""

from io import BytesIO
from pathlib import PurePosixPath

import pytest
from PIL import Image

from generator.rendering.picture import PictureError, for_mail, mail_suffix, size_of
from tests.project import ROOT

SVG = PurePosixPath("a.svg")
DRAWING = (ROOT / "content" / "bilder" / "rufbus.svg").read_bytes()


def photo(form: str, size: tuple[int, int] = (1600, 900), mode: str = "RGB", **options: object) -> bytes:
    image = Image.linear_gradient("L").resize(size).convert(mode)
    buffer = BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def test_a_drawing_becomes_a_picture_of_the_asked_width() -> None:
    assert size_of(DRAWING, SVG) == (1200, 675)
    data = for_mail(DRAWING, SVG, 1128)
    assert opened(data).size == (1128, 635)
    assert len(data) < 40_000
    assert for_mail(DRAWING, SVG, 1128) == data


@pytest.mark.parametrize(
    ("root", "size"),
    [
        ('viewBox="0 0 64 32"', (64, 32)),
        ('viewBox="-1,-1 64.4,32" width="100%"', (64, 32)),
        ('width="30" height="20px" viewBox="0 0 3 2"', (30, 20)),
        ("width='30' height='20'", (30, 20)),
        ("stroke-width='2' width='30' height='20'", (30, 20)),
    ],
)
def test_a_drawing_tells_its_size(root: str, size: tuple[int, int]) -> None:
    assert size_of(f'<svg xmlns="http://www.w3.org/2000/svg" {root}><path d="M0 0h9v9z"/></svg>'.encode(), SVG) == size


def test_a_see_through_drawing_stays_so() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="red" d="M0 0h4v4H0z"/></svg>'
    picture = opened(for_mail(drawing, SVG, 90)).convert("RGBA")
    assert picture.getpixel((10, 10)) == (255, 0, 0, 255)
    assert picture.getpixel((80, 80))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_becomes_smaller_and_never_larger(form: str) -> None:
    path = PurePosixPath(f"a.{form.lower()}")
    assert size_of(photo(form), path) == (1600, 900)
    made = opened(for_mail(photo(form), path, 800))
    assert (made.size, made.format) == ((800, 450), "JPEG" if form == "JPEG" else "PNG")
    assert mail_suffix(path) == (".jpg" if form == "JPEG" else ".png")
    assert opened(for_mail(photo(form, (300, 200)), path, 800)).size == (300, 200)


def test_what_a_camera_knows_is_not_in_it() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Geheimkamera"
    data = photo("JPEG", exif=exif, comment=b"Geheimnis")
    assert b"Geheimkamera" in data
    made = for_mail(data, PurePosixPath("a.jpg"), 400)
    assert b"Geheim" not in made
    assert not {"exif", "comment", "icc_profile"} & opened(made).info.keys()


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"kein Bild", "a.png", "Das Bild lässt sich nicht lesen."),
        (b'<svg viewBox="0 0 1.2.3 4"/>', "a.svg", "Die Zeichnung sagt nicht, wie groß sie ist."),
        (b"<svg", "a.svg", "Die Zeichnung sagt nicht, wie groß sie ist."),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.svg", "Die Zeichnung sagt nicht, wie groß sie ist."),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, name: str, message: str) -> None:
    with pytest.raises(PictureError, match=message):
        size_of(data, PurePosixPath(name))


def test_a_broken_drawing_is_told() -> None:
    with pytest.raises(PictureError, match="Die Zeichnung lässt sich nicht lesen"):
        for_mail(b'<svg viewBox="0 0 9 9"><path', SVG, 90)


def test_a_photograph_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data, path = photo("JPEG", (400, 200), exif=exif), PurePosixPath("a.jpg")
    assert size_of(data, path) == (200, 400)
    assert opened(for_mail(data, path, 100)).size == (100, 200)


def test_a_photograph_that_is_cut_off_is_told() -> None:
    data = photo("PNG", (900, 900))
    with pytest.raises(PictureError, match="Das Bild lässt sich nicht lesen"):
        for_mail(data[: len(data) // 2], PurePosixPath("a.png"), 400)


@pytest.mark.parametrize("name", ["image", "feImage", "use"])
@pytest.mark.parametrize("attribute", ["href", "xlink:href"])
def test_a_drawing_shows_no_other_file(name: str, attribute: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><{name} {attribute}="geheim.png"/></svg>'
    with pytest.raises(PictureError, match="zeigt eine andere Datei"):
        for_mail(drawing.encode(), SVG, 90)
