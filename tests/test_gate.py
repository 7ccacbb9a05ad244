"""Nothing is public before its time or after it, unsigned, preliminary, or a draft."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.gate import RULES, gate, held_back
from generator.model.entry import Entry
from generator.model.minutes import Minutes
from generator.model.site import Site
from tests.project import load_cases
from tests.properties import property_settings
from tests.records import BERLIN, LAYOUT, make, make_site

CASES = load_cases("gate")
NOW = datetime(2026, 11, 22, 12, tzinfo=BERLIN)
ZONES = [UTC, BERLIN, ZoneInfo("America/New_York")]
STEPS = [timedelta(minutes=-40), timedelta(microseconds=-1), timedelta(0), timedelta(minutes=40)]


def rules_holding(site: Site, now: datetime) -> list[str]:
    return [rule for item in held_back(site, now) for rule in item.rules]


def describe(case: dict[str, Any]) -> str:
    return " ".join([case["kind"], *(f"{name}={value}" for name, value in case.get("fields", {}).items())])


@pytest.mark.parametrize("case", CASES["moments"], ids=describe)
def test_a_rule_holds_exactly_from_or_until_its_moment(case: dict[str, Any]) -> None:
    moment = datetime.fromisoformat(case["moment"]).replace(tzinfo=UTC)
    site = make_site(make(case["kind"], **case["fields"]))
    is_held = [True, True, False, False] if case["held"] == "before" else [False, False, True, True]
    for zone in ZONES:
        moments = [(moment + step).astimezone(zone) for step in STEPS]
        assert [rules_holding(site, now) for now in moments] == [[case["rule"]] if held else [] for held in is_held]
        assert [not gate(site, now, LAYOUT).entries for now in moments] == is_held


@pytest.mark.parametrize("case", CASES["always"], ids=describe)
def test_a_rule_holds_an_entry_at_any_time(case: dict[str, Any]) -> None:
    entry = make(case["kind"], **case.get("fields", {}))
    others = [make(other["kind"], **other["fields"]) for other in case.get("beside", ())]
    site = make_site(entry, *others, **case.get("cooperation", {}))
    assert [rule for item in held_back(site, NOW) if item.entry is entry for rule in item.rules] == case["rules"]
    assert (entry in gate(site, NOW, LAYOUT).entries) == (not case["rules"])


def test_every_rule_has_its_cases() -> None:
    tried = {case["rule"] for case in CASES["moments"]} | {rule for case in CASES["always"] for rule in case["rules"]}
    assert tried == set(RULES)


START = datetime(2026, 10, 25, 0, tzinfo=UTC)
TIMES = st.integers(0, 11)
"""Steps of ten minutes through the two hours in which the clock in Berlin shows the time from two to three twice."""


SELDOM = st.sampled_from([False, False, False, True])


def local(step: int) -> datetime:
    return (START + timedelta(minutes=10 * step)).astimezone(BERLIN)


@st.composite
def entries_with_verdict(draw: st.DrawFn, now: int) -> tuple[Entry, bool]:
    """Return an entry, and whether it is public at the step ``now``, found out without the gate."""
    kind = draw(st.sampled_from(["news", "minutes", "page"]))
    draft, preliminary = draw(SELDOM), draw(SELDOM)
    optional = st.none() | TIMES
    publish, expires, own = draw(optional), draw(optional), draw(optional)
    signatures = draw(st.lists(optional, max_size=2))
    fields: dict[str, Any] = {"draft": draft, "publish": publish, "expires": expires}
    public = not draft and (publish is None or now >= publish) and (expires is None or now < expires)
    if kind == "news":
        fields["embargo"] = own
        public = public and (own is None or now >= own)
    if kind == "minutes":
        fields["withdraw_on"] = own
        fields["state"] = "preliminary" if preliminary else "approved"
        public = public and (own is None or now < own) and not preliminary
    fields = {name: local(value) if type(value) is int else value for name, value in fields.items()}
    fields = {name: value for name, value in fields.items() if value is not None}
    fields["sign_off"] = [
        {"municipality": "talheim"} if moment is None else {"municipality": "talheim", "date": local(moment)}
        for moment in signatures
    ]
    public = public and all(moment is not None and now >= moment for moment in signatures)
    return make(kind, **fields), public


@given(st.data(), TIMES, st.sampled_from([UTC, BERLIN]))
@property_settings(300)
def test_exactly_what_no_rule_holds_is_public(data: st.DataObject, now: int, zone: Any) -> None:
    drawn = data.draw(st.lists(entries_with_verdict(now), max_size=4))
    entries = [entry.model_copy(update={"id": str(number)}) for number, (entry, _) in enumerate(drawn)]
    site = make_site(*entries)
    public = gate(site, local(now).astimezone(zone), LAYOUT)
    held = [item.entry.id for item in held_back(site, local(now).astimezone(zone))]
    assert [entry.id for entry in public.entries] == [str(n) for n, (_, passes) in enumerate(drawn) if passes]
    assert held == [str(n) for n, (_, passes) in enumerate(drawn) if not passes]


def test_what_is_held_back_is_nowhere_in_the_public_site() -> None:
    secret = make("news", "a/geheim.md", "geheim", title="Geheim", draft="ja", tags=["geheim"])
    public = gate(make_site(secret, make("news", "a/offen.md", "offen")), NOW, LAYOUT)
    assert [entry.url for entry in public.entries] == ["a/offen/"]
    assert "geheim" not in repr(public).lower()


def test_non_public_parts_are_removed_from_text_and_sections() -> None:
    body = "## TOP 1 – Radweg\n\n**Beschluss:** offen\n\n## TOP 2 – Personal (nichtöffentlich)\n\n**Beschluss:** geheim"
    site = make_site(make("minutes", body=body))
    (minutes,) = gate(site, NOW, LAYOUT).of(Minutes)
    assert "geheim" not in repr(minutes) + minutes.source.body
    assert [decision.text for item in minutes.agenda for decision in item.decisions] == ["offen"]
    assert "geheim" in repr(site.entries)


def test_public_entries_keep_order_and_are_otherwise_unchanged() -> None:
    entries = [make(kind, f"{kind}.md", "## Text") for kind in ("news", "event", "page", "leitbild", "edition")]
    public = gate(make_site(*entries), NOW, LAYOUT)
    assert list(public.entries) == entries
    assert public.now == NOW
