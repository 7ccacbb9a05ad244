"""The pipelines of a new project: valid for their hosts, and each of their jobs does what it says in a clean clone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.change_report import MARK
from tests.interrupted import write_content
from tests.project import ROOT

PROJECT = ROOT / "generator" / "scaffold" / "project"
SCHEMAS = {
    ".gitlab-ci.yml": "gitlab-ci",
    ".github/workflows/pruefen.yml": "github-workflows",
    ".github/workflows/veroeffentlichen.yml": "github-workflows",
    ".forgejo/workflows/pruefen.yml": "github-workflows",
    ".forgejo/workflows/veroeffentlichen.yml": "github-workflows",
}
OWN_ACTIONS = {
    f"{prefix}{name}"
    for prefix in ("", "https://data.forgejo.org/")
    for name in ("actions/checkout", "actions/cache", "actions/upload-artifact", "forgejo/upload-artifact")
}


def read(file: str) -> dict[str, Any]:
    """Return a pipeline's settings; „on“ is a word there, not a truth value."""
    told: dict[str, Any] = yaml.load((PROJECT / file).read_text(encoding="utf-8"), yaml.BaseLoader)
    return told


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the jobs of one host in the short form: all of them call the same targets."""
    if metafunc.function is test_the_jobs_of_a_host_do_what_they_say:
        metafunc.parametrize("file", list(CHECKS) if metafunc.config.getoption("--full") else list(CHECKS)[:1])


@pytest.mark.parametrize(("file", "schema"), SCHEMAS.items())
def test_a_pipeline_is_valid(file: str, schema: str) -> None:
    program = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(PROJECT / file)]
    result = subprocess.run(program, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("file", [file for file in SCHEMAS if "workflows" in file])
def test_only_the_hosts_own_actions_run_and_with_few_rights(file: str) -> None:
    settings = read(file)
    steps = [step for job in settings["jobs"].values() for step in job["steps"]]
    assert {step["uses"].partition("@")[0] for step in steps if "uses" in step} <= OWN_ACTIONS
    assert all(step["uses"].partition("@")[2] not in {"", "main", "master"} for step in steps if "uses" in step)
    if file.startswith(".github"):
        rights = {"contents": "read"} | ({"pull-requests": "write"} if "pruefen" in file else {})
        assert settings["permissions"] == rights


def test_versions_are_pinned() -> None:
    images = [read(".gitlab-ci.yml")["default"]["image"]]
    images += [read(file)["jobs"][Path(file).stem]["container"]["image"] for file in SCHEMAS if "forgejo" in file]
    assert all(image.partition(":")[2].count(".") == 2 for image in images)


def script(file: str, job: str) -> str:
    """Return what a job does after it was set up, as its host would run it."""
    settings = read(file)
    if file == ".gitlab-ci.yml":
        lines: list[str] = settings[job]["script"]
        return "\n".join(lines)
    steps = settings["jobs"][job]["steps"]
    return "\n".join(step["run"] for step in steps if "run" in step and step["name"] != "Einrichten")


def git(*arguments: str, folder: Path) -> None:
    who = ["-c", "user.name=Redaktion", "-c", "user.email=redaktion@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


class Origin:
    """A repository on its host, with the pipelines of a new project, and where its site is published."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "origin"
        self.target = folder / "ziel"
        self._clones = 0
        self.folder.mkdir()
        git("init", folder=self.folder)
        for file in (*SCHEMAS, "Makefile"):
            (self.folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / file, self.folder / file)
        (self.folder / "requirements.txt").touch()
        (self.folder / ".gitignore").write_text(".venv\nbuild/\n")
        self.commit("old")

    def commit(self, content: str) -> None:
        write_content(self.folder, content)
        git("add", "--all", folder=self.folder)
        git("commit", "--message", "Texte", "--allow-empty", folder=self.folder)

    def run(self, file: str, job: str, **environment: str) -> tuple[Path, "subprocess.CompletedProcess[str]"]:
        """Run a job in a clean clone; the packages are those of these tests."""
        self._clones += 1
        clone = self.folder.with_name(f"clone-{self._clones}")
        git("clone", "--depth=1", f"file://{self.folder}", str(clone), folder=self.folder.parent)
        ready(clone)
        given = {
            "PATH": os.environ["PATH"],
            "HOME": str(clone.parent),
            "LANG": "C.UTF-8",
            "GITHUB_STEP_SUMMARY": str(clone / "summary.md"),
            "PUBLISHED": str(self.target / "current") if (self.target / "current").exists() else "",
            "TARGET": str(self.target),
            **environment,
        }
        result = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script(file, job)],
            cwd=clone,
            env=given,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return clone, result


def ready(clone: Path) -> None:
    """Set up an environment in a clone that has the packages of this one, without installing them again."""
    programs = clone / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("python", "schaukasten"):
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec "{Path(sys.executable).parent / name}" "$@"\n')
        program.chmod(0o755)
    (clone / ".venv" / "ready").touch()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the jobs run on Linux")
def test_setting_up_says_nothing_that_is_taken_for_an_answer(tmp_path: Path) -> None:
    """A scheduled job compares what ``make -s due`` prints."""
    shutil.copy(PROJECT / "Makefile", tmp_path)
    (tmp_path / "requirements.txt").touch()
    git("init", folder=tmp_path)
    result = make("-s", ".venv/ready", folder=tmp_path)
    assert (result.returncode, result.stdout) == (0, "")
    assert "Richte die Umgebung in .venv ein …" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="the jobs run on Linux")
@pytest.mark.parametrize(
    ("settings", "wanted"),
    [("  - schaukasten:\n      editor: {backend: gitlab}\n", True), ("  - schaukasten\n# editor: {}\n", False)],
)
def test_a_site_with_the_web_editor_gets_its_files_before_it_is_built(
    settings: str, tmp_path: Path, *, wanted: bool
) -> None:
    shutil.copy(PROJECT / "Makefile", tmp_path)
    (tmp_path / "requirements.txt").touch()
    (tmp_path / "mkdocs.yml").write_text(f"plugins:\n{settings}", encoding="utf-8")
    for target in ("site", "release", "check", "letters", "report", "due"):
        told = make("--dry-run", target, folder=tmp_path).stdout
        assert ("generator.editor.install" in told) is wanted
    assert "generator.editor.install" in make("--dry-run", "editor", folder=tmp_path).stdout


def make(*arguments: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["make", *arguments], cwd=folder, capture_output=True, text=True, check=False)


CHECKS = {file: "pruefen" for file in SCHEMAS if "veroeffentlichen" not in file}
PUBLICATIONS = {file: "veroeffentlichen" for file in SCHEMAS if "pruefen" not in file}


def asked_by(file: str, event: str) -> Mapping[str, str]:
    """Return what the host tells of the event."""
    return {"CI_PIPELINE_SOURCE": event} if "gitlab" in file else {"GITHUB_EVENT_NAME": event}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the jobs run on Linux")
def test_the_jobs_of_a_host_do_what_they_say(file: str, tmp_path: Path) -> None:
    origin = Origin(tmp_path)
    publication = next(name for name in PUBLICATIONS if Path(name).parts[0] == Path(file).parts[0])
    clone, result = origin.run(publication, "veroeffentlichen", SOURCE_DATE_EPOCH=at("2026-11-22T12:00+01:00"))
    assert result.returncode == 0, result.stdout + result.stderr
    site = clone / "build" / "site" / "manifest.json"
    assert (origin.target / "current" / "manifest.json").read_bytes() == site.read_bytes()

    clone, result = origin.run(
        publication,
        "veroeffentlichen",
        SOURCE_DATE_EPOCH=at("2026-11-22T13:00+01:00"),
        **asked_by(publication, "schedule"),
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert not (clone / "build" / "site").exists(), "nothing is due"
    _, result = origin.run(
        publication,
        "veroeffentlichen",
        SOURCE_DATE_EPOCH=at("2026-12-24T13:00+01:00"),
        **asked_by(publication, "schedule"),
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "2026-12-24" in (origin.target / "current" / "manifest.json").read_text()[:200]

    origin.commit("renamed")
    clone, result = origin.run(file, "pruefen", SOURCE_DATE_EPOCH=at("2026-12-24T14:00+01:00"))
    assert result.returncode == 0, result.stdout + result.stderr
    told = (clone / "build" / "bericht.md").read_text(encoding="utf-8")
    assert told.startswith(f"{MARK}\n\n## ✅ Was diese Änderung bewirkt")
    assert "Alle Seiten ändern sich" in told
    assert (clone / "build" / "newsletter").is_dir()

    (origin.folder / "content/aktuelles/falsch.md").write_text("---\ntitel: Neu\n---\n")
    git("add", "--all", folder=origin.folder)
    git("commit", "--message", "Falsch", folder=origin.folder)
    clone, result = origin.run(file, "pruefen")
    assert result.returncode != 0
    told = (clone / "build" / "bericht.md").read_text(encoding="utf-8")
    assert told.startswith(f"{MARK}\n\n## ❌ So kann die Seite nicht gebaut werden")


def at(moment: str) -> str:
    return str(int(datetime.fromisoformat(moment).timestamp()))
