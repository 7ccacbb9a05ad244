"""The current time: read here and nowhere else."""

import os
from datetime import UTC, datetime

__all__ = ["current_time"]


def current_time() -> datetime:
    """Return the current time in UTC, or the moment ``SOURCE_DATE_EPOCH`` names (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
