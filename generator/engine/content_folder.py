"""The content folder as others find it: from the folder in which ``mkdocs.yml`` lies."""

from pathlib import Path

from generator.engine.error import EngineError

__all__ = ["content_folder"]


def content_folder(content: Path, config_file: Path) -> str:
    """Return the content folder relative to the folder of ``mkdocs.yml``, with slashes; links lead where they lead.

    Args:
        content: the folder.
        config_file: ``mkdocs.yml``.

    Raises:
        EngineError: the content folder does not lie in there.
    """
    content, project = content.resolve(), config_file.resolve().parent
    if not content.is_relative_to(project):
        raise EngineError(
            f"mkdocs.yml:1: Der Ordner der Texte ({content}) liegt nicht im Ordner von mkdocs.yml ({project}), und nur "
            "dort kann der Editor sie bearbeiten. Ihn dorthin verschieben und als „docs_dir“ angeben."
        )
    return content.relative_to(project).as_posix()
