"""A look at drafts, as if they were ready: for the preview on one's own machine, never for a site that is published."""

from dataclasses import replace

from generator.model.entry import Entry
from generator.model.site import Site

__all__ = ["DRAFT", "with_drafts"]

DRAFT = "Entwurf: "
"""Stands before the title of a draft wherever it is shown."""


def with_drafts(site: Site) -> Site:
    """Return everything authored with each draft ready and marked; what else holds a text back still does."""
    return replace(site, entries=tuple(map(_as_ready, site.entries)))


def _as_ready(entry: Entry) -> Entry:
    if not entry.draft:
        return entry
    return entry.model_copy(update={"draft": False, "title": f"{DRAFT}{entry.title}"})
