"""Records for tests, made as the reader makes them: from what an author types."""

from pathlib import PurePosixPath
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from generator.model.content_type import CONTENT_TYPES, DEFAULT_FOLDERS, PAGE
from generator.model.cooperation import Cooperation
from generator.model.entry import Entry, Source
from generator.model.minutes import Minutes
from generator.model.site import Layout, Site
from generator.reading.minutes import take_apart
from generator.reading.validation import validate
from generator.reading.yaml_tree import YamlTree, read_yaml
from tests.project import COOPERATION

E = TypeVar("E", bound=Entry)

BERLIN = ZoneInfo("Europe/Berlin")
LAYOUT = Layout(folders=DEFAULT_FOLDERS)
MODELS = {kind.name: kind.model for kind in (*CONTENT_TYPES, PAGE)}

ENOUGH: dict[str, dict[str, Any]] = {
    "news": {"date": "2026-01-05"},
    "event": {"start": "2026-01-05", "location": "Bürgerhaus"},
    "minutes": {"committee": "lenkungsgruppe", "start": "2026-01-05 18:00", "state": "approved"},
    "leitbild": {"vision": "Gemeinsam mehr erreichen."},
    "edition": {"number": "1", "date": "2026-01-05", "subject": "Neues", "preheader": "Kurz"},
    "page": {},
}
"""The fields without which a text of a type is none, besides title and summary."""


def make(kind: str, /, path: str = "a.md", body: str = "", **fields: Any) -> Entry:
    """Return an entry with these fields, written as an author writes them."""
    written = {"title": "Radweg", "summary": "Der Radweg ist fertig.", **ENOUGH[kind], **fields}
    name = written.setdefault("id", PurePosixPath(path).stem)
    url = path.removesuffix("index.md") if path.endswith("index.md") else path.removesuffix(".md") + "/"
    given: dict[str, Any] = {"source": Source(path=PurePosixPath(path), url=url, body=body, body_line=1)}
    if MODELS[kind] is Minutes:
        given["sections"], found = take_apart(name, body, 1, path)
        assert found == []
    entry, problems = validate(MODELS[kind], YamlTree(data=written), path, {"timezone": BERLIN}, given)
    assert entry is not None, problems
    return entry


def make_cooperation(**fields: Any) -> Cooperation:
    tree, problems = read_yaml(COOPERATION, "kooperation.yml")
    assert problems == []
    tree.data |= fields
    cooperation, problems = validate(Cooperation, tree, "kooperation.yml", {})
    assert cooperation is not None, problems
    return cooperation


def make_site(*entries: Entry, **cooperation: Any) -> Site:
    return Site(cooperation=make_cooperation(**cooperation), entries=entries)
