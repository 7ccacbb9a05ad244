"""Which texts of a Hugo site were public: pages of their own, told in lists (Hugo's documentation, „Build options“)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any

from generator.importing.yes_no import is_no, is_yes

__all__ = ["Cascade", "cascades_in", "held_back"]

_CHOICE = re.compile(r"\{([^{}]*)\}")
_INHERITED = ("draft", "headless", "build", "_build")


@dataclass(frozen=True, slots=True)
class Cascade:
    """Fields that hold for all pages of a folder that do not have them themselves („Cascade“)."""

    folder: PurePosixPath
    fields: Mapping[str, Any]
    target: Mapping[str, Any]
    """To which of the pages they are limited: patterns of their path, kind and environment."""

    def concerns(self, place: PurePosixPath) -> bool:
        """Tell whether a page of the public site is one of them."""
        if self.folder not in place.parents:
            return False
        path = place.parent if place.stem in {"index", "_index"} else place.with_suffix("")
        kind = "page" if place.stem != "_index" else "home" if path == PurePosixPath() else "section"
        facts = {"path": f"/{path}".lower(), "kind": kind, "environment": "production"}
        return all(_fits(facts[name], str(self.target[name]).lower()) for name in facts if self.target.get(name))


def cascades_in(fields: Mapping[str, Any], folder: PurePosixPath) -> Iterator[Cascade]:
    """Yield the cascades that a folder's ``_index``, or the site's settings, begin."""
    given = fields.get("cascade")
    for one in given if isinstance(given, list) else [given]:
        if isinstance(one, dict):
            own = _lower(one)
            yield Cascade(folder, own, _lower(own.get("target") or own.get("_target")))


def held_back(fields: Mapping[str, Any], place: PurePosixPath, cascades: Sequence[Cascade]) -> str:
    """Return why a page was not public (a German phrase); empty: it was.

    Args:
        fields: its front matter.
        place: its file, relative to the content folder.
        cascades: those of the site; of two for the same field, that of the nearer folder holds.
    """
    found: dict[str, Any] = {}
    for cascade in sorted(cascades, key=lambda one: len(one.folder.parts)):
        if cascade.concerns(place):
            found |= {name: cascade.fields[name] for name in _INHERITED if name in cascade.fields}
    found |= {name: fields[name] for name in _INHERITED if name in fields}
    if is_yes(found.get("draft")):
        return "war ein Entwurf"
    if is_yes(found.get("headless")):
        return "hatte keine eigene Seite (headless)"
    build = {**_lower(found.get("_build")), **_lower(found.get("build"))}
    # Once the two could only be true or false.
    render, told = ("never" if is_no(build.get(name)) else str(build.get(name)).lower() for name in ("render", "list"))
    if render in {"never", "link"}:
        return f"hatte keine eigene Seite (render: {render})"
    # Here every public text is in lists, feeds and the search.
    return "stand in keiner Übersicht (list: never)" if told == "never" else ""


def _fits(fact: str, pattern: str) -> bool:
    """Tell whether a pattern fits; of one with choices within choices, rather more than less."""
    choice = _CHOICE.fullmatch(pattern)
    patterns = choice[1].split(",") if choice else [_CHOICE.sub("*", pattern)]
    return any(fnmatchcase(fact, one.strip()) for one in patterns)


def _lower(fields: Any) -> dict[str, Any]:
    return {str(name).lower(): value for name, value in fields.items()} if isinstance(fields, dict) else {}
