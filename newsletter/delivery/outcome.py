"""What became of a letter's sending, for the office."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsletter.delivery.assignment import Assignment
from newsletter.delivery.recipient import REASONS, Recipient
from newsletter.delivery.sending import Entry, State

__all__ = ["Outcome", "lines_named", "outcome_of"]

_MOST_LINES = 20
"""So many lines are named where they only explain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of everybody in a file."""

    letter: str
    """Its name in the ledger."""

    sent: int
    """How many got it in this run."""

    left: int
    """How many have not got it yet."""

    left_out: Mapping[str, int]
    """How many got nothing, by the names of `REASONS`."""

    refused: Sequence[tuple[Recipient, str]]
    """Who was refused for good, in this run or earlier, with the server's code."""

    doubtful: Sequence[int]
    """The lines of those who may have got it."""

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to do."""
        return not self.left and not self.doubtful

    def told(self, bounces: str) -> Iterator[str]:
        """Yield it in German.

        Args:
            bounces: what is said of the list of those who were refused.
        """
        yield f"Verschickt: {self.sent}"
        for name, count in self.left_out.items():
            yield f"Ausgelassen: {count} {REASONS[name]}"
        if self.refused:
            yield f"Nicht zustellbar: {len(self.refused)}, {bounces}"
        if self.left:
            yield f"Noch nicht verschickt: {self.left}. Später noch einmal mit demselben Befehl."
        if self.doubtful:
            yield (
                f"Zweifelhaft, ob verschickt: {len(self.doubtful)} ({lines_named(self.doubtful, everything=True)}). "
                "Entscheiden mit dem Protokoll des Servers (--log DATEI) oder mit: "
                f"schaukasten newsletter ledger resolve {self.letter}"
            )


def outcome_of(letter: str, before: Assignment, entries: Mapping[bytes, Entry]) -> Outcome:
    """Return what became of everybody.

    Args:
        letter: its name in the ledger.
        before: who was to get it.
        entries: what the ledger knows now.
    """
    known = {id_: entry for id_, entry in entries.items() if id_ in before.ids}
    tried = {recipient.line for recipient in before.to_send}
    states = [entry.state for id_, entry in known.items() if before.ids[id_].line in tried]
    refused = [(before.ids[id_], entry.code) for id_, entry in known.items() if entry.state is State.FAILED]
    return Outcome(
        letter=letter,
        sent=states.count(State.SENT),
        left=states.count(State.OPEN) + states.count(State.LATER),
        left_out={name: len(lines) for name, lines in before.left_out.items()},
        refused=sorted(refused, key=lambda one: one[0].line),
        doubtful=sorted(before.ids[id_].line for id_, entry in known.items() if entry.state is State.SENDING),
    )


def lines_named(lines: Sequence[int], *, everything: bool = False) -> str:
    """Name lines of a file: all, or the first."""
    shown = lines if everything else lines[:_MOST_LINES]
    more = f" und {len(lines) - len(shown)} weitere" if len(shown) < len(lines) else ""
    return f"Zeile {', '.join(map(str, shown))}{more}"
