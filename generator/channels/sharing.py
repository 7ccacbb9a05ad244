"""What social networks and messengers show of a page that somebody shares (Open Graph, ogp.me)."""

from generator.channels.previews import preview
from generator.channels.view import Data, View
from generator.model.edition import Edition
from generator.model.entry import Entry
from generator.model.minutes import Minutes
from generator.model.news import News

__all__ = ["share"]

_ARTICLES = (News, Minutes, Edition)


def share(view: View, entry: Entry) -> Data:
    """Return the entry's picture and, of an article, when it appeared; what pages show themselves is not repeated."""
    picture = preview(view, entry)
    shown: Data = {"image": picture} if picture else {}
    if not isinstance(entry, _ARTICLES) or entry.published is None:
        return shown
    changed = view.changed(entry) or entry.published
    return shown | {
        "published": entry.published.isoformat(),
        "modified": changed.isoformat(),
        "section": view.topic(entry.topics[0])["title"] if entry.topics else view.label(entry),
    }
