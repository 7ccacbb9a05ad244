"""A project in which one file after the other is replaced, to see that nothing but problems in German comes of it."""

import re
import time
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from generator.build import prepare
from generator.model.content_type import DEFAULT_FOLDERS
from generator.model.site import Layout
from generator.problems import Problem, ProblemsFound
from generator.progress import silent
from generator.settings import Settings
from tests.project import BASE, load_cases, write_project
from tests.sample import NOW

__all__ = ["GOOD", "PATHS", "Workbench"]

PATHS: Mapping[str, str] = {
    "settings": "kooperation.yml",
    "page": "impressum.md",
    "news": "aktuelles/radweg.md",
    "event": "termine/werkstatt.md",
    "minutes": "protokolle/lenkungsgruppe.md",
    "leitbild": "leitbild/index.md",
    "edition": "newsletter/ausgabe.md",
}
"""Where the project's text of each type is."""

GOOD: Mapping[str, str] = {**BASE, **load_cases("strange")["project"]["files"]}
"""The project's files."""

LONGEST = 2.0
"""Seconds of the processor's time that a text may take."""

_SENTENCE = re.compile(r"[A-ZÄÖÜ0-9„#/.*].*[.!?]", re.DOTALL)
_ENGLISH = re.compile(r"\b(?:the|should|must be|expected|invalid|error|Traceback|got|found)\b")
_QUOTED = re.compile(r"„.*“", re.DOTALL)


class Workbench:
    """The project, in a folder."""

    def __init__(self, folder: Path) -> None:
        write_project(folder, GOOD)
        self._content = folder / "content"
        self._settings = Settings(
            content=self._content,
            build=folder / "build",
            layout=Layout(folders=DEFAULT_FOLDERS, search=False, social_cards=False),
            markdown_extensions=("abbr", "admonition", "attr_list", "def_list", "footnotes", "tables", "toc"),
        )
        self.told = 0
        """How many files had problems."""

        self.passed = 0

    def complaints(self, path: str, data: bytes) -> list[str]:
        """Return what is wrong with how a file is dealt with.

        Args:
            path: the file, one of the project's.
            data: its bytes.

        Raises:
            Exception: whatever a build would have broken down with.
        """
        file = self._content / path
        file.write_bytes(data)
        started = time.process_time()
        try:
            problems = self._problems()
            seconds = time.process_time() - started
            found = [flaw for problem in problems for flaw in self._flaws(problem)]
        finally:
            file.write_text(GOOD[path], encoding="utf-8")
        self.told += bool(problems)
        self.passed += not problems
        return [*found, *([f"It took {seconds:.1f} s."] if seconds > LONGEST else ())]

    def _problems(self) -> tuple[Problem, ...]:
        try:
            prepare(self._settings, datetime.fromisoformat(NOW), silent)
        except ProblemsFound as found:
            return found.problems
        return ()

    def _flaws(self, problem: Problem) -> Iterator[str]:
        """Yield what is wrong with how a problem is told."""
        place = self._content / problem.path
        if not place.is_file():
            yield f"There is no such file: {problem!r}"
        else:
            lines = place.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
            if not 1 <= problem.line <= lines:
                yield f"There is no such line, of {lines}: {problem!r}"
        for sentence in (problem.message, problem.remedy):
            if not _SENTENCE.fullmatch(sentence):
                yield f"No sentence: {problem!r}"
            if _ENGLISH.search(_QUOTED.sub("", sentence)):
                yield f"No German: {problem!r}"
        if any(unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp"} for sign in str(problem)):
            yield f"More than a line, or what cannot be seen: {problem!r}"
