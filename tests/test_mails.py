"""A mail put together from pieces is the one that the email package would have made, and is signed as is due."""

import re
from base64 import b64encode
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cache
from html import escape
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import ProblemsFound
from newsletter.delivery.address import checked
from newsletter.delivery.built_letter import BuiltLetter
from newsletter.delivery.dkim import Key, Signer, read_key
from newsletter.delivery.mail import MailTemplate, filled
from newsletter.delivery.recipient import Recipient
from tests.letters_to_send import NOW, letter_files
from tests.properties import property_settings

TOKEN, NUMBER = "0123456789abcdef" * 2, "fedcba9876543210" * 2
ONE_CLICK = "https://liste.example.org/abmelden?wer={token}"
TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp"), include_characters="\n"), max_size=200
).filter(lambda text: "merge" not in text)
NAMES = st.from_regex(r"[^\W\d_]{1,20}([ .'’-][^\W\d_]{1,20})?", fullmatch=True) | st.just("")


def built(text: str = "Text.", **mailing: object) -> BuiltLetter:
    return BuiltLetter(folder=Path("ausgabe-7"), files=letter_files(text, **mailing))


def person(first_name: str = "Kim", address: str = "kim@example.org") -> Recipient:
    return Recipient(line=2, address=checked(address), first_name=first_name)


@cache
def keys() -> dict[str, bytes]:
    """Return private keys by their kind; made here, for none lies in a repository."""
    made = {
        "rsa": rsa.generate_private_key(65537, 2048),
        "small": rsa.generate_private_key(65537, 1024),
        "ed25519": ed25519.Ed25519PrivateKey.generate(),
    }
    form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return {name: key.private_bytes(*form) for name, key in made.items()}


def key(folder: Path, kind: str) -> Key:
    file = folder / f"{kind}.pem"
    file.write_bytes(keys()[kind])
    file.chmod(0o600)
    return read_key(file, kind)


@pytest.fixture(scope="module")
def signers(tmp_path_factory: pytest.TempPathFactory) -> list[Signer]:
    folder = tmp_path_factory.mktemp("keys")
    return [
        Signer(key=key(folder, kind), domain="test.example.org", date=datetime.now(UTC)) for kind in ("rsa", "ed25519")
    ]


def reference(letter: BuiltLetter, recipient: Recipient, leave: str) -> EmailMessage:
    """Return what the email package makes of the same letter."""
    message = EmailMessage(policy=default)
    for name, kind, subtype in (("letter.txt", "text", "plain"), ("letter.html", "html", "html")):
        content = filled(letter.files[name].decode(), recipient, leave, "html" if kind == "html" else "text")
        if subtype == "plain":
            message.set_content(content, subtype="plain", cte="quoted-printable")
        else:
            message.add_alternative(content, subtype="html", cte="quoted-printable")
    return message


def contents(message: EmailMessage) -> list[tuple[str, str]]:
    return [(part.get_content_type(), "\n".join(part.get_content().splitlines())) for part in message.iter_parts()]


@given(TEXTS, NAMES, st.sampled_from([None, ONE_CLICK, "https://liste.example.org/abmelden"]))
@property_settings(100)
def test_a_mail_from_pieces_is_the_mail_that_the_email_package_makes(
    text: str, name: str, one_click: str | None
) -> None:
    letter, recipient = built(text, one_click=one_click), person(name)
    made = MailTemplate(letter, NOW).mail(recipient, TOKEN, NUMBER)
    message = message_from_bytes(made.content, policy=default)
    leave = re.search(r"<((?:https|mailto):[^>]*)>", "".join(str(message["List-Unsubscribe"]).split()))
    assert leave is not None
    web = leave[1] if one_click == ONE_CLICK else f"mailto:newsletter@test.example.org?subject=Abmelden%20{TOKEN}"
    assert message.defects == []
    assert contents(message) == contents(reference(letter, recipient, web))
    assert max(map(len, made.content.split(b"\r\n"))) < 200
    assert b"\n" not in made.content.replace(b"\r\n", b"")
    assert made.content.isascii()


@given(TEXTS)
@property_settings(50)
def test_what_is_not_personal_is_the_same_for_all(text: str) -> None:
    template = MailTemplate(built(text), NOW)
    mails = [
        template.mail(person(name, f"{name}@example.org"), token * 32, token * 32)
        .content.replace(b"=\r\n", b"")
        .replace(name.encode(), b"?")
        for name, token in (("Kim", "a"), ("Ali", "b"))
    ]
    assert mails[0].replace(b"a" * 32, b"b" * 32) == mails[1]


def test_headers_are_those_of_a_letter_to_one_person() -> None:
    mail = MailTemplate(built(one_click=ONE_CLICK, unsubscribe="ab@test.example.org"), NOW).mail(
        person(address="Kim.B@müller.example.org"), TOKEN, NUMBER
    )
    head = mail.content.partition(b"\r\n\r\n")[0].decode().replace("\r\n ", " ").split("\r\n")
    headers = dict(line.split(": ", 1) for line in head)
    assert len(headers) == len(head)
    assert headers["To"] == "<Kim.B@xn--mller-kva.example.org>"
    assert headers["Message-ID"] == mail.message_id == f"<{NUMBER}.ausgabe-7@test.example.org>"
    assert headers["Date"] == "Wed, 25 Nov 2026 12:00:00 +0000"
    assert headers["List-Unsubscribe"] == (
        f"<https://liste.example.org/abmelden?wer={TOKEN}>, <mailto:ab@test.example.org?subject=Abmelden%20{TOKEN}>"
    )
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Id"] == "Testallianz <raete.newsletter.test.example.org>"


@pytest.mark.parametrize("one_click", [None, "https://liste.example.org/abmelden", "http://liste.example.org/{token}"])
def test_one_click_is_promised_only_where_the_click_is_answered_for_one_person(one_click: str | None) -> None:
    mail = MailTemplate(built(one_click=one_click), NOW).mail(person(), TOKEN, NUMBER)
    assert b"List-Unsubscribe-Post" not in mail.content
    assert f"<mailto:newsletter@test.example.org?subject=Abmelden%20{TOKEN}>".encode() in mail.content


def test_an_address_for_leaving_is_in_ascii() -> None:
    mail = MailTemplate(built(one_click="https://bürger.example.org/ab/{token}?weg=ä"), NOW).mail(
        person(), TOKEN, NUMBER
    )
    head = mail.content.partition(b"\r\n\r\n")[0]
    assert f"<https://xn--brger-kva.example.org/ab/{TOKEN}?weg=%C3%A4>".encode() in head
    assert b"List-Unsubscribe-Post" in head


def test_a_name_is_text_in_html() -> None:
    recipient = Recipient(line=2, address=checked("kim@example.org"), first_name="<b>&")
    content = MailTemplate(built(), NOW).mail(recipient, TOKEN, NUMBER).content
    text, html = (part.get_content() for part in message_from_bytes(content, policy=default).iter_parts())
    assert "Grüß Gott <b>&," in text
    assert f"Grüß Gott {escape('<b>&')}," in html


def test_an_author_cannot_write_a_tag() -> None:
    letter = built("{{schaukasten.unsubscribe}} {{{schaukasten.first_name}}")
    content = MailTemplate(letter, NOW).mail(person(), TOKEN, NUMBER).content
    text = next(message_from_bytes(content, policy=default).iter_parts()).get_content()
    assert text.count(TOKEN) == 1
    assert text.count("Kim") == 1


def test_a_test_says_so_in_its_subject() -> None:
    content = MailTemplate(built(), NOW, is_test=True).mail(person(), "test", NUMBER).content
    assert message_from_bytes(content, policy=default)["Subject"] == "[Test] Neues aus dem Tal"


def record(signer: Signer) -> bytes:
    """Return what the domain's zone holds, as `Key.record` says it."""
    line = signer.key.record(signer.domain)
    assert line.startswith(f"{signer.key.selector}._domainkey.{signer.domain}. IN TXT (")
    return "".join(re.findall(r'"([^"]*)"', line)).encode()


def is_good(content: bytes, signers: list[Signer], number: int) -> bool:
    """Tell whether an independent program finds one of the signatures good."""
    records = {f"{one.key.selector}._domainkey.{one.domain}.".encode(): record(one) for one in signers}

    def ask(name: bytes, timeout: int = 5) -> bytes | None:
        assert timeout
        return records.get(name)

    try:
        return bool(dkim.DKIM(content).verify(idx=number, dnsfunc=ask))
    except dkim.DKIMException:
        return False


@given(TEXTS, NAMES, st.sampled_from([None, ONE_CLICK]))
@property_settings(25)
def test_signatures_are_good(signers: list[Signer], text: str, name: str, one_click: str | None) -> None:
    template = MailTemplate(built(text, one_click=one_click), NOW, signers)
    content = template.mail(person(name), TOKEN, NUMBER).content
    assert [is_good(content, signers, number) for number in range(2)] == [True, True]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Kim=", b"Kai="),
        (b"Subject: Neues", b"Subject: Altes"),
        (b"To: <kim", b"To: <ali"),
        (b"From: ", b"From: Bank <bank@example.org>\r\nFrom: "),
        (b"wer=0123", b"wer=9123"),
        (b"One-Click", b"Two-Clicks"),
        (b"Message-ID: <f", b"Message-ID: <e"),
        (b"List-Id: Test", b"List-Id: West"),
        (b"12:00:00", b"13:00:00"),
        (b"MIME-Version: 1.0", b"MIME-Version: 1.1"),
        (b"Content-Language: de", b"Content-Language: en"),
        (b"multipart/alternative", b"multipart/mixed"),
    ],
)
def test_what_is_signed_cannot_be_changed(old: bytes, new: bytes, signers: list[Signer]) -> None:
    content = MailTemplate(built(one_click=ONE_CLICK), NOW, signers).mail(person(), TOKEN, NUMBER).content
    assert old in content
    changed = content.replace(old, new, 1)
    assert not any(is_good(changed, signers, number) for number in range(2))


@pytest.mark.parametrize(
    ("data", "mode", "message"),
    [
        ("rsa", 0o644, "Der Schlüssel für DKIM ist auch für andere lesbar. Die Rechte ändern: chmod 600 "),
        ("small", 0o600, "Der Schlüssel ist weder RSA mit mindestens 2048 Bit noch Ed25519."),
        ("no key", 0o600, "Das ist kein privater Schlüssel ohne Passwort in der Form PEM."),
    ],
)
def test_a_key_that_cannot_be_used_is_told(data: str, mode: int, message: str, tmp_path: Path) -> None:
    file = tmp_path / "dkim.pem"
    file.write_bytes(keys().get(data, b64encode(b"nothing")))
    file.chmod(mode)
    with pytest.raises(ProblemsFound) as found:
        read_key(file, "newsletter")
    assert str(found.value).startswith(f"{file}:1: {message}")
