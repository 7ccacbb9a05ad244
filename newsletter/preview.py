"""A sheet for editors: one letter in all views, side by side, in a single HTML file that needs nothing else."""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from generator.locale import locale
from newsletter.html import MOST_BYTES
from newsletter.letter import MERGE, Letter
from newsletter.mjml import environment, fill
from newsletter.mjml.finished import FinishedLetter
from newsletter.views import VIEWS

__all__ = ["sheet"]

_TEMPLATES = Path(__file__).parent / "templates"
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?", re.IGNORECASE)
"""The part of an address that a content security policy names (CSP Level 3, 2.3.1)."""

_KINDS = {".png": "png", ".jpg": "jpeg"}

_SHOWN: Mapping[str, str] = {
    "unsubscribe": "[Link zum Abmelden, vom Versanddienst]",
    "web_view": "[Link zur Ansicht im Browser, vom Versanddienst]",
    "first_name": "[Vorname]",
}
"""What stands in the text part for the tokens of `MERGE`, by their names."""

_LANGUAGE = "de"
"""Of those who write letters, whatever they write them in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """Where a link of the letter leads."""

    text: str
    url: str
    is_token: bool
    """Whether the sending system puts in the address."""


def sheet(
    letter: Letter, html: str, text: str, pictures: Mapping[str, bytes] = MappingProxyType({}), *, live: bool = False
) -> str:
    """Return the sheet: no script, and no request but those for pictures of the letter that are not handed in.

    Args:
        letter: what was composed.
        html: the letter's HTML, as `fitting_html` returns it.
        text: its text part.
        pictures: PNG and JPEG by address, for letters are looked at before their pictures are on the web.
        live: whether a server shows it, which may add a script that follows every change.

    Raises:
        MjmlError: the template cannot be filled in.
    """
    size = len(html.encode())
    shown = _with_pictures(html, pictures)
    finished = FinishedLetter.of(shown, "letter.html", frozenset(), tuple(MERGE.values()))
    values = {
        "letter": letter,
        "live": live,
        "views": [(view.title, view.width, _framed(view.of(shown))) for view in VIEWS.values()],
        "date": locale(_LANGUAGE).day(letter.date),
        "text": _without_tokens(text),
        "links": list(_targets(finished)),
        "hosts": sorted({found[0] for url in _pictures(finished) if (found := _ORIGIN.match(url))}),
        "size": size,
        "most": MOST_BYTES,
        "kilobytes": locale(_LANGUAGE).number(round(Decimal(size) / 1000, 1)),
        "limit": locale(_LANGUAGE).number(Decimal(MOST_BYTES) / 1000),
    }
    return fill(environment(_TEMPLATES), "preview.html", values)


def _with_pictures(html: str, pictures: Mapping[str, bytes]) -> str:
    for url, data in pictures.items():
        embedded = f"data:image/{_KINDS[url[-4:]]};base64,{b64encode(data).decode('ascii')}"
        html = html.replace(f'src="{url}"', f'src="{embedded}"')
    return html


def _without_tokens(text: str) -> str:
    for name, token in MERGE.items():
        text = text.replace(token, _SHOWN[name])
    return text


def _framed(html: str) -> str:
    """Return a view whose links open nothing: they would ask for a window, which the frame may not open."""
    return html.replace("<head>", '<head><base target="_blank">', 1)


def _targets(finished: FinishedLetter) -> Iterator[_Target]:
    """Yield each address once, with the text of the first link to it."""
    seen = set()
    for link in finished.named("a"):
        url = link.attributes.get("href", "").strip()
        if url and url not in seen:
            seen.add(url)
            yield _Target(text=" ".join(link.text.split()), url=url, is_token=finished.is_token(url))


def _pictures(finished: FinishedLetter) -> Iterator[str]:
    return (image.attributes.get("src", "").strip() for image in finished.named("img"))
