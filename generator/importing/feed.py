"""A feed as a file: RSS 2.0, Atom (RFC 4287) or JSON Feed 1.1."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from generator.importing.addresses import host_of, taken_apart
from generator.importing.foreign_text import cleaned, plain
from generator.importing.names import listed
from generator.importing.original import Found, Original, refused
from generator.importing.placeholders import placeholder
from generator.importing.xml_file import Element, inner_xhtml, parsed_xml, read_whole, text_of

__all__ = ["read_feed"]

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_TAG = re.compile(r"<[^<>]*>")
_CUT_OFF = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|weiterlesen|mehr lesen|read more)\W*\Z", re.IGNORECASE)
_TAIL, _LONGEST_END = 2_000, 200
"""Signs, with and without tags, at the end of a text that tell whether it was cut off."""


def read_feed(source: Path, _zone: ZoneInfo) -> Found:
    """Read a feed that was saved; the kind is told from what stands in it.

    Raises:
        ProblemsFound: it is none.
        OSError: it cannot be read.
    """
    data = read_whole(source)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        items = list(_of_json(data, source))
    else:
        root = parsed_xml(data, source)
        if root.tag == f"{_ATOM}feed":
            items = [_of_atom(entry, source) for entry in root.iter(f"{_ATOM}entry")]
        elif root.tag == "rss":
            items = [_of_rss(item, source) for item in root.iter("item")]
        else:
            message = "Das ist weder ein RSS- noch ein Atom-Feed."
            raise refused(source, message, "Den Feed im Browser öffnen und die Datei unverändert speichern.")
    hosts = {host_of(str(item.fields["link"])) for item in items}
    return Found(texts=tuple(items), hosts=frozenset(hosts - {""}))


def _of_rss(item: Element, source: Path) -> Original:
    whole, short = text_of(item, _CONTENT), text_of(item, "description")
    enclosure = item.find("enclosure")
    picture = item.find(f"{_MEDIA}content") if enclosure is None else enclosure
    is_picture = picture is not None and str(picture.get("type") or picture.get("medium") or "").startswith("image")
    link = text_of(item, "link")
    guid = item.find("guid")
    if not link and guid is not None and guid.get("isPermaLink") != "false":
        link = (guid.text or "").strip()
    return _original(
        f"{source.name}:{item.sourceline}",
        link,
        text_of(item, "guid"),
        whole or short,
        {
            "title": _told(text_of(item, "title")),
            "date": text_of(item, "pubDate") or text_of(item, "{http://purl.org/dc/elements/1.1/}date"),
            "summary": _told(short) if whole else "",
            "categories": [(one.text or "").strip() for one in item.iter("category")],
            "image": picture.get("url") if picture is not None and is_picture else None,
            "author": text_of(item, "author") or text_of(item, "{http://purl.org/dc/elements/1.1/}creator"),
        },
    )


def _of_atom(entry: Element, source: Path) -> Original:
    links = [one for one in entry.iter(f"{_ATOM}link") if one.get("rel") in {None, "alternate"}]
    content, summary = entry.find(f"{_ATOM}content"), entry.find(f"{_ATOM}summary")
    updated = text_of(entry, f"{_ATOM}updated")
    title = entry.find(f"{_ATOM}title")
    body = _construct(content) or _construct(summary)
    return _original(
        f"{source.name}:{entry.sourceline}",
        str(links[0].get("href") or "") if links else "",
        text_of(entry, f"{_ATOM}id"),
        body,
        {
            "title": _told(_construct(title)),
            "date": text_of(entry, f"{_ATOM}published") or updated,
            "lastmod": updated if text_of(entry, f"{_ATOM}published") else None,
            "summary": _told(_construct(summary)) if _construct(content) else "",
            "categories": [str(one.get("label") or one.get("term") or "") for one in entry.iter(f"{_ATOM}category")],
            "author": text_of(entry, f"{_ATOM}author/{_ATOM}name"),
        },
    )


def _construct(element: Element | None) -> str:
    """Return a text construct as HTML (RFC 4287, 3.1)."""
    if element is None:
        return ""
    if element.get("type") == "xhtml":
        return inner_xhtml(element).strip()
    text = (element.text or "").strip()
    return text if element.get("type") == "html" else html.escape(text, quote=False)


def _of_json(data: bytes, source: Path) -> Iterator[Original]:
    try:
        feed = plain(json.loads(data.decode("utf-8-sig")))
    except (ValueError, RecursionError):
        message = "Die Datei ist kein gültiges JSON in UTF-8."
        raise refused(source, message, "Noch einmal ausgeben lassen.") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise refused(source, "Das ist kein JSON-Feed: „items“ fehlt.", "Die Adresse des Feeds prüfen.")
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            told = {name: value for name, value in item.items() if isinstance(value, str)}
            words = told.get("content_text", "")
            paragraphs = (f"<p>{html.escape(part, quote=False)}</p>" for part in words.split("\n\n"))
            tags = item.get("tags")
            yield _original(
                f"{source.name} (Eintrag {number})",
                told.get("url", ""),
                told.get("id", ""),
                told.get("content_html") or "".join(paragraphs),
                {
                    "title": told.get("title"),
                    "date": told.get("date_published"),
                    "lastmod": told.get("date_modified"),
                    "summary": told.get("summary"),
                    "categories": listed(tags) if isinstance(tags, list) else [],
                    "image": told.get("image"),
                    "author": "ja" if item.get("authors") or item.get("author") else "",
                },
            )


def _original(place: str, link: str, own: str, body: str, fields: Mapping[str, Any]) -> Original:
    """Return an entry.

    Args:
        place: where it stands.
        link: the address of its page; empty: it names none.
        own: its id, in all feeds (an IRI) or in this one; empty: it has none.
        body: what it says, in HTML.
        fields: what it says of itself.
    """
    parts = taken_apart(link)
    path = parts.path if link else ""
    given = {name: value for name, value in fields.items() if value}
    end = html.unescape(_TAG.sub("", body[-_TAIL:]))[-_LONGEST_END:]
    if _CUT_OFF.search(end):
        body += f"<p>{placeholder('Rest', 'Der Feed enthielt nur den Anfang')}</p>"
    return Original(
        file=place,
        name=unquote(PurePosixPath(path).stem) or str(given.get("title", "text")),
        role="news",
        markup="html",
        body=cleaned(body),
        address=path if path.strip("/") and not parts.query else "",
        # A mere number is one of this feed only.
        key=link or (own if ":" in own else f"{own} {given.get('title', '')}".strip()),
        fields={**given, "link": link},
    )


def _told(text: str) -> str:
    """Return what HTML says, on one line, without its tags."""
    return " ".join(cleaned(html.unescape(_TAG.sub(" ", text))).split())
