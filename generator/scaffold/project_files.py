"""The files with which a cooperation's own site begins: all of the folder ``project``, those in Jinja filled in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2

from generator.model.cooperation import Cooperation
from generator.reading.validation import validate
from generator.reading.yaml_tree import read_yaml
from generator.scaffold.yaml_text import written
from generator.slug import slug

__all__ = ["Answers", "cooperation_in", "project_files"]

_TEMPLATES = Path(__file__).parent / "project"
_ENDING = ".jinja"
_SETTINGS = PurePosixPath("content/kooperation.yml")
_DESIGNATION = re.compile(r"^(?:(?:Große |Kreisfreie )?Stadt|Markt|Gemeinde|Samtgemeinde|Landkreis|Ortsgemeinde) ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was answered."""

    single: Mapping[str, str]
    """To the questions asked once, by their names; what is not known is empty."""

    municipalities: Sequence[tuple[str, str]]
    """Names and AGS of the members."""

    committees: Sequence[str] = ()
    topics: Sequence[str] = ()
    requirement: str
    """What pip is to install, as it stands in a file of requirements (PEP 508)."""


def project_files(answers: Answers) -> Mapping[PurePosixPath, bytes]:
    """Return the files by their paths in the project."""
    environment = jinja2.Environment(  # noqa: S701  # no HTML is made of it
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"yaml": written, "markdown": _markdown}
    values = _values(answers)
    files: dict[PurePosixPath, bytes] = {}
    for file in sorted(path for path in _TEMPLATES.rglob("*") if path.is_file()):
        path = PurePosixPath(file.relative_to(_TEMPLATES).as_posix())
        if path.suffix == _ENDING:
            files[path.with_suffix("")] = environment.get_template(str(path)).render(values).encode()
        else:
            files[path] = file.read_bytes()
    return files


def cooperation_in(files: Mapping[PurePosixPath, bytes]) -> Cooperation:
    """Return the cooperation that the settings among the files describe."""
    tree, problems = read_yaml(files[_SETTINGS].decode(), _SETTINGS.name)
    cooperation, found = validate(Cooperation, tree, _SETTINGS.name, {})
    assert cooperation is not None, [*problems, *found]
    return cooperation


def _values(answers: Answers) -> dict[str, Any]:
    names = [name for name, _ in answers.municipalities]
    members = _named(_DESIGNATION.sub("", name) for name in names)
    municipalities = [
        {"id": member["id"], "name": name, "ags": ags}
        for member, (name, ags) in zip(members, answers.municipalities, strict=True)
    ]
    return {
        **answers.single,
        "id": _id(answers.single["short_name"] or answers.single["name"]),
        "municipalities": municipalities,
        "members": _joined([str(member["name"]) for member in members]),
        "lists": {"committees": _named(answers.committees), "topics": _named(answers.topics)},
        "requirement": answers.requirement,
    }


def _named(names: Sequence[str] | Iterator[str]) -> list[dict[str, str]]:
    """Return things by these names, each with an id of its own."""
    taken: dict[str, int] = {}
    things = []
    for name in names:
        first = _id(name)
        taken[first] = taken.get(first, 0) + 1
        things.append({"id": first if taken[first] == 1 else f"{first}-{taken[first]}", "name": name})
    return things


def _id(name: str) -> str:
    return slug(name) or "ohne-namen"


def _joined(names: Sequence[str]) -> str:
    return " und ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _markdown(text: str) -> str:
    """Return a text in which nothing is taken for Markdown."""
    return re.sub(r"[\\`*_{}\[\]<>#|!]", r"\\\g<0>", text)
