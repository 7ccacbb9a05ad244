"""What an author begins with is read without a mistake, and so is every line that only waits for its „#“ to go."""

import re
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from generator.cli import main
from generator.problems import ProblemsFound
from generator.scaffold.kinds import KINDS
from generator.scaffold.place import LONGEST, place_of
from generator.scaffold.repeat import repeated
from generator.scaffold.yaml_text import written
from tests.project import BASE, load_cases, write_project
from tests.sample import build

CASES = load_cases("scaffold")
_FILE = BytesIO()
Image.new("RGB", (1, 1)).save(_FILE, "JPEG")
JPEG = _FILE.getvalue().decode("latin-1")

DAY = "2026-12-01 18:00"
LEADS_NOWHERE = ("report", "items", "kind", "variant")
"""Fields whose example names a text that is not there, or for which others are needed."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path, BASE)


def new(project: Path, *arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, ["new", *arguments, "-f", str(project), "--now", "2026-11-25"], input=typed)


def begun(project: Path, kind: str) -> tuple[str, str]:
    """Return the path of a new text of a kind, and the text."""
    options = ["--date", DAY] if KINDS[kind].day == "start" else []
    result = new(project, kind, "Die Brücke: Bau beginnt", *options)
    assert result.exit_code == 0, result.output
    file = Path(result.stdout.strip())
    return str(file.relative_to(project.parent / "content")), file.read_text(encoding="utf-8")


def problems_of(files: Mapping[str, Any]) -> list[str]:
    try:
        build({**BASE, **files}, search=False, social_cards=False)
    except ProblemsFound as found:
        return [str(problem) for problem in found.problems]
    return []


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_text_is_a_draft_without_mistakes(kind: str, project: Path) -> None:
    path, text = begun(project, kind)
    assert "draft: ja" in text
    assert problems_of({path: text}) == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_field_that_waits_is_right_once_its_sign_is_gone(kind: str, project: Path) -> None:
    path, text = begun(project, kind)
    waiting = re.findall(r"^# ([a-z_]+): .*$", text, re.MULTILINE)
    known = KINDS[kind].type.model.model_fields.keys() - {"source", "sections"}
    written_there = set(re.findall(r"^([a-z_]+):", text, re.MULTILINE)) | set(waiting)
    assert known - written_there <= {"title", "summary"}
    together = text
    for field in set(waiting) - set(LEADS_NOWHERE):
        together = re.sub(rf"^# ({field}: .*)$", r"\1", together, flags=re.MULTILINE)
    assert problems_of({path: together, "bilder/bild.jpg": {"bytes": JPEG}, "anlagen/plan.pdf": "%PDF-1.4"}) == []


def test_a_file_is_named_by_day_and_title() -> None:
    place = place_of(KINDS["meldung"], "Über die große Brücke", "2026-12-01", {"news": "neues"})
    assert str(place) == "neues/2026-12-01-ueber-die-grosse-bruecke.md"
    assert str(place_of(KINDS["seite"], "¿", "2026-12-01", {})) == "text.md"
    for title in ("Wort " * 40, "Wort" * 40):
        long = place_of(KINDS["meldung"], title, "2026-12-01", {"news": "neues"})
        assert len(long.stem) <= LONGEST + len("2026-12-01-")


def test_what_is_known_is_filled_in(project: Path) -> None:
    _, text = begun(project, "pressemitteilung")
    assert "contact: {name: Geschäftsstelle, email: info@test.example.org}\n" in text
    assert "kind: press\ndraft: ja" in text
    assert "committee: lenkungsgruppe" in begun(project, "protokoll")[1]
    path, text = begun(project, "newsletter")
    assert (path, "number: 1\ndate: 2026-11-25\nsubject: " in text) == ("newsletter/2026-11-25-ausgabe-1.md", True)


def test_fields_can_be_filled_in_at_once(project: Path) -> None:
    result = new(project, "pressemitteilung", "Neues", "--set", "place=Talheim", "--set", "summary=Kurz: neu")
    text = Path(result.stdout.strip()).read_text(encoding="utf-8")
    assert "place: Talheim" in text
    assert 'summary: "Kurz: neu"' in text


def test_in_a_terminal_it_asks(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.scaffold.command.is_terminal", lambda: True)
    result = new(project, "termin", "Fest", typed="Ein Fest.\n2026-12-01 18:30\nBürgerhaus\n")
    assert "Zusammenfassung: Ein bis zwei Sätze, höchstens 300 Zeichen: " in result.stderr
    text = Path(result.stdout.strip().split("\n")[-1]).read_text(encoding="utf-8")
    assert "summary: Ein Fest.\nstart: 2026-12-01 18:30\nlocation: Bürgerhaus\n" in text


def test_in_a_terminal_it_asks_until_the_answer_makes_sense(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.scaffold.command.is_terminal", lambda: True)
    typed = "\n".join(["", "", "3.12.2026 18:30", "2026-12-03 18:30", "", ""])
    result = new(project, "termin", "Fest", typed=typed)
    assert result.exit_code == 0, result.output
    assert "„Beginn“ fehlt. Tag und Uhrzeit" in result.stderr
    assert "Gemeint ist wohl 2026-12-03 18:30." in result.stderr
    assert [file.name for file in (project.parent / "content" / "termine").iterdir()] == ["2026-12-03-fest.md"]


@pytest.mark.parametrize("somebody_is_there", [True, False])
def test_minutes_of_a_cooperation_without_committees_are_refused(
    *, somebody_is_there: bool, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.scaffold.command.is_terminal", lambda: somebody_is_there)
    settings = project.parent / "content" / "kooperation.yml"
    text = settings.read_text("utf-8")
    settings.write_text(re.sub(r"^committees:.*\n(?:[ -].*\n)*", "", text, flags=re.MULTILINE), "utf-8")
    result = new(project, "protokoll", "X", "--date", DAY, typed="Kurz.\n")
    assert result.exit_code == 1
    assert "„Gremium“ fehlt. In kooperation.yml ist keines eingetragen; das zuerst tun." in result.stderr


def test_what_comes_next_is_told_beside_the_path(project: Path) -> None:
    result = new(project, "meldung", "Neues")
    assert Path(result.stdout.removesuffix("\n")).is_file()
    for told in ("schaukasten serve --drafts", f'schaukasten check "{result.stdout.strip()}"', "draft: ja"):
        assert told in result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["termin", "X", "--date", "3.12.2026 18:30"],
            "„3.12.2026 18:30“ ist kein Datum in der erwarteten Form. Gemeint ist wohl 2026-12-03 18:30.",
        ),
        (["meldung", "X", "--date", "morgen"], "schaukasten new --date:1: „morgen“ ist kein Datum."),
        (["termin", "X", "-s", "start=2026-13-01"], "schaukasten new --set start:1: Das Datum „2026-13-01“ gibt es"),
        (["newsletter", "X", "-s", "number=drei"], "schaukasten new --set number:1: „drei“"),
        (["meldung", "X", "-s", "embargo=bald"], "schaukasten new --set embargo:1: „bald“ ist kein Datum."),
        (["meldung", "X", "-s", "sumary=A"], "Unbekanntes Feld „sumary“. Gemeint ist wohl „summary“."),
        (["meldung", "X", "-s", "source=A"], "schaukasten new --set source:1: Unbekanntes Feld „source“."),
        (
            ["protokoll", "X", "--date", DAY, "-s", "committee=rat"],
            "schaukasten new --set committee:1: Das Gremium „rat“ ist nicht bekannt. Möglich sind: lenkungsgruppe.",
        ),
        (
            ["meldung", "X", "-s", "municipalities=talheim, nirgendheim"],
            "schaukasten new --set municipalities:1: Die Kommune „nirgendheim“ ist nicht bekannt. Möglich sind: ",
        ),
        (["meldung", " "], "schaukasten new TITLE:1: "),
    ],
)
def test_a_value_that_the_reader_would_refuse_is_refused_before_anything_is_written(
    arguments: list[str], told: str, project: Path
) -> None:
    before = sorted(project.parent.rglob("*"))
    result = new(project, *arguments)
    assert result.exit_code == 1
    assert told in result.stderr
    assert sorted(project.parent.rglob("*")) == before


def test_several_values_of_a_list_are_separated_by_commas(project: Path) -> None:
    result = new(project, "meldung", "X", "-s", "municipalities=talheim")
    assert "municipalities: [talheim]\n" in Path(result.stdout.strip()).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["termin", "Fest"], "schaukasten new:1: „Beginn“ fehlt. Mit --date „2026-12-01 18:30“ angeben."),
        (["meldung", "Neues", "--set", "place"], "„place“: in der Form Feld=Wert schreiben"),
        (["seite", "Neues", "--from", "x"], "x:1: Eine Seite hat keinen Tag. Die Datei einfach kopieren."),
        (["termin", "Neues", "--from", "x"], "x:1: Der Text hat kein Feld „start“ mit einem Tag."),
        (["termin", "Neues", "--from", "alt"], "alt:1: Die Datei ist nicht in UTF-8 geschrieben."),
    ],
)
def test_what_cannot_be_begun_is_told(
    arguments: list[str], told: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.parent)
    Path("x").write_text("Kein Text.\n", encoding="utf-8")
    Path("alt").write_text("Größe\n", encoding="latin-1")
    result = new(project, *arguments)
    assert result.exit_code != 0
    assert told in result.stderr


def test_nothing_is_overwritten(project: Path) -> None:
    path, text = begun(project, "meldung")
    result = new(project, "meldung", "Die Brücke: Bau beginnt", "--set", "summary=Anders")
    assert result.exit_code == 1
    assert f"{path}:1: Diese Datei gibt es schon." in result.stderr
    assert (project.parent / "content" / path).read_text(encoding="utf-8") == text


def test_mistakes_elsewhere_keep_nobody_from_beginning(project: Path) -> None:
    (project.parent / "content" / "kaputt.md").write_text("Kein Text", encoding="utf-8")
    assert new(project, "meldung", "Neues").exit_code == 0


def test_last_years_text_begins_anew() -> None:
    case = CASES["repeat"]
    told = repeated(case["before"], KINDS["termin"], {"title": case["title_after"]}, None, date(2026, 11, 25))
    assert told == (case["after"], "2027-06-05")


@pytest.mark.parametrize(
    ("day", "start"),
    [(None, "2027-05-29 10:00"), ("2027-07-03", "2027-07-03 10:00"), ("2027-07-03 11:00", "2027-07-03 11:00")],
)
def test_a_text_of_long_ago_comes_to_a_day_ahead_or_the_one_that_is_given(day: str | None, start: str) -> None:
    before = "---\ntitle: a\nstart: 2020-06-06 10:00\n---\nText"
    text, on = repeated(before, KINDS["termin"], {"title": "b"}, day, date(2026, 11, 25))
    assert f"\nstart: {start}\n" in text
    assert on == start[:10]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].day])
def test_an_earlier_text_of_any_kind_can_be_repeated(kind: str, project: Path) -> None:
    path, text = begun(project, kind)
    earlier = project.parent / "content" / path
    earlier.write_text(text.replace("draft: ja", "expires: 2030-01-01"), encoding="utf-8")
    result = new(project, kind, "Noch einmal", "--from", str(earlier), "--set", "tags=neu")
    assert result.exit_code == 0, result.output
    file = Path(result.stdout.strip())
    again = file.read_text(encoding="utf-8")
    name = str(file.relative_to(project.parent / "content"))
    assert problems_of({path: earlier.read_text(encoding="utf-8"), name: again}) == []
    assert ("Noch einmal" in again, "tags: [neu]\n" in again, "draft: ja" in again) == (True, True, True)
    assert ("Die Brücke" in again, "expires" in again) == (False, False)
    assert ("state: preliminary" in again) == (kind == "protokoll")
    assert KINDS[kind].day == "start" or file.name.startswith("2026-11-25-")
    assert ("number: 2\n" in again, name.endswith("-ausgabe-2.md")) == (kind == "newsletter",) * 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Radweg", "Radweg"),
        ("2026-12-01 18:30", "2026-12-01 18:30"),
        ("Radweg: fertig", '"Radweg: fertig"'),
        ("- a", '"- a"'),
        ("#1", '"#1"'),
        ("a, b", '"a, b"'),
        ("", '""'),
        ("Null", '"Null"'),
        ("'a'", "\"'a'\""),
        ('Er sagt "ja"', '"Er sagt \\"ja\\""'),
        (["a", {"b": "c"}], "[a, {b: c}]"),
    ],
)
def test_values_are_written_as_yaml_reads_them(value: Any, text: str) -> None:
    assert written(value) == text
