"""The commands ``schaukasten newsletter ledger …``."""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from generator.cli import guarded
from generator.clock import real_time
from generator.given_path import GivenPath
from generator.problems import Problem, ProblemsFound
from newsletter.delivery.address import checked
from newsletter.delivery.ledger import Ledger
from newsletter.delivery.ledger_place import ledger_folder
from newsletter.delivery.recipient_file import parse_recipients
from newsletter.delivery.reconciling import reconcile
from newsletter.delivery.sending import Sending, State

__all__ = ["ledger"]

_WORDS = {
    State.SENT: "verschickt",
    State.OPEN: "offen",
    State.LATER: "später noch einmal",
    State.PLANNED: "geplant",
    State.SENDING: "zweifelhaft",
    State.FAILED: "nicht zustellbar",
}
_TOKEN = re.compile(r"[0-9a-f]{32}")
_FILE = GivenPath(dir_okay=False)
_LETTER = click.argument("letter", metavar="BRIEF")


@click.group()
def ledger() -> None:
    """Das Versandbuch: wer welchen Brief hat, ohne Adressen."""


@ledger.command()
def status() -> None:
    """Zeigt, was verschickt wurde und was noch offen ist."""

    def work() -> list[str]:
        with _opened() as opened:
            return [_told(opened, sending) for sending in opened.sendings()]

    click.echo("\n".join(guarded("text", work) or ["Es wurde noch nichts verschickt."]))


@ledger.command()
@_LETTER
@click.option("--sent", "decision", flag_value="sent", help="Sie haben den Brief.")
@click.option("--again", "decision", flag_value="again", help="Sie bekommen ihn beim nächsten Mal (noch einmal).")
@click.option("--refused", is_flag=True, help="Die Unzustellbaren sind gemeint, nicht die Zweifelhaften.")
@click.option("--log", "logs", type=_FILE, multiple=True, help="Das Protokoll von Postfix entscheiden lassen.")
@click.option("--recipients", type=_FILE, help="CSV-Datei, deren Zeilen --line nennt.")
@click.option("--line", "lines", type=click.IntRange(1), multiple=True, help="Nur diese Zeile; mehrfach möglich.")
def resolve(
    *,
    letter: str,
    decision: str | None,
    refused: bool,
    logs: tuple[Path, ...],
    recipients: Path | None,
    lines: tuple[int, ...],
) -> None:
    """Entscheidet, was nach einer Unterbrechung zweifelhaft ist."""

    def work() -> str:
        if bool(decision) == bool(logs) or bool(lines) != bool(recipients):
            raise _problem(
                "resolve",
                "Es ist nicht klar, was zu entscheiden ist.",
                "Entweder --log DATEI, oder --sent, oder --again angeben; zu --line auch --recipients.",
            )
        with _opened() as opened:
            sending = _find(opened, letter)
            with opened.alone(sending.letter):
                if logs:
                    return str(reconcile(opened, sending, logs, real_time()))
                before = (State.FAILED,) if refused else (State.SENDING, State.PLANNED)
                after = State.SENT if decision == "sent" else State.OPEN
                chosen = [*(_of_lines(opened, recipients, lines) if recipients else opened.entries(sending))]
                count = sum(opened.decide(sending, chosen, state, after, real_time()) for state in before)
                return f"Entschieden: {count} jetzt „{_WORDS[after]}“. {_told(opened, sending)}"

    click.echo(guarded("text", work))


@ledger.command()
@click.argument("letter", metavar="[BRIEF]", required=False)
@click.option("--older-than", type=click.IntRange(0), metavar="TAGE", help="Alle Briefe, die so lange her sind.")
def purge(*, letter: str | None, older_than: int | None) -> None:
    """Löscht, wer einen Brief bekommen hat; dass er verschickt wurde, und wer gesperrt ist, bleibt."""

    def work() -> list[str]:
        if (letter is None) == (older_than is None):
            raise _problem("purge", "Es ist nicht klar, was zu löschen ist.", "Einen Brief oder --older-than angeben.")
        with _opened() as opened:
            return [_purged(opened, sending, is_old=letter is None) for sending in _old(opened, letter, older_than)]

    click.echo("\n".join(guarded("text", work, in_steps=True) or ["Es gibt nichts zu löschen."]))


@ledger.command()
@click.argument("who", metavar="ADRESSE…", nargs=-1, required=True)
@click.option("--release", is_flag=True, help="Die Sperre aufheben, weil jemand sich neu angemeldet hat.")
def suppress(*, who: tuple[str, ...], release: bool) -> None:
    """Sperrt Adressen für alle Briefe: Abmeldungen. Statt der Adresse genügt das Kennzeichen aus der Mail."""

    def work() -> str:
        with _opened() as opened:
            recipients = [_recipient(opened, one) for one in who]
            if release:
                opened.release(recipients)
            else:
                opened.suppress(recipients, real_time())
        return f"{len(recipients)} {'nicht mehr gesperrt' if release else 'gesperrt'}."

    click.echo(guarded("text", work))


def _opened() -> Ledger:
    return Ledger(ledger_folder(os.environ))


def _find(opened: Ledger, letter: str) -> Sending:
    """Return the sending of a letter, by its name or the part after the cooperation."""
    found = [one for one in opened.sendings() if letter in {one.letter, one.letter.partition("/")[2]}]
    if len(found) != 1:
        names = ", ".join(one.letter for one in found or opened.sendings())
        what = "ist nicht eindeutig" if found else "wurde nicht verschickt"
        raise _problem("ledger", f"Der Brief „{letter}“ {what}.", f"Möglich sind: {names or 'keine'}.")
    return found[0]


def _of_lines(opened: Ledger, file: Path, lines: tuple[int, ...]) -> Iterator[bytes]:
    recipients = parse_recipients(file.read_bytes(), str(file)).accepted
    return (opened.recipient(one.address.mailbox) for one in recipients if one.line in lines)


def _old(opened: Ledger, letter: str | None, days: int | None) -> list[Sending]:
    if letter is not None:
        return [_find(opened, letter)]
    before = (real_time() - timedelta(days=days or 0)).timestamp()
    return [one for one in opened.sendings() if one.began <= before and one.purged is None]


def _purged(opened: Ledger, sending: Sending, *, is_old: bool) -> str:
    with opened.alone(sending.letter):
        if why := _kept(opened, sending, is_old=is_old):
            return f"{sending.letter}: nicht gelöscht, denn {why}"
        opened.purge(sending, real_time())
        return f"{sending.letter}: gelöscht."


def _kept(opened: Ledger, sending: Sending, *, is_old: bool) -> str | None:
    """Say why it must be known who got a letter; of one that is old enough, nobody waits for it any more."""
    counts = opened.counts(sending)
    planned = [entry.at for entry in opened.entries(sending).values() if entry.state is State.PLANNED]
    if doubtful := counts.get(State.SENDING):
        how = f"schaukasten newsletter ledger resolve {sending.letter}"
        return f"bei {doubtful} ist zweifelhaft, ob sie ihn haben. Entscheiden mit: {how}"
    if max(planned, default=0) > real_time().timestamp():
        return "er ist noch geplant."
    if (left := counts.get(State.OPEN, 0) + counts.get(State.LATER, 0)) and not is_old:
        return f"{left} haben ihn noch nicht. Ihn fertig verschicken, oder später mit --older-than löschen."
    return None


def _recipient(opened: Ledger, who: str) -> bytes:
    if _TOKEN.fullmatch(who):
        return bytes.fromhex(who)
    try:
        return opened.recipient(checked(who).mailbox)
    except ValueError as reason:
        raise _problem("suppress", f"„{who}“ ist keine E-Mail-Adresse. {reason}", "Sie berichtigen.") from reason


def _told(opened: Ledger, sending: Sending) -> str:
    began = datetime.fromtimestamp(sending.began, UTC).astimezone().strftime("%d.%m.%Y %H:%M")
    if sending.purged is not None:
        return f"{sending.letter}: begonnen {began}, Empfänger gelöscht"
    counts = opened.counts(sending)
    words = ", ".join(f"{counts[state]} {word}" for state, word in _WORDS.items() if state in counts)
    return f"{sending.letter}: begonnen {began}, {words or 'keine Empfänger'}"


def _problem(place: str, message: str, remedy: str) -> ProblemsFound:
    return ProblemsFound([Problem(place, 1, message, remedy)])
