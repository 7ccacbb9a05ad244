"""A finished letter, taken apart for the rules of `lint`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.problems import Problem
from newsletter.mjml.markup import parse
from newsletter.mjml.tree import Comment, Element, Node, Text, walk

__all__ = ["FinishedLetter", "for_outlook"]

_ADDRESSES = ("href", "src", "srcset", "background", "action", "poster", "data", "cite", "longdesc")
_URL = re.compile(r"""url\(\s*["']?([^"')]*)""", re.IGNORECASE)
_HIDDEN = re.compile(r"<!--\[if [^\]]*\]>(.*?)<!\[endif\]-->", re.DOTALL)
_REVEALED = re.compile(r"<!--\[if ![^\]]*\]>\s*<!--(?:\s*--)?>.*?<!--\s*<!\[endif\]-->", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class FinishedLetter:
    """A letter's HTML, its elements and its words."""

    html: str
    path: str
    """The file that problems name."""

    hosts: frozenset[str]
    """Where pictures may come from."""

    tokens: tuple[str, ...]
    """Placeholders that the sending system replaces; none is a mistake."""

    root: Element
    elements: tuple[Element, ...]
    """All elements that mail programs other than Outlook see, in order."""

    hidden: tuple[Element, ...]
    """Elements in conditional comments, which only Outlook sees."""

    css: tuple[tuple[str, Element], ...]
    """All CSS: contents of ``<style>``, and values of ``style`` attributes; with the element that has it."""

    broken: tuple[Problem, ...]
    """What is wrong with the markup itself."""

    @classmethod
    def of(cls, html: str, path: str, hosts: frozenset[str], tokens: tuple[str, ...]) -> "FinishedLetter":
        """Take a letter apart."""
        markup = parse(html, path)
        root = markup.root
        elements = tuple(node for node in walk(root) if isinstance(node, Element))
        comments = (node for node in walk(root) if isinstance(node, Comment) and node.is_condition)
        hidden = tuple(element for comment in comments for element in _elements_in(comment))
        return cls(
            html=html,
            path=path,
            hosts=hosts,
            tokens=tokens,
            root=root,
            elements=elements,
            hidden=hidden,
            css=tuple(_css((*elements, *hidden))),
            broken=markup.problems,
        )

    def named(self, *names: str) -> Iterator[Element]:
        """Yield the elements of these names that are not Outlook's alone."""
        return (element for element in self.elements if element.name in names)

    def addresses(self) -> Iterator[tuple[Element, str, str]]:
        """Yield every address with its element and attribute; one in CSS has the attribute ``style``."""
        for element in (*self.elements, *self.hidden):
            for name in _ADDRESSES:
                if name in element.attributes:
                    yield element, name, element.attributes[name].strip()
        for css, element in self.css:
            for address in _URL.findall(css):
                yield element, "style", address.strip()

    def is_token(self, address: str) -> bool:
        """Tell whether the sending system will replace the address."""
        return address.startswith(self.tokens)

    def without_tokens(self, text: str) -> str:
        """Return a text without placeholders."""
        for token in self.tokens:
            text = text.replace(token, "")
        return text


def for_outlook(html: str) -> str:
    """Return the HTML as Outlook for Windows sees it: conditional comments opened, what is not for it removed."""
    return _HIDDEN.sub(lambda comment: comment[1], _REVEALED.sub("", html))


@lru_cache(maxsize=1024)
def _parsed(comment: str) -> tuple[Node, ...]:
    """Return what is in a comment; a letter has a hundred of them, most of them the same in every letter."""
    return tuple(walk(parse(comment, "").root))


def _elements_in(comment: Comment) -> Iterator[Element]:
    """Yield the elements in a comment; it may open what another one closes, so its structure says nothing."""
    for node in _parsed(comment.text):
        if isinstance(node, Element):
            yield Element(
                name=node.name,
                attributes=node.attributes,
                path=comment.path,
                line=comment.line,
                is_stamped=False,
                children=[child for child in node.children if isinstance(child, Text)],
            )


def _css(elements: tuple[Element, ...]) -> Iterator[tuple[str, Element]]:
    for element in elements:
        if element.name == "style":
            yield element.text, element
        if "style" in element.attributes:
            yield element.attributes["style"], element
