"""What was read before, for programs that read the same folder again and again."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.model.entry import Entry
from generator.problems import Problem
from generator.reading.yaml_tree import YamlTree

__all__ = ["Memory", "ReadText"]


@dataclass(frozen=True, slots=True)
class ReadText:
    """What came of reading one text."""

    entry: Entry | None
    fields: YamlTree
    problems: tuple[Problem, ...]


class Memory:
    """What came of each text when it was read last: one that says the same is not taken apart anew."""

    def __init__(self) -> None:
        """Begin without anything."""
        self._texts: dict[PurePosixPath, tuple[object, ReadText]] = {}

    def recall(self, path: PurePosixPath, basis: object, make: Callable[[], ReadText]) -> ReadText:
        """Return what came of a text; it is made anew where its basis differs from the last one.

        Args:
            path: the file.
            basis: all that the result depends on; must be comparable.
            make: reads the text.
        """
        known = self._texts.get(path)
        if known is not None and known[0] == basis:
            return known[1]
        found = make()
        self._texts[path] = basis, found
        return found
