"""The newsletter's commands, as an office uses them."""

import email
import json
import re
from pathlib import Path

import pytest

from tests.conftest import copy_demo, run

pytestmark = pytest.mark.slow

NEWEST = [f"2026-11-19-ausgabe-7-{audience}" for audience in ("buergerschaft", "presse", "raete")]
FILES = {"letter.html", "letter.txt", "letter.eml", "manifest.json"}


@pytest.fixture
def folder(tmp_path: Path, demo: Path) -> Path:
    return copy_demo(tmp_path, demo)


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / "content" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def written(folder: Path) -> dict[str, set[str]]:
    top = folder / "build" / "newsletter"
    return {path.name: {file.name for file in path.iterdir()} for path in sorted(top.iterdir())}


def test_build_writes_the_newest_edition_for_each_audience(folder: Path) -> None:
    result = run("newsletter", "build", folder=folder)
    assert result.returncode == 0, result.stderr
    assert written(folder) == dict.fromkeys(NEWEST, FILES)
    first = result.stdout.splitlines()[0]
    assert first.startswith(f"{folder}/build/newsletter/{NEWEST[0]}: 8 Beiträge, ")
    assert first.endswith(" KB")


def test_build_again_changes_nothing(folder: Path) -> None:
    run("newsletter", "build", folder=folder)
    letter = folder / "build" / "newsletter" / NEWEST[0] / "letter.eml"
    before = letter.stat().st_mtime_ns
    run("newsletter", "build", folder=folder)
    assert letter.stat().st_mtime_ns == before


@pytest.mark.parametrize("name", ["6", "2026-09-29-ausgabe-6"])
def test_an_edition_goes_by_number_or_name(name: str, folder: Path) -> None:
    assert run("newsletter", "build", name, folder=folder).returncode == 0
    assert len(written(folder)) == 3
    assert all("ausgabe-6" in letter for letter in written(folder))


def test_all_editions_at_once(folder: Path) -> None:
    assert run("newsletter", "build", "--all", folder=folder).returncode == 0
    assert len(written(folder)) == 9


def test_the_service_can_be_chosen(folder: Path) -> None:
    assert run("newsletter", "build", "--profile", "listmonk", folder=folder).returncode == 0
    assert "{{ UnsubscribeURL }}" in (folder / "build" / "newsletter" / NEWEST[0] / "letter.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["99"],
            "newsletter:1: Die Ausgabe „99“ gibt es nicht. Mit schaukasten new newsletter eine beginnen.",
        ),
        (
            ["--profile", "rapidmail"],
            "newsletter/2026-11-19-ausgabe-7.md:1: Für „rapidmail“ ist nicht eingetragen",
        ),
    ],
)
def test_what_cannot_be_built_is_told(arguments: list[str], message: str, folder: Path) -> None:
    result = run("newsletter", "build", *arguments, folder=folder)
    assert result.returncode == 1
    assert f"\n{message}" in f"\n{result.stderr}"
    assert "Traceback" not in result.stderr
    assert not (folder / "build" / "newsletter").exists()


def test_a_service_that_is_not_known_is_told(folder: Path) -> None:
    change(folder, "kooperation.yml", "mailing:\n", "mailing:\n  profile: brieftaube\n")
    result = run("newsletter", "build", folder=folder)
    assert result.returncode == 1
    assert "\nkooperation.yml:1: Das Versandprofil „brieftaube“ gibt es nicht." in f"\n{result.stderr}"


def test_a_service_can_have_tags_of_its_own_and_greet_by_name(folder: Path) -> None:
    tags = 'unsubscribe: "[[abmelden]]", web_view: "[[online]]", first_name: "[[vorname]]"'
    settings = f"mailing:\n  profile: rapidmail\n  greeting: Guten Tag\n  tags: {{{tags}}}\n"
    change(folder, "kooperation.yml", "mailing:\n", settings)
    result = run("newsletter", "build", folder=folder)
    assert result.returncode == 0, result.stderr
    letter = folder / "build" / "newsletter" / NEWEST[0]
    assert "Guten Tag [[vorname]]," in (letter / "letter.txt").read_text(encoding="utf-8")
    html = (letter / "letter.html").read_text(encoding="utf-8")
    assert "Guten Tag [[vorname]]," in html
    assert 'href="[[abmelden]]"' in html


def test_preflight_lets_good_letters_pass(folder: Path) -> None:
    result = run("newsletter", "preflight", "--all", folder=folder)
    assert result.returncode == 0
    told = re.fullmatch(r"Keine Fehler\. 9 Briefe geprüft: (.*)\.\n", result.stdout)
    assert told is not None
    assert len(set(told[1].split(", "))) == 9


def test_preflight_stops_a_letter_that_nobody_answers_for(folder: Path) -> None:
    change(
        folder, "kooperation.yml", "  responsible_editor: Maren Holzapfel, Rathausplatz 1, 95999 Kranichsbrück\n", ""
    )
    result = run("newsletter", "preflight", folder=folder)
    assert result.returncode == 1
    assert "kooperation.yml:1: Es ist niemand genannt, der für den Inhalt verantwortlich ist" in result.stderr
    told = run("newsletter", "preflight", "--format", "json", folder=folder)
    assert [problem["path"] for problem in json.loads(told.stdout)] == ["kooperation.yml"]


def test_preview_writes_a_sheet_with_all_views(folder: Path) -> None:
    result = run("newsletter", "preview", folder=folder)
    assert result.returncode == 0, result.stderr
    sheets = [Path(line) for line in result.stdout.splitlines()]
    assert [sheet.parent.name for sheet in sheets] == sorted(NEWEST, key=result.stdout.index)
    text = sheets[0].read_text(encoding="utf-8")
    assert text.count("<iframe") >= 5
    assert "Wärme, Rufbus, Ideen: Was jetzt ansteht" in text


def test_a_mistake_in_a_text_stops_everything(folder: Path) -> None:
    change(folder, "newsletter/2026-11-19-ausgabe-7.md", "number: 7", "nummer: 7")
    result = run("newsletter", "build", folder=folder)
    assert result.returncode == 1
    assert "Unbekanntes Feld „nummer“. Gemeint ist wohl „number“." in result.stderr


def test_whoever_leaves_writes_to_the_address_for_that(folder: Path) -> None:
    assert run("newsletter", "build", folder=folder).returncode == 0
    letter = folder / "build" / "newsletter" / NEWEST[0]
    leave = "mailto:newsletter-abmelden@kranichwald.example.org?subject=Abmelden"
    assert f'href="{leave}"' in (letter / "letter.html").read_text(encoding="utf-8")
    assert leave.removeprefix("mailto:") in (letter / "letter.txt").read_text(encoding="utf-8")
    assert f"<{leave}>" in email.message_from_bytes((letter / "letter.eml").read_bytes())["List-Unsubscribe"]


def test_preflight_looks_at_what_the_service_needs(folder: Path) -> None:
    result = run("newsletter", "preflight", "--profile", "rapidmail", folder=folder)
    assert result.returncode == 1
    assert "newsletter/2026-11-19-ausgabe-7.md:1: Für „rapidmail“ ist nicht eingetragen" in result.stderr


def test_what_is_wrong_with_several_letters_is_told_at_once(folder: Path) -> None:
    result = run("newsletter", "build", "--all", "--profile", "rapidmail", folder=folder)
    assert result.returncode == 1
    files = [line.partition(":")[0] for line in result.stderr.splitlines() if "„rapidmail“" in line]
    assert files == [
        f"newsletter/{name}.md"
        for name in sorted(path.stem for path in (folder / "content" / "newsletter").glob("*ausgabe-*.md"))
        if name <= "2026-11-19-ausgabe-7"
    ]


def test_what_became_a_link_only_is_counted(folder: Path) -> None:
    for number in range(80):
        path = folder / "content" / "aktuelles" / f"2026-11-18-meldung-{number}.md"
        front_matter = f"title: Meldung {number}\nsummary: {'Ein Satz mit Inhalt. ' * 9}\ndate: 2026-11-18"
        path.write_text(f"---\n{front_matter}\n---\nText.\n", encoding="utf-8")
    query = "query: {since: 2026-11-18, kinds: [news], limit: 100}\ntopics:"
    change(folder, "newsletter/2026-11-19-ausgabe-7.md", "topics:", query)
    result = run("newsletter", "build", folder=folder)
    assert result.returncode == 0, result.stderr
    assert " weitere nur als Link, " in result.stdout.splitlines()[0]


def test_a_table_in_an_editorial_keeps_its_alignment(folder: Path) -> None:
    path = folder / "content" / "newsletter" / "2026-11-19-ausgabe-7.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n| Ort | km |\n|---|--:|\n| Tal | 12 |\n", encoding="utf-8")
    assert run("newsletter", "build", folder=folder).returncode == 0
    html = (folder / "build" / "newsletter" / NEWEST[0] / "letter.html").read_text(encoding="utf-8")
    (style,) = re.findall(r'<td class="align-right" style="([^"]*)">12</td>', html)
    assert "text-align: right" in style
    assert "text-align: left" not in style
