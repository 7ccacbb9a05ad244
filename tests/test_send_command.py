"""Sending as an office does it: first shown, then tested, then really; and what is refused."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from newsletter.delivery.ledger import Ledger
from newsletter.delivery.pace import Pace
from newsletter.output import write_letter
from tests.letters_to_send import LETTER, build_letter, letter_files, write_people
from tests.mail_servers import Misbehaving, misbehaving
from tests.project import write_project
from tests.sample import SAMPLE
from tests.test_mails import keys

pytestmark = pytest.mark.slow

Command = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a project whose letter is built, and a file of recipients beside it."""
    build_letter(tmp_path / "project")
    write_people(tmp_path / "leser.csv", 3)
    return tmp_path


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what a server puts off be left to the next run at once."""
    monkeypatch.setattr("newsletter.delivery.send_command.Pace", partial(Pace, waits=()))


def environment(folder: Path, server: Misbehaving | None, **more: str) -> Mapping[str, str]:
    address = f"smtp+plain://127.0.0.1:{server.port}" if server else ""
    return {"SCHAUKASTEN_SMTP": address, "SCHAUKASTEN_LEDGER": str(folder / "ledger"), **more}


def send(folder: Path, server: Misbehaving | None, *arguments: str, edition: str = "7", **more: str) -> Result:
    options = ["--via", "smtp", "--recipients", str(folder / "leser.csv"), "--per-minute", "0"]
    config = ["-f", str(folder / "project" / "mkdocs.yml")]
    command = ["newsletter", "send", edition, *options, *config, *arguments]
    return CliRunner().invoke(main, command, env=environment(folder, server, **more), catch_exceptions=False)


def report(folder: Path, server: Misbehaving, **more: str) -> list[str]:
    """Send really; return what is reported, without the name of the ledger."""
    *lines, ledger_line = send(folder, server, "--really", **more).stdout.splitlines()
    assert ledger_line.startswith(f"Versandbuch: {folder / 'ledger'}")
    return lines


def ledger(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        main, ["newsletter", "ledger", *arguments], env=environment(folder, None), catch_exceptions=False
    )


def test_nothing_is_sent_unless_it_is_really_meant(folder: Path) -> None:
    (folder / "leser.csv").write_text("email;vorname;status\nkim@example.org;=1;\nali@example.org;;abgemeldet\n")
    with misbehaving() as server:
        result = send(folder, server, "--per-minute", "60")
        assert server.said == []
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "Brief: ausgabe-7 für Rätinnen und Räte, „Neues aus dem Tal“",
        "Absender: newsletter@test.example.org",
        f"Server: 127.0.0.1:{server.port} (unverschlüsselt), 2 Verbindungen, 60 Mails je Minute",
        "DKIM: signiert der Server, oder niemand",
        "Empfänger: 1",
        "Ausgelassen: 1 abgemeldet, gesperrt oder nicht bestätigt (Zeile 3)",
        "Ohne Vornamen, weil keiner in der Spalte steht: 1 (Zeile 2)",
        "Dauer: etwa 1 Minute",
        f"Versandbuch: {folder / 'ledger'} (neu)",
        "Nur ein Probelauf: Es wurde nichts verschickt. Mit --really wird verschickt.",
    ]


def test_a_test_goes_to_one_address_and_is_not_written_down(folder: Path) -> None:
    with misbehaving() as server:
        result = send(folder, server, "--test", "kim@example.org")
        assert result.output == "Die Testmail ist unterwegs an k…@example.org.\n"
        assert server.taken == ["kim@example.org"]
        assert message_from_bytes(server.raw[0], policy=default)["Subject"] == "[Test] Neues aus dem Tal"
    assert not (folder / "ledger").exists()


@pytest.mark.parametrize(
    ("behaviour", "message"),
    [
        ({"rcpt": "550 5.1.1 No"}, "Die Testmail wurde nicht angenommen: Das Postfach gibt es nicht. (550 5.1.1)"),
        ({"rcpt": "drop"}, "Die Testmail wurde nicht angenommen: Die Verbindung riss ab. Den Grund beheben."),
        (
            {"end": "drop"},
            "Ob die Testmail angenommen wurde, ist ungewiss: Der Server hat nicht mehr geantwortet. Im Postfach",
        ),
        ({"greeting": "421 Later"}, "127.0.0.1 weist die Verbindung ab (421). Später noch einmal versuchen."),
        ({"mail": "550 No"}, "127.0.0.1 nimmt vom Absender nichts an (550)."),
    ],
)
def test_a_test_that_fails_is_told(behaviour: Mapping[str, str], message: str, folder: Path) -> None:
    with misbehaving(behaviour) as server:
        result = send(folder, server, "--test", "kim@example.org")
    assert result.exit_code == 1
    assert message in result.stderr


def test_everybody_gets_the_letter_and_the_next_run_only_who_is_new(folder: Path) -> None:
    with misbehaving() as server:
        assert report(folder, server) == ["Verschickt: 3"]
        write_people(folder / "leser.csv", 5)
        assert report(folder, server) == ["Verschickt: 2", "Ausgelassen: 3 haben diesen Brief schon"]
        assert sorted(server.taken) == [f"kim{number}@example.org" for number in range(5)]
    assert re.fullmatch(
        r"testallianz/ausgabe-7: begonnen \d\d\.\d\d\.\d{4} \d\d:\d\d, 5 verschickt\n", ledger(folder, "status").output
    )


def test_who_left_gets_nothing_any_more(folder: Path) -> None:
    with misbehaving() as server:
        assert ledger(folder, "suppress", "KIM0@example.org").output == "1 gesperrt.\n"
        assert report(folder, server) == ["Verschickt: 2", "Ausgelassen: 1 auf der Sperrliste"]
        leave = message_from_bytes(server.raw[0], policy=default)["List-Unsubscribe"]
        token = re.search(r"Abmelden%20([0-9a-f]{32})>", str(leave))
        assert token is not None
        assert ledger(folder, "suppress", token[1]).output == "1 gesperrt.\n"
        assert ledger(folder, "suppress", "--release", "kim0@example.org").output == "1 nicht mehr gesperrt.\n"
        write_letter(folder / "project" / "build" / "newsletter" / "ausgabe-8", letter_files(number=8))
        assert report(folder, server, edition="8") == ["Verschickt: 2", "Ausgelassen: 1 auf der Sperrliste"]
        assert "kim0@example.org" in server.taken
    assert "„kim“ ist keine E-Mail-Adresse. Das @ fehlt." in ledger(folder, "suppress", "kim").stderr


def test_a_letter_that_changed_since_it_was_begun_to_be_sent_is_refused(folder: Path) -> None:
    with misbehaving({"end": {1: "drop"}}) as server:
        assert send(folder, server, "--really").exit_code == 1
        build_letter(folder / "project", "Etwas anderes.")
        for arguments in ((), ("--really",)):
            result = send(folder, server, *arguments)
            assert result.exit_code == 1
            assert re.match(
                r"testallianz/ausgabe-7:1: Der Brief hat sich geändert, seit sein Versand am .* begann; einige haben "
                r"ihn schon, oder es ist zweifelhaft\. Die Texte zurücksetzen und neu bauen, oder die Änderung als "
                r"neue Ausgabe verschicken\.\n",
                result.stderr,
            )
        assert len(server.raw) == 2


@pytest.mark.parametrize(
    "behaviour",
    [{"mail": "550 5.7.1 No"}, {"rcpt": "550 5.7.1 No"}, {"rcpt": "450 4.2.1 Later"}],
    ids=["the sender is refused", "all are refused", "all are put off"],
)
@pytest.mark.usefixtures("impatient")
def test_a_letter_that_nobody_has_may_still_change(behaviour: Mapping[str, str], folder: Path) -> None:
    with misbehaving(behaviour) as server:
        assert "Verschickt: 0\n" in send(folder, server, "--really").output
    build_letter(folder / "project", "Etwas anderes.")
    with misbehaving() as server:
        assert "Empfänger: 3\n" in send(folder, server).stdout
        assert send(folder, server, "--really").stdout.startswith("Verschickt: 3\n")
        build_letter(folder / "project", "Noch etwas anderes.")
        assert "Der Brief hat sich geändert" in send(folder, server, "--really").stderr


def test_the_time_of_what_is_built_does_not_change_when_it_is_sent(folder: Path) -> None:
    with misbehaving({"end": {1: "drop"}}) as server:
        send(folder, server, "--really", "--connections", "1", SOURCE_DATE_EPOCH="1000000000")
        sent = parsedate_to_datetime(message_from_bytes(server.raw[0], policy=default)["Date"])
        assert abs(sent - datetime.now(UTC)) < timedelta(minutes=5)
    with Ledger(folder / "ledger") as opened:
        (sending,) = opened.sendings()
        assert all(abs(entry.at - sending.began) < 300 for entry in opened.entries(sending).values())
        assert abs(sending.began - sent.timestamp()) <= 1


def manifest(folder: Path, **changes: object) -> None:
    file = folder / "project" / "build" / "newsletter" / LETTER / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def change(folder: Path, name: str, data: bytes) -> None:
    (folder / "project" / "build" / "newsletter" / LETTER / name).write_bytes(data)


NEW = "Neu bauen: schaukasten newsletter build ausgabe-7 --profile smtp"


@pytest.mark.parametrize(
    ("spoil", "arguments", "message"),
    [
        (lambda folder: change(folder, "letter.txt", b"x"), (), f"seit er gebaut wurde. {NEW}"),
        (lambda folder: change(folder, "more.txt", b"x"), (), f"seit er gebaut wurde. {NEW}"),
        (lambda folder: manifest(folder, profile="listmonk"), (), f"Der Brief ist für „listmonk“ gebaut. {NEW}"),
        (
            lambda folder: manifest(folder, warnings=["Zu lang."]),
            (),
            "Gegen das Verschicken spricht: Zu lang. Beheben,",
        ),
        (lambda folder: change(folder, "manifest.json", b"{}"), (), "manifest.json ist beschädigt oder veraltet."),
        (lambda folder: change(folder, "manifest.json", b"\xff"), (), "manifest.json ist beschädigt oder veraltet."),
        (lambda _: None, ("--audience", "presse"), "Ein Brief der Ausgabe „7“ für „presse“ ist nicht gebaut."),
        (lambda folder: (folder / "leser.csv").unlink(), (), "leser.csv:1: Die Datei gibt es nicht. Den Pfad prüfen."),
        (
            lambda folder: (folder / "leser.csv").rename(folder / "project" / "leser.csv"),
            ("--recipients", "project/leser.csv"),
            "Die Datei mit den Adressen liegt im Ordner des Projekts und käme so ins Repository.",
        ),
        (
            lambda _: None,
            ("--bounces", "project/raus.csv"),
            "Die Liste der Unzustellbaren liegt im Ordner des Projekts und käme so ins Repository.",
        ),
        (lambda _: None, ("--log", "mail.log"), "mail.log:1: Die Datei gibt es nicht."),
    ],
)
def test_what_cannot_be_sent_is_told(
    spoil: Callable[[Path], object],
    arguments: tuple[str, ...],
    message: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(folder)
    spoil(folder)
    with misbehaving({"end": {1: "drop"}}) as server:
        result = send(folder, server, "--really", *arguments)
        if "--log" in arguments:
            result = send(folder, server, "--really", *arguments)
        assert message in result.stderr
        assert result.exit_code == 1
        assert "--log" in arguments or server.said == []


def test_a_ledger_in_the_project_is_refused(folder: Path) -> None:
    with misbehaving() as server:
        result = send(folder, server, "--really", SCHAUKASTEN_LEDGER=str(folder / "project" / "buch"))
    assert "Das Versandbuch liegt im Ordner des Projekts und käme so ins Repository." in result.stderr


def test_which_ledger_it_is_is_told(folder: Path) -> None:
    line = f"Versandbuch: {folder / 'ledger'}"
    with misbehaving() as server:
        for _ in range(2):
            assert f"{line} (neu)\n" in send(folder, server).stdout, "nothing is written down by trying"
        assert send(folder, server, "--really").stdout.endswith(f"{line} (neu)\n")
        assert send(folder, server, "--really").stdout.endswith(f"{line}\n")
        assert f"{line}\n" in send(folder, server).stdout


@pytest.mark.parametrize("place", ["buch", "./buch", "~nobody-of-that-name/buch"])
def test_a_ledger_that_is_another_in_each_folder_is_refused(
    place: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    message = f"SCHAUKASTEN_LEDGER:1: „{place}“ ist kein vollständiger Pfad; in jedem Ordner wäre das ein anderes "
    with misbehaving() as server:
        assert send(folder, server, "--really", SCHAUKASTEN_LEDGER=place).stderr.startswith(message)
        assert server.said == []
    command = ["newsletter", "ledger", "status"]
    assert CliRunner().invoke(main, command, env={"SCHAUKASTEN_LEDGER": place}).stderr.startswith(message)
    assert not (folder / "buch").exists()


def test_an_edition_with_several_letters_needs_an_audience(folder: Path) -> None:
    build_letter(folder / "project")
    other = letter_files()
    data = json.loads(other["manifest.json"]) | {"id": "ausgabe-7-presse", "audience": "presse"}
    other["manifest.json"] = json.dumps(data).encode()
    write_letter(folder / "project" / "build" / "newsletter" / "ausgabe-7-presse", other)
    with misbehaving() as server:
        assert "Mit --audience wählen, welcher verschickt wird: presse, raete." in send(folder, server).stderr
        assert send(folder, server, "--audience", "presse").exit_code == 0


def test_what_is_left_of_a_build_that_was_cut_off_is_no_letter(folder: Path) -> None:
    letter = folder / "project" / "build" / "newsletter" / LETTER
    shutil.copytree(letter, letter.with_name(f".{LETTER}.neu"))
    with misbehaving() as server:
        assert send(folder, server, "--audience", "raete").exit_code == 0


def test_what_is_doubtful_is_decided(folder: Path) -> None:
    with misbehaving({"end": {1: "drop", 2: "take and drop"}}) as server:
        result = send(folder, server, "--really", "--connections", "1")
        assert "Zweifelhaft, ob verschickt: 2 (Zeile 2, 3)." in result.output
        file = str(folder / "leser.csv")
        assert (
            "1 jetzt „verschickt“"
            in ledger(folder, "resolve", "ausgabe-7", "--sent", "--recipients", file, "--line", "3").output
        )
        assert "Entschieden: 1 jetzt „offen“." in ledger(folder, "resolve", "ausgabe-7", "--again").output
        assert report(folder, server) == ["Verschickt: 1", "Ausgelassen: 2 haben diesen Brief schon"]
        assert sorted(server.taken) == [f"kim{number}@example.org" for number in range(3)]


def test_who_was_refused_can_be_tried_again(folder: Path) -> None:
    with misbehaving({"rcpt": {1: "550 5.7.1 No"}}) as server:
        send(folder, server, "--really", "--connections", "1")
        assert "1 jetzt „offen“" in ledger(folder, "resolve", "ausgabe-7", "--refused", "--again").output
        assert send(folder, server, "--really").stdout.startswith("Verschickt: 1\n")


@pytest.mark.parametrize("arguments", [(), ("--sent", "--log", "x"), ("--again", "--line", "2")])
def test_a_decision_must_be_clear(arguments: tuple[str, ...], folder: Path) -> None:
    assert "Es ist nicht klar, was zu entscheiden ist." in ledger(folder, "resolve", "ausgabe-7", *arguments).stderr


def test_what_was_sent_can_be_purged_but_not_sent_again(folder: Path) -> None:
    assert ledger(folder, "purge", "--older-than", "0").output == "Es gibt nichts zu löschen.\n"
    assert ledger(folder, "status").output == "Es wurde noch nichts verschickt.\n"
    with misbehaving({"end": {1: "drop"}}) as server:
        send(folder, server, "--really", "--connections", "1")
        for arguments in (("ausgabe-7",), ("--older-than", "0")):
            assert ledger(folder, "purge", *arguments).output == (
                "testallianz/ausgabe-7: nicht gelöscht, denn bei 1 ist zweifelhaft, ob sie ihn haben. Entscheiden mit: "
                "schaukasten newsletter ledger resolve testallianz/ausgabe-7\n"
            )
        ledger(folder, "resolve", "ausgabe-7", "--again")
        send(folder, server, "--really")
        assert ledger(folder, "purge", "--older-than", "30").output == "Es gibt nichts zu löschen.\n"
        assert ledger(folder, "purge", "--older-than", "0").output == "testallianz/ausgabe-7: gelöscht.\n"
        assert ledger(folder, "status").output.endswith(", Empfänger gelöscht\n")
        assert "ist abgeschlossen und gelöscht" in send(folder, server, "--really").stderr
        assert len(server.taken) == 3
    assert "Der Brief „8“ wurde nicht verschickt." in ledger(folder, "purge", "8").stderr
    assert "Es ist nicht klar, was zu löschen ist." in ledger(folder, "purge").stderr


@pytest.mark.usefixtures("impatient")
def test_who_leaves_between_two_runs_is_not_waited_for(folder: Path) -> None:
    with misbehaving({"rcpt": {2: "450 4.2.1 Later", 3: "450 4.2.1 Later"}}) as server:
        send(folder, server, "--really", "--connections", "1")
        assert "1 verschickt, 2 später noch einmal" in ledger(folder, "status").output
        assert (
            "denn 2 haben ihn noch nicht. Ihn fertig verschicken, oder" in ledger(folder, "purge", "ausgabe-7").output
        )
        write_people(folder / "leser.csv", 2)
        ledger(folder, "suppress", "kim1@example.org")
        send(folder, server, "--really")
        assert ledger(folder, "status").output.endswith(", 1 verschickt\n")
        assert ledger(folder, "purge", "ausgabe-7").output == "testallianz/ausgabe-7: gelöscht.\n"


@pytest.mark.usefixtures("impatient")
def test_a_letter_that_was_never_sent_to_all_is_forgotten_in_the_end(folder: Path) -> None:
    with misbehaving({"rcpt": {2: "450 4.2.1 Later"}}) as server:
        send(folder, server, "--really", "--connections", "1")
    assert ledger(folder, "purge", "--older-than", "0").output == "testallianz/ausgabe-7: gelöscht.\n"


def test_the_record_for_signatures_is_shown(tmp_path: Path) -> None:
    config = write_project(tmp_path / "project", SAMPLE)
    command = ["newsletter", "dkim", "-f", str(config)]
    assert "Es ist kein Schlüssel angegeben." in CliRunner().invoke(main, command).stderr
    file = tmp_path / "dkim.pem"
    file.write_bytes(keys()["rsa"])
    file.chmod(0o600)
    result = CliRunner().invoke(main, command, env={"SCHAUKASTEN_DKIM": f"n1={file}"}, catch_exceptions=False)
    assert re.fullmatch(
        r'n1\._domainkey\.test\.example\.org\. IN TXT \( "v=DKIM1; k=rsa; p=[^"]{230,}" "[^"]+" \)\n', result.output
    )


def started(folder: Path, server: Misbehaving, *arguments: str) -> subprocess.Popen[str]:
    """Start the command in a process of its own."""
    program = str(Path(sys.executable).parent / "schaukasten")
    options = ["--via", "smtp", "--recipients", str(folder / "leser.csv"), "--really", *arguments]
    return subprocess.Popen(
        [program, "newsletter", "send", "7", *options],
        cwd=folder / "project",
        env={**os.environ, **environment(folder, server)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Whoever runs the tests in the background ignores the signal, and children inherit that.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # takes no lock
    )


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_two_cannot_send_at_once_and_one_stops_when_told(folder: Path) -> None:
    write_people(folder / "leser.csv", 200)
    with misbehaving() as server, started(folder, server, "--per-minute", "120") as first:
        until(lambda: len(server.raw) > 2)
        second = send(folder, server, "--really")
        assert second.exit_code == 1
        assert second.stderr.startswith(
            "testallianz/ausgabe-7:1: Dieser Brief wird gerade von einem anderen Lauf verschickt. "
        )
        first.send_signal(signal.SIGINT)
        output, errors = first.communicate(timeout=30)
        assert first.returncode == 1
        assert "Traceback" not in errors
        sent = len(server.raw)
        assert output == (
            f"Verschickt: {sent}\nNoch nicht verschickt: {200 - sent}. Später noch einmal mit demselben Befehl.\n"
            f"Angehalten.\nVersandbuch: {folder / 'ledger'} (neu)\n"
        )
        assert send(folder, server, "--really").stdout.startswith(f"Verschickt: {200 - sent}\n")
        assert len(set(server.taken)) == len(server.taken) == 200
