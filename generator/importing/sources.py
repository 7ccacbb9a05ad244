"""The systems that texts can be taken over from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.importing.feed import read_feed
from generator.importing.hugo import read_hugo
from generator.importing.jekyll import read_jekyll
from generator.importing.original import Found
from generator.importing.wordpress import read_wordpress

__all__ = ["SOURCES", "Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """A system, or a form in which many systems give out their texts."""

    name: str
    read: Callable[[Path, ZoneInfo], Found]


SOURCES: Mapping[str, Source] = {
    "hugo": Source("Hugo", read_hugo),
    "jekyll": Source("Jekyll", read_jekyll),
    "feed": Source("einem Feed", read_feed),
    "wordpress": Source("WordPress", read_wordpress),
}
"""The sources, by the words that `schaukasten import` takes."""
