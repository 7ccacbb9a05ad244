"""A hint, and what is looked at for one."""

from dataclasses import dataclass
from functools import cached_property

from generator.content import Places
from generator.model.entry import Entry
from generator.model.site import Site
from generator.reading.files import read_text
from generator.reading.front_matter import split
from generator.reading.yaml_tree import YamlTree

__all__ = ["Hint", "Looked"]


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that could be better."""

    line: int
    """The line of the file, from 1."""

    message: str
    """What it is: a German sentence."""

    remedy: str
    """What to do: a German sentence."""


@dataclass(frozen=True)
class Looked:
    """A text that is looked at."""

    entry: Entry
    site: Site
    content: Places
    """The folder of the texts."""

    @cached_property
    def lines(self) -> list[str]:
        """The lines of its file."""
        return read_text(self.content, self.entry.source.path)[0].split("\n")

    @cached_property
    def tree(self) -> YamlTree:
        """Its fields as written, for lines; read again, for few texts deserve a hint."""
        path = self.entry.source.path
        return split(read_text(self.content, path)[0], str(path))[0].fields
