"""Yes and no, as YAML, TOML and JSON have them: a text by now, for every scalar is one."""

from typing import Any

__all__ = ["is_no", "is_yes"]


def is_yes(value: Any) -> bool:
    """Tell whether a field says yes (YAML 1.1 and 1.2)."""
    return str(value).lower() in {"true", "yes", "on", "y", "1"}


def is_no(value: Any) -> bool:
    """Tell whether a field says no; one that says nothing does not."""
    return str(value).lower() in {"false", "no", "off", "n", "0"}
