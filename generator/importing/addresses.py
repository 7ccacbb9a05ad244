"""Addresses as they were written elsewhere, some of which are none."""

from urllib.parse import SplitResult, urlsplit

__all__ = ["host_of", "taken_apart"]

_NOTHING = SplitResult("", "", "", "", "")


def taken_apart(address: str) -> SplitResult:
    """Return the parts of an address; all are empty where it is none (RFC 3986): ``http://[alt/``."""
    try:
        return urlsplit(address)
    except ValueError:
        return _NOTHING


def host_of(address: str) -> str:
    """Return the name of the host in an address; empty: there is none."""
    return taken_apart(address).hostname or ""
