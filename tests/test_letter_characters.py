"""Every class of special characters in every field of a letter: it arrives as written, or is refused with a reason."""

import re
from html import escape

import pytest

from newsletter.addresses import ascii_address
from newsletter.letter import Letter
from newsletter.message import Headers, eml
from newsletter.profile import PROFILES, merge
from newsletter.refusal import Refusal
from newsletter.text import letter_text
from tests.engines import ENGINES
from tests.letter_data import FULL, places, with_text
from tests.project import load_cases
from tests.test_letter_text import is_said
from tests.test_message import contents, mailbox, read
from tests.test_profiles import INVISIBLE, READY, check_is_literal, sent

CASE = load_cases("characters")["classes"]
CLASSES = CASE["texts"]
REFUSED = frozenset(CASE["refused"])
ALLOWED = [name for name in CLASSES if name not in REFUSED]
TECHNICAL = frozenset({"id", "edition", "audience", "language", "cooperation", "sender", "list_address", "kind", "url"})

CODES = frozenset({"language", "kind"})
"""What comes from a table, and from no author."""


def seen(text: str) -> str:
    """Return what is to be seen of a text: white space is all alike, and some characters are not there."""
    return " ".join(text.replace("\xad", "").replace(INVISIBLE, "").split())


def with_sample(letter: Letter, place: tuple[str | int, ...], old: str, sample: str) -> Letter:
    joined = {"editorial": f"{old}<p>{escape(sample)}</p>", "url": f"{old}?q={sample}"}
    return with_text(letter, place, joined.get(str(place[-1]), f"{old} {sample}"))


def full_of(sample: str) -> Letter:
    """Return a letter with the sample in each text that people read."""
    letter = FULL
    for place, old in places(FULL):
        if place[-1] not in TECHNICAL:
            letter = with_sample(letter, place, old, sample)
    return letter


@pytest.mark.parametrize("name", ALLOWED)
def test_each_field_says_it_in_the_text_part(name: str) -> None:
    for place, old in places(FULL):
        if place[-1] in CODES:
            continue
        text = letter_text(with_sample(FULL, place, old, CLASSES[name]))
        if place[-1] == "url" and is_said(place):
            assert ascii_address(f"{old}?q={CLASSES[name]}") in text.split("\n")
        elif place == ("editorial",) or is_said(place):
            assert seen(CLASSES[name]) in seen(text), place


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_each_field_refuses_what_no_text_may_hold(name: str) -> None:
    for place, old in places(FULL):
        letter = with_text(FULL, place, old + CLASSES[name])
        code = f"U+{ord(CLASSES[name][1]):04X}"
        where = ".".join(map(str, place))
        with pytest.raises(
            Refusal, match=f"^In „{re.escape(where)}“ steht das unzulässige Zeichen {re.escape(code)}\\. "
        ):
            letter_text(letter)


@pytest.mark.parametrize("profile", list(PROFILES))
@pytest.mark.parametrize("name", ALLOWED)
def test_each_engine_sends_it_as_written(name: str, profile: str) -> None:
    text = letter_text(full_of(CLASSES[name]))
    shown = seen(sent(text, profile, "text"))
    plain = seen(text)
    assert shown.count(seen(CLASSES[name])) == plain.count(seen(CLASSES[name])) > 20
    check_is_literal(CLASSES[name].replace("\r", ""), profile)


@pytest.mark.parametrize("name", ALLOWED)
def test_the_message_holds_it_or_is_refused(name: str) -> None:
    sample = CLASSES[name]
    letter = full_of(sample)
    text = merge(letter_text(letter), READY["plain"], letter, kind="text")
    html = f"<p>{escape(sample)}</p>"
    if re.search("[\t\r\n]", sample):
        with pytest.raises(Refusal, match=r"^In „From“ steht ein Steuerzeichen oder Zeilenumbruch \(U\+000"):
            eml(letter, html, text, Headers(to="liste@lists.example.org"))
        letter = FULL
    data = eml(letter, html, text, Headers(to="liste@lists.example.org"))
    message = read(data)
    assert contents(message) == [text, html.replace("\r", "\n")]
    assert message["Subject"] == letter.subject
    assert mailbox(data, "From") == (letter.name, letter.sender)


@pytest.mark.parametrize("name", sorted(REFUSED))
@pytest.mark.parametrize("field", ["subject", "name", "sender"])
def test_the_message_refuses_it_in_headers_and_parts(field: str, name: str) -> None:
    to = Headers(to="liste@lists.example.org")
    with pytest.raises(Refusal):
        eml(with_text(FULL, (field,), FULL.subject + CLASSES[name]), "<p>", "a", to)
    for html, text in ((CLASSES[name], "a"), ("<p>", CLASSES[name])):
        with pytest.raises(Refusal, match=r"^In der Mail steht das unzulässige Zeichen U\+"):
            eml(FULL, html, text, to)


def test_there_is_an_engine_for_each_profile() -> None:
    assert set(ENGINES) == set(PROFILES)
