"""What words mean to the search."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from generator.search.dictionary import keep_dictionary
from generator.search.folding import fold
from generator.search.german import GERMAN
from generator.search.language import Meaning
from generator.search.languages import language_of
from generator.search.lexicon import learned
from generator.search.plain_text import SHARED, blocks, words
from tests.project import ROOT, load_cases

CASES = load_cases("search-words")
FORMS = {
    "Radwege": "Radweg",
    "Rufbusse": "Rufbus",
    "Rufbusses": "Rufbus",
    "Kindern": "Kind",
    "Häuser": "Haus",
    "Bürgerinnen": "Bürger",
    "Ärztinnen": "Arzt",
    "Förderungen": "Förderung",
    "gefördert": "fördern",
    "kostet": "kosten",
    "beantragte": "beantragen",
    "wandert": "wandern",
    "gemeinsamer": "gemeinsam",
}
"""Words as they are typed, and one that must be looked for then."""

FOLD_ALL = """async ([source, words]) => {
    const { fold } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
    return words.map(fold);
}"""


@cache
def german() -> dict[str, Meaning]:
    return learned(CASES["german"], "de", GERMAN, {})


@pytest.mark.parametrize(("word", "meaning"), CASES["german"].items())
def test_a_german_word_is_found_under_its_names_and_parts(word: str, meaning: dict[str, list[str]]) -> None:
    found = german()[word]
    assert list(found.names) == meaning["names"]
    assert list(found.related) == meaning.get("related", [])


@pytest.mark.parametrize(("typed", "meant"), FORMS.items())
def test_a_form_leads_to_its_word(typed: str, meant: str) -> None:
    assert fold(meant) in GERMAN.reachable(fold(typed))


def test_a_word_that_no_form_leads_to_is_found_as_it_is_written() -> None:
    assert learned(["ging"], "de", GERMAN, {})["ging"].names == ("gehen", "ging")


def test_what_is_known_is_not_looked_up() -> None:
    known = {"Radwege": Meaning(("sonst etwas",))}
    assert learned(["Radwege", "2027"], "xx", GERMAN, known) == {**known, "2027": Meaning(("2027",))}


@pytest.mark.slow
def test_a_kept_dictionary_tells_the_same(tmp_path: Path) -> None:
    kept, damaged = tmp_path / "kept", tmp_path / "damaged"
    keep_dictionary("de", kept)
    damaged.write_bytes(kept.read_bytes()[:1000])
    words = ["Häuser", "Leerstandssprechstunden", "ging"]
    assert learned(words, "de", GERMAN, {}, [tmp_path / "gone", damaged, kept]) == learned(words, "de", GERMAN, {})
    # Nothing else is asked when it is there.
    assert learned(words, "xx", GERMAN, {}, [kept]) == learned(words, "de", GERMAN, {})


def test_english_words_have_their_base_forms() -> None:
    assert learned(["Cities"], "en", language_of("en"), {})["Cities"].names[0].lower() == "city"


@pytest.mark.parametrize(("word", "folded"), CASES["folding"].items())
def test_folding(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.slow
def test_a_browser_folds_in_the_same_way(browser: Browser) -> None:
    source = (ROOT / "theme" / "assets" / "search-words.js").read_text(encoding="utf-8")
    page = browser.new_page()
    folded: Any = page.evaluate(FOLD_ALL, [source, list(CASES["folding"])])
    page.close()
    assert folded == list(CASES["folding"].values())


def of(text: str) -> Iterator[str]:
    return iter(sorted(words(text)))


def test_words_of_a_text() -> None:
    assert list(of("Die Pegel-App, im Jahr 2027.")) == ["2027", "App", "Die", "Jahr", "Pegel", "Pegelapp", "im"]
    assert list(of("Fuß- und Radweg")) == ["Fuß", f"Fuß{SHARED}Radweg", "Radweg", "und"]
    assert list(of("mobil@example.org oder kranich-mobil.example.org/x")) == ["oder"]


def test_blocks_of_a_text() -> None:
    html = '<h2 id="a">Wer &amp; was</h2>\n<p>Ein <em>Satz</em><sup id="fnref:1"><a href="#fn:1">1</a></sup>.</p>'
    assert list(blocks(html)) == [("Wer & was", True), ("Ein Satz .", False)]


def test_patterns_of_endings_travel_to_the_browser() -> None:
    for code in ("de", "en"):
        assert json.loads(json.dumps([list(table.items()) for table in language_of(code).endings]))
