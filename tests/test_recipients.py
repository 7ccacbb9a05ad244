"""Files of recipients, as exports and offices write them."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Problem, ProblemsFound
from newsletter.delivery.address import checked, masked, own
from newsletter.delivery.recipient import Recipient
from newsletter.delivery.recipient_file import parse_recipients
from tests.project import ROOT
from tests.properties import property_settings

CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/cases/recipients/files.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_a_file_is_read_or_its_mistakes_are_told(case: dict[str, Any]) -> None:
    data = case["file"].encode(case.get("encoding", "utf-8"))
    if "problems" in case:
        with pytest.raises(ProblemsFound) as found:
            parse_recipients(data, "leser.csv")
        assert [str(problem) for problem in found.value.problems] == case["problems"]
        return
    recipients = parse_recipients(data, "leser.csv")
    assert [[one.line, one.address.mail, one.first_name] for one in recipients.accepted] == case["accepted"]
    assert {name: list(lines) for name, lines in recipients.left_out.items()} == case.get("left_out", {})
    assert list(recipients.without_name) == case.get("without_name", [])


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@property_settings()
def test_whatever_a_file_holds_is_read_or_told(data: bytes) -> None:
    accepted, problems = read(b"email;vorname\n" + data)
    assert all(problem.path == "leser.csv" and problem.line > 0 for problem in problems)
    for one in accepted:
        assert checked(one.address.mail) == one.address
        assert one.first_name == "" or one.first_name[0].isalpha()


def read(data: bytes) -> tuple[tuple[Recipient, ...], tuple[Problem, ...]]:
    try:
        return parse_recipients(data, "leser.csv").accepted, ()
    except ProblemsFound as found:
        return (), found.problems


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("kim@example.org", "k…@example.org"),
        ("kim@example.org, Kim Privat", "k…@example.org…"),
        ("kim@müller.example.org", "k…@müller.example.org"),
        ("kim", "k…"),
        ("", "…"),
    ],
)
def test_an_address_is_told_without_its_name(address: str, told: str) -> None:
    assert masked(address) == told


@pytest.mark.parametrize("address", ["raete@lists.example.org", "Raete@Lists.Example.org", "räte@lists.example.org"])
def test_an_address_of_ones_own_is_the_same_as_anybody_s(address: str) -> None:
    assert own(address) == checked(address)
