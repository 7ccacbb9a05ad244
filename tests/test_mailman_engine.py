"""Sending by Mailman: what is refused before anything leaves, and what is told where the server does not take it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.problems import ProblemsFound
from generator.progress import silent
from newsletter.delivery.built_letter import BuiltLetter, find_letter
from newsletter.delivery.engine import Order, Report
from newsletter.delivery.ledger import Ledger
from newsletter.delivery.mailman_engine import MailmanEngine
from newsletter.delivery.pace import Pace
from newsletter.lists.announcement import Announcement, Difference
from newsletter.output import write_letter
from tests.letter_data import FULL
from tests.letters_to_send import LETTER, build_letter, letter_files
from tests.mail_servers import misbehaving
from tests.project import ROOT

CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/cases/lists/servers.yml").read_text(encoding="utf-8"))
LIST = "raete@lists.example.org"
OTHER = "presse@lists.example.org"
QUICK = Pace(per_minute=0, waits=(0.01,), pauses=(0.0,), patience=0.5, last_patience=0.5)


@dataclass
class Lists:
    """What stands for Mailman."""

    members_of: dict[str, frozenset[str]] = field(default_factory=lambda: {LIST: frozenset({"kim@example.org"})})
    wrong: list[Difference] | None = field(default_factory=list)
    asked: list[Announcement] = field(default_factory=list)

    def compare(self, wanted: Announcement) -> list[Difference] | None:
        self.asked.append(wanted)
        return self.wrong

    def count(self, address: str) -> int:
        return len(self.members_of[address])

    def members(self, address: str) -> frozenset[str]:
        return self.members_of.get(address, frozenset())


@pytest.fixture
def lists(monkeypatch: pytest.MonkeyPatch) -> Lists:
    there = Lists()
    monkeypatch.setattr("newsletter.delivery.mailman_engine.Mailman", lambda _: there)
    return there


def engine(folder: Path, port: int, letter: BuiltLetter | None = None, **changes: Any) -> MailmanEngine:
    password = folder / "passwort"
    password.write_text("geheim", encoding="utf-8")
    password.chmod(0o600)
    order = Order(
        letter=letter or build_letter(folder / "project", profile="mailman"),
        project=folder / "project",
        environment={
            "SCHAUKASTEN_SMTP": f"smtp+plain://127.0.0.1:{port}",
            "SCHAUKASTEN_LEDGER": str(folder / "ledger"),
            "SCHAUKASTEN_MAILMAN_URL": "http://127.0.0.1:8001/3.1",
            "SCHAUKASTEN_MAILMAN_USER": "restadmin",
            "SCHAUKASTEN_MAILMAN_PASSWORD_FILE": str(password),
        },
        clock=lambda: datetime.now(UTC),
        pace=QUICK,
    )
    return MailmanEngine(replace(order, **changes))


WRONG = Difference(kind="settings", name="digests_enabled", title="Sammelmails", is_set=True, wanted=False)


@pytest.mark.parametrize("do", [MailmanEngine.plan, lambda ready: ready.send(silent)], ids=["plan", "send"])
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"wrong": None}, "Diese Liste gibt es bei Mailman nicht. Einrichten: schaukasten newsletter lists setup"),
        ({"wrong": [WRONG, WRONG]}, f"Die Liste ist nicht so eingerichtet, wie es sein muss: {WRONG}; {WRONG}. "),
        (
            {"members_of": {LIST: frozenset()}},
            "An dieser Liste ist niemand angemeldet. Warten, bis sich jemand angemeldet hat.",
        ),
    ],
)
def test_a_list_that_is_not_ready_gets_nothing(
    changes: Mapping[str, Any], message: str, do: Callable[[MailmanEngine], Report], lists: Lists, tmp_path: Path
) -> None:
    vars(lists).update(changes)
    with misbehaving() as server:
        with pytest.raises(ProblemsFound) as found:
            do(engine(tmp_path, server.port))
        assert server.said == []
    assert str(found.value).startswith(f"{LIST}:1: {message}")
    assert lists.asked == [Announcement(address=LIST, sender="newsletter@test.example.org")]


def test_the_plan_tells_how_many_get_two_letters_and_no_address(lists: Lists, tmp_path: Path) -> None:
    lists.members_of = {LIST: frozenset({"kim@example.org", "ali@example.org"}), OTHER: frozenset({"ali@example.org"})}
    letter = build_letter(tmp_path / "project", profile="mailman")
    other = letter_files(profile="mailman", letter=replace(FULL, audience="presse", list_address=OTHER))
    write_letter(letter.folder.parent / "ausgabe-7-presse", other)
    with misbehaving() as server:
        report = engine(tmp_path, server.port, letter).plan()
        assert server.said == []
    assert report.lines == [
        "Brief: ausgabe-7 für Rätinnen und Räte, „Neues aus dem Tal“",
        "Absender: newsletter@test.example.org",
        f"Server: 127.0.0.1:{server.port} (unverschlüsselt)",
        "DKIM: signiert der Server, oder niemand",
        f"Liste: {LIST}, eingerichtet, wie es sein muss",
        "Angemeldet: 2",
        f"Auch an {OTHER} angemeldet: 1. Sie bekommen von dieser Ausgabe mehrere Briefe.",
    ]


@pytest.mark.usefixtures("lists")
def test_a_letter_goes_to_its_list_once(tmp_path: Path) -> None:
    with misbehaving() as server:
        assert engine(tmp_path, server.port).send(silent).lines == [f"Verschickt: an {LIST}, mit 1 Angemeldeten"]
        for do in (MailmanEngine.plan, lambda ready: ready.send(silent)):
            with pytest.raises(ProblemsFound, match=f"Dieser Brief ging am .* schon an {LIST}"):
                do(engine(tmp_path, server.port))
            with pytest.raises(ProblemsFound, match="Der Brief hat sich geändert"):
                do(engine(tmp_path, server.port, build_letter(tmp_path / "project", "Anders.", profile="mailman")))
            build_letter(tmp_path / "project", profile="mailman")
        assert server.taken == [f"Rätinnen und Räte <{LIST}>"]


def test_a_list_may_have_a_name_that_only_the_own_network_knows(lists: Lists, tmp_path: Path) -> None:
    address = "newsletter@lists.rathaus.local"
    lists.members_of = {address: frozenset({"kim@example.org"})}
    files = letter_files(profile="mailman", letter=replace(FULL, list_address=address))
    write_letter(tmp_path / "project" / "build" / "newsletter" / LETTER, files)
    letter = find_letter(tmp_path / "project" / "build" / "newsletter", "7", None, "mailman")
    with misbehaving() as server:
        assert f"Liste: {address}, eingerichtet, wie es sein muss" in engine(tmp_path, server.port, letter).plan().lines
        report = engine(tmp_path, server.port, letter).send(silent)
        assert report.lines == [f"Verschickt: an {address}, mit 1 Angemeldeten"]
        assert f"rcpt TO:<{address}>" in server.said


@pytest.mark.usefixtures("lists")
def test_two_cannot_send_at_once(tmp_path: Path) -> None:
    with misbehaving() as server, Ledger(tmp_path / "ledger") as ledger, ledger.alone("testallianz/ausgabe-7"):
        with pytest.raises(ProblemsFound, match="wird gerade von einem anderen Lauf verschickt"):
            engine(tmp_path, server.port).send(silent)
        assert server.said == []


@pytest.mark.parametrize("case", [pytest.param(case, id=case["title"]) for case in CASES])
def test_what_the_server_does_not_take_is_told(case: dict[str, Any], lists: Lists, tmp_path: Path) -> None:
    with misbehaving(case["behaviour"]) as server:
        report = engine(tmp_path, server.port).send(silent)
        assert len(server.raw) == case.get("taken", 0)
    assert (report.lines, report.is_complete) == (case["report"], False)
    is_held_back = case.get("is_held_back", False)
    with misbehaving() as server:
        # What nobody has may still change.
        changed = None if is_held_back else build_letter(tmp_path / "project", "Anders.", profile="mailman")
        ready = engine(tmp_path, server.port, changed)
        assert ready.send(silent).is_complete == (not is_held_back)
        assert len(server.raw) == (not is_held_back)
        if "taken" in case:
            assert ready.plan().lines[-1] == case["report"][0]
    assert all(wanted.address == LIST for wanted in lists.asked)
