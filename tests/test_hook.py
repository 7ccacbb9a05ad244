"""A mistake stops the commit in which it is; what merely lies in the folder does not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from pre_commit.commands.validate_manifest import validate_manifest

from generator.cli import main
from tests.project import BASE, ROOT, write_project

NEWS = "content/aktuelles/größe.md"
RIGHT = "---\ntitle: Größe\nsummary: Kurz.\ndate: 2026-11-20\n---\nText.\n"
WRONG = RIGHT.replace("title:", "titel:")
REPORT = "aktuelles/größe.md:2: Unbekanntes Feld „titel“. Gemeint ist wohl „title“."


class Folder:
    """A repository with a project, as an editor has it."""

    def __init__(self, root: Path, project: Path) -> None:
        self.root = root
        self.config = write_project(project, BASE)
        self.git("init", "--quiet")
        self.git("config", "user.name", "Ida Beispiel")
        self.git("config", "user.email", "ida@example.org")
        (root / ".gitignore").write_text("build/\n")
        self.git("add", ".")
        self.git("commit", "--quiet", "-m", "Anfang")

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {"PATH": path}
        command = ["git", *arguments]
        return subprocess.run(command, cwd=self.root, env=env, capture_output=True, text=True, check=False)

    def write(self, text: str, path: str = NEWS) -> None:
        file = self.config.parent / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def commit(self, *options: str) -> subprocess.CompletedProcess[str]:
        return self.git("commit", "-m", "Neue Meldung", *options)

    @property
    def commits(self) -> int:
        return len(self.git("log", "--oneline").stdout.splitlines())


@pytest.fixture(params=[".", "öffentliche Seite"], ids=["alone", "within another project"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Folder:
    root = tmp_path / "Unser Schaukasten äöü"
    root.mkdir()
    made = Folder(root, root / request.param)
    result = CliRunner().invoke(main, ["hook", "install", "-f", str(made.config)])
    assert result.exit_code == 0, result.output
    return made


@pytest.mark.slow
def test_a_commit_with_a_mistake_is_refused(folder: Folder) -> None:
    folder.write(WRONG)
    folder.git("add", ".")
    result = folder.commit()
    assert result.returncode == 1
    assert REPORT in result.stderr.splitlines()
    assert folder.commits == 1
    assert folder.commit("--no-verify").returncode == 0
    assert folder.commits == 2


@pytest.mark.slow
def test_a_commit_without_mistakes_passes(folder: Folder) -> None:
    folder.write(RIGHT)
    folder.git("add", ".")
    result = folder.commit()
    assert (result.returncode, folder.commits) == (0, 2), result.stderr
    folder.write(WRONG)
    assert REPORT in folder.commit("--all").stderr


@pytest.mark.slow
def test_what_is_committed_counts_and_not_what_lies_there(folder: Folder) -> None:
    folder.write(WRONG)
    folder.git("add", ".")
    folder.write(RIGHT)
    assert REPORT in folder.commit().stderr
    folder.git("add", ".")
    folder.write(WRONG)
    assert folder.commit().returncode == 0
    folder.git("checkout", "--", ".")
    folder.write(RIGHT.replace("---\nText", "image: {file: /bild.jpg, alt: Bild, credit: Ida}\n---\nText"))
    folder.git("add", ".")
    folder.write("kein Bild", "content/bild.jpg")
    assert "Die Datei „/bild.jpg“ gibt es nicht." in folder.commit().stderr


@pytest.mark.slow
def test_a_text_that_appears_later_counts_too(folder: Folder) -> None:
    later = RIGHT.replace("---\nText", 'publish: "2099-01-01 08:00"\n---\n[Der Plan](plan.md)\n\nText')
    folder.write(later)
    folder.git("add", ".")
    assert "Ab Do, 01.01.2099, 08:00 Uhr: Der Link „plan.md“ führt ins Leere." in folder.commit().stderr


@pytest.mark.slow
def test_a_commit_in_a_second_working_tree_is_checked_too(folder: Folder, tmp_path: Path) -> None:
    second = tmp_path / "zweiter-baum"
    folder.git("worktree", "add", str(second))
    folder.config = second / folder.config.relative_to(folder.root)
    folder.root = second
    folder.write(WRONG)
    folder.git("add", ".")
    result = folder.commit()
    assert (result.returncode, REPORT in result.stderr.splitlines()) == (1, True)


def install(config: Path) -> str:
    return CliRunner().invoke(main, ["hook", "install", "-f", str(config)]).stderr


def test_a_folder_without_a_repository_is_told(tmp_path: Path) -> None:
    told = install(write_project(tmp_path, BASE))
    assert told.startswith(
        f"{tmp_path}:1: Dieser Ordner gehört zu keinem Git-Repository. Mit „git init“ eines anlegen."
    )


@pytest.mark.skipif(getattr(os, "geteuid", int)() != 0, reason="only root can give a folder away")
def test_what_else_git_says_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Folder(tmp_path, tmp_path)
    for path in (tmp_path, tmp_path / ".git"):
        os.chown(path, 12345, 12345)
    monkeypatch.setenv("HOME", str(tmp_path / "nirgends"))
    told = install(made.config)
    assert told.startswith(f"{tmp_path}:1: Git arbeitet hier nicht: „fatal: detected dubious ownership in repository")
    assert "Die Administration fragen." in told


@pytest.mark.slow
def test_a_commit_of_something_else_is_not_checked(folder: Folder) -> None:
    folder.write(WRONG)
    folder.git("add", ".")
    folder.commit("--no-verify")
    folder.write("Notizen.\n", "NOTIZEN.md")
    folder.git("add", ".")
    assert folder.commit().returncode == 0


@pytest.mark.slow
def test_folders_mounted_from_elsewhere_count_too(folder: Folder) -> None:
    mounted = "plugins: [schaukasten: {mounts: {handbuch: handbuch}}]"
    folder.config.write_text(folder.config.read_text("utf-8").replace("plugins: [schaukasten]", mounted), "utf-8")
    folder.write("---\ntitel: Handbuch\nsummary: Kurz.\n---\n", "handbuch/seite.md")
    folder.git("add", ".")
    folder.write("---\ntitle: Handbuch\nsummary: Kurz.\n---\n", "handbuch/seite.md")
    assert "handbuch/seite.md:2: Unbekanntes Feld „titel“." in folder.commit().stderr


def test_another_hook_is_not_touched(folder: Folder) -> None:
    file = folder.root / ".git" / "hooks" / "pre-commit"
    assert CliRunner().invoke(main, ["hook", "install", "-f", str(folder.config)]).exit_code == 0
    file.write_text("#!/bin/sh\nexit 0\n")
    result = CliRunner().invoke(main, ["hook", "install", "-f", str(folder.config)])
    assert result.exit_code == 1
    assert f"{file}:1: Hier ist schon ein anderer Hook eingerichtet." in result.stderr
    assert file.read_text() == "#!/bin/sh\nexit 0\n"


def test_without_the_program_the_way_on_is_told(folder: Folder) -> None:
    script = folder.root / ".git" / "hooks" / "pre-commit"
    result = subprocess.run(
        ["/bin/sh", script], cwd=folder.root, env={"PATH": ""}, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert "git commit --no-verify" in result.stderr


def test_without_a_repository_it_is_told_how_to_begin_one(tmp_path: Path) -> None:
    config = write_project(tmp_path, BASE)
    result = CliRunner().invoke(main, ["hook", "install", "-f", str(config)])
    assert result.exit_code == 1
    assert "Mit „git init“ eines anlegen." in result.stderr


@pytest.mark.slow
def test_the_framework_runs_the_same_check(tmp_path: Path) -> None:
    assert validate_manifest([str(ROOT / ".pre-commit-hooks.yaml")]) == 0
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    folder = Folder(tmp_path, tmp_path)
    local = {"repos": [{"repo": "local", "hooks": [hook | {"language": "system"}]}]}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(local, allow_unicode=True), encoding="utf-8")
    folder.write(WRONG)
    folder.git("add", ".")
    command = [sys.executable, "-m", "pre_commit", "run"]
    env = {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    result = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert REPORT in result.stdout.splitlines()
