"""Publishing to a folder of releases: nothing of others is touched, and what was damaged there is no obstacle."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from generator.manifest import MANIFEST
from generator.progress import silent
from generator.publishing.address import FolderAddress
from generator.publishing.failure import Failure
from generator.publishing.releases import RELEASES, Releases
from generator.publishing.sealed_site import SealedSite
from tests.interrupted import Files
from tests.test_publish_order import sealed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has links in developer mode only")

FOREIGN = {
    "work/diplom/arbeit.txt": b"fremd",
    "parking/x.txt": b"fremd",
    "current.neu": b"fremd",
    "lock": b"fremd",
    **{f"releases/{number}.0/index.html": b"fremd" for number in range(6)},
    **{f"releases/{number:016x}/{MANIFEST}": b"{}" for number in range(6)},
}


def site_in(folder: Path, contents: Files) -> tuple[SealedSite, Files]:
    """Return a site whose files lie in a folder, and all of them."""
    site, files = sealed(dict(contents))
    fill(folder, files)
    return replace(site, folder=folder), files


def fill(folder: Path, files: Files) -> None:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def found(folder: Path) -> Files:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def releases_at(folder: Path, keep: int = 3) -> Releases:
    return Releases(FolderAddress(text=str(folder), folder=folder, keep=keep))


def names(folder: Path) -> list[str]:
    return sorted(release.name for release in (folder / RELEASES).iterdir() if release.is_dir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the site is published."""
    return tmp_path / "ziel"


def test_nothing_of_others_is_touched(folder: Path, tmp_path: Path) -> None:
    fill(folder, FOREIGN)
    for number in range(6):
        site, files = site_in(tmp_path / f"site{number}", {"index.html": b"%d" % number})
        releases_at(folder, keep=0).publish(site, silent)
        assert found(folder / "current") == files
    assert {path: data for path, data in found(folder).items() if path in FOREIGN} == FOREIGN
    assert sorted(set(os.listdir(folder)) - {path.partition("/")[0] for path in FOREIGN}) == [RELEASES, "current"]


def test_only_what_is_surely_a_release_is_cleared_away(folder: Path, tmp_path: Path) -> None:
    first, _ = site_in(tmp_path / "first", {"index.html": b"1"})
    second, _ = site_in(tmp_path / "second", {"index.html": b"2"})
    releases_at(folder).publish(first, silent)
    other = {
        "notizen/a.txt": b"fremd",
        f"0123456789abcdef/{MANIFEST}": b"{}",
        f"{first.seal[:15]}g/{MANIFEST}": first.manifest.as_json(),
        "fedcba9876543210/index.html": b"fremd",
    }
    fill(folder / RELEASES, other)
    elsewhere = tmp_path / "anderswo"
    fill(elsewhere, {MANIFEST: first.manifest.as_json()})
    (folder / RELEASES / "verweis").symlink_to(elsewhere)
    releases_at(folder, keep=0).publish(second, silent)
    assert names(folder) == sorted({path.partition("/")[0] for path in other} | {"verweis", second.seal[:16]})
    assert found(elsewhere)


@pytest.mark.parametrize("leads_to", ["anderswo", "releases/0123456789abcdef", "fehlt", None])
def test_what_is_in_the_place_of_the_link_stays(leads_to: str | None, folder: Path, tmp_path: Path) -> None:
    site, _ = site_in(tmp_path / "site", {"index.html": b"1"})
    current = folder / "current"
    if leads_to is None:
        fill(folder, {"current": b"fremd"})
    else:
        fill(folder, {f"anderswo/{MANIFEST}": b"fremd", "releases/0123456789abcdef/index.html": b"fremd"})
        current.symlink_to(leads_to)
    before = found(folder)
    for work in (releases_at(folder).changes, releases_at(folder).publish):
        with pytest.raises(Failure, match="current ist nicht der Verweis"):
            work(site, silent)
    assert found(folder) == before
    assert leads_to is None or os.readlink(current) == leads_to


def test_an_earlier_release_can_be_made_the_current_one_and_stays(folder: Path, tmp_path: Path) -> None:
    """The folder is reached by a link, as many are."""
    (tmp_path / "platte").mkdir()
    folder.symlink_to(tmp_path / "platte")
    sites = [site_in(tmp_path / f"site{number}", {"index.html": b"%d" % number})[0] for number in range(3)]
    for site in sites[:2]:
        releases_at(folder).publish(site, silent)
    (folder / "current").unlink()
    (folder / "current").symlink_to(f"{RELEASES}/{sites[0].seal[:16]}")
    assert not releases_at(folder, keep=0).publish(sites[0], silent)
    assert names(folder) == [sites[0].seal[:16]]
    releases_at(folder, keep=1).publish(sites[2], silent)
    assert names(folder) == sorted(site.seal[:16] for site in (sites[0], sites[2]))


def test_a_way_that_was_cut_off_is_gone_on(folder: Path, tmp_path: Path) -> None:
    site, files = site_in(tmp_path / "site", {"index.html": b"1", "a/b.css": b"2"})
    fill(folder / RELEASES, {"work/alt/index.html": b"halb", "work/a/b.css": b"2", "parking/index.html": b"alt"})
    (folder / RELEASES / "current.neu").symlink_to("fehlt")
    releases_at(folder).publish(site, silent)
    assert found(folder / "current") == files
    assert sorted(os.listdir(folder / RELEASES)) == sorted([site.seal[:16], "lock"])


NO_MANIFESTS = (b"\xff\xfe", b"{}", b"[]", b"fremd", b'{"format": 1, "now": "", "base_url": "", "files": null}')


@pytest.mark.parametrize("data", NO_MANIFESTS)
def test_a_manifest_that_is_none_is_replaced(data: bytes, folder: Path, tmp_path: Path) -> None:
    site, files = site_in(tmp_path / "site", {"index.html": b"1"})
    releases = releases_at(folder)
    releases.publish(site, silent)
    (folder / "current" / MANIFEST).write_bytes(data)
    assert releases.published() == data.decode(errors="replace")
    assert releases.changes(site, silent).new == (MANIFEST,)
    assert releases.publish(site, silent).new == (MANIFEST,)
    assert found(folder / "current") == files
