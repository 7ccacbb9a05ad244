"""While an editor writes: what is saved is shown, a mistake is shown too, and the server goes on."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.project import write_project

pytestmark = pytest.mark.slow

TEXT = "---\ntitle: Radweg\nsummary: Eine Meldung.\ndate: 2026-11-02\n---\nDer Radweg ist {state}.\n"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(command: list[str], folder: Path, log: Path) -> Iterator[str]:
    """Serve the folder until the block is left; yields the site's address."""
    port = free_port()
    arguments = [str(Path(sys.executable).parent / command[0]), *command[1:], "-a", f"127.0.0.1:{port}"]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    with log.open("w") as output:
        process = subprocess.Popen(arguments, cwd=folder, env=environment, stdout=output, stderr=output)
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(10)


def page(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return str(response.read().decode())
    except (URLError, ConnectionError):
        return ""


def eventually(condition: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("command", [["schaukasten", "serve"], ["mkdocs", "serve"]], ids=" ".join)
def test_saving_shows_the_text_and_a_mistake_shows_the_message(command: list[str], tmp_path: Path) -> None:
    folder, log = tmp_path / "project", tmp_path / "log"
    write_project(folder, {"aktuelles/a.md": TEXT.format(state="im Bau")})
    text = folder / "content" / "aktuelles" / "a.md"
    with served(command, folder, log) as site:
        url = f"{site}aktuelles/a/"
        assert eventually(lambda: "Der Radweg ist im Bau." in page(url)), log.read_text()

        text.write_text(TEXT.format(state="fertig"), encoding="utf-8")
        assert eventually(lambda: "Der Radweg ist fertig." in page(url)), log.read_text()

        text.write_text(TEXT.format(state="weg").replace("title", "titel"), encoding="utf-8")
        assert eventually(lambda: "Gemeint ist wohl „title“." in page(url)), log.read_text()
        assert "aktuelles/a.md:2" in page(site)
        assert "aktuelles/a.md:2: Unbekanntes Feld „titel“." in log.read_text()
        assert "Traceback" not in log.read_text()

        text.write_text(TEXT.format(state="wieder da"), encoding="utf-8")
        assert eventually(lambda: "Der Radweg ist wieder da." in page(url)), log.read_text()
        assert "Die Texte haben Fehler" not in page(site)


def test_a_mistake_at_the_start_does_not_keep_the_server_from_starting(tmp_path: Path) -> None:
    folder, log = tmp_path / "project", tmp_path / "log"
    write_project(folder, {"aktuelles/a.md": TEXT.replace("title", "titel")})
    with served(["schaukasten", "serve"], folder, log) as site:
        assert eventually(lambda: "Gemeint ist wohl „title“." in page(site)), log.read_text()
        (folder / "content" / "aktuelles" / "a.md").write_text(TEXT.format(state="fertig"), encoding="utf-8")
        assert eventually(lambda: "Der Radweg ist fertig." in page(f"{site}aktuelles/a/")), log.read_text()


def test_drafts_are_shown_on_request_and_marked(tmp_path: Path) -> None:
    folder, log = tmp_path / "project", tmp_path / "log"
    write_project(folder, {"aktuelles/a.md": TEXT.format(state="im Bau").replace("---\n", "---\ndraft: ja\n", 1)})
    with served(["schaukasten", "serve", "--drafts"], folder, log) as site:
        assert eventually(lambda: "<h1>Entwurf: Radweg</h1>" in page(f"{site}aktuelles/a/")), log.read_text()
        assert "Entwurf: Radweg" in page(f"{site}aktuelles/")
