"""The report on a change: what it tells, that it calls nobody, and that it is one comment on each host."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
from click.testing import CliRunner, Result
from hypothesis import given

from generator.change_report import MARK, ChangeReport, as_markdown
from generator.cli import main
from generator.commenting import NotCommentedError, comment, host_of
from generator.problems import Problem
from generator.site_changes import Changed, SiteChanges
from tests.conftest import run
from tests.interrupted import write_content
from tests.sample import LINES

NOW = datetime.fromisoformat("2026-11-22T12:00+01:00")


@given(LINES, LINES)
def test_no_text_becomes_more_than_text(title: str, address: str) -> None:
    new = (Changed(address=address, title=title, file="a.md"),)
    report = ChangeReport(
        now=NOW,
        changes=SiteChanges(new=new, changed=(), removed=(), everything=False),
        held=((title, title, address),),
        hints=(Problem(address, 1, title, title),),
    )
    told = as_markdown(report)
    quiet = ChangeReport(
        now=report.now,
        changes=SiteChanges(
            new=(Changed(address="a", title="A", file="a.md"),), changed=(), removed=(), everything=False
        ),
        held=(("A", "A", "a"),),
        hints=(Problem("a", 1, "A", "A"),),
    )
    assert told.count("\n") == as_markdown(quiet).count("\n")
    text = re.sub(r"`[^`]*`", "", told.removeprefix(MARK).replace("\\`", ""))
    assert not re.search(r"@\w", text)
    assert re.sub(r"\\.", "", text).count("<") == 4  # the details' own


def test_long_lists_are_cut() -> None:
    new = tuple(Changed(address=f"{number}/", title=str(number), file="a.md") for number in range(40))
    told = as_markdown(ChangeReport(now=NOW, changes=SiteChanges(new=new, changed=(), removed=(), everything=True)))
    assert "| … und 10 weitere | | |" in told
    assert "Alle Seiten ändern sich" in told


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose built site is other than the published one, which lies beside it."""
    folder = tmp_path_factory.mktemp("changed")
    for name in ("old", "edited"):
        write_content(folder, name)
        assert run("build", folder=folder).returncode == 0
        if name == "old":
            (folder / "veröffentlicht.json").write_bytes((folder / "build/site/manifest.json").read_bytes())
    return folder


def report(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["report", "-f", str(folder / "mkdocs.yml"), *arguments])


@pytest.mark.slow
def test_a_report_tells_what_a_change_does(changed: Path) -> None:
    told = report(changed, "--against", str(changed / "veröffentlicht.json")).stdout
    assert told.startswith(f"{MARK}\n\n## ⚠️ Veröffentlichte Adressen würden verschwinden\n")
    assert "Gebaut für So, 22.11.2026, 12:00 Uhr, verglichen mit" in told
    assert "Die veröffentlichte Seite /termine/2026-11-28-exkursion/ gibt es nicht mehr." in told
    assert "| entfällt | – | `/termine/2026-11-28-exkursion/` |" in told
    assert "| neu | " in told
    assert "| geändert | " in told
    assert "`/aktuelles/2026-11-02-radweg/`" in told
    assert re.search(r"### Was wann geschieht\n\n\| Wann \|", told)
    assert "### Nächster Newsletter" in told


@pytest.mark.slow
def test_the_same_for_programs(changed: Path) -> None:
    told = json.loads(report(changed, "--against", str(changed / "veröffentlicht.json"), "--format", "json").stdout)
    assert told["now"] == "2026-11-22T12:00:00+01:00"
    assert {"termine/2026-11-28-exkursion/"} <= {item["address"] for item in told["changes"]["removed"]}
    assert told["problems"] == []


@pytest.mark.slow
def test_without_anything_published_there_is_a_report_too(changed: Path) -> None:
    told = report(changed, "--online").stdout
    assert "Ohne Vergleich, denn https://test.example.org/manifest.json ist nicht zu lesen:" in told
    assert "## ✅ Was diese Änderung bewirkt" in told
    assert "Seiten und Dateien" not in told


@pytest.mark.slow
def test_what_would_stop_a_later_build_is_told_at_once(tmp_path: Path) -> None:
    write_content(tmp_path, "old")
    later = '---\ntitle: Neu\nsummary: Kommt.\ndate: 2026-12-01\npublish: "2026-12-01 08:00"\n---\n[Plan](plan.md)\n'
    (tmp_path / "content/aktuelles/neu.md").write_text(later)
    assert run("build", folder=tmp_path).returncode == 0
    told = report(tmp_path, "--online").stdout
    assert told.startswith(f"{MARK}\n\n## ⚠️ Die Seite könnte bald nicht mehr gebaut werden\n")
    assert "- `aktuelles/neu.md:7` Ab Di, 01.12.2026, 08:00 Uhr: Der Link „plan.md“ führt ins Leere." in told


def test_mistakes_are_the_report_where_nothing_can_be_built(tmp_path: Path) -> None:
    write_content(tmp_path, "old")
    (tmp_path / "content/aktuelles/neu.md").write_text("---\ntitel: Neu\n---\n")
    result = report(tmp_path)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{MARK}\n\n## ❌ So kann die Seite nicht gebaut werden\n\n- `aktuelles/neu.md:")
    (tmp_path / "content/aktuelles/neu.md").unlink()
    assert report(tmp_path).exit_code == 1


@pytest.mark.slow
def test_it_is_known_whether_something_is_due(changed: Path) -> None:
    published = str(changed / "veröffentlicht.json")

    def due(now: str, *against: str) -> str:
        arguments = ["due", "-f", str(changed / "mkdocs.yml"), "--now", now, *against]
        return CliRunner().invoke(main, arguments).stdout

    assert due("2026-11-22T12:01", "--against", published) == "nein\n"
    assert due("2027-11-22T12:01", "--against", published) == "ja\n"
    assert due("2026-11-22T12:01", "--online") == "ja\n"


class _Api(BaseHTTPRequestHandler):
    """Comments as the three hosts keep them."""

    kept: ClassVar[dict[int, str]]
    asked: ClassVar[list[tuple[str, str, str]]]

    def _answer(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        told = json.loads(self.rfile.read(size)) if size else {}
        who = self.headers.get("PRIVATE-TOKEN") or self.headers.get("Authorization") or ""
        self.asked.append((self.command, self.path.partition("?")[0], who))
        match self.command:
            case "POST":
                self.kept[len(self.kept) + 1] = told["body"]
            case "PUT" | "PATCH":
                self.kept[int(self.path.rpartition("/")[2])] = told["body"]
        self.send_response(200 if "geheim" in who else 403)
        self.end_headers()
        self.wfile.write(json.dumps([{"id": number, "body": body} for number, body in self.kept.items()]).encode())

    do_GET = do_POST = do_PUT = do_PATCH = _answer  # noqa: N815  # the library's names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the library's
        """Say nothing."""


@contextmanager
def api() -> Iterator[tuple[str, type[_Api]]]:
    class Handler(_Api):
        kept: ClassVar = {1: "Sieht gut aus."}
        asked: ClassVar = []

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/api", Handler
        server.shutdown()
        thread.join()


HOSTS: Mapping[str, tuple[dict[str, str], str, str, str]] = {
    "gitlab": (
        {
            "CI_API_V4_URL": "{api}",
            "CI_PROJECT_ID": "7",
            "CI_MERGE_REQUEST_IID": "12",
            "REPORT_TOKEN": "geheim",
        },
        "/api/projects/7/merge_requests/12/notes",
        "/api/projects/7/merge_requests/12/notes/2",
        "geheim",
    ),
    "github": (
        {
            "GITHUB_API_URL": "{api}",
            "GITHUB_REPOSITORY": "allianz/seite",
            "GITHUB_REF": "refs/pull/12/merge",
            "GITHUB_TOKEN": "geheim",
        },
        "/api/repos/allianz/seite/issues/12/comments",
        "/api/repos/allianz/seite/issues/comments/2",
        "Bearer geheim",
    ),
    "forgejo": (
        {
            "GITHUB_API_URL": "{api}",
            "GITHUB_REPOSITORY": "allianz/seite",
            "GITHUB_REF": "refs/pull/12/head",
            "GITHUB_TOKEN": "geheim",
        },
        "/api/repos/allianz/seite/issues/12/comments",
        "/api/repos/allianz/seite/issues/comments/2",
        "Bearer geheim",
    ),
}


@pytest.mark.parametrize("name", HOSTS)
def test_a_change_has_one_comment(name: str) -> None:
    environment, comments, one, who = HOSTS[name]
    with api() as (address, kept):
        host = host_of({key: value.format(api=address) for key, value in environment.items()})
        comment(host, f"{MARK}\nerster")
        comment(host, f"{MARK}\nzweiter")
        assert kept.kept == {1: "Sieht gut aus.", 2: f"{MARK}\nzweiter"}
        change = "PUT" if name == "gitlab" else "PATCH"
        assert kept.asked == [
            ("GET", comments, who),
            ("POST", comments, who),
            ("GET", comments, who),
            (change, one, who),
        ]


def test_where_nothing_can_be_written_is_told() -> None:
    environment = HOSTS["gitlab"][0]
    with pytest.raises(NotCommentedError, match="Dies ist keine Pipeline zu einer Änderung"):
        host_of({})
    with pytest.raises(NotCommentedError, match="REPORT_TOKEN ist nicht gesetzt"):
        host_of({name: value for name, value in environment.items() if name != "REPORT_TOKEN"})
    with api() as (address, _):
        wrong: dict[str, Any] = {**environment, "CI_API_V4_URL": address, "REPORT_TOKEN": "falsch"}
        with pytest.raises(NotCommentedError, match="Der Server antwortet mit 403"):
            comment(host_of(wrong), MARK)
