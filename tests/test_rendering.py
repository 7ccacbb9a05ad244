"""Markdown becomes HTML that is safe everywhere, with links that lead somewhere – once for each text."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import markdown
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown.extensions.toc import slugify

from generator.cache import Cache
from generator.file_cache import FileCache
from generator.gate import gate
from generator.model.site import Body
from generator.progress import silent
from generator.rendering.batch import RendererOptions
from generator.rendering.markdown import Renderer
from generator.rendering.needed import try_only_what_is_needed
from generator.rendering.render import Rendering, render
from generator.settings import Settings
from generator.slug import slug
from tests.project import ROOT, load_cases
from tests.properties import property_settings
from tests.records import BERLIN, LAYOUT, make, make_site

CASES = load_cases("rendering")
WORDS = load_cases("words")
NOW = datetime(2026, 11, 22, 12, tzinfo=BERLIN)
EXTENSIONS = ("abbr", "admonition", "attr_list", "def_list", "footnotes", "tables", "toc")
OPTIONS = {"footnotes": {"BACKLINK_TITLE": "Zurück zu Fußnote {} im Text"}}

NEIGHBOURS = {
    "index.md": "## Willkommen",
    "ueber-uns.md": "",
    "aktuelles/b.md": "## Größe",
    "aktuelles/2026/c.md": "",
    "termine/fest.md": "",
}
CONTENT = ROOT / "tests" / "cases" / "rendering-content"
FILES = frozenset(map(PurePosixPath, ["bilder/rad.svg", "dateien/Plan 1.pdf", "dateien/Überblick.pdf"]))


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache(tmp_path / "results.sqlite", "test") as opened:
        yield opened


def render_texts(texts: dict[str, str], cache: Cache, options: dict[str, Any] = OPTIONS) -> Rendering:
    """Render pages with these bodies, by their files; ``entwurf.md`` is a draft."""
    site = make_site(
        *(make("page", path, body, id=slug(path.removesuffix(".md"))) for path, body in texts.items()),
        make("page", "aktuelles/entwurf.md", "geheim", draft="ja"),
    )
    project = Settings(content=CONTENT, build=Path("build"), markdown_extensions=EXTENSIONS, markdown_options=options)
    with TemporaryDirectory() as folder, FileCache(Path(folder), "test") as kept:
        return render(gate(site, NOW, LAYOUT), FILES, project, cache, kept, silent)


def body_of(text: str, cache: Cache) -> tuple[Body, Rendering]:
    rendering = render_texts({**NEIGHBOURS, "aktuelles/a.md": text}, cache)
    return rendering.site.bodies["aktuelles-a"], rendering


@pytest.mark.parametrize("name", list(CASES))
def test_markdown_becomes_html(name: str, cache: Cache) -> None:
    body, rendering = body_of(CASES[name]["text"], cache)
    assert body.under("../").split("\n") == CASES[name]["html"].rstrip("\n").split("\n")
    assert rendering.flaws == ()


class Found(HTMLParser):
    """What a browser would make of a text: its elements and their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


SAFE_ADDRESS = re.compile(r"(?!\s)(?:https?:|mailto:|tel:|[^:]*(?:[/?#]|$))", re.IGNORECASE)


def check_is_safe(html: str) -> None:
    found = Found(html)
    assert found.tags <= set(WORDS["safe"]["tags"])
    assert {name for _, name, _ in found.attributes} <= set(WORDS["safe"]["attributes"])
    addresses = [value for _, name, value in found.attributes if name in {"href", "src"}]
    assert all(SAFE_ADDRESS.match(address) for address in addresses)


@pytest.mark.parametrize("text", WORDS["attacks"])
def test_an_attack_is_rendered_harmless(text: str, cache: Cache) -> None:
    body, _ = body_of(f"Davor\n\n{text}\n\nDanach", cache)
    check_is_safe(body.under("../../"))
    assert "Davor" in body.html


MIXTURES = WORDS["mixtures"]
INSERTED = st.builds(
    lambda beginning, pieces: beginning + "".join(pieces),
    st.sampled_from(MIXTURES["beginnings"]),
    st.lists(st.sampled_from(MIXTURES["pieces"]), max_size=5),
)
TEXTS = st.lists(st.builds(str.format, st.sampled_from(MIXTURES["frames"]), INSERTED), max_size=3)


@given(TEXTS.map("\n\n".join))
@settings(property_settings(300), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_mixture_of_markdown_and_html_is_dangerous(cache: Cache, text: str) -> None:
    body, _ = body_of(text, cache)
    check_is_safe(body.under("../../"))


ENTITIES = ["&#xE000;", "&#57344;", "&#xE000;0&#xE001;", "&#1;", "&#x8;", "&#x1F;", "&#xFFFE;", "&#00000057344;"]


@pytest.mark.parametrize("entity", ENTITIES)
def test_characters_that_no_text_may_hold_do_not_come_in_as_entities(entity: str, cache: Cache) -> None:
    body, _ = body_of(f"[B](b.md) {entity}", cache)
    html = body.under("WURZEL/")
    assert html.count("WURZEL/") == 1
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ue000-\uf8ff\ufffe\uffff]", html)


def address_in(html: str) -> str:
    (address,) = [value for _, name, value in Found(html).attributes if name in {"href", "src"}]
    return address


@pytest.mark.parametrize(("written", "expected"), WORDS["links"].items())
def test_a_link_leads_to_the_page_or_is_a_flaw(written: str, expected: str | dict[str, str], cache: Cache) -> None:
    body, rendering = body_of(f"[Text](<{written}>)\n\nAbsatz\n{{: #eigene }}", cache)
    if isinstance(expected, dict):
        assert [(flaw.target, flaw.kind) for flaw in rendering.flaws] == [(written, expected["flaw"])]
    else:
        assert rendering.flaws == ()
        assert address_in(body.under("../../")) == expected


@pytest.mark.parametrize(
    ("written", "flaw"),
    [
        ("../bilder/rad.svg", None),
        ("/bilder/rad.svg", None),
        ("https://www.example.org/rad.svg", None),
        ("../bilder/fehlt.svg", "missing-file"),
        ("../../rad.svg", "missing-file"),
        ("../bilder/", "missing-file"),
        ("b.md", "missing-text"),
    ],
)
def test_a_picture_must_be_there(written: str, flaw: str | None, cache: Cache) -> None:
    _, rendering = body_of(f"![Ein Rad]({written})", cache)
    assert [(found.target, found.kind) for found in rendering.flaws] == ([(written, flaw)] if flaw else [])


DESCRIBED = {
    "![Ein Rad](../bilder/rad.svg)": True,
    "![](../bilder/rad.svg)": False,
    "![](../bilder/rad.svg){ .dekorativ }": True,
    "![](../bilder/rad.svg){ .gross .dekorativ }": True,
    "![](../bilder/rad.svg){ .nicht-dekorativ }": False,
    "![ ](../bilder/rad.svg)": False,
    "![a > b](../bilder/rad.svg)": True,
    '<img title="a > b" src="../bilder/rad.svg" alt="Ein Rad">': True,
    '<img src="../bilder/rad.svg">': False,
    '<img src="../bilder/rad.svg" title=\'alt="Rad"\'>': False,
    "![](https://www.example.org/rad.svg)": False,
}


@pytest.mark.parametrize(("text", "is_described"), DESCRIBED.items())
def test_a_picture_is_described_or_decorative(text: str, is_described: bool, cache: Cache) -> None:  # noqa: FBT001
    _, rendering = body_of(text, cache)
    assert [flaw.kind for flaw in rendering.flaws] == ([] if is_described else ["undescribed-image"])


def test_the_site_knows_its_files_and_the_pages_it_promises(cache: Cache) -> None:
    text = "![Rad](../bilder/rad.svg) [Plan](<../dateien/Plan 1.pdf>) [Termine](../termine/) [B](b.md) [#](#)"
    _, rendering = body_of(text, cache)
    assert rendering.site.files.keys() == {PurePosixPath("bilder/rad.svg"), PurePosixPath("dateien/Plan 1.pdf")}
    assert rendering.promised == ((PurePosixPath("aktuelles/a.md"), "../termine/", "termine/"),)


def test_one_body_serves_pages_and_feeds(cache: Cache) -> None:
    body, _ = body_of("[B](b.md), ![Rad](../bilder/rad.svg)", cache)
    page, feed = body.under("../../"), body.under("https://test.example.org/")
    picture = '<img alt="Rad" src="../../bilder/rad.svg" width="40" height="30">'
    assert page == f'<p><a href="../../aktuelles/b/">B</a>, {picture}</p>'
    assert feed == page.replace("../../", "https://test.example.org/")


def test_no_draft_is_rendered(cache: Cache) -> None:
    _, rendering = body_of("Text", cache)
    assert set(rendering.site.bodies) == {entry.id for entry in rendering.site.entries}
    assert "geheim" not in repr(rendering)


def count_renderings(texts: dict[str, str], file: Path, options: dict[str, Any] = OPTIONS) -> tuple[int, Rendering]:
    with (
        Cache(file, "test") as cache,
        mock.patch.object(Renderer, "render", autospec=True, side_effect=Renderer.render) as spy,
    ):
        rendering = render_texts(texts, cache, options)
    return spy.call_count, rendering


def without_bodies(rendering: Rendering) -> Rendering:
    return replace(rendering, site=replace(rendering.site, bodies={}))


def test_only_changed_texts_are_rendered_again(tmp_path: Path) -> None:
    file = tmp_path / "results.sqlite"
    texts = {f"{name}.md": f"## {name}\n\n[A](a.md) [^1]\n\n[^1]: Fuß" for name in "abc"}
    first, fresh = count_renderings(texts, file)
    second, kept = count_renderings(texts, file)
    assert (first, second) == (3, 0)
    assert without_bodies(kept) == without_bodies(fresh)
    assert [body.html for body in kept.site.bodies.values()] == [body.html for body in fresh.site.bodies.values()]
    changed, _ = count_renderings(texts | {"b.md": "Neu"}, file)
    assert changed == 1
    other_options, _ = count_renderings(texts, file, {"footnotes": {"BACKLINK_TEXT": "zurück"}})
    assert other_options == 3


PARALLEL = """
import json, multiprocessing
from generator import shares
from generator.progress import silent
from generator.rendering.batch import RendererOptions, render_all
shares._cores = lambda: 2
begun, start = [], multiprocessing.process.BaseProcess.start
multiprocessing.process.BaseProcess.start = lambda self: begun.append(self) or start(self)
if __name__ == "__main__":
    options = RendererOptions(("abbr", "footnotes", "tables"), {})
    texts = [f"## T\\n\\n{i} HTML[^1] [x](a{i}.md)\\n\\n[^1]: F" + "\\n\\n*[HTML]: y" * (i % 2) for i in range(240)]
    parallel = render_all(texts, options, silent)
    assert len(begun) == 1
    assert parallel == [options.build().render(text) for text in texts]
"""


@pytest.mark.slow
def test_many_processes_give_the_same_as_one(tmp_path: Path) -> None:
    script = tmp_path / "parallel.py"
    script.write_text(PARALLEL)
    result = subprocess.run(
        [sys.executable, "-W", "error", str(script)], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")


STATEFUL = (
    "## Titel\n\n## Titel",
    "HTML und [x]",
    "HTML\n\n*[HTML]: Hypertext",
    "[x] und [^1]\n\n[x]: https://www.example.org/",
    "Text[^1]\n\n[^1]: Fußnote",
    "Text[^1][^2]\n\n[^1]: Eins\n[^2]: Zwei",
    "<div>",
    "<!-- offen",
    "```\noffen",
    "!!! note\n    Text",
    "| a |\n|--|\n| b |",
    "1. a\n\n    - b",
    "[a](b.md) ![](c.svg) [d](#titel)",
    "",
)


@pytest.mark.parametrize("before", STATEFUL)
def test_a_text_leaves_nothing_behind_for_the_next(before: str) -> None:
    for text in STATEFUL:
        renderer = Renderer(EXTENSIONS, OPTIONS)
        renderer.render(before)
        assert renderer.render(text) == Renderer(EXTENSIONS, OPTIONS).render(text)


PIECES = [
    *"`*_\\[]()!<>&#;:^{}|~\"'",
    *(" ", "\n", "\n\n", "  \n", "    ", "- ", "1. ", "## ", "Wort", "Größe", "amp", "[x]: y", "[^1]", "[^1]: Fuß"),
    *("!!! note\n    ", ": ", "\n:   ", "| a |\n|--|\n", "|", "\n===", "\n---", "> ", "* * *", "\n    - "),
    *("*[Wort]: W", "<b>", "</b>", "<div markdown>", "</div>", "https://example.org/", "a@example.org"),
]


@pytest.mark.slow
@pytest.mark.parametrize("extra", [(), ("md_in_html", "smarty", "nl2br")])
@property_settings(600)
@given(text=st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_what_is_left_out_would_have_found_nothing(extra: tuple[str, ...], text: str) -> None:
    extensions = [*EXTENSIONS, *extra]
    plain = markdown.Markdown(extensions=extensions)
    quick = markdown.Markdown(extensions=extensions)
    try_only_what_is_needed(quick)
    assert quick.convert(text) == plain.convert(text)


PATTERNS = {"DelimiterProcessor", "SubstituteTagInlineProcessor"}
BLOCKS = {"EmptyBlockProcessor", "OListProcessor", "ParagraphProcessor"}


@pytest.mark.parametrize(("text", "patterns", "blocks"), [("Wort", PATTERNS, BLOCKS), ("<div>\n`*[&", None, None)])
def test_only_what_may_find_something_is_tried(text: str, patterns: set[str] | None, blocks: set[str] | None) -> None:
    converter = markdown.Markdown()
    all_patterns = {type(pattern).__name__ for pattern in converter.inlinePatterns}
    all_blocks = {type(block).__name__ for block in converter.parser.blockprocessors}
    try_only_what_is_needed(converter)
    converter.convert(text)
    tried = {type(pattern).__name__ for pattern in converter.treeprocessors["inline"].inlinePatterns}
    assert tried == (patterns or all_patterns)
    assert {type(block).__name__ for block in converter.parser.blockprocessors} == (blocks or all_blocks)


class Foreign(markdown.blockprocessors.ParagraphProcessor):
    """A processor of another package, which asks the registry for others."""

    def test(self, parent: Any, block: str) -> bool:
        assert self.parser.blockprocessors["hashheader"]
        return super().test(parent, block)


def test_a_foreign_processor_finds_what_it_knows() -> None:
    converter = markdown.Markdown()
    converter.parser.blockprocessors.register(Foreign(converter.parser), "foreign", 200)
    try_only_what_is_needed(converter)
    assert converter.convert("Wort") == "<p>Wort</p>"


def test_options_with_functions_tell_their_arguments_apart() -> None:
    lower, upper = (
        RendererOptions(("toc",), {"toc": {"slugify": partial(slugify, separator=separator)}}) for separator in "-_"
    )
    assert lower.identity != upper.identity
    assert lower.identity == RendererOptions(("toc",), {"toc": {"slugify": partial(slugify, separator="-")}}).identity
