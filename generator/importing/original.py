"""What was found elsewhere, before anything is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from generator.problems import Problem, ProblemsFound

__all__ = ["Found", "Markup", "Note", "Original", "Role", "refused"]

Markup = Literal["hugo", "jekyll", "wordpress", "html"]
"""How a text is written: Markdown with shortcodes, Markdown with Liquid, a post of WordPress, or HTML alone."""

Role = Literal["news", "event", "page"]
"""What a text was where it comes from."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that is told of one place."""

    place: str
    """A file, with a line where there is one."""

    text: str
    """A German sentence without its full stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A text as it was found."""

    file: str
    """The file it stands in, relative to its source; of an export with its line: ``export.xml:120``."""

    name: str
    """What its file or its address is called: ``radweg-eroeffnet``."""

    role: Role
    markup: Markup
    body: str
    address: str = ""
    """The path at which it was published, with a slash before it: ``/2024/05/radweg/``; empty: it had none."""

    aliases: tuple[str, ...] = ()
    """Further paths that led to it."""

    section: str = ""
    """The folder that it introduces, where it is the first page of one."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    """What it says of itself: lower-case names to strings, lists and mappings of them."""

    key: str = ""
    """What tells a text without an address from others, also in a later export; empty: its file does."""

    held_back: str = ""
    """Why it was not public (a German phrase); empty: it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everything that was found in one source."""

    texts: tuple[Original, ...]
    files: Mapping[str, Path] = field(default_factory=dict)
    """Pictures and other files by the paths at which they were published."""

    alts: Mapping[str, str] = field(default_factory=dict)
    """Alternative texts of pictures, by their paths."""

    hosts: frozenset[str] = frozenset()
    """The names of the hosts that the source was published at."""

    left_out: tuple[Note, ...] = ()
    """What is no text for us, and why."""

    problems: tuple[Problem, ...] = ()
    """What could not be read."""


def refused(source: Path, message: str, remedy: str) -> ProblemsFound:
    """Return the error for a source of which nothing can be read."""
    return ProblemsFound([Problem(str(source), 1, message, remedy)])
