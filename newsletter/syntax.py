"""What sending engines take for their own in a text, and how an author's text stays text."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from newsletter.letter import MERGE

__all__ = ["ANY", "CURLY", "GO", "LIQUID", "NONE", "OWN", "STARRED", "Syntax"]

_NOTHING = r"(?!)"
_PARTED = "\u200c"
"""A zero-width non-joiner: it is not seen, and no engine knows a tag with one in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Syntax:
    """How an engine's tags begin, as patterns of what must not stand in authored text as it is."""

    html: str = _NOTHING
    """In HTML, where numeric character references take its place."""

    text: str = _NOTHING
    header: str = _NOTHING
    literal: Callable[[str], str] = str
    """Text or header: what is written so that the engine puts out what was found."""

    comment: Callable[[str], str] | None = None
    """How a piece of a comment in HTML is written, where the engine would drop it."""


def _go_string(text: str) -> str:
    # A string of JSON is one of Go. listmonk looks for its shorthands within strings too.
    return json.dumps(text, ensure_ascii=False).replace("{{", "{\\u007b").replace("@TrackLink", "\\u0040TrackLink")


def _safe(text: str) -> str:
    return f"{{{{ Safe {_go_string(text)} }}}}"


def _quoted(text: str) -> str:
    return f'{{{{ "{text}" }}}}'


def _by_go(text: str) -> str:
    return _safe(text) if text == "<" else _quoted(text)


def _parted(text: str) -> str:
    return text + _PARTED


NONE = Syntax()
"""Nothing is replaced."""

GO = Syntax(
    html=r"\{|@(?=TrackLink)",
    # listmonk reads the text part as HTML: a „<“ would begin an element, and be refused where that does not end.
    text=r"\{+|@(?=TrackLink)|<",
    header=r"\{+|@(?=TrackLink)",
    literal=_by_go,
    comment=_safe,
)
"""Go's templates as listmonk uses them: ``html/template`` drops comments, and with them all that is for Outlook."""

LIQUID = Syntax(html=r"\{", text=r"\{+", header=r"\{+", literal=_quoted)
"""Liquid, and what is like it: Django's and Jinja's templates."""

CURLY = Syntax(html=r"\{(?=\w)", text=r"\{(?=\w)", header=r"\{(?=\w)", literal=_parted)
"""``{NAME}``, without a way to say it literally."""

STARRED = Syntax(html=r"\*(?=\|)", text=r"\*(?=\|)", header=r"\*(?=\|)", literal=_parted)
"""``*|NAME|*``, without a way to say it literally."""

_OWN = r"\{(?=\{schaukasten\.)"
OWN = Syntax(html=_OWN, text=_OWN, header=_OWN, literal=_parted)
"""``{{schaukasten.name}}``, which our own delivery fills in for each recipient."""

_TOKENS = "|".join(map(re.escape, MERGE.values()))
_ANY = rf"\{{(?=[{{%#\w])|\*(?=\|)|\[(?=\[)|\$(?=\{{)|%(?=%)|#(?=#)|[{{\[*$%#](?={_TOKENS})"
ANY = Syntax(html=_ANY, text=_ANY, header=_ANY, literal=_parted)
"""An engine of which nothing is known: whatever is usual."""
