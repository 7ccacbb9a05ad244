"""The only look at the network from here: at what is published, and at the comments on a change."""

import json
from collections.abc import Mapping
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

__all__ = ["NotFetchedError", "fetched"]

_PATIENCE = 20.0
"""Seconds to wait for an answer."""

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
    told = {"User-Agent": "schaukasten", **(headers or {})}
    data = None if sent is None else json.dumps(sent).encode()
    if data is not None:
        told["Content-Type"] = "application/json"
    try:
        request = Request(address, data=data, headers=told, method=method)  # noqa: S310  # the caller sees to the scheme
        with urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310
            return bytes(answer.read(_MOST))
    except HTTPError as error:
        error.close()
        raise NotFetchedError(f"Der Server antwortet mit {error.code}.") from error
    except (URLError, OSError, ValueError) as error:
        raise NotFetchedError("Der Server antwortet nicht.") from error
