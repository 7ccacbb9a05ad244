"""For each text either all channels show it or none does, whatever the site and the moment."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.channels.search_documents import documents
from generator.channels.view import View
from tests.project import BASE
from tests.properties import property_settings
from tests.sample import build
from tests.test_gate import TIMES, entries_with_verdict, local

pytestmark = pytest.mark.slow

WORD = "zzwort{}zz"

WHERE: Mapping[str, tuple[str, ...]] = {
    "news": (
        "aktuelles/{}/",
        "aktuelles/",
        "aktuelles/feed.xml",
        "aktuelles/feed.atom",
        "aktuelles/feed.json",
        "feed.xml",
        "feed.atom",
        "feed.json",
        "sitemap.xml",
        "archiv/2026/",
    ),
    "minutes": ("protokolle/{}/", "protokolle/", "protokolle/feed.xml", "sitemap.xml", "archiv/2026/", "beschluesse/"),
    "page": ("{}/", "sitemap.xml"),
}
"""Where a public text of a kind is at least: addresses, with its id."""

FOLDERS = {"news": "aktuelles/", "minutes": "protokolle/", "page": ""}


def written(fields: Mapping[str, Any], number: int, kind: str) -> str:
    """Return a text with its word in title, summary and body; its moments are written as an author would."""
    word = WORD.format(number)
    body = f"## TOP 1 – {word}\n\n**Beschluss:** {word}\n" if kind == "minutes" else f"{word}\n"
    lines = [f"{name}: {value}" for name, value in fields.items()]
    return "\n".join(["---", f"title: {word}", f"summary: {word}", f"id: text-{number}", *lines, "---", body])


@st.composite
def sites(draw: st.DrawFn) -> tuple[dict[str, str], int, dict[int, tuple[str, bool]]]:
    """Return the files of a site, a moment as a step, and of each text its kind and whether it is public then."""
    now = draw(TIMES)
    files: dict[str, str] = {}
    verdicts: dict[int, tuple[str, bool]] = {}
    for number in range(draw(st.integers(1, 6))):
        entry, is_public = draw(entries_with_verdict(now))
        kind = type(entry).__name__.lower()
        fields: dict[str, Any] = {
            name: moment.isoformat()
            for name in ("publish", "expires", "embargo", "withdraw_on")
            if (moment := getattr(entry, name, None)) is not None
        }
        fields["draft"] = "ja" if entry.draft else "nein"
        if entry.sign_off:
            dates = (f", date: {one.date.isoformat()}" if one.date else "" for one in entry.sign_off)
            fields["sign_off"] = f"[{', '.join(f'{{municipality: talheim{date}}}' for date in dates)}]"
        if kind == "news":
            fields["date"] = "2026-01-05"
        if kind == "minutes":
            fields |= {"committee": "lenkungsgruppe", "start": "2026-01-05 18:00", "state": getattr(entry, "state", "")}
        files[f"{FOLDERS[kind]}text-{number}.md"] = written(fields, number, kind)
        verdicts[number] = kind, is_public
    return files, now, verdicts


@given(sites())
@property_settings((settings.default or settings()).max_examples // 4)
def test_a_text_is_everywhere_or_nowhere(site: tuple[dict[str, str], int, dict[int, tuple[str, bool]]]) -> None:
    files, now, verdicts = site
    built = build({**BASE, **files}, local(now).isoformat(), search=False)
    found = {document.url for document in documents(View(built.site))}
    for number, (kind, is_public) in verdicts.items():
        word, name = WORD.format(number).encode(), f"text-{number}"
        told = {url: url.encode() + file.data for url, file in built.files.items()}
        shown = {url for url, data in told.items() if word in data or name.encode() in data}
        assert bool(shown) == is_public, (kind, sorted(shown))
        assert any(url.endswith(f"{name}/") for url in found) == is_public
        if is_public:
            assert {place.format(name) for place in WHERE[kind]} - shown == set(), kind
