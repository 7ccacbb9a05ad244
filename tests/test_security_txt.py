"""``security.txt`` says what RFC 9116 wants, as long as it holds, and the office is told in time."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.project import COOPERATION, write_project
from tests.sample import build

PATH = ".well-known/security.txt"
SECURITY = """\
security:
  contact: [sicherheit@test.example.org, "https://test.example.org/melden/", "tel:+49-89-9999"]
  expires: 2027-06-30
  policy: https://test.example.org/regeln/
  encryption: [https://test.example.org/schluessel.txt]
  acknowledgments: https://test.example.org/dank/
  languages: [de, en]
"""
TEXT = """\
Contact: mailto:sicherheit@test.example.org
Contact: https://test.example.org/melden/
Contact: tel:+49-89-9999
Expires: 2027-06-30T22:00:00Z
Encryption: https://test.example.org/schluessel.txt
Acknowledgments: https://test.example.org/dank/
Preferred-Languages: de, en
Canonical: https://test.example.org/.well-known/security.txt
Policy: https://test.example.org/regeln/
"""


def test_it_says_what_the_settings_say() -> None:
    assert build({"kooperation.yml": COOPERATION + SECURITY})[PATH].decode() == TEXT


def test_it_says_what_must_be_said_at_least() -> None:
    least = "security: {contact: [sicherheit@test.example.org], expires: 2027-06-30}\n"
    text = build({"kooperation.yml": COOPERATION + least})[PATH].decode()
    assert re.findall(r"^[\w-]+", text, re.MULTILINE) == ["Contact", "Expires", "Preferred-Languages", "Canonical"]
    assert "Preferred-Languages: de\n" in text


def test_of_a_site_below_a_path_both_places_are_named() -> None:
    below = COOPERATION.replace("https://test.example.org/", "https://test.example.org/allianz/")
    text = build({"kooperation.yml": below + SECURITY})[PATH].decode()
    assert re.findall(r"Canonical: (.*)", text) == [
        "https://test.example.org/.well-known/security.txt",
        "https://test.example.org/allianz/.well-known/security.txt",
    ]


def test_there_is_none_where_nothing_is_said() -> None:
    assert PATH not in build({}).files


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-06-30T00:00+02:00", None),
        ("2026-06-29T23:59+02:00", "sollen bis 30.06.2027 gelten, länger als ein Jahr."),
        ("2027-06-01T00:00+02:00", None),
        ("2027-06-01T00:01+02:00", "gelten nur noch bis 30.06.2027."),
        ("2027-06-30T23:59+02:00", "gelten nur noch bis 30.06.2027."),
        ("2027-07-01T00:00+02:00", "galten bis 30.06.2027; security.txt erscheint nicht mehr."),
        ("2029-01-01T00:00+01:00", "galten bis 30.06.2027; security.txt erscheint nicht mehr."),
    ],
)
@pytest.mark.parametrize("command", ["check", pytest.param("build", marks=pytest.mark.slow)])
def test_the_office_is_told_in_time_and_no_build_is_stopped(
    command: str, now: str, told: str | None, tmp_path: Path
) -> None:
    config = write_project(tmp_path, {"kooperation.yml": COOPERATION + SECURITY})
    result = CliRunner().invoke(main, [command, "-f", str(config), "--now", now])
    assert result.exit_code == 0, result.stderr
    notices = re.findall(r"kooperation\.yml.*", result.output.replace("Hinweis: ", ""))
    line = COOPERATION.count("\n") + 3
    remedy = "Kontakt prüfen und „expires“ auf einen Tag innerhalb eines Jahres setzen."
    assert notices == (
        [f"kooperation.yml:{line}: Die Angaben für Sicherheitsmeldungen {told} {remedy}"] if told is not None else []
    )
    if command == "build":
        assert (tmp_path / "build" / "site" / PATH).exists() is (told is None or "galten" not in told)


def test_it_stays_through_a_build_that_changes_nothing_and_goes_when_it_expires(tmp_path: Path) -> None:
    config = write_project(tmp_path, {"kooperation.yml": COOPERATION + SECURITY})
    there = []
    for now in ("2027-01-01T00:00", "2027-01-01T00:00", "2027-07-01T00:00", "2027-06-01T00:00"):
        assert CliRunner().invoke(main, ["build", "-f", str(config), "--now", now]).exit_code == 0
        there.append((tmp_path / "build" / "site" / PATH).exists())
    assert there == [True, True, False, True]
