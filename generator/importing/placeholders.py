"""What stands in a text for something that only its author can put there; a release refuses it."""

import re
from collections.abc import Iterator, Mapping

__all__ = ["placeholder", "placeholders_in", "remedy"]

_FORBIDDEN = re.compile(r"[‹›\s<>{}\[\]`*]+")
_PLACEHOLDER = re.compile("‹([^‹›\n]+)›")
_LONGEST = 120

_REMEDIES: Mapping[str, str] = {
    "Shortcode": "Was dort zu sehen war, von Hand schreiben, oder die Stelle löschen.",
    "Liquid": "Was dort zu sehen war, von Hand schreiben, oder die Stelle löschen.",
    "Block": "Was dort zu sehen war, von Hand schreiben, oder die Stelle löschen.",
    "Eingebettet": "Einen Link auf den Inhalt setzen oder die Stelle löschen.",
    "Link": "Den Link neu setzen oder die Stelle löschen; dieses Ziel wurde nicht übernommen.",
    "Bild": "Das Bild in content/bilder/ legen und hier einsetzen, oder die Stelle löschen.",
    "Datei": "Die Datei in content/anlagen/ legen und hier verlinken, oder die Stelle löschen.",
    "Rest": "Den Rest des Textes ergänzen.",
    "Alternativtext": "Beschreiben, was auf dem Bild zu sehen ist.",
}


def placeholder(kind: str, what: str) -> str:
    """Return a placeholder: ``‹Shortcode: gallery dir="fest"›``.

    Args:
        kind: what is missing, one of the words that have a remedy.
        what: what stood there; only what can stand in Markdown without meaning anything is kept.
    """
    words = " ".join(_FORBIDDEN.sub(" ", what).split())
    return f"‹{kind}: {words if len(words) <= _LONGEST else words[:_LONGEST] + '…'}›"


def placeholders_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line, counted from 1, and the words of each placeholder in a text."""
    for number, line in enumerate(text.split("\n"), start=1):
        for found in _PLACEHOLDER.finditer(line):
            yield number, found[1]


def remedy(words: str) -> str:
    """Return what is to be done about a placeholder (a German sentence)."""
    return _REMEDIES.get(words.partition(":")[0], "Ausfüllen.")
