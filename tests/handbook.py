"""The examples and commands of the handbook, taken out of its pages."""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.project import ROOT

HANDBOOK = ROOT / "docs" / "handbuch"
PAGES = sorted(HANDBOOK.glob("*.md"))

_FENCE = re.compile(r"^( *)(`{3,}) *([\w-]*)\n(.*?)^\1\2 *$", re.DOTALL | re.MULTILINE)
_NAME = re.compile(r"\*\*`([^`]+)`\*\*[^\n]*\n\s*\Z")
_INLINE = re.compile(r"(?<!`)`((?:\.venv/bin/)?schaukasten [^`\n]+)`(?!`)")
_SHELLS = frozenset({"sh", "console", "bat"})
_DATA = frozenset({"markdown", "yaml"})

_FOLDERS: Mapping[str, Mapping[str, Any]] = {
    "aktuelles": {"date": "2026-12-01"},
    "termine": {"start": "2026-12-01 18:00", "location": "Bürgerhaus"},
    "protokolle": {"committee": "lenkungsgruppe", "start": "2026-12-01 18:00"},
}
"""What a text of a folder needs besides title and summary."""


@dataclass(frozen=True, slots=True)
class Example:
    """A file, or a piece of one, that a page shows."""

    page: str
    line: int
    path: str
    """The file that it stands in, relative to the project; empty: the page does not say."""

    language: str
    text: str
    told: tuple[str, ...] = ()
    """What a check says of it; nothing: it is right."""

    @property
    def is_whole(self) -> bool:
        return self.language == "markdown" and self.text.startswith("---\n")


def examples(page: Path) -> Iterator[Example]:
    """Yield what a page shows of texts and settings; what is told of a wrong one stands below it, marked as text."""
    text = page.read_text(encoding="utf-8")
    fences = list(_FENCE.finditer(text))
    for number, fence in enumerate(fences):
        if fence[3] not in _DATA:
            continue
        name = _NAME.search(text[: fence.start()])
        following = fences[number + 1] if number + 1 < len(fences) else None
        told = following[4].splitlines() if following is not None and following[3] == "text" else []
        line = text.count("\n", 0, fence.start()) + 1
        yield Example(page.name, line, name[1] if name else "", fence[3], fence[4], tuple(told))


def commands(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each call of our command that a page shows, as it is written and as its arguments."""
    text = page.read_text(encoding="utf-8")
    lines = [line for fence in _FENCE.finditer(text) if fence[3] in _SHELLS for line in _whole_lines(fence[4])]
    for line in (*lines, *_INLINE.findall(text)):
        words = shlex.split(line.removeprefix("$ "), comments=True)
        if words and Path(words[0].replace("\\", "/")).name == "schaukasten":
            yield line, words[1:]


def _whole_lines(shown: str) -> list[str]:
    """Return the lines of a shell's session; one that ends in a backslash goes on in the next."""
    return shown.replace("\\\n", " ").splitlines()


def whole_text(example: Example) -> str:
    """Return a text of which an example shows the fields or the body only."""
    if example.is_whole:
        return example.text
    folder = example.path.removeprefix("content/").rpartition("/")[0]
    fields = {"title": "Beispiel", "summary": "Ein Beispiel.", **_FOLDERS.get(folder, {})}
    if example.language == "markdown":
        return f"---\n{yaml.safe_dump(fields, allow_unicode=True)}---\n\n{example.text}"
    given = yaml.compose(example.text)
    own = {key.value for key, _ in given.value}
    rest = {name: value for name, value in fields.items() if name not in own}
    return f"---\n{yaml.safe_dump(rest, allow_unicode=True)}{example.text}---\n\nText.\n"


def merged(settings: Any, more: Any) -> Any:
    """Return settings with a piece of them replaced; lists of plug-ins are joined by name."""
    if isinstance(settings, dict) and isinstance(more, dict):
        return {**settings, **{name: merged(settings.get(name), value) for name, value in more.items()}}
    if isinstance(more, list) and any(isinstance(one, dict) and "schaukasten" in one for one in more):
        before = next((one["schaukasten"] for one in settings if isinstance(one, dict)), {})
        return [{"schaukasten": merged(before, more[0]["schaukasten"])}]
    return more
