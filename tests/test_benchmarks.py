"""The benchmark's corpus is reproducible, and every peer gets the same texts in a form it can read."""

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks import corpus, layouts
from benchmarks.measure import CommandError, measure
from benchmarks.peers import PEERS
from benchmarks.prose import PLACES, TOPICS

COUNT = 120


@pytest.fixture(scope="module")
def articles() -> list[corpus.Article]:
    return list(corpus.articles(COUNT))


def front_matter(path: Path) -> dict[str, Any]:
    _, header, _ = path.read_text(encoding="utf-8").split("---\n", 2)
    loaded: dict[str, Any] = yaml.safe_load(header)
    return loaded


def test_same_seed_gives_same_corpus(articles: list[corpus.Article]) -> None:
    assert list(corpus.articles(COUNT)) == articles
    assert list(corpus.articles(COUNT, seed=1)) != articles


def test_smaller_corpus_is_the_beginning_of_a_larger_one(articles: list[corpus.Article]) -> None:
    assert list(corpus.articles(10)) == articles[:10]


def test_articles_have_about_350_words(articles: list[corpus.Article]) -> None:
    assert all(330 <= corpus.count_words(article.body) <= 370 for article in articles)


def test_slugs_are_unique_ascii_and_summaries_short() -> None:
    articles = list(corpus.articles(1000))
    assert len({article.slug for article in articles}) == len(articles)
    assert all(article.stem.isascii() and len(article.summary) <= 300 for article in articles)


def test_some_articles_have_a_table_and_some_a_picture(articles: list[corpus.Article]) -> None:
    assert 0 < sum("| --- |" in article.body for article in articles) < COUNT
    assert 0 < sum("](picture:" in article.body for article in articles) < COUNT


@pytest.mark.parametrize("key", PEERS)
def test_writers_give_front_matter_and_resolved_links(key: str, articles: list[corpus.Article], tmp_path: Path) -> None:
    peer = PEERS[key]
    peer.write(tmp_path, articles)
    for article in articles:
        path = tmp_path / peer.source(article)
        header = front_matter(path)
        assert header["date"] == article.date
        assert article.summary in (header.get("summary"), header.get("description"))
        text = path.read_text(encoding="utf-8")
        assert "](article:" not in text
        assert "](picture:" not in text


@pytest.mark.parametrize("key", ["schaukasten", "material"])
def test_relative_links_lead_to_files(key: str, articles: list[corpus.Article], tmp_path: Path) -> None:
    peer = PEERS[key]
    peer.write(tmp_path, articles)
    for article in articles:
        path = tmp_path / peer.source(article)
        for target in corpus.LINK_TARGET.findall(path.read_text(encoding="utf-8")):
            assert target.startswith("https://") or (path.parent / target).is_file()


def test_cooperation_knows_every_place_and_topic(tmp_path: Path) -> None:
    layouts.write_schaukasten(tmp_path, ())
    cooperation = yaml.safe_load((tmp_path / "content" / "kooperation.yml").read_text(encoding="utf-8"))
    assert [(place["id"], place["name"], place["ags"]) for place in cooperation["municipalities"]] == [
        (place.id, place.full_name, place.ags) for place in PLACES
    ]
    assert [(topic["id"], topic["name"]) for topic in cooperation["topics"]] == [
        (topic.id, topic.name) for topic in TOPICS
    ]


def test_mkdocs_peers_share_the_projects_markdown_extensions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: x\nmarkdown_extensions:\n  - tables\n  - generator.own:\n      option: 1\n\n  - toc:\n"
        "      slugify: !!python/name:x.y\nnav: []\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(layouts, "PROJECT", tmp_path)
    layouts.write_schaukasten(tmp_path / "a", ())
    layouts.write_material(tmp_path / "b", ())
    own = (tmp_path / "a" / "mkdocs.yml").read_text(encoding="utf-8")
    stock = (tmp_path / "b" / "mkdocs.yml").read_text(encoding="utf-8")
    assert own.endswith(
        "markdown_extensions:\n  - tables\n  - generator.own:\n      option: 1\n\n  - toc:\n"
        "      slugify: !!python/name:x.y\n\n"
    )
    assert stock.endswith("markdown_extensions:\n  - tables\n  - toc:\n      slugify: !!python/name:x.y\n\n")


@pytest.mark.skipif(sys.platform != "linux", reason="the benchmark measures with means of Linux")
def test_measure_counts_a_process_tree(tmp_path: Path) -> None:
    code = (
        "import os, time; data = bytearray(60_000_000); os.fork(); "
        "data[::4096] = bytes(len(data[::4096])); time.sleep(0.5)"
    )
    found = measure(
        [sys.executable, "-c", code], folder=tmp_path, log=tmp_path / "log", timeout=30, environment={}, weigh=True
    )
    assert found.wall >= 0.5
    assert found.peak_process >= 60_000_000
    assert found.peak_tree >= 115_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="the benchmark measures with means of Linux")
def test_measure_ends_what_takes_too_long(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="longer than"):
        measure(["sleep", "30"], folder=tmp_path, log=tmp_path / "log", timeout=0.2, environment={})
