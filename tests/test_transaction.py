"""A new site takes the place of the old one at once, or not at all."""

import contextlib
import json
import os
import shutil
import sys
import threading
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from generator import exchange
from generator.folders import files_in
from generator.manifest import MANIFEST, Manifest
from generator.transaction import Transaction

EMPTY = Manifest(now="2026-11-22T12:00:00+01:00", base_url="https://test.example.org/", entries={}, redirects={})

OLD = {"index.html": "old home", "news/a/index.html": "old a", "feed.xml": "feed"}
NEW = {"index.html": "new home", "news/b/index.html": "new b", "feed.xml": "feed"}


def release(build: Path, site: Mapping[str, str]) -> int:
    """Replace the site; the text of a file is also what identifies it."""
    transaction = Transaction(build, build / "site")
    unchanged = transaction.unchanged(site)
    for path, text in site.items():
        if path not in unchanged:
            (transaction.fresh / path).parent.mkdir(parents=True, exist_ok=True)
            (transaction.fresh / path).write_text(text)
    return transaction.commit(site, EMPTY)


def read(folder: Path) -> dict[str, str]:
    """Return the files of a site, once they are found to be what its manifest says."""
    files = {path: (folder / path).read_text() for path in files_in(folder)}
    digests = {path: sha256(text.encode()).hexdigest() for path, text in files.items() if path != MANIFEST}
    assert json.loads(files.pop(MANIFEST))["files"] == digests
    return files


def test_the_site_holds_what_was_released(tmp_path: Path) -> None:
    assert release(tmp_path, OLD) == 3
    assert read(tmp_path / "site") == OLD


def test_only_what_differs_is_built(tmp_path: Path) -> None:
    release(tmp_path, OLD)
    assert release(tmp_path, NEW) == 2
    assert read(tmp_path / "site") == NEW


def test_going_back_and_forth_stays_right(tmp_path: Path) -> None:
    for site in (OLD, NEW, OLD, OLD, NEW, {"index.html": "only"}, OLD):
        release(tmp_path, site)
        assert read(tmp_path / "site") == site


def test_a_file_deleted_by_hand_is_built_again(tmp_path: Path) -> None:
    release(tmp_path, OLD)
    (tmp_path / "site" / "news/a/index.html").unlink()
    assert release(tmp_path, OLD) == 1
    assert read(tmp_path / "site") == OLD


def test_a_build_that_fails_leaves_the_site_alone(tmp_path: Path) -> None:
    release(tmp_path, OLD)
    transaction = Transaction(tmp_path, tmp_path / "site")
    (transaction.fresh / "index.html").write_text("half")
    assert read(tmp_path / "site") == OLD
    release(tmp_path, NEW)
    assert read(tmp_path / "site") == NEW


@pytest.fixture(params=["at once", "one after the other"])
def exchanged(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let folders change places in each way in turn."""
    if request.param == "one after the other":
        monkeypatch.setattr(exchange, "_system_call", lambda: None)


@pytest.mark.usefixtures("exchanged")
@pytest.mark.parametrize("cut", range(20))
@pytest.mark.parametrize(
    "sites", [(OLD, NEW, OLD, OLD), (OLD, OLD, NEW, OLD), (OLD, NEW, NEW, OLD)], ids=["back", "undone", "again"]
)
def test_a_build_cut_off_anywhere_leaves_a_whole_site(
    sites: tuple[Mapping[str, str], ...], cut: int, tmp_path: Path
) -> None:
    *earlier, interrupted, following = sites
    for site in earlier:
        release(tmp_path, site)
    with pytest.MonkeyPatch.context() as patch, contextlib.suppress(KeyboardInterrupt):
        _cut_off_after(cut, patch)
        release(tmp_path, interrupted)
    Transaction(tmp_path, tmp_path / "site")
    assert read(tmp_path / "site") in (earlier[-1], interrupted)
    release(tmp_path, following)
    assert read(tmp_path / "site") == following


@pytest.mark.skipif(sys.platform != "linux", reason="only known to be done at once on Linux")
def test_nobody_ever_finds_no_site(tmp_path: Path) -> None:
    release(tmp_path, OLD)
    missed: list[bool] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            missed.append(not (tmp_path / "site" / "index.html").exists())

    looking = threading.Thread(target=look)
    looking.start()
    for _ in range(100):
        release(tmp_path, NEW)
        release(tmp_path, OLD)
    done.set()
    looking.join()
    assert len(missed) > 100
    assert not any(missed)


def test_a_site_is_taken_for_none_other_that_was_put_in_its_place(tmp_path: Path) -> None:
    release(tmp_path, OLD)
    shutil.copytree(tmp_path / "site", tmp_path / "kept")
    release(tmp_path, NEW)
    release(tmp_path, NEW)
    shutil.rmtree(tmp_path / "site")
    (tmp_path / "kept").rename(tmp_path / "site")
    release(tmp_path, NEW)
    assert read(tmp_path / "site") == NEW


def _cut_off_after(count: int, patch: pytest.MonkeyPatch) -> None:
    """Let the first ``count`` changes of the file system happen, and interrupt at the next."""
    left = [count]

    def counted(original: object) -> object:
        def call(*arguments: object, **named: object) -> object:
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
            return original(*arguments, **named)  # type: ignore[operator]

        return call

    for name in ("replace", "link", "unlink", "rmdir", "mkdir"):
        patch.setattr(os, name, counted(getattr(os, name)))


def test_another_writer_makes_the_next_build_complete(tmp_path: Path) -> None:
    release(tmp_path, OLD)
    Transaction(tmp_path, tmp_path / "site").forget()
    (tmp_path / "site" / "feed.xml").write_text("by another")
    assert release(tmp_path, OLD) == 3
    assert read(tmp_path / "site") == OLD
