"""The newsletter by a real Mailman behind a real Postfix: from subscribing to leaving, and each letter once."""

import os
import re
import signal
import smtplib
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import make_msgid
from functools import cached_property, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml
from mailmanclient import Client, MailingList

from generator.engine.project import project_of
from newsletter.delivery.dkim import Signer, read_key
from newsletter.lists.texts import texts_of
from tests.conftest import NOW, copy_demo
from tests.mailman_server import MailmanServer, mailman_server
from tests.post_office import eventually
from tests.test_mails import is_good, keys

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("told"),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither Postfix nor Mailman"),
]

LISTS = {
    "buergerschaft": "buerger@lists.example.org",
    "raete": "raete@lists.example.org",
    "presse": "presse@lists.example.org",
}
SENDER = "newsletter@kranichwald.example.org"
NEWEST = "2026-11-19-ausgabe-7"

_SCRIPT = """
import os, signal, sys
from newsletter.delivery.connection import Connection

kill, deliver = sys.argv[1], Connection.deliver

def killed(connection, mail):
    if kill == "after":
        deliver(connection, mail)
    os.kill(os.getpid(), signal.SIGKILL)

if kill != "never":
    Connection.deliver = killed
sys.argv = ["schaukasten", *sys.argv[2:]]
from generator.__main__ import main
main()
"""
"""The command, killed before a letter leaves, or after it was taken and before that is written down."""


@dataclass(frozen=True)
class Office:
    """The office of the demo, which sends by Mailman."""

    server: MailmanServer
    folder: Path
    site: str
    """Where the site is published, for Mailman; letters are built for an address in the world."""

    environment: Mapping[str, str] = field(repr=False)

    def run(self, *arguments: str, kill: str = "never", ledger: str = "ledger") -> subprocess.CompletedProcess[str]:
        """Run one of our commands on newsletters.

        Args:
            arguments: the command's.
            kill: when it is killed.
            ledger: where it is written down what was sent.
        """
        return subprocess.run(
            [sys.executable, "-c", _SCRIPT, kill, "newsletter", *arguments],
            cwd=self.folder / "project",
            env={**os.environ, **self.environment, "SCHAUKASTEN_LEDGER": str(self.folder / ledger)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def lists(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run one of our commands on lists."""
        settings = self.folder / "project" / "content" / "kooperation.yml"
        before = settings.read_text(encoding="utf-8")
        settings.write_text(re.sub("^url: .*", f"url: {self.site}", before, flags=re.MULTILINE), encoding="utf-8")
        try:
            return self.run("lists", command)
        finally:
            settings.write_text(before, encoding="utf-8")

    def send(self, audience: str, *arguments: str, edition: str = "7", **how: str) -> subprocess.CompletedProcess[str]:
        return self.run("send", edition, "--via", "mailman", "--audience", audience, *arguments, **how)

    def built(self, audience: str, edition: str = NEWEST) -> bytes:
        return (self.folder / "project/build/newsletter" / f"{edition}-{audience}" / "letter.eml").read_bytes()

    @cached_property
    def client(self) -> Client:
        names = self.server.environment
        return Client(names["SCHAUKASTEN_MAILMAN_URL"], names["SCHAUKASTEN_MAILMAN_USER"], "geheim")

    def list_of(self, audience: str) -> MailingList:
        return self.client.get_list(LISTS[audience])

    def subscribe(self, audience: str, address: str) -> None:
        """Subscribe somebody who need not confirm."""
        self.server.subscribe(LISTS[audience], [address])

    def write(self, sender: str, to: str, subject: str = "") -> None:
        """Write a mail as a reader would."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = sender, to, subject, make_msgid()
        mail.set_content("")
        with smtplib.SMTP("127.0.0.1", self.server.post.port) as smtp:
            smtp.send_message(mail)

    def mails(self, address: str, count: int) -> list[EmailMessage]:
        found = self.server.post.wait(count, address)
        assert len(found) == count, self.server.logs[-3000:]
        return found


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve texts as the web servers do for which a build writes the configuration; give the address of the root."""

    class Handler(SimpleHTTPRequestHandler):
        extensions_map = {".txt": "text/plain; charset=utf-8"}  # noqa: RUF012  # as its parent has it

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Office]:
    """The demo, built for Mailman, with a key for signatures; there are no lists yet."""
    folder = tmp_path_factory.mktemp("office")
    for part in ("project", "web/mailman"):
        (folder / part).mkdir(parents=True)
    with mailman_server() as server, serving(folder / "web") as address:
        project = copy_demo(folder / "project")
        settings = project / "content" / "kooperation.yml"
        written = yaml.safe_load(settings.read_text(encoding="utf-8"))
        lists = [{"audience": name, "address": list_} for name, list_ in LISTS.items()]
        written["mailing"] = {**written["mailing"], "profile": "mailman", "lists": lists}
        settings.write_text(yaml.safe_dump(written, allow_unicode=True, sort_keys=False), encoding="utf-8")
        key = folder / "dkim.pem"
        key.write_bytes(keys()["rsa"])
        key.chmod(0o600)
        office = Office(server, folder, address, {**server.environment, "SCHAUKASTEN_DKIM": f"n1={key}"})
        editions = ["--all"] if pytestconfig.getoption("--full") else ["7"]
        built = office.run("build", *editions, "--now", NOW)
        assert built.returncode == 0, built.stderr
        yield office


@pytest.fixture(scope="module")
def told(office: Office) -> Mapping[str, subprocess.CompletedProcess[str]]:
    """What the commands on lists tell: before anything is there, when lists are set up, and afterwards."""
    before = office.lists("check")
    settings, site, _ = project_of(office.folder / "project" / "mkdocs.yml")
    published = site.cooperation.model_copy(update={"url": office.site})
    for text in texts_of(published, settings.layout.language).values():
        (office.folder / "web" / text.path).write_text(text.content, encoding="utf-8")
    names = {"setup": "setup", "after": "check", "again": "setup"}
    return {"before": before, **{name: office.lists(command) for name, command in names.items()}}


def test_lists_are_set_up_once_and_compared(told: Mapping[str, subprocess.CompletedProcess[str]]) -> None:
    assert told["before"].returncode == 1
    for list_ in LISTS.values():
        assert f"{list_}: gibt es nicht. Anlegen: schaukasten newsletter lists setup\n" in told["before"].stdout
    assert "/mailman/willkommen.txt ist nicht veröffentlicht, solange " in told["before"].stdout
    assert told["setup"].stdout == "".join(f"{list_}: angelegt\n" for list_ in LISTS.values())
    assert told["setup"].returncode == 0
    for name in ("after", "again"):
        assert told[name].stdout == "".join(f"{list_}: Alles ist, wie es sein muss.\n" for list_ in LISTS.values())
        assert told[name].returncode == 0


def test_a_reader_subscribes_with_double_opt_in_and_leaves(office: Office) -> None:
    office.write("leserin@example.org", "raete-join@lists.example.org")
    (question,) = office.mails("leserin@example.org", 1)
    assert "Beitritt" in str(question["Subject"]) or "join" in str(question["Subject"])
    assert "bestätigen" in question.get_content()
    assert office.list_of("raete").members == []
    office.write("leserin@example.org", str(question["From"]), f"Re: {question['Subject']}")
    welcome = office.mails("leserin@example.org", 2)[1].get_content()
    assert "Ihre Anmeldung ist bestätigt" in welcome
    assert "Allianz Kranichwald: Mitglieder der Räte" in welcome
    assert "    raete-leave@lists.example.org\n" in welcome
    assert [member.email for member in office.list_of("raete").members] == ["leserin@example.org"]
    leave = re.search(rb"List-Unsubscribe: <mailto:([^?>]*)", office.built("raete"))
    assert leave is not None
    office.write("leserin@example.org", leave[1].decode(), "Abmelden")
    goodbye = office.mails("leserin@example.org", 3)[2].get_content()
    assert "Sie sind abgemeldet" in goodbye
    assert office.list_of("raete").members == []


def test_a_letter_arrives_as_it_was_built_and_signed_and_only_once(office: Office) -> None:
    readers = [f"rat{number}@example.org" for number in range(3)]
    for reader in readers:
        office.subscribe("raete", reader)
    office.subscribe("presse", readers[0])
    plan = office.send("raete")
    assert plan.returncode == 0, plan.stderr
    assert f"Liste: {LISTS['raete']}, eingerichtet, wie es sein muss\nAngemeldet: 3\n" in plan.stdout
    assert f"Auch an {LISTS['presse']} angemeldet: 1." in plan.stdout
    assert readers[0] not in plan.stdout
    tested = office.send("raete", "--test", "pruefung@example.org")
    assert tested.returncode == 0, tested.stderr
    assert str(office.mails("pruefung@example.org", 1)[0]["Subject"]).startswith("[Test] ")
    sent = office.send("raete", "--really")
    assert sent.returncode == 0, sent.stderr
    assert sent.stdout.startswith(f"Verschickt: an {LISTS['raete']}, mit 3 Angemeldeten\nVersandbuch: ")
    built = office.built("raete")
    for reader in readers:
        (mail,) = office.mails(reader, 1)
        (arrived,) = office.server.post.raw(reader)
        assert arrived.partition(b"\r\n\r\n")[2] == built.partition(b"\r\n\r\n")[2]
        assert is_good(arrived, signers(office), 0)
        assert mail["List-Unsubscribe"] == "<mailto:raete-leave@lists.example.org?subject=Abmelden>"
        assert mail["List-Unsubscribe-Post"] is None
        assert mail["From"].addresses[0].addr_spec == SENDER
    again = office.send("raete", "--really")
    assert again.returncode == 1
    assert re.search(r"Dieser Brief ging am .* schon an raete@lists\.example\.org\. ", again.stderr)
    change(office, "raete")
    changed = office.send("raete", "--really")
    assert "Der Brief hat sich geändert, seit sein Versand am " in changed.stderr
    assert len(office.server.post.raw(readers[0])) == 1


def signers(office: Office) -> list[Signer]:
    key = read_key(office.folder / "dkim.pem", "n1")
    return [Signer(key=key, domain=SENDER.partition("@")[2], date=datetime.now(UTC))]


def change(office: Office, audience: str) -> None:
    """Build a letter anew with other words in it."""
    edition = office.folder / "project" / "content" / "newsletter" / f"{NEWEST}.md"
    text = edition.read_text(encoding="utf-8")
    edition.write_text(text.replace("erste Antworten", "zweite Antworten"), encoding="utf-8")
    before = office.built(audience)
    assert office.run("build", "7", "--now", NOW).returncode == 0
    assert office.built(audience) != before


def test_only_a_list_that_is_as_it_must_be_gets_a_letter_and_what_comes_back_is_counted(office: Office) -> None:
    list_ = office.list_of("buergerschaft")
    list_.settings.update({"default_nonmember_action": "accept", "include_rfc2369_headers": True})
    list_.settings.save()
    for reader in ("buerger@example.org", "nobody@example.org", SENDER):
        office.subscribe("buergerschaft", reader)
    refused = office.send("buergerschaft", "--really")
    assert refused.returncode == 1
    assert refused.stderr.startswith(
        f"{LISTS['buergerschaft']}:1: Die Liste ist nicht so eingerichtet, wie es sein muss: Mailmans eigene "
        "List-Köpfe (include_rfc2369_headers): ja statt nein; Beiträge von anderen (default_nonmember_action): "
        "„accept“ statt „reject“; Mails des Absenders, der Mitglied ist (member): nichts statt „accept“. "
        "Einrichten: schaukasten newsletter lists setup\n"
    )
    mended = office.lists("setup").stdout
    assert mended.count(f"{LISTS['buergerschaft']}: geändert: ") == 3
    assert mended.count("Alles ist, wie es sein muss.") == 2
    sent = office.send("buergerschaft", "--really")
    assert sent.returncode == 0, sent.stderr
    office.mails("buerger@example.org", 1)
    assert eventually(lambda: list_.get_member("nobody@example.org").bounce_score == 1), office.server.logs[-3000:]
    assert list_.get_member("buerger@example.org").bounce_score == 0


def killed(office: Office, moment: str) -> str:
    """Kill a run that posts to a list with one reader; return what the log says of it then."""
    office.subscribe("presse", f"presse-{moment}@example.org")
    run = office.send("presse", "--really", kill=moment, ledger=moment)
    assert run.returncode == -signal.SIGKILL, run.stderr
    doubtful = office.send("presse", "--really", ledger=moment)
    assert doubtful.returncode == 1
    assert doubtful.stdout.startswith("Zweifelhaft, ob verschickt. Entscheiden mit dem Protokoll ")
    return office.send("presse", "--really", "--log", str(office.server.post.log), ledger=moment).stdout


def test_a_run_that_was_killed_after_its_mail_was_taken_is_decided_by_the_log(office: Office) -> None:
    decided = "Nach dem Protokoll des Servers: 1 verschickt, 0 nicht verschickt, 0 weiter zweifelhaft\nVerschickt: an "
    assert decided in killed(office, "after")
    office.mails("presse-after@example.org", 1)
    assert "schon an presse@lists.example.org" in office.send("presse", "--really", ledger="after").stderr


def test_a_run_that_was_killed_before_is_decided_by_the_log_where_the_server_is_known_by_another_mail(
    office: Office,
) -> None:
    assert "0 verschickt, 0 nicht verschickt, 1 weiter zweifelhaft\nZweifelhaft, ob " in killed(office, "before")
    office.subscribe("raete", "raete-before@example.org")
    assert office.send("raete", "--really", ledger="before").returncode == 0
    over = office.send("presse", "--really", "--log", str(office.server.post.log), ledger="before")
    assert over.returncode == 0, over.stdout + over.stderr
    assert "0 verschickt, 1 nicht verschickt, 0 weiter zweifelhaft\nVerschickt: an " in over.stdout
    office.mails("presse-before@example.org", 1)


def test_a_stranger_cannot_write_to_a_list(office: Office) -> None:
    office.write("fremd@example.org", LISTS["raete"], "Hallo")
    (answer,) = office.mails("fremd@example.org", 1)
    assert "abgelehnt" in next(answer.iter_parts()).get_content()


def test_the_editions_of_the_demo_are_read_in_mailboxes(office: Office, pytestconfig: pytest.Config) -> None:
    if not pytestconfig.getoption("--full"):
        pytest.skip("only in the long form")
    letters = sorted(file.parent.name for file in (office.folder / "project/build/newsletter").glob("*/letter.eml"))
    assert len(letters) == 9
    for audience in LISTS:
        office.subscribe(audience, f"alles-{audience}@example.org")
        mine = [letter for letter in letters if letter.endswith(f"-{audience}")]
        assert len(mine) == 3
        for number, letter in enumerate(mine, 1):
            sent = office.send(audience, "--really", edition=letter, ledger="editions")
            assert sent.returncode == 0, sent.stderr
            mail = office.mails(f"alles-{audience}@example.org", number)[-1]
            text, html = mail.iter_parts()
            for part, name in ((text, "letter.txt"), (html, "letter.html")):
                built = (office.folder / "project/build/newsletter" / letter / name).read_text(encoding="utf-8")
                assert part.get_content().replace("\r\n", "\n").strip() == built.strip()
