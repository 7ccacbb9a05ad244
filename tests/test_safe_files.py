"""Files that authors publish: nothing is in them that readers are not to have, and what is no such file is told."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from generator.cache import Cache
from generator.file_cache import FileCache
from generator.progress import silent
from generator.rendering.files.kinds import FILE_KINDS
from generator.rendering.files.safe import SafeFiles, safe_files
from tests.photographs import SECRET, opened, with_secrets
from tests.sample import SAMPLE, build
from tests.unwrapped import says

RADWEG = "aktuelles/2026-11-02-radweg.md"
EDITION = "newsletter/2026-10-05-ausgabe-1.md"
FORMS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF"}


def raw(data: bytes) -> dict[str, str]:
    return {"bytes": data.decode("latin-1")}


def made_safe(folder: Path, files: Mapping[str, bytes]) -> SafeFiles:
    """Write files into a content folder, and return what is published of them."""
    content = folder / "content"
    for name, data in files.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_bytes(data)
    with Cache(folder / "results.sqlite", "test") as cache, FileCache(folder / "files", "test") as kept:
        return safe_files([PurePosixPath(name) for name in files], content, cache, kept, silent)


def published(folder: Path, name: str, data: bytes) -> bytes:
    safe = made_safe(folder, {name: data})
    assert not safe.errors
    return safe.files[PurePosixPath(name)].origin.read_bytes()


def everywhere(form: str) -> dict[str, Any]:
    """Return the sample with a telling picture in every place that can show or offer one."""
    files: dict[str, Any] = {**SAMPLE, f"bilder/rad.{form}": raw(with_secrets(FORMS[form]))}
    for name in ("logo", "symbol", "wappen", "anlage", "verlinkt", "brief", "groß"):
        files[f"bilder/{name}.{form}"] = files[f"bilder/rad.{form}"]
    brand = f"brand: {{logo: bilder/logo.{form}, icon: bilder/symbol.{form}}}\n"
    files["kooperation.yml"] = brand + SAMPLE["kooperation.yml"].replace("wappen.svg", f"wappen.{form}")
    text = SAMPLE[RADWEG].replace("rad.svg", f"rad.{form}")
    text = text.replace("plan über alles.pdf, title", f"../bilder/anlage.{form}, title")
    links = f"[Groß](../bilder/verlinkt.{form}) [![Rad](../bilder/rad.{form})](../bilder/groß.{form})"
    files[RADWEG] = f"{text}\n{links}\n"
    edition = SAMPLE[EDITION].replace("items: [", "items: [2026-11-02-radweg, ").replace("2026-10-05\n", "2026-11-20\n")
    files[EDITION] = edition + f"\n![Tal](../bilder/brief.{form})\n"
    return files


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_no_picture_tells_anything_wherever_it_is_shown(form: str) -> None:
    built = build(everywhere(form))
    assert {f"bilder/{name}.{form}" for name in ("anlage", "verlinkt", "gro%C3%9F")} <= built.files.keys()
    assert sum(url.endswith((".jpg", ".png", ".webp", ".avif", ".ico")) for url in built.files) > 30
    assert [url for url, file in built.files.items() if says(file.data, SECRET)] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_download_is_the_whole_picture_in_its_own_form(form: str, tmp_path: Path) -> None:
    data = published(tmp_path, f"rad.{form}", with_secrets(FORMS[form]))
    assert opened(data).size == (1600, 900)
    assert opened(data).format == FORMS[form]
    assert not {"exif", "comment", "icc_profile", "xmp", "XML:com.adobe.xmp", "photoshop"} & opened(data).info.keys()


def test_a_file_is_made_safe_once_whatever_its_name_and_time(tmp_path: Path) -> None:
    data = with_secrets("JPEG")
    first = made_safe(tmp_path, {"a.jpg": data})
    marked = first.files[PurePosixPath("a.jpg")].origin
    marked.write_bytes(b"kept")
    again = made_safe(tmp_path, {"a.jpg": data, "b.jpg": data})
    assert {file.origin for file in again.files.values()} == {marked}
    assert marked.read_bytes() == b"kept"
    marked.unlink()
    made_safe(tmp_path, {"a.jpg": data})
    assert opened(marked.read_bytes()).size == (1600, 900)


def test_what_is_wrong_with_a_file_is_told_again(tmp_path: Path) -> None:
    for _ in range(2):
        safe = made_safe(tmp_path, {"a.jpg": b"kein Bild", "b.exe": b"MZ"})
        assert safe.files == {}
        assert len(safe.errors) == 2
    assert list(tmp_path.glob("files/**/*.*")) == []


@pytest.mark.parametrize("suffix", FILE_KINDS)
@pytest.mark.parametrize(
    "disguise", [b"", b"<html><script>alert(1)</script></html>", b"MZ\x90\0", b"PK\x03\x04", b"\0" * 99]
)
def test_no_file_is_published_as_what_it_is_not(suffix: str, disguise: bytes, tmp_path: Path) -> None:
    if FILE_KINDS[suffix].signature(disguise) and FILE_KINDS[suffix].remake is None:
        assert suffix in {".csv", ".geojson", ".json", ".txt"}
        assert disguise.isascii()
        return
    assert made_safe(tmp_path, {f"a{suffix}": disguise}).errors
