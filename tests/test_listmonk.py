"""Letters become campaigns of listmonk: one for each, whatever the server or the network does."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from newsletter.delivery.ledger import Ledger
from newsletter.delivery.sending import State
from tests.listmonk_letters import KEY, PEOPLE, build, environment, write_token
from tests.listmonk_server import (
    ALL,
    SQL_QUERY,
    ListmonkServer,
    listmonk_server,
)
from tests.mail_servers import TAKE_AND_DROP, misbehaving


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a project whose letter is built, and a token beside it."""
    build(tmp_path)
    write_token(tmp_path)
    return tmp_path


def send(folder: Path, server: ListmonkServer, *arguments: str, **more: str) -> Result:
    config = ["-f", str(folder / "project" / "mkdocs.yml")]
    command = ["newsletter", "send", "7", "--via", "listmonk", *config, *arguments]
    env = {**environment(folder, server.url), **more}
    return CliRunner().invoke(main, command, env=env, catch_exceptions=False)


def ledger(folder: Path, *arguments: str) -> str:
    command = ["newsletter", "ledger", *arguments]
    return CliRunner().invoke(main, command, env=environment(folder, ""), catch_exceptions=False).output


def told(result: Result) -> str:
    """Return the first line of what was told, without the letter."""
    assert "Traceback" not in result.output
    return (
        result.output.splitlines()[0]
        .removeprefix("testallianz/ausgabe-7-raete:1: ")
        .removeprefix("testallianz/ausgabe-7:1: ")
    )


def test_nothing_is_done_unless_it_is_really_meant(folder: Path) -> None:
    with listmonk_server() as server:
        server.add_list("Räte", PEOPLE)
        server.subscribers[1]["lists"][1] = "unconfirmed"
        result = send(folder, server)
        assert result.output.splitlines() == [
            "Brief: ausgabe-7 für Rätinnen und Räte, „Neues aus dem Tal“",
            "Absender: Testallianz <newsletter@test.example.org>",
            f"listmonk: {server.url}, Version v6.2.0 (ef0a7587)",
            "Liste: „Räte“, 2 bestätigt, 1 noch nicht bestätigt",
            "Vorlage: „Schaukasten“, wird angelegt",
            "Abmelden mit einem Klick: legt listmonk fest; zu sehen im Kopf einer Testmail (List-Unsubscribe-Post)",
            "Öffnen und Klicken: zählt listmonk; im Brief ist nichts, was zählt",
            "Kampagne: wird angelegt und gestartet",
            f"Versandbuch: {folder / 'ledger'} (neu)",
            "Nur ein Probelauf: Es wurde nichts verschickt. Mit --really wird verschickt.",
        ]
        assert not [request for request in server.asked if not request.startswith("GET ")]
        assert ledger(folder, "status") == "Es wurde noch nichts verschickt.\n"


@pytest.mark.parametrize(
    ("privacy", "line"),
    [
        (None, "Öffnen und Klicken: sagt diese Version nicht; im Brief ist nichts, was zählt"),
        ({"disable_tracking": True}, "Öffnen und Klicken: wird nicht gezählt"),
    ],
)
def test_whether_reading_is_counted_is_told(privacy: Mapping[str, Any] | None, line: str, folder: Path) -> None:
    with listmonk_server() as server:
        server.add_list("Räte", PEOPLE)
        server.privacy = privacy
        assert line in send(folder, server).output.splitlines()


def test_a_letter_is_sent_once(folder: Path) -> None:
    with listmonk_server() as server, misbehaving() as mailbox:
        server.add_list("Räte", PEOPLE)
        result = send(folder, server, "--really")
        assert result.output.splitlines() == [
            "Kampagne 12 läuft.",
            f"Zu sehen unter: {server.url}/admin/campaigns",
            f"Versandbuch: {folder / 'ledger'} (neu)",
        ]
        assert result.exit_code == 0
        assert "Kampagne: Kampagne 12 läuft; es ist nichts zu tun" in send(folder, server).output
        server.send_campaigns(mailbox.port)
        again = send(folder, server, "--really")
        assert again.exit_code == 1
        assert told(again) == (
            "Der Brief ist schon bei listmonk: Kampagne 12 ist beendet, 3 von 3 verschickt. "
            "Wer ihn nicht hat, findet die Ausgabe auf der Microsite."
        )
        assert sorted(mailbox.taken) == sorted(PEOPLE)
        assert len(server.campaigns) == 1
        assert re.search(r": begonnen .*, 1 verschickt\n", ledger(folder, "status"))


def test_readers_get_the_letter_and_what_they_need_to_leave(folder: Path) -> None:
    build(folder, "Ein {{ Text }} mit <Klammern> & @TrackLink https://example.org/@TrackLink")
    with listmonk_server() as server, misbehaving() as mailbox:
        server.add_list("Räte", PEOPLE)
        send(folder, server, "--really")
        server.send_campaigns(mailbox.port)
        mails = {str(mail["To"]): mail for mail in (message_from_bytes(raw, policy=default) for raw in mailbox.raw)}
    mail = mails["kim@example.org"]
    assert mail["From"] == "Testallianz <newsletter@test.example.org>"
    assert mail["Subject"] == "Neues aus dem Tal"
    assert mail["List-Id"] == "Testallianz <raete.newsletter.test.example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leave = str(mail["List-Unsubscribe"]).strip("<>")
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert text.startswith("Grüß Gott Kim")
    assert "Ein {{ Text }} mit <Klammern> & @TrackLink https://example.org/@TrackLink" in text
    assert f"Abmelden: {leave}" in text.splitlines()
    assert "Grüß Gott Kim" in html
    assert f'<a href="{leave}">Abmelden</a>' in html
    assert html.startswith("<!doctype html>")
    assert "TrackView" not in html
    # An apostrophe stays one in plain text, and is escaped in HTML.
    other = mails["bo@example.org"]
    assert other.get_body(("plain",)).get_content().startswith("Grüß Gott D'Arcy,")
    assert "Grüß Gott D&#x27;Arcy," in other.get_body(("html",)).get_content()
    assert mails["ali@example.org"].get_body(("plain",)).get_content().startswith("Grüß Gott,")


def test_a_draft_is_left_to_a_person(folder: Path) -> None:
    with listmonk_server() as server:
        server.add_list("Räte", PEOPLE)
        expected = "Kampagne 12 ist ein Entwurf: dort ansehen und starten."
        assert told(send(folder, server, "--draft")) == expected
        assert told(send(folder, server, "--draft")) == expected
        assert "Entwurf 12 wird gestartet" in send(folder, server).output
        assert [one["status"] for one in server.campaigns] == ["draft"]
        assert ledger(folder, "status") == "Es wurde noch nichts verschickt.\n"
        assert told(send(folder, server, "--really")) == "Kampagne 12 läuft."
        assert "Entweder --draft oder --really" in send(folder, server, "--draft", "--really").output


def test_a_letter_can_wait_for_its_time(folder: Path) -> None:
    with listmonk_server() as server:
        server.add_list("Räte", PEOPLE)
        planned = send(folder, server, "--at", "2031-12-01T08:00", "--really")
        assert re.fullmatch(r"Kampagne 12 ist geplant für den 01.12.2031, 08:00 Uhr \(UTC[+-]\d{4}\)\.", told(planned))
        assert send(folder, server, "--at", "2031-12-01T08:00", "--really").exit_code == 0
        other = send(folder, server, "--at", "2031-12-02T08:00", "--really")
        assert told(other).endswith("Zum Ändern in listmonk die Planung aufheben und den Entwurf löschen.")
        assert [one["status"] for one in server.campaigns] == ["scheduled"]
        # Whoever lifts the plan gets a draft, which keeps the time; it is started all the same.
        server.campaigns[0]["status"] = "draft"
        assert "wird für den 02.12.2031, 08:00 Uhr" in send(folder, server, "--at", "2031-12-02T08:00").output
        assert told(send(folder, server, "--really")) == "Kampagne 12 läuft."
        assert server.campaigns[0]["send_at"] is None


def test_a_time_that_is_over_is_refused(folder: Path) -> None:
    with listmonk_server() as server:
        result = send(folder, server, "--at", "2020-12-01T08:00", "--really")
        assert re.match(r"--at:1: Der 01.12.2020, 08:00 Uhr .* ist schon vorbei\. Einen späteren", result.output)
        assert server.asked == []


def test_a_test_has_a_campaign_of_its_own(folder: Path) -> None:
    with listmonk_server() as server:
        server.add_list("Räte", PEOPLE)
        line = "Die Testmail ist unterwegs an K…@example.org, als Test der Kampagne 12."
        assert told(send(folder, server, "--test", "Kim@example.org")) == line
        build(folder, "Etwas anderes.")
        assert told(send(folder, server, "--test", "Kim@example.org")) == line
        (first, _), (second, address) = server.tested
        assert (first["subject"], address) == ("[Test] Neues aus dem Tal", "Kim@example.org")
        assert "Etwas anderes." in second["body"]
        assert [one["name"].partition(":")[0] for one in server.campaigns] == ["Test, nicht starten"]
        assert told(send(folder, server, "--really")) == "Kampagne 13 läuft."
        unknown = send(folder, server, "--test", "eve@example.org")
        assert told(unknown) == (
            "listmonk lehnt das ab (400: No known subscribers to test). listmonk schickt Tests nur an Adressen, die es "
            "kennt: die Adresse dort als Abonnenten eintragen."
        )
        server.campaigns[0]["status"] = "running"
        assert (
            "Die Kampagne für Tests wurde in listmonk gestartet."
            in send(folder, server, "--test", "k@b.example").output
        )
        assert "„kim“ ist keine E-Mail-Adresse. Das @ fehlt." in send(folder, server, "--test", "kim").output


def test_of_two_machines_one_sends(folder: Path) -> None:
    with listmonk_server() as server:
        server.add_list("Räte", PEOPLE)
        assert told(send(folder, server, "--really")) == "Kampagne 12 läuft."
        other = send(folder, server, "--really", SCHAUKASTEN_LEDGER=str(folder / "other"))
        assert told(other).startswith("Der Brief ist schon bei listmonk: Kampagne 12 läuft. In listmonk zusehen,")
        assert len(server.campaigns) == 1


def test_two_drafts_are_never_chosen_from(folder: Path) -> None:
    with listmonk_server() as server:
        server.add_list("Räte", PEOPLE)
        send(folder, server, "--draft")
        server.campaigns.append({**server.campaigns[0], "id": 13})
        result = send(folder, server, "--really")
        assert told(result) == (
            "In listmonk liegt der Entwurf mehrfach, als Kampagne 12 und 13. Dort alle bis auf einen löschen, "
            "dann noch einmal."
        )
        assert not [one for one in server.campaigns if one["status"] != "draft"]


CHANGED: Mapping[str, str] = {
    "draft": "ist ein Entwurf. In listmonk ansehen und diesen Entwurf löschen, dann noch einmal.",
    "scheduled": "ist geplant. In listmonk die Planung aufheben und den Entwurf löschen, dann noch einmal.",
    "running": "läuft. Die Texte zurücksetzen und neu bauen, oder die Änderung als neue Ausgabe verschicken.",
    "finished": "ist beendet. Die Texte zurücksetzen und neu bauen, oder die Änderung als neue Ausgabe verschicken.",
}


@pytest.mark.parametrize("status", CHANGED)
def test_a_letter_that_changed_since_it_came_to_listmonk_is_refused(status: str, folder: Path) -> None:
    with listmonk_server() as server:
        server.add_list("Räte", PEOPLE)
        send(folder, server, "--draft")
        server.campaigns[0]["status"] = status
        build(folder, "Etwas anderes.")
        for arguments in ((), ("--draft",), ("--really",)):
            assert told(send(folder, server, *arguments)) == (
                f"Der Brief hat sich geändert, seit er zu listmonk kam: Kampagne 12 {CHANGED[status]}"
            )
        assert len(server.campaigns) == 1


def test_a_letter_that_changed_after_it_was_started_here_is_refused(folder: Path) -> None:
    with listmonk_server() as server:
        server.add_list("Räte", PEOPLE)
        send(folder, server, "--really")
        build(folder, "Etwas anderes.")
        server.campaigns.clear()
        assert "Der Brief hat sich geändert, seit sein Versand am " in send(folder, server, "--really").output


@pytest.mark.parametrize("field", ["subject", "from_email", "body", "altbody", "headers", "template_id", "lists"])
def test_a_draft_that_a_person_changed_is_left_alone(field: str, folder: Path) -> None:
    values = {"headers": [], "template_id": 1, "lists": [{"id": 9, "name": "Alle"}]}
    with listmonk_server() as server:
        server.add_list("Räte", PEOPLE)
        send(folder, server, "--draft")
        server.campaigns[0][field] = values.get(field, "Von Hand <hand@example.org>")
        assert told(send(folder, server, "--really")) == (
            "Der Entwurf wurde in listmonk geändert; er ist nicht mehr der gebaute Brief: Kampagne 12 ist ein Entwurf. "
            "Ihn dort starten, wie er ist, oder löschen, dann noch einmal."
        )
        assert server.campaigns[0]["status"] == "draft"


def test_a_campaign_that_was_deleted_is_not_sent_again(folder: Path) -> None:
    with listmonk_server() as server:
        server.add_list("Räte", PEOPLE)
        send(folder, server, "--really")
        server.campaigns.clear()
        for arguments in (("--really",), ("--draft",)):
            assert told(send(folder, server, *arguments)) == (
                "Laut Versandbuch wurde der Brief an listmonk übergeben, doch die Kampagne ist nicht mehr da. Wer ihn "
                "nicht hat, findet die Ausgabe auf der Microsite."
            )
        assert server.campaigns == []


LONG_AGO, COMING = datetime(2020, 1, 1, tzinfo=UTC), "2031-12-01T08:00"
PLAN = ("--at", COMING, "--really")


def is_due(folder: Path) -> None:
    """Let the time come that a letter was planned for."""
    with Ledger(folder / "ledger") as opened:
        (sending,) = opened.sendings()
        assert opened.decide(sending, opened.entries(sending), State.PLANNED, State.PLANNED, LONG_AGO) == 1


@pytest.mark.parametrize("arguments", [("--really",), ("--draft",), PLAN])
def test_a_campaign_whose_time_has_come_and_that_is_gone_is_left_to_a_decision(
    arguments: tuple[str, ...], folder: Path
) -> None:
    with listmonk_server() as server:
        server.add_list("Räte", PEOPLE)
        send(folder, server, *PLAN)
        assert re.search(r": begonnen .*, 1 geplant\n", ledger(folder, "status"))
        assert "nicht gelöscht, denn er ist noch geplant." in ledger(folder, "purge", "--older-than", "0")
        is_due(folder)
        server.campaigns.clear()
        assert told(send(folder, server, *arguments)) == (
            "Laut Versandbuch wurde der Brief an listmonk übergeben, doch die Kampagne ist nicht mehr da. In listmonk "
            "nachsehen. Hat ihn niemand: schaukasten newsletter ledger resolve testallianz/ausgabe-7 --again"
        )
        build(folder, "Etwas anderes.")
        assert "Der Brief hat sich geändert, seit sein Versand am " in send(folder, server, *arguments).output
        assert server.campaigns == []
        assert "1 jetzt „offen“" in ledger(folder, "resolve", "ausgabe-7", "--again")
        assert send(folder, server, *arguments).exit_code == 0
        assert len(server.campaigns) == 1


def test_a_plan_can_be_given_up_before_its_time(folder: Path) -> None:
    with listmonk_server() as server:
        server.add_list("Räte", PEOPLE)
        send(folder, server, *PLAN)
        server.campaigns.clear()
        build(folder, "Etwas anderes.")
        assert told(send(folder, server, *PLAN)).startswith("Kampagne 12 ist geplant für den 01.12.2031")
        server.campaigns[0]["status"] = "draft"
        assert told(send(folder, server, "--really")) == "Kampagne 12 läuft."
        server.campaigns.clear()
        assert "doch die Kampagne ist nicht mehr da." in told(send(folder, server, "--really"))


def test_a_campaign_that_ran_as_planned_is_known_to_be_sent(folder: Path) -> None:
    with listmonk_server() as server:
        server.add_list("Räte", PEOPLE)
        send(folder, server, *PLAN)
        is_due(folder)
        server.campaigns[0]["status"] = "finished"
        assert "Der Brief ist schon bei listmonk: Kampagne 12 ist beendet." in told(send(folder, server, "--really"))
        assert re.search(r": begonnen .*, 1 verschickt\n", ledger(folder, "status"))
        assert ledger(folder, "purge", "--older-than", "0") == "testallianz/ausgabe-7: gelöscht.\n"


def test_a_campaign_that_may_have_been_started_and_is_gone_is_left_to_a_decision(folder: Path) -> None:
    with listmonk_server({"PUT campaigns/{id}/status": {1: TAKE_AND_DROP}, "GET campaigns/{id}": {1: "502"}}) as server:
        server.add_list("Räte", PEOPLE)
        assert told(send(folder, server, "--really")).startswith("Abgebrochen: Die Verbindung zu http://127.0.0.1:")
        server.campaigns.clear()
        doubtful = told(send(folder, server, "--really"))
        assert doubtful.endswith("schaukasten newsletter ledger resolve testallianz/ausgabe-7 --again")
        ledger(folder, "resolve", "ausgabe-7", "--again")
        assert told(send(folder, server, "--really")) == "Kampagne 12 läuft."


def test_a_letter_that_listmonk_refused_may_still_change(folder: Path) -> None:
    with listmonk_server(permissions=ALL - {"campaigns:send"}) as server:
        server.add_list("Räte", PEOPLE)
        refused = send(folder, server, "--really")
        assert refused.stderr.endswith("\n1 Fehler.\n")
        assert told(refused) == (
            "listmonk erlaubt das nicht (403: permission denied: campaigns:send). Benutzer und Token prüfen, und "
            "welche Rechte die Rolle des Benutzers hat."
        )
        assert ledger(folder, "status") == "Es wurde noch nichts verschickt.\n"
        server.campaigns.clear()
        build(folder, "Etwas anderes.")
        server.permissions = ALL
        assert told(send(folder, server, "--really")) == "Kampagne 12 läuft."


@pytest.mark.parametrize("status", ["paused", "cancelled"])
def test_a_campaign_that_stopped_is_not_started_again(status: str, folder: Path) -> None:
    with listmonk_server() as server:
        server.add_list("Räte", PEOPLE)
        send(folder, server, "--really")
        server.campaigns[0].update(status=status, sent=1, to_send=3)
        assert "1 von 3 verschickt. " in told(send(folder, server, "--really"))
        assert server.campaigns[0]["status"] == status


@pytest.mark.parametrize(
    ("changes", "key", "message"),
    [
        ({"optin": "single"}, KEY, "Die Liste „Räte“ verlangt keine Bestätigung der Anmeldung (Double-Opt-in)."),
        ({"status": "archived"}, KEY, "Die Liste „Räte“ ist in listmonk archiviert."),
        ({}, "x", "Die Liste „x“ gibt es in listmonk nicht. In kooperation.yml als „key“ die UUID"),
        ({}, None, "Die Liste „Rätinnen und Räte“ gibt es in listmonk nicht."),
    ],
)
def test_a_list_must_be_fit_for_it(changes: Mapping[str, Any], key: str | None, message: str, folder: Path) -> None:
    build(folder, key=key)
    with listmonk_server() as server:
        server.add_list("Räte", PEOPLE, **changes)
        assert told(send(folder, server, "--really")).startswith(message)
        assert server.campaigns == []


def test_a_list_is_found_by_the_name_of_its_audience(folder: Path) -> None:
    build(folder, key=None)
    with listmonk_server() as server:
        server.add_list("Alle", PEOPLE)
        server.add_list("Rätinnen und Räte", PEOPLE)
        assert told(send(folder, server, "--really")) == "Kampagne 12 läuft."
        assert [one["id"] for one in server.campaigns[0]["lists"]] == [2]
        server.add_list("Rätinnen und Räte", PEOPLE)
        assert told(send(folder, server)).startswith("Die Liste „Rätinnen und Räte“ gibt es in listmonk mehrfach.")


def test_a_template_that_adds_something_is_refused(folder: Path) -> None:
    with listmonk_server() as server:
        server.add_list("Räte", PEOPLE)
        body = '{{ template "content" . }}{{ TrackView }}'
        server.templates.append({"id": 2, "name": "Schaukasten", "type": "campaign", "body": body})
        assert told(send(folder, server, "--really")).startswith(
            "Die Vorlage „Schaukasten“ in listmonk fügt dem Brief etwas hinzu."
        )
        server.templates[1]["body"] = '\n{{template "content" .}}\n'
        assert told(send(folder, server, "--really")) == "Kampagne 12 läuft."
        assert server.campaigns[0]["template_id"] == 2


@pytest.mark.parametrize(
    ("permissions", "line"),
    [
        (ALL | {SQL_QUERY}, "Auch auf der Liste für Presse: 1; sie bekommen beide Briefe"),
        (ALL, "Auch auf der Liste für Presse: unbekannt, denn der Benutzer darf es nicht zählen"),
    ],
)
def test_who_is_on_the_lists_of_two_letters_is_counted(permissions: frozenset[str], line: str, folder: Path) -> None:
    with listmonk_server(permissions=permissions) as server:
        server.add_list("Räte", PEOPLE)
        other = server.add_list("Presse", {"kim@example.org": "Kim", "eve@example.org": "Eve"})
        manifest = folder / "project" / "build" / "newsletter" / "ausgabe-7-presse" / "manifest.json"
        manifest.parent.mkdir()
        text = (folder / "project" / "build" / "newsletter" / "ausgabe-7-raete" / "manifest.json").read_text("utf-8")
        text = text.replace('"id": "ausgabe-7"', '"id": "ausgabe-7-presse"').replace(KEY, other)
        text = text.replace("Rätinnen und Räte", "Presse").replace('"raete"', '"presse"')
        manifest.write_text(text, encoding="utf-8")
        assert line in send(folder, server, "--audience", "raete").output


def test_options_of_another_engine_are_refused(folder: Path) -> None:
    with listmonk_server() as server:
        result = send(folder, server, "--recipients", "leser.csv")
        assert "--recipients gibt es mit --via listmonk nicht, nur mit: smtp." in result.output
        assert result.exit_code == 2
        assert server.asked == []
