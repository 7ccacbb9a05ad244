"""A project with an attack in every place that may hold any text, and one of the same shape with harmless words."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import cycle, repeat
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import yaml
from pydantic import AfterValidator, BeforeValidator, StringConstraints

from generator.model.record import Record
from generator.model.texts import Line
from tests.project import MKDOCS, ROOT, load_cases

__all__ = ["ATTACKS", "PLACES", "attacked", "field_names", "free_fields", "mkdocs", "places"]

ATTACKS: Mapping[str, Sequence[str]] = load_cases("attacks")
"""What somebody might try, by kind."""

PLACES: Mapping[str, Any] = load_cases("attacked")["project"]

_MOST = {"summary": 300, "subject": 60, "preheader": 110}
"""Characters that fields take."""

_GROUPS = 31
_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 675"/>'
_HOME = '---\n{"title": "Start", "summary": "Harmlos."}\n---\nHarmlos.\n'


def mkdocs() -> str:
    """Return settings by which lists and feeds hold everything."""
    settings = yaml.safe_load(MKDOCS.format(theme=ROOT / "theme"))
    settings["plugins"] = [{"schaukasten": {"page_size": 100, "feed_size": 2000, "social_cards": False}}]
    return str(yaml.safe_dump(settings))


def attacked(texts: Sequence[str], refused: Iterable[str] = (), *, every: bool = False) -> dict[str, str]:
    """Return the files of a project.

    Args:
        texts: one of them stands in each place of the first text of a type, the next in the second, and so on.
        refused: files whose body is to be harmless.
        every: whether each of them stands in every place; else some types take only each tenth.
    """
    files = {"bilder/rad.svg": _DRAWING, "plan.txt": "Plan", "index.md": _HOME, "kooperation.yml": _settings(texts)}
    for places, prefix in (("texts", "feld"), ("bodies", "text")):
        for kind, place in PLACES[places].items():
            for number, text in enumerate(texts):
                if every or number % place.get("every", 1) == 0:
                    path = place["path"].replace("NUMBER", f"{number:03}")
                    fields = {"id": f"{prefix}-{number:03}-{kind}"} | _filled(place["fields"], repeat(text), number)
                    body = _body(place["body"], "Harmlos." if path in refused else text)
                    files[path] = f"---\n{_yaml(fields)}\n---\n{body}\n"
    return files


def _settings(texts: Sequence[str]) -> str:
    """Return settings in which each text stands somewhere; a file of settings must not be too long for all of them."""
    some = iter([" ".join(texts[number::_GROUPS]) for number in range(_GROUPS)] * 2)
    single = cycle(texts)
    settings = _filled(PLACES["once"], some, 0)
    for name, place in PLACES["each"].items():
        settings[name] = [_filled(place, single, number) for number in range(_GROUPS)]
    return _yaml(settings)


def _filled(place: Any, texts: Iterator[str], number: int, name: str = "") -> Any:
    """Return a place in which each attack is the next one of the texts."""
    match place:
        case dict():
            return {key: _filled(value, texts, number, key) for key, value in place.items()}
        case list():
            return [_filled(value, texts, number, name) for value in place]
        case "ATTACK":
            return next(texts)[: _MOST.get(name)].strip() or "x"
        case _:
            written = str(place).replace("GROUP", f"{number % _GROUPS:03}").replace("NUMBER", f"{number:03}")
            return str(int(written)) if name == "number" else written


def _body(place: str, text: str) -> str:
    line = " ".join(text.split())
    role = "".join(sign for sign in line if sign not in "(),")
    return place.replace("ATTACK", text).replace("LINE", line).replace("ROLE", role or "x")


def _yaml(fields: Mapping[str, Any]) -> str:
    """Return fields as YAML; in quotes, all text is text."""
    return json.dumps(fields, ensure_ascii=False)


def places(tree: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the names of the fields in which an attack stands: ``contact.name``."""
    match tree:
        case dict():
            for key, value in tree.items():
                yield from places(value, (*path, key))
        case list():
            for value in tree:
                yield from places(value, path)
        case "ATTACK":
            yield ".".join(path)


def free_fields(model: type[Record], path: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the names of a record's fields that take any text, those of the records in it included."""
    for name, info in model.model_fields.items():
        if not info.exclude:
            annotation: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
            yield from _free_fields(annotation, (*path, name))


def _free_fields(annotation: Any, path: tuple[str, ...]) -> Iterator[str]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield from free_fields(annotation, path)
    elif origin is Annotated and arguments[0] is str:
        if _takes_any_text(arguments[1:]):
            yield ".".join(path)
    elif origin in (Annotated, tuple, Union, UnionType):
        for argument in arguments[:1] if origin is Annotated else arguments:
            yield from _free_fields(argument, path)


def _takes_any_text(metadata: Sequence[Any]) -> bool:
    """Tell whether no validator but those of a text or line looks at it."""
    of_lines = [one.func for one in get_args(Line) if isinstance(one, AfterValidator | BeforeValidator)]
    validators = [one.func for one in metadata if isinstance(one, AfterValidator | BeforeValidator)]
    others = [one for one in metadata if isinstance(one, StringConstraints) and one.pattern is not None]
    return set(validators) <= set(of_lines) and not others


def field_names(kind: str) -> set[str]:
    """Return the fields of a type in which an attack stands."""
    return set(places(PLACES["texts"][kind]["fields"]))
