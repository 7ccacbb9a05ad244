"""Whatever a server does: nobody is left out, nobody gets a letter twice, and the office is told in German."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.progress import silent
from newsletter.delivery.pace import Pace
from newsletter.delivery.smtp_engine import SmtpEngine
from tests.letters_to_send import build_letter, order
from tests.mail_servers import misbehaving
from tests.project import ROOT

pytestmark = pytest.mark.slow

CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/cases/smtp/servers.yml").read_text(encoding="utf-8"))
QUICK = Pace(
    connections=1,
    per_minute=0,
    waits=(0.01, 0.01),
    pauses=(0.0, 0.01, 0.01, 0.01),
    first_patience=0.5,
    patience=0.5,
    last_patience=0.5,
)
SLOW = replace(QUICK, patience=20.0, last_patience=20.0)


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=case["title"]) for case in CASES],
)
def test_a_server_that_misbehaves_harms_nobody(case: dict[str, Any], tmp_path: Path) -> None:
    user = f"{case['user']}@" if "user" in case else ""
    people = case.get("addresses", case.get("people", 3))
    bounces = tmp_path / "leser-unzustellbar-ausgabe-7.csv"
    # What fits into the buffers of the system is on its way before anybody knows that the connection broke.
    letter = build_letter(tmp_path / "project", "Text " * (case.get("size", 0) // 5))
    pace = replace(SLOW if "size" in case else QUICK, connections=case.get("connections", 1))
    environment = {"SCHAUKASTEN_SMTP_PASSWORD": case.get("password", "geheim")} if user else {}

    def told(lines: list[str], port: int) -> list[str]:
        return [line.replace("{bounces}", str(bounces)).replace("{port}", str(port)) for line in lines]

    with misbehaving(case.get("behaviour")) as server:
        address = f"smtp+plain://{user}127.0.0.1:{server.port}"
        report = SmtpEngine(order(tmp_path, address, people, letter=letter, pace=pace, environment=environment)).send(
            silent
        )
        assert report.lines == told(case["report"], server.port)
        assert report.is_complete == (not any("erschickt:" in line for line in case["report"][1:]))
        assert len(server.taken) == case["taken"]
        assert len(set(server.taken)) == case["taken"]
        assert server.connections == case.get("connected", server.connections)
        assert server.credentials == case.get("credentials", server.credentials)
    if "bounces" in case:
        assert bounces.read_text("utf-8-sig").splitlines() == ["Zeile;E-Mail;Code;Grund", *case["bounces"]]
        assert bounces.stat().st_mode & 0o077 == 0
    if "again" in case:
        with misbehaving() as server:
            address = f"smtp+plain://127.0.0.1:{server.port}"
            report = SmtpEngine(order(tmp_path, address, people, letter=letter, pace=pace)).send(silent)
            assert report.lines == told(case["again"], server.port)
