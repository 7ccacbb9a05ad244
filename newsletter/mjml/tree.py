"""The tree of a document: elements, texts and comments, each with its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from generator.problems import Problem

__all__ = ["VOID", "Comment", "Element", "Node", "Text", "problem_at", "walk"]

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
"""HTML elements that have no end tag (HTML standard, 13.1.2)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A piece of text, with its entities decoded."""

    text: str
    path: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """A comment as written, without its delimiters."""

    text: str
    path: str
    line: int

    @property
    def is_condition(self) -> bool:
        """Whether Outlook reads what stands in it or behind it, as in ``<!--[if mso]>``."""
        return self.text.startswith(("[if ", "<![endif]"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Element:
    """A tag and what is in it."""

    name: str
    """In lower case; the tree's root has none."""

    attributes: Mapping[str, str]
    """Values by name in lower case, with their entities decoded."""

    path: str
    """The template."""

    line: int
    """The template's line, counted from 1."""

    is_stamped: bool
    """Whether the place was told by a stamp, and so holds for everything within that has none."""

    children: "list[Node]" = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text within, in order."""
        return "".join(node.text for node in walk(self) if isinstance(node, Text))


Node: TypeAlias = Element | Text | Comment


def problem_at(node: Node, message: str, remedy: str) -> Problem:
    """Return a problem with the node's place."""
    return Problem(node.path, node.line, message, remedy)


def walk(element: Element) -> Iterator[Node]:
    """Yield everything within, in the order of the source."""
    ahead = element.children[::-1]
    while ahead:
        node = ahead.pop()
        yield node
        if isinstance(node, Element):
            ahead.extend(reversed(node.children))
