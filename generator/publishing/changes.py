"""What a publication makes different at its target."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Changes", "changes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Paths of files, each part in alphabetical order."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.removed)


def changes(wanted: Mapping[str, str], there: Collection[str], differing: Iterable[str]) -> Changes:
    """Return what is to be done.

    Args:
        wanted: the files of the site to publish, by path.
        there: the paths of what was published before.
        differing: the paths of wanted files that are missing at the target, or others there.
    """
    to_write = sorted(differing)
    return Changes(
        new=tuple(path for path in to_write if path not in there),
        changed=tuple(path for path in to_write if path in there),
        removed=tuple(sorted(path for path in there if path not in wanted)),
    )
