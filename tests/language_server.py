"""The YAML language server, asked as VS Code asks it (Language Server Protocol 3.17, over standard I/O)."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.project import ROOT

__all__ = ["LanguageServer", "language_server"]

_PROGRAM = ROOT / "tests" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"


class LanguageServer:
    """A running server with a project open in it."""

    def __init__(self, process: subprocess.Popen[bytes], project: Path) -> None:
        self._process = process
        self._project = project
        self._settings = json.loads((project / ".vscode" / "settings.json").read_text(encoding="utf-8"))
        self._last = 0
        folder = {"uri": project.as_uri(), "name": project.name}
        capabilities = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {"completion": {"completionItem": {"documentationFormat": ["markdown"]}}},
        }
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": folder["uri"],
                "workspaceFolders": [folder],
                "capabilities": capabilities,
                "locale": "de",
            },
        )
        self._tell("initialized", {})

    def open(self, path: str, text: str) -> list[str]:
        """Open a document for the first time, and return the messages of the problems that are shown in it."""
        uri = (self._project / path).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while True:
            message = self._read()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                return [problem["message"] for problem in message["params"]["diagnostics"]]

    def completions(self, path: str, line: int, character: int) -> dict[str, str]:
        """Return what can be typed at a place of an open document, with the help that is shown for each."""
        place = {"line": line, "character": character}
        found = self.ask(
            "textDocument/completion",
            {"textDocument": {"uri": (self._project / path).as_uri()}, "position": place},
        )
        return {item["label"]: str(item.get("documentation", "")) for item in found["items"]}

    def ask(self, method: str, parameters: Any) -> Any:
        """Ask the server something, and return its answer."""
        self._last += 1
        self._write({"id": self._last, "method": method, "params": parameters})
        while True:
            message = self._read()
            if message.get("id") == self._last and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _tell(self, method: str, parameters: Any) -> None:
        self._write({"method": method, "params": parameters})

    def _write(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        """Return the next message for us; the server's own questions are answered."""
        assert self._process.stdout is not None
        while True:
            headers = {}
            while line := self._process.stdout.readline().strip():
                name, _, value = line.partition(b":")
                headers[name.lower()] = value
            message: dict[str, Any] = json.loads(self._process.stdout.read(int(headers[b"content-length"])))
            if "method" not in message or "id" not in message:
                return message
            self._write({"id": message["id"], "result": self._answer(message)})

    def _answer(self, message: dict[str, Any]) -> Any:
        if message["method"] != "workspace/configuration":
            return None
        return [self._section(item.get("section", "")) for item in message["params"]["items"]]

    def _section(self, section: str) -> Any:
        """Return the part of the project's settings that VS Code hands over."""
        if section in self._settings:
            return self._settings[section]
        found: dict[str, Any] = {}
        for name, value in self._settings.items():
            if name.startswith(f"{section}."):
                *parents, last = name.removeprefix(f"{section}.").split(".")
                inner = found
                for parent in parents:
                    inner = inner.setdefault(parent, {})
                inner[last] = value
        return found


@contextmanager
def language_server(project: Path) -> Iterator[LanguageServer]:
    """Yield the server with a project open in it; without Node, the test is skipped."""
    node = shutil.which("node")
    if node is None or not _PROGRAM.is_file():
        pytest.skip("Node or its packages are not installed (make tests/node_modules)")
    process = subprocess.Popen([node, str(_PROGRAM), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        yield LanguageServer(process, project)
    finally:
        process.kill()
        process.communicate()
