"""What the schemas refuse the reader refuses, and they know what editors usually get wrong."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, ValidationError
from pydantic import Field, TypeAdapter, create_model
from pydantic import ValidationError as Refused

from generator.model import addresses, brand, edition, ids, moments, numbers, texts
from generator.model.content_type import CONTENT_TYPES, PAGE, ContentType
from generator.model.cooperation import Cooperation
from generator.model.entry import Entry, Source
from generator.model.form import Form
from generator.reading.front_matter import split
from generator.reading.validation import validate
from generator.reading.yaml_tree import YamlTree, read_yaml
from generator.scaffold.kinds import KINDS
from generator.scaffold.text import new_text
from generator.schema import Schema, cooperation_schema, schema_of
from tests.project import BASE, ROOT, load_cases
from tests.records import BERLIN, make_cooperation
from tests.sample import SAMPLE, build
from tests.yaml_core import load_core

TYPES = {kind.name: kind for kind in (*CONTENT_TYPES, PAGE)}
CASES = load_cases("schema")
DEMO = {str(file.relative_to(ROOT / "content")): file.read_text("utf-8") for file in (ROOT / "content").rglob("*.md")}


def kind_of(path: str) -> ContentType:
    folders = {kind.folder: kind for kind in CONTENT_TYPES}
    folder, _, name = path.rpartition("/")
    kind = folders.get(folder.partition("/")[0], PAGE)
    return PAGE if name == "index.md" and kind.has_index else kind


def mistakes(schema: Schema, data: Any) -> list[ValidationError]:
    return list(Draft7Validator(schema).iter_errors(data))


def front_matter(text: str) -> str:
    return text.split("---\n", 2)[1]


@pytest.mark.parametrize("cooperation", [None, make_cooperation()], ids=["alone", "of a cooperation"])
def test_schemas_are_valid(cooperation: Cooperation | None) -> None:
    for schema in (*(schema_of(kind, cooperation) for kind in TYPES.values()), cooperation_schema()):
        Draft7Validator.check_schema(schema)


def cooperation_of(text: str) -> Cooperation:
    record, problems = validate(Cooperation, read_yaml(text, "x.yml")[0], "x.yml", {})
    assert record is not None, problems
    return record


@pytest.mark.parametrize(
    ("files", "settings"),
    [
        (DEMO, (ROOT / "content" / "kooperation.yml").read_text("utf-8")),
        (SAMPLE, SAMPLE["kooperation.yml"]),
    ],
    ids=["demo", "sample"],
)
def test_texts_without_problems_pass(files: dict[str, str], settings: str) -> None:
    assert mistakes(cooperation_schema(), load_core(settings)) == []
    cooperation = cooperation_of(settings)
    for path, text in files.items():
        if path.endswith(".md"):
            schema = schema_of(kind_of(path), cooperation)
            assert [error.message for error in mistakes(schema, load_core(front_matter(text)))] == [], path


@pytest.mark.parametrize("name", CASES["accepted"])
def test_what_the_reader_takes_passes(name: str) -> None:
    case = CASES["accepted"][name]
    kind = TYPES[case["type"]]
    assert read(kind, read_yaml(case["text"], "x.md")[0].data) == []
    errors = mistakes(schema_of(kind, cooperation_of(BASE["kooperation.yml"])), load_core(case["text"]))
    assert [error.message for error in errors] == []


@pytest.mark.parametrize("name", CASES["mistakes"])
def test_a_mistake_is_told_in_german_as_it_is_typed(name: str) -> None:
    case = CASES["mistakes"][name]
    kind = TYPES[case["type"]]
    (error, *_) = mistakes(schema_of(kind, cooperation_of(BASE["kooperation.yml"])), load_core(case["text"]))
    told = "patternErrorMessage" if error.validator == "pattern" else "errorMessage"
    assert error.schema[told] == case["refused"]
    file = f"{kind.folder or '.'}/text.md"
    with pytest.raises(Exception, match=re.escape(f"{Path(file)}:")):
        build({file: f"---\n{case['text']}\n---\nText.\n"}, search=False, social_cards=False)


def read(kind: ContentType, data: dict[str, Any]) -> list[str]:
    """Return what the reader has against fields of a text."""
    source = Source(path=Path("x.md"), url="x/", body="", body_line=1)
    fixed = {"source": source, "id": "x" if data.get("id") is None else data["id"]}
    return [str(problem) for problem in validate(kind.model, YamlTree(data), "x.md", {"timezone": BERLIN}, fixed)[1]]


SCALARS = {
    name: getattr(module, name)
    for module in (addresses, brand, ids, moments, numbers, texts)
    for name in module.__all__
    if hasattr(getattr(module, name), "__metadata__")
} | {"LastEditionOrMoment": edition.LastEditionOrMoment}
FORMS = {
    name: next(mark for mark in reversed(type_.__metadata__) if isinstance(mark, Form))
    for name, type_ in SCALARS.items()
}


@cache
def schema_of_value(name: str) -> Schema:
    """Return the schema of a field with a value of a scalar type."""
    model = create_model("X", __base__=Entry, value=(SCALARS[name], Field(title="Wert", description="Ein Wert.")))
    schema: Schema = schema_of(ContentType(name="x", model=model, folder="", template=""))["properties"]["value"]
    return schema


@pytest.mark.parametrize("name", SCALARS)
@given(data=st.data())
def test_what_a_schema_refuses_is_refused_when_it_is_read(name: str, data: st.DataObject) -> None:
    typed = data.draw(
        st.one_of(
            st.text(max_size=20),
            st.from_regex(FORMS[name].pattern, fullmatch=True),
            st.from_regex(rf"\s*(?:{FORMS[name].pattern})\s*", fullmatch=True),
            st.from_regex(rf"(?:{FORMS[name].pattern})[a/ .0-]", fullmatch=True),
            st.integers().map(str),
            st.sampled_from(["true", "null", "1e3", "0x1f", "ja", "01", ".5"]),
        )
    )
    schema = schema_of_value(name)
    # At the beginning of a line, „...“ would end the text.
    in_yaml = load_core(f"value: {typed}")["value"] if re.fullmatch(r"[\w.+]+", typed) else typed
    if mistakes(schema, typed) or (in_yaml is not None and mistakes(schema, in_yaml)):
        with pytest.raises(Refused):
            TypeAdapter(SCALARS[name]).validate_python(typed, context={"timezone": BERLIN})


def examples() -> Iterator[tuple[str, Any]]:
    """Yield each type with all of its fields filled in, and the settings."""
    (leitbild,) = (text for path, text in DEMO.items() if kind_of(path).name == "leitbild")
    yield "leitbild", split(leitbild, "x.md")[0].fields.data
    cooperation = cooperation_of(BASE["kooperation.yml"])
    known: dict[str, Any] = {
        "date": "2026-12-01",
        "start": "2026-12-01 18:00",
        "committee": "lenkungsgruppe",
        "number": "8",
        "contact": {"name": "Pressestelle"},
    }
    for kind in KINDS.values():
        given_fields = {name: value for name, value in known.items() if name in kind.type.model.model_fields}
        text = re.sub(r"^# ([a-z_]+: .*)$", r"\1", new_text(kind, given_fields, cooperation), flags=re.MULTILINE)
        yield kind.type.name, split(text, "x.md")[0].fields.data


EXAMPLES = dict(examples())
SCHEMAS = {"cooperation": cooperation_schema(), **{name: schema_of(kind) for name, kind in TYPES.items()}}
SETTINGS = read_yaml((ROOT / "content" / "kooperation.yml").read_text("utf-8"), "x.yml")[0].data
STRANGE = st.sampled_from(
    [None, "", " ", "x", "X y", "ja", "12", "2026-12-01", "x" * 400, [], ["x"], [None], {}, {"x": "y"}]
)


def changed(data: Any, draw: st.DataObject) -> Any:
    """Return a tree in which something is otherwise: a value, a field more or less, an item less."""
    if not isinstance(data, dict | list) or not data or draw.draw(st.integers(0, 9)) == 0:
        return draw.draw(STRANGE)
    copy = dict(data) if isinstance(data, dict) else list(data)
    key = draw.draw(st.sampled_from(sorted(data) if isinstance(data, dict) else range(len(data))))
    match draw.draw(st.sampled_from(["value", "value", "value", "less", "more"])):
        case "less":
            del copy[key]
        case "more" if isinstance(copy, dict):
            copy["unbekannt"] = "x"
        case _:
            copy[key] = changed(data[key], draw)
    return copy


@pytest.mark.parametrize("name", EXAMPLES)
@given(data=st.data())
def test_what_is_refused_in_a_text_is_refused_when_it_is_read(name: str, data: st.DataObject) -> None:
    fields = changed(EXAMPLES[name], data)
    if isinstance(fields, dict) and mistakes(SCHEMAS[name], fields):
        assert read(TYPES[name], fields)


@given(data=st.data())
def test_what_is_refused_in_the_settings_is_refused_when_they_are_read(data: st.DataObject) -> None:
    fields = changed(SETTINGS, data)
    if isinstance(fields, dict) and mistakes(SCHEMAS["cooperation"], fields):
        assert validate(Cooperation, YamlTree(fields), "x.yml", {})[1]


@pytest.mark.parametrize("name", EXAMPLES)
def test_all_fields_of_a_type_may_be_written(name: str) -> None:
    schema = schema_of(TYPES[name], cooperation_of(BASE["kooperation.yml"]))
    assert [error.message for error in mistakes(schema, EXAMPLES[name]) if name != "leitbild"] == []
    assert not {"source", "sections"} & schema["properties"].keys()
    assert "id" not in schema["required"]
