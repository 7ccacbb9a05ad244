"""What lists of Mailman are to be, and what is told where they are not, or where no Mailman answers."""

import os
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.fetching import NotFetchedError
from generator.model.mailing import Mailing
from generator.problems import Problem, ProblemsFound
from newsletter.lists.access import Access, access_of
from newsletter.lists.announcement import Announcement, Difference, Found, differences
from newsletter.lists.mailman import Mailman
from newsletter.lists.planned import planned_lists
from newsletter.lists.texts import list_texts, texts_of
from tests.project import ROOT, write_project
from tests.sample import build, sample, sample_with
from tests.servers import free_port

WANTED = Announcement(address="raete@lists.example.org", sender="neues@example.org")
START = "municipalities:\n"
MAILMAN = "mailing:\n  profile: mailman\n  lists: [{address: alle@lists.example.org}]\n"


def cases(name: str) -> list[Any]:
    found = yaml.safe_load((ROOT / "tests/cases/lists" / f"{name}.yml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["title"]) for case in found]


@pytest.mark.parametrize("case", cases("settings"))
def test_the_settings_name_the_lists(case: dict[str, Any]) -> None:
    cooperation = sample().site.cooperation.model_copy(update={"mailing": Mailing.model_validate(case["mailing"])})
    problems, planned = [], []
    try:
        planned = planned_lists(cooperation, "de", {})
    except ProblemsFound as found:
        problems = list(map(str, found.problems))
    assert problems == case.get("problems", [])
    assert [f"{one.address}: {one.named['display_name']}" for one in planned] == case.get("lists", [])
    assert all(one.sender == cooperation.contact.email for one in planned)


@pytest.mark.parametrize("case", cases("differences"))
def test_each_difference_is_named(case: dict[str, Any]) -> None:
    settings = {**WANTED.settings, **case.get("settings", {})}
    templates = {**WANTED.templates, **case.get("templates", {})}
    found = Found(
        settings={name: value for name, value in settings.items() if value is not None},
        templates={name: value for name, value in templates.items() if value is not None},
        moderation=case.get("moderation", {}),
    )
    assert list(map(str, differences(WANTED, found))) == case["told"]


def test_texts_are_published_where_mailman_is_used() -> None:
    assert list(list_texts(sample().site)) == []
    made = build(sample_with(START, MAILMAN + START, within="kooperation.yml"))
    texts = texts_of(made.site.cooperation, "de")
    assert {text.path: text.content for text in texts.values()} == {
        path: file.data.decode() for path, file in made.files.items() if path.startswith("mailman/")
    }
    assert len(texts) == 2
    for text in texts.values():
        assert "$user_email" in text.content
        assert "{" not in text.content


def test_a_dollar_sign_in_a_name_is_no_placeholder() -> None:
    made = build(sample_with(START, MAILMAN + START, within="kooperation.yml"))
    cooperation = made.site.cooperation.model_copy(update={"name": "Tal $listname"})
    for text in texts_of(cooperation, "de").values():
        assert "Tal $$listname" in text.content


@contextmanager
def answering(status: int, body: bytes, headers: Mapping[str, str], seconds: float) -> Iterator[str]:
    """Run a server that always answers so, after some seconds; give its address."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(seconds)
            with suppress(OSError):  # whoever asked may not wait
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
                self.wfile.flush()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/3.1"
        finally:
            server.shutdown()
            thread.join()


NOT_THERE = "Mailman ist nicht zu erreichen. Prüfen, ob es läuft und SCHAUKASTEN_MAILMAN_URL stimmt."
GARBAGE = "Was dort antwortet, ist keine REST-Schnittstelle von Mailman 3. "


@pytest.mark.parametrize(
    ("status", "body", "headers", "seconds", "message"),
    [
        (401, b"{}", {}, 0, "Mailman nimmt Benutzer und Passwort nicht an. "),
        (500, b"", {}, 0, "Mailman antwortet mit einem Fehler (500). "),
        (302, b"", {"Location": "http://elsewhere.example.org/"}, 0, "Mailman antwortet mit einem Fehler (302). "),
        (200, b"{}", {}, 0.5, NOT_THERE),
        (200, b"<html>Willkommen</html>", {}, 0, GARBAGE),
        (200, b"\xff\x00", {}, 0, GARBAGE),
        (200, b"[]", {}, 0, GARBAGE),
        (200, b"{}", {}, 0, GARBAGE),
        (200, b'{"entries": 3}', {}, 0, GARBAGE),
        (200, b"{", {"Content-Length": "100"}, 0, NOT_THERE),
    ],
    ids=["401", "500", "elsewhere", "late", "page", "bytes", "list", "empty", "other", "cut off"],
)
def test_a_server_that_is_no_mailman_is_told(
    status: int, body: bytes, headers: Mapping[str, str], seconds: float, message: str
) -> None:
    with answering(status, body, headers, seconds) as url:
        mailman = Mailman(Access(url, "restadmin", "geheim"), patience=0.2)
        for ask in (mailman.compare, mailman.set_up):
            with pytest.raises(ProblemsFound) as found:
                ask(WANTED)
            assert str(found.value).startswith(f"{url}:1: {message}")
            assert "geheim" not in str(found.value)


def test_where_nobody_answers_that_is_told() -> None:
    mailman = Mailman(Access(f"http://127.0.0.1:{free_port()}/3.1", "restadmin", "geheim"))
    with pytest.raises(ProblemsFound, match="Mailman ist nicht zu erreichen"):
        mailman.count(WANTED.address)


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({}, "SCHAUKASTEN_MAILMAN_URL:1: Die Adresse von Mailman ist nicht angegeben. Zum Beispiel:"),
        ({"URL": "127.0.0.1:8001"}, "SCHAUKASTEN_MAILMAN_URL:1: So kann die Adresse von Mailman nicht"),
        ({"URL": "http://127.0.0.1:8001"}, "SCHAUKASTEN_MAILMAN_URL:1: So kann die Adresse von Mailman nicht"),
        ({"URL": "http://127.0.0.1:x/3.1"}, "SCHAUKASTEN_MAILMAN_URL:1: So kann die Adresse von Mailman nicht"),
        (
            {"URL": "https://a:b@lists.example.org/3.1"},
            "SCHAUKASTEN_MAILMAN_URL:1: So kann die Adresse von Mailman nicht",
        ),
        (
            {"URL": "http://lists.example.org:8001/3.1"},
            "SCHAUKASTEN_MAILMAN_URL:1: Unverschlüsselt wird nur mit diesem Rechner selbst gesprochen.",
        ),
        ({"URL": "http://localhost:8001/3.1"}, "SCHAUKASTEN_MAILMAN_USER:1: Der Benutzer fehlt."),
        (
            {"URL": "http://localhost:8001/3.1", "USER": "restadmin"},
            "SCHAUKASTEN_MAILMAN_PASSWORD_FILE:1: Zum Benutzer fehlt das Passwort.",
        ),
        (
            {"URL": "https://lists.example.org/3.1", "USER": "restadmin", "PASSWORD_FILE": "project/passwort"},
            "project/passwort:1: Die Datei mit dem Passwort liegt im Ordner des Projekts",
        ),
    ],
)
def test_what_the_environment_lacks_is_told(
    environment: Mapping[str, str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProblemsFound) as found:
        access_of({f"SCHAUKASTEN_MAILMAN_{name}": value for name, value in environment.items()}, tmp_path / "project")
    assert str(found.value).startswith(message)


@pytest.mark.skipif(os.name == "nt", reason="modes say nothing there")
def test_a_password_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "passwort"
    file.write_text("geheim\n", encoding="utf-8")
    values = {"URL": "http://127.0.0.1:8001/3.1/", "USER": "restadmin", "PASSWORD_FILE": str(file)}
    environment = {f"SCHAUKASTEN_MAILMAN_{name}": value for name, value in values.items()}
    file.chmod(0o640)
    with pytest.raises(ProblemsFound, match="Die Datei mit dem Passwort ist auch für andere lesbar"):
        access_of(environment, tmp_path / "project")
    file.chmod(0o600)
    access = access_of(environment, tmp_path / "project")
    assert (access.url, access.user, access.password) == ("http://127.0.0.1:8001/3.1", "restadmin", "geheim")
    assert "geheim" not in repr(access)


@pytest.mark.parametrize("command", ["setup", "check"])
def test_the_commands_tell_what_is_missing(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(_: str) -> str:
        raise NotFetchedError("Der Server antwortet nicht.")

    monkeypatch.setattr("newsletter.lists.command.fetched_text", nowhere)
    files = sample_with(START, MAILMAN + START, within="kooperation.yml")
    config = write_project(tmp_path / "project", files)
    arguments = ["newsletter", "lists", command, "-f", str(config)]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 1
    assert result.stderr.startswith("SCHAUKASTEN_MAILMAN_URL:1: Die Adresse von Mailman ist nicht angegeben. ")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        password = tmp_path / "passwort"
        password.write_text("geheim", encoding="utf-8")
        password.chmod(0o600)
        environment = {
            "SCHAUKASTEN_MAILMAN_URL": f"http://127.0.0.1:{silent.getsockname()[1]}/3.1",
            "SCHAUKASTEN_MAILMAN_USER": "restadmin",
            "SCHAUKASTEN_MAILMAN_PASSWORD_FILE": str(password),
        }
        result = CliRunner().invoke(main, arguments, env=environment, catch_exceptions=False)
    assert result.exit_code == 1
    assert NOT_THERE in result.stderr


class HalfWay:
    """Stands for a Mailman that fails at the second list."""

    def __init__(self, _: Access) -> None:
        self.done: list[str] = []

    def compare(self, wanted: Announcement) -> list[Difference] | None:
        if self.done:
            raise ProblemsFound([Problem("http://127.0.0.1:8001/3.1", 1, "Mailman ist nicht zu erreichen.", "Prüfen.")])
        self.done.append(wanted.address)
        return None

    def set_up(self, _: Announcement) -> list[Difference]:
        return []


@pytest.mark.parametrize(
    ("command", "done", "summary"),
    [
        ("setup", "angelegt", "1 Fehler."),
        (
            "check",
            "gibt es nicht. Anlegen: schaukasten newsletter lists setup",
            "1 Fehler. Es wurde nichts geändert.",
        ),
    ],
)
def test_what_was_done_before_a_failure_is_told(
    command: str, done: str, summary: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsletter.lists.command._published", lambda *_: ({}, []))
    monkeypatch.setattr("newsletter.lists.command.access_of", lambda *_: None)
    monkeypatch.setattr("newsletter.lists.command.Mailman", HalfWay)
    more = MAILMAN.replace("[{", "[{audience: raete, address: raete@lists.example.org}, {")
    config = write_project(tmp_path / "project", sample_with(START, more + START, within="kooperation.yml"))
    result = CliRunner().invoke(main, ["newsletter", "lists", command, "-f", str(config)], catch_exceptions=False)
    assert result.exit_code == 1
    assert result.stdout == f"raete@lists.example.org: {done}\n"
    assert result.stderr.splitlines()[-1] == summary
