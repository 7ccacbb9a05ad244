"""An address that was published never dies silently: it leads on, or was given up on purpose, or the check fails."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.manifest import manifest_of
from tests.project import COOPERATION, load_cases, write_project
from tests.sample import NOW, build
from tests.test_problems import without_progress

pytestmark = pytest.mark.slow

CASES = [
    pytest.param(group["before"], case, id=case["name"])
    for group in load_cases("vanished").values()
    for case in group["cases"]
]


def resolved(files: Mapping[str, Any]) -> dict[str, Any]:
    """Return files with what is added to the settings, or removed from them."""
    settings = files.get("kooperation.yml") or {}
    text = COOPERATION.replace(settings.get("remove", "\0"), "") + settings.get("add", "")
    return {**files, "kooperation.yml": text}


def publish(files: Mapping[str, Any], folder: Path) -> list[str]:
    """Write the manifest of a site with these files, and return its lines."""
    built = build(resolved(files))
    paths = (f"{url}index.html" if url.endswith("/") or not url else url for url in map(unquote, built.files))
    folder.mkdir()
    data = manifest_of(built.site).sealing(dict.fromkeys(paths, "0" * 64)).as_json()
    (folder / "manifest.json").write_bytes(data)
    return data.decode().split("\n")


def check(config: Path, against: Path) -> tuple[int, list[str]]:
    arguments = ["check", "-f", str(config), "--now", NOW, "--against", str(against)]
    result = CliRunner().invoke(main, arguments)
    assert isinstance(result.exception, SystemExit | None)
    return result.exit_code, [line for line in without_progress(result.output) if not line.endswith("geändert.")]


@pytest.mark.parametrize(("before", "case"), CASES)
def test_what_would_vanish_is_told(before: Mapping[str, Any], case: Mapping[str, Any], tmp_path: Path) -> None:
    lines = publish(before, tmp_path / "site")
    config = write_project(tmp_path / "project", resolved({**before, **case["after"]}))
    manifest = tmp_path / "site" / "manifest.json"
    code, told = check(config, tmp_path / "site")
    assert (code, told) == check(config, manifest)
    problems = [problem.replace("MANIFEST", str(manifest), 1) for problem in with_lines(case["problems"], lines)]
    assert (code, told) == ((1, problems) if problems else (0, told))
    assert problems or told[-1].startswith("Keine Fehler.")


PLACES = {
    "PLAN": "aktuelles/plan über alles.csv",
    "TERMINE": "termine/themen/energie/index.html",
    "THEMEN": "themen/energie/index.html",
}
"""Files whose lines depend on all that a site consists of."""


def with_lines(problems: list[str], lines: list[str]) -> Iterator[str]:
    for problem in problems:
        place = re.match("MANIFEST:([A-Z]+):", problem)
        if place is None:
            yield problem
        else:
            line = next(at for at, line in enumerate(lines, start=1) if f'"{PLACES[place[1]]}"' in line)
            yield problem.replace(place[1], str(line), 1)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"format": 2}', '{"format": 1, "now": ""}', "kein JSON", '{"format": 1, "neu": 1}']
)
def test_what_is_no_manifest_is_told(text: str, tmp_path: Path) -> None:
    config = write_project(tmp_path, {})
    file = tmp_path / "alt.json"
    file.write_text(text)
    code, (told,) = check(config, file)
    assert code == 1
    assert told.startswith(f"{file}:1: Diese Datei ist nicht das Verzeichnis einer Seite, oder ein neueres Schaukasten")
    assert told.endswith(
        " Die Datei manifest.json der veröffentlichten Seite nennen, oder den Ordner, in dem sie liegt."
    )


def test_a_site_without_manifest_is_told(tmp_path: Path) -> None:
    config = write_project(tmp_path, {})
    _, (told,) = check(config, tmp_path)
    assert told.startswith(f"{tmp_path}/manifest.json:1: Hier ist kein Verzeichnis einer Seite.")
