"""The ledger: who got which letter, so that nobody gets one twice and nobody is left out.

It knows no address: a recipient is a hash with a key that lies beside the ledger, so that a copy of one of them tells
nothing. What may have been sent is written down before it is sent, and lasts through a loss of power; what was sent
afterwards, which may get lost: then it is doubtful, never sent again by itself.
"""

import hmac
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from generator.lock import alone_in
from generator.problems import Problem, ProblemsFound
from generator.progress import silent
from newsletter.delivery.sending import Entry, Sending, State
from newsletter.delivery.store import Store
from newsletter.private import private_folder, read_private, write_private

__all__ = ["LEDGER_FILE", "Ledger"]

_TABLES = """
CREATE TABLE IF NOT EXISTS sendings (
    id INTEGER PRIMARY KEY, letter TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, began INTEGER NOT NULL, purged INTEGER
);
CREATE TABLE IF NOT EXISTS deliveries (
    sending INTEGER NOT NULL, recipient BLOB NOT NULL, state INTEGER NOT NULL, code TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (sending, recipient)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS suppressed (recipient BLOB PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
"""

_HASH_LENGTH = 16
"""Bytes: by chance, two of a billion recipients share a hash once in 10^20 ledgers."""

_KEY_LENGTH = 32
LEDGER_FILE = "versand.sqlite3"
"""What is in its folder once there is a ledger."""

_UNSENT = (State.OPEN, State.LATER)


class Ledger:
    """The ledger in a folder; used as a context manager, by several threads."""

    def __init__(self, folder: Path) -> None:
        """Open the ledger, or make a new one.

        Args:
            folder: where it lies, for its owner alone.

        Raises:
            ProblemsFound: it is open to others, damaged, or its key is missing.
            OSError: it cannot be made or read; names the place.
        """
        private_folder(folder)
        self._folder = folder
        self._key = _key(folder)
        self._store = Store(folder / LEDGER_FILE, _TABLES)

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.close()

    def recipient(self, mailbox: str) -> bytes:
        """Return what stands for a mailbox: the same in all letters, so that it can be left out of all."""
        return self._hash("recipient", mailbox)

    def number(self, letter: str, recipient: bytes) -> str:
        """Return what stands in the Message-ID of a letter to a recipient: the same each time, telling nothing."""
        return self._hash("message", letter, recipient.hex()).hex()

    def _hash(self, *parts: str) -> bytes:
        return hmac.digest(self._key, "\0".join(parts).encode(), "sha256")[:_HASH_LENGTH]

    @contextmanager
    def alone(self, letter: str) -> Iterator[None]:
        """Keep others from sending the same letter until the end of the block, or of the process, however it ends.

        Raises:
            ProblemsFound: somebody is sending it.
        """
        with ExitStack() as stack:
            try:
                folder = self._folder / "locks" / self._hash("lock", letter).hex()
                stack.enter_context(alone_in(folder, silent, patience=0))
            except BlockingIOError as error:
                raise ProblemsFound(
                    [
                        Problem(
                            letter,
                            1,
                            "Dieser Brief wird gerade von einem anderen Lauf verschickt.",
                            "Warten, bis er fertig ist, dann nachsehen: schaukasten newsletter ledger status",
                        )
                    ]
                ) from error
            yield

    def sending(self, letter: str) -> Sending | None:
        """Return the sending of a letter, or None where it never began."""
        return next((sending for sending in self.sendings() if sending.letter == letter), None)

    def sendings(self) -> list[Sending]:
        """Return all sendings, the newest first."""
        rows = self._store.rows("SELECT id, letter, digest, began, purged FROM sendings ORDER BY began DESC, letter")
        return [Sending(id_, letter, digest, began, purged) for id_, letter, digest, began, purged in rows]

    def begin(self, letter: str, digest: bytes, recipients: Iterable[bytes], now: datetime) -> Sending:
        """Write down a sending and everybody it goes to; what is known of those who are there already stays.

        Who is no longer among them and has not got the letter is forgotten. A letter that changed begins anew where
        it `is_unsent`. Only for who is `alone` with the letter.

        Args:
            letter: its name.
            digest: what identifies its bytes.
            recipients: as `recipient` returns them.
            now: the moment.

        Raises:
            OSError: it cannot be written down.
        """
        at = int(now.timestamp())
        with self._store.lasting():
            known = self.sending(letter)
            if known is not None and known.digest != digest and self.is_unsent(known, now):
                self._drop(known)
            self._store.change(
                "INSERT OR IGNORE INTO sendings (letter, digest, began) VALUES (?, ?, ?)", letter, digest, at
            )
            sending = self.sending(letter)
            assert sending is not None
            self._store.change("DELETE FROM deliveries WHERE sending = ? AND state IN (?, ?)", sending.id, *_UNSENT)
            rows = ((sending.id, recipient, State.OPEN, at) for recipient in recipients)
            self._store.change_all("INSERT OR IGNORE INTO deliveries VALUES (?, ?, ?, '', ?)", rows)
        return sending

    def is_unsent(self, sending: Sending, now: datetime) -> bool:
        """Tell whether it is certain that nobody has got the letter; those who were refused have not."""
        had = self._store.rows(
            "SELECT 1 FROM deliveries WHERE sending = ? AND (state IN (?, ?) OR state = ? AND at <= ?) LIMIT 1",
            sending.id,
            State.SENT,
            State.SENDING,
            State.PLANNED,
            int(now.timestamp()),
        )
        return sending.purged is None and not had

    def entries(self, sending: Sending) -> Mapping[bytes, Entry]:
        """Return what is known of each recipient."""
        rows = self._store.rows("SELECT recipient, state, code, at FROM deliveries WHERE sending = ?", sending.id)
        return {recipient: Entry(State(state), code, at) for recipient, state, code, at in rows}

    def sent_numbers(self) -> Mapping[str, datetime]:
        """Return when it was known of all mails that were sent, of all letters, by what stands in their Message-IDs."""
        rows = self._store.rows(
            "SELECT letter, recipient, at FROM deliveries JOIN sendings ON sending = id WHERE state = ?", State.SENT
        )
        return {self.number(letter, recipient): datetime.fromtimestamp(at, UTC) for letter, recipient, at in rows}

    def counts(self, sending: Sending) -> Mapping[State, int]:
        """Return how many recipients there are in each state."""
        rows = self._store.rows("SELECT state, count(*) FROM deliveries WHERE sending = ? GROUP BY state", sending.id)
        return {State(state): count for state, count in rows}

    def claim(self, sending: Sending, recipient: bytes, now: datetime) -> bool:
        """Write down that a letter is about to be sent to a recipient; tell whether that is allowed.

        It lasts when this returns, even if the power fails. It is not allowed if it was sent or may have been.

        Raises:
            OSError: it cannot be written down; nothing may be sent.
        """
        with self._store.lasting():
            return self._move(sending, recipient, Entry(State.SENDING, "", int(now.timestamp())), _UNSENT)

    def settle(self, sending: Sending, recipient: bytes, entry: Entry) -> bool:
        """Write down what became of a letter that was claimed; tell whether it was.

        Raises:
            OSError: it cannot be written down; the letter is doubtful.
        """
        with self._store.quick():
            return self._move(sending, recipient, entry, (State.SENDING, State.SENDING))

    def decide(self, sending: Sending, recipients: Iterable[bytes], before: State, after: State, now: datetime) -> int:
        """Move recipients from one state to another, as a person or a log decided; return how many there were.

        Only for who is `alone` with the letter.
        """
        entry = Entry(after, "", int(now.timestamp()))
        with self._store.lasting():
            return sum(self._move(sending, recipient, entry, (before, before)) for recipient in recipients)

    def _move(self, sending: Sending, recipient: bytes, entry: Entry, before: tuple[State, State]) -> bool:
        changed = self._store.change(
            "UPDATE deliveries SET state = ?, code = ?, at = ? WHERE sending = ? AND recipient = ? AND state IN (?, ?)",
            *entry,
            sending.id,
            recipient,
            *before,
        )
        return changed == 1

    def withdraw(self, sending: Sending) -> None:
        """Forget a sending of which nothing was sent or refused for good, as if it had never begun.

        Only for who is `alone` with the letter.
        """
        with self._store.lasting():
            if not self.counts(sending).keys() - set(_UNSENT):
                self._drop(sending)

    def _drop(self, sending: Sending) -> None:
        self._store.change("DELETE FROM deliveries WHERE sending = ?", sending.id)
        self._store.change("DELETE FROM sendings WHERE id = ?", sending.id)

    def suppressed(self) -> frozenset[bytes]:
        """Return who gets no letter any more."""
        return frozenset(recipient for (recipient,) in self._store.rows("SELECT recipient FROM suppressed"))

    def suppress(self, recipients: Iterable[bytes], now: datetime) -> None:
        """Let somebody get no letter any more."""
        rows = [(recipient, int(now.timestamp())) for recipient in recipients]
        with self._store.lasting():
            self._store.change_all("INSERT OR IGNORE INTO suppressed VALUES (?, ?)", rows)

    def release(self, recipients: Iterable[bytes]) -> None:
        """Let somebody get letters again, who asked for it."""
        with self._store.lasting():
            self._store.change_all("DELETE FROM suppressed WHERE recipient = ?", [(one,) for one in recipients])

    def purge(self, sending: Sending, now: datetime) -> None:
        """Forget who got a letter, but not that it was sent."""
        with self._store.lasting():
            self._store.change("DELETE FROM deliveries WHERE sending = ?", sending.id)
            self._store.change("UPDATE sendings SET purged = ? WHERE id = ?", int(now.timestamp()), sending.id)
        self._store.forget()


def _key(folder: Path) -> bytes:
    file = folder / "schluessel"
    # Two runs must not make two keys.
    with alone_in(folder / "locks", silent):
        if not file.exists():
            if (folder / LEDGER_FILE).exists():
                raise ProblemsFound(
                    [
                        Problem(
                            str(file),
                            1,
                            "Der Schlüssel zum Versandbuch fehlt; ohne ihn sagt es nicht, wer einen Brief schon hat.",
                            "Ihn aus der Sicherung zurückholen.",
                        )
                    ]
                )
            write_private(file, secrets.token_bytes(_KEY_LENGTH))
    return read_private(file, "Der Schlüssel zum Versandbuch")
