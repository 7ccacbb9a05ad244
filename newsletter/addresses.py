"""Addresses as every program understands them: in ASCII, without anything that ends a link too early."""

import re
from urllib.parse import quote

from newsletter.refusal import Refusal

__all__ = ["ascii_address", "host_of"]

_KEPT = "!#$%&'()*+,/:;=?@[]~"
"""What may stand in an address (RFC 3986); ``%`` too, for what is escaped already stays as it is."""

_WEB_ADDRESS = re.compile(r"(https?://(?:[^/?#@]*@)?)([^/?#@]+)(.*)", re.IGNORECASE | re.DOTALL)
_HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")


def ascii_address(address: str) -> str:
    """Return a web address as a URI (RFC 3987, section 3.1), any other address without spaces and braces.

    Raises:
        Refusal: the host's name cannot be written in ASCII.
    """
    if not address.lower().startswith(("http://", "https://")):
        return quote(address, safe=_KEPT)
    before, host, after = _divided(address)
    return before + (host if host.isascii() else _ascii_host(host, address)) + quote(after, safe=_KEPT)


def host_of(address: str) -> str:
    """Return the name of a web address's host, in ASCII and lower case.

    Raises:
        Refusal: there is none.
    """
    host = _ascii_host(_divided(address)[1].partition(":")[0], address)
    if not _HOST_NAME.fullmatch(host):
        raise _refused(address)
    return host


def _divided(address: str) -> tuple[str, str, str]:
    """Return what stands before the host, the host with its port, and the rest."""
    parts = _WEB_ADDRESS.fullmatch(address)
    if parts is None:
        raise _refused(address)
    return parts[1], parts[2], parts[3]


def _ascii_host(host: str, address: str) -> str:
    name, colon, port = host.lower().partition(":")
    try:
        encoded = name.encode("idna")
    except UnicodeError:
        raise _refused(address) from None
    # Python knows the rules of 2003, by which „ß“ became „ss“; today these are two names.
    if encoded.decode("idna") != name and not name.isascii():
        raise _refused(address)
    return encoded.decode() + colon + port


def _refused(address: str) -> Refusal:
    return Refusal(
        f"Der Rechnername in „{address}“ lässt sich nicht in einer Mail schreiben.",
        "Die Adresse vollständig schreiben, den Rechnernamen notfalls in der Form „xn--…“.",
    )
