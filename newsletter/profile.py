"""What sends a letter: how its tags are written, and how authored text that looks like one stays text."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Literal
from urllib.parse import quote

from newsletter.addresses import ascii_address
from newsletter.letter import MERGE, Letter
from newsletter.refusal import Refusal
from newsletter.syntax import ANY, CURLY, GO, LIQUID, NONE, OWN, STARRED, Syntax
from newsletter.words import words

__all__ = ["PROFILES", "Kind", "Profile", "leave_address", "merge"]

Kind = Literal["html", "text", "header"]
_IS_ADDRESS = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_LEFT = re.compile(r"(?:https?://)?merge[.-]invalid[^\s\"'<>]*", re.IGNORECASE)
_NAMES = {"unsubscribe": "der Link zum Abmelden", "web_view": "der Link zur Ansicht im Browser"}


def _mail_to_sender(letter: Letter) -> str:
    """Return the address of a mail that asks the office to be taken off the list."""
    subject = quote(words(letter.language)("text.unsubscribe"))
    name, _, host = letter.sender.rpartition("@")
    if not name or not host:
        raise Refusal(
            "Die Absenderadresse fehlt, an die sich eine Abmeldung richten könnte.",
            "In der Datei kooperation.yml eine E-Mail-Adresse ergänzen.",
        )
    return f"mailto:{quote(name)}@{quote(host)}?subject={subject}"


def _mail_to_list(letter: Letter) -> str:
    return f"mailto:{quote(leave_address(letter), safe='@')}"


def leave_address(letter: Letter) -> str:
    """Return Mailman's e-mail address for leaving: that of the list with „-leave“.

    Raises:
        Refusal: the letter has no list.
    """
    name, at, host = (letter.list_address or "").rpartition("@")
    if not at:
        raise Refusal(
            f"Für „{letter.audience_name or 'alle'}“ ist keine Liste bei Mailman eingetragen.",
            "In der Datei kooperation.yml unter „lists“ eine mit „address“ ergänzen, für Zielgruppen mit „audience“.",
        )
    return f"{name}-leave@{host}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An engine that sends letters, or a plain mail program."""

    name: str
    tags: Mapping[str, str] = field(default_factory=dict)
    """What the tokens of `MERGE` become, by their names: a tag of the engine or an address. ``first_name`` includes the
    space before the name, and is nothing where there is no name; without it the greeting has no name."""

    html_tags: Mapping[str, str] = field(default_factory=dict)
    """Those that are different in HTML."""

    syntax: Syntax = NONE
    unsubscribe: Callable[[Letter], str] | None = None
    """The address for leaving where there is no tag."""

    is_list: bool = False
    """Whether one message goes to a list, which passes it on to all."""


_KEILA_NAME = '{{% if contact.first_name and contact.first_name != "" %}} {{{{ {} }}}}{{% endif %}}'
"""An empty text counts as true in Liquid."""

PROFILES: Mapping[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(name="plain", unsubscribe=_mail_to_sender),
        Profile(name="mailman", unsubscribe=_mail_to_list, is_list=True),
        Profile(
            name="smtp",
            tags={"unsubscribe": "{{schaukasten.unsubscribe}}", "first_name": "{{schaukasten.first_name}}"},
            syntax=OWN,
        ),
        Profile(
            name="listmonk",
            tags={
                "unsubscribe": "{{ UnsubscribeURL }}",
                "web_view": "{{ MessageURL }}",
                # listmonk reads the text part as HTML, and would write an apostrophe as a character reference.
                "first_name": "{{ if .Subscriber.FirstName }} {{ Safe .Subscriber.FirstName }}{{ end }}",
            },
            html_tags={"first_name": "{{ if .Subscriber.FirstName }} {{ .Subscriber.FirstName }}{{ end }}"},
            syntax=GO,
        ),
        Profile(
            name="brevo",
            tags={
                "unsubscribe": "{{ unsubscribe }}",
                "web_view": "{{ mirror }}",
                "first_name": "{% if contact.FIRSTNAME %} {{ contact.FIRSTNAME }}{% endif %}",
            },
            syntax=LIQUID,
        ),
        Profile(
            name="keila",
            tags={
                "unsubscribe": "{{ unsubscribe_link }}",
                "first_name": _KEILA_NAME.format("contact.first_name"),
            },
            html_tags={"first_name": _KEILA_NAME.format("contact.first_name | escape")},
            syntax=LIQUID,
        ),
        Profile(
            name="mailchimp",
            tags={
                "unsubscribe": "*|UNSUB|*",
                "web_view": "*|ARCHIVE|*",
                "first_name": "*|IF:FNAME|* *|FNAME|**|END:IF|*",
            },
            syntax=STARRED,
        ),
        Profile(
            name="cleverreach",
            tags={"unsubscribe": "{UNSUBSCRIBE}", "web_view": "{ONLINE_VERSION}"},
            syntax=CURLY,
        ),
        # Its tags have not been verified, so they must be configured.
        Profile(name="rapidmail", syntax=ANY),
    )
}
"""The profiles there are, by name."""


def merge(content: str, profile: Profile, letter: Letter, *, kind: Kind) -> str:
    """Return finished content as the engine wants it.

    Args:
        content: HTML, the text part, or the value of a header such as the subject.
        profile: the engine's.
        letter: what the content is made of.
        kind: what the content is; in each, text is kept literal in a way of its own.

    Raises:
        Refusal: the profile has no tag for a token, or a token is left that is none of `MERGE`.
    """
    merged = _as_text(content, profile.syntax, kind)
    for name, token in MERGE.items():
        if token not in merged:
            continue
        filled = _filled(name, profile, letter, kind)
        # Space before a name belongs to it, for where there is no name there must be none.
        if name == "first_name":
            merged = re.sub(_SPACE[kind] + re.escape(token), token, merged)
        merged = merged.replace(token, filled)
    if "invalid" in merged.lower() and (left := _LEFT.search(merged)):
        raise Refusal(
            f"„{left[0]}“ ist kein Platzhalter, den „{profile.name}“ ersetzt.",
            "Im Text nicht auf den Rechner „merge.invalid“ verweisen.",
        )
    return merged


_TOKENS = "|".join(map(re.escape, MERGE.values()))
_SPACE = {"html": r"(?:\s|&nbsp;|&#160;|&#x[aA]0;)*", "text": r"\s*", "header": r"\s*"}


def _as_text(content: str, syntax: Syntax, kind: Kind) -> str:
    """Return the content with everything that the engine would take for a tag written so that it comes out as it is."""
    if syntax is NONE:
        return content

    def literal(found: re.Match[str]) -> str:
        text = found[0]
        match found.lastgroup:
            case "style":
                return re.sub(f"({syntax.html})", r"\1 ", text)
            case "element":
                # What stands in an attribute is text, even if it looks like the beginning of a comment.
                return text[0] + re.sub(f"{syntax.html}|<", _referred, text[1:], flags=re.DOTALL)
            case "comment":
                assert syntax.comment is not None
                pieces = re.split(f"({_TOKENS})", text)
                return "".join(
                    piece if number % 2 else syntax.comment(piece) for number, piece in enumerate(pieces) if piece
                )
        return _referred(found) if kind == "html" else syntax.literal(text)

    return _syntax_pattern(syntax, kind).sub(literal, content)


def _referred(found: re.Match[str]) -> str:
    """Return what was found as numeric character references."""
    return "".join(f"&#{ord(sign)};" for sign in found[0])


_ATTRIBUTES = r"""(?:\s+[^\s=>"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)+"""


@lru_cache(maxsize=64)
def _syntax_pattern(syntax: Syntax, kind: Kind) -> re.Pattern[str]:
    """Return what looks like a tag, and in HTML the places in which it is written in another way."""
    in_html = {
        "style": r"<(?P<raw>style|script)\b.*?</(?P=raw)\s*>",
        "comment": r"<!--.*?-->" if syntax.comment else None,
        "element": rf"<[A-Za-z][^\s/>]*{_ATTRIBUTES}",
    }
    parts = {**(in_html if kind == "html" else {}), "looks_like_a_tag": getattr(syntax, kind)}
    return re.compile("|".join(f"(?P<{name}>{part})" for name, part in parts.items() if part), re.DOTALL)


def _filled(name: str, profile: Profile, letter: Letter, kind: Kind) -> str:
    """Return what a token becomes."""
    tag = (profile.html_tags if kind == "html" else {}).get(name) or profile.tags.get(name)
    if name == "first_name":
        return tag or ""
    if tag is None and name == "web_view":
        tag = letter.page.url
    if tag is None and profile.unsubscribe is not None:
        tag = profile.unsubscribe(letter)
    if tag is None:
        raise Refusal(
            f"Für „{profile.name}“ ist nicht eingetragen, wie {_NAMES[name]} heißt.",
            f"In den Einstellungen des Versands „{name}“ mit dem Platzhalter von {profile.name} ergänzen.",
        )
    if not _IS_ADDRESS.match(tag):
        return tag
    return escape(ascii_address(tag)) if kind == "html" else ascii_address(tag)
