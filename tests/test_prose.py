"""HTML becomes the plain text a person would have written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.addresses import ascii_address, host_of
from newsletter.prose import plain
from newsletter.refusal import Refusal
from tests.project import load_cases
from tests.properties import property_settings

CASES = load_cases("prose")


@pytest.mark.parametrize("name", list(CASES))
def test_html_becomes_plain_text(name: str) -> None:
    case = CASES[name]
    assert plain(case["html"], case["width"]).split("\n") == case["text"].rstrip("\n").split("\n")


def test_what_is_added_is_in_the_language_of_the_text() -> None:
    assert plain('<p><q>Yes</q> <img src="a.png" alt="A bus"></p>', 40, "en") == "“Yes” [Picture: A bus]"


WORDS = st.text(st.sampled_from("aäßž\U0001f6b2éقb"), min_size=1, max_size=9)
ADDRESSES = st.builds("https://www.example.org/{}?q={}".format, st.text("ab/", max_size=60), st.integers(0, 9**9))
LINKS = st.builds('<a href="{}">{}</a>'.format, ADDRESSES, WORDS)
INLINE = st.one_of(WORDS, LINKS, st.builds("<strong>{}</strong>".format, WORDS), st.just("<br>"))
RUNS = st.lists(INLINE, min_size=1, max_size=12).map(" ".join)
FRAMES = ("<p>{}</p>", "<h3>{}</h3>", "{}", "<div>{}</div>", "<dl><dt>{0}</dt><dd>{0}</dd></dl>")
PIECES = st.builds(str.format, st.sampled_from(FRAMES), RUNS)
AROUND = (
    "<blockquote>{}</blockquote>",
    "<ul><li>{0}</li><li>{0}</li></ul>",
    "<ol><li>{}</li></ol>",
    "<div>{}</div>",
    "<table><tr><th>{0}</th><td>{0}</td></tr></table>",
)
BLOCKS = st.recursive(PIECES, lambda inner: st.builds(str.format, st.sampled_from(AROUND), inner), max_leaves=4)
TEXTS = st.lists(BLOCKS, max_size=4).map("\n".join)


@given(TEXTS)
@property_settings(150)
def test_no_address_is_broken_and_no_word_is_lost(html: str) -> None:
    text = plain(html, 40)
    assert set(re.findall(r'href="([^"]*)"', html)) <= set(re.findall(r"https://\S+", text))
    said = re.sub(r"<[^>]*>", " ", html).split()
    assert set(said) <= set(re.split(r"[\s:]+", text))


@given(TEXTS)
@property_settings(150)
def test_lines_are_as_wide_as_they_may_be(html: str) -> None:
    text = plain(html, 60)
    for line in text.split("\n"):
        assert line == line.rstrip()
        assert len(line) <= 60 or not re.search(r"\S \S", line.lstrip("->0123456789. [],"))
    assert "\n\n\n" not in text
    assert text == text.strip("\n")


SCRAPS = (*"<>/&;\"'= \n\xa0\xad", "p", "ul", "li", "<p>", "</p>", "<li>", "<table>", "<td>", "</td>", "<a href=x>")


@given(st.lists(st.sampled_from(SCRAPS), max_size=40).map("".join))
@property_settings(300)
def test_even_html_that_is_broken_becomes_text(html: str) -> None:
    assert not set("\xa0\xad") & set(plain(html, 40))


def test_nothing_is_lost_however_deep_it_is() -> None:
    assert plain(f"{'<blockquote>' * 2000}Text{'</blockquote>' * 2000}", 72).endswith("> Text")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.example.org/a?b=1&c#d", "https://www.example.org/a?b=1&c#d"),
        ("https://www.example.org/ä ß%C3%A4", "https://www.example.org/%C3%A4%20%C3%9F%C3%A4"),
        ("https://www.example.org/{x}|<y>", "https://www.example.org/%7Bx%7D%7C%3Cy%3E"),
        ("https://a:b@Ämter.example.org:8080/", "https://a:b@xn--mter-koa.example.org:8080/"),
        ("HTTP://s/", "HTTP://s/"),
        ("mailto:a@example.org?subject=Grüße da", "mailto:a@example.org?subject=Gr%C3%BC%C3%9Fe%20da"),
    ],
)
def test_an_address_is_written_so_that_every_program_finds_its_end(address: str, expected: str) -> None:
    assert ascii_address(address) == expected
    assert ascii_address(expected) == expected


def test_a_host_is_named_in_ascii() -> None:
    assert host_of("https://a@Ämter.Example.org:8080/x") == "xn--mter-koa.example.org"


@pytest.mark.parametrize("address", ["https://straße.example.org/", "https:///pfad", "https://", "https://ä..b/"])
def test_a_host_that_cannot_be_written_is_refused(address: str) -> None:
    message = (
        f"Der Rechnername in „{address}“ lässt sich nicht in einer Mail schreiben. "
        "Die Adresse vollständig schreiben, den Rechnernamen notfalls in der Form „xn--…“."
    )
    with pytest.raises(Refusal, match=f"^{re.escape(message)}$"):
        ascii_address(address)
