"""Checks of single texts, and again after each change."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.project import write_project
from tests.sample import NOW

TEXT = "---\ntitle: Radweg\nsummary: Eine Meldung.\ndate: 2026-11-02\n---\nMehr steht [hier](../index.md).\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {"aktuelles/a.md": TEXT, "aktuelles/b.md": TEXT.replace("title", "titel").replace("[hier]", "[Start]")}
    return write_project(tmp_path / "project", files).parent


def check(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "-f", str(project / "mkdocs.yml"), "--now", NOW, *arguments])


def content(project: Path, name: str) -> str:
    return str(project / "content" / name)


def test_one_text_is_told_of_with_its_hints_and_not_of_others(project: Path) -> None:
    result = check(project, content(project, "aktuelles/a.md"))
    assert result.exit_code == 0
    hint, summary = result.stdout.rstrip("\n").split("\n")
    assert hint.startswith("aktuelles/a.md:6: Hinweis: ")
    assert summary == "0 Fehler, 1 Hinweis. 2 in anderen Dateien."


def test_a_text_with_mistakes_fails(project: Path) -> None:
    result = check(project, content(project, "aktuelles/b.md"))
    assert result.exit_code == 1
    assert "aktuelles/b.md:2: Unbekanntes Feld „titel“. Gemeint ist wohl „title“.\n" in result.stdout
    assert "aktuelles/a.md" not in result.stdout


def test_a_link_into_nothing_is_found(project: Path) -> None:
    file = project / "content" / "aktuelles" / "a.md"
    file.write_text(TEXT.replace("../index.md", "../gibt-es-nicht.md"), encoding="utf-8")
    result = check(project, str(file))
    assert result.exit_code == 1
    assert "aktuelles/a.md:6: Der Link „../gibt-es-nicht.md“ führt ins Leere." in result.stdout


@pytest.mark.slow
def test_any_letter_goes_into_a_file(project: Path) -> None:
    """Windows takes an encoding with few letters where something goes into a file."""
    (project / "content" / "aktuelles" / "b.md").write_text(TEXT.replace("summary", "Tauş"), encoding="utf-8")
    result = subprocess.run(
        [str(Path(sys.executable).parent / "schaukasten"), "check", "--now", NOW],
        cwd=project,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=False,
    )
    assert "Unbekanntes Feld „Tauş“" in result.stderr.decode("utf-8")


def test_a_file_from_elsewhere_is_refused(project: Path) -> None:
    result = check(project, str(project / "mkdocs.yml"))
    assert result.exit_code == 1
    assert "mkdocs.yml:1: Das ist keine Datei mit Inhalten. Eine Datei in content/ nennen." in result.stderr


@pytest.mark.parametrize("more", [["--watch"], ["index.md"]])
def test_a_published_site_is_compared_with_all_texts_only(project: Path, more: list[str]) -> None:
    result = check(project, "--against", "build/site", *more)
    assert result.exit_code == 2
    assert "--against gilt für die ganze Seite" in result.stderr


@pytest.mark.slow
def test_watching_tells_after_each_change(project: Path) -> None:
    command = [str(Path(sys.executable).parent / "schaukasten"), "check", "--watch", "--now", NOW]
    with subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            first = _until_waiting(process.stdout)
            assert "aktuelles/b.md:2: Unbekanntes Feld „titel“. Gemeint ist wohl „title“." in first
            assert first[-1] == "2 Fehler, 1 Hinweis."
            (project / "content" / "aktuelles" / "b.md").write_text(TEXT, encoding="utf-8")
            assert _until_waiting(process.stdout)[-1] == "0 Fehler, 2 Hinweise."
            settings = project / "mkdocs.yml"
            text = settings.read_text(encoding="utf-8")
            settings.write_text("theme: [", encoding="utf-8")
            assert any(line.startswith("mkdocs.yml:1: MkDocs bricht ab: ") for line in _until_waiting(process.stdout))
            settings.write_text(text, encoding="utf-8")
            assert _until_waiting(process.stdout)[-1] == "0 Fehler, 2 Hinweise."
        finally:
            process.terminate()


def _until_waiting(lines: IO[str]) -> list[str]:
    assert lines.readline() == "Prüfung:\n"
    found = []
    while not (line := lines.readline()).startswith("Warte auf Änderungen"):
        assert line
        found.append(line.rstrip("\n"))
    return found
