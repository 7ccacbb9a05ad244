"""The site comes out the same through every door: our command, plain MkDocs, ProperDocs, whole or after an edit."""

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from generator.engine.shell import fingerprint
from generator.folders import files_in
from tests.conftest import NOW, copy_demo, run
from tests.project import write_project

pytestmark = pytest.mark.slow

BIN = Path(sys.executable).parent
NEWS = """\
---
title: {title}
summary: Eine Meldung.
date: 2026-11-02
topics: [mobilitaet]
---
{body}
"""


def contents(site: Path) -> dict[str, bytes]:
    return {path: (site / path).read_bytes() for path in sorted(files_in(site))}


def run_engine(name: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    epoch = str(int(datetime.fromisoformat(NOW).timestamp()))
    environment = os.environ | {
        "SOURCE_DATE_EPOCH": epoch,
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    command = [str(BIN / name), *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs"])
def test_other_engines_build_the_same_site(engine: str, demo: Path, tmp_path: Path) -> None:
    folder = copy_demo(tmp_path, demo)
    result = run_engine(engine, "build", "--strict", "-f", "mkdocs.yml", folder=folder)
    assert result.returncode == 0, result.stderr
    assert contents(folder / "build" / "site") == contents(demo / "build" / "site")


def test_a_second_build_changes_nothing(demo: Path) -> None:
    before = contents(demo / "build" / "site")
    result = run("build", folder=demo)
    assert result.returncode == 0, result.stderr
    assert contents(demo / "build" / "site") == before


TEXTS = {
    "aktuelles/a.md": NEWS.format(title="Radweg", body="Fertig."),
    "aktuelles/b.md": NEWS.format(title="Brücke", body="Da."),
}
EDITS = {
    "a text is changed": {"aktuelles/a.md": NEWS.format(title="Radweg", body="Der Radweg ist ganz fertig.")},
    "a title is changed": {"aktuelles/a.md": NEWS.format(title="Radweg eröffnet", body="Fertig.")},
    "a text is added": {"aktuelles/c.md": NEWS.format(title="Bus", body="Der [Radweg](a.md) führt zum Bus.")},
    "a text is held back": {
        "aktuelles/b.md": NEWS.format(title="Brücke", body="Da.").replace("topics", "draft: ja\ntopics")
    },
    "a topic is renamed": {"kooperation.yml": "Mobilität|Verkehr"},
    "the cooperation is renamed": {"kooperation.yml": "name: Testallianz|name: Neue Allianz"},
}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was built."""
    folder = tmp_path_factory.mktemp("before")
    write_project(folder, TEXTS)
    assert run("build", folder=folder).returncode == 0
    return folder


@pytest.mark.parametrize("edit", EDITS)
def test_a_rebuild_equals_a_fresh_build(edit: str, before: Path, tmp_path: Path) -> None:
    used, fresh = tmp_path / "used", tmp_path / "fresh"
    shutil.copytree(before, used)
    write_project(fresh, TEXTS)
    for folder in (used, fresh):
        for name, spec in EDITS[edit].items():
            path = folder / "content" / name
            old, _, new = spec.partition("|")
            text = path.read_text(encoding="utf-8").replace(old, new) if new else spec
            path.write_text(text, encoding="utf-8")
        result = run("build", folder=folder)
        assert result.returncode == 0, result.stderr
    assert contents(used / "build" / "site") == contents(fresh / "build" / "site")


def test_a_mistake_leaves_the_last_good_site(tmp_path: Path) -> None:
    config = write_project(tmp_path, {"aktuelles/a.md": NEWS.format(title="Radweg", body="Fertig.")})
    assert run("build", folder=tmp_path).returncode == 0
    before = contents(tmp_path / "build" / "site")
    (config.parent / "content/aktuelles/a.md").write_text("---\ntitel: x\n---\n", encoding="utf-8")
    result = run("build", folder=tmp_path)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert contents(tmp_path / "build" / "site") == before
    plain = run_engine("mkdocs", "build", folder=tmp_path)
    assert plain.returncode == 1
    assert "Gemeint ist wohl „title“." in plain.stderr
    assert "Traceback" not in plain.stderr
    assert contents(tmp_path / "build" / "site") == before


def test_a_broken_template_leaves_the_last_good_site(tmp_path: Path, demo: Path) -> None:
    folder = copy_demo(tmp_path, demo)
    assert run("build", folder=folder).returncode == 0
    before = contents(folder / "build" / "site")
    (folder / "theme" / "news.html").write_text(
        "{% extends 'base.html' %}{% block content %}{{ words('fehlt.ganz') }}", encoding="utf-8"
    )
    result = run("build", folder=folder)
    assert result.returncode == 1
    assert "Eine Vorlage ist fehlerhaft" in result.stderr
    assert "Traceback" not in result.stderr
    assert contents(folder / "build" / "site") == before


def test_an_extension_may_be_given_a_function(tmp_path: Path) -> None:
    config = write_project(tmp_path, {"aktuelles/a.md": NEWS.format(title="Radweg", body="## Wie es weitergeht")})
    text = config.read_text(encoding="utf-8").replace(
        "footnotes, tables]", "footnotes, tables, {toc: {slugify: !!python/name:generator.slug.slug ''}}]"
    )
    config.write_text(text, encoding="utf-8")
    result = run("build", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    page = tmp_path / "build" / "site" / "aktuelles" / "a" / "index.html"
    assert '<h2 id="wie-es-weitergeht">' in page.read_text(encoding="utf-8")


def test_settings_that_cannot_be_used_are_told_in_german(tmp_path: Path) -> None:
    config = write_project(tmp_path, {})
    good = config.read_text(encoding="utf-8")
    config.write_text(good.replace("nav: [index.md]", "nav: [index.md, gibt-es-nicht.md]"), encoding="utf-8")
    result = run("check", folder=tmp_path)
    assert "\nmkdocs.yml:7: Die Navigation nennt „gibt-es-nicht.md“" in f"\n{result.stderr}"
    config.write_text(good.replace("plugins: [schaukasten]", "plugins: []"), encoding="utf-8")
    result = run("check", folder=tmp_path)
    assert "mkdocs.yml:1: Das Plug-in fehlt." in result.stderr
    config.write_text(good.replace("site_name: Testallianz", "site_name: [x"), encoding="utf-8")
    result = run("check", folder=tmp_path)
    assert "mkdocs.yml:1: MkDocs" in result.stderr
    config.unlink()
    result = run("check", folder=tmp_path)
    assert "mkdocs.yml" in result.stderr
    assert "Traceback" not in result.stderr
    assert result.returncode == 1


def test_a_template_that_moves_makes_pages_anew(tmp_path: Path) -> None:
    config, theme = tmp_path / "mkdocs.yml", tmp_path / "theme"
    (theme / "partials").mkdir(parents=True)
    config.write_text("site_name: Test\n", encoding="utf-8")
    (theme / "nav.html").write_text("Weg", encoding="utf-8")
    before = fingerprint(config, [theme], {})
    (theme / "nav.html").rename(theme / "partials" / "nav.html")
    assert fingerprint(config, [theme], {}) != before
