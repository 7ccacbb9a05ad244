"""The command ``schaukasten vscode``."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import click

from generator.cli import CONFIG, guarded
from generator.engine.content_folder import content_folder
from generator.engine.project import project_of
from generator.folders import write_whole
from generator.vscode.files import FOLDER, kept_files, made_files

__all__ = ["vscode"]


@click.command()
@CONFIG
def vscode(*, config_file: Path) -> None:
    """Hilft beim Schreiben in VS Code: Felder, Vorlagen und Fehlermeldungen, passend zu kooperation.yml."""
    written = guarded("text", lambda: _write(config_file))
    click.echo(f"Neu in {FOLDER}: {', '.join(written)}." if written else f"{FOLDER}: Alles auf dem neuesten Stand.")


def _write(config_file: Path) -> list[str]:
    """Write what follows from the model, and what is not there yet; return the names of the files that have changed."""
    settings, site, _ = project_of(config_file)
    root = config_file.resolve().parent
    kept = kept_files(content_folder(settings.content, config_file), settings.layout.folders)
    missing = {path: text for path, text in kept.items() if not (root / path).exists()}
    return _written(root, {**missing, **made_files(site.cooperation)})


def _written(root: Path, files: Mapping[PurePosixPath, str]) -> list[str]:
    changed = []
    for path, text in files.items():
        file, data = root / path, text.encode()
        if not file.is_file() or file.read_bytes() != data:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, data)
            changed.append(path.name)
    return changed
