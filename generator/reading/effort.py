"""What Markdown would need minutes for: told before it is asked to.

Python-Markdown's work grows with the square of what stands in a text without an end, or again and again. Nobody writes
that; programs do, and so does a cat on a keyboard.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from generator.problems import Problem

__all__ = ["check_effort"]

_SIGN = re.compile(r"\\.|\]\(|\]\[|[\[\]()<>]", re.DOTALL)
_NOTE = re.compile(r"\[\^([^\]\n]{1,100})\]")
_ABBREVIATION = re.compile(r"^ {0,3}\*\[", re.MULTILINE)

_MOST_CHARACTERS = 2_000_000
"""How many characters may be looked through for the ends of a paragraph's brackets; it takes half a second."""

_MOST_SEARCHES = 100_000
"""How often the end of an element may be looked for in a paragraph: at each comment, for all that are open there."""

_MOST_NOTES = 100
"""How often a text may refer to the same footnote."""

_MOST_ABBREVIATIONS = 1000


def check_effort(body: str, first_line: int, place: str) -> Iterator[Problem]:
    """Yield a problem for each thing in a text that is too much for Markdown.

    Args:
        body: Markdown.
        first_line: the line of the file on which it begins.
        place: the file.
    """

    def line(position: int) -> int:
        return first_line + body.count("\n", 0, position)

    # What is little for the whole text as one paragraph is little for each.
    for number, paragraph in _paragraphs(body, first_line) if _at_most(body) > _MOST_CHARACTERS else ():
        # For each bracket Markdown looks for its end, at worst to the paragraph's. Links, of which there may be
        # hundreds, end soon.
        if _looked_through(paragraph) > _MOST_CHARACTERS:
            yield Problem(
                place,
                number,
                "In diesem Absatz stehen zu viele Klammern, die sehr spät oder gar nicht enden.",
                "Die Klammern [ und < schließen, den Absatz teilen oder vor jede „\\“ setzen.",
            )
    for number, paragraph in _paragraphs(body, first_line) if _searches(body) > _MOST_SEARCHES else ():
        if _searches(paragraph) > _MOST_SEARCHES:
            yield Problem(
                place,
                number,
                "In diesem Absatz stehen zu viele Elemente und Kommentare von HTML.",
                "Die Kommentare „<!-- … -->“ entfernen oder den Absatz teilen.",
            )
    for name, times in Counter(note[1] for note in _NOTE.finditer(body)).items():
        if times > _MOST_NOTES:
            yield Problem(
                place,
                line(body.index(f"[^{name}]")),
                f"Die Fußnote „{name}“ kommt {times}-mal vor.",
                f"Höchstens {_MOST_NOTES}-mal auf dieselbe Fußnote verweisen.",
            )
    abbreviations = list(_ABBREVIATION.finditer(body)) if "*[" in body else []
    if len(abbreviations) > _MOST_ABBREVIATIONS:
        yield Problem(
            place,
            line(abbreviations[0].start()),
            f"Der Text erklärt {len(abbreviations)} Abkürzungen.",
            f"Auf höchstens {_MOST_ABBREVIATIONS} kürzen.",
        )


def _paragraphs(body: str, first_line: int) -> Iterator[tuple[int, str]]:
    """Yield each run of lines that are not empty, with the number of its first line."""
    for has_words, lines in groupby(enumerate(body.split("\n"), start=first_line), lambda line: bool(line[1].strip())):
        if has_words:
            paragraph = list(lines)
            yield paragraph[0][0], "\n".join(text for _, text in paragraph)


def _searches(text: str) -> int:
    comments = text.count("<!--")
    return comments and comments * (text.count("<") - comments)


def _at_most(text: str) -> int:
    """Return what `_looked_through` cannot exceed."""
    return (text.count("[") + text.count("](") + text.count("<")) * len(text)


def _looked_through(paragraph: str) -> int:
    """Return how many characters lie between brackets and their ends, each counted for every bracket around it."""
    if _at_most(paragraph) <= _MOST_CHARACTERS:
        return 0
    total = 0
    square: list[int] = []
    round_: list[int] = []
    angle: list[int] = []
    for sign in _SIGN.finditer(paragraph):
        at = sign.start()
        for closing, opened in (("]", square), (")", round_), (">", angle)):
            if sign[0].startswith(closing) and opened:
                total += at - opened.pop()
        for opening, opened in (("[", square), ("](", round_), ("<", angle)):
            if sign[0].endswith(opening):
                opened.append(at)
    return total + sum(len(paragraph) - start for start in (*square, *round_, *angle))
