"""From the fields an author wrote to a record of the model, or to German problems."""

import difflib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.model.record import Record
from generator.model.remedies import as_list, choose_of, shorten
from generator.model.shape import authored_fields, shape_of
from generator.problems import Problem
from generator.reading.yaml_tree import YamlTree

__all__ = ["flaws_of_value", "validate"]

R = TypeVar("R", bound=Record)
_Explanation = tuple[str, str]


def validate(
    model: type[R], tree: YamlTree, place: str, context: Mapping[str, Any], given: Mapping[str, Any] | None = None
) -> tuple[R | None, list[Problem]]:
    """Make a record from a tree of strings.

    Args:
        model: the record's class.
        tree: what the author wrote.
        place: the file, for problems.
        context: pydantic's validation context (``{"timezone": ZoneInfo}``).
        given: fields that the reader sets.
    """
    given = given or {}
    problems = [
        Problem(place, tree.line_of((key,)), *_unknown_field(model, key))
        for key in tree.data.keys() & _set_by_reader(model)
    ]
    data = {key: value for key, value in tree.data.items() if value is not None}
    try:
        record = model.model_validate({**data, **given}, context=dict(context))
    except ValidationError as error:
        for details in error.errors():
            path = (*details["loc"], *_pointed_to(details))
            problems.append(Problem(place, tree.line_of(path), *_explain(model, details)))
        return None, problems
    return (None if problems else record), problems


def flaws_of_value(model: type[Record], name: str, value: Any, context: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the value of one field, and what to do, in German, whatever the others hold.

    Args:
        model: the record with the field.
        name: the field, as an author wrote it; it may be one that does not exist.
        value: what is to stand there, made of strings.
        context: pydantic's validation context (``{"timezone": ZoneInfo}``).
    """
    if name in _set_by_reader(model):
        yield _unknown_field(model, name)
        return
    try:
        model.model_validate({name: value}, context=dict(context))
    except ValidationError as error:
        yield from (_explain(model, details) for details in error.errors() if details["loc"][:1] == (name,))


def _explain(model: type[Record], error: ErrorDetails) -> _Explanation:
    explain = _EXPLANATIONS.get(error["type"])
    if explain is not None:
        return explain(_record_at(model, error["loc"][:-1]), error)
    return _otherwise(model, error)


def _record_at(model: type[Record], path: tuple[int | str, ...]) -> type[Record]:
    """Return the record class that the path leads to, as far as it can be followed."""
    for part in path:
        if isinstance(part, str) and part in model.model_fields:
            model = shape_of(model.model_fields[part]).record or model
    return model


@cache
def _set_by_reader(model: type[Record]) -> frozenset[str]:
    """Return the names of the fields no author may write."""
    return frozenset(name for name, info in model.model_fields.items() if info.exclude)


def _authored(model: type[Record]) -> dict[str, str]:
    """Return the names of the fields an author may write, with their German labels."""
    return {name: info.title or name for name, info in authored_fields(model)}


def _pointed_to(error: ErrorDetails) -> tuple[str, ...]:
    """Return the field to which an error of a whole record points."""
    field = error.get("ctx", {}).get("field")
    return (field,) if field else ()


def _field(error: ErrorDetails) -> str:
    """Return the name of the field an error is about; an item of a list goes by the list's name."""
    return next((part for part in reversed(error["loc"]) if isinstance(part, str)), "")


def _unknown_field(model: type[Record], key: str) -> _Explanation:
    fields = _authored(model)
    message = f"Unbekanntes Feld „{key}“."
    names = {label.lower(): name for name, label in fields.items()} | {name: name for name in fields}
    close = difflib.get_close_matches(key.lower(), names, n=1, cutoff=0.7)
    if close:
        return message, f"Gemeint ist wohl „{names[close[0]]}“."
    return message, choose_of(fields)


def _missing(model: type[Record], error: ErrorDetails) -> _Explanation:
    name = _field(error)
    info = model.model_fields.get(name)
    if info is None:
        return f"Das Feld „{name}“ fehlt.", f"Eine Zeile „{name}: …“ ergänzen."
    return f"Das Feld „{name}“ ({info.title}) fehlt.", f"Eine Zeile „{name}: …“ ergänzen. {info.description}"


def _mistake(_model: type[Record], error: ErrorDetails) -> _Explanation:
    return error["ctx"]["text"], error["ctx"]["remedy"]


def _literal(_model: type[Record], error: ErrorDetails) -> _Explanation:
    choices = str(error["ctx"]["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
    close = difflib.get_close_matches(str(error["input"]), choices, n=1)
    hint = f"Gemeint ist wohl „{close[0]}“. " if close else ""
    return f"„{error['input']}“ ist für „{_field(error)}“ nicht vorgesehen.", f"{hint}{choose_of(choices)}"


def _too_long(_model: type[Record], error: ErrorDetails) -> _Explanation:
    most, length = error["ctx"]["max_length"], len(str(error["input"]))
    return f"Der Text in „{_field(error)}“ hat {length} Zeichen.", shorten(most)


def _not_a_block(model: type[Record], error: ErrorDetails) -> _Explanation:
    fields = ", ".join(_authored(_record_at(model, error["loc"])))
    return f"„{_field(error)}“ braucht Unterfelder, keinen einzelnen Wert.", f"Eingerückt darunter schreiben: {fields}."


def _not_a_list(_model: type[Record], error: ErrorDetails) -> _Explanation:
    name = _field(error)
    return f"„{name}“ ist eine Liste.", as_list(name)


def _empty_list(_model: type[Record], error: ErrorDetails) -> _Explanation:
    return f"Die Liste „{_field(error)}“ ist leer.", "Mindestens einen Eintrag ergänzen."


def _too_small(_model: type[Record], error: ErrorDetails) -> _Explanation:
    return f"Der Wert in „{_field(error)}“ ist zu klein.", f"Mindestens {error['ctx']['ge']} schreiben."


def _otherwise(model: type[Record], error: ErrorDetails) -> _Explanation:
    info = _record_at(model, error["loc"][:-1]).model_fields.get(_field(error))
    return f"Der Wert in „{_field(error)}“ passt nicht.", (info.description if info else None) or "Die Angabe prüfen."


_EXPLANATIONS: dict[str, Callable[[type[Record], ErrorDetails], _Explanation]] = {
    "missing": _missing,
    "extra_forbidden": lambda model, error: _unknown_field(model, _field(error)),
    "mistake": _mistake,
    "literal_error": _literal,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "model_type": _not_a_block,
    "model_attributes_type": _not_a_block,
    "dict_type": _not_a_block,
    "tuple_type": _not_a_list,
    "too_short": _empty_list,
    "greater_than_equal": _too_small,
}
