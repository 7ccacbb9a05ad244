"""The text that an author begins with: what is known already, and each further field as a comment."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from generator.model.cooperation import Cooperation
from generator.model.record import Record
from generator.scaffold.kinds import Kind
from generator.scaffold.yaml_text import Value, written

__all__ = ["choices", "new_text", "placeholder"]

_NEVER = frozenset({"source", "sections", "draft"})
"""Fields that the reader sets, or that stand in every new text."""

_ONLY_INSTEAD = frozenset({("Image", "decorative"), ("Attachment", "public")})
"""Fields that make sense only instead of others, or against a rule."""

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
    fields = kind.type.model.model_fields
    needed = {name: given.get(name) or placeholder(fields[name]) for name in _needed(kind, given)}
    lines = [f"{name}: {written(value)}" for name, value in needed.items()]
    lines += [f"{name}: {value}" for name, value in kind.fixed.items()]
    shown = needed.keys() | kind.fixed.keys() | _NEVER | ({"title", "summary"} if "subject" in needed else set())
    further = [
        line for name, known in fields.items() if name not in shown for line in _comment(name, known, cooperation)
    ]
    return "\n".join(["---", *lines, _DRAFT, "", _FURTHER, *further, "---", kind.body])


def placeholder(field: FieldInfo) -> str:
    """Return what stands for a value that nobody has written yet; a release refuses it."""
    return f"‹{field.title}: {str(field.description).rstrip('.')}›"


def choices(name: str, cooperation: Cooperation) -> list[str]:
    """Return what a field may be in this cooperation, by its name; empty: anything."""
    lists: Mapping[str, Sequence[Any]] = {
        "municipalities": cooperation.municipalities,
        "municipality": cooperation.municipalities,
        "topics": cooperation.topics,
        "audiences": cooperation.audiences,
        "committee": cooperation.committees,
    }
    return [item.id for item in lists.get(name, ())]


def _needed(kind: Kind, given: Mapping[str, Value]) -> Iterator[str]:
    """Yield the fields that stand in the text, in the model's order; title and summary first."""
    for name, known in kind.type.model.model_fields.items():
        if name in kind.fixed or name in _NEVER:
            continue
        stands_in = name in {"title", "summary"} and "subject" in kind.type.model.model_fields
        if name in given or (name in kind.asked) or (known.is_required() and name != "id" and not stands_in):
            yield name


def _comment(name: str, known: FieldInfo, cooperation: Cooperation) -> Iterator[str]:
    """Yield the lines about a field that may be added."""
    example = f"# {name}: {written(_example(name, known, cooperation))}"
    meaning = f"# {known.title}: {known.description}"
    if len(example) + len(meaning) + 2 <= _WIDTH:
        yield f"{example}  {meaning}"
        return
    yield from textwrap.wrap(meaning, _WIDTH, subsequent_indent="#   ")
    yield example


def _example(name: str, known: FieldInfo, cooperation: Cooperation) -> Value:
    """Return a value that the field could have; where it is one of a list, from that list."""
    is_list = _is_list(known.annotation)
    inner = _record_in(known.annotation)
    of_list = choices(name, cooperation)
    value: Value
    if inner is not None:
        value = {
            part: _example(part, field, cooperation)
            for part, field in inner.model_fields.items()
            if (inner.__name__, part) not in _ONLY_INSTEAD
        }
    elif of_list:
        return of_list if is_list else of_list[0]
    else:
        value = str((known.examples or [placeholder(known)])[0])
    return [value] if is_list else value


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(
        get_origin(part) is tuple for part in get_args(annotation) if part is not NoneType
    )


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type):
        return annotation if issubclass(annotation, Record) else None
    return next((found for part in get_args(annotation) if (found := _record_in(part)) is not None), None)
