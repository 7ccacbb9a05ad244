"""VS Code helps with writing: what it is given is made from the model, and what it shows is German."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.model.content_type import CONTENT_TYPES, DEFAULT_FOLDERS, PAGE
from generator.problems import ProblemsFound
from generator.vscode.files import kept_files, made_files
from generator.vscode.snippets import snippets
from tests.language_server import language_server
from tests.project import BASE, ROOT, load_cases, write_project
from tests.records import ENOUGH, make_cooperation
from tests.sample import build
from tests.test_schema import cooperation_of

SNIPPETS = snippets(make_cooperation())
TEXTS = [name for name in SNIPPETS if name.startswith("Neu: ")]
FIELDS = [name for name in SNIPPETS if not name.startswith("Neu: ")]
TASKS = json.loads(kept_files("content", DEFAULT_FOLDERS)[Path(".vscode/tasks.json")])["tasks"]


def test_the_demo_has_what_the_program_makes() -> None:
    cooperation = cooperation_of((ROOT / "content" / "kooperation.yml").read_text("utf-8"))
    for path, text in {**kept_files("content", DEFAULT_FOLDERS), **made_files(cooperation)}.items():
        assert (ROOT / path).read_text("utf-8") == text, f"delete {path} and run `schaukasten vscode`"


def typed(snippet: dict[str, Any]) -> str:
    """Return the text of a snippet into which nobody has typed anything else."""
    text = "\n".join(snippet["body"])
    for name, value in {"YEAR": "2026", "MONTH": "12", "DATE": "01"}.items():
        text = text.replace(f"$CURRENT_{name}", value)
    text = re.sub(r"\$\{[0-9]+\|([^,|]*)[^|]*\|\}", r"\1", text)
    text = re.sub(r"\$\{[0-9]+:((?:\\.|[^}\\])*)\}", r"\1", text)
    assert "${" not in text
    return re.sub(r"\\([\\$}])", r"\1", text)


def problems_of(files: dict[str, Any]) -> list[str]:
    try:
        build({**BASE, **files}, search=False, social_cards=False)
    except ProblemsFound as found:
        return [str(problem) for problem in found.problems]
    return []


@pytest.mark.parametrize("name", TEXTS)
def test_a_snippet_of_a_text_is_a_draft_without_mistakes(name: str) -> None:
    kinds = {"meldung": "news", "pressemitteilung": "news", "termin": "event", "protokoll": "minutes", "seite": "page"}
    folder = DEFAULT_FOLDERS.get(kinds.get(name.removeprefix("Neu: "), "edition"), ".")
    assert problems_of({f"{folder}/2026-12-01-text.md": typed(SNIPPETS[name])}) == []


NAMES_OTHERS = {"report", "items", "variant", "image", "attachments"}
"""Fields that name a text or a file, which are not there."""


def kinds_of(name: str) -> Iterator[tuple[str, str]]:
    """Yield the types with whose texts a field is tried, and their folders."""
    labels = name.partition("(")[2].rstrip(")").split(", ")
    for kind in (*CONTENT_TYPES, PAGE):
        if kind.model.label in labels or labels == [""]:
            yield kind.name, kind.folder or "."


@pytest.mark.parametrize("name", FIELDS)
def test_a_snippet_of_a_field_is_right_as_it_is(name: str) -> None:
    field = name.partition(" ")[0]
    for kind, folder in kinds_of(name):
        needed = {"title": "Titel", "summary": "Kurz.", **ENOUGH[kind]}
        if field == "kind" and kind == "news":
            needed |= {"contact": "{name: Pressestelle}", "place": "Talheim"}
        if field == "end" and kind == "event":
            needed["start"] = "2026-12-01 18:00"
        other = [f"{key}: {value}" for key, value in needed.items() if key != field]
        text = "\n".join(["---", *other, typed(SNIPPETS[name]), "---", "Text."])
        file = f"{folder}/2026-12-01-text.md"
        problems = problems_of({file: text, ("newsletter" if kind == "leitbild" else "leitbild") + "/x.md": None})
        missing = [problem for problem in problems if "nicht bekannt" in problem or "gibt es nicht" in problem]
        assert problems == (missing if field in NAMES_OTHERS else []), kind


def matchers(label: str) -> list[dict[str, Any]]:
    (task,) = (task for task in TASKS if task["label"] == f"Schaukasten: {label}")
    found: list[dict[str, Any]] = task["problemMatcher"]
    return found


def seen(output: str, label: str = "Texte prüfen") -> list[tuple[str, str, int, str]]:
    """Return the problems that VS Code takes from lines: severity, file, line and message."""
    problems = []
    for line in output.splitlines():
        for matcher in matchers(label):
            pattern = matcher["pattern"]
            if match := re.search(pattern["regexp"], line):
                folder = matcher["fileLocation"][1].removeprefix("${workspaceFolder}").lstrip("/")
                file = str(Path(folder) / match[pattern["file"]])
                problems.append((matcher["severity"], file, int(match[pattern["line"]]), match[pattern["message"]]))
    return problems


def check(files: dict[str, Any], folder: Path) -> str:
    config = write_project(folder, files)
    result = CliRunner().invoke(main, ["check", "-f", str(config), "--now", "2026-11-22T12:00+01:00"])
    return result.output


@pytest.mark.parametrize("name", ["missing-key", "unknown-key", "tabs", "unknown-references", "bad-cooperation", "bom"])
def test_each_mistake_of_a_check_is_seen_at_its_place(name: str, tmp_path: Path) -> None:
    case = load_cases("problems")[name]
    found = seen(check(case["files"], tmp_path))
    assert [f"{file.removeprefix('content/')}:{line}: {message}" for _, file, line, message in found] == case[
        "problems"
    ]
    assert {severity for severity, *_ in found} == {"error"}


def test_hints_are_no_mistakes(tmp_path: Path) -> None:
    text = "---\ntitle: Radweg\nsummary: Kurz.\ndate: 2026-11-20\n---\nMehr dazu finden Sie [hier](/).\n"
    output = check({"aktuelles/mit Leerzeichen ä.md": text}, tmp_path)
    found = seen(output)
    assert {(severity, file, line) for severity, file, line, _ in found} == {
        ("warning", "content/aktuelles/mit Leerzeichen ä.md", 6)
    }, output


def test_settings_that_do_not_fit_are_seen_in_their_own_file(tmp_path: Path) -> None:
    config = write_project(tmp_path, BASE)
    config.write_text(config.read_text().replace("plugins: [schaukasten]", "plugins: [schaukasten: {server: x}]"))
    result = CliRunner().invoke(main, ["check", "-f", str(config)])
    assert [(severity, file, line) for severity, file, line, _ in seen(result.output)] == [("error", "mkdocs.yml", 1)]


@pytest.mark.slow
def test_beginning_and_end_of_each_check_are_seen(tmp_path: Path) -> None:
    write_project(tmp_path, BASE)
    command = [str(Path(sys.executable).parent / "schaukasten"), "check", "--watch"]
    background = matchers("Texte beim Schreiben prüfen")[0]["background"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            assert process.stdout is not None
            for text in ("x", "y"):
                assert re.search(background["beginsPattern"], process.stdout.readline())
                assert not re.search(background["endsPattern"], process.stdout.readline())
                while not re.search(background["endsPattern"], line := process.stdout.readline()):
                    assert line
                (tmp_path / "content" / "kaputt.md").write_text(text)
        finally:
            process.terminate()


def test_what_a_project_made_its_own_is_kept(tmp_path: Path) -> None:
    config = write_project(tmp_path, BASE)
    assert "news.schema.json" in CliRunner().invoke(main, ["vscode", "-f", str(config)]).output
    settings, snippets_file = tmp_path / ".vscode" / "settings.json", tmp_path / ".vscode" / "schaukasten.code-snippets"
    settings.write_text("{}")
    snippets_file.write_text("{}")
    result = CliRunner().invoke(main, ["vscode", "-f", str(config)])
    assert result.output == "Neu in .vscode: schaukasten.code-snippets.\n"
    assert settings.read_text() == "{}"
    assert "Neu: meldung" in json.loads(snippets_file.read_text("utf-8"))
    assert "neuesten Stand" in CliRunner().invoke(main, ["vscode", "-f", str(config)]).output


def test_settings_with_mistakes_are_told(tmp_path: Path) -> None:
    config = write_project(tmp_path, {"kooperation.yml": "id: X"})
    result = CliRunner().invoke(main, ["vscode", "-f", str(config)])
    assert result.exit_code == 1
    assert "kooperation.yml:1: „X“ ist keine Kennung." in result.stderr


def test_a_project_behind_a_link_is_as_any_other(tmp_path: Path) -> None:
    config = write_project(tmp_path / "project", BASE)
    (tmp_path / "link").symlink_to(config.parent)
    result = CliRunner().invoke(main, ["vscode", "-f", str(tmp_path / "link" / config.name)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert '"content/' in (config.parent / ".vscode" / "settings.json").read_text("utf-8")


def test_texts_beside_the_project_are_out_of_reach(tmp_path: Path) -> None:
    config = write_project(tmp_path / "project", BASE)
    (config.parent / "content").rename(tmp_path / "texte")
    config.write_text(config.read_text("utf-8").replace("docs_dir: content", "docs_dir: ../texte"), "utf-8")
    result = CliRunner().invoke(main, ["vscode", "-f", str(config)])
    assert result.exit_code == 1
    assert result.stderr == (
        f"mkdocs.yml:1: Der Ordner der Texte ({tmp_path}/texte) liegt nicht im Ordner von mkdocs.yml "
        f"({tmp_path}/project), und nur dort kann der Editor sie bearbeiten. "
        "Ihn dorthin verschieben und als „docs_dir“ angeben.\n"
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    config = write_project(tmp_path / "Meine Übung", BASE)
    assert CliRunner().invoke(main, ["vscode", "-f", str(config)]).exit_code == 0
    return config.parent


@pytest.mark.slow
def test_settings_complete_with_german_help(project: Path) -> None:
    settings = BASE["kooperation.yml"]
    with language_server(project) as server:
        assert server.open("content/kooperation.yml", settings) == []
        found = server.completions("content/kooperation.yml", settings.count("\n"), 0)
    assert found["claim"] == "Ein Satz für die Startseite."
    assert found["security"] == "Was in security.txt steht (RFC 9116)."


@pytest.mark.slow
def test_mistakes_in_the_settings_are_told_in_german(project: Path) -> None:
    wrong = BASE["kooperation.yml"].replace('"09999101"', '"9999"').replace("land: Bayern", "Land: Bayern")
    with language_server(project) as server:
        told = server.open("content/kooperation.yml", wrong)
    assert "Der Wert ist kein Amtlicher Gemeindeschlüssel. Acht Ziffern, führende Null eingeschlossen." in told
    assert [message for message in told if message.startswith("Möglich sind: id, name, short_name")]


@pytest.mark.slow
def test_a_front_matter_that_an_editor_hands_over_is_helped_in_the_same_way(project: Path) -> None:
    news = "content/aktuelles/2026-12-01-radweg.md"
    with language_server(project) as server:
        told = server.open(news, "title: Radweg\nsummary: Kurz.\ndate: 1.12.2026\ntopics: [verkehr]\nkind: \n")
        assert "Der Wert ist kein Datum. Jahr-Monat-Tag schreiben, zum Beispiel 2026-11-02." in told
        assert "Das Thema ist nicht bekannt. Möglich sind: mobilitaet, energie." in told
        found = server.completions(news, 4, 6)
    assert (found["news"], found["press"]) == ("Meldung", "Pressemitteilung")
