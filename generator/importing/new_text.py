"""A text as it is to lie in the content folder."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from generator.importing.original import Original
from generator.scaffold.kinds import Kind
from generator.scaffold.yaml_text import Value, written

__all__ = ["NewText"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewText:
    """A text, the original it comes from, and what is to be told of it."""

    original: Original
    kind: Kind
    place: PurePosixPath
    """Its file, relative to the content folder."""

    fields: Mapping[str, Value]
    """Its front matter, in order."""

    body: str = ""
    reasons: tuple[str, ...] = ()
    """Why it is a draft (German phrases); none: it is none."""

    doubts: tuple[tuple[str, str], ...] = ()
    """What somebody should look at: the field, and what about it with its remedy (two German sentences)."""

    links: frozenset[PurePosixPath] = field(default_factory=frozenset)
    """The new texts it leads to."""

    @property
    def text(self) -> str:
        """The whole file."""
        lines = [f"{name}: {written(value)}" for name, value in self.fields.items()]
        if self.reasons:
            lines.append(f"draft: ja  # {'; '.join(self.reasons)}. Diese Zeile löschen, wenn der Text erscheinen darf.")
        return "\n".join(["---", *lines, "---", "", self.body.strip("\n"), ""])

    def line_of(self, name: str) -> int:
        """Return the line on which a field stands, counted from 1; 1 where it does not."""
        return next((number for number, one in enumerate(self.fields, start=2) if one == name), 1)
