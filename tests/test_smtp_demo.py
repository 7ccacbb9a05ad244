"""The demo editions reach mailboxes through a mail server, each reader's own letter once, and can be read there."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.conftest import copy_demo, run
from tests.engines import ENGINES, PERSON
from tests.post_office import post_office

pytestmark = pytest.mark.slow

PEOPLE = {"kim@example.org": "Kim", "ali@example.org": ""}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, demo: Path) -> Path:
    """The demo, with the letters of all editions built for a mail server, and people beside it."""
    folder = copy_demo(tmp_path_factory.mktemp("demo") / "project", demo)
    settings = folder / "content" / "kooperation.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("mailing:\n", "mailing:\n  greeting: Guten Tag\n"), encoding="utf-8")
    built = run("newsletter", "build", "--all", "--profile", "smtp", folder=folder)
    assert built.returncode == 0, built.stderr
    people = "".join(f"{address};{name}\n" for address, name in PEOPLE.items())
    (folder.parent / "leser.csv").write_text(f"email;vorname\n{people}", encoding="utf-8")
    return folder


def test_the_demo_editions_can_be_read_in_mailboxes(project: Path) -> None:
    letters = sorted(file.parent for file in (project / "build" / "newsletter").glob("*/manifest.json"))
    manifests = {folder: json.loads((folder / "manifest.json").read_text("utf-8")) for folder in letters}
    assert len({manifest["edition"] for manifest in manifests.values()}) == 3
    with post_office() as mailbox:
        for manifest in manifests.values():
            chosen = [manifest["edition"], "--audience", manifest["audience"]]
            people = ["--recipients", str(project.parent / "leser.csv"), "--per-minute", "0"]
            result = CliRunner().invoke(
                main,
                [
                    "newsletter",
                    "send",
                    "--via",
                    "smtp",
                    "--really",
                    "-f",
                    str(project / "mkdocs.yml"),
                    *chosen,
                    *people,
                ],
                env={
                    "SCHAUKASTEN_SMTP": mailbox.address,
                    "SCHAUKASTEN_LEDGER": str(project.parent / "ledger"),
                },
                catch_exceptions=False,
            )
            assert result.exit_code == 0, result.output
            assert result.stdout.startswith("Verschickt: 2\nVersandbuch: "), result.output
        mailbox.wait(len(letters) * len(PEOPLE))
        arrived = {address: mailbox.mails(address) for address in PEOPLE}
    for address, name in PEOPLE.items():
        assert len(arrived[address]) == len(letters) == 9
        by_text = {neutral(mail.get_body(("plain",)).get_content()): mail for mail in arrived[address]}
        for folder, manifest in manifests.items():
            mail = by_text[ENGINES["smtp"]((folder / "letter.txt").read_text("utf-8"), "text", name).strip()]
            html = ENGINES["smtp"]((folder / "letter.html").read_text("utf-8"), "html", name)
            assert neutral(mail.get_body(("html",)).get_content()) == html.strip()
            assert mail["Subject"] == manifest["subject"]
            assert mail["To"] == address


def neutral(content: str) -> str:
    """Return content of a mail with what is personal in its links as the engine for tests writes it."""
    return (
        re.sub(r"mailto:[^\"<>\s]*\?subject=[^\"<>\s]*", PERSON["unsubscribe"], content).replace("\r\n", "\n").strip()
    )
