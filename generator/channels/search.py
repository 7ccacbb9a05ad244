"""The page of the search, and the index that its script reads."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from generator.cache import digest
from generator.channels.output import File, LazyFolders, Shown, page
from generator.channels.search_documents import KINDS, documents
from generator.channels.structured_data.pages import page_data
from generator.channels.view import Data, View
from generator.model.cooperation import Cooperation
from generator.model.site import PublicSite
from generator.problems import Problem, ProblemsFound
from generator.search.document import Document
from generator.search.grading import GRADES
from generator.search.languages import language_of
from generator.search.plain_text import words

__all__ = ["SCRIPT_WORDS", "search"]

_INDEX = "index/"
_DICTIONARY = f"{_INDEX}dictionary/"
"""A folder of which nothing is published."""

_IN_A_PART = 350
"""Documents in a part of the index. Pagefind needs a quarter of a megabyte for each of them; but a search reads a piece
of each part."""

_NEWEST = 64
"""At most so many documents, the newest, are a part of their own: an edit waits until a part is made anew, and it is
mostly new texts that are edited."""

SCRIPT_WORDS = (
    "title one many instead partly none tips tip_spelling tip_fewer tip_other without_filters without_filters_one "
    "searching empty failed again more"
).split()
"""What the script says, and fills in itself."""


def search(site: PublicSite) -> Iterator[File | LazyFolders]:
    """Make the page of the search, and its index in parts, unless the settings do without."""
    if not site.layout.search:
        return
    view = View(site)
    code, proper = view.words.language, frozenset(_proper(site.cooperation))

    @cache
    def found() -> list[Document]:
        # Asked for when somebody searches: in a preview, hardly ever.
        return documents(view)

    def parts() -> Mapping[str, Sequence[Document]]:
        return {f"{view.at.search}{_INDEX}{number}/": part for number, part in enumerate(_parts(found()))}

    def named() -> Mapping[str, bytes]:
        shared = digest(code, *sorted(proper))
        whole = {path: digest(shared, path, *(one.identity for one in part)) for path, part in parts().items()}
        return {view.at.search + _DICTIONARY: digest(code), **whole}

    yield page(view.at.search, lambda: _shown(view, found(), len(parts())), listed=False)
    yield LazyFolders(named=named, make=lambda folders: _write(parts(), code, proper, folders))


def _parts(found: Sequence[Document]) -> Iterator[Sequence[Document]]:
    """Yield the documents of each part, which stay the same when new ones come at the end, but for the last parts."""
    newest = len(found) - 1 - (len(found) - 1) % _NEWEST
    for start in range(0, newest, _IN_A_PART):
        yield found[start : min(start + _IN_A_PART, newest)]
    yield found[newest:]


def _proper(cooperation: Cooperation) -> Iterator[str]:
    """Yield the words of the names that stand everywhere."""
    municipalities = (item.name for item in cooperation.municipalities)
    committees = (item.name for item in cooperation.committees)
    for name in (cooperation.name, *municipalities, *committees):
        yield from words(name)


def _write(
    parts: Mapping[str, Sequence[Document]], code: str, proper: frozenset[str], folders: Mapping[str, Path]
) -> None:
    # Imported where it is needed, for Pagefind's client takes as long as reading a hundred texts.
    from generator.search.dictionary import keep_dictionary  # noqa: PLC0415
    from generator.search.pagefind_index import IndexingFailed  # noqa: PLC0415
    from generator.search.part import DICTIONARY, Part, write_parts  # noqa: PLC0415

    for path in folders.keys() - parts.keys():
        keep_dictionary(code, folders[path] / DICTIONARY)
    first = next(iter(parts))
    new = [Part(part, folders[path], path == first) for path, part in parts.items() if path in folders]
    try:
        if new:
            write_parts(new, code, proper)
    except IndexingFailed as error:
        message, _, remedy = str(error).partition(". ")
        raise ProblemsFound([Problem(first.partition("/")[0], 1, f"{message}.", remedy)]) from error


def _shown(view: View, found: Sequence[Document], parts: int) -> Shown:
    cooperation = view.site.cooperation
    years = sorted({document.date[0][:4] for document in found if document.date}, reverse=True)
    used = {document.kind for document in found}
    shown: Data = {
        "title": view.words("nav.search"),
        "description": view.words("search.description"),
        "breadcrumbs": [],
    }
    return "search.html", shown | {
        "type": "search",
        "structured_data": page_data(view, "SearchResultsPage", view.at.search, shown),
        "filters": [
            _filter(view, "kind", [(kind, view.words(f"search.kind_{kind}")) for kind in KINDS if kind in used]),
            _filter(view, "topic", [(topic.id, topic.name) for topic in cooperation.topics]),
            _filter(view, "municipality", [(item.id, item.name) for item in cooperation.municipalities]),
            _filter(view, "year", [(year, year) for year in years]),
        ],
        "script_words": {name: view.words(f"search.{name}") for name in SCRIPT_WORDS},
        "index": _settings(view.words.language, parts),
    }


def _filter(view: View, name: str, options: Sequence[tuple[str, str]]) -> Data:
    return {
        "name": name,
        "title": view.words(f"search.{name}"),
        "options": [{"value": value, "title": title} for value, title in options],
    }


def _settings(code: str, parts: int) -> Data:
    """Return what the script must know of the index and of the language."""
    language = language_of(code)
    places, starts = 0, []
    for grade in GRADES:
        starts.append([places, grade.weight])
        places += grade.places
    return {
        "parts": [f"{_INDEX}{number}/" for number in range(parts)],
        "grades": starts,
        "endings": [list(table.items()) for table in language.endings],
        "stopwords": " ".join(sorted(language.stopwords)),
    }
