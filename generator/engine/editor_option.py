"""The option ``editor`` of the plugin, and what follows from it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig

from generator.editor.bundle import is_there
from generator.engine.content_folder import content_folder
from generator.engine.error import EngineError
from generator.model.web_editor import HOSTS, Host, WebEditor

__all__ = ["local_editor", "must_be_installed", "web_editor"]

_KEYS = ("backend", "repo", "branch", "base_url", "api_root", "app_id", "workflow")
_MISSING = (
    "mkdocs.yml:1: Der Web-Editor ist nicht installiert. Einmal „make editor-files“ aufrufen (ohne make: "
    "„python -m generator.editor.install“ mit dem Python der Umgebung) oder die Einstellung „editor“ entfernen."
)


def web_editor(option: Mapping[str, Any], config: MkDocsConfig) -> WebEditor | None:
    """Return the web editor that the settings want; None: none.

    Args:
        option: the option ``editor``.
        config: the settings around it.

    Raises:
        EngineError: the option makes no sense, Decap CMS is not installed, or the content folder is elsewhere.
    """
    if not option:
        return None
    unknown = [key for key in option if key not in _KEYS]
    if unknown:
        raise _wrong(f"„{unknown[0]}“ gibt es nicht", f"Möglich sind: {', '.join(_KEYS)}")
    host = HOSTS.get(str(option.get("backend")))
    if host is None:
        raise _wrong(f"backend „{option.get('backend', '')}“ gibt es nicht", f"Möglich sind: {', '.join(HOSTS)}")
    address = str(option.get("base_url") or host.address or "").rstrip("/")
    api = str(option.get("api_root") or (host.api if ":" in host.api else address + host.api)).rstrip("/")
    _check(option, host, address, api)
    must_be_installed()
    return WebEditor(
        content=_content_folder(config),
        host=host,
        repository=str(option["repo"]),
        branch=str(option.get("branch") or "main"),
        address=address,
        api=api,
        client=str(option.get("app_id") or ""),
        workflow=bool(option.get("workflow", host.has_workflow)),
    )


def must_be_installed() -> None:
    """Make sure that npm has installed Decap CMS.

    Raises:
        EngineError: it has not.
    """
    if not is_there():
        raise EngineError(_MISSING)


def local_editor(api: str, config: MkDocsConfig) -> WebEditor:
    """Return the web editor for the files of this machine.

    Args:
        api: the address of the server for them, as `generator.engine.editor_server` yields it.
        config: the settings of the project.

    Raises:
        EngineError: the content folder is elsewhere.
    """
    return WebEditor(content=_content_folder(config), host=None, api=api)


def _content_folder(config: MkDocsConfig) -> str:
    return content_folder(Path(config.docs_dir), Path(config.config_file_path))


def _check(option: Mapping[str, Any], host: Host, address: str, api: str) -> None:
    needed = {"repo": "der Name des Projekts, zum Beispiel allianz/webseite"}
    if not address:
        needed["base_url"] = "die Adresse, unter der sich die Redaktion anmeldet"
    if not host.opens_window:
        needed["app_id"] = "die Kennung der Anwendung, die in den Einstellungen des Git-Servers angelegt wird"
    for key, what in needed.items():
        if not option.get(key):
            raise _wrong(f"„{key}“ fehlt", f"Nötig ist {what}")
    for name in (address, api):
        parts = urlsplit(name)
        if parts.scheme != "https" or not parts.netloc or any(sign in name for sign in " ;,'\"?#"):
            raise _wrong(f"„{name}“ ist keine Adresse mit https://", "Zum Beispiel https://git.example.org schreiben")
    if option.get("workflow") and not host.has_workflow:
        raise _wrong(
            "„workflow“ kann Decap CMS mit diesem Git-Server nicht",
            "Die Zeile entfernen; Entwürfe bleiben mit „draft“ zurück",
        )


def _wrong(what: str, remedy: str) -> EngineError:
    return EngineError(f"mkdocs.yml:1: Die Einstellung „editor“ von „schaukasten“ stimmt nicht: {what}. {remedy}.")
