"""The server for local files is there for the editor's page and for texts alone, and only as long as its process."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

import pytest

from generator.editor.bundle import is_there
from generator.editor.local_server import local_server
from generator.engine.editor_server import editor_server
from generator.engine.error import EngineError
from tests.project import write_project

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not is_there(), reason="The web editor is not installed (make editor-files)"),
]

ORIGIN = "http://127.0.0.1:8000"


def asked(
    api: str,
    action: str = "info",
    params: Mapping[str, Any] = MappingProxyType({}),
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Any:
    """Return the answer to the editor's page, or to another one by its headers; a refusal is its number."""
    data = json.dumps({"action": action, "params": dict(params)}).encode()
    told = {"Content-Type": "application/json", "Origin": ORIGIN, **headers}
    try:
        with urllib.request.urlopen(urllib.request.Request(api, data, told), timeout=5) as answer:
            assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
            return json.load(answer)
    except HTTPError as error:
        return error.code


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for name in (
        "content/aktuelles/a.md",
        "content/.git/config",
        ".git/hooks/pre-commit",
        "mkdocs.yml",
        "texte/a.md",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("alt", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def api(project: Path) -> Iterator[str]:
    with local_server(project, "content", ORIGIN) as address:
        yield address


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "boese.example.org:{port}", "Origin": "http://boese.example.org:{port}"},
        {"Host": "boese.example.org:{port}"},
        {"Host": "127.0.0.1"},
        {"Host": "localhost:{port}"},
        {"Origin": "https://boese.example.org"},
        {"Origin": "null"},
        {"Origin": ""},
    ],
)
def test_no_other_page_may_ask(headers: Mapping[str, str], api: str) -> None:
    port = str(urlsplit(api).port)
    told = {name: value.replace("{port}", port) for name, value in headers.items()}
    assert asked(api, headers=told) == HTTPStatus.FORBIDDEN


OPTIONS = {"commitMessage": "x", "useWorkflow": False, "status": "draft"}
NEW: Mapping[str, Any] = {"slug": "a", "raw": "neu"}
BESIDES = [
    ".git/hooks/pre-commit",
    "content/../.git/hooks/pre-commit",
    "content/.git/config",
    "mkdocs.yml",
    "texte/a.md",
    "../a.md",
    "/etc/hostname",
]


def written(path: str) -> Mapping[str, Any]:
    return {"dataFiles": [{**NEW, "path": path}], "assets": [], "options": OPTIONS}


ACTIONS: Mapping[str, Callable[[str], Mapping[str, Any]]] = {
    "getEntry": lambda path: {"path": path},
    "entriesByFiles": lambda path: {"files": [{"path": path}]},
    "entriesByFolder": lambda path: {"folder": path, "extension": "md", "depth": 1},
    "getMedia": lambda path: {"mediaFolder": path},
    "getMediaFile": lambda path: {"path": path},
    "deleteFile": lambda path: {"path": path, "options": {"commitMessage": "x"}},
    "deleteFiles": lambda path: {"paths": ["content/b.md", path], "options": {"commitMessage": "x"}},
    "persistMedia": lambda path: {
        "asset": {"path": path, "content": "", "encoding": "base64"},
        "options": {"commitMessage": "x"},
    },
    "persistEntry": written,
}


@pytest.mark.parametrize("path", BESIDES)
@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_besides_texts_is_read_or_written(action: str, path: str, api: str, project: Path) -> None:
    before = {file: file.read_bytes() for file in project.rglob("*") if file.is_file()}
    assert asked(api, action, {"branch": "main", **ACTIONS[action](path)}) == HTTPStatus.FORBIDDEN
    assert {file: file.read_bytes() for file in project.rglob("*") if file.is_file()} == before


def test_nothing_is_moved_elsewhere(api: str) -> None:
    for name in ("entry", "dataFiles"):
        file = {**NEW, "path": "content/aktuelles/a.md", "newPath": ".git/hooks/pre-commit"}
        params = {"branch": "main", name: file if name == "entry" else [file], "assets": [], "options": OPTIONS}
        assert asked(api, "persistEntry", params) == HTTPStatus.FORBIDDEN


def test_texts_are_read_and_written(api: str, project: Path) -> None:
    assert asked(api, "persistEntry", {"branch": "main", **written("content/aktuelles/neu.md")})
    assert (project / "content" / "aktuelles" / "neu.md").read_text(encoding="utf-8") == "neu"
    entries = asked(api, "entriesByFolder", {"branch": "main", "folder": "content", "extension": "md", "depth": 2})
    assert {entry["file"]["path"] for entry in entries} == {"content/aktuelles/a.md", "content/aktuelles/neu.md"}


def test_a_server_that_does_not_start_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.editor.local_server._PROGRAM", tmp_path / "middlewares.js")
    with (
        pytest.raises(EngineError, match="Der Server des Web-Editors startet nicht"),
        editor_server(write_project(tmp_path, {}), ORIGIN),
    ):
        pytest.fail("It is there")


def test_it_ends_with_the_process_however_that_ends(tmp_path: Path) -> None:
    program = f"""
from generator.editor.local_server import local_server
from pathlib import Path
with local_server(Path({str(tmp_path)!r}), "content", {ORIGIN!r}) as api:
    print(api, flush=True)
    input()
"""
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        api = process.stdout.readline().decode().strip()
        assert asked(api)
        process.kill()
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            asked(api)
        except (URLError, ConnectionError):
            return
        time.sleep(0.1)
    pytest.fail("The server goes on")
