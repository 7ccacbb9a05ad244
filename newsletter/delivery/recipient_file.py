"""A file of recipients: CSV, as Mailman, listmonk and spreadsheets export it."""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from io import StringIO

from generator.problems import Problem, ProblemsFound
from newsletter.delivery.address import checked, masked
from newsletter.delivery.recipient import Recipient, Recipients

__all__ = ["parse_recipients"]

_COLUMNS: Mapping[str, frozenset[str]] = {
    "email": frozenset({"email", "e-mail", "e-mail-adresse", "emailadresse", "email address", "address", "mail"}),
    "first_name": frozenset({"first_name", "first name", "firstname", "vorname"}),
    "status": frozenset({"status", "subscription_status", "subscription status", "delivery_status", "member_status"}),
    "attributes": frozenset({"attributes", "attribs"}),
}
"""The names of columns as exports and offices write them, in lower case."""

_ACTIVE = frozenset({"", "active", "aktiv", "angemeldet", "bestätigt", "confirmed", "enabled", "subscribed"})
_INACTIVE = frozenset(
    {
        *("abgemeldet", "blacklisted", "blocked", "blocklisted", "bounced", "by_bounces", "by_moderator", "by_user"),
        *("deaktiviert", "disabled", "gesperrt", "inactive", "inaktiv", "pending", "unbestätigt", "unconfirmed"),
        *("unknown", "unsubscribed"),
    }
)

_DELIMITERS = ";,\t"
_NAMED = re.compile(r"[^<>]*<([^<>]+)>\s*")
"""„Kim Beispiel <kim@example.org>“, as Mailman's command lists members."""

_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|[ .'’-](?=[^\W\d_]|$)){0,39}")
"""Letters, with what joins them: no formula of a spreadsheet, no address, nothing that ends a line."""


def parse_recipients(data: bytes, name: str) -> Recipients:
    """Return the recipients that a file holds.

    Args:
        data: CSV in UTF-8, or in UTF-16 with its mark; comma, semicolon or tabulator between values. Without a first
            line that names the columns, each line is an address.
        name: the file's, for problems.

    Raises:
        ProblemsFound: it cannot be read, an address is malformed, or a status is unknown; carries all such lines.
    """
    rows = _rows(_decoded(data, name), name)
    columns = _columns(rows[0][1]) if rows else {}
    if "email" not in columns:
        if not rows or not any("@" in cell for cell in rows[0][1]):
            raise ProblemsFound(
                [
                    Problem(
                        name,
                        1,
                        "Keine Spalte heißt „email“.",
                        "In die erste Zeile die Namen der Spalten schreiben, zum Beispiel „email;vorname;status“.",
                    )
                ]
            )
        columns = {"email": [0]}
    else:
        rows = rows[1:]
    return _Reader(name, columns).read(rows)


class _Reader:
    """Goes through the lines once."""

    def __init__(self, name: str, columns: Mapping[str, Sequence[int]]) -> None:
        self._name = name
        self._columns = columns
        self._problems: list[Problem] = []
        self._left_out: dict[str, list[int]] = {"inactive": [], "duplicate": []}
        self._without_name: list[int] = []

    def read(self, rows: Sequence[tuple[int, list[str]]]) -> Recipients:
        inactive: set[str] = set()
        found: dict[str, Recipient] = {}
        for line, row in rows:
            recipient = self._recipient(line, row)
            if recipient is None:
                continue
            mailbox = recipient.address.mailbox
            if not self._is_active(line, row):
                inactive.add(mailbox)
                self._left_out["inactive"].append(line)
            elif mailbox in found:
                self._left_out["duplicate"].append(line)
            else:
                found[mailbox] = recipient
        if self._problems:
            raise ProblemsFound(self._problems)
        # Whoever left under one spelling is not written to under another.
        for mailbox in inactive & found.keys():
            self._left_out["inactive"].append(found.pop(mailbox).line)
        return Recipients(
            accepted=tuple(found.values()),
            left_out={reason: tuple(sorted(lines)) for reason, lines in self._left_out.items() if lines},
            without_name=tuple(self._without_name),
        )

    def _recipient(self, line: int, row: Sequence[str]) -> Recipient | None:
        text = next(self._values("email", row), "")
        if named := _NAMED.fullmatch(text):
            text = named[1]
        try:
            address = checked(text)
        except ValueError as reason:
            told = f"„{masked(text)}“ ist keine E-Mail-Adresse. {reason}" if text else str(reason)
            self._problems.append(Problem(self._name, line, told, "Die Zeile berichtigen oder löschen."))
            return None
        return Recipient(line=line, address=address, first_name=self._first_name(line, row))

    def _first_name(self, line: int, row: Sequence[str]) -> str:
        written = next(filter(None, self._values("first_name", row)), "") or self._attribute(row)
        name = " ".join(written.split())
        if not name or _NAME.fullmatch(name):
            return name
        self._without_name.append(line)
        return ""

    def _attribute(self, row: Sequence[str]) -> str:
        """Return the first name among listmonk's attributes, a JSON object."""
        for text in filter(None, self._values("attributes", row)):
            with suppress(ValueError, RecursionError):
                data = json.loads(text)
                names = {str(key).casefold(): value for key, value in data.items()} if isinstance(data, dict) else {}
                return next((str(names[key]) for key in sorted(_COLUMNS["first_name"]) if names.get(key)), "")
        return ""

    def _is_active(self, line: int, row: Sequence[str]) -> bool:
        states = [text.casefold() for text in self._values("status", row)]
        for state in states:
            if state not in _ACTIVE | _INACTIVE:
                self._problems.append(
                    Problem(
                        self._name,
                        line,
                        f"Der Status „{masked(state) if '@' in state else state}“ ist unbekannt.",
                        "„aktiv“ oder „abgemeldet“ schreiben, wie es gemeint ist.",
                    )
                )
        return all(state in _ACTIVE for state in states)

    def _values(self, column: str, row: Sequence[str]) -> Iterator[str]:
        return (row[number].strip() for number in self._columns.get(column, ()) if number < len(row))


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ProblemsFound(
            [
                Problem(
                    name,
                    line,
                    "Die Datei ist nicht in UTF-8 gespeichert, und Umlaute kämen falsch an.",
                    "In der Tabellenkalkulation „CSV UTF-8“ wählen und neu speichern.",
                )
            ]
        ) from error


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    """Return the lines that hold something, each with its number."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    try:
        before = 0
        for row in reader:
            if any(map(str.strip, row)):
                rows.append((before + 1, row))
            before = reader.line_num
    except csv.Error as error:
        raise ProblemsFound(
            [
                Problem(
                    name,
                    reader.line_num,
                    "Die Zeile ist nicht zu lesen.",
                    "Prüfen, ob Anführungszeichen paarweise stehen.",
                )
            ]
        ) from error
    return rows


def _columns(head: Sequence[str]) -> dict[str, list[int]]:
    names = [cell.strip().casefold() for cell in head]
    columns = {kind: [number for number, name in enumerate(names) if name in known] for kind, known in _COLUMNS.items()}
    return {kind: numbers for kind, numbers in columns.items() if numbers}
