"""Text files of other systems: their fields, in three notations, and what stands below them."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from generator.characters import FORBIDDEN
from generator.problems import Problem
from generator.reading.files import MAX_TEXT_BYTES
from generator.reading.front_matter import split
from generator.reading.yaml_tree import read_yaml

__all__ = ["ForeignText", "cleaned", "parsed", "plain", "read_foreign", "take_apart"]

_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML_LINE = re.compile(r"at line (\d+)")
_MAX_DEPTH = 12
_FIELDS = "Die Angaben am Anfang lassen sich nicht lesen"
_MEND = "Dort berichtigen und noch einmal übernehmen."


@dataclass(frozen=True, slots=True)
class ForeignText:
    """A text taken apart."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    """Lower-case names to strings, lists and mappings; an empty value is None."""

    body: str = ""


def read_foreign(file: Path, place: str) -> tuple[str, list[Problem]]:
    """Return a file's text with line feeds as line ends and without characters that no text may contain."""
    try:
        size = file.stat().st_size
        if size > MAX_TEXT_BYTES:
            message = f"Die Datei ist mit {size / 1e6:.0f} MB zu groß für einen Text (höchstens 1 MB)."
            return "", [Problem(place, 1, message, "Den Text dort teilen.")]
        raw = file.read_bytes()
    except OSError as error:
        message = f"Die Datei lässt sich nicht lesen ({error.strerror})."
        return "", [Problem(place, 1, message, "Zugriffsrechte prüfen.")]
    try:
        return cleaned(raw.decode("utf-8-sig")), []
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        remedy = "Die Datei in UTF-8 umwandeln (im Editor: Speichern mit Kodierung) und noch einmal übernehmen."
        return "", [Problem(place, line, "Die Datei ist nicht in UTF-8 geschrieben.", remedy)]


def cleaned(text: str) -> str:
    """Return a text with line feeds as line ends and without characters that no text may contain."""
    return FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))


def take_apart(text: str, place: str) -> tuple[ForeignText, list[Problem]]:
    """Take a text apart: fields in YAML (``---``), TOML (``+++``) or JSON (``{``), or none at all."""
    if text.startswith("---"):
        parts, problems = split(text, place)
        return ForeignText(_lower(parts.fields.data), parts.body), problems
    if found := _TOML.match(text):
        fields, problems = parsed(found[1], ".toml", place, first_line=2)
        return ForeignText(fields, text[found.end() :]), problems
    if text.startswith("{") and not text.startswith(("{{", "{%")):
        return _json_before_text(text, place)
    return ForeignText({}, text), []


def parsed(text: str, suffix: str, place: str, first_line: int = 1) -> tuple[dict[str, Any], list[Problem]]:
    """Read fields from a text in the notation of a kind of file: ``.toml``, ``.json``, ``.yaml`` or ``.yml``.

    Args:
        text: the fields.
        suffix: the end of the name of such a file.
        place: the file, for problems.
        first_line: the line of the file on which the text begins.
    """
    if suffix in {".yaml", ".yml"}:
        tree, problems = read_yaml(text, place, first_line)
        return _lower(tree.data), problems
    try:
        data = plain(tomllib.loads(text) if suffix == ".toml" else json.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = _TOML_LINE.search(str(error))
        return {}, [Problem(place, first_line - 1 + int(line[1] if line else 1), f"{_FIELDS} (TOML).", _MEND)]
    except json.JSONDecodeError as error:
        return {}, [Problem(place, first_line - 1 + error.lineno, f"{_FIELDS} (JSON).", _MEND)]
    except (RecursionError, ValueError):
        return {}, [Problem(place, first_line, f"{_FIELDS}.", _MEND)]
    return (_lower(data), []) if isinstance(data, dict) else ({}, [])


def _json_before_text(text: str, place: str) -> tuple[ForeignText, list[Problem]]:
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except json.JSONDecodeError as error:
        return ForeignText({}, ""), [Problem(place, error.lineno, f"{_FIELDS} (JSON).", _MEND)]
    except (RecursionError, ValueError):
        return ForeignText({}, ""), [Problem(place, 1, f"{_FIELDS} (JSON).", _MEND)]
    fields, problems = parsed(text[:end], ".json", place)
    return ForeignText(fields, text[end:].removeprefix("\n")), problems


def _lower(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {cleaned(str(name)).lower(): value for name, value in fields.items()}


def plain(value: Any, depth: int = 0) -> Any:
    """Return a value of JSON or TOML as YAML would have given it here: every scalar a text, an empty one None.

    Raises:
        ValueError: it is nested too deeply.
    """
    if depth > _MAX_DEPTH:
        message = "nested too deeply"
        raise ValueError(message)
    match value:
        case dict():
            return {cleaned(str(name)): plain(part, depth + 1) for name, part in value.items()}
        case list():
            return [plain(part, depth + 1) for part in value]
        case bool():
            return "true" if value else "false"
        case datetime() | date() | time():
            return value.isoformat()
        case None | str():
            return cleaned(value) if value else None
        case _:
            return str(value)
