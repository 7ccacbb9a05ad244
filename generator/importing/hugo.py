"""A Hugo site: texts with front matter in YAML, TOML or JSON, page bundles, and files beside them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from generator.content import Content
from generator.importing.foreign_text import ForeignText, read_foreign, take_apart
from generator.importing.hugo_public import Cascade, cascades_in, held_back
from generator.importing.hugo_site import HugoSite, address_of, site_at
from generator.importing.moments import day_of
from generator.importing.original import Found, Note, Original, refused
from generator.importing.roles import named_role
from generator.problems import Problem
from generator.reading.files import scan

__all__ = ["read_hugo"]

_OTHER_MARKUPS = frozenset({".adoc", ".asciidoc", ".org", ".pandoc", ".pdc", ".rst"})
_TERMS = frozenset({"tags", "categories", "authors", "series"})


def read_hugo(source: Path, zone: ZoneInfo) -> Found:
    """Read a site.

    Args:
        source: its folder, or its content folder; settings and static files are found from either.
        zone: in which days are counted where a date names no other.

    Raises:
        ProblemsFound: it is none.
    """
    site = site_at(source)
    folder, problems = scan(Content(site.content))
    problems += site.problems
    texts = [path for path in folder.texts if path.suffix == ".md"]
    texts += sorted(path for path in folder.files if path.suffix in {".html", ".htm", ".markdown"})
    if not texts:
        raise refused(source, "Hier liegt kein einziger Text.", "Den Ordner nennen, in dem die Texte (.md) liegen.")
    bundles = {path.parent for path in texts if path.stem == "index"}
    originals: list[Original] = []
    left_out = [
        Note(str(path), f"Texte in der Form „{path.suffix}“ werden nicht übernommen")
        for path in sorted(folder.files)
        if path.suffix in _OTHER_MARKUPS
    ]
    read: dict[PurePosixPath, ForeignText] = {}
    addresses: dict[PurePosixPath, str] = {}
    for path in texts:
        if reason := _reason_against(path, bundles, site):
            left_out.append(Note(str(path), reason))
            continue
        parts, found = _taken_apart(site, path)
        problems += found
        if parts is not None:
            read[path] = parts
    cascades = list(site.cascades)
    for path, parts in read.items():
        if _place(path, site).stem == "_index":
            cascades += cascades_in(parts.fields, path.parent)
    for path, parts in read.items():
        original = _original(parts, path, site, cascades, zone)
        originals.append(original)
        if path.stem == "index":
            addresses[path.parent] = original.address
    files, found = _static_files(site)
    problems += found
    files |= _files_beside(site, folder.files - set(texts), addresses)
    return Found(
        texts=tuple(_with_news(originals, site)),
        files=files,
        hosts=frozenset({site.host} - {""}),
        left_out=tuple(left_out),
        problems=tuple(problems),
    )


def _reason_against(path: PurePosixPath, bundles: set[PurePosixPath], site: HugoSite) -> str:
    """Return why a text is none for us (a German phrase); empty: it is one."""
    language = path.stem.rpartition(".")[2].lower() if "." in path.stem else ""
    if language in site.languages - {site.language} or path.parts[0] in site.languages - {site.language}:
        return "Fassung in einer anderen Sprache"
    if path.stem not in {"index", "_index"} and not bundles.isdisjoint(path.parents):
        return "Teil einer anderen Seite (page resource), bei Hugo ohne eigene Adresse"
    if path.stem == "_index" and path.parts[0] in _TERMS:
        return "Beschreibung von Schlagwörtern; Themen stehen hier in kooperation.yml"
    return ""


def _taken_apart(site: HugoSite, path: PurePosixPath) -> tuple[ForeignText | None, list[Problem]]:
    text, problems = read_foreign(site.content / path, str(path))
    if problems:
        return None, problems
    parts, problems = take_apart(text, str(path))
    return (None, problems) if problems else (parts, [])


def _place(path: PurePosixPath, site: HugoSite) -> PurePosixPath:
    """Return a text's file without the name of its language."""
    if site.language and path.stem.endswith(f".{site.language}"):
        return path.with_name(path.stem.removesuffix(f".{site.language}") + path.suffix)
    return path


def _original(
    parts: ForeignText, path: PurePosixPath, site: HugoSite, cascades: Sequence[Cascade], zone: ZoneInfo
) -> Original:
    nested = parts.fields.get("params")
    own = {str(name).lower(): value for name, value in nested.items()} if isinstance(nested, dict) else {}
    fields = {**own, **parts.fields}
    place = _place(path, site)
    is_bundle = place.stem == "index"
    name = place.parent.name if is_bundle or place.stem == "_index" else place.stem
    role = named_role(fields.get("type"), place.parts[0] if len(place.parts) > 1 else "") or "page"
    section = str(place.parent) if place.stem == "_index" else ""
    return Original(
        file=str(path),
        name=str(fields.get("slug") or name),
        role="page" if section else role,
        markup="html" if path.suffix in {".html", ".htm"} else "hugo",
        body=parts.body,
        address=address_of(place, fields, day_of(str(fields.get("date")), zone), site),
        aliases=_aliases(fields, place),
        section=section,
        fields=fields,
        held_back=held_back(fields, place, cascades),
    )


def _aliases(fields: Mapping[str, Any], path: PurePosixPath) -> tuple[str, ...]:
    """Return former addresses; those without a slash before them begin at the page's section."""
    given = fields.get("aliases")
    listed = given if isinstance(given, list) else [given] if given else []
    folder = path.parent.parent if path.stem == "index" else path.parent
    return tuple(str(one) if str(one).startswith("/") else f"/{folder / str(one)}" for one in listed if one)


def _with_news(originals: list[Original], site: HugoSite) -> Iterator[Original]:
    """Yield the texts, those of the main sections as news: those of the settings, else the fullest (mainSections)."""
    count = Counter(_section(one) for one in originals if _section(one) and not one.section and "date" in one.fields)
    main = site.main_sections
    if not main and not any(one.role == "news" for one in originals):
        main = frozenset(name for name, _ in count.most_common(1))
    for one in originals:
        is_news = one.role == "page" and not one.section and _section(one) in main
        yield replace(one, role="news") if is_news else one


def _section(original: Original) -> str:
    path = PurePosixPath(original.file)
    return path.parts[0] if len(path.parts) > (2 if path.stem == "index" else 1) else ""


def _static_files(site: HugoSite) -> tuple[dict[str, Path], list[Problem]]:
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    for static in site.statics:
        folder, found = scan(Content(static))
        files |= {f"/{quote(str(path))}": static / path for path in folder.files}
        problems += found
    return files, problems


def _files_beside(
    site: HugoSite, paths: frozenset[PurePosixPath], bundles: Mapping[PurePosixPath, str]
) -> dict[str, Path]:
    """Return the files beside the texts by their addresses."""
    files: dict[str, Path] = {}
    for path in paths:
        bundle = next((parent for parent in path.parents if parent in bundles), None)
        if bundle is not None:
            files[bundles[bundle] + quote(str(path.relative_to(bundle)))] = site.content / path
        files[f"/{quote(str(path))}"] = site.content / path
    return files
