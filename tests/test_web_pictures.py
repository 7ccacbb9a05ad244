"""Pictures for browsers: in the widths and forms that are told, with the right colours and nothing else in them."""

from pathlib import PurePosixPath

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from generator.model.picture import WIDTHS, Kind, Picture
from generator.rendering.pictures.web import for_web
from tests.photographs import SECRET, coloured, measured, opened, photograph, saved, with_secrets
from tests.properties import property_settings

pytestmark = pytest.mark.slow

NAMES = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG", "png": "PNG"}
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
SWAPPED = SRGB.replace(b"rXYZ", b"xxxx").replace(b"gXYZ", b"rXYZ").replace(b"xxxx", b"gXYZ")
"""A profile in which the first channel is green and the second red."""


def files(data: bytes, name: str = "a.jpg") -> dict[str, bytes]:
    """Return all files of a picture by their addresses."""
    picture = measured(data, name)
    return {variant.url: for_web(data, picture, variant) for variant in picture.variants}


def cutout(size: tuple[int, int] = (900, 600)) -> Image.Image:
    return Image.merge("RGBA", [*photograph(size).split(), Image.radial_gradient("L").resize(size)])


SOURCES = {
    "large photograph": saved(photograph((4000, 3000)), "JPEG"),
    "upright photograph": saved(photograph((900, 1600)), "JPEG"),
    "small photograph": saved(photograph((300, 201)), "JPEG"),
    "tiny photograph": saved(photograph((1, 1)), "JPEG"),
    "very wide photograph": saved(photograph((2000, 3)), "JPEG"),
    "drawing": saved(coloured(), "PNG"),
    "transparent drawing": saved(coloured(mode="RGBA"), "PNG"),
    "cutout": saved(cutout(), "PNG"),
    "WebP": saved(photograph(), "WEBP"),
    "AVIF": saved(photograph(), "AVIF"),
    "GIF": saved(coloured(), "GIF"),
}


@pytest.mark.parametrize("name", SOURCES)
def test_files_are_as_they_are_told(name: str) -> None:
    picture = measured(SOURCES[name], "a")
    transparent = name in {"transparent drawing", "cutout"}
    for variant in picture.variants:
        image = opened(for_web(SOURCES[name], picture, variant))
        assert image.format == NAMES[variant.form]
        assert image.size == (variant.width, variant.height)
        assert image.has_transparency_data is transparent, variant
        assert not {"exif", "comment", "icc_profile", "xmp", "XML:com.adobe.xmp"} & image.info.keys()


@pytest.mark.parametrize("form", NAMES.values())
def test_nothing_is_said_of_camera_place_and_author(form: str) -> None:
    made = files(with_secrets(form))
    assert len(made) == 7
    assert [url for url, data in made.items() if SECRET.encode() in data] == []
    assert [url for url, data in made.items() if opened(data).getexif()] == []


def sixteen_bits(colour: int) -> Image.Image:
    return Image.new("I;16", (90, 60), colour * 256)


RED = {
    "RGB": saved(Image.new("RGB", (90, 60), "red"), "PNG"),
    "with a profile": saved(Image.new("RGB", (90, 60), "lime"), "JPEG", icc_profile=SWAPPED, quality=95),
    "transparent, with a profile": saved(Image.new("RGBA", (90, 60), "lime"), "PNG", icc_profile=SWAPPED),
    "palette, with a profile": saved(Image.new("RGB", (90, 60), "lime").quantize(4), "PNG", icc_profile=SWAPPED),
    "with a broken profile": saved(Image.new("RGB", (90, 60), "red"), "JPEG", icc_profile=SRGB[:200], quality=95),
    "with a profile for other channels": saved(
        Image.new("CMYK", (90, 60), (0, 255, 255, 0)), "JPEG", icc_profile=SWAPPED, quality=95
    ),
    "CMYK": saved(Image.new("CMYK", (90, 60), (0, 255, 255, 0)), "JPEG", quality=95),
    "palette": saved(Image.new("RGB", (90, 60), "red").quantize(4), "PNG"),
    "GIF": saved(Image.new("RGB", (90, 60), "red").quantize(4), "GIF"),
}
GREY = {
    "grey": saved(Image.new("L", (90, 60), 128), "PNG"),
    "grey JPEG": saved(Image.new("L", (90, 60), 128), "JPEG"),
    "grey with transparency": saved(Image.new("LA", (90, 60), (128, 255)), "PNG"),
    "grey with sixteen bits": saved(Image.new("I;16", (90, 60), 128 * 256), "PNG"),
    "grey with a profile": saved(Image.new("L", (90, 60), 128), "JPEG", icc_profile=SWAPPED),
}
COLOURS = {name: (data, (255, 0, 0)) for name, data in RED.items()} | {
    name: (data, (128, 128, 128)) for name, data in GREY.items()
}


@pytest.mark.parametrize("name", COLOURS)
def test_colours_are_those_that_are_meant(name: str) -> None:
    data, meant = COLOURS[name]
    for url, made in files(data).items():
        seen = opened(made).convert("RGB").getpixel((45, 30))
        assert isinstance(seen, tuple)
        assert max(abs(ours - theirs) for ours, theirs in zip(seen, meant, strict=True)) <= 12, (url, seen)


def test_the_same_picture_gives_the_same_bytes() -> None:
    first = files(SOURCES["cutout"])
    files(SOURCES["drawing"])
    assert files(SOURCES["cutout"]) == first


def test_drawings_stay_small_and_sharp() -> None:
    for url, data in files(SOURCES["drawing"]).items():
        edge = opened(data).convert("RGB")
        assert len(data) < 3_000, url
        for step, colour in ((-3, (255, 0, 0)), (3, (0, 0, 255))):
            assert edge.getpixel((9, edge.height // 2 + step)) == pytest.approx(colour, abs=8), url


PATHS = st.lists(st.text(st.characters(exclude_characters="/\0", exclude_categories=("Cs",)), min_size=1), min_size=1)
PICTURES = st.builds(
    Picture,
    path=PATHS.map(lambda parts: PurePosixPath(*parts)),
    digest=st.binary(min_size=32, max_size=32),
    width=st.integers(1, 20_000),
    height=st.integers(1, 20_000),
    kind=st.sampled_from(Kind.__args__),  # type: ignore[attr-defined]
)


@property_settings(300)
@given(PICTURES)
def test_a_picture_is_never_enlarged(picture: Picture) -> None:
    assert max(variant.width for variant in picture.variants) == picture.fallback.width
    if picture.kind == "vector":
        assert (picture.fallback.width, picture.fallback.height) == (picture.width, picture.height)
        return
    widths = [variant.width for variant in picture.sources["avif"]]
    assert widths == [variant.width for variant in picture.sources["webp"]]
    assert widths == sorted(set(widths))
    assert set(widths) <= {*WIDTHS, picture.width}
    assert widths[-1] == min(picture.width, WIDTHS[-1])
    assert len(widths) >= 3 or picture.width < 942
    for variant in picture.variants:
        assert abs(variant.height - max(1, variant.width * picture.height / picture.width)) <= 0.5


@property_settings(300)
@given(PICTURES, PICTURES)
def test_addresses_are_plain_and_tell_pictures_apart(one: Picture, other: Picture) -> None:
    assume((one.path, one.digest) != (other.path, other.digest) and "vector" not in (one.kind, other.kind))
    addresses = [variant.url for picture in (one, other) for variant in picture.variants]
    assert len(addresses) == len(set(addresses))
    assert all(url.isascii() and "//" not in url and not url.startswith("/") for url in addresses)
    assert all(set(url) <= set("abcdefghijklmnopqrstuvwxyz0123456789-./") for url in addresses)


def test_another_picture_at_the_same_place_has_other_addresses() -> None:
    one, other = (measured(saved(photograph((90, height)), "PNG"), "Größe 1.PNG") for height in (60, 61))
    assert one.fallback.url.startswith("bilder/groesse-1-90.")
    assert {variant.url for variant in one.variants}.isdisjoint(variant.url for variant in other.variants)
