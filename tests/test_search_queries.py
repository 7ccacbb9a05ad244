"""The search finds what a careful person would want to be shown, and little else; asked in a real browser."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.page_viewer import page_viewer
from tests.project import load_cases

pytestmark = pytest.mark.slow

LEAST_RECALL = 0.95
LEAST_PRECISION = 0.9
LEAST_QUERIES = 100

CASES = load_cases("search")
ADDRESSES: Mapping[str, str] = CASES.pop("addresses")
SUBJECTS: Mapping[str, Mapping[str, list[str]]] = CASES.pop("subjects")
QUERIES = [(kind, row["query"], row["subject"]) for kind, rows in CASES.items() for row in rows]

ASK = """async (queries) => {
    const { openIndex } = await import(new URL("../assets/search-index.js", location.href));
    const index = await openIndex(JSON.parse(document.querySelector("#s-results").dataset.search).index);
    const answers = [];
    for (const query of queries) answers.push((await index.find(query)).documents.map(({ address }) => address));
    return answers;
}"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a query; addresses are relative to the site's root, without the slash at their end."""

    kind: str
    query: str
    found: tuple[str, ...]
    expected: frozenset[str]
    accepted: frozenset[str]

    @property
    def recall(self) -> float:
        return len(self.expected & set(self.found)) / len(self.expected)

    @property
    def precision(self) -> float:
        wanted = self.expected | self.accepted
        return sum(one in wanted for one in self.found) / len(self.found) if self.found else 0.0

    def __str__(self) -> str:
        missing = sorted(self.expected - set(self.found))
        wrong = [one for one in self.found if one not in self.expected | self.accepted]
        return f"{self.kind}: {self.query}: missing {missing}, wrong {wrong}"


@pytest.fixture(scope="module")
def answers(browser: Browser, served: str, site: Path, addresses: Mapping[str, str]) -> list[Answer]:
    with page_viewer(browser, served, addresses) as viewer:
        viewer.page.goto(f"{served}suche/")
        found = viewer.page.evaluate(ASK, [query for _, query, _ in QUERIES])
        assert viewer.said == []
    told = [tuple(_page(site, address.removeprefix(served)) for address in one) for one in found]
    return [
        Answer(kind, query, one, _pages(SUBJECTS[subject]["expect"]), _pages(SUBJECTS[subject].get("accept", [])))
        for (kind, query, subject), one in zip(QUERIES, told, strict=True)
    ]


def _page(site: Path, document: str) -> str:
    shown: Any = json.loads((site / document).read_text(encoding="utf-8"))
    return str(shown["url"]).rstrip("/")


def _pages(names: list[str]) -> frozenset[str]:
    return frozenset("" if name == "start" else ADDRESSES.get(name, name) for name in names)


def test_every_query_has_a_hit(answers: list[Answer]) -> None:
    assert [one.query for one in answers if not one.found] == []


def test_what_is_looked_for_is_found(answers: list[Answer]) -> None:
    assert len(answers) >= LEAST_QUERIES
    worst = "\n".join(str(one) for one in sorted(answers, key=lambda one: one.recall)[:10] if one.recall < 1)
    assert sum(one.recall for one in answers) / len(answers) >= LEAST_RECALL, worst


def test_little_else_is_found(answers: list[Answer]) -> None:
    worst = "\n".join(str(one) for one in sorted(answers, key=lambda one: one.precision)[:10] if one.precision < 1)
    assert sum(one.precision for one in answers) / len(answers) >= LEAST_PRECISION, worst


def test_names_of_pages_in_cases_exist(site: Path) -> None:
    named = {page for subject in SUBJECTS.values() for names in subject.values() for page in _pages(names)}
    assert [page for page in sorted(named) if not (site / page / "index.html").is_file()] == []
    assert {subject for _, _, subject in QUERIES} == SUBJECTS.keys()
