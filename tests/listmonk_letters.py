"""A letter that was built for listmonk, and the engine that hands it over."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.model.mailing import MailingList
from generator.problems import ProblemsFound
from generator.progress import silent
from newsletter.delivery.engine import Report
from newsletter.delivery.listmonk import Listmonk
from newsletter.delivery.listmonk_connection import ListmonkConnection
from newsletter.delivery.listmonk_engine import ListmonkEngine
from tests.letters_to_send import build_letter, order
from tests.listmonk_server import TOKEN, USER, uuid_of

__all__ = ["KEY", "PEOPLE", "build", "engine", "environment", "sent", "write_token"]

PEOPLE = {"kim@example.org": "Kim Beispiel", "ali@example.org": "", "bo@example.org": "D'Arcy Beispiel"}
KEY = uuid_of("list 1")


def build(folder: Path, *arguments: str, key: str | None = KEY) -> None:
    build_letter(folder / "project", *arguments, profile="listmonk", lists=(MailingList(audience="raete", key=key),))


def write_token(folder: Path) -> None:
    token = folder / "token"
    token.touch(mode=0o600)
    token.write_text(f"{TOKEN}\n")


def environment(folder: Path, url: str) -> Mapping[str, str]:
    return {
        "SCHAUKASTEN_LISTMONK_URL": url,
        "SCHAUKASTEN_LISTMONK_USER": USER,
        "SCHAUKASTEN_LISTMONK_TOKEN_FILE": str(folder / "token"),
        "SCHAUKASTEN_LEDGER": str(folder / "ledger"),
    }


def engine(folder: Path, url: str, patience: float = 30.0, **changes: Any) -> ListmonkEngine:
    letter = build_letter(folder / "project", profile="listmonk", lists=(MailingList(audience="raete", key=KEY),))
    made = ListmonkEngine(order(folder, "", letter=letter, environment=environment(folder, url), **changes))
    made._listmonk = Listmonk(ListmonkConnection(made._access, patience))
    return made


def sent(ready: ListmonkEngine) -> Report:
    """Send, and return the report or what was refused in its place."""
    try:
        return ready.send(silent)
    except ProblemsFound as found:
        return Report(lines=[str(found)], is_complete=False)
