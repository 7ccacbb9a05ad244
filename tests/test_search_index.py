"""The index: the same for the same documents, whatever was known before, and nothing in it that is not public."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from generator.problems import ProblemsFound
from generator.search import pagefind_index
from generator.search.document import Document
from generator.search.grading import GRADES, graded, texts_of, written
from generator.search.language import Meaning
from generator.search.pagefind_index import IndexingFailed, make_index
from generator.search.part import Part, write_parts
from generator.search.remembered import Remembered, recall
from tests.sample import SAMPLE, build

DOCUMENTS = [
    Document(
        url=f"aktuelles/{number}/",
        title=title,
        summary="Die Lenkungsgruppe hat den Bau der Radwege beschlossen.",
        label="Meldung",
        kind="news",
        date=("2026-10-14", "14. Oktober 2026"),
        html="<p>Im Frühjahr beginnen die Arbeiten an der Brücke.</p>",
        facts=("Schulzentrum",),
    )
    for number, title in enumerate(("Radweg Wirmeltal", "Rufbus fährt weiter", "Werkstatt Ortsmitte"))
]


def made(folder: Path, *parts: list[Document]) -> dict[str, bytes]:
    """Make parts of an index below a folder, and return what is published of it."""
    made = [Part(part, folder / str(number), number == 0) for number, part in enumerate(parts)]
    for part in made:
        part.folder.mkdir(parents=True)
    write_parts(made, "de", frozenset({"Lenkungsgruppe"}))
    files = (file for part in made for file in part.folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files if not file.name.startswith(".")}


@pytest.mark.slow
def test_the_same_documents_make_the_same_bytes(tmp_path: Path) -> None:
    assert made(tmp_path / "one", DOCUMENTS) == made(tmp_path / "two", DOCUMENTS)


@pytest.mark.slow
def test_what_was_known_before_changes_nothing(tmp_path: Path) -> None:
    edited = [replace(DOCUMENTS[0], html="<p>Ein Geländer für die Fahrradbrücke.</p>"), *DOCUMENTS[1:]]
    made(tmp_path / "known", DOCUMENTS)
    (tmp_path / "known" / "0").rename(tmp_path / "known" / "before")
    assert made(tmp_path / "known", edited) == made(tmp_path / "new", edited)


@pytest.mark.slow
def test_only_one_part_has_the_program(tmp_path: Path) -> None:
    files = made(tmp_path, DOCUMENTS[:2], DOCUMENTS[2:])
    assert [path for path in files if path.endswith("pagefind.js")] == ["0/pagefind/pagefind.js"]
    assert [path for path in files if path.endswith("pagefind-entry.json")] == [
        "0/pagefind/pagefind-entry.json",
        "1/pagefind/pagefind-entry.json",
    ]


def test_a_part_tells_what_results_show_and_are_filtered_by(tmp_path: Path) -> None:
    files = made(tmp_path, DOCUMENTS)
    table = json.loads(files["0/documents.json"])
    assert [len(table[name]) for name in ("names", "kind", "topics", "municipalities", "day")] == [3] * 5
    assert len(set(table["names"])) == 3
    assert json.loads(files["0/1.json"])["title"] == "Rufbus fährt weiter"
    assert "Brücke" in json.loads(files["0/words/b.json"])
    assert {path[len("0/words/")] for path in files if path.startswith("0/words/")} == set(table["letters"])


def test_the_place_of_a_word_tells_its_grade() -> None:
    words = {word for text, _, _ in texts_of(DOCUMENTS[0]) for word in text}
    meanings = {word: Meaning((word,), ("Teil",) if word == "Lenkungsgruppe" else ()) for word in words}
    places = written(graded(texts_of(DOCUMENTS[0]), meanings, frozenset()), frozenset({"die"})).split()
    starts = [sum(grade.places for grade in GRADES[:number]) for number in range(len(GRADES))]
    assert starts[1] <= places.index("wirmeltal") < starts[2]
    assert starts[2] <= places.index("radwege") < starts[3]
    assert places.index("brucke") >= starts[5]
    assert "die" not in places
    assert "teil" in places


def test_parts_of_names_that_stand_everywhere_are_not_found() -> None:
    meanings = {word: Meaning((word,), ("Gruppe",)) for text, _, _ in texts_of(DOCUMENTS[0]) for word in text}
    proper = frozenset(meanings)
    assert "Gruppe" not in graded(texts_of(DOCUMENTS[0]), meanings, proper)


def test_a_text_without_words_has_no_name() -> None:
    assert [bool(name) for name in make_index(["radweg", "", "rufbus"]).names] == [True, False, True]


def test_a_system_without_pagefind_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind_index, "get_executable", lambda: None)
    with pytest.raises(IndexingFailed, match="Für dieses System gibt es kein Pagefind"):
        make_index(["radweg"])


@pytest.mark.parametrize("length", [1, 100_000], ids=["less than a pipe holds", "more than a pipe holds"])
def test_a_pagefind_that_ends_too_soon_is_told(monkeypatch: pytest.MonkeyPatch, length: int) -> None:
    monkeypatch.setattr(pagefind_index, "get_executable", lambda: Path("/bin/true"))
    with pytest.raises(IndexingFailed, match="nicht fertig"):
        make_index(["radweg " * length])


def test_a_pagefind_that_fails_is_a_problem_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind_index, "get_executable", lambda: None)
    with pytest.raises(ProblemsFound) as found:
        build({**SAMPLE, "neu.md": "---\ntitle: Neu\nsummary: Noch in keiner Suche.\n---\nNeues.\n"})
    assert str(found.value) == (
        "suche:1: Für dieses System gibt es kein Pagefind. Ein Paket „pagefind-bin“ dafür installieren."
    )


@pytest.mark.parametrize("damage", [b"", b"kein marshal", b"N"])
def test_a_damaged_memory_is_found_out_again(damage: bytes, tmp_path: Path) -> None:
    file = tmp_path / "damaged"
    file.write_bytes(damage)
    assert recall([file, tmp_path / "gone"]) == Remembered()
