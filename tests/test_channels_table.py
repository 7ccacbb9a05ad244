"""The table of channels: what is installed takes part in a build, whoever made it."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import EntryPoint, EntryPoints, entry_points

import pytest

from generator.channels.output import File, page
from generator.channels.table import channels
from generator.model.site import PublicSite
from generator.problems import ProblemsFound
from tests.project import ROOT
from tests.sample import SAMPLE, Built, build

DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
OWN = {"calendars", "feeds", "listings", "pages", "redirects"}


def app(site: PublicSite) -> Iterator[File]:
    """Make a third party's files: one page that is to be found, and one file of data."""
    titles = ", ".join(entry.title for entry in site.entries)
    shown = {"title": "App", "description": titles, "type": "page", "breadcrumbs": []}
    yield page("app/", lambda: ("page.html", shown))
    yield File(path="app/daten.json", url="app/daten.json", contents=b"{}")


def greedy(_site: PublicSite) -> Iterator[File]:
    """Claim an address that another channel has."""
    yield File(path="feed.xml", url="feed.xml", contents=b"")


def build_with(channel: str, monkeypatch: pytest.MonkeyPatch, files: Mapping[str, str] = SAMPLE) -> Built:
    """Build as if a package with one more channel were installed."""
    point = EntryPoint(name=channel, value=f"{__name__}:{channel}", group="schaukasten.channels")

    def more_entry_points(*, group: str) -> EntryPoints:
        return EntryPoints([*entry_points(group=group), *([point] if group == point.group else [])])

    with monkeypatch.context() as patched:
        patched.setattr("generator.channels.table.entry_points", more_entry_points)
        channels.cache_clear()
        try:
            return build(files)
        finally:
            channels.cache_clear()


def test_the_declared_channels_are_installed_in_the_order_of_their_names() -> None:
    names = list(channels())
    assert names == sorted(names)
    assert OWN <= DECLARED["schaukasten.channels"].keys() <= set(names)
    assert all(callable(channel) for channel in channels().values())


def test_a_channel_of_a_third_party_takes_part(monkeypatch: pytest.MonkeyPatch) -> None:
    built = build_with("app", monkeypatch)
    shown = built.page("app/").meta["description"]
    assert "Radweg eröffnet" in shown
    assert "Später" not in shown
    assert built["app/daten.json"] == b"{}"
    assert b"<loc>https://test.example.org/app/</loc>" in built["sitemap.xml"]
    assert b"daten.json" not in built["sitemap.xml"]
    assert "app/" not in build(SAMPLE).files


def test_a_text_may_link_to_a_page_that_a_channel_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    linking = {**SAMPLE, "impressum.md": SAMPLE["impressum.md"] + "\nZur [App](app/).\n"}
    with pytest.raises(ProblemsFound, match="ins Leere"):
        build(linking)
    assert '<a href="../app/">App</a>' in build_with("app", monkeypatch, linking).page("impressum/").body


def test_two_channels_may_not_claim_the_same_address(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ProblemsFound, match=r"/feed\.xml ist schon vergeben"):
        build_with("greedy", monkeypatch)
