"""The last look at what is about to be published: names and files that look as if they were not meant to be."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from html import unescape
from pathlib import PurePosixPath
from typing import Any

from generator.channels.output import File
from generator.model.record import Record
from generator.model.roles import Roles
from generator.model.site import PublicSite, Site
from generator.placeholder import unfilled
from generator.problems import Problem
from generator.reading.names import names_in_path
from generator.reading.reader import COOPERATION_FILE, Reading
from generator.reading.suspicion import is_suspicious_path

__all__ = ["family_names", "links_to_hidden", "names_in_files", "placeholders", "suspicious_files"]

_PUBLIC_ALL_THE_SAME = (
    "Ist sie öffentlich, sie umbenennen; sonst den Verweis entfernen oder zur Anlage „public: nein“ schreiben."
)


def family_names(site: PublicSite, roles: Roles, reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each family name of the list that stands alone in a public text.

    Args:
        site: what has passed the gate.
        roles: the list.
        reading: where the texts' lines are found.
    """
    if not roles.by_name:
        return
    for path, record in _records(site):
        for family in roles.family_in("\n".join(_texts(record))):
            yield Problem(
                str(path),
                _line(path, family, reading, roles),
                f"Hier steht „{family}“, ein Nachname aus der Namensliste, ohne den Vornamen.",
                f"Den ganzen Namen schreiben oder „{family}: …“ in die Namensliste aufnehmen.",
            )


def names_in_files(files: Iterable[File], roles: Roles) -> Iterator[Problem]:
    """Yield a problem for each text of which a finished file would tell a name of the list nevertheless.

    Lists, feeds and the like tell what texts tell; of them only those are named whose name stands in no page of a text.
    """
    if not roles.by_name:
        return
    told: set[str] = set()
    for file in sorted(files, key=lambda file: (file.source is None, file.path)):
        for name in roles.whole_in(file.data.decode(errors="replace")):
            if file.source is None and name in told:
                continue
            told.add(name)
            yield Problem(
                str(file.source or file.path),
                1,
                f"Unter /{file.url} stünde „{name}“ aus der Namensliste.",
                "Die Stelle im Text suchen und den Namen dort zusammenhängend schreiben.",
            )


def suspicious_files(files: Iterable[PurePosixPath], roles: Roles) -> Iterator[Problem]:
    """Yield a problem for each authored file that is about to be published and whose name speaks against it."""
    for path in sorted(files):
        for name in names_in_path(path, roles):
            message = f"Der Name der Datei enthält „{name}“ aus der Namensliste; sie würde veröffentlicht."
            yield Problem(str(path), 1, message, _PUBLIC_ALL_THE_SAME)
        if is_suspicious_path(path):
            message = "Der Name der Datei sieht nach etwas Nichtöffentlichem aus; sie würde veröffentlicht."
            yield Problem(str(path), 1, message, _PUBLIC_ALL_THE_SAME)


def placeholders(site: PublicSite, reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each placeholder of a new text that is still there („‹Wer eröffnet›“).

    Args:
        site: what has passed the gate.
        reading: where the texts' lines are found.
    """
    for path, record in _records(site):
        yield from unfilled("\n".join(_texts(record)), str(path), partial(_line, path, reading=reading))


def links_to_hidden(site: PublicSite, authored: Site, reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each full address in a public text that leads to a text which is not public.

    Links by file or path are looked at where they are resolved; a full address could as well lead to something else on
    the same host.

    Args:
        site: what is public, rendered.
        authored: everything authored.
        reading: where the texts' lines are found.
    """
    base = site.cooperation.base_url
    public = {entry.url for entry in site.entries}
    hidden = {entry.url for entry in authored.entries} - public
    own = re.compile(rf'href="({re.escape(base)}([^"?#]*)[^"]*)"')
    for entry in site.entries if hidden else ():
        for written, url in own.findall(site.bodies[entry.id].html):
            if f"{url.strip('/')}/" in hidden:
                line = _line(entry.source.path, unescape(written), reading)

                message = f"Der Link „{unescape(written)}“ führt zu einem Text, der zurzeit nicht öffentlich ist."
                yield Problem(str(entry.source.path), line, message, "Den Link entfernen, bis der Text erscheint.")


def _records(site: PublicSite) -> Iterator[tuple[PurePosixPath, Record]]:
    """Yield everything that is written and public, with its file."""
    yield COOPERATION_FILE, site.cooperation
    yield from ((entry.source.path, entry) for entry in site.entries)


def _line(path: PurePosixPath, text: str, reading: Reading, read_as: Callable[[str], str] = str) -> int:
    """Return the line of a text's body in which something stands, once the line is read in some way; else 1."""
    source = reading.paths.get(path)
    lines = source.body.split("\n") if source else []
    return next((source.body_line + at for at, line in enumerate(lines) if source and text in read_as(line)), 1)


def _texts(value: Any) -> Iterator[str]:
    """Yield all texts in a record and in the records in it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Record):
        for _, part in value:
            yield from _texts(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
