"""Office files that authors publish say nothing of people and machines, and nothing forgotten is in them."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from generator.rendering.files.errors import FileError
from generator.rendering.files.office import remake
from tests.photographs import SECRET, opened, with_secrets
from tests.project import load_cases
from tests.unwrapped import says

CASES = load_cases("office")
TYPES = {"[Content_Types].xml": b"<Types/>"}
DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


def archive(members: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as written:
        written.comment = SECRET.encode()
        for name, data in members.items():
            written.writestr(name, data)
    return buffer.getvalue()


def remade(folder: Path, data: bytes) -> bytes:
    (folder / "a.docx").write_bytes(data)
    remake(folder / "a.docx", folder / "b.docx")
    return (folder / "b.docx").read_bytes()


def members_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as read:
        return {info.filename: read.read(info) for info in read.infolist()}


@pytest.mark.parametrize(("member", "xml", "message"), CASES["refused"])
def test_what_may_be_forgotten_in_a_file_is_told(member: str, xml: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(FileError, match=message):
        remade(tmp_path, archive({**TYPES, member: xml.encode()}))


@pytest.mark.parametrize("case", CASES["cleaned"], ids=lambda case: case["member"])
def test_what_a_file_says_of_itself_is_taken_out(case: Mapping[str, str], tmp_path: Path) -> None:
    found = members_of(remade(tmp_path, archive({**TYPES, case["member"]: case["before"].encode()})))
    after = case.get("after")
    if after is None:
        assert case["member"] not in found
    else:
        assert found[case["member"]].decode().removeprefix(DECLARATION) == after


def test_pictures_in_a_file_say_nothing_of_themselves(tmp_path: Path) -> None:
    names = {"word/media/image1.jpeg": "JPEG", "word/media/image2.PNG": "PNG"}
    data = archive({**TYPES, **{name: with_secrets(form) for name, form in names.items()}})
    assert says(data, SECRET)
    clean = remade(tmp_path, data)
    assert not says(clean, SECRET)
    assert [opened(members_of(clean)[name]).size for name in names] == [(1600, 900)] * 2


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    members = {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": b"<x/>",
        "meta.xml": b"<x><y/></x>",
    }
    first = remade(tmp_path, archive(members))
    assert remade(tmp_path, first) == first
    with ZipFile(BytesIO(first)) as read:
        infos = read.infolist()
    assert [info.filename for info in infos] == list(members)
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert [info.compress_type for info in infos] == [ZIP_STORED, ZIP_DEFLATED, ZIP_DEFLATED]
    assert first[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument.text")


def test_what_swells_up_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.rendering.files.office._MOST_BYTES", 999_999)
    with pytest.raises(FileError, match="entpackt größer"):
        remade(tmp_path, archive({**TYPES, "word/document.xml": b"\0" * 1_000_000}))


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "GEHEIM"><!ENTITY b "&a;&a;&a;">]><x><title>&b;</title></x>'
    try:
        assert b"GEHEIMGEHEIM" not in remade(tmp_path, archive({**TYPES, "docProps/core.xml": bomb}))
    except FileError as error:
        assert "lässt sich nicht lesen" in error.message  # noqa: PT017


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", archive({"a.txt": b"x"}), archive({**TYPES, "a": b"x"})[:-30]])
def test_what_is_no_office_file_is_told(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="lässt sich nicht lesen"):
        remade(tmp_path, data)
