"""JSON Schema of what authors write, made from the model, for editors that complete and check.

The schemas keep to draft-07, which YAML language servers know best, and add ``errorMessage``, ``patternErrorMessage``
and ``enumDescriptions``, which the language services of VS Code show. ``type`` is always a list. What a schema refuses
the reader refuses, too, but for space around words of a list; rules that join several fields are the reader's alone.
Two keywords are our own: ``x-form``, the name of the `Form` of a value, and ``x-refers``, the list in which an id must
stand.
"""

from collections.abc import Mapping
from typing import Any

from pydantic.fields import FieldInfo

from generator.model.content_type import ContentType
from generator.model.cooperation import LISTS, Cooperation
from generator.model.entry import Entry
from generator.model.form import ANYTHING, Form
from generator.model.ids import Refers
from generator.model.meanings import Meanings
from generator.model.record import Record
from generator.model.remedies import as_list, choose_of, needed, shorten
from generator.model.shape import Shape, authored_fields, limit, shape_of

__all__ = ["Schema", "cooperation_schema", "schema_of"]

Schema = dict[str, Any]
"""A JSON Schema, ready to be written as JSON."""

_Known = Mapping[str, Mapping[str, str]]
"""The ids of each list of a cooperation, with the names that belong to them."""

_DRAFT = "http://json-schema.org/draft-07/schema#"


def schema_of(kind: ContentType, cooperation: Cooperation | None = None) -> Schema:
    """Return the schema of the front matter of a type's texts.

    Args:
        kind: the type.
        cooperation: whose municipalities, topics, committees and audiences alone may be named; None: any.
    """
    known = {name: {item.id: item.name for item in getattr(cooperation, name)} for name in LISTS if cooperation}
    return _document(kind.model.label, kind.model, known)


def cooperation_schema() -> Schema:
    """Return the schema of ``kooperation.yml``."""
    return _document("Zusammenarbeit", Cooperation, {})


def _document(title: str, model: type[Record], known: _Known) -> Schema:
    """Return the schema of a whole file, in which a field that may be missing may be empty as well."""
    schema = {"$schema": _DRAFT, "title": title, **_record(model, known)}
    for name, field in schema["properties"].items():
        if name not in schema["required"] and "null" not in field["type"]:
            _let_be_empty(field)
    return schema


def _record(model: type[Record], known: _Known) -> Schema:
    fields = dict(authored_fields(model))
    # The reader knows an id by the name of the file.
    left_out = {"id", *model.stand_ins} if issubclass(model, Entry) else set()
    required = [name for name, field in fields.items() if field.is_required() and name not in left_out]
    properties = {name: _field(name, field, known) for name, field in fields.items()}
    if issubclass(model, Entry):
        for name, short in model.short_forms.items():
            properties[name] = _with_short_form(properties[name], short)
    return {
        "type": ["object"],
        "properties": properties,
        "required": required,
        "additionalProperties": False,
        "errorMessage": f"{choose_of(fields)} {needed(required)}" if required else choose_of(fields),
    }


def _field(name: str, field: FieldInfo, known: _Known) -> Schema:
    shape = shape_of(field)
    schema = _one(shape, field, known)
    if shape.is_list:
        schema = {"type": ["array"], "items": schema, "errorMessage": f"„{name}“ ist eine Liste. {as_list(name)}"}
        if shape.least:
            schema["minItems"] = shape.least
    if shape.is_optional:
        _let_be_empty(schema)
    return {"title": field.title, "description": field.description, **schema}


def _let_be_empty(schema: Schema) -> None:
    schema["type"].append("null")
    if "enum" in schema:
        schema["enum"].append(None)


def _one(shape: Shape, field: FieldInfo, known: _Known) -> Schema:
    """Return the schema of a single value, or of an item of a list."""
    if shape.record is not None:
        return _record(shape.record, known)
    if shape.choices:
        return _choice(shape, field)
    form, refers = shape.mark(Form), shape.mark(Refers)
    assert form is not None, f"{field.title}: no form"
    schema: Schema = {"type": [*form.types], "x-form": form.name}
    if refers is not None:
        schema["x-refers"] = refers.to
        if refers.to in known:
            return schema | _one_of(refers, known[refers.to])
    if "integer" in form.types:
        schema["minimum"] = limit(shape.marks, "ge") or 0
    examples = form.examples or field.examples
    if examples:
        schema["examples"] = [int(example) if "integer" in form.types else example for example in examples]
    return schema | _pattern(form, limit(shape.marks, "max_length"))


def _choice(shape: Shape, field: FieldInfo) -> Schema:
    meanings = shape.mark(Meanings)
    assert meanings is not None, f"{field.title}: no meanings"
    return {
        "type": ["string"],
        "enum": [*shape.choices],
        "enumDescriptions": [meanings.of[word] for word in shape.choices],
        "errorMessage": choose_of(shape.choices),
    }


def _one_of(refers: Refers, items: Mapping[str, str]) -> Schema:
    # YAML takes an id that consists of digits for a number.
    numbers = {int(item): name for item, name in items.items() if item.isdecimal()}
    return {
        "enum": [*items, *numbers],
        "enumDescriptions": [*items.values(), *numbers.values()],
        "errorMessage": f"{refers.what} ist nicht bekannt. {choose_of(items)}",
    }


def _pattern(form: Form, most: int | None) -> Schema:
    """Return the pattern of a form, with space around it; with a limit, space between words counts as one sign."""
    if most is None:
        pattern, told = form.pattern, form.told
    else:
        pattern, told = rf"(?:\S|\s+(?=\S)){{1,{most}}}", f"Der Text ist leer oder zu lang. {shorten(most)}"
    return {
        "pattern": rf"^\s*(?:{pattern})\s*$",
        "patternErrorMessage": told,
        "errorMessage": form.single if form.types is ANYTHING else told,
    }


def _with_short_form(schema: Schema, inner: str) -> Schema:
    """Return the schema of a record in whose place the value of one of its fields may be written."""
    short = schema["properties"][inner]
    return {**short, **schema, "type": [*schema["type"], *short["type"]]}
