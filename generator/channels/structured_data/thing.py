"""Things in the words of schema.org, and how a page carries them."""

from collections.abc import Iterable
from typing import Any

from pydantic_core import to_json

__all__ = ["Thing", "linked_data", "thing"]

Thing = dict[str, Any]

_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
"""What could end a data block in HTML or begin something in it; the same text to every reader of JSON."""


def thing(kind: str, name: str | None = None, /, **properties: Any) -> Thing:
    """Return a thing with those of its properties that are known.

    Args:
        kind: its type.
        name: the address that stands for it, by which others refer to it.
        properties: what is stated of it; what is None or empty is not.
    """
    stated = {"@type": kind, "@id": name, **properties}
    return {key: value for key, value in stated.items() if value is not None and value not in ("", [])}


def linked_data(things: Iterable[Thing]) -> str:
    """Return the content of a ``<script type="application/ld+json">`` (JSON-LD 1.1, 7); no text can break out of it."""
    text = to_json({"@context": "https://schema.org", "@graph": list(things)}).decode()
    for sign, escape in _ESCAPED.items():
        text = text.replace(sign, escape)
    return text
