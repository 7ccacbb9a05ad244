"""A file that readers can have, besides pages and pictures."""

from dataclasses import dataclass
from pathlib import Path

__all__ = ["PublicFile"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFile:
    """A file that is published under its own name: what it was made safe as, or itself if that is safe."""

    origin: Path
    """Where its bytes lie."""

    identity: str
    """Changes whenever they do."""

    size: int
    """How many bytes there are."""
