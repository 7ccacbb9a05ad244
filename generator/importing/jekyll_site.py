"""What the settings of a Jekyll site say: which files are part of it, which of them are pages, and where those are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any

from generator.importing.foreign_text import parsed, read_foreign
from generator.importing.yes_no import is_yes
from generator.problems import Problem

__all__ = ["JekyllSite", "site_at"]

_INHERITED = ("permalink", "published")


@dataclass(frozen=True, slots=True)
class _Default:
    """Fields that hold for the texts of a folder and a type that do not have them themselves."""

    path: str
    kind: str
    fields: Mapping[str, Any]

    def concerns(self, path: PurePosixPath, kind: str) -> bool:
        within = not self.path or any(fnmatchcase(str(one), self.path) for one in (path, *path.parents))
        return within and self.kind in {"", kind}


@dataclass(frozen=True, slots=True, kw_only=True)
class JekyllSite:
    """The settings of a site; without any, it is as Jekyll has it."""

    url: str = ""
    permalink: str = "date"
    collections: Mapping[str, str] = field(default_factory=dict)
    """Each collection with the pattern of its addresses; empty: the usual one."""

    published: frozenset[str] = frozenset()
    """The collections whose texts are pages."""

    folder: str = ""
    """Where the folders of the collections are."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    defaults: tuple[_Default, ...] = ()

    def excludes(self, path: PurePosixPath) -> bool:
        """Tell whether the settings except a file, or a folder that it lies in („exclude“)."""
        names = [str(one) for one in (path, *path.parents) if one.name and not self._includes(one.name)]
        return any(fnmatchcase(name, one) or name.startswith(one) for name in names for one in self.exclude)

    def hidden_part(self, path: PurePosixPath) -> str:
        """Return the first name in a path, below the folder with an underscore, that makes Jekyll pass it over."""
        parts = path.parts
        special = self.special(path)
        if special:
            parts = parts[parts.index(special) + 1 :]
        hidden = (one for one in parts if one.startswith(("_", "#", "~")) or one.endswith("~"))
        return next((one for one in hidden if not self._includes(one)), "")

    def special(self, path: PurePosixPath) -> str:
        """Return the folder of posts, drafts or a collection that a file lies in; empty: it may be a page."""
        return next((one for one in path.parts[:-1] if one.startswith("_") and not self._includes(one)), "")

    def has_collection(self, path: PurePosixPath) -> bool:
        """Tell whether a file lies in the folder of posts, drafts or a collection that there is."""
        special = self.special(path)
        if special in {"_posts", "_drafts"}:
            return True
        return special[1:] in self.collections and PurePosixPath(self.folder, special) in path.parents

    def inherited(self, path: PurePosixPath) -> dict[str, Any]:
        """Return what the settings say of a text in its place („Front Matter Defaults“); longer paths go before."""
        kind = self.special(path)[1:] or "pages"
        concerning = [one for one in self.defaults if one.concerns(path, kind)]
        found: dict[str, Any] = {}
        for one in sorted(concerning, key=lambda default: (len(default.path), bool(default.kind))):
            found |= {name: one.fields[name] for name in _INHERITED if name in one.fields}
        return found

    def _includes(self, name: str) -> bool:
        return any(fnmatchcase(name, one.strip("/")) for one in self.include)


def site_at(source: Path) -> tuple[JekyllSite, list[Problem]]:
    """Read a site's settings."""
    config = next((source / name for name in ("_config.yml", "_config.yaml") if (source / name).is_file()), None)
    if config is None:
        return JekyllSite(), []
    text, problems = read_foreign(config, config.name)
    settings, found = parsed(text, ".yml", config.name) if not problems else ({}, [])
    given = settings.get("collections")
    # A mere list gives none of them pages, and neither does a collection that does not ask for them.
    named = dict.fromkeys(map(str, given)) if isinstance(given, list) else given if isinstance(given, dict) else {}
    options = {name: value if isinstance(value, dict) else {} for name, value in named.items()}
    site = JekyllSite(
        url=str(settings.get("url") or ""),
        permalink=str(settings.get("permalink") or "date"),
        collections={name: str(value.get("permalink") or "") for name, value in options.items()},
        published=frozenset(name for name, value in options.items() if is_yes(value.get("output"))),
        folder=str(settings.get("collections_dir") or "").strip("/"),
        include=tuple(_patterns(settings.get("include"))),
        exclude=tuple(_patterns(settings.get("exclude"))),
        defaults=tuple(_defaults(settings.get("defaults"))),
    )
    return site, [*problems, *found]


def _patterns(given: Any) -> Iterator[str]:
    """Yield patterns of file names (File.fnmatch) as Python has them."""
    for one in given if isinstance(given, list) else [given]:
        if isinstance(one, str) and one.strip("/"):
            yield one.lstrip("/").replace("[^", "[!")


def _defaults(given: Any) -> Iterator[_Default]:
    for one in given if isinstance(given, list) else []:
        scope, values = (one.get("scope"), one.get("values")) if isinstance(one, dict) else (None, None)
        if isinstance(scope, dict) and isinstance(values, dict):
            yield _Default(str(scope.get("path") or "").strip("/"), str(scope.get("type") or ""), values)
