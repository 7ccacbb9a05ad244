"""Addresses that more than one thing claims."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from generator.channels.output import Copy, File, LazyFile
from generator.content import Places
from generator.gate import held_back
from generator.model.site import PublicSite, Site
from generator.problems import Problem
from generator.reading.reader import COOPERATION_FILE

__all__ = ["claimed_twice", "given_up_in_vain"]

_Addressed = File | LazyFile | Copy

_FOR_GOOD = frozenset({"expired", "withdrawn"})
"""The rules that never let an entry pass again."""


def claimed_twice(files: Iterable[File | LazyFile], copies: Iterable[Copy], site: PublicSite) -> Iterator[Problem]:
    """Yield a problem for each address that two files claim; those given up are left to `given_up_in_vain`.

    Args:
        files: what the channels made.
        copies: the files that lie ready, those of authors among them.
        site: what is public.
    """
    names = {str(path): path for path in site.files}
    given_up = {item.address for item in site.cooperation.gone}
    taken: dict[str, _Addressed] = {}
    made: list[_Addressed] = [*files, *(copy for copy in copies if copy.path not in names)]
    for file in made:
        if (own := names.get(file.path)) is not None:
            yield Problem(
                str(own),
                1,
                f"Die Adresse /{file.url} ist schon vergeben.",
                "Die Datei umbenennen; unter dieser Adresse legt Schaukasten selbst eine an.",
            )
        other = taken.setdefault(file.url, file)
        if other is not file and unquote(file.url) not in given_up:
            place: PurePosixPath = file.source or other.source or COOPERATION_FILE
            yield Problem(
                str(place),
                1,
                f"Die Adresse /{file.url} ist schon vergeben.",
                "Die Datei umbenennen; unter dieser Adresse legt Schaukasten selbst eine Seite an.",
            )


def given_up_in_vain(
    authored: Site, public: PublicSite, made: Iterable[_Addressed], content: Places
) -> Iterator[Problem]:
    """Yield a problem for each address that the settings call gone and that is there, or is going to be.

    Args:
        authored: everything authored.
        public: what is public.
        made: everything that is to have an address.
        content: the folder of the texts, to find the line in the settings.
    """
    if not public.cooperation.gone:
        return
    there = Counter(unquote(file.url) for file in made)
    coming = {
        item.entry.url: item.entry.source.path
        for item in held_back(authored, public.now)
        if not _FOR_GOOD & set(item.rules)
    }
    for address, times in Counter(item.address for item in public.cooperation.gone).items():
        line = _line(content, address)
        if times > 1:
            message = f"Die aufgegebene Adresse /{address} steht zweimal unter „gone“."
            yield Problem(str(COOPERATION_FILE), line, message, "Einen der Einträge entfernen.")
        # Pages that are gone have a page that says so, once for each time they are named.
        if there[address] > (times if address.endswith("/") else 0):
            message = f"Die Adresse /{address} steht unter „gone“, aber es gibt sie."
            yield Problem(str(COOPERATION_FILE), line, message, "Den Eintrag entfernen.")
        elif address in coming:
            message = f"Die Adresse /{address} steht unter „gone“, aber {coming[address]} soll noch erscheinen."
            yield Problem(str(COOPERATION_FILE), line, message, "Den Eintrag oder den Text entfernen.")


def _line(content: Places, address: str) -> int:
    """Return the line of the settings on which an address is given up, else 1."""
    lines = (content / COOPERATION_FILE).read_text(encoding="utf-8").split("\n")
    start = next((at for at, line in enumerate(lines) if line.startswith("gone:")), 0)
    written = re.compile(rf"[\s\"']/?{re.escape(address.strip('/'))}/?(?=[\s\"',}}]|$)")
    return next((at + 1 for at, line in enumerate(lines) if at >= start and written.search(unquote(line))), 1)
