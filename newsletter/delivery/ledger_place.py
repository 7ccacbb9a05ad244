"""Where the ledger lies: the same place each time, for by another one letters would go out twice."""

import os
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path

from generator.problems import Problem, ProblemsFound
from newsletter.delivery.ledger import LEDGER_FILE, Ledger

__all__ = ["ledger_folder", "ledger_told"]

_PLACE = "SCHAUKASTEN_LEDGER"


def ledger_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder of the ledger: the one that ``SCHAUKASTEN_LEDGER`` names, else among the user's data.

    Raises:
        ProblemsFound: what is named is another folder in each working directory.
    """
    named = environment.get(_PLACE)
    if not named:
        return user_data_path("schaukasten", appauthor=False) / "versand"
    folder = Path(os.path.expanduser(named))  # that of pathlib raises where there is no such user
    if not folder.is_absolute():
        raise ProblemsFound(
            [
                Problem(
                    _PLACE,
                    1,
                    f"„{named}“ ist kein vollständiger Pfad; in jedem Ordner wäre das ein anderes Versandbuch.",
                    "Ihn von der Wurzel an schreiben, zum Beispiel /var/lib/schaukasten/versand.",
                )
            ]
        )
    return folder


def ledger_told(folder: Path) -> str:
    """Name the ledger in a folder, in German; it is new as long as nothing is written down there.

    Raises:
        ProblemsFound: it is open to others, damaged, or its key is missing.
        OSError: it cannot be read; names the place.
    """
    is_new = True
    if (folder / LEDGER_FILE).exists():
        with Ledger(folder) as opened:
            is_new = not opened.sendings() and not opened.suppressed()
    return f"Versandbuch: {folder}{' (neu)' if is_new else ''}"
