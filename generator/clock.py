"""The current time: read here and nowhere else."""

import os
from datetime import UTC, datetime

from generator.problems import Problem, ProblemsFound

__all__ = ["current_time", "real_time"]

_EPOCH = "SOURCE_DATE_EPOCH"


def current_time() -> datetime:
    """Return the current time in UTC, or the moment ``SOURCE_DATE_EPOCH`` names (reproducible-builds.org).

    Raises:
        ProblemsFound: it names none.
    """
    epoch = os.environ.get(_EPOCH)
    try:
        return datetime.fromtimestamp(int(epoch), UTC) if epoch else real_time()
    except (ValueError, OverflowError, OSError) as error:
        raise ProblemsFound(
            [
                Problem(
                    _EPOCH,
                    1,
                    f"„{epoch}“ ist kein Zeitpunkt.",
                    "Die Sekunden seit 1970 nennen, etwa mit date +%s, oder die Variable weglassen.",
                )
            ]
        ) from error


def real_time() -> datetime:
    """Return the current time in UTC, whatever the environment says: for what happens, not for what is built."""
    return datetime.now(UTC)
