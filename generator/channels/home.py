"""What the home page shows."""

from generator.channels.leitbild_view import indicator_data
from generator.channels.minutes_view import decisions, register_row
from generator.channels.occurrences import is_over
from generator.channels.view import Data, View
from generator.model.cooperation import Municipality
from generator.model.event import Event
from generator.model.leitbild import FieldOfAction, Leitbild
from generator.model.minutes import Minutes
from generator.model.news import News

__all__ = ["home_view"]

_LATEST = 6
_MINUTES = 3
_DECISIONS = 3


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
        "decisions": [register_row(view, *row) for row in decisions(view)[:_DECISIONS]],
        "leitbild": _glance(view, leitbild) if leitbild else None,
        "members": [_member(view, item) for item in site.cooperation.municipalities],
    }


def _member(view: View, municipality: Municipality) -> Data:
    return view.municipality(municipality.id) | {
        "coat_of_arms": view.picture_of(municipality.coat_of_arms),
        "summary": municipality.summary,
    }


def _glance(view: View, leitbild: Leitbild) -> Data:
    return {
        "url": leitbild.url,
        "vision": leitbild.vision,
        "fields": [_field(view, leitbild, field) for field in leitbild.fields],
    }


def _field(view: View, leitbild: Leitbild, field: FieldOfAction) -> Data:
    """Return a field of action with the first of its figures that tells how far it has come."""
    figures = (indicator_data(view, figure) for goal in field.goals for figure in goal.indicators)
    telling = next((figure for figure in figures if figure["progress"] is not None), None)
    return {
        "title": field.title,
        "url": f"{leitbild.url}#{field.id}",
        "goals": len(field.goals),
        "figure": telling and {name: telling[name] for name in ("name", "unit", "target", "latest", "progress")},
    }
