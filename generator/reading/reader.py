"""Read a whole project: every text, every problem."""

import difflib
import posixpath
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from generator.model.content_type import CONTENT_TYPES, PAGE, ContentType
from generator.model.cooperation import Cooperation
from generator.model.entry import Entry, Source
from generator.model.minutes import Minutes
from generator.model.roles import Roles
from generator.model.site import Site
from generator.problems import Problem
from generator.reading.effort import check_effort
from generator.reading.files import read_text, scan
from generator.reading.front_matter import split
from generator.reading.memory import Memory, ReadText
from generator.reading.minutes import take_apart
from generator.reading.names import check_names, read_names
from generator.reading.non_public import check_suspicions
from generator.reading.references import check_cooperation, check_references
from generator.reading.validation import validate
from generator.reading.yaml_tree import YamlTree, read_yaml
from generator.settings import Settings
from generator.slug import slug

__all__ = ["COOPERATION_FILE", "Reading", "read"]

COOPERATION_FILE = PurePosixPath("kooperation.yml")


@dataclass
class Reading:
    """What came of reading a project."""

    site: Site | None
    """None where the cooperation's own settings could not be read."""

    problems: list[Problem] = field(default_factory=list)
    unreadable: frozenset[PurePosixPath] = frozenset()
    """The texts that are not in the site because of their problems."""

    settings: YamlTree = field(default_factory=YamlTree)
    """The fields of the cooperation's settings as written, for their lines."""

    @cached_property
    def paths(self) -> dict[PurePosixPath, Source]:
        """The texts of the site by their files."""
        return {entry.source.path: entry.source for entry in self.site.entries} if self.site else {}


def read(settings: Settings, memory: Memory | None = None) -> Reading:
    """Read the content folder. Nothing is raised for an author's mistake; all of them are returned.

    Args:
        settings: where things are.
        memory: what was read before with these settings.
    """
    memory = memory or Memory()
    if not settings.content.is_dir():
        problem = Problem(
            str(COOPERATION_FILE),
            1,
            f"Der Ordner „{settings.content.name}“ fehlt.",
            "Den Ordner mit den Inhalten anlegen.",
        )
        return Reading(None, [problem])
    folder, problems = scan(settings.places)
    cooperation, fields, found = _read_cooperation(settings, folder.files)
    problems += found
    roles, found = read_names(settings.private_names)
    problems += found
    context = {"timezone": ZoneInfo(cooperation.timezone if cooperation else "Europe/Berlin")}
    entries: list[Entry] = []
    trees: dict[PurePosixPath, YamlTree] = {}
    types = {settings.layout.folders[kind.name]: kind for kind in CONTENT_TYPES}
    for path in folder.texts:
        kind, found = _kind_of(path, types, settings.mounts)
        problems += found
        if kind is None:
            continue
        text, found = read_text(settings.places, path)
        problems += found
        if found:
            continue
        basis = text, kind, context, roles
        result = memory.recall(path, basis, partial(_read_entry, settings, text, path, kind, context, roles))
        problems += result.problems
        if result.entry is not None:
            entries.append(result.entry)
            trees[path] = result.fields
    if cooperation is None:
        return Reading(None, problems)
    site = Site(cooperation=cooperation, entries=tuple(entries), files=folder.files, roles=roles)
    unreadable = frozenset(folder.texts) - trees.keys()
    problems += check_references(site, trees, {slug(path.stem) for path in unreadable})
    return Reading(site, problems, unreadable, fields)


def _read_cooperation(
    settings: Settings, files: frozenset[PurePosixPath]
) -> tuple[Cooperation | None, YamlTree, list[Problem]]:
    place = str(COOPERATION_FILE)
    if COOPERATION_FILE not in files:
        return (
            None,
            YamlTree(),
            [
                Problem(
                    place,
                    1,
                    "Die Datei mit den Angaben zur Zusammenarbeit fehlt.",
                    f"{settings.content.name}/{place} anlegen: id, name, url …",
                )
            ],
        )
    text, problems = read_text(settings.places, COOPERATION_FILE)
    if problems:
        return None, YamlTree(), problems
    tree, problems = read_yaml(text, place)
    if problems:
        return None, tree, problems
    cooperation, problems = validate(Cooperation, tree, place, {})
    if cooperation is not None:
        problems += check_cooperation(cooperation, tree, place, files)
        problems += _missing_looks(settings, files)
        brand = cooperation.brand.model_copy(update=dict(settings.brand))
        cooperation = cooperation.model_copy(update={"brand": brand})
    return cooperation, tree, problems


def _missing_looks(settings: Settings, files: frozenset[PurePosixPath]) -> Iterator[Problem]:
    """Yield a problem for each picture that only ``mkdocs.yml`` names and that is not there."""
    for name, option in (("logo", "logo"), ("icon", "favicon")):
        file = settings.brand.get(name)
        if file is not None and PurePosixPath(file) not in files:
            message = f"Die Datei „{file}“ (theme: {option}) gibt es nicht."
            yield Problem("mkdocs.yml", 1, message, f"Den Pfad in {settings.content.name}/ prüfen.")


def _kind_of(
    path: PurePosixPath, types: Mapping[str, ContentType], mounts: Collection[str]
) -> tuple[ContentType | None, list[Problem]]:
    """Return the type of the text at the path: its folder's; pages lie at the root, and a section's index is one."""
    if len(path.parts) == 1 or path.parts[0] in mounts:
        return PAGE, []
    kind = types.get(path.parts[0])
    if kind is None:
        close = difflib.get_close_matches(path.parts[0], types, n=1)
        remedy = (
            f"Gemeint ist wohl „{close[0]}“."
            if close
            else f"Möglich sind: {', '.join(types)}; Seiten liegen ganz oben."
        )
        return None, [Problem(str(path), 1, f"Der Ordner „{path.parts[0]}“ gehört zu keiner Art von Text.", remedy)]
    if path.parts[1:] == ("index.md",) and kind.has_index:
        return PAGE, []
    return kind, []


def _read_entry(
    settings: Settings, text: str, path: PurePosixPath, kind: ContentType, context: dict[str, Any], roles: Roles
) -> ReadText:
    place = str(path)
    file, problems = split(text, place)
    if problems:
        return ReadText(None, file.fields, tuple(problems))
    url = _url(path)
    given: dict[str, Any] = {"source": Source(path=path, url=url, body=file.body, body_line=file.body_line)}
    written = file.fields.data.get("id")
    given["id"] = _default_id(path, settings.mounts) if written is None else written
    if kind.model is Minutes:
        given["sections"], problems = take_apart(given["id"], file.body, file.body_line, place)
    entry, found = validate(kind.model, file.fields, place, context, given)
    problems += found
    too_much = list(check_effort(file.body, file.body_line, place))
    problems += too_much
    problems += check_names(text, path, roles)
    if entry is not None:
        problems += check_suspicions(entry, file.fields, fences=settings.has_fences)
    return ReadText(None if too_much else entry, file.fields, tuple(problems))


def _url(path: PurePosixPath) -> str:
    parts = [slug(part) for part in path.with_suffix("").parts]
    if parts[-1] == "index":
        parts.pop()
    return posixpath.join(*parts, "") if parts else ""


def _default_id(path: PurePosixPath, mounts: Collection[str]) -> str:
    """Return the file's name; for an index, its folder's; what is mounted has its folder's before it."""
    name = slug(path.parent.name) or "start" if path.stem == "index" else slug(path.stem)
    return f"{path.parts[0]}-{name}" if path.parts[0] in mounts and path.stem != "index" else name
