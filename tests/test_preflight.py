"""Before a letter is sent, everything that can be told without a browser is told; each rule can fail."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from generator.build import Prepared
from generator.model.edition import Edition
from newsletter.letter import MERGE
from newsletter.package import Draft, draft
from newsletter.preflight import Candidate, preflight

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def good(prepared: Prepared) -> Candidate:
    """The newest edition of the demo, and the addresses of its site."""
    edition = max(prepared.site.of(Edition), key=lambda edition: edition.date)
    addresses = frozenset({file.url for file in prepared.files} | {str(path) for path in prepared.site.files})
    made: Draft = draft(prepared.site, edition, None, addresses)
    assert made.problems == ()
    return Candidate(letter=made.letter, path=made.path, html=made.html, text=made.text, addresses=addresses)


def test_a_good_letter_passes(good: Candidate) -> None:
    assert preflight(good) == ()


def test_an_address_is_the_same_however_it_is_written(good: Candidate) -> None:
    written = html("</body>", '<a href="https://Ämter.example.org/über">Ämter</a></body>')(good)
    missing = "Im Textteil fehlt „https://xn--mter-koa.example.org/%C3%BCber“."
    assert any(missing in str(problem) for problem in preflight(written))
    told = replace(written, text=f"{good.text}https://xn--mter-koa.example.org/%C3%BCber\n")
    assert not any("Textteil" in str(problem) for problem in preflight(told))


def html(old: str, new: str) -> Callable[[Candidate], Candidate]:
    def damage(good: Candidate) -> Candidate:
        assert old in good.html
        return replace(good, html=good.html.replace(old, new))

    return damage


def text(old: str, new: str = "") -> Callable[[Candidate], Candidate]:
    def damage(good: Candidate) -> Candidate:
        assert old in good.text
        return replace(good, text=good.text.replace(old, new))

    return damage


def letter(**fields: object) -> Callable[[Candidate], Candidate]:
    return lambda good: replace(good, letter=replace(good.letter, **fields))  # type: ignore[arg-type]


BASE = "https://kranichwald.example.org/"
DAMAGES: dict[str, tuple[Callable[[Candidate], Candidate], str]] = {
    "a picture of a third party": (html(f'src="{BASE}', 'src="https://bilder.example.net/'), "bilder.example.net"),
    "too large": (html("</body>", "<!--" + "x" * 90_000 + "--></body>"), "90"),
    "a script": (html("</body>", "<script>1</script></body>"), "script"),
    "no title": (html("<title>Wärme, Rufbus, Ideen: Was jetzt ansteht</title>", ""), "Titel"),
    "a long subject": (letter(subject="Wort " * 13), "„subject“ hat"),
    "a long preheader": (letter(preheader="Wort " * 23), "„preheader“ hat"),
    "no way to leave": (
        html(MERGE["unsubscribe"], f"{BASE}newsletter/"),
        "Im Teil HTML fehlt der Link zum Abbestellen.",
    ),
    "no way to leave in the text": (text(MERGE["unsubscribe"]), "Im Teil Text fehlt der Link zum Abbestellen."),
    "no view in the browser": (html(MERGE["web_view"], f"{BASE}newsletter/"), "fehlt der Link zur Ansicht im Browser."),
    "no imprint": (html(f"{BASE}impressum/", f"{BASE}kontakt/"), "Im Teil HTML fehlt der Link zum Impressum."),
    "no name": (text("Kommunale Allianz Kranichwald"), "Im Teil Text fehlt der Name der Zusammenarbeit."),
    "a dead link": (
        html(f'href="{BASE}leitbild/"', f'href="{BASE}leitbilder/"'),
        "gibt es keine Seite",
    ),
    "a heading not in the text": (text("Regionalbudget 2027"), "Im Textteil fehlt „Regionalbudget 2027"),
    "a day not in the text": (text("9. Dezember 2026"), "Im Textteil fehlt „9. Dezember 2026“."),
    "an hour not in the text": (text("18:30"), "Im Textteil fehlt „18:30“."),
    "nothing in it": (letter(editorial="", sections=()), "Der Brief ist leer."),
    "an address not in the text": (
        text(f"{BASE}datenschutz/"),
        "Im Textteil fehlt „https://kranichwald.example.org/daten",
    ),
}


def test_each_placeholder_that_was_left_is_told_once(good: Candidate) -> None:
    left = replace(good.letter, subject="‹Betreff›", preheader="‹Vorschautext: Was im Posteingang steht›")
    written = replace(good, letter=left, text=f"‹Betreff›\n\n‹Ein paar Sätze zur\nBegrüßung.›\n{good.text}")
    found = ("‹Betreff›", "‹Ein paar Sätze zur Begrüßung.›", "‹Vorschautext: Was im Posteingang steht›")
    assert [str(problem) for problem in preflight(written)] == [
        f"{good.path}:1: Hier steht noch der Platzhalter „{one}“. Ausfüllen oder die Stelle löschen." for one in found
    ]


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_wrong_is_told(damage: str, good: Candidate) -> None:
    change, message = DAMAGES[damage]
    assert any(message in str(problem) for problem in preflight(change(good)))


def test_somebody_must_answer_for_the_content(good: Candidate) -> None:
    nobody = replace(good, letter=replace(good.letter, imprint=replace(good.letter.imprint, responsible=None)))
    (problem,) = preflight(nobody)
    assert str(problem).startswith("kooperation.yml:1: Es ist niemand genannt, der für den Inhalt verantwortlich ist")


def test_what_a_link_only_repeats_need_not_be_in_the_text(good: Candidate) -> None:
    page = good.letter.page.url
    repeated = f'<a href="tel:+49925590">09255 90</a> <a href="{page}#anfahrt">Anfahrt</a></body>'
    assert preflight(html("</body>", repeated)(good)) == ()


def test_problems_name_the_file_of_the_edition(good: Candidate) -> None:
    assert {problem.path for problem in preflight(html("</body>", "<script>1</script></body>")(good))} == {good.path}
