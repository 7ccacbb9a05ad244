"""Pages at addresses that were given up on purpose."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from generator.channels.output import File, Shown, page
from generator.channels.structured_data.pages import page_data
from generator.channels.view import Data, View
from generator.model.cooperation import Gone
from generator.model.site import PublicSite

__all__ = ["gone"]


def gone(site: PublicSite) -> Iterator[File]:
    """Make a short page at each address of a page that is gone; of a file, a web server says that it is not there.

    Nothing is told of what was there but what the settings say.
    """
    view = View(site)
    for item in site.cooperation.gone:
        if item.address.endswith("/"):
            url = quote(item.address)
            yield page(url, partial(_shown, view, item, url), path=f"{item.address}index.md", listed=False)


def _shown(view: View, item: Gone, url: str) -> Shown:
    shown: Data = {
        "title": view.words("page.gone"),
        "description": item.note or view.words("page.gone_text"),
        "breadcrumbs": [],
    }
    return "gone.html", shown | {
        "type": "gone",
        "date": view.day(item.date) if item.date else None,
        "structured_data": page_data(view, "WebPage", url, shown),
    }
