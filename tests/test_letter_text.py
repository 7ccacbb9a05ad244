"""The text part says all that the letter says, in lines that any mail program shows as they are."""

import re

import pytest

from newsletter.letter import Decided, Letter, Link, Teaser
from newsletter.text import WIDTH, letter_text
from tests.letter_data import FULL, letter_of, places
from tests.project import load_cases

CASES = load_cases("letter-text")


@pytest.mark.parametrize("name", list(CASES))
def test_a_letter_becomes_text(name: str) -> None:
    case = CASES[name]
    assert letter_text(letter_of(case["letter"])).split("\n") == case["text"].split("\n")


NOT_SAID = re.compile(
    r"(?:.*\.)?(?:id|edition|audience|language|cooperation|short_name|preheader|sender|list_address|editorial|kind)"
)
"""What is not for people, or stands beside the subject in the inbox only, or is tested with the editorial."""


def is_said(place: tuple[str | int, ...]) -> bool:
    name = ".".join(map(str, place))
    return not NOT_SAID.fullmatch(name) and not {"logo", "picture", "badge"} & set(place)


@pytest.mark.parametrize(("place", "said"), [row for row in places(FULL) if is_said(row[0])], ids=str)
def test_everything_in_the_letter_is_said(place: tuple[str | int, ...], said: str) -> None:
    text = " ".join(letter_text(FULL).split())
    if place[-1] == "text" and place[-2] in ("link", "calendar"):
        said = said.partition(":")[0]
    assert said in text


def links_of(letter: Letter) -> list[Link]:
    items = [item for section in letter.sections for item in section.items]
    calendars = [item.calendar for item in items if isinstance(item, Teaser) and item.calendar]
    further = [link for section in letter.sections for link in section.links]
    about = [letter.home, letter.archive, letter.page, letter.unsubscribe, letter.web_view]
    return [*about, *letter.imprint.links, *(item.link for item in items), *calendars, *further]


def test_every_address_has_a_line_of_its_own() -> None:
    lines = letter_text(FULL).split("\n")
    assert {link.url for link in links_of(FULL)} <= set(lines)
    assert "[1] https://test.example.org/leitbild/" in lines


def test_headings_are_marked_by_the_line_below() -> None:
    lines = letter_text(FULL).split("\n")
    for section in FULL.sections:
        assert lines[lines.index(section.title) + 1] == "=" * len(section.title)
        for item in section.items:
            assert isinstance(item, Teaser | Decided)
            assert lines[lines.index(item.title) + 1] == "-" * len(item.title)


@pytest.mark.parametrize("name", list(CASES))
def test_lines_are_short_and_end_where_they_seem_to(name: str) -> None:
    text = letter_text(letter_of(CASES[name]["letter"]))
    for line in text.split("\n"):
        assert len(line) <= WIDTH or line.startswith(("https://", "[1] https://"))
        assert line == line.rstrip()
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n\n" not in text
