"""Pictures for letters: PNG and JPEG of the right size, without what a camera knows."""

from typing import Literal

import pytest

from generator.rendering.pictures.errors import PictureError
from generator.rendering.pictures.mail import for_mail
from tests.photographs import SECRET, coloured, measured, opened, photograph, saved, with_secrets
from tests.project import ROOT

pytestmark = pytest.mark.slow

DRAWING = (ROOT / "content" / "bilder" / "rufbus.svg").read_bytes()


def mailed(data: bytes, name: str, width: int, form: Literal["jpg", "png"] = "png") -> bytes:
    return for_mail(data, measured(data, name), form, width)


def test_a_drawing_becomes_a_picture_of_the_asked_width() -> None:
    data = mailed(DRAWING, "rufbus.svg", 1128)
    assert opened(data).size == (1128, 635)
    assert len(data) < 40_000
    assert mailed(DRAWING, "rufbus.svg", 1128) == data


def test_a_see_through_drawing_stays_so() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="red" d="M0 0h4v4H0z"/></svg>'
    picture = opened(mailed(drawing, "a.svg", 90)).convert("RGBA")
    assert picture.getpixel((10, 10)) == (255, 0, 0, 255)
    assert picture.getpixel((80, 80))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("wanted", ["jpg", "png"])
def test_a_photograph_becomes_smaller_and_never_larger(form: str, wanted: Literal["jpg", "png"]) -> None:
    large, small = saved(photograph(), form), saved(photograph((300, 200)), form)
    made = opened(mailed(large, "a", 800, wanted))
    assert (made.size, made.format) == ((800, 450), {"jpg": "JPEG", "png": "PNG"}[wanted])
    assert opened(mailed(small, "a", 800, wanted)).size == (300, 200)


def test_what_is_transparent_becomes_white_where_the_form_knows_no_transparency() -> None:
    picture = opened(mailed(saved(coloured(mode="RGBA"), "PNG"), "a.jpg", 400, "jpg"))
    assert picture.getpixel((380, 20)) == (255, 255, 255)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_what_a_camera_knows_is_not_in_it(form: str) -> None:
    made = mailed(with_secrets(form), "a", 400)
    assert SECRET.encode() not in made
    assert not {"exif", "comment", "icc_profile", "xmp"} & opened(made).info.keys()


def test_a_broken_drawing_is_told() -> None:
    with pytest.raises(PictureError, match="Die Zeichnung lässt sich nicht lesen"):
        mailed(b'<svg viewBox="0 0 9 9"><path', "a.svg", 90)
