"""The picture of an entry."""

from generator.channels.previews import preview
from generator.channels.structured_data.thing import Thing, thing
from generator.channels.view import View
from generator.model.entry import Entry

__all__ = ["picture"]


def picture(view: View, entry: Entry) -> Thing | None:
    """Return the entry's picture and whose it is; None: it has none, and a card with its title is no picture of it."""
    image, shown = entry.image, preview(view, entry)
    if image is None or shown is None:
        return None
    return thing(
        "ImageObject",
        url=view.absolute(shown["src"]),
        caption=image.alt,
        creditText=image.credit,
    )
