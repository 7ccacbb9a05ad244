"""An export of WordPress (WXR 1.2): posts, pages, and what is known of pictures."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from generator.importing.addresses import host_of, taken_apart
from generator.importing.arguments import arguments_of
from generator.importing.foreign_text import cleaned
from generator.importing.original import Found, Note, Original, Role, refused
from generator.importing.wordpress_markup import GALLERY
from generator.importing.xml_file import Element, parsed_xml, read_whole, text_of

__all__ = ["read_wordpress"]

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_ROLES: Mapping[str, Role] = {"post": "news", "page": "page", "tribe_events": "event"}
"""What texts of a type are; „tribe_events“ are those of The Events Calendar."""

_HELD_BACK = {
    "publish": "",
    "future": "",
    "draft": "war ein Entwurf",
    "pending": "wartete auf die Freigabe",
    "private": "war privat",
}
_GONE = {"trash": "lag im Papierkorb", "auto-draft": "automatisch angelegter Entwurf", "inherit": "früherer Stand"}
_TYPES = {
    "nav_menu_item": "Menüpunkte; das Menü steht hier in mkdocs.yml",
    "revision": "frühere Stände",
    "custom_css": "eigene Gestaltung",
    "wp_block": "wiederverwendbare Blöcke",
    "wp_global_styles": "Gestaltung",
    "wp_navigation": "Menüs; das Menü steht hier in mkdocs.yml",
    "wp_template": "Vorlagen",
}
_SIGNS = re.compile(r"[^\w-]+")
_LONGEST_STATUS = 20
"""Letters of a status (register_post_status)."""

_META = {"_EventStartDate": "start", "_EventEndDate": "end", "_EventVenue": "location"}


@dataclass(frozen=True, slots=True)
class _Attachment:
    address: str
    alt: str


def read_wordpress(source: Path, _zone: ZoneInfo) -> Found:
    """Read an export.

    Raises:
        ProblemsFound: it is none.
        OSError: it cannot be read.
    """
    root = parsed_xml(read_whole(source), source)
    namespace = str(root.nsmap.get("wp", ""))
    channel = root.find("channel")
    if channel is None or not namespace.startswith("http://wordpress.org/export/"):
        message = "Das ist kein Export von WordPress."
        raise refused(source, message, "In WordPress unter „Werkzeuge – Daten exportieren“ alle Inhalte ausgeben.")
    names = {"wp": namespace, "excerpt": f"{namespace}excerpt/"}
    items = list(channel.iter("item"))
    attachments = {
        text_of(item, "wp:post_id", names): _attachment(item, names) for item in items if _is_file(item, names)
    }
    texts: list[Original] = []
    left_out: list[Note] = []
    other: Counter[str] = Counter()
    for item in items:
        kind, status = text_of(item, "wp:post_type", names), text_of(item, "wp:status", names)
        if kind == "attachment":
            continue
        if kind not in _ROLES:
            other[kind] += 1
        elif status in _GONE:
            left_out.append(Note(_place(item, source), f"„{text_of(item, 'title')}“: {_GONE[status]}"))
        else:
            texts.append(_original(item, names, source, attachments))
    comments = sum(1 for _ in channel.iter(f"{{{names['wp']}}}comment"))
    if comments:
        left_out.append(Note(source.name, f"{comments} × Kommentare von Leserinnen und Lesern"))
    left_out += [
        Note(source.name, f"{count} × {_TYPES.get(kind, f'Inhalte der Art „{kind}“')}") for kind, count in other.items()
    ]
    base = text_of(channel, "wp:base_blog_url", names) or text_of(channel, "link")
    return Found(
        texts=tuple(texts),
        alts={one.address: one.alt for one in attachments.values() if one.alt},
        hosts=frozenset({host_of(base)} - {""}),
        left_out=tuple(left_out),
    )


def _is_file(item: Element, names: dict[str, str]) -> bool:
    return text_of(item, "wp:post_type", names) == "attachment"


def _attachment(item: Element, names: dict[str, str]) -> _Attachment:
    address = taken_apart(text_of(item, "wp:attachment_url", names)).path
    return _Attachment(address, cleaned(dict(_meta(item, names)).get("_wp_attachment_image_alt", "")).strip())


def _meta(item: Element, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    for one in item.iterfind("wp:postmeta", names):
        yield text_of(one, "wp:meta_key", names), text_of(one, "wp:meta_value", names)


def _place(item: Element, source: Path) -> str:
    return f"{source.name}:{item.sourceline}"


def _original(item: Element, names: dict[str, str], source: Path, attachments: Mapping[str, _Attachment]) -> Original:
    meta = dict(_meta(item, names))
    number, status = text_of(item, "wp:post_id", names), text_of(item, "wp:status", names)
    link = taken_apart(text_of(item, "link"))
    name = unquote(text_of(item, "wp:post_name", names))
    title = cleaned(html.unescape(text_of(item, "title"))).strip()
    picture = attachments.get(meta.get("_thumbnail_id", ""))
    day = text_of(item, "wp:post_date", names)
    held_back = _held_back(status)
    if text_of(item, "wp:post_password", names):
        held_back = "war mit einem Kennwort geschützt"
    # Without readable addresses, that with the number is the one that is known.
    is_by_number = bool(link.query) and not held_back
    fields: dict[str, Any] = {
        "title": title,
        "link": f"{link.path}?{link.query}" if is_by_number else "",
        "date": day if not day.startswith("0000") else "",
        "summary": " ".join(cleaned(text_of(item, "excerpt:encoded", names)).split()),
        "categories": _terms(item, "category"),
        "tags": _terms(item, "post_tag"),
        "image": {"file": picture.address, "alt": picture.alt} if picture else None,
        "author": text_of(item, "{http://purl.org/dc/elements/1.1/}creator"),
        "lastmod": text_of(item, "wp:post_modified", names),
        **{ours: meta[theirs] for theirs, ours in _META.items() if theirs in meta},
    }
    return Original(
        file=_place(item, source),
        name=name or title or f"text-{number}",
        role=_ROLES[text_of(item, "wp:post_type", names)],
        markup="wordpress",
        body=_with_galleries(cleaned(item.findtext(_CONTENT, default="")), attachments),
        address=link.path if link.path.strip("/") and not link.query else "",
        fields={name: value for name, value in fields.items() if value},
        aliases=(f"/?p={number}", f"/?page_id={number}"),
        key=f"wordpress-{number}",
        held_back=held_back,
    )


def _held_back(status: str) -> str:
    """Return why a text of a status was not public (a German phrase); plug-ins for editors add ones of their own."""
    words = " ".join(_SIGNS.sub(" ", status).split())[:_LONGEST_STATUS]
    return _HELD_BACK.get(status, f"hatte den Stand „{words}“" if words else "hatte keinen Stand")


def _terms(item: Element, domain: str) -> list[str]:
    found = [(one.text or "").strip() for one in item.iterfind("category") if one.get("domain") == domain]
    return [
        html.unescape(term) for term in found if term.lower() not in {"uncategorized", "allgemein", "unkategorisiert"}
    ]


def _with_galleries(body: str, attachments: Mapping[str, _Attachment]) -> str:
    """Return a body with pictures in place of the numbers of a gallery."""

    def pictures(ids: str) -> str:
        known = [attachments[one.strip()] for one in ids.split(",") if one.strip() in attachments]
        return "\n\n".join(
            f'<p><img src="{html.escape(one.address)}" alt="{html.escape(one.alt)}"></p>' for one in known
        )

    return GALLERY.sub(lambda found: pictures(arguments_of(found[1]).get("ids", "")) or found[0], body)
