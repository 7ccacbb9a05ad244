"""Publishing where each change is seen at once: cut off anywhere, the site works, and the next run finishes it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.manifest import MANIFEST, Manifest
from generator.progress import Progress, silent
from generator.publishing import in_place
from generator.publishing.address import address_of, looks_like_address, shown
from generator.publishing.failure import Failure, Interruption
from generator.publishing.in_place import InPlace
from generator.publishing.note import NOTES
from generator.publishing.order import phases
from generator.publishing.sealed_site import SealedSite
from tests.project import ROOT

ADDRESSES = yaml.safe_load((ROOT / "tests/cases/publish/addresses.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", ADDRESSES, ids=lambda case: case["text"])
def test_an_address_says_where(case: dict[str, Any]) -> None:
    try:
        said: Any = {name: _plain(value) for name, value in asdict(address_of(case["text"], Path("/projekt"))).items()}
        assert said.pop("text") == case["text"]
    except ValueError as error:
        said = str(error)
    assert said == case.get("is", case.get("said"))


@pytest.mark.parametrize("text", ["/srv", "./site", "..", "ziel/site", "s3://allianz", "D:/www", "D:\\www", "..\\site"])
def test_an_address_is_no_name(text: str) -> None:
    assert looks_like_address(text)
    assert not looks_like_address("vorschau")


@pytest.mark.parametrize(
    ("text", "is_shown"),
    [
        ("ssh://web:geheim@www.example.org/srv", "ssh://…@www.example.org/srv"),
        ("ssh://web:ge/he?im@www.example.org:x/srv?keep=1", "ssh://…@www.example.org:x/srv"),
        ("ssh://web%3Ageheim@www.example.org/srv", "ssh://…@www.example.org/srv"),
        ("s3://allianz/?endpoint=https://a:geheim@s3.example.org&region=de-1", "s3://…@s3.example.org&region=de-1"),
        ("s3://allianz/?endpoint=https%3A%2F%2Fa%3Ageheim%40s3.example.org", "s3://…%40s3.example.org"),
        ("s3://allianz/?secret=geheim", "s3://allianz/"),
        ("web:geheim@www.example.org:/srv", "web:…@www.example.org:/srv"),
        ("/srv/a@b/site?keep=viele", "/srv/a@b/site"),
    ],
)
def test_a_wrong_address_is_shown_without_what_may_be_secret(text: str, is_shown: str) -> None:
    assert shown(text) == is_shown


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


PATHS = (
    "assets/stil.css",
    "bilder/plan-800.12345678.avif",
    "aktuelles/radweg/index.html",
    "aktuelles/index.html",
    "index.html",
    "feed.xml",
    "sitemap.xml",
    ".htaccess",
)


def test_pages_come_after_what_they_need_and_before_what_leads_to_them() -> None:
    assert list(phases([MANIFEST, *reversed(PATHS)])) == [
        ["assets/stil.css", "bilder/plan-800.12345678.avif"],
        ["aktuelles/radweg/index.html", "aktuelles/index.html", "index.html"],
        [".htaccess", "feed.xml", "sitemap.xml"],
        [MANIFEST],
    ]


Contents = dict[str, bytes]
SITES = st.dictionaries(st.sampled_from(PATHS), st.sampled_from([b"1", b"2", b"3"]), min_size=1)


def sealed(contents: Contents) -> tuple[SealedSite, Contents]:
    """Return a site and all of its files, the manifest included."""
    digests = {path: sha256(data).hexdigest() for path, data in contents.items()}
    manifest = Manifest(
        now="2026-11-22T12:00:00+01:00", base_url="https://test.example.org/", entries={}, redirects={}
    ).sealing(digests)
    data = manifest.as_json()
    return SealedSite(Path(), manifest, sha256(data).hexdigest()), {**contents, MANIFEST: data}


@dataclass
class Memory:
    """A place that is cut off after a number of changes."""

    files: Contents
    """What is there."""

    site: Contents
    """What is published."""

    left: int = 10_000
    history: list[Contents] = field(default_factory=list)
    locks: bool = True
    meanwhile: Callable[["Memory"], None] = lambda _: None

    @contextmanager
    def alone(self, _progress: Progress) -> Iterator[bool]:
        yield self.locks

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def notes(self) -> Contents:
        return {path.removeprefix(NOTES): data for path, data in self.files.items() if path.startswith(NOTES)}

    def note(self, name: str, data: bytes) -> None:
        self._change()
        self.files.pop(NOTES + name, None)
        self.files[NOTES + name] = data

    def differing(self, site: SealedSite, _progress: Progress) -> set[str]:
        return {path for path in site.files if self.files.get(path) != self.site[path]}

    def write(self, _site: SealedSite, paths: list[str], begun: Callable[[int], None]) -> None:
        for number, path in enumerate(paths):
            begun(number)
            self._change()
            self.files[path] = self.site[path]
            self.history.append(dict(self.files))

    def remove(self, paths: Iterable[str]) -> None:
        for path in paths:
            self._change()
            self.files.pop(path, None)
            self.history.append(dict(self.files))

    def _change(self) -> None:
        if self.left <= 0:
            raise Interruption("abgerissen")
        self.left -= 1
        self.meanwhile(self)


def works(files: Contents, sites: list[Contents]) -> bool:
    """Tell whether what is there works: each page has all that its own site gives it, and a whole site is named."""
    for site in sites:
        if files.get(MANIFEST) == site[MANIFEST] and any(path not in files for path in site):
            return False
    pages = [path for path in files if path.endswith(".html")]
    needed = [path for path in PATHS if path.startswith(("assets/", "bilder/"))]
    for page in pages:
        of_page = [site for site in sites if site.get(page) == files[page]]
        if not any(all(path in files for path in needed if path in site) for site in of_page):
            return False
    return True


@given(SITES, SITES, SITES, st.integers(0, 30), st.integers(0, 30), st.sampled_from(["locks", "none"]))
def test_wherever_it_is_cut_off_it_works_and_the_next_run_finishes_it(
    old: Contents, half: Contents, new: Contents, first: int, second: int, locks: str
) -> None:
    _, before = sealed(old)
    foreign = {"eigenes/datei.txt": b"nicht von hier", "bild.png": b"auch nicht"}
    place = Memory({**before, **foreign}, before, locks=locks == "locks")
    sites = [before]
    for number, (contents, left) in enumerate(((half, first), (new, second), (new, 10_000))):
        site, place.site = sealed(contents)
        sites.append(place.site)
        place.left = left
        try:
            InPlace(place, str(number)).publish(site, silent)
        except Interruption:
            assert left < 10_000
    assert place.files == {**place.site, **foreign}
    assert all(works(files, sites) for files in place.history)


def test_who_gave_way_in_the_same_moment_leaves_no_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_place, "_PATIENCE", 0)
    site, wanted = sealed({"index.html": b"1"})

    def another_begins_and_gives_way(place: Memory) -> None:
        # Of two notes of the same second, the name decides which is the newer one.
        if NOTES + "b" in place.files and NOTES + "a" not in place.files:
            place.files = {NOTES + "a": b"{}", **place.files}

    place = Memory({}, wanted, locks=False, meanwhile=another_begins_and_gives_way)
    InPlace(place, "b").publish(site, silent)
    assert place.files == wanted


@given(SITES, SITES)
def test_what_is_there_already_is_not_written_again(old: Contents, new: Contents) -> None:
    _, before = sealed(old)
    site, wanted = sealed(new)
    place = Memory(dict(before), wanted)
    told = InPlace(place, "a").changes(site, silent)
    assert place.files == before
    made = InPlace(place, "a").publish(site, silent)
    assert made == told
    assert {*made.new, *made.changed} == {path for path in wanted if before.get(path) != wanted[path]}
    assert {*made.removed} == before.keys() - wanted.keys()
    place.left = 0
    assert not InPlace(place, "b").publish(site, silent)


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_place, "_PATIENCE", 0)


def test_who_finds_the_note_of_another_stops() -> None:
    site, wanted = sealed(dict.fromkeys(PATHS, b"1"))

    def begin(place: Memory) -> None:
        if "index.html" in place.files:
            place.files[NOTES + "b"] = b'{"files": []}'

    place = Memory({}, wanted, locks=False, meanwhile=begin)
    ours = InPlace(place, "a")
    with pytest.raises(Failure, match="Eine andere Veröffentlichung hat inzwischen begonnen"):
        ours.publish(site, silent)
    assert MANIFEST not in place.files
    with pytest.raises(Failure, match="Eine andere Veröffentlichung"):
        ours.publish(site, silent)


def test_a_note_removes_nothing_outside() -> None:
    site, wanted = sealed({"index.html": b"1"})
    note = b'{"files": ["../geheim", "/etc/passwd", "a/../../b", "alt.html", 7, "x\\nR *"]}'
    place = Memory({"alt.html": b"", "../geheim": b"", "/etc/passwd": b"", "a/../../b": b"", f"{NOTES}x": note}, wanted)
    assert InPlace(place, "a").publish(site, silent).removed == ("alt.html",)
    assert place.files.keys() == {*wanted, "../geheim", "/etc/passwd", "a/../../b"}
