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
from generator.search.pagefind_index import make_index
from generator.search.plain_text import blocks

__all__ = ["Part", "write_parts"]

_INDEX = "pagefind/"

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
        _write_part(part, language, meanings, proper)


def _write_part(part: Part, language: Language, meanings: Mapping[str, Meaning], proper: frozenset[str]) -> None:
    grades = [graded(texts_of(document), meanings, proper) for document in part.documents]
    letters = _by_letter({name for grade in grades for name in grade}, language.stopwords)
    index = make_index([written(grade, language.stopwords) for grade in grades])
    rows = [_row(name, document) for name, document in zip(index.names, part.documents, strict=True)]
    kept = {word: (meanings[word].names, meanings[word].related) for word in sorted(_words(part))}
    files = {
        **{f"{_INDEX}{path}": data for path, data in index.files.items()},
        **{f"{_INDEX}{path}": data for path, data in index.program.items() if part.has_program},
        "documents.json": _json({"documents": rows, "letters": "".join(letters)}),
        **{f"{number}.json": _json(_shown(document)) for number, document in enumerate(part.documents)},
        **{f"words/{letter}.json": _json(found) for letter, found in letters.items()},
        _MEMORY: marshal.dumps(kept),
    }
    for path, data in files.items():
        file = part.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


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


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
