"""The words within a block of HTML as plain text: what is marked there by looks alone is said, or left out."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from generator.locale import Locale
from newsletter.addresses import ascii_address
from newsletter.nodes import Element, Node
from newsletter.wrapping import one_line

__all__ = ["Notes", "inline", "only_link", "raised"]

_SPACES = re.compile(r"[ \t\n\r\f]+")
_SPACES_BUT_BREAKS = re.compile(r"[ \t\r\f]+")
_AROUND_BREAK = re.compile(r"[ \xa0]*\n[ \xa0]*")
_OWN_PAGE = ("footnote-ref", "footnote-backref")
_PHONE = "tel:"
_MAIL = "mailto:"
_BEGINNING = re.compile(r"(?:https?://|mailto:)?(?:www\.)?", re.IGNORECASE)

_RAISED = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_DIGITS = re.compile(r"[0-9+()n-]+")


@dataclass(slots=True, kw_only=True)
class Notes:
    """What is noted down while a text is read."""

    words: Locale
    addresses: list[str] = field(default_factory=list)
    """Those the text has referred to, in order; the first is „[1]“."""

    told: int = 0
    """How many of them stand below a block already."""

    explained: set[str] = field(default_factory=set)
    """Abbreviations that have been explained."""

    def number_of(self, address: str) -> int:
        """Return the number that stands for an address."""
        if address not in self.addresses[self.told :]:
            self.addresses.append(address)
        return self.addresses.index(address, self.told) + 1

    def references(self) -> list[str]:
        """Return a line for each address that none has been told for yet."""
        lines = [f"[{number}] {self.addresses[number - 1]}" for number in range(self.told + 1, len(self.addresses) + 1)]
        self.told = len(self.addresses)
        return lines


def inline(nodes: Iterable[Node], notes: Notes) -> str:
    r"""Return what the nodes say; „\n“ is a break that is meant, and no-break spaces are as they were."""
    text = _SPACES_BUT_BREAKS.sub(" ", _raw(nodes, notes))
    return _AROUND_BREAK.sub("\n", text).strip(" \xa0\n")


def only_link(nodes: Iterable[Node], notes: Notes) -> tuple[str, str] | None:
    """Return the text and the address of the link that is all there is."""
    rest = [node for node in nodes if not isinstance(node, str) or node.strip()]
    if len(rest) != 1 or isinstance(rest[0], str) or rest[0].name != "a":
        return None
    address = _address(rest[0])
    text = one_line(inline(rest[0].children, notes))
    return (text, address) if address and text and not _says(text, address) else None


def raised(digits: str) -> str:
    """Return digits as small raised ones."""
    return digits.translate(_RAISED)


def _raw(nodes: Iterable[Node], notes: Notes) -> str:
    return "".join(
        _SPACES.sub(" ", node) if isinstance(node, str) else _ELEMENTS.get(node.name, _children)(node, notes)
        for node in nodes
    )


def _children(element: Element, notes: Notes) -> str:
    return _raw(element.children, notes)


def _link(element: Element, notes: Notes) -> str:
    if element.has_class("footnote-backref"):
        return ""
    text = _children(element, notes)
    address = _address(element)
    if not address or address.startswith(_PHONE):
        return text
    words = text.strip()
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    said = address if not words or _says(words, address) else f"{words}\xa0[{notes.number_of(address)}]"
    return before + said + after


def _address(element: Element) -> str | None:
    """Return where a link leads; None: within the text itself."""
    written = element.attributes.get("href", "").strip()
    if not written or written.startswith("#") or any(map(element.has_class, _OWN_PAGE)):
        return None
    address = ascii_address(written)
    return address[len(_MAIL) :] if address.startswith(_MAIL) and "?" not in address else address


def _says(words: str, address: str) -> bool:
    """Tell whether a link's text is its address."""
    return _bare(words) == _bare(address)


def _bare(address: str) -> str:
    return _BEGINNING.sub("", unquote(address), count=1).rstrip("/").lower()


def _image(element: Element, notes: Notes) -> str:
    alt = one_line(element.attributes.get("alt", ""))
    return notes.words("text.picture", alt=alt) if alt else ""


def _abbreviation(element: Element, notes: Notes) -> str:
    text, long = _children(element, notes), one_line(element.attributes.get("title", ""))
    if not long or text in notes.explained:
        return text
    notes.explained.add(text)
    return f"{text} ({long})"


def _in_digits(digits: Mapping[int, int]) -> Callable[[Element, Notes], str]:
    def write(element: Element, notes: Notes) -> str:
        text = _children(element, notes)
        return text.translate(digits) if _DIGITS.fullmatch(text) else text

    return write


_ELEMENTS: Mapping[str, Callable[[Element, Notes], str]] = {
    "a": _link,
    "abbr": _abbreviation,
    "br": lambda _element, _notes: "\n",
    "del": lambda element, notes: notes.words("text.deleted", text=_children(element, notes)),
    "img": _image,
    "q": lambda element, notes: notes.words("text.quoted", text=_children(element, notes)),
    "s": lambda element, notes: notes.words("text.deleted", text=_children(element, notes)),
    "sub": _in_digits(_LOWERED),
    "sup": _in_digits(_RAISED),
    "wbr": lambda _element, _notes: "",
}
