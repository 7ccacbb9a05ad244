"""What is wrong with the authored texts, and how to put it right, in German."""

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass

__all__ = ["Problem", "ProblemsFound", "as_json", "as_text"]

_HIDDEN = frozenset({"Cc", "Cf"})
"""Categories of characters that cannot be seen (Unicode, section 4.5)."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake at one place."""

    path: str
    """The file, relative to the content folder (``aktuelles/2026-11-02-radweg.md``)."""

    line: int
    """The line, counted from 1."""

    message: str
    """What is wrong: a German sentence."""

    remedy: str
    """What to do: a German sentence."""

    def __post_init__(self) -> None:
        for name in ("message", "remedy"):
            object.__setattr__(self, name, _visible(getattr(self, name)))

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message} {self.remedy}"


def _visible(sentence: str) -> str:
    """Return a sentence on one line with nothing hidden in it, whatever an author typed that it quotes.

    A line break would make two problems of one, and marks that turn the direction of writing would reorder it.
    """
    if sentence.isprintable():
        return sentence
    words = " ".join(sentence.split())
    return "".join(f"[U+{ord(sign):04X}]" if unicodedata.category(sign) in _HIDDEN else sign for sign in words)


class ProblemsFound(Exception):  # noqa: N818  # nothing is wrong with the program
    """Raised where work cannot go on because the texts have problems; carries all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(as_text(self.problems))


def as_text(problems: Iterable[Problem], hints: Iterable[Problem] = ()) -> str:
    """Return a line a problem and a line a hint, in the order of the files."""
    lines = {problem: str(problem) for problem in problems}
    lines |= {hint: f"{hint.path}:{hint.line}: Hinweis: {hint.message} {hint.remedy}" for hint in hints}
    return "\n".join(lines[one] for one in sorted(lines))


def as_json(problems: Iterable[Problem], hints: Iterable[Problem] = ()) -> str:
    """Return problems and hints for tools: a JSON list of objects with path, line, message, remedy and severity."""
    told = [{**asdict(problem), "severity": "error"} for problem in sorted({*problems})]
    told += [{**asdict(hint), "severity": "hint"} for hint in sorted({*hints})]
    return json.dumps(told, ensure_ascii=False, indent=2)
