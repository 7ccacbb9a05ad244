"""The parts of the index: small sites have few and large ones many, so that an edit and memory are for one of them."""

import json
import marshal
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from generator.search.document import Document
from generator.search.folding import fold
from generator.search.grading import graded, texts_of, written
from generator.search.language import Language, Meaning
from generator.search.languages import language_of
from generator.search.lexicon import learned
from generator.search.pagefind_index import names_of, write_index
from generator.search.plain_text import blocks

__all__ = ["Part", "write_parts"]

_INDEX = "pagefind"
_WORDS = "words"

_MEMORY = ".words"
"""What words meant, for the next time; a file that is not published."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the index to be made."""

    documents: Sequence[Document]
    folder: Path
    """Where to put it; it must be empty. In the folders beside it, other parts may lie."""

    has_program: bool
    """Whether Pagefind's program lies in it, which one part must have."""


def write_parts(parts: Sequence[Part], code: str, proper: frozenset[str]) -> None:
    """Write parts of the index, what there is to show of each document, and the words to choose from for who mistypes.

    - ``pagefind/``: Pagefind's index, and in one part its program;
    - ``documents.json``: for each document its name in the index, kind, topics, municipalities, day; and the letters;
    - ``<number>.json``: a document as a result shows it;
    - ``words/<letter>.json``: the words of the index that begin with it, spelled for readers.

    Args:
        parts: the parts, each made by itself when the meanings of all words are known.
        code: the language's code.
        proper: names that stand everywhere on the site.
    """
    language = language_of(code)
    words = {word for part in parts for word in _words(part)}
    meanings = learned(sorted(words), code, language, _remembered(parts))
    for part in parts:
        write_index(_write_texts(part, language, meanings, proper), part.folder / _INDEX)
        _write_table(part)


def _write_texts(
    part: Part, language: Language, meanings: Mapping[str, Meaning], proper: frozenset[str]
) -> list[str]:
    """Write what there is to show, the words to choose from and their meanings, and return the texts to be indexed."""
    grades = [graded(texts_of(document), meanings, proper) for document in part.documents]
    for number, document in enumerate(part.documents):
        _write_json(part.folder / f"{number}.json", _shown(document))
    (part.folder / _WORDS).mkdir()
    for letter, found in _by_letter({name for grade in grades for name in grade}, language.stopwords).items():
        _write_json(part.folder / _WORDS / f"{letter}.json", found)
    kept = {word: (meanings[word].names, meanings[word].related) for word in sorted(_words(part))}
    (part.folder / _MEMORY).write_bytes(marshal.dumps(kept))
    return [written(grade, language.stopwords) for grade in grades]


def _write_table(part: Part) -> None:
    """Write the table of the documents, which holds by what names Pagefind knows them, and of the letters."""
    letters = "".join(sorted(file.stem for file in (part.folder / _WORDS).iterdir()))
    names = names_of(len(part.documents), part.folder / _INDEX, has_program=part.has_program)
    rows = [_row(name, document) for name, document in zip(names, part.documents, strict=True)]
    _write_json(part.folder / "documents.json", {"documents": rows, "letters": letters})


def _words(part: Part) -> set[str]:
    """Return all words of a part, as the texts spell them."""
    return {word for document in part.documents for found, _, _ in texts_of(document) for word in found}


def _remembered(parts: Sequence[Part]) -> dict[str, Meaning]:
    """Return what the makers of other parts, or of earlier states of these, had to look up."""
    known: dict[str, Meaning] = {}
    for file in parts[0].folder.parent.glob(f"*/{_MEMORY}"):
        with suppress(OSError):  # another build may clear up meanwhile
            kept = marshal.loads(file.read_bytes())  # noqa: S302  # our own cache
            known |= {word: Meaning(*meaning) for word, meaning in kept.items()}
    return known


def _row(name: str, document: Document) -> list[Any]:
    date = document.date[0] if document.date else ""
    return [name, document.kind, document.topics, document.municipalities, date]


def _shown(document: Document) -> dict[str, Any]:
    text = [text for text, _ in blocks(document.html)]
    return {
        "url": document.url,
        "title": document.title,
        "label": document.label,
        "date": document.date,
        "summary": document.summary,
        "text": [*text, *document.facts],
    }


def _by_letter(words: Iterable[str], stopwords: frozenset[str]) -> dict[str, list[str]]:
    """Return the words by the first letter that they have in the index; of those that are one there, one."""
    spelled = {fold(word): word for word in sorted(words)}
    letters: dict[str, list[str]] = defaultdict(list)
    for folded, word in sorted(spelled.items()):
        if folded[0] in ascii_lowercase and folded not in stopwords:
            letters[folded[0]].append(word)
    return letters


def _write_json(file: Path, data: Any) -> None:
    file.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
