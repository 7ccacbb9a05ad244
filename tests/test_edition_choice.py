"""Which edition a command takes, and what it says of those that it does not take."""

from datetime import datetime

import pytest

from generator.gate import gate
from generator.model.edition import Edition
from generator.model.site import Site
from generator.problems import ProblemsFound
from newsletter.choice import chosen
from tests.sample import entry, sample

NOW = datetime.fromisoformat("2026-11-20T12:00+01:00")


def editions(**third: object) -> list[Edition]:
    common = {"subject": "Neues", "preheader": "Kurz.", "title": "Neues"}
    return [
        entry(Edition, path="newsletter/eins.md", number="1", date="2026-10-01", **common),
        entry(Edition, path="newsletter/zwei.md", number="2", date="2026-11-01", **common),
        entry(Edition, path="newsletter/drei.md", **{"number": "3", "date": "2026-11-20", **common, **third}),
    ]


def choose(wanted: str | None, **third: object) -> tuple[Edition, list[str]]:
    authored = Site(cooperation=sample().site.cooperation, entries=tuple(editions(**third)), files=frozenset())
    public = [edition for edition in gate(authored, NOW, sample().site.layout).entries if isinstance(edition, Edition)]
    told: list[str] = []
    return chosen(sorted(public, key=lambda edition: edition.date), authored, NOW, wanted, told.append), told


def test_the_newest_public_one_is_taken() -> None:
    edition, told = choose(None)
    assert (edition.number, told) == (3, [])


DRAFT = (
    "newsletter/drei.md:1: Die Ausgabe 3 ist noch ein Entwurf. "
    "Ansehen: schaukasten serve --drafts, /newsletter/vorschau/. Zum Verschicken „draft: ja“ löschen."
)
LATER = (
    "newsletter/drei.md:1: Die Ausgabe 3 erscheint erst am Di, 15.12.2026, 00:00. "
    "Bis dahin mit --now 2026-12-15T00:00 ansehen und bauen."
)


@pytest.mark.parametrize(
    ("third", "reason"), [({"draft": "ja"}, DRAFT), ({"date": "2026-12-15"}, LATER)], ids=["draft", "later"]
)
def test_a_newer_one_that_is_held_back_is_told(third: dict[str, object], reason: str) -> None:
    edition, told = choose(None, **third)
    assert edition.number == 2
    assert told == [f"Hinweis: {reason} Hier geht es um Ausgabe 2."]
    for wanted in ("3", "drei", "newsletter/drei.md"):
        with pytest.raises(ProblemsFound) as found:
            choose(wanted, **third)
        assert str(found.value) == reason
