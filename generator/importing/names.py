"""What other systems call the fields that ours have."""

from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["NAMES", "given", "listed", "unknown_fields"]

NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "titel"),
    "date": ("date", "datum", "published"),
    "publish": ("publishdate", "publish_date", "pubdate"),
    "expires": ("expirydate", "expiry_date", "unpublishdate", "expires"),
    "summary": ("summary", "description", "excerpt", "teaser", "zusammenfassung", "beschreibung"),
    "tags": ("tags", "tag", "keywords", "schlagwoerter"),
    "categories": ("categories", "category", "topics", "topic", "themen", "kategorien"),
    "municipalities": ("municipalities", "municipality", "kommunen", "gemeinden"),
    "image": tuple(
        "image images featured_image featuredimage feature_image cover thumbnail banner header_image teaser_image "
        "bild".split()
    ),
    "start": ("start", "start_date", "startdate", "event_start", "eventstart", "event_date", "beginn"),
    "end": ("end", "end_date", "enddate", "event_end", "eventend", "ende"),
    "location": ("location", "venue", "place", "ort", "veranstaltungsort"),
    "organizer": ("organizer", "organiser", "veranstalter"),
    "author": ("author", "authors", "autor", "autorin", "autoren"),
    "changed": ("lastmod", "last_modified_at", "modified", "updated"),
}
"""Our name to theirs, in lower case; the first that says something counts."""

_USED_ELSEWHERE = frozenset(
    "_build aliases build cascade draft headless link params permalink redirect_from slug type url".split()
)
_TECHNICAL = frozenset(
    "comments disqus excerpt_separator feature featured iscjklanguage katex lang "
    "language layout linktitle locale markup math menu menus nav_order outputs pin render_with_liquid resources robots "
    "search sidebar sitemap series share theme toc translationkey videos weight".split()
)
"""Fields that tell a program how to show a text; ours has other ways."""


def given(fields: Mapping[str, Any], name: str) -> Any:
    """Return what a text says under any name of one of our fields; None: nothing."""
    return next((fields[one] for one in NAMES[name] if fields.get(one)), None)


def listed(value: Any) -> list[str]:
    """Return the texts of a list, or of a single value."""
    values = value if isinstance(value, list) else [value] if value else []
    return list(dict.fromkeys(" ".join(one.split()) for one in values if isinstance(one, str) and one.strip()))


def unknown_fields(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of the fields that have no place in ours and say something to people."""
    known = {name for names in NAMES.values() for name in names} | _USED_ELSEWHERE | _TECHNICAL
    yield from (name for name, value in fields.items() if value and name not in known)
