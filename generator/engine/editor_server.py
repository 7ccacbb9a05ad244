"""The server for the files of a project, while somebody writes in the web editor on this machine."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from generator.editor.local_server import local_server
from generator.engine.content_folder import content_folder
from generator.engine.editor_option import must_be_installed
from generator.engine.error import EngineError
from generator.engine.project import engine_errors, load_project

__all__ = ["editor_server"]

_NO_NODE = "mkdocs.yml:1: Der Web-Editor braucht Node. Node installieren (nodejs.org)."
_NOT_STARTED = (
    "mkdocs.yml:1: Der Server des Web-Editors startet nicht. Node auf den neuesten Stand bringen (nodejs.org) und den "
    "Web-Editor noch einmal installieren: „make editor-files“ (ohne make: „python -m generator.editor.install“)."
)


@contextmanager
def editor_server(config_file: Path, origin: str) -> Iterator[str]:
    """Let the texts of a project be read and written from the web editor, and yield the address for that.

    Args:
        config_file: ``mkdocs.yml``, which names the content folder.
        origin: where the site is shown: scheme and host.

    Raises:
        EngineError: the engine refuses its settings, Decap CMS or Node is not installed, or its server does not start.
    """
    must_be_installed()
    with engine_errors():
        config, _ = load_project(config_file)
    content = content_folder(Path(config.docs_dir), config_file)
    with ExitStack() as running:
        try:
            api = running.enter_context(local_server(config_file.resolve().parent, content, origin))
        except FileNotFoundError as error:
            raise EngineError(_NO_NODE) from error
        except ChildProcessError as error:
            raise EngineError(_NOT_STARTED) from error
        yield api
