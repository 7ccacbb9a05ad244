"""Pages that lie elsewhere in the repository are part of the site, as if they lay in the content folder."""

from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.channels.search_documents import documents
from generator.channels.view import View
from generator.cli import main
from generator.engine.project import prepare_site
from generator.progress import silent
from tests.project import write_project
from tests.sample import NOW

INDEX = "---\ntitle: Handbuch\nsummary: Wie es geht.\n---\nZum [Anfang](erster-text.md#anfang).\n"
PAGE = "---\ntitle: Erster Text\nsummary: Womit es beginnt.\n---\n## Anfang\n\n![Ein Bild](bild.svg)\n"
TEXT = "---\ntitle: Radweg\nsummary: Eine Meldung.\ndate: 2026-11-02\n---\nSiehe [Handbuch](../handbuch/index.md).\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h8v8H0z"/></svg>'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    config = write_project(tmp_path, {"aktuelles/a.md": TEXT})
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("[schaukasten]", "[schaukasten: {mounts: {handbuch: docs/handbuch}}]"), "utf-8")
    folder = tmp_path / "docs" / "handbuch"
    folder.mkdir(parents=True)
    (folder / "index.md").write_text(INDEX, encoding="utf-8")
    (folder / "erster-text.md").write_text(PAGE, encoding="utf-8")
    (folder / "bild.svg").write_text(DRAWING, encoding="utf-8")
    return tmp_path


def run(project: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, [arguments[0], "-f", str(project / "mkdocs.yml"), "--now", NOW, *arguments[1:]])
    return result.output


@pytest.mark.slow
def test_its_pages_are_built_and_linked(project: Path) -> None:
    assert "Seiten" in run(project, "build")
    site = project / "build" / "site"
    index = (site / "handbuch" / "index.html").read_text(encoding="utf-8")
    assert 'href="erster-text/#anfang"' in index or 'href="../handbuch/erster-text/#anfang"' in index
    page = (site / "handbuch" / "erster-text" / "index.html").read_text(encoding="utf-8")
    assert "<h1>Erster Text</h1>" in page
    assert '<a href="../../handbuch/">Handbuch</a>' in page
    assert 'href="../../handbuch/"' in (site / "aktuelles" / "a" / "index.html").read_text(encoding="utf-8")


def test_its_mistakes_are_told_as_if_it_lay_there(project: Path) -> None:
    (project / "docs" / "handbuch" / "index.md").write_text(INDEX.replace("title", "titel"), encoding="utf-8")
    assert "handbuch/index.md:2: Unbekanntes Feld „titel“." in run(project, "check")
    file = str(project / "docs" / "handbuch" / "index.md")
    assert "handbuch/index.md:2: Unbekanntes Feld „titel“." in run(project, "check", file)


@pytest.mark.parametrize(
    ("mounts", "message"),
    [
        ("{handbuch: gibt-es-nicht}", "Den Ordner „gibt-es-nicht“ (mounts: handbuch) gibt es nicht."),
        ("{aktuelles: docs/handbuch}", "„aktuelles“ (mounts) ist kein Name für einen weiteren Ordner"),
        ("{../oben: docs/handbuch}", "„../oben“ (mounts) ist kein Name für einen weiteren Ordner"),
    ],
)
def test_what_makes_no_sense_is_told(project: Path, mounts: str, message: str) -> None:
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("{handbuch: docs/handbuch}", mounts), encoding="utf-8")
    assert message in run(project, "check")


CODE = "---\ntitle: Protokolle\nsummary: So geht es.\n---\n```markdown\n## Nichtöffentlicher Teil\n```\n\nMehr.\n"
ANNOUNCED = "handbuch/code.md:6: Diese Überschrift kündigt etwas Nichtöffentliches an"


def test_what_is_shown_as_code_announces_nothing(project: Path) -> None:
    (project / "docs" / "handbuch" / "code.md").write_text(CODE, encoding="utf-8")
    assert "Keine Fehler." in run(project, "check")
    (project / "docs" / "handbuch" / "code.md").write_text(CODE.replace("\n```\n\n", "\n\n"), encoding="utf-8")
    assert ANNOUNCED in run(project, "check")


def test_what_is_mounted_is_not_searched_and_has_names_of_its_own(project: Path) -> None:
    (project / "docs" / "handbuch" / "a.md").write_text(PAGE, encoding="utf-8")
    (project / "docs" / "handbuch" / "bild.svg").write_text(DRAWING, encoding="utf-8")
    site = prepare_site(project / "mkdocs.yml", datetime.fromisoformat(NOW), silent)[1].site
    assert {entry.id for entry in site.entries} >= {"a", "handbuch-a", "handbuch"}
    assert [document.url for document in documents(View(site)) if document.url.startswith("handbuch/")] == []
