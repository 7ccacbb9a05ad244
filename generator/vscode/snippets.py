"""Snippets for VS Code: a whole front matter for each kind of text, and each field with its help.

The language of their bodies is that of TextMate: ``${1:word}`` is a place to type at, ``${1|one,other|}`` a choice,
``$CURRENT_YEAR`` a variable.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from pydantic.fields import FieldInfo

from generator.model.content_type import CONTENT_TYPES, PAGE
from generator.model.cooperation import LISTS, Cooperation
from generator.model.form import Form
from generator.model.ids import Refers
from generator.model.record import Record
from generator.model.shape import authored_fields, shape_of
from generator.scaffold.kinds import KINDS, Kind
from generator.scaffold.text import needed_fields, only_instead, placeholder
from generator.scaffold.yaml_text import written

__all__ = ["Snippets", "snippets"]

Snippets = dict[str, dict[str, Any]]
"""A file of snippets, as VS Code reads it."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TEXTS = ("text", "line")
_TODAY = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"


def snippets(cooperation: Cooperation) -> Snippets:
    """Return all snippets: for each kind of text by its German name, for each field by its name and its label.

    Args:
        cooperation: whose municipalities, topics, committees and audiences there are to choose from.
    """
    return {**_texts(cooperation), **_fields(cooperation)}


def _texts(cooperation: Cooperation) -> Snippets:
    return {
        f"Neu: {word}": {
            "scope": "markdown",
            "prefix": [word, f"neu-{word}"],
            "description": f"{kind.type.model.label}: alle nötigen Angaben",
            "body": [*_front_matter(kind, cooperation), *_escaped(kind.body).split("\n")],
        }
        for word, kind in KINDS.items()
    }


def _front_matter(kind: Kind, cooperation: Cooperation) -> Iterator[str]:
    body = _Body(cooperation)
    fields = kind.type.model.model_fields
    yield "---"
    for name in needed_fields(kind):
        yield from body.lines(name, fields[name])
    for name, value in kind.fixed.items():
        yield f"{name}: {_escaped(value)}"
    yield from ("draft: ja", "---")


def _fields(cooperation: Cooperation) -> Snippets:
    """Return a snippet for each field; where types mean different things by a name, one for each of them."""
    told: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    fields: dict[tuple[str, tuple[str, ...]], FieldInfo] = {}
    for kind in (*CONTENT_TYPES, PAGE):
        for name, field in authored_fields(kind.model):
            lines = (str(field.description), *_Body(cooperation).lines(name, field))
            told.setdefault((name, lines), []).append(kind.model.label)
            fields.setdefault((name, lines), field)
    several = len(CONTENT_TYPES) + 1
    return {
        name if len(labels) == several else f"{name} ({', '.join(labels)})": {
            "scope": "markdown",
            "prefix": [name, str(fields[name, lines].title)],
            "description": f"{fields[name, lines].title}: {lines[0]}",
            "body": list(lines[1:]),
        }
        for (name, lines), labels in told.items()
    }


class _Body:
    """Writes fields with places to type at, counted from 1."""

    def __init__(self, cooperation: Cooperation) -> None:
        self._cooperation = cooperation
        self._places = count(1)

    def lines(self, name: str, field: FieldInfo) -> Iterator[str]:
        """Yield the lines of a field."""
        shape = shape_of(field)
        if shape.record is None:
            value = self._value(field)
            yield f"{name}: [{value}]" if shape.is_list else f"{name}: {value}"
            return
        yield f"{name}:"
        inner = [line for part, one in self._parts(shape.record) for line in self.lines(part, one)]
        for line in inner:
            first = shape.is_list and line is inner[0]
            indent = ("  - " if first else "    ") if shape.is_list else "  "
            yield indent + line

    def _parts(self, record: type[Record]) -> Iterator[tuple[str, FieldInfo]]:
        yield from ((name, field) for name, field in authored_fields(record) if not only_instead(record, name))

    def _value(self, field: FieldInfo) -> str:
        place = next(self._places)
        shape = shape_of(field)
        form, refers = shape.mark(Form), shape.mark(Refers)
        lists: Mapping[str, list[str]] = {
            name: [item.id for item in getattr(self._cooperation, name)] for name in LISTS
        }
        choices = shape.choices or (form.examples if form else ()) or tuple(lists.get(refers.to, ()) if refers else ())
        if choices:
            return f"${{{place}|{','.join(choices)}|}}"
        # A text that nobody has typed over must not be published.
        is_text = form is None or form.name in _TEXTS
        example = placeholder(field) if is_text or not field.examples else str(field.examples[0])
        return f"${{{place}:{_DAY.sub(_TODAY, _escaped(written(example)))}}}"


def _escaped(text: str) -> str:
    """Return a text in which nothing is a place or a variable."""
    return re.sub(r"[\\$}]", r"\\\g<0>", text)
