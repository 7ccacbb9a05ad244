"""What is written for servers: for each its own files, whatever the site's address, and nothing that is not public."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.channels.redirects import redirects
from generator.channels.server.answers import answers, serving
from generator.channels.server.kinds import KINDS
from generator.channels.server.servers import SERVERS, published, unpublished
from generator.channels.server.static_hosts import host_headers
from generator.cli import main
from tests.project import COOPERATION, write_project
from tests.sample import NOW, build, come_out, sample, sample_with

ALL = {".htaccess", "_headers", "_redirects"}
WRITTEN = {
    "any": (ALL, {"nginx.conf", "LIESMICH.md"}),
    "nginx": (set(), {"nginx.conf", "LIESMICH.md"}),
    "apache": ({".htaccess"}, {"LIESMICH.md"}),
    "netlify": ({"_headers", "_redirects"}, {"LIESMICH.md"}),
    "cloudflare": ({"_headers", "_redirects"}, {"LIESMICH.md"}),
    "gitlab": ({"_redirects"}, {"LIESMICH.md"}),
    "none": (set(), set()),
}


@pytest.mark.parametrize("server", SERVERS)
def test_each_server_is_told_what_it_reads(server: str) -> None:
    assert come_out(published, server=server).files.keys() == WRITTEN[server][0]
    assert come_out(unpublished, server=server).files.keys() == WRITTEN[server][1]


@pytest.mark.parametrize("server", SERVERS)
def test_no_file_stands_in_the_way_of_a_redirect(server: str) -> None:
    pages = come_out(redirects, *sample().site.entries, server=server).files
    assert pages.keys() == (set() if server in ("netlify", "gitlab") else {"alt/radweg/", "radweg.html"})


def test_an_unknown_server_is_told(tmp_path: Path) -> None:
    config = write_project(tmp_path, {})
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("[schaukasten]", "[schaukasten: {server: caddy}]"), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "-f", str(config), "--now", NOW])
    assert result.stderr.strip() == (
        "mkdocs.yml:1: Den Webserver „caddy“ (schaukasten: server) kennt Schaukasten nicht. "
        "Möglich sind: any, nginx, apache, netlify, cloudflare, gitlab, none."
    )


def test_a_build_writes_what_is_no_part_of_the_site_beside_it(tmp_path: Path) -> None:
    config = write_project(tmp_path, {})
    result = CliRunner().invoke(main, ["build", "-f", str(config), "--now", NOW])
    assert result.exit_code == 0, result.stderr
    names = {path.name for path in (tmp_path / "build" / "server").iterdir()}
    assert names == {"nginx.conf", "LIESMICH.md"}
    assert {path.name for path in (tmp_path / "build" / "site").glob("[._]*")} == ALL


def rules(text: str) -> dict[str, dict[str, str]]:
    """Return the rules of a ``_headers`` file: their paths, and what they say."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines()[1:]:
        if not line.startswith("  "):
            said = found[line] = {}
        else:
            name, value = line.strip().split(": ", 1)
            said[name] = value
    return found


def policies(text: str, address: str) -> list[str]:
    """Return the policies of a page that a host joins, in which it is like all hosts that read the file."""
    return [
        said["Content-Security-Policy"]
        for path, said in rules(text).items()
        if address == path or (path.endswith("*") and address.startswith(path[:-1]))
    ]


def test_a_static_host_allows_webassembly_on_the_search_page_alone() -> None:
    text = host_headers(serving(sample().site))
    for url, staged in sample().pages.items():
        if "noindex" not in staged.meta or url == "suche/":
            narrowed = [policy for policy in policies(text, f"/{url}") if "wasm" not in policy]
            assert bool(narrowed) is (url != "suche/"), url
    assert policies(text, "/suche/") == policies(text, "/gibt-es-nicht/")


def test_a_static_host_without_search_never_allows_webassembly() -> None:
    text = come_out(published, *sample().site.entries, search=False)["_headers"].decode()
    assert "wasm" not in text
    assert list(rules(text)) == ["/*"]


def test_headers_of_static_hosts_keep_to_their_limits() -> None:
    many = {f"seite{number}.md": SEITE.format(number) for number in range(120)}
    text = host_headers(serving(build(many).site))
    assert len(rules(text)) == 100
    assert max(map(len, text.splitlines())) <= 2000


SEITE = "---\ntitle: Seite {}\nsummary: Kurz.\n---\nText.\n"


def test_redirects_of_texts_held_back_are_told_to_no_server() -> None:
    hidden = sample_with(
        "date: 2026-11-30", "date: 2026-11-30\naliases: [geheim.html]", within="aktuelles/2026-11-30-spaeter.md"
    )
    told = build(hidden)
    texts = [told["_redirects"], told[".htaccess"], *(file.data for file in unpublished(told.site))]
    assert all(b"aktuelles/2026-11-02-radweg/" in text for text in texts[:3])
    assert not any(b"geheim" in text for text in texts)


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("https://test.example.org", "/"),
        ("https://test.example.org/allianz", "/allianz/"),
        ("https://test.example.org/a%20b/ü/", "/a%20b/%C3%BC/"),
        ("https://test.example.org/a';}server{/", "/a%27%3B%7Dserver%7B/"),
    ],
)
def test_a_site_may_be_below_any_path(url: str, root: str) -> None:
    site = build({"kooperation.yml": COOPERATION.replace("https://test.example.org/", url)}).site
    told = serving(site)
    assert (told.origin, told.root) == ("https://test.example.org", root)
    files = {file.path: file.data.decode() for file in (*published(site), *unpublished(site))}
    assert f"ErrorDocument 404 {root}404.html\n" in files[".htaccess"]
    assert files["_headers"].splitlines()[1] == f"{root}*"
    assert f'\nlocation "{told.below}" {{\n' in files["nginx.conf"]
    assert f"https://test.example.org{root}" in files["LIESMICH.md"]


def test_hsts_is_for_https_alone() -> None:
    text = build({"kooperation.yml": COOPERATION.replace("https://test", "http://test")})[".htaccess"]
    assert b"Strict-Transport-Security" not in text
    assert b"Strict-Transport-Security" in sample()[".htaccess"]


@pytest.mark.parametrize("url", sample().files)
def test_every_file_has_a_type(url: str) -> None:
    name = sample().files[url].path.replace(".md", ".html")
    if name not in ALL:
        assert name.rpartition(".")[2] in KINDS


@pytest.mark.parametrize(
    ("address", "immutable"),
    [
        ("bilder/radweg-800.43fdfba4.avif", True),
        ("bilder/radweg-800.avif", False),
        ("bilder/radweg.43fdfba4.avif", False),
        ("dateien/plan-800.43fdfba4.pdf", False),
        ("suche/index/0/pagefind/index/unknown_52a6369.pf_index", True),
        ("suche/index/0/pagefind/wasm.unknown.pagefind", False),
        ("assets/schaukasten.css", False),
        ("aktuelles/radweg-800.43fdfba4.avif/", False),
    ],
)
def test_only_names_that_change_with_their_bytes_are_kept_for_good(address: str, immutable: bool) -> None:  # noqa: FBT001
    answer = next(answer for answer in answers("suche/") if answer.fits(address))
    assert ("immutable" in answer.headers["Cache-Control"]) is immutable
