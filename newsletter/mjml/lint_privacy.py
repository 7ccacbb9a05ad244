"""What would load something from elsewhere, or tell someone that a letter was read."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from generator.problems import Problem
from newsletter.mjml.finished import FinishedLetter
from newsletter.mjml.tree import Element, problem_at

__all__ = ["PRIVACY_RULES"]

_SCHEMES = frozenset({"https", "mailto", "tel"})
_LINKS = frozenset({("a", "href"), ("area", "href"), ("blockquote", "cite"), ("q", "cite"), ("v:roundrect", "href")})
_AT_RULES = re.compile(r"@(import|font-face)\b", re.IGNORECASE)
_TINY = re.compile(r"\s*[01](?:px)?\s*")
_TINY_STYLE = re.compile(
    r"(?:^|[;\s])(?:max-)?(?:width|height)\s*:\s*[01](?:px)?\s*(?:!important\s*)?(?:;|$)", re.IGNORECASE
)
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])", re.IGNORECASE)


def _addresses(letter: FinishedLetter) -> Iterator[Problem]:
    for element, name, value in letter.addresses():
        for address in _each(name, value):
            if not letter.is_token(address):
                yield from _address(letter, element, name, address)


def _each(name: str, value: str) -> list[str]:
    """Return the addresses in an attribute's value; ``srcset`` holds several, each with a size."""
    return [part.split()[0] for part in value.split(",") if part.strip()] if name == "srcset" else [value]


def _address(letter: FinishedLetter, element: Element, name: str, address: str) -> Iterator[Problem]:
    scheme = address.partition(":")[0] if ":" in address else ""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme) or (scheme.lower() == "https" and not _host(address)):
        message = f"Die Adresse {_quoted(address)} ist nicht vollständig."
        yield problem_at(
            element, message, "Mit https:// und der Website beginnen; im Postfach gibt es keine Seite davor."
        )
    elif scheme.lower() == "http":
        yield problem_at(element, f"Die Adresse {_quoted(address)} ist unverschlüsselt.", "Mit https:// schreiben.")
    elif scheme.lower() not in _SCHEMES:
        message = f"Die Adresse {_quoted(address)} beginnt mit „{scheme}:“."
        yield problem_at(element, message, "Möglich sind https:, mailto: und tel:.")
    elif (element.name, name) not in _LINKS and _host(address) not in letter.hosts:
        message = f"Beim Öffnen würde von „{_host(address) or scheme}“ geladen."
        allowed = ", ".join(sorted(letter.hosts)) or "keine"
        yield problem_at(element, message, f"Nur von eigenen Rechnern laden: {allowed}.")


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _sheets(letter: FinishedLetter) -> Iterator[Problem]:
    for element in (*letter.elements, *letter.hidden):
        if element.name == "link":
            yield problem_at(element, "„link“ lädt etwas nach.", "Gestaltung in mj-style schreiben.")
    for css, element in letter.css:
        for rule in _AT_RULES.findall(css):
            remedy = "Eine Schrift nehmen, die alle haben; Gestaltung in mj-style schreiben."
            yield problem_at(element, f"„@{rule.lower()}“ lädt etwas nach.", remedy)


def _pixels(letter: FinishedLetter) -> Iterator[Problem]:
    for image in letter.named("img"):
        style = image.attributes.get("style", "")
        tiny = any(_TINY.fullmatch(image.attributes.get(side, "")) for side in ("width", "height"))
        if tiny or _TINY_STYLE.search(style) or _INVISIBLE.search(style):
            message = "Ein Bild ist unsichtbar, wie es Zählpixel sind."
            yield problem_at(image, message, "Entfernen; Abstände mit padding oder mj-spacer schaffen.")


def _quoted(address: str) -> str:
    return f"„{address if len(address) <= 60 else address[:59] + '…'}“"


PRIVACY_RULES: tuple[Callable[[FinishedLetter], Iterator[Problem]], ...] = (_addresses, _sheets, _pixels)
