"""``mj-attributes`` worked out: every component says itself how it looks, and nothing is left to the engine.

mrml passes over some defaults (those of ``mj-body``, and ``align`` of a divider from a class).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from newsletter.mjml.components import COMPONENTS, DEFAULTS_PARENT
from newsletter.mjml.tree import Element

__all__ = ["with_defaults"]

_SIDES = frozenset({"border-top", "border-right", "border-bottom", "border-left"})
_NO_LINE = "0px solid #000000"
_UNITLESS = re.compile(r"(?<!\S)0(?!\S)")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Defaults:
    by_component: Mapping[str, Mapping[str, str]]
    """What ``mj-all`` and the components' own defaults say, by the component's name (or ``mj-all``)."""

    by_class: Mapping[str, Mapping[str, str]]


def with_defaults(document: Element) -> Element:
    """Return a checked document in which each component has its defaults as attributes, and no ``mj-attributes``.

    What is said later counts: ``mj-all``, the component's default, its classes in their order, its own attributes.
    """
    rows = [row for row in _rows(document) if row.name != "mj-class"]
    classes = [row for row in _rows(document) if row.name == "mj-class"]
    by_component: dict[str, dict[str, str]] = {}
    for row in rows:
        by_component.setdefault(row.name, {}).update(row.attributes)
    by_class: dict[str, dict[str, str]] = {}
    for row in classes:
        by_class.setdefault(row.attributes["name"], {}).update(row.attributes)
    return _resolved(document, _Defaults(by_component=by_component, by_class=by_class))


def _rows(element: Element) -> list[Element]:
    """Return everything in ``mj-attributes``."""
    children = [node for node in element.children if isinstance(node, Element)]
    if element.name == DEFAULTS_PARENT:
        return children
    return [row for child in children if child.name in {"mjml", "mj-head", DEFAULTS_PARENT} for row in _rows(child)]


def _resolved(element: Element, defaults: _Defaults) -> Element:
    component = COMPONENTS.get(element.name)
    if component is not None and component.content != "components" and "mj-class" not in component.attributes:
        return element
    children = [
        _resolved(node, defaults) if isinstance(node, Element) and node.name in COMPONENTS else node
        for node in element.children
        if not (isinstance(node, Element) and node.name == DEFAULTS_PARENT)
    ]
    if component is None:
        return replace(element, children=children)
    said = [defaults.by_component.get("mj-all", {}), defaults.by_component.get(element.name, {})]
    said += [defaults.by_class[name] for name in element.attributes.get("mj-class", "").split()]
    attributes = {name: value for one in said for name, value in one.items() if name in component.attributes}
    attributes.update({name: value for name, value in element.attributes.items() if name != "mj-class"})
    exact = {name: _exact(name, value) for name, value in attributes.items()}
    return replace(element, attributes=exact, children=children)


def _exact(name: str, value: str) -> str:
    """Return a value in the form with which mrml computes the right widths of pictures.

    It does not understand ``0 25px``, nor that a side has no line where the others have one.
    """
    if name in {"padding", "inner-padding"}:
        return _UNITLESS.sub("0px", value)
    return _NO_LINE if name in _SIDES and value in {"0", "none"} else value
