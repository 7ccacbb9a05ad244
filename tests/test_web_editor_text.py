"""What the web editor does not change stays as it was written; new files are named as those of `schaukasten new`."""

from collections.abc import Mapping, Sequence
from functools import cache
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
from generator.reading.yaml_tree import read_yaml
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


@cache
def demo_collections() -> Mapping[str, Any]:
    """Return the collections of the demo project by name."""
    if not is_there():
        pytest.skip("The web editor is not installed (make editor-files)")
    layout = Layout(folders=DEFAULT_FOLDERS)
    demo = Settings(content=ROOT / "content", build=ROOT / "build", layout=layout)
    return {one["name"]: one for one in collections_of(public(demo), "content")}


@pytest.fixture(scope="module")
def collections() -> Mapping[str, Any]:
    return demo_collections()


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


BETWEEN = st.lists(st.sampled_from(["", "  ", "# Anmerkung", "# keine: Angabe", "#"]), max_size=3)
"""What may stand between fields, and in the middle of most."""

_WRITTEN: Mapping[str, list[list[str]]] = {
    "title": [["title: Radweg"], ["'title': 'Rad", "", "  weg'"], ['title: "Rad # weg"  # so']],
    "summary": [
        ["summary: |", "  Eins.", "", "  # Zwei.", "  titel: Drei."],
        ["summary: >-", "  Eins", "   zwei.", " ", "  Drei."],
        ["summary: |+", "  Eins.", "", ""],
        ["summary: Eins", "  zwei.", "", "  Drei."],
    ],
    "tags": [["tags: [Rad, Weg]"], ["tags: [Rad,", "@", "  Weg]"], ["tags:", "@", "- Rad", "@", "- Weg"]],
    "attachments": [
        ["attachments:", "@", "  - file: a.pdf", "    title: A", "@", "  - file: b.pdf", "@", "    title: B"],
        ["attachments:", "- file: a.pdf", "@", "  # Zwei", "  title: |", "    A", "", "    B", "@", "- file: b.pdf"],
    ],
    "contact": [["contact:", "@", "  name: Amt", "@", "  phone: 01234"], ["contact: {name: Amt, phone: 01234}"]],
    "anderes": [["anderes:", "@", "  eins:", "@", "    - zwei"], ["anderes: &so ja"]],
}
"""Ways to write each field; ``@`` marks where anything may stand in between."""

_ANEW: Mapping[str, Any] = {
    "title": st.sampled_from(["Brücke", "Zeile: eins\n\n# zwei\n\n\n", "ja", "- Brücke", ""]),
    "summary": st.sampled_from(["Neu.", "Neu.\n\nUnd mehr.\n", "# Neu\n\n", ""]),
    "tags": st.lists(st.sampled_from(["Rad", "#", "ja", "a: b"]), max_size=3),
    "attachments": st.lists(st.sampled_from([{"file": "a.pdf", "title": "A"}, {"file": "c.pdf"}]), max_size=3),
    "contact": st.sampled_from([[], [{"name": "Bauamt"}], [{"name": "Amt", "email": "a@example.org"}]]),
    "municipalities": st.just(["talheim"]),
}
"""What is filled in."""


@st.composite
def _changes(draw: st.DrawFn) -> dict[str, Any]:
    """Return lines before those of a field, its own, and those after it; and its name and what is filled in."""
    names = draw(st.permutations(sorted(_WRITTEN)))
    changed = draw(st.sampled_from(sorted(_ANEW)))
    place = names.index(changed) if changed in names else len(names)

    def fields(some: Sequence[str]) -> list[str]:
        return [line for name in some for line in (*own(name), *draw(BETWEEN))]

    def own(name: str) -> list[str]:
        lines = draw(st.sampled_from(_WRITTEN[name]))
        return [part for line in lines for part in (draw(BETWEEN) if line == "@" else [line])]

    return {
        "before": [*draw(BETWEEN), *fields(names[:place])],
        "own": own(changed) if changed in names else [],
        "after": [*draw(BETWEEN), *fields(names[place + 1 :])],
        "name": changed,
        "value": draw(_ANEW[changed]),
    }


@settings(max_examples=10)
@given(texts=st.lists(_changes(), min_size=20, max_size=20))
def test_a_change_of_a_field_changes_that_field_alone(texts: list[dict[str, Any]]) -> None:
    script = """
        const format = formatFor(input.collection);
        return input.texts.map(({ before, own, after, name, value }) => {
            const read = format.fromFile(["---", ...before, ...own, ...after, "---", "Text.", ""].join("\\n"));
            const changed = { ...read, [name]: value };
            return { changed, written: format.toFile(changed), again: format.fromFile(format.toFile(changed)) };
        });
    """
    results = run_node(FORMATS + script, {"texts": texts, "collection": demo_collections()["news"]})
    for text, result in zip(texts, results, strict=True):
        lines = result["written"].splitlines()
        assert meant(result["again"]) == meant(result["changed"]), text
        assert read_yaml(result["written"].split("---\n")[1], "a.md")[1] == [], text
        if text["own"]:
            assert lines[1 : 1 + len(text["before"])] == text["before"], text
            assert lines[len(lines) - len(text["after"]) - 2 :] == [*text["after"], "---", "Text."], text
        else:
            rest = iter(lines)
            assert all(line in rest for line in [*text["before"], *text["after"]]), text


def meant(values: Mapping[str, Any]) -> Any:
    """Return values without what is empty, and without white space around texts."""
    return _meant({name: value for name, value in values.items() if not name.startswith("#")})


def _meant(value: Any) -> Any:
    match value:
        case str():
            return value.strip()
        case list():
            return [item for item in map(_meant, value) if item]
        case dict():
            return {name: item for name, part in value.items() if (item := _meant(part))}
    return value


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
