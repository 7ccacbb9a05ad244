"""What could be better about a text that is right."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.hints.prose import sentences
from generator.hints.table import HINTS, hints
from generator.reading.reader import read
from generator.settings import Settings
from tests.handbook import HANDBOOK
from tests.project import BASE, load_cases, write_project

CASES = load_cases("hints")


def hints_of(folder: Path, files: Mapping[str, Any], off: tuple[str, ...] = ()) -> list[str]:
    content = write_project(folder, {**BASE, **files}).parent / "content"
    reading = read(Settings(content=content, build=folder / "build"))
    assert reading.problems == []
    assert reading.site is not None
    return [str(hint) for hint in hints(reading.site, content, off)]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_hints(case: Mapping[str, Any], tmp_path: Path) -> None:
    assert sorted(hints_of(tmp_path, case["files"])) == sorted(case["hints"])


def test_the_handbook_names_each_kind() -> None:
    text = (HANDBOOK / "fehlermeldungen.md").read_text(encoding="utf-8")
    listed = text.partition("## Hinweise")[2].partition("\n## ")[0]
    assert re.findall(r"^- `(\w+)`: ", listed, re.MULTILINE) == list(HINTS)


def test_each_kind_can_be_switched_off(tmp_path: Path) -> None:
    files = {name: text for case in CASES.values() for name, text in case["files"].items() if "b.md" not in name}
    everything = set(hints_of(tmp_path / "all", files))
    gone = {name: everything - set(hints_of(tmp_path / name, files, (name,))) for name in HINTS}
    assert sum(map(len, gone.values())) == len(everything)
    assert [name for name in HINTS if not gone[name]] == ["contacts"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Eins. Zwei!\nDrei?", [(1, "Eins."), (1, "Zwei!"), (1, "Drei?")]),
        ("Am 2. Dezember kommt Dr. Beispiel.", [(1, "Am 2. Dezember kommt Dr. Beispiel.")]),
        ("# Titel\n\n- **Eins**\n- [Zwei](x.md)", [(3, "Eins"), (4, "Zwei")]),
        ("Er sagt „Ja.“ Dann geht er.", [(1, "Er sagt „Ja.“"), (1, "Dann geht er.")]),
        ("```\nCode.\n```\nText[^1]\n\n[^1]: Note.", [(4, "Text")]),
        ("", []),
    ],
)
def test_sentences_of_a_text(body: str, found: list[tuple[int, str]]) -> None:
    assert [(sentence.line, sentence.text) for sentence in sentences(body, 1)] == found


def check(folder: Path, *options: str, settings: str = "") -> Result:
    config = write_project(folder, {**BASE, **CASES["facts"]["files"]})
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("plugins: [schaukasten]", f"plugins: [{{schaukasten: {{{settings}}}}}]"), "utf-8")
    return CliRunner().invoke(main, ["check", "-f", str(config), "--now", "2026-11-22", *options])


def test_a_check_tells_hints_and_passes_all_the_same(tmp_path: Path) -> None:
    result = check(tmp_path)
    assert result.exit_code == 0
    hints = [hint.replace(": ", ": Hinweis: ", 1) for hint in CASES["facts"]["hints"]]
    assert result.stdout == "\n".join([*hints, "", "Keine Fehler. 6 Texte sind öffentlich. 6 Hinweise.", ""])


def test_hints_for_tools(tmp_path: Path) -> None:
    told = json.loads(check(tmp_path, "--format", "json").stdout)
    assert [(one["path"], one["severity"]) for one in told][:1] == [("aktuelles/a.md", "hint")]


def test_hints_are_switched_off_with_a_reason(tmp_path: Path) -> None:
    result = check(tmp_path, settings="hints: {notice: Wir laden immer am Montag ein., accessibility: In Arbeit.}")
    assert result.stdout.endswith(" 4 Hinweise.\n")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (
            "hints: {notiz: So.}",
            "mkdocs.yml:1: Hinweise der Art „notiz“ gibt es nicht. Möglich sind unter hints: abbreviations, ",
        ),
        (
            "hints: {notice: }",
            "mkdocs.yml:1: Warum sind die Hinweise „notice“ abgeschaltet? Den Grund dahinter schreiben.",
        ),
    ],
)
def test_switching_off_wrongly_is_told(settings: str, told: str, tmp_path: Path) -> None:
    result = check(tmp_path, settings=settings)
    assert result.exit_code == 1
    assert told in result.stderr
