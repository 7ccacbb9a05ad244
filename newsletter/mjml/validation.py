"""Whether a document uses only what `components` allows: every problem, each with template, line and remedy."""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from generator.problems import Problem
from newsletter.mjml.components import COMPONENTS, DEFAULTS, DEFAULTS_PARENT, Component, Content
from newsletter.mjml.refused import REFUSED, REFUSED_HTML
from newsletter.mjml.tree import Comment, Element, Node, Text, problem_at, walk
from newsletter.mjml.values import ValueType

__all__ = ["validate"]

_Words: TypeAlias = tuple[str, str]


def validate(document: Element) -> Iterator[Problem]:
    """Yield what is wrong with the document.

    Args:
        document: the nameless root that `markup.parse` returns.
    """
    yield from _components(document)
    yield from _conditions(document, document.children)
    pairs = tuple(_pairs(document))
    yield from _missing(document, pairs)
    yield from _repeated(pairs)
    yield from _unknown_classes(pairs)


_Pairs: TypeAlias = tuple[tuple[Element, Element], ...]
"""Every element with its parent."""


def _pairs(parent: Element) -> Iterator[tuple[Element, Element]]:
    for node in parent.children:
        if isinstance(node, Element):
            yield node, parent
            yield from _pairs(node)


def _missing(document: Element, pairs: _Pairs) -> Iterator[Problem]:
    given = {element.name for element, parent in pairs if parent.name != DEFAULTS_PARENT}
    empty = {element.name for element, _ in pairs if element.name == "mj-title" and not element.text.strip()}
    first = pairs[0][0] if pairs else document
    for name, remedy in _MISSING.items() if "mjml" in given else [("mjml", _MISSING["mjml"])]:
        if name not in given or name in empty:
            yield problem_at(first, f"„{name}“ fehlt oder ist leer.", remedy)


_MISSING = {
    "mjml": '<mjml lang="de"> … </mjml> um alles schreiben.',
    "mj-title": "In mj-head den Betreff schreiben: <mj-title>…</mj-title>. Vorleseprogramme nennen ihn zuerst.",
    "mj-body": "Den Inhalt in <mj-body> … </mj-body> schreiben.",
}


def _components(parent: Element, _grandparent: Element | None = None) -> Iterator[Problem]:
    """Yield the problems of components in one that holds components."""
    for node in parent.children:
        if isinstance(node, Element):
            yield from _component(node, parent)
        elif isinstance(node, Text) and node.text.strip():
            message = f"Text darf nicht {_where(parent.name)} stehen: {_quoted(node.text)}."
            yield problem_at(node, message, "In mj-text setzen.")


def _component(element: Element, parent: Element) -> Iterator[Problem]:
    table = DEFAULTS if parent.name == DEFAULTS_PARENT else COMPONENTS
    component = table.get(element.name)
    if component is None or parent.name not in component.parents:
        yield problem_at(element, *_misplaced(element.name, parent.name))
        component = component or COMPONENTS.get(element.name)
    if component is not None:
        yield from _attributes(element, component)
        if not component.holds_conditions:
            yield from _conditions(element, element.children if component.content == "components" else walk(element))
        yield from _CONTENTS[component.content](element, parent)


def _misplaced(name: str, parent: str) -> _Words:
    """Return what to say of an element that has no place here, or nowhere."""
    where = _where(parent)
    if name in REFUSED:
        reason, remedy = REFUSED[name]
        return f"„{name}“ ist nicht vorgesehen, denn es {reason}.", remedy
    if name in COMPONENTS or name in DEFAULTS:
        parents = " oder ".join(filter(None, (COMPONENTS.get(name) or DEFAULTS[name]).parents))
        return f"„{name}“ darf nicht {where} stehen.", f"Es gehört in {parents or 'keine andere Komponente'}."
    close = difflib.get_close_matches(name, (*COMPONENTS, *DEFAULTS), n=1)
    if close:
        return f"Unbekannte Komponente „{name}“.", f"Gemeint ist wohl „{close[0]}“."
    if not name.startswith("mj"):
        return f"HTML darf nicht {where} stehen: „{name}“.", "In mj-text setzen."
    return f"Unbekannte Komponente „{name}“.", f"Möglich sind: {', '.join(COMPONENTS)}."


def _where(parent: str) -> str:
    return f"in „{parent}“" if parent else "außerhalb von „mjml“"


def _attributes(element: Element, component: Component) -> Iterator[Problem]:
    for name, value in element.attributes.items():
        form = component.attributes.get(name)
        if form is None:
            yield problem_at(element, *_unknown_attribute(element.name, name, component))
        elif not form.accepts(value):
            yield problem_at(element, *_bad_value(name, value, form))
    for name in component.required:
        if name not in element.attributes:
            yield problem_at(
                element, f"„{element.name}“ braucht „{name}“.", _REQUIRED.get((element.name, name), "Ergänzen.")
            )


_REQUIRED = {
    ("mjml", "lang"): 'Die Sprache nennen: <mjml lang="de">.',
    ("mj-image", "alt"): 'Beschreiben, was zu sehen ist; reine Zierde mit alt="" kennzeichnen.',
    ("mj-image", "src"): 'Die Adresse des Bildes nennen: src="https://…".',
    ("mj-button", "href"): 'Die Adresse nennen, zu der er führt: href="https://…".',
    ("mj-class", "name"): 'Einen Namen geben: <mj-class name="…">.',
    ("mj-breakpoint", "width"): 'Die Breite nennen: width="480px".',
}
_OTHER_NAMES = {
    "background": ("background-color", "container-background-color"),
    "bgcolor": ("background-color", "container-background-color"),
    "class": ("css-class",),
}


def _unknown_attribute(element: str, name: str, component: Component) -> _Words:
    message = f"„{element}“ kennt kein „{name}“."
    known = tuple(component.attributes)
    meant = [other for other in _OTHER_NAMES.get(name, ()) if other in known]
    likely = meant or difflib.get_close_matches(name, known, n=1)
    if likely:
        return message, f"Gemeint ist wohl „{likely[0]}“."
    return message, f"Möglich sind: {', '.join(known)}." if known else "Entfernen."


def _bad_value(name: str, value: str, form: ValueType) -> _Words:
    message = f"{_quoted(value)} ist für „{name}“ nicht vorgesehen."
    likely = form.likely(value)
    hint = f"Gemeint ist wohl „{likely}“. " if likely else ""
    return message, f"{hint}Erwartet: {form.expected}."


def _html(element: Element, parent: Element) -> Iterator[Problem]:
    for node in walk(element):
        if isinstance(node, Element):
            yield from _html_element(node, element.name, in_head=parent.name == "mj-head")


def _html_element(node: Element, parent: str, *, in_head: bool) -> Iterator[Problem]:
    if node.name.startswith("mj"):
        yield problem_at(node, *_misplaced(node.name, parent))
    elif in_head != (node.name == "meta"):
        remedy = "In mj-head kann mj-raw nur „meta“ enthalten." if in_head else "In ein mj-raw in mj-head setzen."
        yield problem_at(node, f"„{node.name}“ darf hier nicht stehen.", remedy)
    elif node.name in REFUSED_HTML:
        yield problem_at(node, f"„{node.name}“ ist in einem Brief nicht vorgesehen.", REFUSED_HTML[node.name])
    elif node.name == "img" and "alt" not in node.attributes:
        yield problem_at(node, "„img“ braucht „alt“.", _REQUIRED["mj-image", "alt"])


def _conditions(element: Element, within: Iterable[Node]) -> Iterator[Problem]:
    for node in within:
        if isinstance(node, Comment) and node.is_condition:
            message = f"Bedingungen für Outlook dürfen nicht {_where(element.name)} stehen."
            yield problem_at(node, message, "In mj-raw setzen.")


def _plain(element: Element, _parent: Element) -> Iterator[Problem]:
    for node in element.children:
        if isinstance(node, Element):
            yield problem_at(node, f"In „{element.name}“ darf kein Tag stehen: „{node.name}“.", "Nur Text schreiben.")


_NOT_INLINE = re.compile(r"@[a-z-]+|::?(?:active|after|before|focus|hover|visited)\b")
"""What no ``style`` attribute can say; the inliner would drop it without a word."""


def _css(element: Element, _parent: Element) -> Iterator[Problem]:
    if "<" in element.text:
        yield problem_at(element, "In „mj-style“ steht ein „<“.", "Mit min-width und max-width schreiben statt mit <.")
    for rule in dict.fromkeys(_NOT_INLINE.findall(element.text)) if "inline" in element.attributes else ():
        yield problem_at(
            element, f"„{rule}“ lässt sich nicht an Tags schreiben.", "In ein mj-style ohne inline setzen."
        )


def _nothing(element: Element, _parent: Element) -> Iterator[Problem]:
    for node in element.children:
        if isinstance(node, Element) or (isinstance(node, Text) and node.text.strip()):
            yield problem_at(node, f"„{element.name}“ hat keinen Inhalt.", f"Als <{element.name} … /> schreiben.")
            return


_CONTENTS: Mapping[Content, Callable[[Element, Element], Iterator[Problem]]] = {
    "components": _components,
    "html": _html,
    "text": _plain,
    "css": _css,
    "none": _nothing,
}


def _repeated(pairs: _Pairs) -> Iterator[Problem]:
    seen = set()
    for element, parent in pairs:
        component = (DEFAULTS if parent.name == DEFAULTS_PARENT else COMPONENTS).get(element.name)
        if component is not None and component.at_most_once:
            if element.name in seen:
                yield problem_at(element, f"„{element.name}“ steht mehr als einmal im Brief.", "Zusammenfassen.")
            seen.add(element.name)


def _unknown_classes(pairs: _Pairs) -> Iterator[Problem]:
    """Yield uses of classes that no ``mj-class`` defines; the engine would pass over them."""
    defined = {element.attributes.get("name", "") for element, _ in pairs if element.name == "mj-class"}
    for element, _ in pairs:
        for name in element.attributes.get("mj-class", "").split():
            if name not in defined:
                close = difflib.get_close_matches(name, defined, n=1)
                likely = f"Gemeint ist wohl „{close[0]}“." if close else None
                remedy = likely or f'In mj-attributes <mj-class name="{name}" … /> ergänzen.'
                yield problem_at(element, f"Die Klasse „{name}“ ist nicht bestimmt.", remedy)


def _quoted(text: str) -> str:
    """Return the beginning of a text in German quotation marks."""
    plain = " ".join(text.split())
    return f"„{plain if len(plain) <= 40 else plain[:39] + '…'}“"
