"""The front matter of a text: the fields between the first two lines of ``---``."""

import re
from dataclasses import dataclass

from generator.problems import Problem
from generator.reading.yaml_tree import YamlTree, read_yaml

__all__ = ["TextFile", "split"]

_RULE = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text taken apart."""

    fields: YamlTree
    body: str
    body_line: int
    """The line on which the body begins, counted from 1."""


def split(text: str, place: str) -> tuple[TextFile, list[Problem]]:
    """Take a text apart into its fields and its body; its line ends are line feeds."""
    opening = _RULE.match(text)
    if opening is None:
        problem = Problem(
            place,
            1,
            "Der Text beginnt nicht mit den Angaben zwischen zwei Zeilen aus „---“.",
            "In die erste Zeile „---“ schreiben, darunter die Felder (title: …), dann wieder „---“.",
        )
        return TextFile(YamlTree(lines={(): 1}), text, 1), [problem]
    closing = _RULE.search(text, opening.end())
    if closing is None:
        problem = Problem(
            place,
            1,
            "Die Angaben am Anfang werden nicht abgeschlossen.",
            "Nach dem letzten Feld eine Zeile „---“ ergänzen.",
        )
        return TextFile(YamlTree(lines={(): 1}), "", text.count("\n") + 1), [problem]
    fields, problems = read_yaml(text[opening.end() : closing.start()], place, first_line=2)
    fields.lines[()] = 1
    body_line = text.count("\n", 0, closing.end()) + 1
    return TextFile(fields, text[closing.end() :], body_line), problems
