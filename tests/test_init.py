"""A cooperation's own site begins with a few answers, and with nothing of the demo."""

import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner, Result
from hypothesis import given

from generator import __version__
from generator.cli import main
from generator.model.cooperation import Cooperation
from generator.scaffold.init_command import _installed_from
from generator.scaffold.project_files import Answers, cooperation_in, project_files
from generator.scaffold.questions import AGS, COMMITTEE, MEMBER, QUESTIONS, TOPIC
from tests.conftest import run
from tests.project import ROOT
from tests.sample import LINES

OPTIONS = {
    "--name": "Allianz Obertal: gemeinsam",
    "--short-name": "Obertal",
    "--legal-form": "Zweckverband",
    "--land": "Bayern",
    "--url": "https://obertal.example.org/",
    "--address": "Markt 1, 95999 Neustadt",
    "--phone": "09999 123-0",
    "--email": "info@obertal.example.org",
    "--municipality": "Stadt Neustadt=09999201",
    "--committee": "Verbandsversammlung",
    "--topic": "Mobilität",
}


def init(folder: Path, options: dict[str, str], *more: str, typed: str | None = None) -> Result:
    arguments = [part for option in options.items() for part in option]
    return CliRunner().invoke(main, ["init", str(folder), *arguments, *more], input=typed)


def texts_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "Übung mit Leerzeichen"
    result = init(folder, OPTIONS, "--municipality", "Gemeinde Altdorf=09999202")
    assert result.exit_code == 0, result.output
    assert "Wie es weitergeht, steht dort in README.md." in result.output
    return folder


@pytest.mark.slow
def test_the_new_site_is_checked_and_built_without_problems(project: Path) -> None:
    for command in ("check", "build"):
        result = run(command, folder=project)
        assert result.returncode == 0, result.stderr
        hints = [line for line in result.stdout.splitlines() if ": Hinweis: " in line]
        assert all("Hier steht noch der Platzhalter" in hint for hint in hints), hints
    site = project / "build" / "site"
    home = (site / "index.html").read_text("utf-8")
    assert "Neustadt und Altdorf arbeiten zusammen." in home
    assert (site / "assets" / "schaukasten.css").is_file()
    for page in ("aktuelles", "termine", "protokolle", "newsletter", "kommunen", "themen", "impressum", "datenschutz"):
        assert (site / page / "index.html").is_file(), page


@pytest.mark.slow
def test_placeholders_must_be_filled_in_before_a_release(project: Path) -> None:
    refused = run("check", "--release", folder=project)
    assert refused.returncode == 1
    assert "impressum.md:" in refused.stderr
    for file in (project / "content").rglob("*"):
        if file.is_file():
            file.write_text(re.sub("‹[^›]*›", "Angabe", file.read_text("utf-8")), "utf-8")
    result = run("build", "--release", folder=project)
    assert result.returncode == 0, result.stderr


@pytest.mark.slow
def test_the_engine_itself_builds_the_new_site(project: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    result = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "<main" in (project / "build" / "site" / "impressum" / "index.html").read_text("utf-8")


@pytest.mark.slow
def test_templates_of_its_own_come_before_those_of_the_program(project: Path) -> None:
    footer = project / "theme" / "partials" / "footer.html"
    footer.parent.mkdir(parents=True)
    footer.write_text("<footer>Eigener Fuß</footer>", "utf-8")
    config = project / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace("  language: de", "  custom_dir: theme\n  language: de"), "utf-8"
    )
    result = run("build", folder=project)
    assert result.returncode == 0, result.stderr
    page = (project / "build" / "site" / "impressum" / "index.html").read_text("utf-8")
    assert "<footer>Eigener Fuß</footer>" in page
    assert '<main id="s-content">' in page


def test_the_example_of_the_handbook_works(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "handbuch" / "neue-seite.md").read_text("utf-8")
    (command,) = (block for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) if "--name" in block)
    _, name, folder, *options = shlex.split(command.replace("\\\n", " "))
    result = CliRunner().invoke(main, [name, str(tmp_path / folder), *options])
    assert result.exit_code == 0, result.output


def test_nothing_of_the_demo_is_in_it(project: Path) -> None:
    demo = re.compile(r"Kranich|Lindenfurt|Aschenried|Wolmersbach|Tannreuth|Neuhagenau|Holzapfel|Wirmel")
    assert [path for path, text in texts_of(project).items() if demo.search(text)] == []


def test_the_readme_says_which_pipeline_belongs_to_which_server(project: Path) -> None:
    readme = (project / "README.md").read_text("utf-8")
    pipelines = re.findall(r"^\| .+ \| `(.+)` \|$", readme, re.MULTILINE)
    there = {path.split("/")[0] for path in texts_of(project) if path.endswith(".yml") and path.startswith(".")}
    assert {path.rstrip("/") for path in pipelines} == there
    assert "die anderen\nkönnen gelöscht werden" in readme


def test_drafts_are_shown_to_those_who_write(project: Path) -> None:
    assert "$(BIN)/schaukasten serve --drafts\n" in (project / "Makefile").read_text("utf-8")
    assert "schaukasten serve --drafts\n" in (project / "README.md").read_text("utf-8")


def test_what_is_there_already_stays_as_it_is(project: Path) -> None:
    (project / "mkdocs.yml").write_text("eigenes", "utf-8")
    (project / "README.md").unlink()
    result = init(project, OPTIONS)
    assert "mkdocs.yml: schon da, nicht verändert." in result.output
    last = result.output.splitlines()[-1]
    assert f": 1 neu, {len(texts_of(project)) - 1} schon da." in last
    assert (project / "mkdocs.yml").read_text("utf-8") == "eigenes"
    assert (project / "README.md").is_file()


def test_without_a_terminal_all_that_is_missing_or_wrong_is_told(tmp_path: Path) -> None:
    result = init(tmp_path / "neu", {"--name": "A", "--url": "obertal", "--municipality": "Neustadt=1"})
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "schaukasten init --address:1: „Anschrift“ fehlt. Straße, Postleitzahl und Ort.",
        "schaukasten init --land:1: „Land“ fehlt. Bundesland.",
        "schaukasten init --legal-form:1: „Rechtsform“ fehlt. Zum Beispiel „Zweckverband“.",
        (
            "schaukasten init --municipality:1: „1“ ist kein Amtlicher Gemeindeschlüssel. "
            "Acht Ziffern, führende Null eingeschlossen."
        ),
        (
            "schaukasten init --url:1: „obertal“ ist keine Internetadresse. "
            "Vollständig schreiben: https://www.example.org/seite."
        ),
        "5 Fehler. Es wurde nichts geändert.",
    ]
    assert not (tmp_path / "neu").exists()
    assert "Es ist keine Kommune genannt." in init(tmp_path / "neu", {"--name": "A"}).stderr


def test_in_a_terminal_everything_is_asked_until_it_makes_sense(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.scaffold.init_command.is_terminal", lambda: True)
    typed = [
        *("", "Allianz Obertal", "", "Zweckverband", "Bajuwarien", "Bayern", "obertal", "https://obertal.example.org"),
        *("", "Markt 1, 95999 Neustadt", "keins", "", "info", "info@obertal.example.org"),
        *("", "Stadt Neustadt", "9999201", "09999201", "Neustadt", "09999202", ""),
        *("Verbandsversammlung", "", "Mobilität", "Energie", "", "vielleicht", ""),
    ]
    result = init(tmp_path / "neu", {}, typed="\n".join(typed) + "\n")
    assert result.exit_code == 0, result.output
    for told in (
        "Name: Voller Name der Zusammenarbeit: ",
        "„Name“ fehlt. Voller Name der Zusammenarbeit.",
        "Kurzname: Für enge Stellen. Sonst leer lassen: ",
        "„Bajuwarien“ ist für „Land“ nicht vorgesehen. Möglich sind: Baden-Württemberg, Bayern, ",
        "„obertal“ ist keine Internetadresse. Vollständig schreiben",
        "Geschäftsstelle: Name: Person oder Stelle [Geschäftsstelle]: ",
        "„keins“ hat keine Ziffern.",
        "„info“ ist keine E-Mail-Adresse.",
        "„9999201“ ist kein Amtlicher Gemeindeschlüssel.",
        "\nKommune: Name: ",
        "\nGremium: Name: ",
        "\nThema: Name: ",
        "\nGeschäftsstelle: Telefon: –\n",
        "\nKommune: Stadt Neustadt (AGS 09999201)\n",
        "\nThemen: Mobilität, Energie\n",
        "Stimmt das so? (ja, nein) [ja]: ",
        "Mit „ja“ oder „nein“ antworten.",
    ):
        assert told in result.output
    settings = (tmp_path / "neu" / "content" / "kooperation.yml").read_text("utf-8")
    assert "  - id: neustadt-2\n    name: Neustadt\n" in settings
    assert "  - id: energie\n" in settings


def test_what_is_not_right_is_asked_again_with_the_answers_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.scaffold.init_command.is_terminal", lambda: True)
    options = {name: answer for name, answer in OPTIONS.items() if name not in ("--short-name", "--topic")}
    del options["--municipality"]
    first = ["Obertal", "", "Neustadt", "09999201", "Altdorf", "09999202", "", "Mobil", "Energie", "", "nein"]
    second = ["-", "", "", "", "-", "", "Mobilität", "", "Klima", "", "ja"]
    result = init(tmp_path / "neu", options, typed="\n".join([*first, *second]) + "\n")
    assert result.exit_code == 0, result.output
    assert "Thema: Name: Wie es auf der Seite heißt. Sonst leer lassen [Mobil]: " in result.output
    cooperation = settings_in(tmp_path / "neu")
    assert (cooperation.short_name, [member.name for member in cooperation.municipalities]) == (None, ["Neustadt"])
    assert [topic.name for topic in cooperation.topics] == ["Mobilität", "Energie", "Klima"]


def test_where_the_options_give_everything_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.scaffold.init_command.is_terminal", lambda: True)
    result = init(tmp_path / "neu", {**OPTIONS, "--office": "Geschäftsstelle"})
    assert result.exit_code == 0, result.output
    assert "Stimmt das so?" not in result.output


def settings_in(folder: Path) -> Cooperation:
    path = PurePosixPath("content/kooperation.yml")
    return cooperation_in({path: (folder / path).read_bytes()})


def test_the_handbook_names_the_questions_in_their_order() -> None:
    text = (ROOT / "docs" / "handbuch" / "neue-seite.md").read_text("utf-8")
    listed = re.findall(r"^[0-9]+\. \*\*(.+?)\*\*", text, re.MULTILINE)
    assert listed == [question.label for question in (*QUESTIONS, MEMBER, AGS, COMMITTEE, TOPIC)]


@pytest.mark.parametrize(
    ("place", "requirement"),
    [
        ([], f"schaukasten @ {ROOT.as_uri()}\n"),
        (
            ["--from", "https://git.example.org/schaukasten.git"],
            "schaukasten @ git+https://git.example.org/schaukasten.git\n",
        ),
        (
            ["--from", "git+ssh://git@git.example.org/s.git@v1"],
            "schaukasten @ git+ssh://git@git.example.org/s.git@v1\n",
        ),
        (["--from", "git@git.example.org:a/s.git"], "schaukasten @ git+ssh://git@git.example.org/a/s.git\n"),
        (["--from", str(ROOT / "docs" / ".." / "tests")], f"schaukasten @ {(ROOT / 'tests').as_uri()}\n"),
    ],
)
def test_the_program_is_installed_from_where_it_is_told(place: list[str], requirement: str, tmp_path: Path) -> None:
    assert init(tmp_path, OPTIONS, *place).exit_code == 0
    assert (tmp_path / "requirements.txt").read_text() == requirement


def test_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = init(tmp_path / "neu", OPTIONS, "--from", "nirgends")
    assert result.exit_code == 1
    assert "schaukasten init --from:1: „nirgends“ gibt es nicht. " in result.stderr
    assert not (tmp_path / "neu").exists()


@pytest.mark.parametrize(
    ("noted", "requirement"),
    [
        (None, f"schaukasten=={__version__}"),
        (
            '{"url": "https://git.example.org/s.git", "vcs_info": {"vcs": "git", "commit_id": "0a1b"}}',
            "schaukasten @ git+https://git.example.org/s.git@0a1b",
        ),
        ('{"url": "file:///opt/s", "dir_info": {"editable": true}}', "schaukasten @ file:///opt/s"),
    ],
)
def test_a_new_site_takes_the_program_from_where_this_one_came(noted: str | None, requirement: str) -> None:
    assert _installed_from(noted) == requirement


def answers(text: str) -> Answers:
    line = " ".join(text.split())
    single = {question.name: line for question in QUESTIONS}
    single |= {"url": "https://example.org/", "email": "a@example.org"}
    return Answers(
        single=single, municipalities=[(line, "09999201"), (line, "09999202")], topics=[line], requirement="schaukasten"
    )


@given(LINES)
def test_whatever_a_name_is_the_settings_say_it(text: str) -> None:
    cooperation = cooperation_in(project_files(answers(text)))
    line = " ".join(text.split())
    assert (cooperation.name, cooperation.contact.address, cooperation.topics[0].name) == (line, line, line)
    assert [member.name for member in cooperation.municipalities] == [line, line]
    assert len({member.id for member in cooperation.municipalities}) == 2


@pytest.mark.slow
def test_the_package_brings_theme_and_templates_along(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    templates = {path.relative_to(ROOT).as_posix() for path in (ROOT / "generator" / "scaffold" / "project").rglob("*")}
    assert {name for name in templates if (ROOT / name).is_file()} <= names
    theme = {f"generator/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "theme").rglob("*") if path.is_file()}
    assert theme <= names
