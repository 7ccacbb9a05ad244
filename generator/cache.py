"""Results kept between builds, by the content they were made from."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from types import TracebackType

__all__ = ["Cache", "digest"]

_TABLE = "CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"

_PATIENCE = 5
"""Seconds to wait for another build that uses the store."""

_UNUSABLE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
    }
)
"""What does not speak of damage: another build has the store, it must not be written, or there is no room for it."""

_PRIMARY = 0xFF
"""The part of SQLite's error codes that these are."""

_MAKER = b"maker"
"""The key of what identifies the program; no digest is so short."""


def digest(*parts: str | bytes) -> bytes:
    """Return the SHA-256 of the parts; where one ends and the next begins counts."""
    total = sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big") + data)
    return total.digest()


class Cache:
    """A store of bytes by key; losing it costs time, nothing else.

    Used as a context manager: what was neither asked for nor put in is dropped at the end of a build that succeeds.
    """

    def __init__(self, file: Path, maker: str, *, drops: bool = True) -> None:
        """Open the store, make it anew where it is missing or damaged, or do without it where it cannot be used.

        Args:
            file: where it is.
            maker: what identifies the program that makes the results; those of another one are forgotten.
            drops: whether what is not asked for is dropped.
        """
        self._drops = drops
        file.parent.mkdir(parents=True, exist_ok=True)
        self._used = {_MAKER}
        try:
            self._store, self._kept = _open(file)
        except sqlite3.DatabaseError as error:
            # This build makes everything itself.
            self._store, self._kept = _open(":memory:" if _is_unusable(error) else _removed(file))
        if self._kept.get(_MAKER) != maker.encode():
            with _if_there_is_room():
                self._store.execute("DELETE FROM results")
            self._kept = {}
            self.put([(_MAKER, maker.encode())])

    def __enter__(self) -> "Cache":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with closing(self._store), _if_there_is_room():
            if kind is None and self._drops:
                self._drop_unused()
            self._store.commit()

    def get(self, key: bytes) -> bytes | None:
        """Return what is kept under the key, or None."""
        self._used.add(key)
        return self._kept.get(key)

    def put(self, results: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep the results under their keys."""
        results = list(results)
        self._used.update(key for key, _ in results)
        with _if_there_is_room():
            self._store.executemany("INSERT OR REPLACE INTO results VALUES (?, ?)", results)

    def _drop_unused(self) -> None:
        unused = [(key,) for key in self._kept.keys() - self._used]
        self._store.executemany("DELETE FROM results WHERE key = ?", unused)


@contextmanager
def _if_there_is_room() -> Iterator[None]:
    """Let the store lose what it cannot take: what is needed besides it tells of a full disk."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if not _is_unusable(error):
            raise


def _is_unusable(error: sqlite3.DatabaseError) -> bool:
    return error.sqlite_errorcode & _PRIMARY in _UNUSABLE


def _removed(file: Path) -> Path:
    file.unlink()
    return file


def _open(file: Path | str) -> tuple[sqlite3.Connection, dict[bytes, bytes]]:
    """Return the store and what it holds: one query is faster than one for each key, and finds all damage."""
    store = sqlite3.connect(file, timeout=_PATIENCE)
    try:
        # A crash may lose the newest results, never the store: it is only a cache.
        store.execute("PRAGMA synchronous = OFF")
        store.execute(_TABLE)
        # What cannot be written is found now, not at the end of a build.
        store.execute("BEGIN IMMEDIATE")
        return store, dict(store.execute("SELECT key, value FROM results"))
    except sqlite3.DatabaseError:
        store.close()
        raise
