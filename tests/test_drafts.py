"""A preview shows drafts; what else holds a text back still does."""

from generator.drafts import every, with_drafts
from generator.gate import gate, held_back
from tests.records import LAYOUT, make, make_site
from tests.test_gate import NOW


def test_drafts_are_ready_and_marked_and_nothing_else_is() -> None:
    site = make_site(
        make("news", "a.md", draft="ja"),
        make("news", "b.md", draft="ja", embargo="2099-01-01"),
        make("news", "c.md"),
    )
    assert [entry.title for entry in gate(with_drafts(site, every), NOW, LAYOUT).entries] == [
        "Entwurf: Radweg",
        "Radweg",
    ]
    assert [item.rules for item in held_back(site, NOW)] == [("draft",), ("draft", "embargo")]
