"""A fragment of sanitised HTML as a tree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["Element", "Node", "parse"]

_VOID = frozenset({"area", "br", "col", "hr", "img", "wbr"})
_DEEPEST = 60
"""Elements further within are passed over, but not their text; no author means them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """An element with what is in it."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def elements(self) -> Iterator["Element"]:
        """The elements directly within."""
        return (child for child in self.children if isinstance(child, Element))

    def has_class(self, name: str) -> bool:
        """Tell whether the element has a class."""
        return name in self.attributes.get("class", "").split()


Node = Element | str


def parse(html: str) -> list[Node]:
    """Return the fragment's elements and texts."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root.children


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element(name="")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(name=tag, attributes={name: value or "" for name, value in attrs})
        if len(self._open) <= _DEEPEST or tag in _VOID:
            self._open[-1].children.append(element)
            if tag not in _VOID:
                self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        depth = max((number for number, element in enumerate(self._open) if element.name == tag), default=0)
        if depth:
            del self._open[depth:]

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
