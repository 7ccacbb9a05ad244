"""The files of the content folder: which there are, and the text of those that are texts."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.characters import FORBIDDEN
from generator.content import Content, Places
from generator.problems import Problem

__all__ = ["MAX_TEXT_BYTES", "ContentFolder", "read_text", "scan"]

MAX_TEXT_BYTES = 1_000_000
"""A text larger than this is taken for something else; the longest minutes known have a tenth of it."""


@dataclass(frozen=True, slots=True)
class ContentFolder:
    """What lies in the content folder, by paths relative to it."""

    texts: tuple[PurePosixPath, ...]
    """The Markdown files, sorted."""

    files: frozenset[PurePosixPath]
    """All other files."""


def scan(content: Content) -> tuple[ContentFolder, list[Problem]]:
    """List the files of the content folder; hidden ones are passed over, links out of their folder are problems."""
    problems: list[Problem] = []
    texts: list[PurePosixPath] = []
    files: set[PurePosixPath] = set()
    for below, folder in {"": content.folder, **content.mounts}.items():
        for path in _walk(folder, folder.resolve(), PurePosixPath(below), problems):
            if path.suffix.lower() == ".md":
                texts.append(path)
            else:
                files.add(path)
    return ContentFolder(tuple(sorted(texts)), frozenset(files)), problems


def _walk(folder: Path, root: Path, below: PurePosixPath, problems: list[Problem]) -> Iterator[PurePosixPath]:
    with os.scandir(folder) as found:
        items = sorted(found, key=lambda item: item.name)
    for item in items:
        path = below / item.name
        if item.name.startswith("."):
            continue
        if item.is_symlink():
            target = Path(item.path).resolve()
            if not target.is_relative_to(root) or not target.is_file():
                problems.append(
                    Problem(
                        str(path),
                        1,
                        "Die Verknüpfung führt aus dem Ordner mit den Inhalten heraus oder ins Leere.",
                        "Die Datei selbst hierher kopieren.",
                    )
                )
                continue
        if item.is_dir():
            yield from _walk(Path(item.path), root, path, problems)
        else:
            yield path


def _read(path: Path) -> tuple[bytes, int]:
    """Return a file's bytes, none where it is too large for a text, and how many there are."""
    # Python's own file objects take twice as long for files as small as texts.
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        size = os.fstat(file).st_size
        if size > MAX_TEXT_BYTES:
            return b"", size
        parts = []
        while part := os.read(file, MAX_TEXT_BYTES):
            parts.append(part)
        return b"".join(parts), size
    finally:
        os.close(file)


def read_text(content: Places, path: PurePosixPath) -> tuple[str, list[Problem]]:
    """Return a file's text with line feeds as line ends; where it cannot be read, an empty text and the problems."""
    place = str(path)
    try:
        raw, size = _read(content / path)
    except OSError as error:
        return "", [
            Problem(place, 1, f"Die Datei lässt sich nicht lesen ({error.strerror}).", "Zugriffsrechte prüfen.")
        ]
    if size > MAX_TEXT_BYTES:
        megabytes = f"{size / 1e6:.1f}".replace(".", ",")
        message = f"Die Datei ist mit {megabytes} MB zu groß für einen Text (höchstens 1 MB)."
        return "", [Problem(place, 1, message, "Bilder und Anlagen als eigene Dateien danebenlegen.")]
    if raw.startswith(b"\xef\xbb\xbf"):
        return "", [
            Problem(
                place,
                1,
                "Die Datei beginnt mit einer unsichtbaren Byte-Reihenfolge-Marke (BOM).",
                "Im Editor als „UTF-8“ ohne BOM speichern.",
            )
        ]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return "", [
            Problem(
                place, line, "Die Datei ist nicht in UTF-8 geschrieben.", "Im Editor mit der Kodierung UTF-8 speichern."
            )
        ]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if bad := FORBIDDEN.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        return "", [
            Problem(
                place,
                line,
                f"Hier steht ein unsichtbares Steuerzeichen (U+{ord(bad[0]):04X}).",
                "Die Zeile neu tippen oder den Text als reinen Text einfügen.",
            )
        ]
    if not text or text.isspace():
        return "", [Problem(place, 1, "Die Datei ist leer.", "Den Text ergänzen oder die Datei löschen.")]
    return text, []
