"""Writers: the same articles in the folder layout of each peer.

What does not depend on the corpus (configuration, home page, imprint, Hugo's templates) lies in ``sites/`` as the peer
reads it.
"""

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from string import Template

from benchmarks.corpus import Article
from benchmarks.pictures import write_pictures

PROJECT = Path(__file__).resolve().parents[1]

_SITES = Path(__file__).resolve().parent / "sites"
_EXTENSIONS_BLOCK = re.compile(r"^markdown_extensions:[^\n]*\n(?:(?:[ #-][^\n]*)?\n)*", re.MULTILINE)
_OWN_MODULES = re.compile(r"\b(?:generator|newsletter)\.")
_REFERENCE = re.compile(r"\]\((article|picture):([^)]+)\)")

FrontMatter = dict[str, str | list[str]]


def write_schaukasten(folder: Path, articles: Iterable[Article], *, search: bool = True) -> None:
    """Write a Schaukasten project to ``folder``: ``mkdocs.yml`` and ``content/``."""
    _copy_site("schaukasten", folder)
    _fill_in(
        folder / "mkdocs.yml",
        theme=json.dumps(str(PROJECT / "theme")),
        search=json.dumps(search),
        markdown_extensions=_markdown_extensions(),
    )
    write_pictures(folder / "content" / "bilder")
    for article in articles:
        front_matter: FrontMatter = {
            "title": article.title,
            "summary": article.summary,
            "date": article.date.isoformat(),
            "topics": [topic.id for topic in article.topics],
            "municipalities": [place.id for place in article.municipalities],
        }
        body = _resolved(article.body, article="{}.md", picture="../bilder/{}")
        _write(folder / "content" / "aktuelles" / f"{article.stem}.md", front_matter, body)


def write_material(folder: Path, articles: Iterable[Article]) -> None:
    """Write a site for stock Material with its blog plugin to ``folder``: topics are categories, places are tags."""
    _copy_site("material", folder)
    _fill_in(folder / "mkdocs.yml", markdown_extensions=_markdown_extensions(without=_OWN_MODULES))
    write_pictures(folder / "docs" / "bilder")
    for article in articles:
        # Without a title here MkDocs looks for it in the texts again and again: 5,000 articles take thrice as long.
        front_matter: FrontMatter = {
            "title": article.title,
            "date": article.date.isoformat(),
            "slug": article.slug,
            "description": article.summary,
            "categories": [topic.name for topic in article.topics],
            "tags": [place.full_name for place in article.municipalities],
        }
        lead, rest = _resolved(article.body, article="{}.md", picture="../../bilder/{}").split("\n\n", 1)
        body = f"{lead}\n\n<!-- more -->\n\n{rest}"
        _write(folder / "docs" / "aktuelles" / "posts" / f"{article.stem}.md", front_matter, body)


def write_hugo(folder: Path, articles: Iterable[Article]) -> None:
    """Write a Hugo site with its theme to ``folder``: topics and municipalities are taxonomies."""
    _copy_site("hugo", folder)
    write_pictures(folder / "static" / "bilder")
    for article in articles:
        front_matter: FrontMatter = {
            "title": article.title,
            "summary": article.summary,
            "date": article.date.isoformat(),
            "topics": [topic.name for topic in article.topics],
            "municipalities": [place.full_name for place in article.municipalities],
        }
        body = _resolved(article.body, article='{{{{< relref "{}.md" >}}}}', picture="/bilder/{}")
        _write(folder / "content" / "aktuelles" / f"{article.stem}.md", front_matter, body)


def _copy_site(name: str, folder: Path) -> None:
    shutil.copytree(_SITES / name, folder, dirs_exist_ok=True)


def _fill_in(path: Path, **values: str) -> None:
    path.write_text(Template(path.read_text(encoding="utf-8")).substitute(values), encoding="utf-8")


def _markdown_extensions(without: re.Pattern[str] | None = None) -> str:
    """Return the ``markdown_extensions`` of the project's own ``mkdocs.yml`` as they are written there.

    They are copied as text, because they may hold tags that only MkDocs can load. Extensions whose entry matches
    ``without`` are left out. Without that block (or file) MkDocs' own defaults hold.
    """
    configuration = PROJECT / "mkdocs.yml"
    found = (
        _EXTENSIONS_BLOCK.search(configuration.read_text(encoding="utf-8") + "\n") if configuration.exists() else None
    )
    if found is None:
        return ""
    block = found.group()
    first = re.search(r"^ *- ", block, re.MULTILINE)
    if without is None or first is None:
        return block
    head, *entries = re.split(rf"^(?={first.group()})", block, flags=re.MULTILINE)
    return head + "".join(entry for entry in entries if not without.search(entry))


def _resolved(body: str, *, article: str, picture: str) -> str:
    """Return the body with its neutral links turned into a peer's own; ``{}`` in a pattern is the file's name."""
    patterns = {"article": article, "picture": picture}
    return _REFERENCE.sub(lambda match: f"]({patterns[match[1]].format(match[2])})", body)


def _write(path: Path, front_matter: FrontMatter, body: str) -> None:
    # JSON strings and lists are YAML; dates stay unquoted, as an author writes them.
    lines = [
        f"{key}: {value if key == 'date' else json.dumps(value, ensure_ascii=False)}"
        for key, value in front_matter.items()
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["---", *lines, "---", "", body]), encoding="utf-8")
