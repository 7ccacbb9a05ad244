"""The table of channels: the entry points of the group ``schaukasten.channels``."""

from functools import cache
from importlib.metadata import entry_points

from generator.channels.output import Channel

__all__ = ["channels"]

_GROUP = "schaukasten.channels"


@cache
def channels() -> dict[str, Channel]:
    """Return every installed channel by its name, in the order of the names."""
    found = sorted(entry_points(group=_GROUP), key=lambda point: point.name)
    return {point.name: point.load() for point in found}
