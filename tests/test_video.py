"""Films are published as they are, unless they tell where they were made."""

from pathlib import Path

import pytest

from generator.rendering.files.errors import FileError
from generator.rendering.files.video import check_mp4, check_webm


def box(name: bytes, content: bytes = b"", *, long: bool = False) -> bytes:
    if long:
        return b"\0\0\0\x01" + name + (len(content) + 16).to_bytes(8) + content
    return (len(content) + 8).to_bytes(4) + name + content


PLAIN = box(b"ftyp", b"isom\0\0\0\0isom") + box(b"mdat", b"\xa9xyz loci" * 99)


def test_a_film_that_tells_no_place_is_published(tmp_path: Path) -> None:
    for data in (PLAIN + box(b"moov", b"mvhd"), PLAIN + box(b"moov", b"mvhd", long=True), box(b"moov") + PLAIN):
        (tmp_path / "a.mp4").write_bytes(data)
        check_mp4(tmp_path / "a.mp4")
    (tmp_path / "a.webm").write_bytes(b"\x1aE\xdf\xa3" + b"TITLE")
    check_webm(tmp_path / "a.webm")


@pytest.mark.parametrize("place", [b"\xa9xyz", b"loci", b"com.apple.quicktime.location.ISO6709"])
@pytest.mark.parametrize("long", [False, True])
def test_a_film_that_tells_a_place_is_refused(place: bytes, long: bool, tmp_path: Path) -> None:  # noqa: FBT001
    (tmp_path / "a.mp4").write_bytes(PLAIN + box(b"moov", box(b"udta", place + b"+50.1+009.1/"), long=long))
    with pytest.raises(FileError, match="verrät, wo er aufgenommen wurde"):
        check_mp4(tmp_path / "a.mp4")
    (tmp_path / "a.webm").write_bytes(b"\x1aE\xdf\xa3" + b"E\xa3\x88LOCATION")
    with pytest.raises(FileError, match="verrät, wo er aufgenommen wurde"):
        check_webm(tmp_path / "a.webm")


@pytest.mark.parametrize("data", [b"\0\0\0\x03ftyp", PLAIN, PLAIN + box(b"moov", b"x" * 99)[:-1], b"\0\0\0\x01moov"])
def test_a_film_that_is_cut_off_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(data)
    with pytest.raises(FileError, match="abgeschnitten"):
        check_mp4(tmp_path / "a.mp4")
