"""What rendering found wrong, told to its author with file and line."""

import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from generator.content import Places
from generator.model.paths import resolve
from generator.problems import Problem
from generator.reading.reader import Reading
from generator.rendering.links import Flaw

__all__ = ["explain", "line_of", "unkept_promises"]


def explain(flaws: Iterable[Flaw], reading: Reading, content: Places) -> Iterator[Problem]:
    """Yield a problem for each flaw, except links to texts with problems of their own: those are told already.

    Args:
        flaws: what is wrong.
        reading: where the texts' lines are found.
        content: the folder of the texts.
    """
    for flaw in flaws:
        if flaw.error is not None:
            line = _line_in_file(content / flaw.path, flaw.target)
            yield Problem(str(flaw.path), line, f"{flaw.target}: {flaw.error.message}", flaw.error.remedy)
            continue
        target = resolve(flaw.path, flaw.target.partition("#")[0].partition("?")[0])
        if flaw.kind == "missing-text" and target in reading.unreadable:
            continue
        yield Problem(str(flaw.path), line_of(flaw.path, flaw.target, reading), *_words(flaw, target, reading))


def unkept_promises(
    promised: Iterable[tuple[PurePosixPath, str, str]], urls: frozenset[str], reading: Reading
) -> Iterator[Problem]:
    """Yield a problem for each link to a page of the site that no channel made.

    Args:
        promised: the text's file, the address as written, the page it must lead to.
        urls: the addresses of all pages and files, relative to the site's root.
        reading: where the texts' lines are found.
    """
    for path, target, url in promised:
        if url not in urls:
            message = f"Der Link „{target}“ führt ins Leere."
            yield Problem(str(path), line_of(path, target, reading), message, "Die Adresse prüfen.")


def _meant(flaw: Flaw, target: PurePosixPath | None, reading: Reading) -> str:
    """Return what to write instead: where a text of that name is, if there is one."""
    named = [path for path in reading.paths if target is not None and path.name == target.name]
    if len(named) != 1:
        return "Den Pfad prüfen; er gilt von dieser Datei aus."
    return f"Gemeint ist wohl „{posixpath.relpath(str(named[0]), str(flaw.path.parent))}“."


def _words(flaw: Flaw, target: PurePosixPath | None, reading: Reading) -> tuple[str, str]:
    match flaw.kind:
        case "missing-text" if target in reading.paths:
            return (
                f"Der Link „{flaw.target}“ führt zu einem Text, der zurzeit nicht öffentlich ist.",
                "Den Link entfernen, bis der Text erscheint.",
            )
        case "missing-text":
            return f"Der Link „{flaw.target}“ führt ins Leere.", _meant(flaw, target, reading)
        case "missing-file":
            return (
                f"Die Datei „{flaw.target}“ gibt es nicht.",
                "Pfad und Schreibweise prüfen (Groß- und Kleinschreibung zählt).",
            )
        case "missing-anchor":
            return (
                f"Der Link „{flaw.target}“ führt zu einer Stelle, die es auf der Seite nicht gibt.",
                "Den Teil nach # prüfen: Er entsteht aus der Überschrift, klein und mit Bindestrichen.",
            )
        case "too-deep":
            return (
                "Der Text ist zu tief verschachtelt.",
                "Listen und Zitate ineinander auflösen; mehr als drei Ebenen liest niemand.",
            )
        case _:
            return (
                f"Dem Bild „{flaw.target}“ fehlt der Alternativtext.",
                "In den eckigen Klammern beschreiben, was zu sehen ist; reine Zierde mit { .dekorativ } kennzeichnen.",
            )


def _line_in_file(file: Path, target: str) -> int:
    """Return the first line on which the address stands, front matter included."""
    lines = file.read_text(encoding="utf-8").split("\n")
    return next((number for number, line in enumerate(lines, start=1) if target in line), 1)


def line_of(path: PurePosixPath, target: str, reading: Reading) -> int:
    """Return the line of the text on which the address stands, else the one on which the body begins."""
    source = reading.paths[path]
    for number, line in enumerate(source.body.split("\n"), start=source.body_line):
        if target in line:
            return number
    return source.body_line
