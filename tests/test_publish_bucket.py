"""Publishing to a storage whose ETags say nothing of an object's bytes, and which counts whole seconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from minio.error import S3Error

from generator.manifest import MANIFEST
from generator.progress import silent
from generator.publishing import bucket
from generator.publishing.address import BucketAddress
from generator.publishing.bucket import Bucket
from generator.publishing.failure import Interruption
from generator.publishing.in_place import InPlace
from generator.publishing.note import NOTES
from generator.publishing.sealed_site import SealedSite
from tests.interrupted import Files
from tests.test_publish_order import sealed

OLD = {"index.html": b"1", "a/index.html": b"1", "assets/stil.css": b"1"}
NEW = {"index.html": b"1", "a/index.html": b"2", "assets/stil.css": b"2"}


@dataclass(frozen=True)
class _Kept:
    data: bytes
    headers: dict[str, str]
    written: datetime
    etag: str


@dataclass
class Storage:
    """Such a storage, in the place of the library's client; its time stands still unless somebody waits."""

    now: datetime = datetime(2026, 11, 22, 12, tzinfo=UTC)
    kept: dict[str, _Kept] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    left: int = 10_000
    """How many objects are written until it is cut off."""

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def put_object(self, _bucket: str, path: str, data: BytesIO, *_: Any, **more: Any) -> None:
        if self.left <= 0:
            raise Interruption("abgerissen")
        self.left -= 1
        etag = f'"{len(self.written):032x}"'
        self.kept[path] = _Kept(data.read(), more["metadata"], self.now.replace(microsecond=0), etag)
        self.written.append(path)

    @contextmanager
    def get_object(self, _bucket: str, path: str) -> Iterator[Any]:
        if path not in self.kept:
            raise S3Error(SimpleNamespace(), "NoSuchKey", "", "", "", "")  # type: ignore[arg-type]  # nobody looks at it
        found = self.kept[path]
        yield SimpleNamespace(read=lambda: found.data, headers=found.headers)

    def list_objects(self, _bucket: str, prefix: str, **_: Any) -> Iterator[Any]:
        for path, found in sorted(self.kept.items()):
            if path.startswith(prefix):
                yield SimpleNamespace(object_name=path, etag=found.etag, last_modified=found.written)

    def remove_object(self, _bucket: str, path: str) -> None:
        self.kept.pop(path, None)

    @property
    def contents(self) -> Files:
        return {path: found.data for path, found in self.kept.items() if not path.startswith(NOTES)}


@pytest.fixture
def storage(monkeypatch: pytest.MonkeyPatch) -> Storage:
    made = Storage()
    monkeypatch.setattr(bucket, "_client", lambda _: made)
    monkeypatch.setattr(bucket, "_AT_ONCE", 1)
    monkeypatch.setattr(time, "sleep", made.wait)
    return made


def site_in(folder: Path, contents: Files) -> tuple[SealedSite, Files]:
    site, files = sealed(dict(contents))
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return replace(site, folder=folder), files


def target(name: str) -> InPlace:
    return InPlace(Bucket(BucketAddress(text="s3://allianz", bucket="allianz", prefix="")), name)


def test_what_is_there_is_known(storage: Storage, tmp_path: Path) -> None:
    old, old_files = site_in(tmp_path / "old", OLD)
    new, new_files = site_in(tmp_path / "new", NEW)
    assert set(target("a").publish(old, silent).new) == old_files.keys()
    assert storage.contents == old_files
    assert not target("b").publish(old, silent)
    storage.wait(60)
    storage.written.clear()
    assert set(target("c").publish(new, silent).changed) == {"a/index.html", "assets/stil.css", MANIFEST}
    assert storage.contents == new_files
    assert storage.written == [f"{NOTES}c", "assets/stil.css", "a/index.html", MANIFEST]


def test_what_others_wrote_is_put_right(storage: Storage, tmp_path: Path) -> None:
    old, old_files = site_in(tmp_path / "old", OLD)
    target("a").publish(old, silent)
    for _ in range(2):
        storage.wait(60)
        storage.put_object("", "index.html", BytesIO(b"fremd"), metadata={})
        assert target("b").publish(old, silent).changed == ("index.html", MANIFEST)
        assert storage.contents == old_files


@pytest.mark.parametrize("left", range(2, 5))
def test_what_is_cut_off_at_once_is_put_right(left: int, storage: Storage, tmp_path: Path) -> None:
    old, old_files = site_in(tmp_path / "old", OLD)
    new, _ = site_in(tmp_path / "new", NEW)
    target("a").publish(old, silent)
    storage.left = left
    try:
        target("b").publish(new, silent)
    except Interruption:
        assert left < 4
    storage.left = 10_000
    target("c").publish(old, silent)
    assert storage.contents == old_files
