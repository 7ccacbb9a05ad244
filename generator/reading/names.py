"""The office's list of names that are not public, and where the gate could not put a role in their place."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from generator.model.roles import Roles, marks
from generator.problems import Problem
from generator.reading.files import read_text
from generator.reading.yaml_tree import read_yaml
from generator.slug import slug

__all__ = ["check_names", "names_in_path", "read_names"]

_LOOKS_MARKED = re.compile(r"\{[^{}\n]*\.name(?![\w-])[^{}\n]*\}?")
_SHORTEST = 3


def read_names(file: Path | None) -> tuple[Roles, list[Problem]]:
    """Read the list: a YAML file with a line for each name, „Erika Beispiel: eine Anliegerin“.

    Args:
        file: the list; None where the office keeps none. One that cannot be read is a problem, for without it every
            name in it would be public.
    """
    if file is None:
        return Roles(), []
    place = file.name
    if not file.is_file():
        message = f"Die Namensliste „{file}“ gibt es nicht."
        return Roles(), [Problem("mkdocs.yml", 1, message, "Den Pfad unter private_names prüfen.")]
    text, problems = read_text(file.parent, PurePosixPath(place))
    if problems:
        return Roles(), problems
    tree, problems = read_yaml(text, place)
    names = {" ".join(name.split()): role for name, role in tree.data.items()}
    for name, role in names.items():
        line = tree.line_of((name,))
        if not isinstance(role, str) or not role.strip():
            problems.append(Problem(place, line, f"Zu „{name}“ fehlt die Rolle.", f"„{name}: Rolle“ schreiben."))
        if len(name) < _SHORTEST or not name[-1].isalnum():
            problems.append(Problem(place, line, f"„{name}“ ist kein Name.", "Vor- und Nachnamen schreiben."))
    return (Roles() if problems else Roles(names)), problems


def check_names(text: str, path: PurePosixPath, roles: Roles) -> Iterator[Problem]:
    """Yield a problem for each mark that the gate would not understand, and for a name in the name of the file.

    Args:
        text: the whole file, front matter included.
        path: the file.
        roles: the list.
    """
    understood = [range(*span) for span in marks(text)] if ".name" in text else []
    for found in _LOOKS_MARKED.finditer(text) if ".name" in text else ():
        if not any(found.start() in span for span in understood):
            yield Problem(
                str(path),
                text.count("\n", 0, found.start()) + 1,
                "Hier ist ein Name gekennzeichnet, aber nicht so, dass klar ist, was dazugehört.",
                'So schreiben: [Vorname Nachname]{.name role="eine Anliegerin"}.',
            )
    for name in names_in_path(path, roles):
        yield Problem(
            str(path),
            1,
            f"Der Name der Datei enthält „{name}“ aus der Namensliste; er würde in der Adresse öffentlich.",
            "Die Datei umbenennen.",
        )


def names_in_path(path: PurePosixPath, roles: Roles) -> Iterator[str]:
    """Yield the names of the list that a path tells."""
    words = f"-{slug(str(path.with_suffix('')))}-" if roles.by_name else ""
    for name, role in roles.by_name.items():
        if f"-{slug(name)}-" in words and role != name:
            yield name
