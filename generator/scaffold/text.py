"""The text that an author begins with: what is known already, and each further field as a comment."""

import textwrap
from collections.abc import Collection, Iterator, Mapping

from pydantic.fields import FieldInfo

from generator.model.cooperation import LISTS, Cooperation
from generator.model.ids import Refers
from generator.model.record import Record
from generator.model.shape import authored_fields, shape_of
from generator.scaffold.kinds import Kind
from generator.scaffold.yaml_text import Value, written

__all__ = ["choices", "needed_fields", "new_text", "only_instead", "placeholder"]

_ONLY_INSTEAD = frozenset({("Image", "decorative"), ("Attachment", "public")})
_DRAFT = "draft: ja  # Entwurf. Diese Zeile löschen, wenn der Text erscheinen darf."
_FURTHER = "# Was es sonst gibt: das # vor einer Zeile löschen und den Wert ändern."
_WIDTH = 120


def new_text(kind: Kind, given: Mapping[str, Value], cooperation: Cooperation) -> str:
    """Return a text with its front matter.

    Args:
        kind: what it is.
        given: the fields that are known, in the form in which they are read; the others that every such text needs get
            a `placeholder`.
        cooperation: whose municipalities, topics, committees and audiences there are to choose from.
    """
    fields = dict(authored_fields(kind.type.model))
    needed = {name: given.get(name) or placeholder(fields[name]) for name in needed_fields(kind, given)}
    lines = [f"{name}: {written(value)}" for name, value in needed.items()]
    lines += [f"{name}: {value}" for name, value in kind.fixed.items()]
    shown = needed.keys() | kind.fixed.keys() | {"draft"} | kind.type.model.stand_ins.keys()
    further = [
        line for name, known in fields.items() if name not in shown for line in _comment(name, known, cooperation)
    ]
    return "\n".join(["---", *lines, _DRAFT, "", _FURTHER, *further, "---", kind.body])


def placeholder(field: FieldInfo) -> str:
    """Return what stands for a value that nobody has written yet; a release refuses it."""
    return f"‹{field.title}: {str(field.description).rstrip('.')}›"


def only_instead(record: type[Record], field: str) -> bool:
    """Tell whether a field makes sense only instead of others, or against a rule."""
    return (record.__name__, field) in _ONLY_INSTEAD


def choices(field: FieldInfo, cooperation: Cooperation) -> list[str]:
    """Return what a field may be in this cooperation; empty: anything."""
    refers = shape_of(field).mark(Refers)
    return [item.id for item in getattr(cooperation, refers.to)] if refers and refers.to in LISTS else []


def needed_fields(kind: Kind, given: Collection[str] = ()) -> Iterator[str]:
    """Yield the fields that a new text begins with, in the model's order: given ones, those asked for, needed ones."""
    for name, known in authored_fields(kind.type.model):
        if name in kind.fixed or name == "draft":
            continue
        may_be_missing = name == "id" or name in kind.type.model.stand_ins
        if name in given or name in kind.asked or (known.is_required() and not may_be_missing):
            yield name


def _comment(name: str, known: FieldInfo, cooperation: Cooperation) -> Iterator[str]:
    """Yield the lines about a field that may be added."""
    example = f"# {name}: {written(_example(known, cooperation))}"
    meaning = f"# {known.title}: {known.description}"
    if len(example) + len(meaning) + 2 <= _WIDTH:
        yield f"{example}  {meaning}"
        return
    yield from textwrap.wrap(meaning, _WIDTH, subsequent_indent="#   ")
    yield example


def _example(known: FieldInfo, cooperation: Cooperation) -> Value:
    """Return a value that the field could have; where it is one of a list, from that list."""
    shape = shape_of(known)
    of_list = choices(known, cooperation)
    value: Value
    if shape.record is not None:
        value = {
            part: _example(field, cooperation)
            for part, field in shape.record.model_fields.items()
            if not only_instead(shape.record, part)
        }
    elif of_list:
        return of_list if shape.is_list else of_list[0]
    else:
        value = str((known.examples or [placeholder(known)])[0])
    return [value] if shape.is_list else value
