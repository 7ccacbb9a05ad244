"""What outputs are made of, as real parsers see it: two outputs of one shape differ in their texts alone."""

import json
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from typing import Any

import tinyhtml5
from icalendar import Calendar, Component
from lxml import etree, html

from tests.project import load_cases

__all__ = [
    "Shape",
    "bad_addresses",
    "body_faults",
    "calendar_shape",
    "feed_texts",
    "frame",
    "html_shape",
    "json_shape",
    "message_shape",
    "xml_shape",
]

Shape = list[str]

_SAFE = load_cases("words")["safe"]
_ADDRESSES = frozenset({"action", "cite", "data", "formaction", "href", "poster", "src", "srcset", "xlink:href"})
_SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "webcal"})
_FRAME = tuple(
    "applet audio base body button canvas dialog embed form frame frameset head html iframe input isindex link main "
    "marquee math meta noscript object param script select slot style svg template textarea title video".split()
)
_NOT_IN_AN_ADDRESS = re.compile(r"[\x00-\x1f]")


def html_shape(data: bytes, but: str | None = None) -> Shape:
    """Return the elements of a page with the names of their attributes, and those of data in scripts.

    Args:
        data: the page.
        but: a class: what is in the first element that has it does not count.
    """
    tree = html.fromstring(data)
    for element in tree.find_class(but)[:1] if but else ():
        for child in list(element):
            element.remove(child)
    return [line for node in tree.iter() for line in _node_shape(node)]


def frame(data: bytes) -> Shape:
    """Return the elements of a page that no text may add to, with all that their attributes say."""
    return [f"{node.tag} {sorted(node.attrib)}" for node in html.fromstring(data).iter(*_FRAME)]


def _node_shape(node: Any) -> Shape:
    if not isinstance(node.tag, str):
        return [f"<!--{node.text}-->"]
    if node.tag == "wbr":
        return []
    line = f"{node.tag} {sorted(node.attrib)}"
    return [line, *json_shape(node.text or "")] if node.get("type") == "application/ld+json" else [line]


def bad_addresses(data: bytes) -> list[str]:
    """Return the addresses of a page that do more than lead somewhere, and attributes that may execute something."""
    found = [
        item
        for node in html.fromstring(data).iter()
        for item in (node.attrib.items() if isinstance(node.tag, str) else ())
    ]
    return [
        f"{name}={value}"
        for name, value in found
        if name.startswith("on")
        or name in {"srcdoc", "ping", "formaction"}
        or (name in _ADDRESSES and _leads_astray(value))
    ]


def _leads_astray(address: str) -> bool:
    scheme = _SCHEME.match(_NOT_IN_AN_ADDRESS.sub("", address))
    return scheme is not None and scheme[1].lower() not in _SCHEMES


def body_faults(body: str) -> list[str]:
    """Return what must not be in the HTML of an author's text, by the HTML standard's own rules."""
    faults: list[str] = []
    for node in tinyhtml5.parse(f"<!DOCTYPE html><body>{body}", namespace_html_elements=False).iter():
        if not isinstance(node.tag, str):
            faults.append(f"<!--{node.text}-->")
        elif node.tag not in {"html", "head", "body", "source", "picture"} and node.tag not in _SAFE["tags"]:
            faults.append(f"<{node.tag}>")
        else:
            faults += [f"{node.tag} {name}" for name in node.attrib if name not in _SAFE["attributes"]]
    return faults + bad_addresses(f"<html><body>{body}</body></html>".encode())


def xml_shape(data: bytes) -> Shape:
    """Return the elements of XML and the names of their attributes."""
    tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    assert tree.getroottree().docinfo.internalDTD is None
    return [f"{node.tag} {sorted(node.attrib)}" for node in tree.iter()]


def feed_texts(data: bytes) -> tuple[list[str], Shape]:
    """Return the HTML of the texts in a feed, and the shape of the feed itself."""
    if data.startswith(b"{"):
        return [item["content_html"] for item in json.loads(data)["items"]], json_shape(data)
    tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    texts = [node for node in tree.iter() if str(node.tag).endswith(("encoded", "}content"))]
    return [node.text or "" for node in texts], xml_shape(data)


def json_shape(text: str | bytes) -> Shape:
    """Return the keys of JSON and the types of its values."""
    return list(_json_shape(json.loads(text), ""))


def _json_shape(value: Any, name: str) -> Iterator[str]:
    match value:
        case dict():
            for key, inner in value.items():
                yield f"{name}.{key}"
                yield from _json_shape(inner, key)
        case list():
            for inner in value:
                yield from _json_shape(inner, name)
        case _:
            yield type(value).__name__


def calendar_shape(data: bytes) -> Shape:
    """Return the components of a calendar, and the names of their properties and parameters."""
    assert b"\n" not in data.replace(b"\r\n", b"")
    return list(_component_shape(Calendar.from_ical(data)))


def _component_shape(component: Component) -> Iterator[str]:
    yield str(component.name)
    for name, value in component.items():
        for one in value if isinstance(value, list) else [value]:
            yield f"{name} {sorted(getattr(one, 'params', {}))}"
    for inner in component.subcomponents:
        yield from _component_shape(inner)


def message_shape(data: bytes, but: str) -> Shape:
    """Return the headers of a message, who it is from and to, and the kinds of its parts; of HTML as `html_shape`."""
    message = message_from_bytes(data, policy=default)
    assert not message.defects
    shape = [name for name, _ in message.items()]
    shape += [f"{address.addr_spec}" for name in ("From", "To") for address in message[name].addresses]
    for part in message.walk():
        assert not part.defects
        shape.append(part.get_content_type())
        if part.get_content_type() == "text/html":
            shape += html_shape(part.get_content().encode(), but)
    return shape
