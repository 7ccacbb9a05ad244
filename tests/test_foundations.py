"""What people rely on besides the program: documents that are true, locks that are complete, a licence."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
import yaml

from generator import __version__
from tests.project import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "benchmarks/README.md")]
DOCUMENTS += sorted((ROOT / "docs").rglob("*.md"))
PATH = re.compile(r"`((?:generator|newsletter|theme|tests|docs|benchmarks|requirements|content)/[\w./-]*)`")
LINK = re.compile(r"\]\(([^)#:]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def names(requirements: list[str]) -> set[str]:
    return {
        re.split(r"[<>=;\[ ]", line)[0].lower() for line in requirements if line and not line.startswith(("#", " "))
    }


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_files_that_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    # What the handbook names below content/ lies in the reader's own project; its examples are built elsewhere.
    own = "content/" if document.parent.name == "handbuch" else "-"
    assert [path for path in PATH.findall(text) if not path.startswith(own) and not (ROOT / path).exists()] == []
    assert [link for link in LINK.findall(CODE.sub("", text)) if not (document.parent / link).exists()] == []


def test_the_names_in_the_contribution_guide_are_those_of_the_code() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "generator").rglob("*.py"))
    told = set(re.findall(r"`(_?[A-Za-z]+(?:_[A-Za-z]+)+|[A-Z][a-z]+[A-Z]\w+)`", read("CONTRIBUTING.md")))
    assert told
    assert [name for name in told if name not in code] == []


def test_the_readme_shows_the_two_commands_first() -> None:
    commands = re.findall(r"^make (\w[\w-]*)", read("README.md"), re.MULTILINE)
    assert commands[:2] == ["site", "test"]
    targets = re.findall(r"^([\w-]+):", read("Makefile"), re.MULTILINE)
    assert {"site", "test", "test-fast", "test-full", "serve"} <= set(targets)
    assert read(".ci/run").rstrip().endswith("make test")


def test_the_readme_installs_on_windows_what_make_installs() -> None:
    windows = read("README.md").split("```bat")[1].split("```")[0].replace("\\", "/")
    for lock in ("build", "site"):
        assert f"--require-hashes -r requirements/{lock}.lock" in windows.replace("--no-build-isolation ", "")
        assert f"-r requirements/{lock}.lock" in read("Makefile")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_pins_every_package_with_hashes_and_names_no_host(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    packages = [line for line in text.split("\n") if line and not line.startswith((" ", "#"))]
    assert packages
    assert all(re.match(r"[\w.-]+==[\w.]+ ?(?:;.*)?\\$", line) for line in packages)
    assert text.count("==") >= len(packages)
    blocks = re.split(r"\n(?=[a-z])", text)
    assert [block.split("\n")[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


def test_every_direct_dependency_is_locked_and_has_its_reason() -> None:
    direct = names(PROJECT["project"]["dependencies"])
    assert direct <= names((ROOT / "requirements/site.lock").read_text(encoding="utf-8").split("\n"))
    development = names(read("requirements/dev.in").split("\n")) | names(read("requirements/build.in").split("\n"))
    reasons = read("docs/adr/dependencies.md")
    told = {
        name.strip() for row in re.findall(r"^\| ([\w, *-]+?) \|", reasons, re.MULTILINE) for name in row.split(",")
    }
    missing = {name for name in direct | development if name not in told and not name.startswith("types-")}
    assert missing == set()


def test_every_decision_record_is_in_the_list() -> None:
    listed = read("docs/adr/README.md")
    assert [
        file.name for file in (ROOT / "docs/adr").glob("*.md") if file.name != "README.md" and file.name not in listed
    ] == []


def test_the_licence_is_the_eupl() -> None:
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in read("LICENSE")
    assert PROJECT["project"]["license"] == "EUPL-1.2"


def test_the_catalogue_of_public_code_can_take_the_project_up() -> None:
    code = yaml.safe_load(read("publiccode.yml"))
    required = {
        "publiccodeYmlVersion", "name", "url", "releaseDate", "platforms", "categories", "developmentStatus",
        "softwareType", "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert required <= code.keys()
    assert code["publiccodeYmlVersion"] == "0.4"
    assert code["softwareVersion"] == __version__
    assert date.fromisoformat(code["releaseDate"])
    assert code["legal"]["license"] == "EUPL-1.2"
    assert code["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert code["maintenance"]["type"] == "community"
    assert code["maintenance"]["contacts"]
    for text in code["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in text["features"])


def test_the_changelog_tells_of_what_is_to_come() -> None:
    assert "## [Unreleased]" in read("CHANGELOG.md")


def test_the_languages_have_the_same_words() -> None:
    def keys(language: str) -> set[tuple[str, str]]:
        groups = yaml.safe_load(read(f"generator/locale/{language}.yml"))
        return {(group, str(name)) for group, named in groups.items() for name in named}

    assert keys("en") == keys("de")
