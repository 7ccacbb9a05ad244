"""A letter that was built, and people to send it to."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generator.model.mailing import Mailing
from newsletter.delivery.built_letter import BuiltLetter, find_letter
from newsletter.delivery.engine import Order
from newsletter.delivery.pace import Pace
from newsletter.letter import MERGE, Letter, greeting
from newsletter.output import write_letter
from newsletter.package import Draft, package
from newsletter.profile import PROFILES
from tests.letter_data import FULL

__all__ = ["LETTER", "NOW", "build_letter", "letter_files", "order", "write_people"]

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
LETTER = "ausgabe-7-raete"
HTML = f"""\
<!doctype html><html lang="de"><head><title>Neues</title></head><body>
<p>{greeting("Grüß Gott")}</p>
<p>Was ansteht, steht hier – so ausführlich, dass es länger wird, als eine Zeile in einer Mail sein darf.</p>
<p>{{text}}</p>
<p><a href="{MERGE["unsubscribe"]}">Abmelden</a></p>
</body></html>
"""
TEXT = f"{greeting('Grüß Gott')}\n\nWas ansteht:\n.\nFrom hier an: {{text}}\n\nAbmelden: {MERGE['unsubscribe']}\n"


def letter_files(
    text: str = "Text.", number: int = 7, *, profile: str = "smtp", letter: Letter = FULL, **mailing: Any
) -> dict[str, bytes]:
    """Return the files of a letter for councillors, built for a sending system."""
    draft = Draft(
        letter=replace(letter, id=f"ausgabe-{number}", edition=f"ausgabe-{number}", number=number),
        path="newsletter/ausgabe-7.md",
        html=HTML.replace("{text}", text.replace("&", "&amp;").replace("<", "&lt;")),
        text=TEXT.replace("{text}", text),
        mailing=Mailing(**mailing),
        problems=(),
    )
    return {**package(draft, PROFILES[profile])}


def build_letter(project: Path, text: str = "Text.", *, profile: str = "smtp", **mailing: Any) -> BuiltLetter:
    """Build a letter in a project and find it again."""
    folder = project / "build" / "newsletter"
    write_letter(folder / LETTER, letter_files(text, profile=profile, **mailing))
    return find_letter(folder, "7", None, profile)


def write_people(file: Path, people: int | Iterable[str]) -> Path:
    """Write a file of recipients: so many invented ones, or these addresses."""
    addresses = [f"kim{number}@example.org" for number in range(people)] if isinstance(people, int) else people
    file.write_text("email;vorname\n" + "".join(f"{address};Kim\n" for address in addresses), encoding="utf-8")
    return file


def order(folder: Path, server: str, people: int | Iterable[str] = 3, **changes: Any) -> Order:
    """Return an order to send a letter to invented people."""
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731
    project = folder / "project"
    environment = {
        "SCHAUKASTEN_SMTP": server,
        "SCHAUKASTEN_LEDGER": str(folder / "ledger"),
        **changes.pop("environment", {}),
    }
    values: dict[str, Any] = {
        "letter": changes.pop("letter", None) or build_letter(project),
        "project": project,
        "environment": environment,
        "clock": clock,
        "recipients": write_people(folder / "leser.csv", people),
        "pace": Pace(per_minute=0),
    }
    return Order(**values | changes)
