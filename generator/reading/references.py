"""References between texts, and between texts and settings: each must lead somewhere, and every name must be unique."""

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath

from generator.model.cooperation import LISTS, Cooperation
from generator.model.edition import Edition
from generator.model.entry import Entry
from generator.model.ids import Refers
from generator.model.page import Page
from generator.model.paths import resolve
from generator.model.record import Record
from generator.model.remedies import choose_of
from generator.model.shape import Shape, authored_fields, shape_of
from generator.model.site import Site
from generator.problems import Problem
from generator.reading.yaml_tree import YamlTree

__all__ = ["check_cooperation", "check_references"]

_Place = tuple[str | int, ...]


def check_references(site: Site, trees: dict[PurePosixPath, YamlTree], unreadable: set[str]) -> Iterator[Problem]:
    """Yield a problem for each reference that leads nowhere and each name given twice.

    Args:
        site: everything read.
        trees: the fields of each text as written, by its path, for the lines of problems.
        unreadable: the ids of texts that have problems of their own; a reference to them is none.
    """
    known = {name: {item.id for item in getattr(site.cooperation, name)} for name in LISTS}
    known["entries"] = {entry.id for entry in site.entries} | unreadable
    for entry in site.entries:
        tree = trees[entry.source.path]
        yield from _unknown(entry, tree, str(entry.source.path), known)
        yield from _missing_files(entry, tree, site.files)
    yield from _given_twice(
        site.entries,
        trees,
        "id",
        "Die Kennung",
        "Die Datei umbenennen oder mit „id: …“ eine andere Kennung geben.",
    )
    yield from _same_url(site.entries, trees)
    yield from _variants(site.entries, trees)
    editions = [entry for entry in site.entries if isinstance(entry, Edition)]
    yield from _given_twice(editions, trees, "number", "Die Nummer", "Jeder Ausgabe eine eigene Nummer geben.")


def check_cooperation(
    cooperation: Cooperation, tree: YamlTree, place: str, files: frozenset[PurePosixPath]
) -> Iterator[Problem]:
    """Yield a problem for each id given twice in the settings, or named and unknown, and for pictures not there."""
    known = {name: {item.id for item in getattr(cooperation, name)} for name in LISTS}
    yield from _unknown(cooperation, tree, place, known)
    for name in LISTS:
        seen: dict[str, int] = {}
        for index, item in enumerate(getattr(cooperation, name)):
            line = tree.line_of((name, index, "id"))
            if item.id in seen:
                yield Problem(
                    place,
                    line,
                    f"Die Kennung „{item.id}“ gibt es zweimal (zuerst in Zeile {seen[item.id]}).",
                    "Eine von beiden ändern.",
                )
            seen.setdefault(item.id, line)
    named: list[tuple[_Place, str | None]] = [
        (("municipalities", index, "coat_of_arms"), municipality.coat_of_arms)
        for index, municipality in enumerate(cooperation.municipalities)
    ]
    brand = cooperation.brand
    named += [(("brand", "logo"), brand.logo), (("brand", "icon"), brand.icon)]
    named += [(("brand", "font_files", index, "file"), font.file) for index, font in enumerate(brand.font_files)]
    for path, file in named:
        if file is not None and PurePosixPath(file) not in files:
            line = tree.line_of(path)
            yield Problem(place, line, f"Die Datei „{file}“ gibt es nicht.", "Pfad prüfen oder die Datei ablegen.")


def _unknown(record: Record, tree: YamlTree, place: str, known: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    for path, value, refers in _references(record):
        if value not in known[refers.to]:
            message = f"{refers.what} „{value}“ ist nicht bekannt."
            yield Problem(place, tree.line_of(path), message, _suggest(value, known[refers.to]))


def _references(record: Record, place: _Place = ()) -> Iterator[tuple[_Place, str, Refers]]:
    """Yield where each reference in a record is written, the id that is named, and what it refers to."""
    for name, shape in _references_in(type(record)):
        value = getattr(record, name)
        items = value if shape.is_list else () if value is None else (value,)
        refers = shape.mark(Refers)
        for index, item in enumerate(items):
            path = (*place, name, index) if shape.is_list else (*place, name)
            if refers is not None:
                yield path, item, refers
            else:
                yield from _references(item, path)


@cache
def _references_in(model: type[Record]) -> tuple[tuple[str, Shape], ...]:
    """Return the fields that refer to something, or hold records that do."""
    shapes = [(name, shape_of(field)) for name, field in authored_fields(model)]
    return tuple(
        (name, shape)
        for name, shape in shapes
        if shape.mark(Refers) or (shape.record is not None and _references_in(shape.record))
    )


def _suggest(value: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(value, known, n=1, cutoff=0.6)
    if close:
        return f"Gemeint ist wohl „{close[0]}“."
    listed = sorted(known)
    return choose_of(listed) if len(listed) <= 20 else "Die Kennung prüfen."


def _missing_files(entry: Entry, tree: YamlTree, files: frozenset[PurePosixPath]) -> Iterator[Problem]:
    named: list[tuple[_Place, str]] = [
        (("attachments", index, "file"), attachment.file) for index, attachment in enumerate(entry.attachments)
    ]
    if entry.image is not None:
        named.append((("image", "file"), entry.image.file))
    for path, name in named:
        target = resolve(entry.source.path, name)
        if target is None:
            yield Problem(
                str(entry.source.path),
                tree.line_of(path),
                f"Der Pfad „{name}“ führt aus dem Ordner mit den Inhalten heraus.",
                "Die Datei in den Ordner legen und den Pfad anpassen.",
            )
        elif target not in files:
            yield Problem(
                str(entry.source.path),
                tree.line_of(path),
                f"Die Datei „{name}“ gibt es nicht.",
                "Pfad und Schreibweise prüfen (Groß- und Kleinschreibung zählt).",
            )


def _given_twice(
    entries: Iterable[Entry], trees: dict[PurePosixPath, YamlTree], field: str, what: str, remedy: str
) -> Iterator[Problem]:
    """Yield a problem for each entry whose field has a value that an earlier one has."""
    taken: dict[object, Entry] = {}
    for entry in entries:
        value = getattr(entry, field)
        other = taken.setdefault(value, entry)
        if other is not entry:
            path = entry.source.path
            message = f"{what} „{value}“ hat schon {other.source.path}."
            yield Problem(str(path), trees[path].line_of((field,)), message, remedy)


def _variants(entries: Iterable[Entry], trees: dict[PurePosixPath, YamlTree]) -> Iterator[Problem]:
    """Yield a problem for each other form of a text that is itself one, and for each that the text has already."""
    pages = [(entry, entry.variant) for entry in entries if isinstance(entry, Page) and entry.variant is not None]
    names = {page.id for page, _ in pages}
    taken: dict[tuple[str, str], Page] = {}
    for page, variant in pages:
        path = page.source.path
        line = trees[path].line_of(("variant", "of"))
        if variant.of in names:
            message = f"„{variant.of}“ ist selbst nur eine andere Fassung."
            yield Problem(str(path), line, message, "Die Kennung des Textes nennen, den beide wiedergeben.")
        other = taken.setdefault((variant.of, variant.kind), page)
        if other is not page:
            message = f"Diese Fassung von „{variant.of}“ gibt es schon: {other.source.path}."
            yield Problem(str(path), line, message, "Eine der beiden Seiten löschen oder „kind“ prüfen.")


def _same_url(entries: Iterable[Entry], trees: dict[PurePosixPath, YamlTree]) -> Iterator[Problem]:
    taken: dict[str, Entry] = {}
    for entry in entries:
        other = taken.setdefault(entry.url, entry)
        if other is not entry:
            yield Problem(
                str(entry.source.path),
                1,
                f"Die Adresse /{entry.url} hat schon {other.source.path}.",
                "Eine der beiden Dateien umbenennen.",
            )
    for entry in entries:
        path = entry.source.path
        for index, (alias, url) in enumerate(zip(entry.aliases, entry.former_urls, strict=True)):
            other = taken.setdefault(url, entry)
            if other is not entry or url == entry.url:
                yield Problem(
                    str(path),
                    trees[path].line_of(("aliases", index)),
                    f"Die frühere Adresse „{alias}“ gehört schon zu {other.source.path}.",
                    "Den Eintrag entfernen oder die Adresse prüfen.",
                )
