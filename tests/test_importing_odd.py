"""Sources in which nothing is what it should be: what is no text, no number or no address is told or passed over."""

import json
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.engine.project import project_of
from generator.importing.media import Media
from generator.importing.names import NAMES
from generator.importing.plan import Plan, plan_import
from generator.importing.report import report
from generator.importing.sources import SOURCES
from generator.model.site import Site
from generator.problems import ProblemsFound
from generator.settings import Settings
from tests.project import BASE, write_files, write_project

_STRANGE = st.sampled_from(
    ["http://[alt/x", "\ud800", "a\0b", "1" * 5000, "2024-01-01", "9999-99-99", *"//[ / // .. ?a # ‹ '".split()]
)
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
_ODD = st.recursive(
    _SCALARS | st.text(max_size=20) | _STRANGE,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "file", "url", "render", "target", "page", "\ud800"]), inner)
    ),
    max_leaves=5,
)
_NAMES = sorted({name for names in NAMES.values() for name in names})
_TEXT = st.dictionaries(
    st.sampled_from([*_NAMES, *"aliases build cascade draft permalink published redirect_from slug type url".split()]),
    _ODD,
    max_size=5,
)
_SETTINGS = st.dictionaries(
    st.sampled_from(
        "baseURL cascade collections collections_dir contentDir defaultContentLanguage defaults exclude include "
        "languages params permalink permalinks staticDir uglyURLs url".split()
    ),
    _ODD,
    max_size=5,
)
_ITEM = st.dictionaries(
    st.sampled_from(
        "author authors content_html content_text date_modified date_published id image summary tags title url".split()
    ),
    _ODD,
    max_size=6,
)
_IN_XML = st.one_of(_STRANGE, st.text(max_size=20)).map(
    lambda text: escape("".join(sign for sign in text if sign.isprintable()))
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Site]:
    settings, site, problems = project_of(write_project(tmp_path_factory.mktemp("project"), BASE))
    assert not problems
    return settings, site


def taken_over(system: str, source: Mapping[str, Any], project: tuple[Settings, Site]) -> Plan | None:
    """Return what becomes of a source; None: it was refused with a German sentence."""
    settings, site = project
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), source)
        given = Path(folder) / next(iter(source)) if system in {"feed", "wordpress"} else Path(folder)
        try:
            found = SOURCES[system].read(given, ZoneInfo("Europe/Berlin"))
        except ProblemsFound:
            return None
        media = Media(found.files, None, settings.content)
        plan = plan_import(found, site, settings.layout, media, date(2026, 11, 22))
    for text in plan.texts:
        text.text.encode()
    report(plan, "", dry_run=True).encode()
    return plan


def written(fields: Any) -> str:
    return json.dumps(fields, allow_nan=False)


@given(fields=_TEXT, settings=_SETTINGS)
@example(fields={}, settings={"permalinks": {"page": "/:slug/"}})
@example(fields={}, settings={"baseURL": "http://[alt/"})
def test_hugo(fields: Any, settings: Any, project: tuple[Settings, Site]) -> None:
    source = {
        "content/posts/a.md": f"{written(fields)}\n[a](http://[alt/x) ![b](//[)",
        "content/posts/_index.md": f"{written(fields)}\nText",
        "hugo.json": written(settings),
    }
    taken_over("hugo", source, project)


@given(fields=_TEXT, settings=_SETTINGS)
@example(fields={"tags": {"a": "b"}, "categories": {}}, settings={"url": "http://[alt/", "collections": {"a": "b"}})
def test_jekyll(fields: Any, settings: Any, project: tuple[Settings, Site]) -> None:
    text = f"---\n{written(fields)}\n---\n[a](http://[alt/x)"
    source = {
        "_posts/2024-01-01-a.md": text,
        "page/b.md": text,
        "_name/c.html": text,
        "_config.yml": written(settings),
    }
    taken_over("jekyll", source, project)


@given(items=st.lists(_ITEM | _ODD, max_size=3))
@example(items=[{"tags": True, "url": "http://[alt/x"}])
@example(items=[{"title": "\ud800", "content_html": "\ud800", "id": "\ud800"}])
@example(items=[{"content_html": f'<ol start="{"1" * 5000}"><li>a</li></ol><video src="http://[alt/x"></video>'}])
def test_a_feed_in_json(items: Any, project: tuple[Settings, Site]) -> None:
    taken_over("feed", {"feed.json": written({"items": items})}, project)


def elements(names: str) -> st.SearchStrategy[str]:
    """Return a strategy for a piece of XML with some of these elements in it."""
    one = st.builds("<{0}>{1}</{0}>".format, st.sampled_from(names.split()), _IN_XML)
    return st.lists(one, max_size=8).map("".join)


_ATTRIBUTES = '<link href="http://[alt/x" rel="alternate"/><media:content url="//[" type="image/png"/><category/>'


@given(inner=elements("link guid title description pubDate category author"))
@example(inner="<link>http://[alt/x</link>")
@example(inner="<link>.</link>")
def test_a_feed_in_rss(inner: str, project: tuple[Settings, Site]) -> None:
    media = 'xmlns:media="http://search.yahoo.com/mrss/"'
    taken_over("feed", {"f.xml": f"<rss {media}><channel><item>{inner}{_ATTRIBUTES}</item></channel></rss>"}, project)


@given(inner=elements("id title summary content published updated category"))
def test_a_feed_in_atom(inner: str, project: tuple[Settings, Site]) -> None:
    media = 'xmlns:media="http://search.yahoo.com/mrss/"'
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom" {media}><entry>{inner}{_ATTRIBUTES}</entry></feed>'
    taken_over("feed", {"f.xml": atom}, project)


@given(
    inner=elements("title link wp:post_id wp:status wp:post_name wp:post_date wp:attachment_url wp:post_password"),
    kind=st.sampled_from(["post", "page", "tribe_events", "attachment", "nichts", ""]),
    base=_IN_XML,
)
@example(inner="<link>http://[alt/x</link>", kind="post", base="http://[alt/x")
@example(inner="<wp:attachment_url>http://[alt/x</wp:attachment_url>", kind="attachment", base="")
def test_wordpress(inner: str, kind: str, base: str, project: tuple[Settings, Site]) -> None:
    export = (
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        f"<wp:base_blog_url>{base}</wp:base_blog_url><item>{inner}<wp:post_type>{kind}</wp:post_type></item></channel></rss>"
    )
    taken_over("wordpress", {"f.xml": export}, project)


@pytest.mark.parametrize("depth", [200, 900, 3000, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a": ', "}")])
def test_what_is_nested_too_deeply_is_told(
    depth: int, opening: str, closing: str, project: tuple[Settings, Site]
) -> None:
    deep = opening * depth + "1" + closing * depth
    for fields in (f'{{"a": {deep}}}\n', f"+++\na = {deep}\n+++\n", f"---\na: {deep}\n---\n"):
        taken_over("hugo", {"content/a.md": f"{fields}Text"}, project)
    taken_over("feed", {"f.json": f'{{"items": {deep}}}'}, project)
