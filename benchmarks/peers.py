"""The peers: one row each, with everything the benchmark must know to run it."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from benchmarks import environment, layouts
from benchmarks.corpus import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A site generator, and how it is used."""

    name: str
    write: Callable[[Path, Iterable[Article]], None]
    """Writes the corpus, with configuration and templates, to a folder."""

    program: Callable[[Path], Path | None]
    """Returns the program, given the benchmark's work folder; None: it is not installed."""

    version: Callable[[Path], str]
    """Returns the version of the program handed in."""

    cold: tuple[str, ...]
    """The arguments of a build from nothing; the command runs in the corpus folder."""

    rebuild: tuple[str, ...]
    """The arguments of the build after an edit."""

    transient: tuple[str, ...]
    """What is deleted before a cold build: output and caches, relative to the corpus folder."""

    output: str
    """The folder of the finished site, relative to the corpus folder."""

    source: Callable[[Article], str]
    """Returns an article's file, relative to the corpus folder."""

    page: Callable[[Article], str]
    """Returns an article's finished page, relative to ``output``."""

    one_round_from: int | None = None
    """From that many articles on a single round is the default, because it takes minutes."""

    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables to set for the command."""


def _find_hugo(_work: Path) -> Path | None:
    return _find("hugo")


def _find(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found) if found else None


def _printed_version(program: Path, argument: str) -> str:
    printed = subprocess.run([program, argument], capture_output=True, text=True, check=False, timeout=60).stdout
    found = re.search(r"\d+(?:\.\d+)+", printed)
    return found.group() if found else ""


_SCHAUKASTEN = Peer(
    name="Schaukasten",
    write=layouts.write_schaukasten,
    program=environment.prepare_schaukasten,
    version=lambda program: _printed_version(program, "--version"),
    cold=("build",),
    rebuild=("build",),
    transient=("build",),
    output="build/site",
    source=lambda article: f"content/aktuelles/{article.stem}.md",
    page=lambda article: f"aktuelles/{article.stem}/index.html",
)

_HUGO = Peer(
    name="Hugo",
    write=layouts.write_hugo,
    program=_find_hugo,
    version=lambda program: _printed_version(program, "version"),
    cold=("--quiet",),
    rebuild=("--quiet",),
    transient=("public", "resources"),
    output="public",
    source=lambda article: f"content/aktuelles/{article.stem}.md",
    page=lambda article: f"aktuelles/{article.stem}/index.html",
)

PEERS: Mapping[str, Peer] = {
    "schaukasten": _SCHAUKASTEN,
    "schaukasten-without-search": replace(
        _SCHAUKASTEN, name="Schaukasten without search", write=partial(layouts.write_schaukasten, search=False)
    ),
    "material": Peer(
        name="Material (stock)",
        write=layouts.write_material,
        program=environment.prepare_material,
        version=lambda _program: environment.required_version("mkdocs-material"),
        cold=("build", "--quiet"),
        # Not --dirty: it leaves the search index, the lists and the feeds wrong.
        rebuild=("build", "--quiet"),
        transient=("site", ".cache"),
        output="site",
        source=lambda article: f"docs/aktuelles/posts/{article.stem}.md",
        page=lambda article: f"aktuelles/{article.date:%Y/%m/%d}/{article.slug}/index.html",
        one_round_from=5000,
        environment={"NO_MKDOCS_2_WARNING": "1"},
    ),
    "hugo": _HUGO,
    "hugo-with-pagefind": replace(_HUGO, name="Hugo with Pagefind", program=environment.prepare_hugo_with_pagefind),
}
"""Every peer by the name the command line uses, in the order they run."""
