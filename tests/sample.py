"""A project with one of everything, made ready in memory, and its pages taken apart again."""

import atexit
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any, TypeVar

from hypothesis import strategies as st

from generator.build import prepare
from generator.channels.output import Channel, File
from generator.model.content_type import DEFAULT_FOLDERS
from generator.model.entry import Entry
from generator.model.site import Body, Layout, PublicSite
from generator.progress import silent
from generator.settings import Settings
from tests.project import load_cases, write_project

E = TypeVar("E", bound=Entry)

NOW = "2026-11-22T12:00+01:00"
ROOT_URL = "https://test.example.org/"
SAMPLE: Mapping[str, str] = load_cases("sample")["testallianz"]["files"]

LINES = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn"), include_characters="\r\n\t"), min_size=1, max_size=300
).filter(str.strip)
"""What an author may type where a line is expected; line breaks too, for YAML lets them."""


@dataclass(frozen=True)
class StagedPage:
    """A page of the stage, taken apart."""

    meta: dict[str, Any]
    body: str


@dataclass(frozen=True)
class Built:
    """What a build would write, by address."""

    site: PublicSite
    files: dict[str, File]
    next_build: datetime | None = None

    def __getitem__(self, url: str) -> bytes:
        return self.files[url].data

    def page(self, url: str) -> StagedPage:
        return take_apart(self[url])

    @property
    def pages(self) -> dict[str, StagedPage]:
        return {url: take_apart(file.data) for url, file in self.files.items() if file.path.endswith(".md")}

    def entries(self, url: str) -> list[dict[str, Any]]:
        """Return what a listing shows, from its first page to its last; events to come stand at its beginning."""
        shown: list[dict[str, Any]] = [*self.page(url).meta.get("upcoming", ())]
        following: str | None = url
        while following is not None:
            meta = self.page(following).meta
            shown += meta["entries"]
            following = meta.get("pagination", {}).get("older")
        return shown


def take_apart(data: bytes) -> StagedPage:
    start, fields, body = data.decode().split("---\n", 2)
    assert start == ""
    return StagedPage(json.loads(fields), body)


@cache
def _kept() -> Path:
    """Return where these builds keep what they make: most of a small one's time goes into the dictionary of search."""
    folder = Path(mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def build(files: Mapping[str, Any], now: str = NOW, **layout: Any) -> Built:
    """Make a project ready, without writing it."""
    with TemporaryDirectory() as folder:
        root = write_project(Path(folder), files).parent
        settings = Settings(
            content=root / "content",
            build=_kept(),
            layout=Layout(**({"folders": DEFAULT_FOLDERS} | layout)),
            markdown_extensions=("abbr", "admonition", "def_list", "footnotes", "tables"),
        )
        prepared = prepare(settings, datetime.fromisoformat(now), silent)
        copies = [File(path=copy.path, url=copy.url, contents=copy.origin.read_bytes()) for copy in prepared.copies]
    files_by_url = {file.url: file for file in (*prepared.files, *copies)}
    return Built(prepared.site, files_by_url, prepared.next_build)


@cache
def sample(now: str = NOW) -> Built:
    """Return the sample project as it is at a moment."""
    return build(SAMPLE, now)


def sample_with(old: str, new: str, *, within: str) -> dict[str, str]:
    """Return the sample's files with a text replaced in one of them."""
    assert old in SAMPLE[within]
    return {**SAMPLE, within: SAMPLE[within].replace(old, new)}


def entry(model: type[E], *, path: str, **fields: Any) -> E:
    """Return an entry as the reader would make it of these fields."""
    place = PurePosixPath(path)
    source = {"path": place, "url": f"{place.with_suffix('')}/", "body": "", "body_line": 1}
    return model.model_validate({"id": place.stem, "title": "Titel", "summary": "Kurz.", "source": source} | fields)


def come_out(channel: Channel, *entries: Entry, body: str = "", now: str = NOW, **layout: Any) -> Built:
    """Return what a channel makes when these entries are all that is public."""
    site = sample().site
    public = replace(
        site,
        now=datetime.fromisoformat(now).astimezone(site.now.tzinfo),
        entries=entries,
        bodies={item.id: Body(body) for item in entries},
        layout=replace(site.layout, **layout),
    )
    files = (file if isinstance(file, File) else file.made(file.make()) for file in channel(public))
    return Built(public, {file.url: file for file in files})
