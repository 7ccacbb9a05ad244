"""What an edition takes in: what it names, or what its query finds, for an audience, as it was on its day."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.gate import gate
from generator.model.edition import Edition
from generator.model.entry import Entry
from generator.model.site import PublicSite
from newsletter.selection import select
from tests.project import load_cases
from tests.properties import property_settings
from tests.records import BERLIN, LAYOUT, make, make_site

CASES = load_cases("selection")
NOW = datetime(2026, 5, 1, 12, tzinfo=BERLIN)
EDITION = {"date": "2026-05-01", "number": "9"}
PRESS = {"contact": {"name": "Pressestelle"}, "place": "Talheim"}


def entry_of(fields: dict[str, Any]) -> Entry:
    kind = fields["kind"]
    rest = {name: value for name, value in fields.items() if name not in {"kind", "path", "as"}}
    if "as" in fields:
        rest |= {"kind": fields["as"], **PRESS}
    return make(kind, fields["path"], **rest)


def public(*entries: Entry) -> PublicSite:
    audiences = [{"id": name, "name": name} for name in ("buergerschaft", "presse")]
    audiences += [{"id": "pendler", "name": "Pendler", "topics": ["mobilitaet"]}]
    return gate(make_site(*entries, audiences=audiences), NOW, LAYOUT)


def edition_of(fields: dict[str, Any]) -> Edition:
    edition = make("edition", "newsletter/ausgabe.md", **(EDITION | fields))
    assert isinstance(edition, Edition)
    return edition


@pytest.mark.parametrize("name", CASES)
def test_an_edition_takes_in(name: str) -> None:
    case = CASES[name]
    edition = edition_of(case["edition"])
    site = public(edition, *map(entry_of, case["entries"]))
    chosen = select(site, edition, case.get("audience"))
    found = {
        kind: [entry.id for entry in entries]
        for kind in ("news", "events", "minutes", "other")
        if (entries := getattr(chosen, kind))
    }
    assert found == case["selected"]


NAMES = [f"n{number}" for number in range(6)]
ENTRIES = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.sampled_from(NAMES),
            "date": st.sampled_from(["2026-01-05", "2026-03-01", "2026-05-01", "2026-07-01"]),
            "audiences": st.sampled_from([[], ["buergerschaft"], ["presse"]]),
            "draft": st.sampled_from(["ja", "nein"]),
        }
    ),
    unique_by=lambda fields: fields["id"],
)


QUERIES = st.sampled_from([{}, {"query": {}}])


@given(ENTRIES, st.lists(st.sampled_from(NAMES)), QUERIES, st.sampled_from([None, "buergerschaft", "presse"]))
@property_settings()
def test_a_letter_holds_only_what_is_public_and_nothing_twice(
    entries: list[dict[str, Any]], items: list[str], query: dict[str, Any], audience: str | None
) -> None:
    edition = edition_of({"items": items, **query})
    site = public(edition, *(make("news", f"aktuelles/{fields['id']}.md", **fields) for fields in entries))
    chosen = [entry.id for entry in select(site, edition, audience).entries]
    assert len(chosen) == len(set(chosen))
    allowed = {entry.id for entry in site.entries if audience is None or audience in (entry.audiences or [audience])}
    assert set(chosen) <= allowed - {edition.id}
    assert set(items) & allowed <= set(chosen)
