"""The parts of the index: large sites have several, so that an edit and memory are for one of them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from generator.cache import digest
from generator.folders import write_whole
from generator.search.document import Document
from generator.search.folding import fold
from generator.search.grading import Text, graded, texts_of, written
from generator.search.language import Meaning
from generator.search.languages import language_of
from generator.search.lexicon import learned
from generator.search.pagefind_index import make_index
from generator.search.plain_text import blocks
from generator.search.remembered import Known, Remembered, recall

__all__ = ["DICTIONARY", "Part", "write_parts"]

_INDEX = "pagefind/"

_MEMORY = ".remembered"
"""What it took long to find out; a file that is not published."""


DICTIONARY = ".dictionary"
"""The file of the dictionary, which may lie in a folder beside those of the parts."""


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
    - ``documents.json``: what documents are filtered and sorted by, and which letters there are;
    - ``<number>.json``: a document as a result shows it;
    - ``words/<letter>.json``: the words of the index that begin with it, spelled for readers.

    Args:
        parts: the parts, one after the other.
        code: the language's code.
        proper: names that stand everywhere on the site.
    """
    beside = parts[0].folder.parent
    remembered = recall(beside.glob(f"*/{_MEMORY}"))
    meanings = remembered.words
    language = language_of(code)
    # While Pagefind makes the index of a part, which it does in a process of its own, the next part is prepared; only
    # the next, for the memory.
    with ThreadPoolExecutor(max_workers=1) as writing:
        before: Future[None] | None = None
        for part in parts:
            documents = {digest(code, *sorted(proper), document.identity): document for document in part.documents}
            new = {key: texts_of(document) for key, document in documents.items() if key not in remembered.documents}
            words = sorted({word for texts in new.values() for word in _words(texts)})
            meanings |= learned(words, code, language, meanings, beside.glob(f"*/{DICTIONARY}"))
            known = {key: remembered.documents.get(key) or _learn(new[key], meanings, proper) for key in documents}
            memory = Remembered(_needed(known, meanings), known)
            if before is not None:
                before.result()
            before = writing.submit(_write_part, part, code, memory)
        if before is not None:
            before.result()


def _words(texts: Iterable[Text]) -> set[str]:
    return {word for words, _, _ in texts for word in words}


def _learn(texts: Sequence[Text], meanings: Mapping[str, Meaning], proper: frozenset[str]) -> Known:
    return Known(tuple(sorted(_words(texts))), graded(texts, meanings, proper))


def _needed(known: Mapping[bytes, Known], meanings: Mapping[str, Meaning]) -> dict[str, Meaning]:
    return {word: meanings[word] for document in known.values() for word in document.words}


def _write_part(part: Part, code: str, memory: Remembered) -> None:
    known = memory.documents.values()
    stopwords = language_of(code).stopwords
    letters = _by_letter({name for document in known for name in document.grades}, stopwords)
    index = make_index([written(document.grades, stopwords) for document in known])
    files = {
        **{f"{_INDEX}{path}": data for path, data in index.files.items()},
        **{f"{_INDEX}{path}": data for path, data in index.program.items() if part.has_program},
        "documents.json": _json(_table(index.names, part.documents) | {"letters": "".join(letters)}),
        **{f"{number}.json": _json(_shown(document)) for number, document in enumerate(part.documents)},
        **{f"words/{letter}.json": _json(words) for letter, words in letters.items()},
        _MEMORY: memory.pack(),
    }
    for path, data in files.items():
        file = part.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, data)


def _table(names: Sequence[str], documents: Sequence[Document]) -> dict[str, Any]:
    """Return by what documents are known, filtered and sorted, in columns, which are smaller when compressed."""
    return {
        "names": names,
        "kind": [document.kind for document in documents],
        "topics": [document.topics for document in documents],
        "municipalities": [document.municipalities for document in documents],
        "day": [document.date[0] if document.date else "" for document in documents],
    }


def _shown(document: Document) -> dict[str, Any]:
    return {
        "url": document.url,
        "title": document.title,
        "label": document.label,
        "date": document.date,
        "summary": document.summary,
        "text": [*(text for text, _ in blocks(document.html)), *document.facts],
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
