"""Addresses that were published and are about to die, told before they do, with what would save them.

What counts is what people link to and subscribe to: pages, former addresses, feeds, calendars, downloads. What pages
are made of (pictures, styles, the search index) comes and goes with them, and so do lists by number and year.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import unquote

from generator.channels.view import View
from generator.content import Places
from generator.gate import HeldBack, held_back
from generator.model.entry import Entry
from generator.model.site import PublicSite, Site
from generator.problems import Problem
from generator.published import Published
from generator.reasons import reasons

__all__ = ["address_of_file", "is_for_people", "vanished"]

_GONE = "in kooperation.yml unter „gone:“ die Zeile „- address: /{}“ ergänzen"

_FIELDS = {
    "draft": "draft",
    "not-yet-published": "publish",
    "embargo": "embargo",
    "expired": "expires",
    "withdrawn": "withdraw_on",
    "unsigned": "sign_off",
    "preliminary": "state",
    "original-held-back": "variant",
}
"""The field on whose line a rule that holds an entry back is to be told."""

_PICTURES = frozenset({"avif", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp"})
_PARTS_OF_PAGES = _PICTURES | {"css", "js", "map", "otf", "ttf", "webmanifest", "woff", "woff2"}
"""Files that nobody links to, by their names' ends."""

_OF_THE_SERVER = frozenset({"404.html", "robots.txt", "sitemap.xml"})

_LIKE = 0.6
"""How much alike two names are, of 1, that may be of the same text."""

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}-")


@dataclass(frozen=True)
class _Change:
    """From what was published to what is about to be."""

    published: Published
    authored: Site
    public: PublicSite
    addresses: frozenset[str]
    """What will have an address, unquoted, relative to the site's root."""

    content: Places

    @cached_property
    def given_up(self) -> frozenset[str]:
        return frozenset(item.address for item in self.public.cooperation.gone)

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        return {entry.id: entry for entry in self.public.entries}

    @cached_property
    def by_url(self) -> Mapping[str, Entry]:
        return {entry.url: entry for entry in self.public.entries}

    @cached_property
    def held(self) -> Mapping[str, HeldBack]:
        """What is held back, by address."""
        return {item.entry.url: item for item in held_back(self.authored, self.public.now)}

    @cached_property
    def new(self) -> Mapping[str, Entry]:
        """The entries of which nothing was published, by address."""
        known = self.published.manifest.entries
        urls = set(known.values())
        return {entry.url: entry for entry in self.public.entries if entry.id not in known and entry.url not in urls}

    @cached_property
    def redirected(self) -> frozenset[str]:
        return frozenset(url for entry in self.public.entries for url in entry.former_urls)

    def stays(self, address: str) -> bool:
        """Tell whether an address will still lead to what it led to."""
        return address in self.addresses - self.given_up - self.redirected

    def lost(self, address: str) -> bool:
        """Tell whether an address is about to die, and not on purpose."""
        return address not in self.addresses and address not in self.given_up


def vanished(
    published: Published, authored: Site, public: PublicSite, addresses: frozenset[str], content: Places
) -> Iterator[Problem]:
    """Yield a problem for each published address and id that would be there no more, without redirect or tombstone.

    Args:
        published: what was published.
        authored: everything authored, to say why something is held back.
        public: what is about to be published.
        addresses: the addresses of all pages and files of it, relative to the site's root.
        content: the folder of the texts, to find the lines of fields.
    """
    change = _Change(published, authored, public, frozenset(map(unquote, addresses)), content)
    manifest = published.manifest
    for entry_id, url in manifest.entries.items():
        if change.lost(url):
            yield _lost_text(change, entry_id, url)
        elif entry_id not in change.by_id and url in change.by_url:
            yield _lost_id(change, entry_id, change.by_url[url])
    told = set(manifest.entries.values()) | set(manifest.redirects) | set(manifest.gone)
    for url, target in manifest.redirects.items():
        if change.lost(url):
            yield _lost_redirect(change, url, target)
    comes_and_goes = _lists(public)
    for path in manifest.files:
        address = address_of_file(path)
        if address in told or not change.lost(address) or comes_and_goes(address) or not is_for_people(path, public):
            continue
        page = _page_of(address, public)
        if page != address and not change.stays(page):
            continue  # it goes with its page
        yield _lost_file(change, path, address)


def _lost_text(change: _Change, entry_id: str, url: str) -> Problem:
    """Return what to do about a text's address: it was moved, held back, renamed, or deleted."""
    if (entry := change.by_id.get(entry_id)) is not None:
        message = f"Der Text lag unter /{url} und liegt jetzt unter /{entry.url}; die alte Adresse führt ins Leere."
        return Problem(str(entry.source.path), _line(change, entry, "aliases"), message, f"Hier {_alias(entry, url)}.")
    if (held := change.held.get(url)) is not None:
        why = ", ".join(reasons(held, change.authored, change.public.now))
        message = f"Die veröffentlichte Seite /{url} verschwindet: {why}."
        line = _line(change, held.entry, _FIELDS[held.rules[0]])
        remedy = f"Ist es gewollt, {_GONE.format(url)}; sonst die Angabe hier ändern."
        return Problem(str(held.entry.source.path), line, message, remedy)
    if (entry := _renamed(change, url)) is not None:
        message = f"Unter /{url} steht kein Text mehr; ist dieser es, nur umbenannt?"
        remedy = f"Dann „id: {entry_id}“ und für die Adresse {_alias(entry, url)}; sonst {_GONE.format(url)}."
        return Problem(str(entry.source.path), 1, message, remedy)
    message = f"Die veröffentlichte Seite /{url} gibt es nicht mehr."
    remedy = (
        f"Den Text wiederherstellen, in dem, der sie ersetzt, „aliases: [/{url}]“ ergänzen, oder {_GONE.format(url)}."
    )
    return Problem(change.published.place, change.published.line_of(entry_id), message, remedy)


def _lost_id(change: _Change, entry_id: str, entry: Entry) -> Problem:
    message = f"Die Kennung „{entry_id}“ dieses Textes gibt es nicht mehr; Feeds und Kalender zeigen ihn als neuen."
    return Problem(
        str(entry.source.path), _line(change, entry, "id"), message, f"„id: {entry_id}“ schreiben, damit sie bleibt."
    )


def _lost_redirect(change: _Change, url: str, target: str) -> Problem:
    message = f"Die frühere Adresse /{url} leitet nicht mehr weiter."
    if (entry := change.by_url.get(target)) is not None:
        return Problem(str(entry.source.path), _line(change, entry, "aliases"), message, f"Hier {_alias(entry, url)}.")
    remedy = f"In dem Text, zu dem sie führen soll, „aliases: [/{url}]“ ergänzen, oder {_GONE.format(url)}."
    return Problem(change.published.place, change.published.line_of(url), message, remedy)


def _lost_file(change: _Change, path: str, address: str) -> Problem:
    remedy = f"Wird sie nicht mehr gebraucht, {_GONE.format(address)}."
    if PurePosixPath(path) in change.authored.files:
        message = f"Die veröffentlichte Datei /{address} verschwindet: Kein öffentlicher Text verweist noch auf sie."
        return Problem(path, 1, message, remedy)
    what = "Seite" if address.endswith("/") else "Datei"
    message = f"Die veröffentlichte {what} /{address} gibt es nicht mehr."
    return Problem(change.published.place, change.published.line_of(path), message, remedy)


def _renamed(change: _Change, url: str) -> Entry | None:
    """Return the new text in the same folder whose name is most like that of a text that was there; None: none is."""
    folder = url.partition("/")[0] if url.count("/") > 1 else ""
    names = {
        _name(new): entry
        for new, entry in change.new.items()
        if (new.partition("/")[0] if new.count("/") > 1 else "") == folder
    }
    close = difflib.get_close_matches(_name(url), names, n=1, cutoff=_LIKE)
    return names[close[0]] if close else None


def _name(url: str) -> str:
    """Return the last part of an address without a day at its beginning."""
    return _DAY.sub("", url.rstrip("/").rpartition("/")[2])


def _alias(entry: Entry, url: str) -> str:
    return f"unter „aliases:“ „/{url}“ ergänzen" if entry.aliases else f"die Zeile „aliases: [/{url}]“ ergänzen"


def _line(change: _Change, entry: Entry, field: str) -> int:
    """Return the line of a text's field, else 1."""
    lines = (change.content / entry.source.path).read_text(encoding="utf-8").split("\n")[: entry.source.body_line]
    return next((number for number, line in enumerate(lines, start=1) if line.startswith(f"{field}:")), 1)


def address_of_file(path: str) -> str:
    """Return the address of a site's file."""
    folder, _, name = path.rpartition("/")
    return path if name != "index.html" else f"{folder}/" if folder else ""


def _page_of(address: str, site: PublicSite) -> str:
    """Return the page that a feed or calendar belongs to: the list in its folder, the event of its name."""
    folder, _, name = address.rpartition("/")
    if name.startswith("feed.") or name == View(site).words("address.calendar"):
        return f"{folder}/" if folder else ""
    return f"{address.removesuffix('.ics')}/" if name.endswith(".ics") else address


def _lists(site: PublicSite) -> Callable[[str], bool]:
    """Return what tells whether an address is of a list's further page, or of a year."""
    words = View(site).words
    above = "|".join(map(re.escape, (words("address.page"), words("address.year"), words("address.archive"))))
    return lambda address: re.search(rf"(?:^|/)(?:{above})\d+/$", address) is not None


def is_for_people(path: str, site: PublicSite) -> bool:
    """Tell whether people link to a file, or subscribe to it."""
    at = View(site).at
    if path.startswith(("assets/", ".", "_", f"{at.search}index/", at.previews)) or path in _OF_THE_SERVER:
        return False
    return path.rpartition(".")[2].lower() not in _PARTS_OF_PAGES
