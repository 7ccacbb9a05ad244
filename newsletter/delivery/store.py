"""A file of tables (SQLite) in which a change either lasts through a loss of power, or is quick."""

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from generator.problems import Problem, ProblemsFound

__all__ = ["Store"]

_PATIENCE = 10
"""Seconds to wait for another run that writes."""

_PRIMARY = 0xFF
_SYSTEM_ERRORS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    # The file that readers share cannot grow.
    sqlite3.SQLITE_IOERR_SHMSIZE: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
}
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})


class Store:
    """A file of tables, used by several threads."""

    def __init__(self, file: Path, tables: str) -> None:
        """Open the file, or make a new one for its owner alone.

        Args:
            file: where it is.
            tables: the statements that make its tables where they are not there.

        Raises:
            ProblemsFound: it is damaged, or others use it for longer than it is waited for them.
            OSError: it cannot be made or read; names the file.
        """
        self._file = file
        self._lock = RLock()
        # What SQLite lays beside it gets the same mode.
        file.touch(mode=0o600)
        self._connection = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        with ExitStack() as stack:
            stack.callback(self.close)
            with self._told():
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute("PRAGMA secure_delete = ON")
                self._connection.executescript(tables)
            stack.pop_all()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Return what is found."""
        with self._told():
            return self._connection.execute(statement, values).fetchall()

    def change(self, statement: str, *values: object) -> int:
        """Change something; return how many rows it was."""
        with self._told():
            return self._connection.execute(statement, values).rowcount

    def change_all(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Change something for each of the rows."""
        with self._told():
            self._connection.executemany(statement, rows)

    @contextmanager
    def lasting(self) -> Iterator[None]:
        """Make changes that last through a loss of power when the block has ended.

        Raises:
            OSError: they cannot be written; nothing has changed.
        """
        with self._changing("FULL"):
            yield

    @contextmanager
    def quick(self) -> Iterator[None]:
        """Make changes that last through the end of the process at once, but through a loss of power only later.

        Raises:
            OSError: they cannot be written; nothing has changed.
        """
        with self._changing("NORMAL"):
            yield

    def forget(self) -> None:
        """Remove what was deleted from the file beside the store, too."""
        with self._told():
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _changing(self, synchronous: str) -> Iterator[None]:
        with self._told():
            self._connection.execute(f"PRAGMA synchronous = {synchronous}")
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell SQLite's errors as those of the system, or as a problem of the file; one thread at a time."""
        try:
            with self._lock:
                yield
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0)
            number = _SYSTEM_ERRORS.get(code) or _SYSTEM_ERRORS.get(code & _PRIMARY)
            if number:
                raise OSError(number, os.strerror(number), str(self._file)) from error
            raise self._problem(error, is_busy=code & _PRIMARY in _BUSY) from error

    def _problem(self, error: sqlite3.DatabaseError, *, is_busy: bool) -> ProblemsFound:
        if is_busy:
            message = "Das Versandbuch wird gerade von einem anderen Lauf oder Programm benutzt."
            remedy = "Später noch einmal mit demselben Befehl."
        else:
            message = f"Das Versandbuch ist beschädigt ({error})."
            remedy = (
                "Es nicht löschen, und eine Sicherung nur zurückholen, wenn sie jünger ist als der letzte Versand: "
                "Aus einer älteren gehen Briefe doppelt hinaus."
            )
        return ProblemsFound([Problem(str(self._file), 1, message, remedy)])
