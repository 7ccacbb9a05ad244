"""What is known of a picture: its size as it stands upright, what it is made of, or what is wrong with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from generator.model.picture import Kind
from generator.rendering.pictures.errors import PictureError
from generator.rendering.pictures.raster import pixels, raster_kind
from tests.photographs import coloured, measured, photograph, saved
from tests.properties import property_settings


@pytest.mark.parametrize(
    ("root", "size"),
    [
        ('viewBox="0 0 64 32"', (64, 32)),
        ('viewBox="-1,-1 64.4,32" width="100%"', (64, 32)),
        ('width="30" height="20px" viewBox="0 0 3 2"', (30, 20)),
        ("width='30' height='20'", (30, 20)),
        ("stroke-width='2' width='30' height='20'", (30, 20)),
        ('width="210mm" height="297mm" viewBox="0 0 744 1052"', (744, 1052)),
    ],
)
def test_a_drawing_tells_its_size(root: str, size: tuple[int, int]) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {root}><path d="M0 0h9v9z"/></svg>'.encode()
    picture = measured(drawing, "a.SVG")
    assert (picture.width, picture.height, picture.kind) == (*size, "vector")


@pytest.mark.parametrize("drawing", ['<svg viewBox="0 0 1.2.3 4"/>', "<svg", "<svg/>", "", '<svg viewBox="0 0 0 9"/>'])
def test_a_drawing_without_a_size_is_told(drawing: str) -> None:
    with pytest.raises(PictureError, match="Die Zeichnung sagt nicht, wie groß sie ist"):
        measured(drawing.encode(), "a.svg")


PALETTE = photograph().quantize(256)
KINDS: dict[str, tuple[bytes, Kind]] = {
    "photograph": (saved(photograph(), "JPEG"), "photograph"),
    "grey photograph": (saved(photograph(mode="L"), "JPEG"), "photograph"),
    "photograph as PNG": (saved(photograph(), "PNG"), "photograph"),
    "grey photograph as PNG": (saved(photograph(mode="L"), "PNG"), "photograph"),
    "photograph as WebP": (saved(photograph(), "WEBP"), "photograph"),
    "photograph as AVIF": (saved(photograph(), "AVIF"), "photograph"),
    "photograph with an alpha channel it does not need": (saved(photograph(mode="RGBA"), "PNG"), "photograph"),
    "photograph with two frames, as phones save it": (
        saved(photograph(), "MPO", save_all=True, append_images=[photograph((80, 45))]),
        "photograph",
    ),
    "drawing": (saved(coloured(), "PNG"), "drawing"),
    "drawing as GIF": (saved(coloured(), "GIF"), "drawing"),
    "grey drawing": (saved(coloured().convert("L"), "PNG"), "drawing"),
    "black and white": (saved(coloured().convert("1"), "PNG"), "drawing"),
    "transparent drawing": (saved(coloured(mode="RGBA"), "PNG"), "drawing"),
    "cutout": (
        saved(Image.merge("RGBA", [*photograph().split(), Image.radial_gradient("L").resize((1600, 900))]), "PNG"),
        "cutout",
    ),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_picture_is_of_a_kind(name: str) -> None:
    data, kind = KINDS[name]
    assert raster_kind(data) == (1600, 900, kind)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
@pytest.mark.parametrize("part", [0.0, 0.05, 0.5, 0.97])
def test_what_is_cut_off_is_told(form: str, part: float) -> None:
    data = saved(photograph((640, 480)), form)
    with pytest.raises(PictureError, match="lässt sich nicht lesen"):
        raster_kind(data[: int(len(data) * part)])


@pytest.mark.parametrize("form", ["TIFF", "BMP", "PPM", "PDF", "EPS"])
def test_other_forms_are_not_read(form: str) -> None:
    with pytest.raises(PictureError, match="Als PNG oder JPEG neu speichern"):
        raster_kind(saved(photograph((64, 48)), form))


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "AVIF"])
def test_what_moves_is_told(form: str) -> None:
    data = saved(photograph((64, 48)), form, save_all=True, append_images=[coloured((64, 48))], duration=100)
    with pytest.raises(PictureError, match="bewegt sich"):
        raster_kind(data)


def test_what_is_far_too_large_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(photograph((300, 200)), "PNG")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 59_999)
    with pytest.raises(PictureError, match="mehr als 0 Millionen Bildpunkte"):
        raster_kind(data)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright(form: str, orientation: int) -> None:
    """Return to what a viewer sees: the camera's pixels are turned so that the tag makes them right again."""
    seen = coloured((90, 40)).crop((0, 0, 90, 40))
    seen.paste("lime", (0, 0, 45, 20))
    turned = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = seen.transpose(turned[orientation]) if orientation in turned else seen
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(stored, form, exif=exif, quality=95)
    assert raster_kind(data)[:2] == (90, 40)
    upright = pixels(data)
    corners = [upright.getpixel(place) for place in ((10, 10), (80, 10), (10, 30), (80, 30))]
    wanted = [(0, 255, 0), (255, 0, 0), (0, 0, 255), (0, 0, 255)]
    assert all(
        abs(ours - theirs) < 40
        for corner, colour in zip(corners, wanted, strict=True)
        for ours, theirs in zip(corner, colour, strict=True)  # type: ignore[arg-type]
    )


BROKEN = [saved(photograph((60, 40)), form) for form in ("JPEG", "PNG", "WEBP", "AVIF", "GIF")]


@property_settings(200)
@given(st.sampled_from(BROKEN), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=3)), max_size=5))
def test_whatever_is_wrong_with_a_file_it_is_read_or_told(data: bytes, changes: list[tuple[float, bytes]]) -> None:
    for place, new in changes:
        position = int(place * len(data))
        data = data[:position] + new + data[position + len(new) :]
    try:
        width, height, _ = raster_kind(data)
        if width * height < 1_000_000:
            assert pixels(data, (8, 8)).size == (8, 8)
    except PictureError:
        pass
