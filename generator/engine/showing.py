"""The site shown while an editor writes."""

import gc
from collections.abc import Callable, Collection
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from generator.clock import current_time
from generator.engine.editor_server import editor_server
from generator.engine.options import EngineError
from generator.engine.theme import open_project
from generator.preview.preview import Preview
from generator.preview.server import serving
from generator.preview.watching import Watch
from generator.problems import Problem, as_text
from generator.progress import Progress

__all__ = ["serve_site"]

_AFTERWARDS = 0.5
"""Seconds after a moment at which something is due: a clock may be read a little early."""


def serve_site(
    config_file: Path,
    address: str,
    now: datetime | None,
    progress: Progress,
    tell: Callable[[str], None],
    *,
    drafts: bool = False,
    with_editor: bool = False,
) -> None:
    """Show the site in a browser and follow every change, until interrupted.

    Without a moment given, each change is shown as of the current time, and the site changes by itself when its time
    has come.

    Args:
        config_file: ``mkdocs.yml``.
        address: host and port at which the browser finds it.
        now: the moment at which the site is to be public.
        progress: is told how far each step has come.
        tell: is told what the person in front of the terminal should know, in German.
        drafts: whether drafts are shown, too.
        with_editor: whether there is a web editor for the files of the project.

    Raises:
        EngineError: the engine refuses its settings, the address is none, or the editor is not installed.
        OSError: the address is taken.
    """
    host, port = _host_and_port(address)
    with ExitStack() as running:
        editor = running.enter_context(editor_server(config_file, f"http://{address}")) if with_editor else None
        preview = Preview(lambda: open_project(config_file, drafts=drafts, editor=editor), now)
        # Before there are threads: a first look has much to do, and does it on all cores.
        preview.update(progress)
        # What was read stays: looking through it again and again for what is left over would hold up each update.
        gc.freeze()
        told = _tell_problems(preview, (), tell)
        running.enter_context(serving(preview, host, port))
        watch = running.enter_context(Watch(preview.project.watched))
        tell(f"Vorschau: http://{address}/ (beenden mit Strg+C)")
        if with_editor:
            tell(f"Redaktion: http://{address}/admin/")
        # What was saved since that look was not watched yet.
        changed: Collection[Path] = ()
        while True:
            try:
                preview.update(shell=preview.project.shell_changed(changed))
            except EngineError as error:
                tell(str(error))
            told = _tell_problems(preview, told, tell)
            changed = watch.changed(_until_next(preview, now))


def _host_and_port(address: str) -> tuple[str, int]:
    parts = urlsplit(f"//{address}")
    try:
        port = parts.port
    except ValueError:
        port = None
    if not parts.hostname or port is None:
        raise EngineError(
            f"serve:1: „{address}“ ist keine Adresse. Rechner und Anschluss angeben, zum Beispiel 127.0.0.1:8000."
        )
    return parts.hostname, port


def _tell_problems(preview: Preview, told: tuple[Problem, ...], tell: Callable[[str], None]) -> tuple[Problem, ...]:
    """Tell the problems unless they are the same as those told before; return them."""
    if preview.problems != told:
        tell(f"Die Texte haben Fehler:\n{as_text(preview.problems)}" if preview.problems else "Keine Fehler mehr.")
    return preview.problems


def _until_next(preview: Preview, now: datetime | None) -> float | None:
    """Return in how many seconds the site changes by itself; None: never, as far as is known."""
    due = preview.version.next_build if preview.version is not None and now is None else None
    seconds = (due - current_time()).total_seconds() if due is not None else 0.0
    if due is None or (seconds < 0 and preview.problems):
        # What was due waits for the mistakes to be mended.
        return None
    return max(0.0, seconds) + _AFTERWARDS
