"""The summary of a text: what it says itself, else how it begins – as the system that it comes from showed it."""

import re
from html import unescape

__all__ = ["beginning", "shortened"]

_LONGEST = 300
_SENTENCE_END = re.compile(r"(?<=[.!?…“])\s+(?=[„A-ZÄÖÜ0-9])")
_ABBREVIATED = re.compile(r"(?:\b\d{1,2}|\b[A-Za-z]|\b(?:bzw|ca|Dr|Nr|Prof|St|Str|Tel|usw|vgl))\.$")
_MARKUP = re.compile(r"!\[[^\[\]]*\]\([^()]*\)|<[^<>]*>|[*_`\\]|\{[^{}]*\}")
_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\([^()]*\)")
_NO_PROSE = ("#", ">", "-", "*", "|", "`", "~", "!", "<", ":", "[^", "1.", "‹")


def shortened(text: str) -> str:
    """Return the whole sentences at the beginning of a text that fit; empty: not even one does."""
    words = " ".join(text.split())
    if len(words) <= _LONGEST:
        return words
    kept = ""
    # Of what is cut off here, not even a part could fit.
    for sentence in _sentences(words[: 2 * _LONGEST]):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > _LONGEST:
            break
        kept = longer
    return kept


def beginning(body: str) -> str:
    """Return the first sentences of a text's first paragraph; empty: it does not begin with one."""
    for paragraph in re.split(r"\n\s*\n", body):
        if paragraph.strip() and not paragraph.lstrip().startswith(_NO_PROSE):
            plain = unescape(_MARKUP.sub("", _LINK.sub(r"\1", paragraph)))
            words = " ".join(plain.split())
            return shortened(words) if words.endswith((".", "!", "?", "…", "“")) and "‹" not in words else ""
    return ""


def _sentences(text: str) -> list[str]:
    sentences: list[str] = []
    for part in _SENTENCE_END.split(text):
        if sentences and _ABBREVIATED.search(sentences[-1]):
            sentences[-1] += f" {part}"
        else:
            sentences.append(part)
    return sentences
