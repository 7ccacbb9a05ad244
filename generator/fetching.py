"""The only look at the network from here: at what is published, and at the comments on a change."""

import json
from collections.abc import Mapping
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

__all__ = ["NotFetchedError", "fetched", "fetched_text"]

_PATIENCE = 20.0
"""Seconds to wait for an answer."""

_NAME = "schaukasten"
_USUAL_CHARSET = "iso-8859-1"
"""Of a text whose header names none, for programs that go by the rule of old (RFC 2616, section 3.7.1)."""

_MOST = 64 << 20
"""More bytes are not what was asked for."""


class NotFetchedError(Exception):
    """There is nothing to be had; the message is a German sentence."""


def fetched(
    address: str,
    *,
    headers: Mapping[str, str] | None = None,
    method: str = "GET",
    sent: Mapping[str, str] | None = None,
) -> bytes:
    """Return the answer at an address of the web.

    Args:
        address: an address with ``https`` or ``http``.
        headers: what is told besides.
        method: what is done there.
        sent: what is sent, as JSON.

    Raises:
        NotFetchedError: there is nothing, it is refused, or nobody answers.
    """
    told = {"User-Agent": _NAME, **(headers or {})}
    data = None if sent is None else json.dumps(sent).encode()
    if data is not None:
        told["Content-Type"] = "application/json"
    return _answer(address, told, method, data)[0]


def fetched_text(address: str) -> str:
    """Return the text at an address of the web as programs read it that go by what its header says.

    Raises:
        NotFetchedError: as `fetched`.
    """
    data, charset = _answer(address, {"User-Agent": _NAME})
    return data.decode(charset or _USUAL_CHARSET, "replace")


def _answer(
    address: str, headers: Mapping[str, str], method: str = "GET", data: bytes | None = None
) -> tuple[bytes, str | None]:
    """Return what comes, and the encoding that its header names."""
    try:
        request = Request(address, data=data, headers=dict(headers), method=method)  # noqa: S310  # the caller sees to it
        with urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310
            return bytes(answer.read(_MOST)), answer.headers.get_content_charset()
    except HTTPError as error:
        error.close()
        raise NotFetchedError(f"Der Server antwortet mit {error.code}.") from error
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise NotFetchedError("Der Server antwortet nicht.") from error
