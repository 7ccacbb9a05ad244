"""What Mailman writes to who comes and goes, in our words: the site publishes them, for Mailman takes addresses."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.channels.output import File
from generator.model.cooperation import Cooperation
from generator.model.site import PublicSite
from newsletter.words import words

__all__ = ["ListText", "list_texts", "texts_of"]

_PATHS = {
    "list:user:notice:welcome": ("welcome", "mailman/willkommen.txt"),
    "list:user:notice:goodbye": ("goodbye", "mailman/abschied.txt"),
}
"""By the names of Mailman's templates: our name, and where the text is, and stays.

The others are good enough in Mailman's German; subjects are not in templates."""


class ListText(NamedTuple):
    """A text that Mailman fetches."""

    path: str
    """Relative to the site's root."""

    content: str
    """With placeholders of Mailman (``$display_name``)."""


def list_texts(site: PublicSite) -> Iterator[File]:
    """Make the texts, where the newsletter is sent by Mailman."""
    for text in texts_of(site.cooperation, site.layout.language).values():
        yield File(path=text.path, url=text.path, contents=text.content.encode())


def texts_of(cooperation: Cooperation, language: str) -> Mapping[str, ListText]:
    """Return the texts by the names of Mailman's templates; none where Mailman is not used."""
    if cooperation.mailing.profile != "mailman":
        return {}
    say = words(language)
    values = {"name": cooperation.name, "home": cooperation.base_url}
    # A dollar sign of ours is none of Mailman's (PEP 292).
    literal = {name: value.replace("$", "$$") for name, value in values.items()}
    return {name: ListText(path, say(f"list.{own}", **literal)) for name, (own, path) in _PATHS.items()}
