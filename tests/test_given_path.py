"""Paths on the command line: what is told of one that is of no use."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.project import BASE, write_project


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["import", "hugo", "nix"], "nix:1: Das gibt es nicht. Den Pfad prüfen."),
        (["import", "hugo", ".", "--media", "nix"], "nix:1: Diesen Ordner gibt es nicht. Den Pfad prüfen."),
        (["import", "hugo", ".", "--media", "mkdocs.yml"], "mkdocs.yml:1: Das ist eine Datei. Einen Ordner nennen."),
        (["import", "hugo", ".", "--report", "content"], "content:1: Das ist ein Ordner. Eine Datei nennen."),
        (["new", "seite", "A", "--from", "nix.md"], "nix.md:1: Diese Datei gibt es nicht. Den Pfad prüfen."),
        (["init", "mkdocs.yml"], "mkdocs.yml:1: Das ist eine Datei. Einen Ordner nennen."),
        (
            ["newsletter", "send", "ausgabe-1", "--via", "smtp", "--recipients", "content"],
            "content:1: Das ist ein Ordner. Eine Datei nennen.",
        ),
    ],
)
def test_a_path_that_is_of_no_use(
    arguments: Sequence[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_project(tmp_path, BASE)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"{told}\n")
