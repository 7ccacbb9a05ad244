"""What sends a letter: one interface, and the engines that there are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from pkgutil import resolve_name
from typing import Protocol

from generator.progress import Progress
from newsletter.delivery.built_letter import BuiltLetter
from newsletter.delivery.pace import Pace

__all__ = ["ENGINES", "Engine", "Order", "Report", "engine_for"]

ENGINES: Mapping[str, str] = {
    "listmonk": "newsletter.delivery.listmonk_engine:ListmonkEngine",
    "mailman": "newsletter.delivery.mailman_engine:MailmanEngine",
    "smtp": "newsletter.delivery.smtp_engine:SmtpEngine",
}
"""By the name of the profile that letters are built for: what makes an `Engine` of an `Order`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be sent, and how."""

    letter: BuiltLetter
    project: Path
    """The project's folder, in which no address may lie."""

    environment: Mapping[str, str] = field(repr=False)
    """Where servers and passwords are named."""

    clock: Callable[[], datetime]
    recipients: Path | None = None
    """The file of recipients, for engines that keep none themselves."""

    logs: Sequence[Path] = ()
    """What the server wrote down, to decide what is doubtful."""

    bounces: Path | None = None
    """Where those are listed that cannot be reached."""

    pace: Pace = field(default_factory=Pace)
    """How fast, for engines that send mails themselves."""

    at: datetime | None = None
    """When it is to be sent, for engines that wait themselves; None: at once."""

    is_draft: bool = False
    """Whether a person is to look at it and start it at the engine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of an order, in German."""

    lines: Sequence[str]
    is_complete: bool = True
    """Whether nothing is left to do."""


class Engine(Protocol):
    """Sends letters. Whatever cannot be done is raised as `ProblemsFound` before anything was sent."""

    def plan(self) -> Report:
        """Say what would be sent, and send nothing."""

    def test(self, address: str) -> Report:
        """Send the letter to one address, marked as a test, and write nothing down."""

    def send(self, progress: Progress) -> Report:
        """Send the letter to everybody who has not got it yet."""


def engine_for(name: str, order: Order) -> Engine:
    """Return the engine with that name of `ENGINES`, ready for an order."""
    engine: Engine = resolve_name(ENGINES[name])(order)
    return engine
