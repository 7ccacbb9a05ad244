"""What the home page shows."""

from generator.channels.occurrences import is_over
from generator.channels.view import Data, View
from generator.model.event import Event
from generator.model.leitbild import Leitbild
from generator.model.minutes import Minutes
from generator.model.news import News

__all__ = ["home_view"]

_LATEST = 6
_MINUTES = 3


def home_view(view: View) -> Data:
    """Return the latest news, the next events, the Leitbild at a glance, the newest minutes and the members."""
    site = view.site
    leitbild = next(iter(site.of(Leitbild)), None)
    coming = [event for event in site.of(Event) if not is_over(event, site.now) and event.cancelled is None]
    return {
        "claim": site.cooperation.claim,
        "news": [view.card(entry) for entry in view.newest_first(site.of(News))[:_LATEST]],
        "events": [view.card(event) for event in view.soonest_first(coming)[:_LATEST]],
        "minutes": [view.card(entry) for entry in view.newest_first(site.of(Minutes))[:_MINUTES]],
        "leitbild": _glance(leitbild) if leitbild else None,
        "members": [view.municipality(item.id) for item in site.cooperation.municipalities],
    }


def _glance(leitbild: Leitbild) -> Data:
    return {
        "url": leitbild.url,
        "vision": leitbild.vision,
        "fields": [{"title": field.title, "url": f"{leitbild.url}#{field.id}"} for field in leitbild.fields],
    }
