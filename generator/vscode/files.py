"""The files of VS Code for a project: they make its fields complete and its mistakes appear while they are typed."""

import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from generator.model.content_type import CONTENT_TYPES, PAGE
from generator.model.cooperation import Cooperation
from generator.schema import cooperation_schema, schema_of
from generator.vscode.snippets import snippets

__all__ = ["FOLDER", "kept_files", "made_files"]

FOLDER = PurePosixPath(".vscode")
_SCHEMAS = FOLDER / "schemas"
_COOPERATION = "kooperation.yml"

_EXTENSIONS = ["redhat.vscode-yaml", "ms-ceintl.vscode-language-pack-de"]
"""What completes and checks ``kooperation.yml`` by its schema, and what makes VS Code itself speak German."""


def made_files(cooperation: Cooperation) -> Mapping[PurePosixPath, str]:
    """Return the files that follow from the model and the cooperation, by their paths in the project."""
    schemas = {kind.name: schema_of(kind, cooperation) for kind in (*CONTENT_TYPES, PAGE)}
    schemas["cooperation"] = cooperation_schema()
    # On one line, for nobody reads them.
    files = {_schema(name): json.dumps(schema, ensure_ascii=False) + "\n" for name, schema in schemas.items()}
    files[FOLDER / "schaukasten.code-snippets"] = _json(snippets(cooperation))
    return files


def kept_files(content: str, folders: Mapping[str, str]) -> Mapping[PurePosixPath, str]:
    """Return the files that a project begins with and that are its own from then on, by their paths in it.

    Args:
        content: the folder with the authored texts, as it is named in the project.
        folders: content type to folder name in it.
    """
    return {
        FOLDER / "settings.json": _json(_settings(content, folders)),
        FOLDER / "extensions.json": _json({"recommendations": _EXTENSIONS}),
        FOLDER / "tasks.json": _json(_tasks(content)),
    }


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _schema(name: str) -> PurePosixPath:
    return _SCHEMAS / f"{name}.schema.json"


def _settings(content: str, folders: Mapping[str, str]) -> dict[str, Any]:
    texts = {name: [f"{content}/{folder}/**/*.md"] for name, folder in folders.items()}
    return {
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": True,
        "files.watcherExclude": {"**/.venv/**": True, "**/build/**": True},
        "search.exclude": {"**/.venv": True, "**/build": True},
        "yaml.schemas": {
            str(_schema("cooperation")): [f"{content}/{_COOPERATION}"],
            **{str(_schema(name)): patterns for name, patterns in texts.items()},
            str(_schema(PAGE.name)): [f"{content}/*.md"],
        },
        # Nothing is fetched from elsewhere, and nothing told to anybody.
        "yaml.schemaStore.enable": False,
        "redhat.telemetry.enabled": False,
        "[yaml]": {"editor.tabSize": 2, "editor.insertSpaces": True},
        "[markdown]": {
            "editor.tabSize": 2,
            "editor.insertSpaces": True,
            "editor.wordWrap": "on",
            "editor.acceptSuggestionOnEnter": "off",
            "editor.snippetSuggestions": "top",
            "editor.wordBasedSuggestions": "off",
        },
    }


def _tasks(content: str) -> dict[str, Any]:
    return {
        "version": "2.0.0",
        "tasks": [
            _task("Hilfe beim Schreiben auffrischen", ["vscode"], problemMatcher=[]),
            _task(
                "Texte beim Schreiben prüfen",
                ["check", "--watch"],
                isBackground=True,
                dependsOn="Schaukasten: Hilfe beim Schreiben auffrischen",
                runOptions={"runOn": "folderOpen"},
                problemMatcher=_matchers(content, watching=True),
            ),
            _task("Texte prüfen", ["check"], problemMatcher=_matchers(content)),
            _task("Vorschau", ["serve"], isBackground=True, problemMatcher=[]),
            _task(
                "Seite bauen",
                ["build"],
                group={"kind": "build", "isDefault": True},
                problemMatcher=_matchers(content),
            ),
        ],
    }


def _task(label: str, arguments: list[str], **more: Any) -> dict[str, Any]:
    return {
        "label": f"Schaukasten: {label}",
        "type": "process",
        "command": "${workspaceFolder}/.venv/bin/schaukasten",
        "windows": {"command": "${workspaceFolder}\\.venv\\Scripts\\schaukasten.exe"},
        "args": arguments,
        "options": {"cwd": "${workspaceFolder}", "env": {"PYTHONUTF8": "1"}},
        "presentation": {"reveal": "silent", "panel": "dedicated", "showReuseMessage": False},
        **more,
    }


_BEGINS = "^Prüfung:"
"""The line with which `check --watch` begins anew."""

_ENDS = "^Warte auf Änderungen"
"""The line with which it ends."""

_PLACES = {
    "schaukasten": (r"^(?!mkdocs\.yml:)([^:]+):([0-9]+): (?!Hinweis: )(.+)$", "error", True),
    "schaukasten-hinweise": (r"^(?!mkdocs\.yml:)([^:]+):([0-9]+): Hinweis: (.+)$", "warning", True),
    "schaukasten-einstellungen": (r"^(mkdocs\.yml):([0-9]+): (.+)$", "error", False),
}
"""Who finds problems in the lines of a check: expression, severity, and whether paths begin in the content folder."""


def _matchers(content: str, *, watching: bool = False) -> list[dict[str, Any]]:
    background = {"activeOnStart": True, "beginsPattern": _BEGINS, "endsPattern": _ENDS}
    return [
        {
            "owner": owner,
            "source": "Schaukasten",
            "severity": severity,
            "fileLocation": ["relative", f"${{workspaceFolder}}/{content}" if in_content else "${workspaceFolder}"],
            "pattern": {"regexp": regexp, "file": 1, "line": 2, "message": 3},
            **({"background": background} if watching else {}),
        }
        for owner, (regexp, severity, in_content) in _PLACES.items()
    ]
