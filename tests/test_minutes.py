"""Minutes become agenda, decisions, votes and tasks, and what is non-public in them stays in."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.gate import gate
from generator.model.minutes import Decision, Minutes, Section, Task, Vote
from generator.problems import Problem
from generator.reading.minutes import take_apart
from generator.reading.votes import read_vote
from tests.project import load_cases
from tests.properties import property_settings
from tests.records import BERLIN, LAYOUT, make, make_site

CASES = load_cases("minutes")
WORDS = load_cases("words")
NOW = datetime(2026, 11, 22, 12, tzinfo=BERLIN)


def read(body: str) -> tuple[tuple[Section, ...], list[Problem]]:
    return take_apart("m", body, 1, "m.md")


def public_text(body: str) -> str:
    (minutes,) = gate(make_site(make("minutes", "m.md", body)), NOW, LAYOUT).of(Minutes)
    return minutes.model_dump_json() + minutes.source.model_dump_json()


def describe_vote(vote: Vote | None) -> str | None:
    if vote is None:
        return None
    counts = "/".join("–" if count is None else str(count) for count in (vote.yes, vote.no, vote.abstentions))
    unanimous = " einstimmig" if vote.unanimous else ""
    return f"{counts}{unanimous} {'angenommen' if vote.carried else 'abgelehnt'}"


def outline(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        if section.item is not None:
            yield f"+ TOP {section.item.number}: {section.item.title}"
            yield from map(describe_decision, section.item.decisions)
            yield from map(describe_task, section.item.tasks)
        elif section.markdown.strip():
            yield f"{'+' if section.public else '-'} {section.markdown.strip().splitlines()[0]}"


def describe_decision(decision: Decision) -> str:
    vote = f" → {describe_vote(decision.vote)}" if decision.vote else ""
    return f"  Beschluss {decision.id} ({decision.line}): {' '.join(decision.text.split())}{vote}"


def describe_task(task: Task) -> str:
    due = f", {task.due}" if task.due else ""
    return f"  Auftrag {task.id} ({task.line}): {' '.join(task.text.split())} – {task.role}{due}"


@pytest.mark.parametrize("name", list(CASES))
def test_minutes_are_taken_apart(name: str) -> None:
    case = CASES[name]
    sections, problems = read(case["body"])
    assert list(outline(sections)) == case["outline"].splitlines()
    assert sorted(problem.line for problem in problems) == case.get("problems", [])


@pytest.mark.parametrize(
    "name",
    [name for name, case in CASES.items() if "public" in case],
)
def test_the_gate_lets_through_the_public_part_with_its_ids(name: str) -> None:
    case = CASES[name]
    (minutes,) = gate(make_site(make("minutes", "m.md", case["body"])), NOW, LAYOUT).of(Minutes)
    assert minutes.source.body.strip() == case["public"].strip()
    assert all(section.public for section in minutes.sections)


@pytest.mark.parametrize(("phrase", "expected"), WORDS["votes"].items())
def test_a_vote_is_read(phrase: Any, expected: str | None) -> None:
    assert describe_vote(read_vote(str(phrase))) == expected


@pytest.mark.parametrize("phrase", WORDS["votes_in_doubt"])
def test_a_vote_in_doubt_is_not_guessed(phrase: str) -> None:
    assert read_vote(phrase) is None


def test_a_number_without_end_is_no_vote() -> None:
    assert read_vote("1" * 5000 + " Ja") is None


@pytest.mark.parametrize("paragraph", WORDS["marks_in_doubt"])
def test_no_decision_is_lost_unnoticed(paragraph: str) -> None:
    sections, problems = read(f"## TOP 1 – Radweg\n\n{paragraph}")
    decisions = [decision.text for section in sections if section.item for decision in section.item.decisions]
    assert problems or decisions == ["Der Weg wird gebaut."]


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
@property_settings(100)
def test_counted_votes_are_read_as_written(yes: int, no: int, abstentions: int) -> None:
    expected = Vote(
        yes=yes,
        no=no,
        abstentions=abstentions,
        unanimous=yes > 0 and no == abstentions == 0,
        carried=yes > no,
    )
    for words in ("{} Ja, {} Nein, {} Enthaltungen", "Ja {}, Nein {}, Enthaltungen {}"):
        assert read_vote(words.format(yes, no, abstentions)) == expected


@pytest.mark.parametrize(("heading", "expected"), WORDS["headings"].items())
def test_a_heading_opens_an_agenda_item(heading: str, expected: list[object] | None) -> None:
    sections, problems = read(heading)
    items = [[section.item.number, section.item.title] for section in sections if section.item]
    assert items == ([[str(part) for part in expected]] if expected else [])
    assert problems == []


@pytest.mark.parametrize("heading", WORDS["closing"])
def test_a_heading_ends_the_public_part(heading: str) -> None:
    text = public_text(f"## TOP 1 – Beginn\n\noffen\n\n{heading}\n\ngeheim\n\n## TOP 10 – Ende\n\ngeheim")
    assert "offen" in text
    assert "geheim" not in text
    assert heading.strip("# ")[:12] not in text


@pytest.mark.parametrize("line", WORDS["doubtful"])
def test_what_may_end_the_public_part_does_not_pass_unnoticed(line: str) -> None:
    body = f"## TOP 1 – Beginn\n\noffen\n\n{line}\n\ngeheim"
    sections, problems = read(body)
    assert problems or not any("geheim" in section.markdown for section in sections if section.public)


@pytest.mark.parametrize("heading", WORDS["reopening"])
def test_a_heading_begins_the_public_part_again(heading: str) -> None:
    text = public_text(f"## Nichtöffentlicher Teil\n\ngeheim\n\n{heading}\n\noffen")
    assert "offen" in text
    assert "geheim" not in text


@pytest.mark.parametrize("line", WORDS["not_reopening"])
def test_a_non_public_part_goes_on(line: str) -> None:
    text = public_text(f"## Nichtöffentlicher Teil\n\ngeheim\n\n{line}\n\nvertraut")
    assert "geheim" not in text
    assert "vertraut" not in text


@pytest.mark.parametrize("line", WORDS["harmless"])
def test_what_only_sounds_alike_passes(line: str) -> None:
    text = public_text(f"## TOP 1 – Beginn\n\n{line}\n\noffen")
    assert "offen" in text
    assert line.strip("#-* ")[:12] in text


FILLINGS = (
    "{}",
    "**Beschluss:** {}",
    "**Beschluss:** a\n\n**Abstimmung:** 3 Ja, {}",
    "- **Auftrag:** a\n- b {}",
    "### {}",
    "> {}",
    "| a |\n|---|\n| {} |",
    "[^1]\n\n[^1]: {}",
    "<!-- {}",
    "<div>\n{}",
    "```\n{}\n```",
    "    {}",
    "*[a]: {}",
    "a\\\n{}",
)
PARTS = st.lists(st.tuples(st.booleans(), st.lists(st.sampled_from(FILLINGS), max_size=3)), max_size=8)


def build(parts: list[tuple[bool, list[str]]]) -> str:
    """Write minutes in which ``geheim<n>`` stands in the non-public parts, and ``offen<n>`` in the public ones."""
    lines: list[str] = []
    kinds = [True, *(public for public, _ in parts)]
    for number, ((before, public), (_, fillings)) in enumerate(zip(pairwise(kinds), parts, strict=True)):
        word = f"{'offen' if public else 'geheim'}{number}"
        mark = "" if before == public else f" ({'' if public else 'nicht'}öffentlich)"
        lines += [f"## TOP {number} – {word}{mark}", *(filling.format(word) for filling in fillings)]
    return "\n".join(lines)


@given(PARTS)
@property_settings(300)
def test_no_non_public_word_passes_the_gate(parts: list[tuple[bool, list[str]]]) -> None:
    body = build(parts)
    sections, _ = read(body)
    minutes = make("minutes").model_copy(update={"sections": sections})
    (public,) = gate(make_site(minutes), NOW, LAYOUT).of(Minutes)
    text = public.model_dump_json() + public.source.body + repr(public.sections)
    assert "geheim" not in text
    assert [f"offen{number}" in text for number, (is_public, _) in enumerate(parts) if is_public] == [
        True for is_public, _ in parts if is_public
    ]


@given(PARTS)
@property_settings(100)
def test_minutes_without_non_public_parts_lose_no_line(parts: list[tuple[bool, list[str]]]) -> None:
    body = build([(True, fillings) for _, fillings in parts])
    kept = "\n".join(section.markdown for section in read(body)[0]).splitlines()
    assert [line for line in body.splitlines() if line.strip() and not line.startswith("#")] == [
        line for line in kept if line.strip() and not line.startswith(("#", "{:"))
    ]


def test_a_heading_with_a_gap_is_read_at_once() -> None:
    started = perf_counter()
    read(f"## a{' ' * 1200}b")
    assert perf_counter() - started < 0.5
