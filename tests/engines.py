"""What sending engines do with a letter's content: their own rules in small, or a real engine of the same kind."""

import json
import re
from collections.abc import Callable, Mapping
from html import escape

import liquid
from jinja2 import Environment

from newsletter.delivery.address import checked
from newsletter.delivery.mail import filled
from newsletter.delivery.recipient import Recipient

__all__ = ["ENGINES", "PERSON", "Engine"]

Engine = Callable[[str, str, str], str]
"""Content, its kind (html, text, header) and the first name of the person it goes to, to what is sent."""

PERSON: Mapping[str, str] = {
    "unsubscribe": "https://sender.example.org/leave?u=1",
    "web_view": "https://sender.example.org/view?u=1",
}


def _go(content: str, kind: str, first_name: str) -> str:
    """Render as listmonk does: its shorthands first, then Go's lexer, then ``html/template``, which drops comments."""
    if "{{" not in content and kind != "html":
        return content
    content = re.sub(r"(https?://.+?)@TrackLink", r'{{ TrackLink "\1" . }}', content)
    content = re.sub(r"\{\{\s*(UnsubscribeURL|MessageURL)\s*\}\}", r"{{ \1 . }}", content)
    pieces, left = list[tuple[bool, str]](), content
    writing = [True]
    while (start := left.find("{{")) >= 0:
        pieces.append((True, left[:start] if writing[-1] else ""))
        action = re.match(r"""\{\{\s*((?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|[^"`}])*?)\s*\}\}""", left[start:])
        assert action, f"unclosed action: {left[start:][:40]}"
        left = left[start + action.end() :]
        pieces.append((False, _go_action(action[1], kind, first_name, writing)))
    assert writing == [True]
    return _html_template([*pieces, (True, left)], kind)


def _html_template(pieces: list[tuple[bool, str]], kind: str) -> str:
    """Return what is literal and what actions wrote, without comments, which only what is literal can begin."""
    assert kind != "text" or not any(is_literal and "<" in text for is_literal, text in pieces), "an element begins"
    out, in_comment = "", False
    for is_literal, text in pieces:
        for part in re.split("(<!--|-->)", text) if is_literal and kind == "html" else [text]:
            starts, ends = is_literal and part == "<!--", is_literal and part == "-->"
            out += "" if in_comment or starts else part
            in_comment = (in_comment or starts) and not ends
    return out


def _go_action(action: str, kind: str, first_name: str, writing: list[bool]) -> str:
    plain = escape if kind != "header" else str
    if action.startswith("if "):
        assert action == "if .Subscriber.FirstName"
        writing.append(bool(first_name))
        return ""
    if action == "end":
        writing.pop()
        return ""
    values = {
        "UnsubscribeURL .": PERSON["unsubscribe"],
        "MessageURL .": PERSON["web_view"],
        ".Subscriber.FirstName": first_name,
    }
    if action == "Safe .Subscriber.FirstName":
        return first_name if writing[-1] else ""
    if action in values:
        return plain(values[action]) if writing[-1] else ""
    if action.startswith("Safe "):
        return str(json.loads(action.removeprefix("Safe ")))
    assert action.startswith('"'), f"function {action} not defined"
    return plain(str(json.loads(action)))


def _django(content: str, kind: str, first_name: str) -> str:
    """Render as Brevo does, whose templates are like Django's, and so like Jinja's."""
    values = {"unsubscribe": PERSON["unsubscribe"], "mirror": PERSON["web_view"], "contact": {"FIRSTNAME": first_name}}
    return Environment(autoescape=kind == "html", keep_trailing_newline=True).from_string(content).render(values)


def _liquid(content: str, _kind: str, first_name: str) -> str:
    values = {"unsubscribe_link": PERSON["unsubscribe"], "contact": {"first_name": first_name}}
    strict = liquid.Environment(undefined=liquid.StrictUndefined)
    return str(strict.from_string(content).render(**values))


def _starred(content: str, _kind: str, first_name: str) -> str:
    """Render as Mailchimp does: what is between the stars goes, whether it is known or not."""
    content = re.sub(r"\*\|IF:FNAME\|\*(.*?)\*\|END:IF\|\*", r"\1" if first_name else "", content, flags=re.DOTALL)
    values = {"UNSUB": PERSON["unsubscribe"], "ARCHIVE": PERSON["web_view"], "FNAME": first_name}
    return re.sub(r"\*\|([^|]*)\|\*", lambda tag: values.get(tag[1], ""), content)


def _curly(content: str, kind: str, _first_name: str) -> str:
    """Render as CleverReach does; a style sheet's braces are left alone."""
    values = {"UNSUBSCRIBE": PERSON["unsubscribe"], "ONLINE_VERSION": PERSON["web_view"]}
    parts = re.split(r"(<style.*?</style>)", content, flags=re.DOTALL) if kind == "html" else [content]
    return "".join(
        part if part.startswith("<style") else re.sub(r"\{(\w+)\}", lambda tag: values.get(tag[1], ""), part)
        for part in parts
    )


def _everything(content: str, _kind: str, _first_name: str) -> str:
    """Replace whatever looks like a tag of any engine: the worst that an unknown one may do."""
    values = {"[[abmelden]]": PERSON["unsubscribe"], "[[online]]": PERSON["web_view"]}
    tags = r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{\w+\}|\[\[.*?\]\]|\*\|.*?\|\*|\$\{.*?\}|%%.*?%%|##.*?##"
    return re.sub(tags, lambda tag: values.get(tag[0], ""), content, flags=re.DOTALL)


def _own(content: str, kind: str, first_name: str) -> str:
    """Fill in as our own delivery does, which leaves headers alone."""
    recipient = Recipient(line=1, address=checked("kim@example.org"), first_name=first_name)
    return filled(content, recipient, PERSON["unsubscribe"], "html" if kind == "html" else "text")


def _nothing(content: str, _kind: str, _first_name: str) -> str:
    return content


ENGINES: Mapping[str, Engine] = {
    "plain": _nothing,
    "mailman": _nothing,
    "smtp": _own,
    "listmonk": _go,
    "brevo": _django,
    "keila": _liquid,
    "mailchimp": _starred,
    "cleverreach": _curly,
    "rapidmail": _everything,
}
