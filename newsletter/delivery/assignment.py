"""Who of a file gets a letter, and who does not, by what the ledger knows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from generator.problems import Problem, ProblemsFound
from newsletter.delivery.built_letter import BuiltLetter
from newsletter.delivery.ledger import Ledger
from newsletter.delivery.recipient import Recipient, Recipients
from newsletter.delivery.sending import Sending, State

__all__ = ["Assignment", "assign", "sending_of", "written_to"]

_LEFT_OUT = {State.SENT: "served", State.FAILED: "failed", State.SENDING: "doubtful"}
"""Why those in a state get nothing, by the names of `REASONS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who gets a letter, and who does not."""

    ids: Mapping[bytes, Recipient]
    """Everybody in the file who may be written to, by what stands for them in the ledger."""

    to_send: tuple[Recipient, ...]
    left_out: Mapping[str, tuple[int, ...]]
    """Lines by the names of `REASONS`."""


def sending_of(ledger: Ledger, letter: BuiltLetter, now: datetime) -> Sending | None:
    """Return a letter's sending; None: it never began, or begins anew, for it changed and nobody has got it.

    Raises:
        ProblemsFound: the letter is no longer the one whose sending began, or it was forgotten who got it.
    """
    sending = ledger.sending(letter.name)
    if sending is None:
        return None
    day = datetime.fromtimestamp(sending.began, UTC).astimezone().strftime("%d.%m.%Y um %H:%M")
    if sending.purged is not None:
        raise _problem(
            letter,
            f"Der Versand dieses Briefs vom {day} ist abgeschlossen und gelöscht.",
            "Wer ihn nicht hat, findet die Ausgabe auf der Microsite.",
        )
    if sending.digest != letter.digest and ledger.is_unsent(sending, now):
        return None
    if sending.digest != letter.digest:
        raise _problem(
            letter,
            f"Der Brief hat sich geändert, seit sein Versand am {day} begann; einige haben ihn schon, oder es ist "
            "zweifelhaft.",
            "Die Texte zurücksetzen und neu bauen, oder die Änderung als neue Ausgabe verschicken.",
        )
    return sending


def written_to(recipients: Recipients, ledger: Ledger) -> Iterator[tuple[bytes, Recipient]]:
    """Yield everybody who may be written to, with what stands for them in the ledger."""
    suppressed = ledger.suppressed()
    for recipient in recipients.accepted:
        id_ = ledger.recipient(recipient.address.mailbox)
        if id_ not in suppressed:
            yield id_, recipient


def assign(recipients: Recipients, ledger: Ledger, sending: Sending | None) -> Assignment:
    """Say who gets a letter now.

    Args:
        recipients: the file's.
        ledger: what is known of them.
        sending: the letter's, if it began.
    """
    entries = ledger.entries(sending) if sending else {}
    ids = dict(written_to(recipients, ledger))
    left_out = {name: list(lines) for name, lines in recipients.left_out.items()}
    kept = {recipient.line for recipient in ids.values()}
    if suppressed := [recipient.line for recipient in recipients.accepted if recipient.line not in kept]:
        left_out["suppressed"] = suppressed
    to_send = []
    for id_, recipient in ids.items():
        reason = _LEFT_OUT.get(entries[id_].state) if id_ in entries else None
        if reason is None:
            to_send.append(recipient)
        else:
            left_out.setdefault(reason, []).append(recipient.line)
    return Assignment(
        ids=ids, to_send=tuple(to_send), left_out={name: tuple(lines) for name, lines in left_out.items()}
    )


def _problem(letter: BuiltLetter, message: str, remedy: str) -> ProblemsFound:
    return ProblemsFound([Problem(letter.name, 1, message, remedy)])
