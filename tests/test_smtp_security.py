"""Nothing is sent to a server that does not prove who it is, and no password lies where others read it."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from cryptography import x509

from generator.problems import ProblemsFound
from generator.progress import silent
from newsletter.delivery.connection import Connection, ServerUnreachable
from newsletter.delivery.pace import Pace
from newsletter.delivery.server import Server, keys_of, server_of
from newsletter.delivery.smtp_engine import SmtpEngine
from newsletter.private import must_be_outside
from tests.certificates import CASES, Authority, new_authority, trusting
from tests.letters_to_send import order
from tests.mail_servers import misbehaving

QUICK = Pace(connections=1, per_minute=0, pauses=(0.0, 0.0), patience=2.0, last_patience=2.0)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return new_authority()


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
@pytest.mark.parametrize(("name", "days", "is_known", "message"), CASES.values(), ids=CASES)
def test_a_certificate_must_be_good(
    name: x509.GeneralName,
    days: int,
    message: str | None,
    scheme: str,
    authority: Authority,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_known: bool,
) -> None:
    for variable, value in trusting(authority if is_known else None, tmp_path).items():
        monkeypatch.setenv(variable, value)
    context = authority.issue(tmp_path, name, days)
    password = {"SCHAUKASTEN_SMTP_PASSWORD": "geheim"}
    with misbehaving(context=context, at_once=scheme == "smtps") as server:
        address = f"{scheme}://kim@127.0.0.1:{server.port}"
        report = SmtpEngine(order(tmp_path, address, pace=QUICK, environment=password)).send(silent)
        if message is None:
            assert report.lines == ["Verschickt: 3"]
            assert any(line.startswith("AUTH PLAIN ") for line in server.said)
            assert not any("geheim" in line for line in server.said)
        else:
            assert report.lines[-1] == (
                f"Abgebrochen: Das Zertifikat von 127.0.0.1 {message}. Den Betreiber des Servers fragen; ohne gültiges "
                "Zertifikat wird nichts verschickt."
            )
            assert server.raw == []
            assert not any(line.startswith(("AUTH", "MAIL")) for line in server.said)


def test_a_server_without_encryption_gets_nothing(tmp_path: Path) -> None:
    with misbehaving() as server:
        report = SmtpEngine(order(tmp_path, f"smtp://127.0.0.1:{server.port}", pace=QUICK)).send(silent)
        assert "bietet keine Verschlüsselung (STARTTLS) an." in report.lines[-1]
        assert not any(line.startswith("MAIL") for line in server.said)


@pytest.mark.parametrize(
    ("scheme", "port", "hint"),
    [
        ("smtp", 465, " An diesem Anschluss heißt es meist smtps://."),
        ("smtps", 587, " An diesem Anschluss heißt es meist smtp://."),
        ("smtp", 587, ""),
    ],
)
def test_an_unusual_port_is_told_where_nothing_answers(
    scheme: str, port: int, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("socket.create_connection", refused)
    with pytest.raises(ServerUnreachable) as error:
        Connection(Server(host="mail.example.org", port=port, scheme=scheme), "kim@example.org", QUICK)
    assert str(error.value) == f"mail.example.org:{port} ist nicht zu erreichen.{hint}"


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({}, "SCHAUKASTEN_SMTP:1: Der Server ist nicht angegeben. Zum Beispiel: SCHAUKASTEN_SMTP=smtp://"),
        ({"SCHAUKASTEN_SMTP": "mail.example.org"}, "SCHAUKASTEN_SMTP:1: So kann der Server nicht"),
        ({"SCHAUKASTEN_SMTP": "https://example.org"}, "SCHAUKASTEN_SMTP:1: So kann der Server nicht"),
        (
            {"SCHAUKASTEN_SMTP": "smtp://example.org:x"},
            "SCHAUKASTEN_SMTP:1: So kann der Server nicht",
        ),
        ({"SCHAUKASTEN_SMTP": "smtp://k:p@example.org"}, "SCHAUKASTEN_SMTP:1: So kann der Server nicht"),
        (
            {"SCHAUKASTEN_SMTP": "smtp+plain://mail.example.org"},
            "SCHAUKASTEN_SMTP:1: Unverschlüsselt wird nur",
        ),
        (
            {"SCHAUKASTEN_SMTP": "smtp://k@example.org"},
            "SCHAUKASTEN_SMTP_PASSWORD_FILE:1: Zum Benutzer fehlt das Passwort.",
        ),
        (
            {"SCHAUKASTEN_SMTP": "smtp://example.org", "SCHAUKASTEN_RETURN_PATH": "x"},
            "SCHAUKASTEN_RETURN_PATH:1: „x“ ist keine E-Mail-Adresse. Das @ fehlt.",
        ),
        (
            {"SCHAUKASTEN_SMTP": "smtp://k@example.org", "SCHAUKASTEN_SMTP_PASSWORD": "M\udcfcllabfuhr1"},
            "SCHAUKASTEN_SMTP_PASSWORD:1: Das Passwort ist nicht in UTF-8 angegeben.",
        ),
        ({"SCHAUKASTEN_DKIM": "newsletter"}, "SCHAUKASTEN_DKIM:1: „newsletter“ nennt keinen Schlüssel."),
    ],
)
def test_what_the_environment_lacks_is_told(environment: Mapping[str, str], message: str, tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        keys_of(environment, tmp_path) or server_of(environment, tmp_path)
    assert str(found.value).startswith(message)


@pytest.mark.parametrize("place", ["project/passwort", "passwort"])
@pytest.mark.parametrize("mode", [0o600, 0o640])
def test_a_password_lies_outside_and_is_for_its_owner_alone(place: str, mode: int, tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    file = tmp_path / place
    file.write_text("geheim\n", encoding="utf-8")
    file.chmod(mode)
    environment = {"SCHAUKASTEN_SMTP": "smtp://kim%40x@mail.example.org", "SCHAUKASTEN_SMTP_PASSWORD_FILE": str(file)}
    if place == "passwort" and mode == 0o600:
        server = server_of(environment, tmp_path / "project")
        assert (server.user, server.password, server.port) == ("kim@x", "geheim", 587)
        assert "geheim" not in repr(server)
    else:
        with pytest.raises(ProblemsFound, match=r"liegt im Ordner des Projekts|auch für andere lesbar"):
            server_of(environment, tmp_path / "project")


@pytest.mark.parametrize(
    ("data", "password"),
    [
        ("geheim\n".encode("utf-8-sig"), "geheim"),
        ("Müllabfuhr1\r\n".encode(), "Müllabfuhr1"),
        ("Müllabfuhr1\n".encode("latin-1"), None),
        ("geheim\n".encode("utf-16"), None),
    ],
    ids=["mark", "UTF-8", "Latin-1", "UTF-16"],
)
def test_a_password_is_read_as_editors_save_it(data: bytes, password: str | None, tmp_path: Path) -> None:
    file = tmp_path / "passwort"
    file.write_bytes(data)
    file.chmod(0o600)
    environment = {"SCHAUKASTEN_SMTP": "smtp://kim@mail.example.org", "SCHAUKASTEN_SMTP_PASSWORD_FILE": str(file)}
    if password is not None:
        assert server_of(environment, tmp_path / "project").password == password
        return
    with pytest.raises(ProblemsFound) as found:
        server_of(environment, tmp_path / "project")
    assert str(found.value).startswith(f"{file}:1: Die Datei mit dem Passwort ist nicht in UTF-8 gespeichert. ")


@pytest.mark.parametrize("git", ["folder", "file"])
@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("repository/site/passwort", " liegt im Ordner des Projekts und käme so ins Repository."),
        ("repository/passwort", "/repository, dem Ordner des Repositorys, und käme so ins Repository."),
        ("passwort", None),
    ],
)
def test_nothing_private_lies_in_the_repository_around_the_project(
    place: str, message: str | None, git: str, tmp_path: Path
) -> None:
    repository = tmp_path / "repository"
    (repository / "site").mkdir(parents=True)
    if git == "folder":
        (repository / ".git").mkdir()
    else:
        (repository / ".git").write_text("gitdir: ../main/.git/worktrees/repository\n", encoding="utf-8")
    if message is None:
        must_be_outside(repository / "site", tmp_path / place, "Das Versandbuch")
        return
    with pytest.raises(ProblemsFound) as found:
        must_be_outside(repository / "site", tmp_path / place, "Das Versandbuch")
    assert message in str(found.value)
