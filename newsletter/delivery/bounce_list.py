"""The list of those who cannot be reached, for the office: CSV for spreadsheets."""

import csv
from collections.abc import Iterable
from io import StringIO

from newsletter.delivery.recipient import Recipient
from newsletter.delivery.replies import reason_of

__all__ = ["bounce_list"]

_FORMULA = ("=", "+", "-", "@", "\t")
"""How a cell begins that a spreadsheet would compute."""


def bounce_list(refused: Iterable[tuple[Recipient, str]]) -> bytes:
    """Return the list: line, address, code and reason of each recipient who was refused, with a code."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Zeile", "E-Mail", "Code", "Grund"])
    for recipient, code in refused:
        address = recipient.address.mail
        cell = f"'{address}" if address.startswith(_FORMULA) else address
        writer.writerow([recipient.line, cell, code, reason_of(code)])
    return text.getvalue().encode("utf-8-sig")
