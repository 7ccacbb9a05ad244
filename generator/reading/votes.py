"""The outcome of a vote, from the words of the minutes."""

import re

from generator.model.minutes import Vote

__all__ = ["read_vote"]

_YES = r"(?:Ja(?:-?Stimmen?)?|dafür)"
_NO = r"(?:Nein(?:-?Stimmen?)?|dagegen|Gegenstimmen?)"
_ABSTENTIONS = r"(?:Enthaltung(?:en)?|enthalten)"


def _count(word: str, text: str, *, word_first: bool) -> int | None:
    pattern = rf"\b{word}\s*:?\s*(\d{{1,6}})\b" if word_first else rf"\b(\d{{1,6}})\s*(?:x\s*|mal\s*)?{word}\b"
    found = re.search(pattern, text, re.IGNORECASE)
    return int(found[1]) if found else None


def read_vote(text: str) -> Vote | None:
    """Return the vote a text such as „12 Ja, 1 Nein, 2 Enthaltungen“ or „einstimmig“ tells of; None: not understood."""
    unanimous = re.search(r"\beinstimmig\b", text, re.IGNORECASE) is not None
    majority = re.search(r"\bmehrheitlich\b|\bangenommen\b", text, re.IGNORECASE) is not None
    rejected = re.search(r"\babgelehnt\b", text, re.IGNORECASE) is not None
    without = re.sub(r"\b(?:ohne|keine)\s+(?=Gegenstimm|Enthaltung)", "0 ", text, flags=re.IGNORECASE)
    word_first = re.match(rf"\s*(?:{_YES}|{_NO})\b", without, re.IGNORECASE) is not None
    yes, no, abstentions = (_count(word, without, word_first=word_first) for word in (_YES, _NO, _ABSTENTIONS))
    if yes is None and not (unanimous or majority or rejected):
        return None
    carried = not rejected and (yes is None or yes > (no or 0))
    if yes is not None:
        no, abstentions = no or 0, abstentions or 0
        unanimous = unanimous or (carried and no == 0 and abstentions == 0)
    return Vote(yes=yes, no=no, abstentions=abstentions, unanimous=unanimous, carried=carried)
