"""What the web editor does not change stays as it was written; new files are named as those of `schaukasten new`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.editor.bundle import INSTALLED, is_there
from generator.editor.collections import collections_of
from generator.model.content_type import DEFAULT_FOLDERS
from generator.model.site import Layout
from generator.scaffold.kinds import KINDS
from generator.scaffold.place import LONGEST, place_of
from generator.settings import Settings
from tests.node import run_node
from tests.project import ROOT, load_cases
from tests.sample import LINES
from tests.web_editor import public

PAGE = ROOT / "generator" / "editor" / "page"
CASES = load_cases("web-editor-text")

FORMATS = f"""
    const yaml = require({str(INSTALLED / "node_modules/js-yaml/dist/browser/js-yaml.umd.min.js")!r});
    const {{ formatOf }} = await import({str(PAGE / "text.js")!r});
    const formatFor = (collection) => formatOf(yaml, {{
        fields: collection.fields ?? collection.files[0].fields,
        day: collection.file_name?.day,
        plain: collection.extension === "yml",
    }});
"""


@pytest.fixture(scope="module")
def collections() -> Mapping[str, Any]:
    """The collections of the demo project by name."""
    if not is_there():
        pytest.skip("The web editor is not installed (make editor-files)")
    layout = Layout(folders=DEFAULT_FOLDERS)
    demo = Settings(content=ROOT / "content", build=ROOT / "build", layout=layout)
    return {one["name"]: one for one in collections_of(public(demo), "content")}


def files_of(collection: Mapping[str, Any]) -> list[Path]:
    if "files" in collection:
        return [ROOT / file["file"] for file in collection["files"]]
    return sorted((ROOT / collection["folder"]).glob("*.md"))


def test_every_demo_text_stays_as_it_is(collections: Mapping[str, Any]) -> None:
    given = [
        {"collection": one, "text": file.read_text(encoding="utf-8")}
        for one in collections.values()
        for file in files_of(one)
    ]
    script = """return input.map(({ collection, text }) => {
        const format = formatFor(collection);
        return format.toFile(format.fromFile(text));
    });"""
    assert run_node(FORMATS + script, given) == [one["text"] for one in given]


@pytest.mark.parametrize("name", CASES)
def test_changes_are_written_where_they_belong(name: str, collections: Mapping[str, Any]) -> None:
    case = CASES[name]
    script = """
        const format = formatFor(input.collection);
        const read = format.fromFile(input.before);
        return { shown: read, written: format.toFile({ ...read, ...input.change }) };
    """
    result = run_node(FORMATS + script, {**case, "collection": collections[case["collection"]]})
    assert {key: result["shown"].get(key) for key in case["shown"]} == case["shown"]
    assert result["written"] == case["after"]
    front = case["after"].split("---\n")[1] if case["after"].startswith("---\n") else case["after"]
    assert isinstance(yaml.safe_load(front), dict)


@settings(max_examples=10)
@given(st.lists(LINES, min_size=20, max_size=40))
def test_names_of_files_are_those_of_new_texts(titles: list[str]) -> None:
    script = f"""
        const {{ fileName }} = await import({str(PAGE / "file_name.js")!r});
        return input.titles.map((title) =>
            fileName({{ title, date: "2026-12-01 18:30" }}, {{ day: "date", title: "title", longest: input.longest }}));
    """
    names = run_node(script, {"titles": titles, "longest": LONGEST})
    places = (place_of(KINDS["meldung"], title, "2026-12-01 18:30", DEFAULT_FOLDERS) for title in titles)
    assert names == [place.stem for place in places]
