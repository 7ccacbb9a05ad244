"""The site as a whole."""

from generator.channels.structured_data.organizations import reference
from generator.channels.structured_data.thing import Thing, thing
from generator.channels.view import View

__all__ = ["part_of", "website"]

_ITSELF = "#website"


def website(view: View) -> Thing:
    """Return the site; the cooperation stands beside it on the same page."""
    cooperation = view.site.cooperation
    return thing(
        "WebSite",
        view.absolute() + _ITSELF,
        name=cooperation.name,
        alternateName=cooperation.short_name,
        url=view.absolute(),
        inLanguage=view.words.language,
        publisher=reference(view),
        potentialAction=_search(view) if view.site.layout.search else None,
    )


def _search(view: View) -> Thing:
    target = thing("EntryPoint", urlTemplate=f"{view.absolute(view.at.search)}?q={{q}}")
    return {**thing("SearchAction", target=target), "query-input": "required name=q"}


def part_of(view: View) -> Thing:
    """Return a reference to the site from one of its pages."""
    return {"@id": view.absolute() + _ITSELF}
