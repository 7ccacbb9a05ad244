"""The accessibility statement claims what was stated, and never more."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from pydantic import ValidationError

from generator.channels.statement_view import statement_view
from generator.channels.view import View
from generator.locale import LANGUAGES, locale
from generator.model.statement import Statement
from tests.project import load_cases
from tests.sample import SAMPLE, build, sample

TODAY = date(2026, 11, 22)
REQUIRED = {
    "law": ["Gesetz"],
    "standards": ["WCAG"],
    "created": "2020-01-01",
    "enforcement": {"name": "Stelle", "phone": "1"},
}
GROUNDS = st.sampled_from(["noncompliance", "burden", "out_of_scope"])
STATED = st.fixed_dictionaries(
    {"limitations": st.lists(GROUNDS.map(lambda ground: {"what": "W", "reason": "R", "ground": ground}), max_size=3)},
    optional={
        "conformity": st.sampled_from(["full", "partial", "none"]),
        "assessed_on": st.integers(-2, 2).map(lambda days: (TODAY + timedelta(days=days)).isoformat()),
        "method": st.sampled_from(["self", "external"]),
    },
)


@given(STATED)
def test_a_result_is_told_only_with_the_day_and_the_method_of_its_assessment(stated: dict[str, Any]) -> None:
    complete = {"conformity", "assessed_on", "method"} <= stated.keys()
    try:
        statement = Statement.model_validate(REQUIRED | stated)
    except ValidationError:
        return
    site = sample().site
    legal = site.cooperation.legal.model_copy(update={"statement": statement})
    view = View(replace(site, cooperation=site.cooperation.model_copy(update={"legal": legal})))
    shown = statement_view(view)["statement"]
    if complete and date.fromisoformat(stated["assessed_on"]) <= TODAY:
        assert (shown["conformity"], shown["method"]) == (stated["conformity"], stated["method"])
        assert shown["assessed"]["iso"] == stated["assessed_on"]
    else:
        assert (shown["conformity"], shown.keys() & {"assessed", "method", "method_note", "report"}) == (
            "unknown",
            set(),
        )
    if shown["conformity"] == "full":
        assert {ground["name"] for ground in shown["grounds"]} <= {"out_of_scope"}
    assert sum(len(ground["limitations"]) for ground in shown["grounds"]) == len(stated["limitations"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_sentence_for_it_says_that_all_is_accessible(language: str) -> None:
    word = {"de": "vollständig", "en": "fully"}[language]
    found = [name for name, text in locale(language).words.items() if name.startswith("statement.") and word in text]
    assert found == ["statement.conformity_full"]


def test_a_statement_that_is_not_public_leaves_the_settings_alone() -> None:
    case = load_cases("pages")["statement"]
    draft = case["files"]["barrierefreiheit.md"].replace("summary:", "draft: ja\nsummary:")
    settings = SAMPLE["kooperation.yml"] + case["settings"]
    page = build({**SAMPLE, "kooperation.yml": settings, "barrierefreiheit.md": draft}).page("barrierefreiheit/")
    assert page.meta["statement"] == case["whole"]["statement"]
    assert page.body.strip() == ""


@pytest.mark.slow
def test_the_demo_states_what_its_settings_say(demo: Path) -> None:
    page = html.fromstring((demo / "build/site/barrierefreiheit/index.html").read_text(encoding="utf-8"))
    (main,) = page.xpath("//main")
    text = " ".join(main.text_content().split())
    assert "nur teilweise mit den genannten Anforderungen vereinbar" in text
    assert "Selbstbewertung vom 16. November 2026" in text
    assert "vollständig" not in text
    headings = [" ".join(heading.text_content().split()) for heading in main.xpath(".//h2")]
    assert headings == [
        "Angaben",
        "Stand der Vereinbarkeit mit den Anforderungen",
        "Nicht barrierefreie Inhalte",
        "Erstellung dieser Erklärung",
        "Feedback und Kontakt",
        "Durchsetzungsverfahren",
    ]
    assert main.xpath(".//a[starts-with(@href, 'mailto:')]/@href") == [
        "mailto:barrierefrei@kranichwald.example.org",
        "mailto:durchsetzungsstelle@land.example.org",
    ]
