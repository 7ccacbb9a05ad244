"""The demo editions reach mailboxes through listmonk, each reader's own letter once, and can be read there."""

import json
import re
from collections import Counter
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.conftest import copy_demo, run
from tests.engines import ENGINES, PERSON
from tests.listmonk_letters import environment, write_token
from tests.listmonk_server import listmonk_server, uuid_of
from tests.post_office import post_office

pytestmark = pytest.mark.slow

AUDIENCES = ("buergerschaft", "raete", "presse")
PEOPLE = {"kim@example.org": "Kim Beispiel", "ali@example.org": ""}
LISTS = "".join(
    f"\n    - {{audience: {name}, key: {uuid_of(f'list {number}')}}}" for number, name in enumerate(AUDIENCES, 1)
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with lists of listmonk, and the letters of all editions built for it."""
    folder = copy_demo(tmp_path_factory.mktemp("demo") / "project")
    settings = folder / "content" / "kooperation.yml"
    text = settings.read_text(encoding="utf-8")
    assert "mailing:\n" in text
    settings.write_text(
        text.replace("mailing:\n", f"mailing:\n  greeting: Guten Tag\n  lists:{LISTS}\n"), encoding="utf-8"
    )
    built = run("newsletter", "build", "--all", "--profile", "listmonk", folder=folder)
    assert built.returncode == 0, built.stderr
    write_token(folder.parent)
    return folder


def test_the_demo_editions_can_be_read_in_mailboxes(project: Path) -> None:
    letters = {file.parent.name: file.parent for file in (project / "build" / "newsletter").glob("*/manifest.json")}
    editions = {json.loads((folder / "manifest.json").read_text("utf-8"))["edition"] for folder in letters.values()}
    assert len(editions) == 3
    with listmonk_server() as server, post_office() as mailbox:
        for audience in AUDIENCES:
            server.add_list(audience, PEOPLE)
        for folder in letters.values():
            manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
            options = ["--audience", manifest["audience"]] if manifest["audience"] else []
            command = ["newsletter", "send", manifest["edition"], "--via", "listmonk", "--really", *options]
            result = CliRunner().invoke(
                main,
                [*command, "-f", str(project / "mkdocs.yml")],
                env={**environment(project.parent, server.url)},
                catch_exceptions=False,
            )
            assert result.exit_code == 0, result.output
        server.send_campaigns(mailbox.port)
        mailbox.wait(len(letters) * len(PEOPLE))
        mails = [message_from_bytes(raw.replace(b"\r\n", b"\n"), policy=default) for raw in mailbox.raw()]
    assert set(Counter((mail["X-Listmonk-Campaign"], mail["To"]) for mail in mails).values()) == {1}
    assert len(mails) == len(letters) * len(PEOPLE)
    bodies = {mail.get_body(("html",)).get_content(): mail for mail in mails}
    for folder in letters.values():
        for first_name in ("Kim", ""):
            expected = ENGINES["listmonk"]((folder / "letter.html").read_text("utf-8"), "html", first_name)
            mail = next(mail for html, mail in bodies.items() if neutral(html) == expected.rstrip())
            assert mail["Subject"] == json.loads((folder / "manifest.json").read_text("utf-8"))["subject"]
            text = mail.get_body(("plain",)).get_content()
            expected = ENGINES["listmonk"]((folder / "letter.txt").read_text("utf-8"), "text", first_name)
            assert neutral(text) == expected.rstrip()


def neutral(content: str) -> str:
    """Return content of a mail with what is personal in its links as the engine for tests writes it."""
    own = r"https://listmonk\.example\.org/{}/[0-9a-f-]{{36}}/[0-9a-f-]{{36}}"
    content = re.sub(own.format("subscription"), PERSON["unsubscribe"], content)
    return re.sub(own.format("campaign"), PERSON["web_view"], content).rstrip()
