"""Where a Hugo site keeps what, and at which addresses it publishes it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from generator.importing.addresses import host_of
from generator.importing.foreign_text import parsed, read_foreign
from generator.importing.hugo_public import Cascade, cascades_in
from generator.importing.original import refused
from generator.importing.yes_no import is_yes
from generator.problems import Problem

__all__ = ["HugoSite", "address_of", "site_at"]

_CONFIGS = tuple(
    f"{folder}{name}.{suffix}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for suffix in ("toml", "yaml", "yml", "json")
)
_KEPT = re.compile(r"[^\w\s./#+~@-]")
_HYPHENS = re.compile(r"-?(?:\s+-?)+")
_STATIC = re.compile(r"staticdir\d*")
_TOKEN = re.compile(r":([a-z]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class HugoSite:
    """The folders of a site, and what its settings say of addresses."""

    content: Path
    statics: tuple[Path, ...] = ()
    """The folders of files that are published as they are; of two files at one address, the last one's is."""

    host: str = ""
    permalinks: Mapping[str, str] = field(default_factory=dict)
    """Section to the pattern of its pages' addresses."""

    ugly: bool = False
    """Whether pages are files (``/posts/a.html``)."""

    main_sections: frozenset[str] = frozenset()
    language: str = ""
    languages: frozenset[str] = frozenset()
    cascades: tuple[Cascade, ...] = ()
    problems: tuple[Problem, ...] = ()


def site_at(source: Path) -> HugoSite:
    """Look at a site's folder, or at its content folder.

    Raises:
        ProblemsFound: it is none.
    """
    if not source.is_dir():
        raise refused(source, "Das ist kein Ordner.", "Den Ordner der Hugo-Seite nennen, oder den darin mit „content“.")
    for root in (source, source.parent):
        config = next((root / name for name in _CONFIGS if (root / name).is_file()), None)
        if config is not None:
            return _configured(source, root, config)
    statics, problems = _statics(source, {}, "static")
    content = _content(source, source, "content") if (source / "content").is_dir() else source
    return HugoSite(content=content, statics=statics, problems=tuple(problems))


def _configured(source: Path, root: Path, config: Path) -> HugoSite:
    text, problems = read_foreign(config, config.name)
    settings: dict[str, Any] = {}
    if not problems:
        settings, problems = parsed(text, config.suffix, config.name)
    statics, outside = _statics(root, settings, config.name)
    params = settings.get("params")
    main = params.get("mainSections") if isinstance(params, dict) else None
    languages = settings.get("languages")
    return HugoSite(
        content=_content(source, root, str(settings.get("contentdir") or "content")),
        statics=statics,
        host=host_of(str(settings.get("baseurl") or "")),
        permalinks=_permalinks(settings.get("permalinks")),
        ugly=is_yes(settings.get("uglyurls")),
        main_sections=frozenset(map(str, main if isinstance(main, list) else [main] if main else [])),
        language=str(settings.get("defaultcontentlanguage") or "en").lower(),
        languages=frozenset(str(name).lower() for name in languages) if isinstance(languages, dict) else frozenset(),
        cascades=tuple(cascades_in(settings, PurePosixPath())),
        problems=(*problems, *outside),
    )


def _content(source: Path, root: Path, name: str) -> Path:
    folder = _confined(root, name) if source == root else source
    if folder is None or not folder.is_dir():
        raise refused(source, "Hier gibt es keinen Ordner „content“.", "Den Ordner mit den Texten nennen.")
    return folder


def _statics(root: Path, settings: Mapping[str, Any], config: str) -> tuple[tuple[Path, ...], list[Problem]]:
    """Return the folders of static files; of those that lie elsewhere, nothing is taken („staticDir“)."""
    named = [value for name, value in sorted(settings.items()) if _STATIC.fullmatch(name) and value]
    folders: list[Path] = []
    problems: list[Problem] = []
    for name in [one for value in named for one in (value if isinstance(value, list) else [value])] or ["static"]:
        folder = _confined(root, str(name))
        if folder is None:
            message = f"„{name}“ (staticDir) liegt nicht im Ordner der Seite."
            remedy = "Die Dateien hineinkopieren oder ihren Ordner mit --media nennen."
            problems.append(Problem(config, 1, message, remedy))
        elif folder.is_dir():
            folders.append(folder)
    return tuple(folders), problems


def _confined(root: Path, name: str) -> Path | None:
    """Return a folder of the site, which need not be there; None: it lies elsewhere, or nothing can be called so."""
    folder = root / name
    try:
        folder.is_dir()
        return folder if folder.resolve().is_relative_to(root.resolve()) else None
    except (OSError, ValueError):
        return None


def _permalinks(given: Any) -> dict[str, str]:
    if not isinstance(given, dict):
        return {}
    # Patterns may stand by kind of page; a section may also be called as that kind.
    pages = given.get("page")
    patterns = {**given, **pages} if isinstance(pages, dict) else given
    return {str(name): pattern for name, pattern in patterns.items() if isinstance(pattern, str)}


def address_of(path: PurePosixPath, fields: Mapping[str, Any], day: date | None, site: HugoSite) -> str:
    """Return the path at which Hugo publishes a page (Hugo's documentation, „URL management“).

    Args:
        path: its file, relative to the content folder.
        fields: its front matter.
        day: its date.
        site: the site's settings.

    Returns:
        The path with a slash before it; empty where its pattern needs what the page does not say.
    """
    if url := fields.get("url"):
        written = "/" + str(url).strip().lstrip("/")
        return written if written.endswith(("/", ".html", ".htm")) else f"{written}/"
    is_bundle = path.stem in {"index", "_index"}
    folders = path.parent.parts if not is_bundle or path.stem == "_index" else path.parent.parent.parts
    sections = [_urlised(part) for part in folders]
    if path.stem == "_index":
        return _quoted([*sections, ""])
    name = path.parent.name if is_bundle else path.stem
    slug = _urlised(str(fields.get("slug") or name))
    pattern = site.permalinks.get(folders[0] if folders else "/")
    if pattern is not None:
        return _filled(pattern, _Page(sections, name, str(fields.get("title") or name), slug, fields.get("slug"), day))
    return _quoted([*sections, f"{slug}.html"]) if site.ugly else _quoted([*sections, slug, ""])


@dataclass(frozen=True, slots=True)
class _Page:
    sections: list[str]
    name: str
    title: str
    slug: str
    own_slug: Any
    day: date | None


_TOKENS: Mapping[str, Callable[[_Page], str]] = {
    "year": lambda page: f"{page.day:%Y}",
    "month": lambda page: f"{page.day:%m}",
    "day": lambda page: f"{page.day:%d}",
    "yearday": lambda page: str(page.day.timetuple().tm_yday) if page.day else "",
    "section": lambda page: page.sections[0] if page.sections else "",
    "sections": lambda page: "/".join(page.sections),
    "title": lambda page: _urlised(page.title),
    "slug": lambda page: page.slug if page.own_slug else _urlised(page.title),
    "slugorfilename": lambda page: page.slug,
    "slugorcontentbasename": lambda page: page.slug,
    "filename": lambda page: _urlised(page.name),
    "contentbasename": lambda page: _urlised(page.name),
}
_OF_A_DAY = frozenset({"year", "month", "day", "yearday"})


def _filled(pattern: str, page: _Page) -> str:
    names = _TOKEN.findall(pattern)
    if any(name not in _TOKENS or (name in _OF_A_DAY and page.day is None) for name in names):
        return ""
    path = _TOKEN.sub(lambda token: _TOKENS[token[1]](page), pattern).strip("/")
    return _quoted(path.split("/") if path.endswith(".html") else [*path.split("/"), ""])


def _urlised(text: str) -> str:
    """Return a part of a path as Hugo writes it: lower-case, hyphens for spaces, letters of all alphabets."""
    return _HYPHENS.sub("-", _KEPT.sub("", text).strip()).lower()


def _quoted(parts: list[str]) -> str:
    return "/" + quote("/".join(parts).lstrip("/"))
