"""YAML as authors write it: every scalar stays the text that was typed, and every value knows its line.

PyYAML's own loader would turn ``nein`` into False and ``18:30`` into 1110, and takes duplicate keys silently.
"""

from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.characters import FORBIDDEN
from generator.problems import Problem

__all__ = ["YamlTree", "read_yaml"]

_MAX_DEPTH = 12
_MAX_BYTES = 200_000
_SURELY_SHALLOW = 5_000
"""Characters; a shorter text cannot be nested so deeply that composing it exhausts the C stack."""

_EMPTY = frozenset({"", "~", "null"})
_NULL = "tag:yaml.org,2002:null"
_TEXT = "tag:yaml.org,2002:str"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # there with libyaml only
    """Tells nothing but emptiness from text, and so need not look whether a value is a number, a day or a word."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
        if kind is not yaml.ScalarNode:
            return str(super().resolve(kind, value, implicit))
        return _NULL if implicit[0] and value in _EMPTY else _TEXT


_GERMAN = (
    (
        "mapping values are not allowed",
        "Ein Doppelpunkt steht an einer Stelle, an der keiner stehen darf.",
        'Den Wert in Anführungszeichen setzen: title: "Radweg: Baubeginn".',
    ),
    (
        "found character that cannot start any token",
        "Hier steht ein Zeichen, mit dem ein Wert nicht beginnen darf (oft ein Tabulator, @ oder `).",
        "Mit Leerzeichen einrücken; solche Werte in Anführungszeichen setzen.",
    ),
    (
        "found a tab character",
        "Die Zeile ist mit einem Tabulator eingerückt.",
        "Mit Leerzeichen einrücken.",
    ),
    (
        "could not find expected ':'",
        "Nach einem Feldnamen fehlt der Doppelpunkt.",
        "Feld und Wert in der Form „feld: Wert“ schreiben.",
    ),
    (
        "did not find expected key",
        "Die Einrückung oder ein Anführungszeichen stimmt hier nicht.",
        "Diese Zeile und die davor vergleichen.",
    ),
    (
        "did not find expected '-' indicator",
        "In der Liste fehlt ein Strich, oder eine Zeile ist falsch eingerückt.",
        "Jeden Punkt der Liste mit „- “ beginnen und gleich weit einrücken.",
    ),
    (
        "found unexpected end of stream",
        "Ein Anführungszeichen wird nicht geschlossen.",
        "Das schließende Anführungszeichen ergänzen.",
    ),
    (
        "found undefined alias",
        "Ein Wert beginnt mit einem Stern und gilt damit als Verweis.",
        "Den Wert in Anführungszeichen setzen.",
    ),
)
_TOO_DEEP = ("Die Angaben sind zu tief verschachtelt.", "Flacher gliedern.")
_OTHERWISE = ("Diese Zeile ist kein gültiges YAML.", "Einrückung, Doppelpunkte und Anführungszeichen prüfen.")


@dataclass(slots=True)
class YamlTree:
    """A YAML mapping as read."""

    data: dict[str, Any] = field(default_factory=dict)
    """Nested dicts and lists of strings; an empty value is None."""

    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)
    """The line on which each key or list item stands, by its path (``("image", "alt")``)."""

    def line_of(self, path: tuple[str | int, ...]) -> int:
        """Return the line of the nearest enclosing thing that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str, place: str, first_line: int = 1) -> tuple[YamlTree, list[Problem]]:
    """Read a YAML mapping.

    Args:
        text: the YAML.
        place: the file, for problems.
        first_line: the line of the file on which the text begins.
    """
    tree = YamlTree(lines={(): first_line})
    if len(text) > _MAX_BYTES:
        problem = Problem(
            place, first_line, "Die Angaben sind zu lang.", "Den Text unter die zweite Linie aus --- schreiben."
        )
        return tree, [problem]
    try:
        if len(text) > _SURELY_SHALLOW and _is_deep(text):
            return tree, [Problem(place, first_line, *_TOO_DEEP)]
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        return tree, [_syntax_problem(error, place, first_line, text.count("\n", 0, len(text) - 1))]
    if node is None:
        return tree, []
    if not isinstance(node, yaml.MappingNode):
        return tree, [
            Problem(
                place, first_line, "Hier werden Felder erwartet.", "In der Form „feld: Wert“ schreiben, je Zeile eines."
            )
        ]
    reader = _Reader(place, first_line, tree.lines, may_escape="\\" in text)
    tree.data = reader.mapping(node, ())
    return tree, reader.problems


def _is_deep(text: str) -> bool:
    """Tell whether the text is nested too deeply; unlike composing, parsing does not recurse."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _MAX_DEPTH:
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False


def _syntax_problem(error: yaml.YAMLError, place: str, first_line: int, last: int) -> Problem:
    text = str(error)
    mark = getattr(error, "problem_mark", None)
    line = first_line + (min(mark.line, last) if mark is not None else 0)
    for english, message, remedy in _GERMAN:
        if english in text:
            return Problem(place, line, message, remedy)
    return Problem(place, line, *_OTHERWISE)


class _Reader:
    """Turns nodes into plain values, noting lines and problems."""

    def __init__(
        self, place: str, first_line: int, lines: dict[tuple[str | int, ...], int], *, may_escape: bool
    ) -> None:
        self.problems: list[Problem] = []
        self._place = place
        self._first_line = first_line
        self._lines = lines
        self._may_escape = may_escape
        self._seen: set[int] = set()

    def _line(self, node: yaml.Node) -> int:
        return int(node.start_mark.line) + self._first_line

    def _problem(self, node: yaml.Node, message: str, remedy: str) -> None:
        self.problems.append(Problem(self._place, self._line(node), message, remedy))

    def _value(self, node: yaml.Node, path: tuple[str | int, ...]) -> Any:
        if id(node) in self._seen:
            self._problem(
                node,
                "Anker und Verweise (& und *) sind nicht vorgesehen.",
                "Den Wert ausschreiben oder in Anführungszeichen setzen.",
            )
            return None
        if len(path) > _MAX_DEPTH:
            self._problem(node, *_TOO_DEEP)
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return self._sequence(node, path)
        assert isinstance(node, yaml.ScalarNode)
        text: str = node.value
        # As it is, the reader of files lets no such character through; it may be written as an escape ("\\x00").
        if self._may_escape and (bad := FORBIDDEN.search(text)):
            self._problem(
                node, f"Der Wert enthält ein unerlaubtes Zeichen (U+{ord(bad[0]):04X}).", "Das Zeichen entfernen."
            )
            return None
        return None if node.tag == _NULL and text in _EMPTY else text

    def _sequence(self, node: yaml.SequenceNode, path: tuple[str | int, ...]) -> list[Any]:
        values = []
        for index, child in enumerate(node.value):
            self._lines[(*path, index)] = self._line(child)
            values.append(self._value(child, (*path, index)))
        return values

    def mapping(self, node: yaml.MappingNode, path: tuple[str | int, ...]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, child in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._problem(key_node, "Ein Feldname ist kein einfaches Wort.", "In der Form „feld: Wert“ schreiben.")
                continue
            key = str(key_node.value)
            if key in values:
                first = self._lines[(*path, key)]
                self._problem(
                    key_node,
                    f"Das Feld „{key}“ steht zweimal (zuerst in Zeile {first}).",
                    "Eines von beiden entfernen.",
                )
                continue
            self._lines[(*path, key)] = self._line(key_node)
            values[key] = self._value(child, (*path, key))
        return values
