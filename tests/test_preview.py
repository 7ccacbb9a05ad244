"""The preview shows the very files that a build makes, follows every change, and reads to nobody from elsewhere."""

import re
import socket
import struct
import threading
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path, PureWindowsPath
from threading import Thread

import pytest

from generator import preview
from generator.channels.output import File
from generator.engine.showing import _AFTERWARDS, _until_next
from generator.engine.theme import open_project
from generator.folders import files_in
from generator.manifest import MANIFEST
from generator.preview.application import answer, is_asked_for_here
from generator.preview.preview import Preview
from generator.preview.server import serving
from generator.preview.watching import Watch
from tests.conftest import NOW
from tests.project import write_project
from tests.test_serve import eventually, free_port

TEXT = "---\ntitle: Radweg\nsummary: Eine Meldung.\ndate: 2026-11-02\n---\nDer Radweg ist {state}.\n"
EDITION = (
    "---\nnumber: 1\ndate: 2026-12-15\nsubject: Neues im Dezember\npreheader: Der Radweg\n"
    "query: {since: last_edition}\n---\nGuten Tag.\n"
)
SCRIPT = re.compile(rb'<script src="/_vorschau/nachladen.js" data-number="\d+"></script>')


def preview_of(config: Path, *, drafts: bool = False, now: str | None = NOW) -> Preview:
    made = Preview(
        lambda: open_project(config, drafts=drafts), datetime.fromisoformat(now) if now is not None else None
    )
    made.update()
    return made


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project", {"aktuelles/a.md": TEXT.format(state="im Bau")})


@pytest.mark.slow
def test_it_shows_what_a_build_makes(demo: Path, site: Path) -> None:
    shown = preview_of(demo / "mkdocs.yml")
    different = []
    for path in sorted(files_in(site) - {MANIFEST, "404.html"}):
        found = answer(shown, f"/{path.removesuffix('index.html')}")
        body = SCRIPT.sub(b"", found.body)
        if found.status != HTTPStatus.OK or body != (site / path).read_bytes():
            different.append(path)
    assert different == []
    missing = answer(shown, "/gibt-es-nicht/")
    assert SCRIPT.sub(b"", missing.body) == (site / "404.html").read_bytes()


def test_what_is_saved_is_shown_and_a_mistake_stands_beside_the_last_good_page(project: Path) -> None:
    shown = preview_of(project)
    text = project.parent / "content" / "aktuelles" / "a.md"
    assert "Der Radweg ist im Bau." in answer(shown, "/aktuelles/a/").body.decode()
    first = shown.number

    text.write_text(TEXT.format(state="weg").replace("title", "titel"), encoding="utf-8")
    shown.update()
    page = answer(shown, "/aktuelles/a/").body.decode()
    assert "Der Radweg ist im Bau." in page
    assert "<code>aktuelles/a.md:2</code> Unbekanntes Feld „titel“. <strong>Gemeint ist wohl „title“.</strong>" in page
    assert "2 Fehler" in page
    assert shown.number == first + 1

    text.write_text(TEXT.format(state="fertig"), encoding="utf-8")
    shown.update()
    page = answer(shown, "/aktuelles/a/").body.decode()
    assert "Der Radweg ist fertig." in page
    assert "Fehler" not in page


def test_settings_and_theme_saved_beside_a_mistake_are_taken_up_once_it_is_mended(project: Path) -> None:
    shown = preview_of(project)
    text = project.parent / "content" / "aktuelles" / "a.md"
    good = text.read_text(encoding="utf-8")
    text.write_text(good.replace("title", "titel"), encoding="utf-8")
    project.write_text(project.read_text(encoding="utf-8").replace("Testallianz", "Umbenannt"), encoding="utf-8")
    shown.update(shell=True)
    page = answer(shown, "/aktuelles/a/").body.decode()
    assert ("Der Radweg ist im Bau." in page, "Unbekanntes Feld „titel“." in page) == (True, True)
    shown.update()
    assert "Der Radweg ist im Bau." in answer(shown, "/aktuelles/a/").body.decode()
    text.write_text(good, encoding="utf-8")
    opened = shown.project
    shown.update()
    assert shown.project is not opened
    assert "Fehler" not in answer(shown, "/aktuelles/a/").body.decode()


def test_nothing_is_loaded_anew_while_the_same_mistakes_stay(project: Path) -> None:
    shown = preview_of(project)
    text = project.parent / "content" / "aktuelles" / "a.md"
    text.write_text(text.read_text(encoding="utf-8").replace("title", "titel"), encoding="utf-8")
    shown.update()
    before = shown.number
    shown.update()
    assert shown.number == before


def test_what_is_due_waits_for_mistakes_to_be_mended(project: Path) -> None:
    text = project.parent / "content" / "aktuelles"
    soon = (datetime.now(UTC) + timedelta(days=1)).isoformat(timespec="minutes")
    (text / "b.md").write_text(TEXT.format(state="fertig").replace("---\n", f"---\npublish: {soon}\n", 1), "utf-8")
    shown = preview_of(project, now=None)
    assert shown.version is not None
    assert 86_000 < (_until_next(shown, None) or 0) < 86_500
    shown.version = replace(shown.version, next_build=datetime.now(UTC) - timedelta(seconds=1))
    assert _until_next(shown, None) == _AFTERWARDS
    (text / "c.md").write_text("kein Text", encoding="utf-8")
    shown.update()
    shown.version = replace(shown.version, next_build=datetime.now(UTC) - timedelta(seconds=1))
    assert _until_next(shown, None) is None


def test_tabs_of_an_earlier_start_load_anew(project: Path) -> None:
    assert preview_of(project).number != preview_of(project).number


def test_a_mistake_from_the_start_is_all_that_is_shown(tmp_path: Path) -> None:
    config = write_project(tmp_path, {"aktuelles/a.md": TEXT.replace("title", "titel")})
    page = answer(preview_of(config), "/").body.decode()
    assert "<h1>Die Texte haben Fehler</h1>" in page
    assert "Gemeint ist wohl „title“." in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page


def test_a_broken_template_is_told_on_its_page(project: Path) -> None:
    theme = project.parent / "theme"
    theme.mkdir()
    (theme / "news.html").write_text("{% if %}", encoding="utf-8")
    config = project.read_text(encoding="utf-8")
    project.write_text(re.sub(r"custom_dir: [^,]*", "custom_dir: theme", config), encoding="utf-8")
    page = answer(preview_of(project), "/aktuelles/a/").body.decode()
    assert "theme/news.html:1" in page
    assert "Die Vorlage ist fehlerhaft" in page


@pytest.mark.parametrize(
    ("target", "status", "location"),
    [
        ("/aktuelles", HTTPStatus.FOUND, "/aktuelles/"),
        ("/gibt-es-nicht/", HTTPStatus.NOT_FOUND, None),
        ("/../mkdocs.yml", HTTPStatus.NOT_FOUND, None),
        ("/_vorschau/../server.py", HTTPStatus.NOT_FOUND, None),
        ("/_vorschau/%2e%2e/server.py", HTTPStatus.NOT_FOUND, None),
        ("/suche/%2e%2e/%2e%2e/results.sqlite", HTTPStatus.NOT_FOUND, None),
        ("/_vorschau/nachladen.js", HTTPStatus.OK, None),
    ],
)
def test_addresses(project: Path, target: str, status: HTTPStatus, location: str | None) -> None:
    found = answer(preview_of(project), target)
    assert (found.status, found.headers.get("Location")) == (status, location)


@dataclass(frozen=True)
class WindowsFolder:
    """A folder that finds files by any path, as those of Windows do."""

    folder: Path

    def __truediv__(self, name: str) -> "WindowsFolder | Path":
        found = self.folder / PureWindowsPath(name).as_posix()
        return WindowsFolder(found) if found.is_dir() else found

    def iterdir(self) -> Iterator[Path]:
        return self.folder.iterdir()


def test_of_its_own_files_those_that_exist_are_handed_out(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = Path(preview.__file__).parent
    monkeypatch.setattr("generator.preview.application.files", lambda _: WindowsFolder(package))
    shown = preview_of(project)
    assert answer(shown, "/_vorschau/nachladen.js").status == HTTPStatus.OK
    for name in (r"..\server.py", str(package / "server.py"), r"..\assets\nachladen.js"):
        assert answer(shown, f"/_vorschau/{name}").status == HTTPStatus.NOT_FOUND


def test_pages_keep_to_the_policy_of_the_site_and_ask_for_no_encryption(project: Path) -> None:
    headers = answer(preview_of(project), "/").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert "Strict-Transport-Security" not in headers


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("127.0.0.1:8000", True),
        ("localhost:8000", True),
        ("[::1]:8000", True),
        ("192.168.1.7:8000", True),
        ("buero.example.org:8000", True),
        ("boese.example.org:8000", False),
        ("[::1", False),
        ("[boese]:8000", False),
        ("", False),
        (None, False),
    ],
)
def test_only_this_machine_s_names_are_answered_to(host: str | None, *, is_here: bool) -> None:
    assert is_asked_for_here(host, "buero.example.org") is is_here


def test_a_browser_that_waits_is_told_of_a_change(project: Path) -> None:
    shown = preview_of(project)
    found: list[bytes] = []
    waiting = Thread(target=lambda: found.append(answer(shown, f"/_vorschau/stand?nach={shown.number}").body))
    waiting.start()
    shown.update()
    waiting.join(10)
    assert found == [str(shown.number).encode()]


def test_a_page_that_was_left_is_not_waited_for(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shown = preview_of(project)
    port = free_port()
    others = frozenset(threading.enumerate())
    with serving(shown, "127.0.0.1", port):
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", port)) as left:
                question = f"GET /_vorschau/stand?nach={shown.number} HTTP/1.1\r\nHost: localhost\r\n\r\n"
                left.sendall(question.encode())
                eventually(lambda: bool(answering(others)))
                left.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        shown.update()
        assert eventually(lambda: not answering(others))
    assert capfd.readouterr().err == ""


def answering(others: Collection[Thread]) -> list[Thread]:
    """Return the threads of the preview's server that answer somebody."""
    return [one for one in threading.enumerate() if "process_request" in one.name and one not in others]


def test_the_letters_of_editions_to_come_and_of_drafts_are_shown(tmp_path: Path) -> None:
    config = write_project(
        tmp_path,
        {
            "aktuelles/a.md": TEXT.format(state="im Bau"),
            "aktuelles/b.md": TEXT.format(state="geheim").replace("title: Radweg", "title: Brücke\ndraft: ja"),
            "newsletter/2026-12.md": EDITION,
            "newsletter/2027-01.md": EDITION.replace("number: 1", "number: 2\ndraft: ja").replace("12-15", "12-29"),
        },
    )
    shown = preview_of(config)
    listing = answer(shown, "/newsletter/vorschau/").body.decode()
    assert re.findall(r"Nr\. (\d)[^<]*<strong>([^<]*)", listing) == [("2", "Entwurf"), ("1", "erscheint noch")]
    letter = answer(shown, "/newsletter/vorschau/2026-12/").body.decode()
    assert "Radweg" in letter
    assert "Brücke" not in letter
    assert "Neues im Dezember" in answer(shown, "/newsletter/vorschau/2027-01/").body.decode()
    assert answer(shown, "/newsletter/vorschau/2027-01/gibt-es-nicht/").status == HTTPStatus.NOT_FOUND


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[Watch, Path]]:
    folder = tmp_path.resolve() / "texte"
    (folder / "unten").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("a: 1", encoding="utf-8")
    with Watch([folder, tmp_path / "mkdocs.yml"]) as watch:
        yield watch, tmp_path.resolve()


def test_a_file_saved_below_a_folder_is_noticed(watched: tuple[Watch, Path]) -> None:
    watch, root = watched
    file = root / "texte" / "unten" / "ä ö.md"
    file.write_text("neu", encoding="utf-8")
    assert watch.changed(10) == {file}
    file.rename(file.with_name("b.md"))
    assert watch.changed(10) == {file, file.with_name("b.md")}


def test_a_folder_that_goes_or_comes_is_noticed(watched: tuple[Watch, Path]) -> None:
    watch, root = watched
    (root / "texte" / "unten").rename(root / "weg")
    assert watch.changed(10) == {root / "texte" / "unten"}
    (root / "neu").mkdir()
    (root / "neu" / "a.md").write_text("neu", encoding="utf-8")
    (root / "neu").rename(root / "texte" / "neu")
    assert root / "texte" / "neu" in watch.changed(10)


def test_of_a_file_s_folder_nothing_else_is_noticed(watched: tuple[Watch, Path]) -> None:
    watch, root = watched
    (root / "anders.yml").write_text("b: 1", encoding="utf-8")
    (root / "mkdocs.yml").write_text("a: 2", encoding="utf-8")
    assert watch.changed(10) == {root / "mkdocs.yml"}


def test_waiting_ends_when_its_time_is_over(watched: tuple[Watch, Path]) -> None:
    start = time.monotonic()
    assert watched[0].changed(0.2) == frozenset()
    assert timedelta(seconds=time.monotonic() - start) < timedelta(seconds=5)


def test_the_site_of_a_moment_to_come_is_asked_for(tmp_path: Path) -> None:
    config = write_project(
        tmp_path, {"aktuelles/a.md": TEXT.replace("date: 2026-11-02", "date: 2026-11-02\npublish: 2026-12-01")}
    )
    shown = preview_of(config)
    assert shown.version is not None
    assert shown.version.find("aktuelles/a/") is None
    assert shown.version.next_build == datetime.fromisoformat("2026-12-01T00:00+01:00")
    assert isinstance(shown.at(shown.version.next_build).find("aktuelles/a/"), File)
