"""What the page of the Leitbild shows: fields of action, goals, and how far the indicators have come."""

from decimal import Decimal

from generator.channels.view import Data, View
from generator.model.leitbild import Indicator, Leitbild

__all__ = ["indicator_data", "leitbild_view"]


def leitbild_view(view: View, leitbild: Leitbild) -> Data:
    """Return the vision and the fields of action with their goals and indicators."""
    return {
        "vision": leitbild.vision,
        "adopted_on": view.day(leitbild.adopted_on) if leitbild.adopted_on else None,
        "version": leitbild.version,
        "fields": [
            {
                "id": field.id,
                "title": field.title,
                "text": field.text,
                "goals": [
                    {
                        "id": goal.id,
                        "text": goal.text,
                        "indicators": [indicator_data(view, indicator) for indicator in goal.indicators],
                    }
                    for goal in field.goals
                ],
            }
            for field in leitbild.fields
        ],
    }


def indicator_data(view: View, indicator: Indicator) -> Data:
    """Return a figure: where it stands, how far it has come, and all its values."""
    number = view.words.number
    values = sorted(indicator.values, key=lambda value: value.date)
    latest = values[-1] if values else None
    return {
        "name": indicator.name or indicator.unit,
        "unit": indicator.unit,
        "start": None if indicator.start is None else number(indicator.start),
        "target": None if indicator.target is None else number(indicator.target),
        "latest": None if latest is None else {"value": number(latest.value), "date": view.day(latest.date)},
        "progress": None if latest is None else progress(indicator, latest.value),
        "measurements": [
            {"date": view.day(value.date), "value": number(value.value), "source": value.source} for value in values
        ],
    }


def progress(indicator: Indicator, value: Decimal) -> int | None:
    """Return how much of the way from start to target is done, in percent from 0 to 100; None: there is no such way."""
    if indicator.target is None:
        return None
    if indicator.start is None and value > indicator.target:
        # Whether it is to rise or to fall is not said.
        return None
    start = indicator.start or Decimal(0)
    way = indicator.target - start
    if way == 0:
        return None
    return int(min(max((value - start) / way * 100, Decimal(0)), Decimal(100)))
