"""How much each word tells of a document, written so that Pagefind carries it.

Pagefind knows where in a document a word stands, and no more. So a document's words are put in the order of what they
tell, each grade at places of its own; where a grade has words to spare, marks fill the gap that Pagefind counts and
does not index.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.search.document import Document
from generator.search.folding import fold
from generator.search.language import Meaning
from generator.search.plain_text import blocks, words

__all__ = ["GRADES", "Grade", "Text", "graded", "texts_of", "written"]


@dataclass(frozen=True, slots=True)
class Grade:
    """A kind of places in a document's text."""

    places: int
    """How many words of this grade there is room for; what finds none is taken for the last grade, which has no end."""

    weight: float
    """How much a word found there counts."""


_SUBJECT, _TITLE, _NEAR, _OFTEN, _PART, _ONCE = range(6)

GRADES = (Grade(16, 12), Grade(32, 9), Grade(64, 5), Grade(96, 3), Grade(192, 1), Grade(0, 2))
"""In the title and often; in the title; in the summary, the keywords or as a part of a word of the title; often or in
headings; only as a part of another word; once or twice."""

_OFTEN_IS = 3
_GAP = "-"


Text = tuple[tuple[str, ...], int, int]
"""The words of a text, the number of their grade, and that of their parts."""


def texts_of(document: Document) -> list[Text]:
    """Return the texts of a document."""
    return [(tuple(words(text)), grade, grade_of_parts) for text, grade, grade_of_parts in _texts(document)]


def _texts(document: Document) -> Iterator[tuple[str, int, int]]:
    # An edition of the newsletter names in its title what others tell.
    yield document.title, _NEAR if document.kind == "edition" else _TITLE, _NEAR
    for text in (document.summary, *document.keywords):
        yield text, _NEAR, _OFTEN
    for text, is_heading in blocks(document.html):
        yield text, _OFTEN if is_heading else _ONCE, _PART
    for text in document.facts:
        yield text, _ONCE, _PART


def graded(texts: Iterable[Text], meanings: Mapping[str, Meaning], proper: frozenset[str]) -> dict[str, int]:
    """Return under which words a document is found, spelled for readers, with the number of the best grade of each.

    Args:
        texts: its texts.
        meanings: what its words mean.
        proper: names that stand everywhere on the site; who looks for a part of one is not looking for the name.
    """
    best: dict[str, int] = {}
    often: Counter[str] = Counter()

    def give(names: Iterable[str], grade: int) -> None:
        for name in names:
            present = best.get(name)
            if present is None or GRADES[grade].weight > GRADES[present].weight:
                best[name] = grade

    for found, grade, grade_of_parts in texts:
        for word in found:
            meaning = meanings[word]
            give(meaning.names, grade)
            often.update(meaning.names)
            if word not in proper:
                give(meaning.related, grade_of_parts)
    for name, times in often.items():
        if times >= _OFTEN_IS:
            give([name], _SUBJECT if best[name] == _TITLE else _OFTEN)
    return best


def written(grades: Mapping[str, int], stopwords: frozenset[str]) -> str:
    """Return the text of a document for Pagefind."""
    by_grade: list[list[str]] = [[] for _ in GRADES]
    taken = set(stopwords)
    for name, grade in sorted(grades.items(), key=lambda item: (-GRADES[item[1]].weight, item[0])):
        folded = fold(name)
        if folded not in taken:
            taken.add(folded)
            full = len(by_grade[grade]) == GRADES[grade].places
            by_grade[-1 if full else grade].append(folded)
    return " ".join(word for grade, found in zip(GRADES, by_grade, strict=True) for word in _filled(found, grade))


def _filled(found: Sequence[str], grade: Grade) -> Iterator[str]:
    yield from found
    yield from [_GAP] * (grade.places - len(found))
