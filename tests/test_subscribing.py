"""How a reader subscribes: a form that the sending service takes, or a mail; and what pages may send where."""

import pytest

from generator.channels.server.answers import serving
from generator.problems import ProblemsFound
from tests.sample import build, sample, sample_with

MAILING = "mailing:\n  sender: neues@test.example.org\n"
LISTMONK = """\
mailing:
  sender: neues@test.example.org
  profile: listmonk
  website: https://listen.example.org/
  lists:
    - {audience: buergerschaft, key: 7c2e2a1e-0000-4000-8000-000000000001}
    - {key: 7c2e2a1e-0000-4000-8000-000000000002}
"""
MAILMAN = """\
mailing:
  profile: mailman
  lists:
    - {audience: buergerschaft, address: buergerschaft@listen.example.org}
    - {address: alle@listen.example.org}
"""
START = "municipalities:\n"


def subscription(mailing: str) -> dict[str, object] | None:
    made = build(sample_with(START, mailing + START, within="kooperation.yml"))
    found: dict[str, object] | None = made.page("newsletter/").meta.get("subscription")
    return found


def test_listmonk_takes_a_form() -> None:
    found = subscription(LISTMONK)
    assert found is not None
    assert found["form"] == {
        "action": "https://listen.example.org/subscription/form",
        "email": "email",
        "list": "l",
        "trap": "nonce",
    }
    assert [(item["name"], item["key"]) for item in found["lists"]] == [  # type: ignore[index]
        ("Bürgerschaft", "7c2e2a1e-0000-4000-8000-000000000001"),
        ("Newsletter", "7c2e2a1e-0000-4000-8000-000000000002"),
    ]


@pytest.mark.parametrize(
    "missing", ["  website: https://listen.example.org/\n", ", key: 7c2e2a1e-0000-4000-8000-000000000001"]
)
def test_without_what_a_form_needs_there_is_none(missing: str) -> None:
    found = subscription(LISTMONK.replace(missing, ""))
    assert found is not None
    assert found["form"] is None


def test_mailman_takes_a_mail_to_each_list() -> None:
    found = subscription(MAILMAN)
    assert found is not None
    assert found["form"] is None
    assert [item["mail"] for item in found["lists"]] == [  # type: ignore[index]
        "mailto:buergerschaft-join@listen.example.org",
        "mailto:alle-join@listen.example.org",
    ]


@pytest.mark.parametrize(("topics", "told"), [("", []), (", topics: [mobilitaet]", ["Mobilität"])])
def test_who_chooses_a_list_reads_what_it_is_about(topics: str, told: list[str]) -> None:
    settings = sample_with(START, LISTMONK + START, within="kooperation.yml")["kooperation.yml"]
    audience = "{id: buergerschaft, name: Bürgerschaft"
    assert audience in settings
    made = build(
        sample_with(START, LISTMONK + START, within="kooperation.yml")
        | {"kooperation.yml": settings.replace(audience, audience + topics)}
    )
    found = made.page("newsletter/").meta["subscription"]
    assert [item["topics"] for item in found["lists"]] == [told, []]


def test_without_a_service_the_office_is_written_to() -> None:
    found = subscription(MAILING)
    assert found is not None
    assert [item["mail"] for item in found["lists"]] == [  # type: ignore[index]
        "mailto:neues@test.example.org?subject=Newsletter%20abonnieren"
    ]


def test_what_nobody_has_set_up_is_not_offered() -> None:
    assert sample().page("newsletter/").meta.get("subscription") is None


def test_forms_go_to_the_service_and_nowhere_else() -> None:
    made = build(sample_with(START, LISTMONK + START, within="kooperation.yml"))
    for answer in serving(made.site).answers:
        assert "form-action 'self' https://listen.example.org;" in answer.headers["Content-Security-Policy"]
    for answer in serving(sample().site).answers:
        assert "form-action 'self';" in answer.headers["Content-Security-Policy"]


def test_an_unknown_audience_of_a_list_is_told() -> None:
    with pytest.raises(ProblemsFound, match="Die Zielgruppe „niemand“ ist nicht bekannt"):
        build(sample_with(START, LISTMONK.replace("buergerschaft,", "niemand,") + START, within="kooperation.yml"))
