"""A look at drafts, as if they were ready: for the preview on one's own machine, never for a site that is published."""

from collections.abc import Callable
from dataclasses import replace

from generator.model.entry import Entry
from generator.model.site import Site

__all__ = ["DRAFT", "Choice", "every", "none", "with_drafts"]

DRAFT = "Entwurf: "
"""Stands before the title of a draft wherever it is shown."""

Choice = Callable[[Entry], bool]
"""Tells which drafts are shown."""


def none(_entry: Entry) -> bool:
    """Choose no drafts."""
    return False


def every(_entry: Entry) -> bool:
    """Choose all drafts."""
    return True


def with_drafts(site: Site, choice: Choice) -> Site:
    """Return everything authored with the chosen drafts ready and marked; what else holds a text back still does."""
    return replace(site, entries=tuple(_as_ready(entry, choice) for entry in site.entries))


def _as_ready(entry: Entry, choice: Choice) -> Entry:
    if not entry.draft or not choice(entry):
        return entry
    return entry.model_copy(update={"draft": False, "title": f"{DRAFT}{entry.title}"})
