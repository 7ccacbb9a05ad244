"""Every text reaches the mail as it was written, wherever it stands; what no text may contain is refused."""

import unicodedata
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinyhtml5 import parse

from generator.characters import FORBIDDEN
from newsletter.mjml import MjmlError, environment, to_html
from tests.letters import letter
from tests.project import load_cases
from tests.properties import property_settings

TEXTS: dict[str, str] = load_cases("mjml-characters")["texts"]
COLUMN = "<mj-section><mj-column>{}</mj-column></mj-section>"
STYLE = '<mj-style inline="inline">.ü td { color: #111111 } b { color: #222222 }</mj-style>'


def first(document: Element, path: str) -> Element:
    found = document.find(path)
    assert found is not None, path
    return found


def text_of(path: str) -> Callable[[Element], str]:
    return lambda document: "".join(first(document, path).itertext())


def value_of(path: str, name: str) -> Callable[[Element], str]:
    return lambda document: str(first(document, path).attrib[name])


def whole(body: str, head: str = "") -> str:
    return letter(COLUMN.format(body), head)


PLACES: dict[str, tuple[str, Callable[[Element], str]]] = {
    "mj-title": (letter().replace("Neues aus Talheim", "x{{ text }}x"), text_of(".//title")),
    "mj-title, read out": (letter().replace("Neues aus Talheim", "x{{ text }}x"), value_of(".//div", "aria-label")),
    "mj-preview": (letter(head="<mj-preview>x{{ text }}x</mj-preview>"), text_of("body/div")),
    "mj-text": (whole("<mj-text><i>x{{ text }}x</i></mj-text>"), text_of(".//i")),
    "mj-button": (whole('<mj-button href="https://a.example.org/">x{{ text }}x</mj-button>'), text_of(".//a")),
    "href of mj-button": (
        whole('<mj-button href="#x{{ text }}x">y</mj-button>'),
        lambda document: first(document, ".//a").attrib["href"][1:],
    ),
    "link": (whole('<mj-text><a href="https://a.example.org/">x{{ text }}x</a></mj-text>'), text_of(".//a")),
    "href of a link": (whole('<mj-text><a href="x{{ text }}x">y</a></mj-text>'), value_of(".//a", "href")),
    "alt of mj-image": (
        whole('<mj-image src="https://a.example.org/x.png" alt="x{{ text }}x" />'),
        value_of(".//img", "alt"),
    ),
    "title of mj-image": (
        whole('<mj-image src="https://a.example.org/x.png" alt="" title="x{{ text }}x" />'),
        value_of(".//img", "title"),
    ),
    "alt of an image": (
        whole("<mj-text><img src='https://a.example.org/x.png' alt='x{{ text }}x'></mj-text>"),
        value_of(".//img", "alt"),
    ),
    "cell": (whole("<mj-table><tr><td><i>x{{ text }}x</i></td></tr></mj-table>"), text_of(".//i")),
    "heading": (whole("<mj-text><h2>x{{ text }}x</h2></mj-text>"), text_of(".//h2")),
    "mj-raw": (letter("<mj-raw><i>x{{ text }}x</i></mj-raw>"), text_of(".//i")),
}
COLLAPSED = {"mj-title", "mj-title, read out"} | {place for place in PLACES if " of " in place}
"""Where white space is collapsed: attributes, and what becomes one."""


def expected(text: str, place: str) -> str:
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return f"x{' '.join(normal.replace(chr(9), ' ').split(chr(10)))}x" if place in COLLAPSED else f"x{normal}x"


def rendered(source: str, values: dict[str, Any]) -> Element:
    template = environment(Path()).from_string(source)
    html = to_html(template.render(values), "letter.mjml")
    document: Element = parse(html, namespace_html_elements=False)
    return document


@pytest.mark.parametrize("head", ["", STYLE], ids=["as rendered", "inlined"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_arrives(name: str, place: str, head: str) -> None:
    source, find = PLACES[place]
    styled = source.replace("</mj-title>", f"</mj-title>{head}")
    document = rendered(styled, {"text": TEXTS[name]})
    found = find(document)
    assert found == expected(TEXTS[name], place)


ORDINARY = st.characters(exclude_categories=["Cs", "Co", "Cn", "Cc"])
ANY_TEXT = st.text(ORDINARY | st.sampled_from("<>&\"'\\\t\n{}ü\xa0\xad")).filter(
    lambda text: not FORBIDDEN.search(text)
)


@given(text=ANY_TEXT, place=st.sampled_from(sorted(PLACES)))
@property_settings(300)
def test_any_text_arrives(text: str, place: str) -> None:
    source, find = PLACES[place]
    found = find(rendered(source, {"text": text}))
    assert found.split() == expected(text, place).split()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x85", "\u2028", "\ue000", "\uffff"], ids=ascii)
def test_what_no_text_may_contain_is_refused(character: str, place: str) -> None:
    with pytest.raises(MjmlError, match=f"Das Zeichen U\\+{ord(character):04X} darf in keinem Text stehen"):
        rendered(PLACES[place][0], {"text": f"a{character}b"})


def test_entities_and_markup_of_finished_html_arrive() -> None:
    html = "<p>F&uuml;r&nbsp;alle &lt;b&gt; &#8211; <em>„A &amp; B“</em><br>Menü &gt; Termine</p>"
    document = parse(to_html(whole(f"<mj-text>{html}</mj-text>"), "letter.mjml"), namespace_html_elements=False)
    assert text_of(".//p")(document) == "Für\xa0alle <b> – „A & B“Menü > Termine"
    assert escape("„A & B“") in to_html(whole(f"<mj-text>{html}</mj-text>"), "letter.mjml")
