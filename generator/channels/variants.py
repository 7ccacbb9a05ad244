"""Links between a text and its other forms: Leichte Sprache, Gebärdensprache."""

from generator.channels.view import Data, View
from generator.model.entry import Entry
from generator.model.page import Page

__all__ = ["home_variants", "language_of", "variants_of"]


def variants_of(view: View, entry: Entry) -> list[Data]:
    """Return links to the other forms of an entry; from one of them, to the original first."""
    variant = entry.variant if isinstance(entry, Page) else None
    name = variant.of if variant else entry.id
    others = [
        _link(view, page, view.words(f"variant.{kind}"))
        for kind, page in view.variants.get(name, {}).items()
        if page is not entry
    ]
    original = view.by_id.get(variant.of) if variant else None
    return [_link(view, original, view.words("variant.original")), *others] if original else others


def home_variants(view: View) -> list[Data]:
    """Return links to the other forms of the home page, named in a word or two, for every page (BITV 2.0, § 4)."""
    home = next((page for page in view.site.of(Page) if page.url == ""), None)
    found = view.variants.get(home.id, {}) if home else {}
    return [_link(view, page, view.words(f"variant.short_{kind}")) | {"kind": kind} for kind, page in found.items()]


def language_of(view: View, entry: Entry) -> str:
    """Return the language (BCP 47) that a reader of the entry must understand."""
    if isinstance(entry, Page) and entry.variant is not None:
        return view.words(f"variant.language_{entry.variant.kind}")
    return view.words.language


def _link(view: View, entry: Entry, title: str) -> Data:
    return {"title": title, "url": entry.url, "language": language_of(view, entry)}
