"""Each engine gets tags it knows and no others; what an author wrote arrives as written."""

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.letter import MERGE, greeting
from newsletter.profile import PROFILES, Kind, Profile, merge
from newsletter.profile_settings import configured
from newsletter.refusal import Refusal
from tests.engines import ENGINES, PERSON
from tests.letter_data import FULL, letter_of
from tests.project import load_cases
from tests.properties import property_settings

CASES = load_cases("profiles")
ADDRESSES = {"unsubscribe": "[[abmelden]]", "web_view": "[[online]]"}
READY: Mapping[str, Profile] = {name: configured(name, ADDRESSES if name == "rapidmail" else {}) for name in PROFILES}
KINDS: tuple[Kind, ...] = ("html", "text", "header")
INVISIBLE = "\u200c"


def sent(content: str, name: str, kind: Kind, first_name: str = "") -> str:
    """Return what a person gets to see of the content, by way of the profile and its engine."""
    return ENGINES[name](merge(content, READY[name], FULL, kind=kind), kind, first_name)


@pytest.mark.parametrize("name", list(PROFILES))
@pytest.mark.parametrize("kind", KINDS)
def test_tokens_become_tags(name: str, kind: Kind) -> None:
    assert merge(CASES["tokens"]["content"], READY[name], FULL, kind=kind) == CASES["tokens"][name][kind]


@pytest.mark.parametrize("name", ["plain", "mailman"])
def test_without_tags_there_are_addresses(name: str) -> None:
    leave = {
        "plain": "mailto:newsletter@test.example.org?subject=Abmelden",
        "mailman": "mailto:raete-leave@lists.example.org",
    }
    assert sent(MERGE["unsubscribe"], name, "text") == leave[name]
    assert sent(MERGE["web_view"], name, "text") == FULL.page.url


def test_an_address_is_escaped_in_html_only() -> None:
    profile = configured("plain", {"unsubscribe": "https://test.example.org/ab?a=1&b=ä"})
    assert merge(MERGE["unsubscribe"], profile, FULL, kind="html") == "https://test.example.org/ab?a=1&amp;b=%C3%A4"
    assert merge(MERGE["unsubscribe"], profile, FULL, kind="text") == "https://test.example.org/ab?a=1&b=%C3%A4"


@pytest.mark.parametrize("name", [name for name in PROFILES if READY[name].tags])
def test_engines_put_in_their_addresses(name: str) -> None:
    html = f'<a href="{MERGE["unsubscribe"]}">Ab</a>'
    assert unescape(sent(html, name, "html")) == f'<a href="{PERSON["unsubscribe"]}">Ab</a>'


NAMED = {"smtp", "listmonk", "brevo", "keila", "mailchimp"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", list(PROFILES))
def test_a_greeting_reads_well_with_and_without_a_name(name: str, kind: Kind) -> None:
    assert sent(greeting("Guten Tag"), name, kind) == "Guten Tag,"
    assert sent(greeting("Guten Tag"), name, kind, "Kim") == ("Guten Tag Kim," if name in NAMED else "Guten Tag,")


@pytest.mark.parametrize("space", ["&nbsp;", "&#160;", "&#xA0;", "\xa0", "\n  "])
def test_the_space_before_a_name_may_be_any(space: str) -> None:
    assert sent(f"Guten Tag{space}{MERGE['first_name']},", "keila", "html") == "Guten Tag,"


def test_a_name_is_text_where_html_is_expected() -> None:
    for name in ("listmonk", "brevo", "keila"):
        assert sent(greeting("Guten Tag"), name, "html", "<b>") == "Guten Tag &lt;b&gt;,"


class Words(HTMLParser):
    """What a mail program shows of HTML, and the addresses in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.addresses = "", list[str]()
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "a"
        self.addresses += [value or "" for name, value in attrs if name == "href"]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def check_is_literal(text: str, name: str) -> None:
    """Check that a text is shown as written, wherever it stands, and that tags around it still work."""
    html = f'{escaped(text)}<a href="{MERGE["unsubscribe"]}" title="{escaped(text)}">{escaped(text)}</a>'
    shown = Words(sent(html, name, "html"))
    leave = Words(sent(MERGE["unsubscribe"], name, "html")).text
    assert shown.text == text * 2
    assert shown.addresses == [leave]
    before_and_after = sent(f"{text}{MERGE['unsubscribe']} {text}", name, "text").replace(INVISIBLE, "")
    assert before_and_after == f"{text}{sent(MERGE['unsubscribe'], name, 'text')} {text}".replace(INVISIBLE, "")
    assert sent(text, name, "header").replace(INVISIBLE, "") == text.replace(INVISIBLE, "")


SYNTAX = CASES["syntax"]["texts"]


@pytest.mark.parametrize("name", list(PROFILES))
@pytest.mark.parametrize("text", SYNTAX)
def test_what_looks_like_a_tag_stays_text(text: str, name: str) -> None:
    check_is_literal(text, name)


SIGNS = ["{", "}", "{{", "}}", "{%", "%}", "{#", "#}", "*|", "|*", "*", "|", "[[", "]]", "$", "%%", "##", "@TrackLink"]
SCRAPS = [
    *SIGNS,
    " ",
    "x",
    "UNSUB",
    "UNSUBSCRIBE",
    "IF:",
    "end",
    "raw",
    "https://a",
    '"',
    "'",
    "`",
    "\\",
    "-",
    "<",
    "ä",
]


class Titles(HTMLParser):
    """The titles in HTML, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str | None] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag, *(value for name, value in attrs if name == "title")]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


@pytest.mark.parametrize("name", list(PROFILES))
@pytest.mark.parametrize("text", ["<!-- a", "<!-- --!><img src=x>", "a > b <!--", "{{ <!-- }} -->", "<style>", "</a>"])
def test_what_looks_like_an_element_in_an_attribute_stays_text(text: str, name: str) -> None:
    html = f"<p title=\"{text}\"><b>eins</b></p><i title='{text}'>zwei --></i>"
    shown = Titles(merge(html, READY[name], FULL, kind="html")).found
    assert [part and part.replace(INVISIBLE, "") for part in shown] == ["p", text, "b", "eins", "i", text, "zwei -->"]


@pytest.mark.parametrize("name", list(PROFILES))
@given(text=st.lists(st.sampled_from(SCRAPS), max_size=12).map("".join))
@property_settings(150)
def test_no_mixture_of_signs_is_a_tag(name: str, text: str) -> None:
    check_is_literal(text, name)


@pytest.mark.parametrize("name", list(PROFILES))
def test_style_sheets_keep_their_meaning(name: str) -> None:
    css = "<style>@media print{.a{color:red}}@media all{#b{x:y}}.c{%}</style>"
    assert re.sub(r"(?<=\{) ", "", sent(css, name, "html")) == css


@pytest.mark.parametrize("name", list(PROFILES))
def test_comments_for_outlook_arrive(name: str) -> None:
    text = "https://a@TrackLink {{ UnsubscribeURL }}"
    html = f'<!--[if mso | IE]><td title="`\\ &quot;">\n<a href="{MERGE["web_view"]}">{text}<![endif]--><b>{{'
    view = sent(MERGE["web_view"], name, "html")
    assert unescape(sent(html, name, "html")) == unescape(html.replace(MERGE["web_view"], view))


@pytest.mark.parametrize("kind", KINDS)
def test_a_token_nobody_knows_is_refused(kind: Kind) -> None:
    message = (
        "„https://merge.invalid/abmelden“ ist kein Platzhalter, den „plain“ ersetzt. "
        "Im Text nicht auf den Rechner „merge.invalid“ verweisen."
    )
    with pytest.raises(Refusal, match=f"^{re.escape(message)}$"):
        merge("Hier: https://merge.invalid/abmelden", READY["plain"], FULL, kind=kind)


def test_a_letter_without_a_sender_has_no_address_for_leaving() -> None:
    with pytest.raises(Refusal, match=r"^Die Absenderadresse fehlt, .* In der Datei kooperation\.yml "):
        merge(MERGE["unsubscribe"], READY["plain"], letter_of({"sender": ""}), kind="text")


@pytest.mark.parametrize("case", CASES["settings"]["refused"], ids=lambda case: str(case["settings"]))
def test_settings_with_mistakes_are_refused(case: Mapping[str, Any]) -> None:
    with pytest.raises(Refusal) as refusal:
        merge(MERGE["unsubscribe"], configured(case["profile"], case["settings"]), FULL, kind="html")
    assert str(refusal.value) == case["message"]


def test_settings_replace_tags_in_html_too() -> None:
    name = "{% if contact.data.vorname %} {{ contact.data.vorname }}{% endif %}"
    profile = configured("keila", {"first_name": name})
    for kind in KINDS:
        assert merge(greeting("Hallo"), profile, FULL, kind=kind) == f"Hallo{name},"
    assert profile.tags["unsubscribe"] == PROFILES["keila"].tags["unsubscribe"]
