"""The message is complete, means what the letter says, and is the same each time."""

import email
import re
import subprocess
import sys
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from typing import Any, cast

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.characters import FORBIDDEN
from newsletter.letter import Letter
from newsletter.message import Headers, eml
from newsletter.refusal import Refusal
from tests.letter_data import FULL, letter_of
from tests.project import ROOT, load_cases
from tests.properties import property_settings

CASES = load_cases("messages")
TO = Headers(to="liste@lists.example.org")
HTML = "<p>Grüße – „alles“ fährt \U0001f6b2</p>\n" + "<p>" + "ä" * 3000 + "</p>"
TEXT = "Grüße\n\n.\n.Punkt\nFrom hier\n-- \nEnde = = \n" + "x" * 2000 + "\n"


def read(data: bytes) -> EmailMessage:
    """Read a message as a mail program does; nothing may be wrong with it."""
    message = cast("EmailMessage", email.message_from_bytes(data, policy=default))
    parts = list(message.walk())
    assert [defect for part in parts for defect in part.defects] == []
    assert [defect for part in parts for value in part.values() for defect in cast("Any", value).defects] == []
    return message


def contents(message: EmailMessage) -> list[str]:
    return [part.get_content().replace("\r\n", "\n") for part in message.iter_parts()]


def mailbox(data: bytes, header: str) -> tuple[str, str]:
    """Return a name and an address; the newer parser leaves spaces between the encoded words of a name."""
    raw = str(email.message_from_bytes(data)[header])
    name, address = parseaddr("".join(raw.splitlines()))
    return str(make_header(decode_header(name))), address


def made(case: dict[str, Any]) -> bytes:
    headers = Headers(**{"to": TO.to} | case.get("headers", {}))
    return eml(letter_of(case["letter"]), HTML, TEXT, headers)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "message" in case])
def test_what_cannot_be_sent_is_refused(name: str) -> None:
    with pytest.raises(Refusal) as refusal:
        made(CASES[name])
    assert str(refusal.value) == CASES[name]["message"]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "head" in case])
def test_the_headers_of_a_letter(name: str) -> None:
    case = CASES[name]
    data = made(case)
    head = data.partition(b"\r\n\r\n")[0].decode("ascii")
    assert re.sub(r"=_[0-9a-f]{32}", "=_x", head).split("\r\n") == case["head"].rstrip("\n").split("\n")
    read(data)


def test_text_comes_first_and_html_last() -> None:
    message = read(eml(FULL, HTML, TEXT, TO))
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert contents(message) == [TEXT, HTML]


def test_lines_end_as_the_standard_says_and_are_short() -> None:
    data = eml(FULL, HTML, TEXT, TO)
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert data.isascii()


def test_parts_can_be_read_without_a_program() -> None:
    text, html = read(eml(FULL, HTML, TEXT, TO)).iter_parts()
    assert text["Content-Transfer-Encoding"] == html["Content-Transfer-Encoding"] == "quoted-printable"
    assert text["Content-Type"] == 'text/plain; charset="utf-8"'
    assert b"\n=46rom hier\n" in text.as_bytes()
    assert "\r\nFrom hier\r\n" in text.get_content()


def test_line_ends_of_a_part_may_be_any() -> None:
    message = read(eml(FULL, "<p>\r\na\rb\n</p>", "a\r\nb\rc", TO))
    assert contents(message) == ["a\nb\nc", "<p>\na\nb\n</p>"]


SAME = """
from tests.letter_data import FULL
from tests.test_message import HTML, TEXT, TO, eml
import hashlib
print(hashlib.sha256(eml(FULL, HTML, TEXT, TO)).hexdigest())
"""


def test_the_same_letter_is_the_same_bytes_in_every_process() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", SAME],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": zone},
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(digests) == 1


def test_the_date_is_the_edition_s() -> None:
    message = read(eml(FULL, HTML, TEXT, TO))
    assert message["Date"].datetime == FULL.date
    assert message["Date"].datetime.astimezone(UTC) == datetime(2026, 11, 19, 7, tzinfo=UTC)


def test_one_click_is_offered_only_where_somebody_answers() -> None:
    address = "https://lists.example.org/leave"
    without = read(eml(FULL, HTML, TEXT, Headers(to=TO.to, unsubscribe=address)))
    assert without["List-Unsubscribe-Post"] is None
    message = read(eml(FULL, HTML, TEXT, Headers(to=TO.to, unsubscribe=address, one_click=True)))
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].startswith(f"<{address}>, <mailto:")


LETTER_FIELDS = ("name", "subject", "sender", "id", "language", "audience")
HEADER_FIELDS = ("to", "to_name", "list_id", "unsubscribe", "unsubscribe_mail", "help")
NORMAL = {
    **{field: getattr(FULL, field) for field in LETTER_FIELDS},
    "to": TO.to,
    "to_name": "Kim Beispiel",
    "list_id": "liste.lists.example.org",
    "unsubscribe": "https://lists.example.org/leave",
    "unsubscribe_mail": "leave@lists.example.org",
    "help": "https://lists.example.org/",
}
INJECTIONS = (
    "\r\nBcc: x@example.org",
    "\nX: y",
    "\rX: y",
    "\0",
    "\x0b",
    "\x1f",
    "\x7f",
    "\x85",
    "\u2028",
    "\udc80",
    "\t",
)


def changed(field: str, value: str) -> tuple[Letter, Headers]:
    if field in LETTER_FIELDS:
        return letter_of({field: value}), TO
    return FULL, Headers(**{"to": TO.to} | {field: value})


@pytest.mark.parametrize("injection", INJECTIONS, ids=ascii)
@pytest.mark.parametrize("field", [*LETTER_FIELDS, *HEADER_FIELDS])
def test_no_field_can_bring_a_header_of_its_own(field: str, injection: str) -> None:
    letter, headers = changed(field, NORMAL[field] + injection)
    try:
        message = read(eml(letter, HTML, TEXT, headers))
    except Refusal:
        return
    assert field in ("unsubscribe", "help")
    assert message["Bcc"] is message["X"] is None
    assert injection not in str(message["List-Unsubscribe"]) + str(message["List-Help"])


NASTY = (
    "=?utf-8?q?x?=",
    "=?",
    "?=",
    '"',
    "\\",
    "<",
    ">",
    "@",
    ",",
    ";",
    ":",
    "(",
    ")",
    "  ",
    " ",
    ".",
    "Größe",
    "a" * 80,
)
TYPED = st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=20)
NAMES = st.lists(st.one_of(st.sampled_from(NASTY), TYPED), min_size=1, max_size=8).map("".join)


@given(subject=NAMES, name=NAMES)
@property_settings(150)
def test_what_people_read_arrives_as_written(subject: str, name: str) -> None:
    assume(not FORBIDDEN.search(subject + name))
    data = eml(letter_of({"subject": subject, "name": name}), HTML, TEXT, Headers(to=TO.to, to_name=name))
    message = read(data)
    assert message["Subject"] == subject.strip()
    assert mailbox(data, "From") == (name.strip(), "newsletter@test.example.org")
    assert mailbox(data, "To") == (name.strip(), TO.to)
    assert [address.addr_spec for address in message["From"].addresses] == ["newsletter@test.example.org"]
    assert message["List-Id"].endswith("<newsletter.test.example.org>")
    assert message["Message-ID"] == "<ausgabe-7@test.example.org>"


PARTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp"), include_characters="\n\t"))


@given(text=PARTS, html=PARTS)
@property_settings(200)
def test_parts_arrive_as_written(text: str, html: str) -> None:
    assume(not FORBIDDEN.search(text + html))
    message = read(eml(FULL, html, text, TO))
    assert contents(message) == [text, html]


SIGNS = (*'aäß.@<>"\\,;:()[]=? \r\n\t\0/-_%{}\xad\u202e\U0001f6b2', "://", "=?", "xn--", "a@example.org")
ANYTHING = st.lists(st.sampled_from(SIGNS), max_size=20).map("".join)


@pytest.mark.parametrize("field", [*LETTER_FIELDS, *HEADER_FIELDS])
@given(value=ANYTHING)
@property_settings(100)
def test_whatever_a_field_holds_the_message_is_sound_or_refused(field: str, value: str) -> None:
    letter, headers = changed(field, value)
    try:
        data = eml(letter, HTML, TEXT, headers)
    except Refusal:
        return
    message = read(data)
    assert list(message.keys()) == list(read(eml(FULL, HTML, TEXT, TO)).keys())
    assert max(map(len, data.split(b"\r\n"))) <= 998


def test_no_line_is_longer_than_mail_allows() -> None:
    headers = Headers(to=TO.to, unsubscribe=f"https://lists.example.org/{'x' * 1000}")
    with pytest.raises(Refusal, match=r"^Eine Zeile im Kopf der Mail ist zu lang\. Die Adressen "):
        eml(FULL, HTML, TEXT, headers)


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("a\0b", "In der Mail steht das unzulässige Zeichen U+0000. Das Zeichen im Text entfernen."),
        (
            "https://merge.invalid/unsubscribe",
            "In der Mail steht noch ein Platzhalter. Die Mail mit einem Versandprofil erzeugen.",
        ),
    ],
)
def test_a_part_that_is_not_ready_is_refused(part: str, message: str) -> None:
    for html, text in ((HTML, part), (part, TEXT)):
        with pytest.raises(Refusal) as refusal:
            eml(FULL, html, text, TO)
        assert str(refusal.value) == message


def test_umlauts_in_a_host_are_written_as_mail_wants_them() -> None:
    letter = letter_of({"home": {"text": "Netz", "url": "https://ämter.example.org/"}, "sender": "a@ämter.example.org"})
    message = read(eml(letter, HTML, TEXT, TO))
    assert message["Message-ID"] == "<ausgabe-7@xn--mter-koa.example.org>"
    assert message["From"].addresses[0].addr_spec == "a@xn--mter-koa.example.org"
