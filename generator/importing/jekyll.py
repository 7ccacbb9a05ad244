"""A Jekyll site: dated posts, drafts, collections, and pages."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from generator.content import Content
from generator.importing.addresses import host_of
from generator.importing.foreign_text import read_foreign, take_apart
from generator.importing.jekyll_address import address_of, post_name
from generator.importing.jekyll_site import JekyllSite, site_at
from generator.importing.moments import day_of
from generator.importing.original import Found, Note, Original, refused
from generator.importing.roles import named_role
from generator.importing.yes_no import is_no, is_yes
from generator.problems import Problem
from generator.reading.files import scan

__all__ = ["read_jekyll"]

_TEXTS = frozenset({".md", ".markdown", ".mkd", ".mkdown", ".html", ".htm"})
_MACHINERY = frozenset({"_site", "_layouts", "_includes", "_sass", "_data", "_plugins", "node_modules", "vendor"})
_READMES = frozenset({"readme", "license", "licence", "changelog", "contributing", "code_of_conduct"})
_SPACES = re.compile(r"\s+")


def read_jekyll(source: Path, zone: ZoneInfo) -> Found:
    """Read a site.

    Args:
        source: its folder, that with ``_posts``.
        zone: in which days are counted where a date names no other.

    Raises:
        ProblemsFound: it is none.
    """
    if not source.is_dir():
        raise refused(source, "Das ist kein Ordner.", "Den Ordner der Jekyll-Seite nennen.")
    site, problems = site_at(source)
    folder, found = scan(Content(source))
    problems += found
    everything = [path for path in (*folder.texts, *sorted(folder.files)) if not _MACHINERY & set(path.parts)]
    if not any("_posts" in path.parts or path.suffix == ".md" for path in everything):
        message = "Hier liegt kein einziger Text."
        raise refused(source, message, "Den Ordner nennen, in dem „_posts“ und „_config.yml“ liegen.")
    originals: list[Original] = []
    left_out: list[Note] = []
    files: dict[str, Path] = {}
    for path in everything:
        reason = _reason_against(path, site)
        if path.suffix.lower() not in _TEXTS:
            if not reason and not site.special(path):
                files[f"/{quote(str(path))}"] = source / path
            continue
        if reason:
            if path.stem.lower() not in _READMES:
                left_out.append(Note(str(path), reason))
            continue
        text, found = read_foreign(source / path, str(path))
        if not found and not text.startswith("---"):
            # Jekyll itself copies what has no front matter.
            if path.stem.lower() not in _READMES:
                left_out.append(Note(str(path), "ohne Angaben am Anfang, also für Jekyll kein Text"))
            continue
        original, more = _read(text, path, site, zone) if not found else (None, [])
        problems += [*found, *more]
        if original is not None:
            originals.append(original)
    return Found(
        texts=tuple(originals),
        files=files,
        hosts=frozenset({host_of(site.url)} - {""}),
        left_out=tuple(left_out),
        problems=tuple(problems),
    )


def _reason_against(path: PurePosixPath, site: JekyllSite) -> str:
    """Return why a file is no part of the site (a German phrase); empty: it is."""
    if site.excludes(path):
        return "nimmt _config.yml aus (exclude)"
    special = site.special(path)
    if special and not site.has_collection(path):
        return f"gehört zu keiner Sammlung, die _config.yml nennt („{special}“)"
    hidden = site.hidden_part(path)
    return f"gehört für Jekyll nicht zur Seite („{hidden}“)" if hidden else ""


def _read(text: str, path: PurePosixPath, site: JekyllSite, zone: ZoneInfo) -> tuple[Original | None, list[Problem]]:
    parts, problems = take_apart(text, str(path))
    if problems:
        return None, problems
    written_on, name = post_name(path)
    special = site.special(path)
    fields = {**site.inherited(path), **parts.fields}
    if written_on and special == "_posts":
        fields.setdefault("date", written_on.isoformat())
    for several in ("tags", "categories", "category", "tag"):
        if isinstance(fields.get(several), str):
            fields[several] = _SPACES.split(fields[several].strip()) if several.endswith("s") else [fields[several]]
    above = path.parts[: path.parts.index("_posts")] if special == "_posts" else ()
    fields["categories"] = [*above, *(fields.get("categories") or fields.pop("category", None) or [])]
    day = day_of(str(fields.get("date")), zone)
    pageless = _reason_without_page(path, special, site)
    return (
        Original(
            file=str(path),
            name=str(fields.get("slug") or (path.parent.name if name == "index" else name)),
            role="news" if special in {"_posts", "_drafts"} else named_role(special[1:], fields.get("type")) or "page",
            markup="html" if path.suffix in {".html", ".htm"} else "jekyll",
            body=parts.body,
            address="" if pageless else address_of(path, special, name, fields, day, site),
            aliases=tuple(_redirects(fields)),
            section="." if path.name.startswith("index.") and len(path.parts) == 1 else "",
            fields=fields,
            held_back=pageless or _held_back(fields),
        ),
        [],
    )


def _reason_without_page(path: PurePosixPath, special: str, site: JekyllSite) -> str:
    """Return why a text had no page, whatever it says of itself (a German phrase); empty: it had one."""
    if special == "_drafts":
        return "war ein Entwurf"
    if special == "_posts":
        return "" if post_name(path)[0] else "hatte keinen Tag im Namen der Datei und erschien deshalb nicht"
    is_published = not special or special[1:] in site.published
    return "" if is_published else "gehörte zu einer Sammlung ohne eigene Seiten (output: false)"


def _held_back(fields: Mapping[str, Any]) -> str:
    if is_yes(fields.get("draft")):
        return "war ein Entwurf"
    return "war nicht veröffentlicht (published: false)" if is_no(fields.get("published")) else ""


def _redirects(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the plug-in jekyll-redirect-from makes lead to the text."""
    given = fields.get("redirect_from")
    for one in given if isinstance(given, list) else [given] if given else []:
        yield f"/{str(one).lstrip('/')}"
