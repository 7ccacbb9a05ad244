"""Who listmonk is, is looked at before it is told anything, and no token lies where others read it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from cryptography import x509

from generator.problems import ProblemsFound
from newsletter.delivery.listmonk_access import listmonk_access
from tests.certificates import CASES, Authority, new_authority, trusting
from tests.listmonk_letters import PEOPLE, build, engine, environment, sent
from tests.listmonk_server import ODD, TAKE_AND_HANG, TOKEN, listmonk_server
from tests.mail_servers import DROP, GARBAGE, HANG


@pytest.fixture(scope="module")
def authority() -> Authority:
    return new_authority()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    write_token(tmp_path / "token")
    return tmp_path


def write_token(file: Path, text: str = f"{TOKEN}\n", mode: int = 0o600) -> None:
    file.write_text(text)
    file.chmod(mode)


@pytest.mark.parametrize(("name", "days", "is_known", "message"), CASES.values(), ids=CASES)
def test_a_certificate_must_be_good(
    name: x509.GeneralName,
    days: int,
    message: str | None,
    authority: Authority,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_known: bool,
) -> None:
    for variable, value in trusting(authority if is_known else None, folder).items():
        monkeypatch.setenv(variable, value)
    with listmonk_server(context=authority.issue(folder, name, days)) as server:
        server.add_list("Räte", PEOPLE)
        report = sent(engine(folder, server.url))
        if message is None:
            assert report.is_complete
        else:
            assert f": Das Zertifikat von 127.0.0.1 {message}. Den Betreiber" in report.lines[0]
            assert server.asked == []


def test_a_proxy_gets_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with listmonk_server() as server, listmonk_server() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
            monkeypatch.setenv(name, proxy.url)
        server.add_list("Räte", PEOPLE)
        assert sent(engine(folder, server.url)).is_complete
        assert proxy.asked == []


def test_an_address_below_a_path_is_asked_there(folder: Path) -> None:
    for url in ("https://example.org/news/", "https://example.org/news/api/", "https://example.org/news"):
        assert str(listmonk_access(environment(folder, url), folder / "project")) == "https://example.org/news"
    access = listmonk_access(environment(folder, "http://[::1]:9000"), folder / "project")
    assert (access.host, str(access)) == ("::1", "http://[::1]:9000")
    assert TOKEN not in repr(access)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"URL": ""}, "SCHAUKASTEN_LISTMONK_URL:1: Die Adresse von listmonk ist nicht angegeben. Zum Beispiel: SCHAUK"),
        ({"URL": "listmonk.example.org"}, "SCHAUKASTEN_LISTMONK_URL:1: So kann die Adresse von listmonk nicht"),
        ({"URL": "https://a:b@example.org"}, "SCHAUKASTEN_LISTMONK_URL:1: So kann die Adresse von listmonk nicht"),
        ({"URL": "https://example.org:x"}, "SCHAUKASTEN_LISTMONK_URL:1: So kann die Adresse von listmonk nicht"),
        ({"URL": "https://example.org/?x=1"}, "SCHAUKASTEN_LISTMONK_URL:1: So kann die Adresse von listmonk nicht"),
        (
            {"URL": "http://example.org"},
            "SCHAUKASTEN_LISTMONK_URL:1: Unverschlüsselt wird nur mit diesem Rechner selbst",
        ),
        ({"USER": ""}, "SCHAUKASTEN_LISTMONK_USER:1: Der Benutzer für listmonk ist nicht angegeben."),
        ({"USER": "a:b"}, "SCHAUKASTEN_LISTMONK_USER:1: So heißt kein Benutzer bei listmonk."),
        ({"TOKEN_FILE": ""}, "SCHAUKASTEN_LISTMONK_TOKEN_FILE:1: Zum Benutzer fehlt das Token."),
        (
            {"TOKEN_FILE": "open"},
            "Die Datei mit dem Token ist auch für andere lesbar. Die Rechte ändern: chmod 600 open",
        ),
        ({"TOKEN_FILE": "empty"}, "empty:1: Die Datei enthält kein Token."),
        ({"TOKEN_FILE": "project/token"}, "Die Datei mit dem Token liegt im Ordner des Projekts und käme so ins"),
    ],
)
def test_an_access_must_be_named_as_it_must_be(
    changes: Mapping[str, str], message: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    write_token(folder / "open", mode=0o644)
    write_token(folder / "empty", "\n")
    write_token(folder / "project" / "token")
    named = environment(folder, "https://listmonk.example.org")
    named = {**named, **{f"SCHAUKASTEN_LISTMONK_{name}": value for name, value in changes.items()}}
    with pytest.raises(ProblemsFound) as found:
        listmonk_access(named, folder / "project")
    assert message in str(found.value)
    assert TOKEN not in str(found.value)


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("401", "listmonk erlaubt das nicht (401: So nicht, …). Benutzer und Token prüfen, und welche Rechte"),
        ("404", "antwortet nicht wie listmonk (404: So nicht, …). Die Adresse prüfen."),
        ("400", "listmonk lehnt das ab (400: So nicht, …). Den Grund beheben."),
        ("429", "listmonk nimmt gerade nichts an (429: So nicht, …). Später noch einmal mit demselben Befehl."),
        ("307", "leitet weiter (307: So nicht, …); dem wird nicht gefolgt. Die Adresse angeben, unter der listmonk"),
        ("503", "listmonk meldet einen Fehler (503: So nicht, …). Das Protokoll von listmonk ansehen. Später noch"),
        (GARBAGE, "antwortet nicht wie listmonk. Die Adresse prüfen. Später noch einmal mit demselben Befehl;"),
        (DROP, "brach ab, ehe eine Antwort kam. Später noch einmal mit demselben Befehl; nichts wird doppelt"),
        (HANG, "hat in 0.3 Sekunden nicht geantwortet. Später noch einmal"),
        (
            ODD,
            "listmonk antwortet anders, als Schaukasten es kennt (0.id, 0.name, 0.optin). Die Adresse prüfen, und",
        ),
    ],
)
def test_what_listmonk_says_is_told_in_german(fault: str, message: str, folder: Path) -> None:
    with listmonk_server({"GET lists": {1: fault}}) as server:
        server.add_list("Räte", PEOPLE)
        with pytest.raises(ProblemsFound) as found:
            engine(folder, server.url, patience=0.3 if fault == HANG else 30).plan()
        assert message in str(found.value)
        assert "kim@example.org" not in str(found.value)
        assert TOKEN not in str(found.value)


def test_a_wrong_token_and_a_server_that_is_away_are_told(folder: Path) -> None:
    write_token(folder / "token", "falsch")
    with listmonk_server() as server:
        report = sent(engine(folder, server.url))
        assert "listmonk erlaubt das nicht (403: invalid API credentials)." in report.lines[0]
    report = sent(engine(folder, server.url))
    assert f"{server.url} ist nicht zu erreichen. Prüfen, ob die Adresse stimmt" in report.lines[0]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("how", [HANG, TAKE_AND_HANG])
@pytest.mark.parametrize(
    "step", ["POST templates", "POST campaigns", "PUT campaigns/{id}/status", "GET campaigns/{id}"]
)
def test_whenever_it_is_killed_there_is_one_campaign_in_the_end(step: str, how: str, folder: Path) -> None:
    build(folder)
    program = str(Path(sys.executable).parent / "schaukasten")
    command = [program, "newsletter", "send", "7", "--via", "listmonk", "--really"]
    with listmonk_server({step: {1: how}}) as server:
        server.add_list("Räte", PEOPLE)
        values = {**os.environ, **environment(folder, server.url)}
        with subprocess.Popen(command, cwd=folder / "project", env=values, stdout=subprocess.DEVNULL) as killed:
            end = time.monotonic() + 30
            while step not in server.asked and time.monotonic() < end:
                time.sleep(0.02)
            time.sleep(0.1)
            killed.send_signal(signal.SIGKILL)
        done = subprocess.run(
            command, cwd=folder / "project", env=values, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("Kampagne 12 läuft.\n")
        assert [one["status"] for one in server.campaigns] == ["running"]
        assert server.asked.count("PUT campaigns/{id}/status") <= 2
