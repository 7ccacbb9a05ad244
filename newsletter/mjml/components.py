"""The components a letter may use, where, and with which attributes.

Only what mrml draws like the reference engine (npm ``mjml`` 5) is here: ``tests/test_mjml_parity.py`` compares pixels.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from newsletter.mjml.values import (
    ADDRESS,
    BODY_WIDTH,
    BORDER,
    CLASSES,
    COLOUR,
    CORNERS,
    FAMILY,
    HEIGHT,
    LENGTH,
    LINE_HEIGHT,
    NAME,
    NUMBER,
    PADDING,
    PX,
    SPACING,
    STYLE,
    TEXT,
    WEIGHT,
    WIDTH,
    ValueType,
    choice,
    either,
)

__all__ = ["COMPONENTS", "DEFAULTS", "DEFAULTS_PARENT", "Component", "Content"]

Content = Literal["components", "html", "text", "css", "none"]

_SIDES = ("top", "right", "bottom", "left")
_PADDING = {"padding": PADDING, **{f"padding-{side}": PX for side in _SIDES}}
_BORDER = {"border": BORDER, **{f"border-{side}": BORDER for side in _SIDES}}
_CLASSES = {"css-class": CLASSES, "mj-class": CLASSES}
_DIRECTION = {"direction": choice("ltr", "rtl")}
_ALIGN = choice("left", "center", "right")
_VERTICAL = choice("top", "middle", "bottom")
_FONT = {
    "color": COLOUR,
    "font-family": FAMILY,
    "font-size": PX,
    "font-style": choice("normal", "italic"),
    "font-weight": WEIGHT,
    "letter-spacing": SPACING,
    "line-height": LINE_HEIGHT,
    "text-decoration": choice("none", "underline", "line-through"),
    "text-transform": choice("none", "uppercase", "lowercase", "capitalize"),
}
_LINK = {"href": ADDRESS, "rel": TEXT, "target": choice("_blank", "_self")}
_BOX = {
    **_CLASSES,
    **_PADDING,
    **_BORDER,
    **_DIRECTION,
    "background-color": COLOUR,
    "border-radius": CORNERS,
    "full-width": choice("full-width"),
    "text-align": _ALIGN,
}
_BLOCK = {**_CLASSES, **_PADDING, "container-background-color": COLOUR}


@dataclass(frozen=True, kw_only=True, slots=True)
class Component:
    """An MJML component."""

    parents: tuple[str, ...]
    content: Content
    attributes: Mapping[str, ValueType] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    holds_conditions: bool = False
    """Whether comments for Outlook may stand in it; in others, the engine does not understand them."""

    at_most_once: bool = False


COMPONENTS: Mapping[str, Component] = {
    "mjml": Component(
        parents=("",),
        content="components",
        attributes={"lang": NAME, "dir": choice("ltr", "rtl", "auto")},
        required=("lang",),
    ),
    "mj-head": Component(parents=("mjml",), content="components", at_most_once=True),
    "mj-title": Component(parents=("mj-head",), content="text", at_most_once=True),
    "mj-preview": Component(parents=("mj-head",), content="text", at_most_once=True),
    "mj-breakpoint": Component(
        parents=("mj-head",), content="none", attributes={"width": PX}, required=("width",), at_most_once=True
    ),
    "mj-attributes": Component(parents=("mj-head",), content="components", at_most_once=True),
    "mj-style": Component(parents=("mj-head",), content="css", attributes={"inline": choice("inline")}),
    "mj-body": Component(
        parents=("mjml",),
        content="components",
        attributes={"background-color": COLOUR, "css-class": CLASSES, "width": BODY_WIDTH},
        at_most_once=True,
    ),
    "mj-wrapper": Component(parents=("mj-body",), content="components", attributes=_BOX),
    "mj-section": Component(parents=("mj-body", "mj-wrapper"), content="components", attributes=_BOX),
    "mj-group": Component(
        parents=("mj-section",),
        content="components",
        attributes={**_CLASSES, **_DIRECTION, "background-color": COLOUR, "vertical-align": _VERTICAL, "width": WIDTH},
    ),
    "mj-column": Component(
        parents=("mj-section", "mj-group"),
        content="components",
        attributes={
            **_CLASSES,
            **_PADDING,
            **_BORDER,
            **_DIRECTION,
            "background-color": COLOUR,
            "border-radius": CORNERS,
            "inner-background-color": COLOUR,
            "vertical-align": _VERTICAL,
            "width": WIDTH,
        },
    ),
    "mj-text": Component(
        parents=("mj-column",),
        content="html",
        attributes={**_BLOCK, **_FONT, "align": choice("left", "center", "right", "justify"), "height": PX},
        holds_conditions=True,
    ),
    "mj-button": Component(
        parents=("mj-column",),
        content="html",
        attributes={
            **_BLOCK,
            **_BORDER,
            **_FONT,
            **_LINK,
            "align": _ALIGN,
            "background-color": COLOUR,
            "border-radius": CORNERS,
            "height": PX,
            "inner-padding": PADDING,
            "text-align": _ALIGN,
            "vertical-align": _VERTICAL,
            "width": LENGTH,
        },
        required=("href",),
    ),
    "mj-image": Component(
        parents=("mj-column",),
        content="none",
        attributes={
            **_BLOCK,
            **_LINK,
            "align": _ALIGN,
            "alt": TEXT,
            "border": BORDER,
            "border-radius": CORNERS,
            "fluid-on-mobile": choice("true", "false"),
            "font-size": PX,
            "height": HEIGHT,
            "max-height": PX,
            "src": ADDRESS,
            "title": TEXT,
            "width": PX,
        },
        required=("alt", "src"),
    ),
    "mj-divider": Component(
        parents=("mj-column",),
        content="none",
        attributes={
            **_BLOCK,
            "align": _ALIGN,
            "border-color": COLOUR,
            "border-style": STYLE,
            "border-width": PX,
            "width": LENGTH,
        },
    ),
    "mj-spacer": Component(parents=("mj-column",), content="none", attributes={**_BLOCK, "height": PX}),
    "mj-table": Component(
        parents=("mj-column",),
        content="html",
        attributes={
            **_BLOCK,
            "align": _ALIGN,
            "cellpadding": NUMBER,
            "color": COLOUR,
            "font-family": FAMILY,
            "font-size": PX,
            "line-height": LINE_HEIGHT,
            "table-layout": choice("auto", "fixed"),
            "width": LENGTH,
        },
    ),
    "mj-raw": Component(parents=("mj-head", "mj-body"), content="html", holds_conditions=True),
}
"""All components by name."""

DEFAULTS_PARENT = "mj-attributes"
"""Within it, a component's name stands for the defaults of its attributes."""


_IN_BODY = {name: one for name, one in COMPONENTS.items() if "mj-class" in one.attributes or name == "mj-body"}
_OF_ONE = frozenset({"alt", "css-class", "href", "mj-class", "src", "title"})
"""Attributes that say what a single component shows, or which one it is."""


def _of_all() -> Mapping[str, ValueType]:
    """Return every attribute that can have a default, with the forms it has in any component."""
    forms: dict[str, list[ValueType]] = {}
    for component in _IN_BODY.values():
        for name, form in component.attributes.items():
            forms.setdefault(name, []).append(form)
    return {name: either(*forms[name]) for name in sorted(forms.keys() - _OF_ONE)}


def _row(attributes: Mapping[str, ValueType], *, at_most_once: bool = False) -> Component:
    return Component(parents=(DEFAULTS_PARENT,), content="none", attributes=attributes, at_most_once=at_most_once)


_ALL = _of_all()

DEFAULTS: Mapping[str, Component] = {
    "mj-all": _row(_ALL, at_most_once=True),
    "mj-class": Component(
        parents=(DEFAULTS_PARENT,), content="none", attributes={**_ALL, "name": NAME}, required=("name",)
    ),
    **{
        name: _row({key: form for key, form in one.attributes.items() if key in _ALL}) for name, one in _IN_BODY.items()
    },
}
"""What may stand in ``mj-attributes``."""
