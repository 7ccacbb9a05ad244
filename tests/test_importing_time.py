"""Texts that are made to take long take no longer than others: the work grows with the text, not with its square."""

import json
import time
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.engine.project import project_of
from generator.importing.dialect import levelled
from generator.importing.feed import read_feed
from generator.importing.links import anchors_in, linked
from generator.importing.markups import our_markdown
from generator.importing.media import Media
from generator.importing.original import Markup, Original
from generator.importing.our_fields import mapped
from generator.importing.targets import Targets
from generator.model.site import Site
from tests.project import BASE, write_project

_LENGTH = 100_000
_LONGEST = 10.0
"""Seconds, even on a machine with other things to do; what is measured takes tenths, and took minutes once."""

_STRANGE = (
    # HTML
    "<form>", "<img ", "<b>a</b> ", "<a ", "<a href=", "<a href='", "<", "<!--", "<span>", "<p>", "<ul><li>", "<td>",
    "&a", "&", "\xa0",
    # Markdown
    "~~a ", "~~a", "`a", "` ``", "![", "[[", "[a", "[a](", "[a](b 'c", "[a]: ", "{", "{#a", "{:", "\\", "#", "- ", "* ",
    "> ", "1. ", "‹", "http://a>", ">http://a", "http://.", " \n", "\n\n", "a. A ", "|", "_",
    # shortcodes and tags
    "[a]", "[/a]", "[a][b]", "[a b=", "[gallery ids=", "[gallery ids='1", "[caption]", "[caption]<img>", "[embed]a",
    "[embed]", "[youtube a", "[video]", "<!-- wp:a ", "<!-- wp:a -->", "{{< a ", "{{<", "{{< a >}}", "{{< highlight a ",
    "{{< highlight a >}}", "{{< a \"\\", "{% a ", "{%", "{% raw %}", "{% comment %}", "{::comment}\n",
    "{% highlight a %}", "{{ a ", "{{",
)  # fmt: skip
_BEFORE = ("", "# a", "# a {", "[a](", "{{<", "{% a", "{{", "<!-- wp:a", "[a ", "<p>", "~~a", "<table><tr><td>")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return project_of(write_project(tmp_path_factory.mktemp("project"), BASE))[1]


def seconds_for(markup: Markup, body: str, site: Site, folder: Path) -> float:
    """Return how long it takes to make a text of ours of a body."""
    begun = time.process_time()
    original = Original(file="a.md", name="a", role="page", markup=markup, body=body)
    ours = levelled(our_markdown(markup, body))
    mapped(original, ours, site.cooperation, date(2026, 11, 22))
    media = Media({}, None, folder)
    place = folder / "a.md"
    targets = Targets([(original, place)], site, [], media)
    linked(ours, original, place, targets, media, {}, {place: anchors_in(ours)})
    return time.process_time() - begun


@pytest.mark.slow
@pytest.mark.parametrize("markup", ["hugo", "jekyll", "wordpress", "html"])
@pytest.mark.parametrize("strange", _STRANGE)
def test_what_is_repeated_takes_no_time(markup: Markup, strange: str, site: Site, tmp_path: Path) -> None:
    assert seconds_for(markup, strange * (_LENGTH // len(strange)), site, tmp_path) < _LONGEST


@pytest.mark.parametrize(
    ("markup", "body"),
    [
        ("wordpress", "[a]" * 15_000 + "[/a]" * 15_000),
        ("hugo", " ".join("`" * length for length in range(1, 450))),
        ("html", f"<table>{'<tr><td>a' * 10_000}<tr>{'<td>a' * 10_000}</table>"),
        ("jekyll", f"# a{' ' * 800}\n{'# a' + ' ' * 800}"),
    ],
    ids=["shortcodes in one another", "ticks", "a table", "headings"],
)
def test_what_belongs_together_takes_no_time(markup: Markup, body: str, site: Site, tmp_path: Path) -> None:
    assert seconds_for(markup, body, site, tmp_path) < _LONGEST


@pytest.mark.parametrize("words", ["." * 100_000 + "a", "<" * 100_000, "weiterlesen" * 10_000 + "a", "…" * 100_000])
def test_a_feed_takes_no_time(words: str, tmp_path: Path) -> None:
    file = tmp_path / "feed.json"
    item = {"title": words, "summary": words, "content_html": words, "date_published": words, "id": words}
    file.write_text(json.dumps({"items": [item]}), encoding="utf-8")
    begun = time.process_time()
    read_feed(file, ZoneInfo("Europe/Berlin"))
    assert time.process_time() - begun < _LONGEST


@pytest.mark.slow
@pytest.mark.parametrize("markup", ["hugo", "jekyll", "wordpress", "html"])
@pytest.mark.parametrize("before", _BEFORE)
def test_white_space_takes_no_time(markup: Markup, before: str, site: Site, tmp_path: Path) -> None:
    for space in (" ", "\t", "\xa0", "\n", " \n"):
        body = before + space * (_LENGTH // len(space)) + "x"
        assert seconds_for(markup, body, site, tmp_path) < _LONGEST
