"""Plain pages."""

from typing import ClassVar

from generator.model.entry import Entry


class Page(Entry):
    """A page without a date: home, imprint, contact, or the introduction of a section (``index.md``)."""

    label: ClassVar[str] = "Seite"
