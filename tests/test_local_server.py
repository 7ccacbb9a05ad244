"""The server for local files is there for the editor's page alone, and only as long as its process."""

import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

import pytest

from generator.editor.bundle import is_there
from generator.editor.local_server import local_server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not is_there(), reason="The web editor is not installed (make editor-files)"),
]

ORIGIN = "http://127.0.0.1:8000"


def asked(api: str, origin: str, action: str = "info") -> dict[str, str]:
    """Return the headers of an answer."""
    data = json.dumps({"action": action}).encode()
    headers = {"Content-Type": "application/json", "Origin": origin}
    request = urllib.request.Request(api, data, headers)
    with urllib.request.urlopen(request, timeout=5) as answer:
        return dict(answer.headers)


def test_no_other_page_may_ask(tmp_path: Path) -> None:
    with local_server(tmp_path, ORIGIN) as api:
        assert api.startswith("http://127.0.0.1:")
        for origin in (ORIGIN, "https://elsewhere.example.org"):
            assert asked(api, origin)["Access-Control-Allow-Origin"] == ORIGIN


def test_it_ends_with_the_process_however_that_ends(tmp_path: Path) -> None:
    program = f"""
from generator.editor.local_server import local_server
from pathlib import Path
with local_server(Path({str(tmp_path)!r}), {ORIGIN!r}) as api:
    print(api, flush=True)
    input()
"""
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        api = process.stdout.readline().decode().strip()
        assert asked(api, ORIGIN)
        process.kill()
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            asked(api, ORIGIN)
        except (URLError, ConnectionError):
            return
        time.sleep(0.1)
    pytest.fail("The server goes on")
