"""The outcome of a vote, from the words of the minutes.

What contradicts itself or is only half understood is not guessed.
"""

import re

from generator.model.minutes import Vote

__all__ = ["read_vote"]

_KINDS = {
    "yes": r"(?:ja(?:-?stimmen?)?|(?:stimmen?\s+)?dafür)",
    "no": r"(?:nein(?:-?stimmen?)?|(?:stimmen?\s+)?dagegen|gegenstimmen?)",
    "abstentions": r"(?:enthaltung(?:en)?|enthalten)",
}
_ANY = "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items())
_NUMBER_FIRST = re.compile(rf"\b([0-9]{{1,6}})\s*(?:x\s*|mal\s*)?(?:{_ANY})\b")
_WORD_FIRST = re.compile(rf"\b(?:{_ANY})\s*:?\s*([0-9]{{1,6}})\b")
_LEFT_OVER = re.compile(rf"[0-9]|\b(?:{'|'.join(_KINDS.values())})\b")


def read_vote(text: str) -> Vote | None:
    """Return the vote a text such as „12 Ja, 1 Nein, 2 Enthaltungen“ or „einstimmig“ tells of; None: not understood."""
    words = re.sub(r"\b(?:ohne|keine)\s+(?=gegenstimm|enthaltung)", "0 ", text.lower())
    if re.search(r"\bnicht\b", words):
        return None
    counts = _counts(words)
    if counts is None:
        return None
    yes, no, abstentions = (counts.get(kind) for kind in _KINDS)
    unanimous, majority, carried, rejected = (
        re.search(rf"\b{word}\b", words) is not None
        for word in ("einstimmig", "mehrheitlich", "angenommen", "abgelehnt")
    )
    if carried and rejected:
        return None
    told = unanimous or majority or carried or rejected or (no == 0)
    if yes is None:
        if not told or (unanimous and no):
            return None
        return Vote(yes=None, no=no, abstentions=abstentions, unanimous=unanimous, carried=not rejected)
    no, abstentions = no or 0, abstentions or 0
    if (unanimous and yes and no) or (carried and yes <= no):
        return None
    passes = yes > no and not rejected
    return Vote(
        yes=yes,
        no=no,
        abstentions=abstentions,
        unanimous=unanimous or (passes and no == 0 and abstentions == 0),
        carried=passes,
    )


def _counts(words: str) -> dict[str, int] | None:
    """Return the numbers by what they count; None: one is left over, or counts what another counts already."""
    for pattern in (_NUMBER_FIRST, _WORD_FIRST):
        counts: dict[str, int] = {}
        for found in pattern.finditer(words):
            kind = next(kind for kind in _KINDS if found[kind])
            number = next(group for group in (found[1], found[found.re.groups]) if group and group.isdecimal())
            if kind in counts:
                return None
            counts[kind] = int(number)
        if not _LEFT_OVER.search(pattern.sub("", words)):
            return counts
    return None
