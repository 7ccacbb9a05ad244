"""The words of finished HTML."""

import re
from collections.abc import Iterator
from html import unescape

__all__ = ["SHARED", "Block", "blocks", "words"]

SHARED = "…"
"""Stands in a word for what it shares with the next: „Fuß- und Radweg“ has „Fuß…Radweg“ for a word."""

_LEFT_OUT = re.compile(r"<sup\b[^>]*>.*?</sup>|<a\b[^>]*footnote-backref[^>]*>.*?</a>", re.DOTALL)
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|td|th|dt|dd|blockquote|caption|figcaption|div|pre)>|<br\b[^>]*>")
_HEADING = re.compile(r"<h[1-6]\b")
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*-?")
_ADDRESS = re.compile(r"\S+@\S+|\b(?:[\w-]+\.)+[a-z]{2,}\b(?:/\S*)?")
_HYPHEN = re.compile(r"[-\u2010\u2011]")
_SHARED_END = re.compile(r"\b([^\W\d_]+)- (?:und|oder|bis|bzw\.) ([^\W\d_]+)")

Block = tuple[str, bool]
"""The text of a paragraph, cell or heading, and whether it is a heading."""


def blocks(html: str) -> Iterator[Block]:
    """Yield the texts of finished HTML, without the marks of footnotes."""
    for block in _BLOCK_END.split(_LEFT_OUT.sub("", html)):
        text = " ".join(unescape(_TAG.sub(" ", block)).split())
        if text:
            yield text, bool(_HEADING.search(block))


def words(text: str) -> Iterator[str]:
    """Yield the words of a text; numbers are words, addresses of mails and pages are not.

    A word with hyphens comes whole and in its parts; one that shares its end with another comes with that one, too
    (`SHARED`).
    """
    text = _ADDRESS.sub(" ", text) if "." in text else text
    for word in _WORD.findall(text):
        if "-" in word or not word.isalnum():
            yield from _parts(word)
        elif len(word) > 1:
            yield word
    if "- " in text:
        for first, second in _SHARED_END.findall(text):
            yield f"{first}{SHARED}{second}"


def _parts(word: str) -> Iterator[str]:
    parts = [part for part in _HYPHEN.split(word) if part]
    if len(parts) > 1:
        yield parts[0] + "".join(parts[1:]).lower()
    yield from (part for part in parts if len(part) > 1)
