"""Whatever the server or the network does, and however often, a letter is one campaign of listmonk in the end."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.listmonk_letters import PEOPLE, engine, sent, write_token
from tests.listmonk_server import ODD, TAKE_AND_HANG, listmonk_server
from tests.mail_servers import DROP, GARBAGE, HANG, TAKE_AND_DROP
from tests.properties import property_settings

pytestmark = pytest.mark.slow

STEPS = (
    "GET lists",
    "GET templates",
    "POST templates",
    "GET campaigns",
    "POST campaigns",
    "GET campaigns/{id}",
    "PUT campaigns/{id}/status",
)
LATER = datetime.now(UTC).replace(microsecond=0) + timedelta(days=400)
FAULTS = (DROP, TAKE_AND_DROP, GARBAGE, HANG, TAKE_AND_HANG, "500", "502 done", ODD, "403", "429", "302")


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(
    ("step", "at"),
    [*((step, None) for step in STEPS), *((step, LATER) for step in STEPS if step.endswith(("campaigns", "status")))],
)
def test_whatever_happens_there_is_one_campaign_in_the_end(
    step: str, at: datetime | None, fault: str, tmp_path: Path
) -> None:
    """A step fails once, at its first or its second time; then the same command is given again."""
    patience = 0.3 if fault in {HANG, TAKE_AND_HANG} else 30.0
    for time in (1, 2) if step == "GET campaigns" else (1,):
        with listmonk_server({step: {time: fault}}) as server:
            server.add_list("Räte", PEOPLE)
            place = tmp_path / str(time)
            place.mkdir()
            write_token(place)
            reports = [sent(engine(place, server.url, 30.0 if again else patience, at=at)) for again in (False, True)]
            assert server.asked.count(step) >= 1
            assert reports[1].is_complete or "schon bei listmonk" in reports[1].lines[0], reports
            assert [one["status"] for one in server.campaigns] == ["scheduled" if at else "running"]
            assert len([one for one in server.templates if one["name"] == "Schaukasten"]) == 1
            third = sent(engine(place, server.url, at=at))
            assert third.is_complete == bool(at)
            assert len(server.campaigns) == 1


HOW = (DROP, TAKE_AND_DROP, GARBAGE, "500", "502 done", ODD, "403", "429")
TIMES = st.dictionaries(st.integers(1, 6), st.sampled_from(HOW), max_size=5)


@property_settings(20)
@given(faults=st.fixed_dictionaries({}, optional=dict.fromkeys(STEPS, TIMES)), at=st.booleans())
def test_however_much_fails_there_is_one_campaign_in_the_end(faults: Mapping[str, Any], *, at: bool) -> None:
    with TemporaryDirectory() as name, listmonk_server(faults) as server:
        folder = Path(name)
        write_token(folder)
        server.add_list("Räte", PEOPLE)
        for _ in range(len(STEPS) * 5 + 2):
            report = sent(engine(folder, server.url, at=LATER if at else None))
            assert len(server.campaigns) <= 1
            if report.is_complete or "schon bei listmonk" in report.lines[0]:
                break
        assert [one["status"] for one in server.campaigns] == ["scheduled" if at else "running"]
