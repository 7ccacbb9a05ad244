r"""A checked document as the MJML that mrml reads without harm: ASCII, double quotes, nothing left to its guessing.

mrml takes a byte for a character in places: a ``>`` shortly behind an umlaut ends it with a panic, and attributes are
written with Rust's ``{:?}``, which turns a no-break space into ``\u{a0}``. Given ASCII alone, with the few ASCII
characters that ``{:?}`` escapes as entities too, it can do neither. `restore` gives the characters back.
"""

import re
from collections.abc import Iterator, Mapping

from newsletter.mjml.components import COMPONENTS
from newsletter.mjml.tree import VOID, Element, Text

__all__ = ["inline_css", "restore", "write"]

_PLAIN = re.compile(r"[\w#%.,:/()=?+-]*")
"""What may stand in an attribute as it is; most values are of this kind."""

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_ENTITY = re.compile(r"&#(\d{3,7});")
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_IN_ATTRIBUTE = str.maketrans({"&": "&amp;", **{character: f"&#{ord(character)};" for character in "<>\"'\\\t\n\r"}})
_WITHOUT_TEXT = frozenset(name for name, one in COMPONENTS.items() if one.content in {"components", "none"})


def write(document: Element) -> str:
    """Return the document as MJML for the engine, without plain comments and without styles that are to be inlined."""
    parts: list[str] = []
    _add_content(document, parts)
    return "".join(parts)


def inline_css(document: Element) -> str:
    """Return the CSS of all ``<mj-style inline="inline">``, in order."""
    return "\n".join(style.text for style in _styles(document) if "inline" in style.attributes)


def restore(html: str) -> str:
    """Return the engine's HTML with the characters in place of the numeric entities that `write` put for them."""
    return _ENTITY.sub(lambda entity: chr(int(entity[1])) if int(entity[1]) > 127 else entity[0], html)


def _styles(element: Element) -> Iterator[Element]:
    for node in element.children:
        if isinstance(node, Element):
            if node.name == "mj-style":
                yield node
            yield from _styles(node)


def _add_content(element: Element, parts: list[str]) -> None:
    holds_text = element.name != "" and element.name not in _WITHOUT_TEXT
    for node in element.children:
        if isinstance(node, Element):
            _add_element(node, parts)
        elif isinstance(node, Text):
            if holds_text:
                parts.append(_text(node, element))
        elif node.is_condition:
            parts.append(f"<!--{_ascii(node.text)}-->")


def _add_element(element: Element, parts: list[str]) -> None:
    name = element.name
    if name == "mj-style" and "inline" in element.attributes:
        return
    attributes = _attributes(element.attributes) if element.attributes else ""
    if name in VOID:
        parts.append(f"<{name}{attributes} />")
        return
    parts.append(f"<{name}{attributes}>")
    _add_content(element, parts)
    parts.append(f"</{name}>")


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{_attribute(value)}"' for name, value in attributes.items())


def _attribute(value: str) -> str:
    return _ascii(value if _PLAIN.fullmatch(value) else _BLANKS.sub(" ", value).strip(" ").translate(_IN_ATTRIBUTE))


def _text(node: Text, parent: Element) -> str:
    if parent.name == "mj-style":
        return _ascii_css(node.text)
    if parent.name == "mj-title":
        # It stands in <title>, and in an attribute for readers of screens.
        return _attribute(node.text)
    return _ascii(node.text.translate(_IN_TEXT))


def _ascii(text: str) -> str:
    return text if text.isascii() else text.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _ascii_css(css: str) -> str:
    """Return CSS with escapes in place of what is not ASCII (CSS Syntax Module Level 3, 4.3.7)."""
    return re.sub(r"[^\x00-\x7f]", lambda character: f"\\{ord(character[0]):x} ", css)
