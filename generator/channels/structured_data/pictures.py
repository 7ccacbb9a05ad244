"""The picture of an entry."""

from generator.channels.structured_data.thing import Thing, thing
from generator.channels.view import View
from generator.model.entry import Entry

__all__ = ["picture"]


def picture(view: View, entry: Entry) -> Thing | None:
    """Return the entry's picture and whose it is; None: it has none."""
    if entry.image is None:
        return None
    shown = view.image(entry, entry.image)
    return thing("ImageObject", url=view.absolute(shown["src"]), caption=shown["alt"], creditText=shown["credit"])
