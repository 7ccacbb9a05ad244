"""A new site takes the place of the old one at once, or not at all."""

import contextlib
import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("cut", range(12))
def test_a_build_cut_off_anywhere_leaves_a_whole_site(
    cut: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(tmp_path, OLD)
    release(tmp_path, NEW)
    _cut_off_after(cut, monkeypatch)
    with contextlib.suppress(KeyboardInterrupt):
        release(tmp_path, OLD)
    monkeypatch.undo()
    Transaction(tmp_path, tmp_path / "site")
    assert read(tmp_path / "site") in (OLD, NEW)
    release(tmp_path, OLD)
    assert read(tmp_path / "site") == OLD


def _cut_off_after(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
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
        monkeypatch.setattr(os, name, counted(getattr(os, name)))


def test_another_writer_makes_the_next_build_complete(tmp_path: Path) -> None:
    release(tmp_path, OLD)
    Transaction(tmp_path, tmp_path / "site").forget()
    (tmp_path / "site" / "feed.xml").write_text("by another")
    assert release(tmp_path, OLD) == 3
    assert read(tmp_path / "site") == OLD
