"""Real servers answer as they are told: headers, types, compression, redirects, the page for what is not there."""

import gzip
import http.client
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser

from tests.conftest import run
from tests.page_viewer import WIDE, page_viewer
from tests.project import COOPERATION, ROOT, write_project
from tests.servers import SERVERS, running

pytestmark = pytest.mark.slow

FILES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/cases/server/answers.yml").read_text(encoding="utf-8"))
KEPT = {
    "short": "public, max-age=300",
    "day": "public, max-age=86400",
    "forever": "public, max-age=31536000, immutable",
}
SCRIPTS = {"page": "'self'", "search": "'self' 'wasm-unsafe-eval'"}
POLICY = (
    "default-src 'none'; script-src {}; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
ADDED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}


@dataclass(frozen=True)
class Answer:
    """What a server says."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(address: str, method: str = "GET") -> Answer:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection.request(method, parts.path, headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    names = [name for name, _ in response.getheaders()]
    assert len(names) == len(set(names)), "a header is told twice"
    answer = Answer(response.status, dict(response.getheaders()), response.read())
    connection.close()
    return answer


def is_packed(answer: Answer) -> bool:
    """Tell whether an answer comes compressed; caches must know that it might not have."""
    packed = answer.headers.get("Content-Encoding") == "gzip"
    assert not packed or answer.headers["Vary"] == "Accept-Encoding"
    return packed


def unpacked(answer: Answer) -> bytes:
    return gzip.decompress(answer.body) if is_packed(answer) else answer.body


def is_guarded(answer: Answer, policy: str = "page") -> bool:
    """Tell whether an answer carries what all answers must."""
    said = answer.headers
    assert said["Content-Security-Policy"] == POLICY.format(SCRIPTS[policy])
    assert {name: said.get(name) for name in ADDED} == ADDED
    assert "camera=()" in said["Permissions-Policy"]
    return True


@pytest.fixture(scope="module")
def published(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo site with a file of each other kind."""
    folder = shutil.copytree(site, tmp_path_factory.mktemp("published") / "site")
    for row in FILES:
        if row["file"].startswith("dateien/"):
            (folder / "dateien").mkdir(exist_ok=True)
            (folder / row["file"]).write_text("Zeile\n" * 200, encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=SERVERS)
def served(request: pytest.FixtureRequest, published: Path, demo: Path) -> Iterator[str]:
    """The address of the demo site's root with each server, without the last slash."""
    with running(request.param, published, demo / "build" / "server") as address:
        yield address


@pytest.mark.parametrize("row", FILES, ids=lambda row: row["file"] or "home")
def test_every_kind_of_file_is_answered_for(row: dict[str, Any], served: str, published: Path) -> None:
    path = row["file"]
    if "*" in path:
        path = min(published.glob(path)).relative_to(published).as_posix()
    answer = ask(f"{served}/{path}")
    assert answer.status == 200
    assert answer.headers["Content-Type"].replace("UTF-8", "utf-8") == row["type"]
    assert answer.headers["Cache-Control"] == KEPT[row["kept"]]
    assert answer.headers["Cross-Origin-Resource-Policy"] == row["shown_by"]
    assert is_packed(answer) is row.get("packed", is_packed(answer))
    assert is_guarded(answer, row.get("policy", "page"))
    file = published / path / "index.html" if path.endswith("/") or not path else published / path
    assert unpacked(answer) == file.read_bytes()
    assert (
        ask(f"{served}/{path}", "HEAD").headers["Content-Security-Policy"] == answer.headers["Content-Security-Policy"]
    )


@pytest.mark.parametrize(
    "path",
    [
        "gibt-es-nicht/",
        "gibt-es-nicht.html",
        "suche/gibt-es-nicht/",
        "bilder/gibt-es-nicht-800.12345678.avif",
        "assets/",
        "bilder/",
        ".htaccess",
        ".git/config",
        "_headers",
        "_redirects",
    ],
)
def test_what_is_not_there_is_answered_with_the_page_for_it(path: str, served: str, published: Path) -> None:
    answer = ask(f"{served}/{path}")
    assert answer.status == 404
    assert unpacked(answer) == (published / "404.html").read_bytes()
    assert answer.headers["Content-Type"].lower() == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == KEPT["short"]
    assert is_guarded(answer)


@pytest.mark.parametrize("page", ["", "aktuelles/2026-07-08-kranichweg-neu-beschildert/", "suche/?q=Rufbus"])
def test_browsers_find_nothing_against_the_policy(page: str, served: str, browser: Browser) -> None:
    with page_viewer(browser, f"{served}/", {"page": page}) as viewer:
        viewer.open("page", WIDE)
        viewer.page.wait_for_load_state("networkidle")
        assert viewer.said == []
        assert [request.url for request in viewer.asked if not request.url.startswith(f"{served}/")] == []
        assert not page.startswith("suche/") or viewer.page.get_by_role("main").get_by_role("link").count() > 1


NEWS = """\
---
title: Radweg
summary: Der Radweg ist fertig.
date: 2026-11-02
aliases: {aliases}
---
Fertig.
"""
ALIASES = {
    "/alt/radweg/": ("alt/radweg/", "alt/radweg"),
    "/radweg.html": ("radweg.html",),
    "/b%C3%BCrger/": ("b%C3%BCrger/", "b%C3%BCrger"),
    "/v1.0/~alt_-x/": ("v1.0/~alt_-x/",),
}


@pytest.fixture(scope="module", params=["/", "/kommunale%20allianz/"])
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The path at which a small site is, and its project: at the root of its host, and below a path."""
    folder = tmp_path_factory.mktemp("small")
    files = {
        "kooperation.yml": COOPERATION.replace("https://test.example.org/", f"https://test.example.org{request.param}"),
        "aktuelles/radweg.md": NEWS.format(aliases=f"[{', '.join(ALIASES)}]"),
    }
    write_project(folder, files)
    result = run("build", folder=folder)
    assert result.returncode == 0, result.stderr
    shutil.move(folder / "build" / "site", folder / "host" / unquote(request.param).strip("/"))
    return request.param, folder


@pytest.fixture(scope="module", params=SERVERS)
def below(request: pytest.FixtureRequest, small: tuple[str, Path]) -> Iterator[tuple[str, str]]:
    """The address of the small site's host with each server, and the site's path there."""
    path, folder = small
    with running(request.param, folder / "host", folder / "build" / "server") as address:
        yield address, path


@pytest.mark.parametrize("alias", [spelling for spellings in ALIASES.values() for spelling in spellings])
def test_old_addresses_lead_on_for_good(alias: str, below: tuple[str, str]) -> None:
    host, path = below
    answer = ask(f"{host}{path}{alias}")
    assert answer.status == 301
    assert answer.headers["Location"].removeprefix("https://test.example.org") == f"{path}aktuelles/radweg/"
    assert is_guarded(answer)
    assert ask(f"{host}{path}aktuelles/radweg/").status == 200


def test_a_site_below_a_path_is_answered_for_alike(below: tuple[str, str]) -> None:
    host, path = below
    for page, policy in (("", "page"), ("suche/", "search"), ("aktuelles/radweg/", "page")):
        assert is_guarded(ask(f"{host}{path}{page}"), policy)
    missing = ask(f"{host}{path}gibt-es-nicht/")
    assert missing.status == 404
    assert is_guarded(missing)
    if path != "/":
        answer = ask(f"{host}{path[:-1]}")
        assert answer.status == 301
        assert urlsplit(answer.headers["Location"]).path == path
