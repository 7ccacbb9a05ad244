"""What every page depends on besides its staged file: navigation, templates, settings, the program and its words."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.problems import Problem
from generator.program import program_identity

__all__ = ["fingerprint", "missing_in_nav", "nav_titles"]


def nav_titles(nav: Any, title: str | None = None) -> dict[str, str | None]:
    """Return the files that a navigation (``nav:`` of ``mkdocs.yml``) names, with their titles where it gives them."""
    if isinstance(nav, str):
        return {nav: title}
    pairs = nav.items() if isinstance(nav, Mapping) else ((None, item) for item in nav or ())
    return {path: found for name, item in pairs for path, found in nav_titles(item, name).items()}


def missing_in_nav(nav: Any, config_file: Path, staged: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each page that the navigation names and the stage does not have."""
    lines = config_file.read_text(encoding="utf-8").split("\n")
    for path in sorted(nav_titles(nav)):
        if path.endswith(".md") and path not in staged:
            line = next((number for number, text in enumerate(lines, start=1) if path in text), 1)
            yield Problem(
                config_file.name,
                line,
                f"Die Navigation nennt „{path}“, aber diese Seite gibt es nicht, oder sie ist nicht öffentlich.",
                "Unter „nav:“ den Pfad prüfen oder die Zeile entfernen.",
            )


def fingerprint(config_file: Path, themes: Sequence[Path], shown: Mapping[str, Any]) -> str:
    """Return what identifies all this.

    Args:
        config_file: ``mkdocs.yml``.
        themes: the folders of templates, the first to be looked into first.
        shown: what header and footer show of the cooperation.
    """
    total = sha256(program_identity().encode())
    total.update(json.dumps(shown, sort_keys=True).encode())
    files = {config_file.name: config_file}
    for number, theme in enumerate(themes):
        found = (path for path in theme.rglob("*") if path.is_file())
        files |= {f"theme{number}/{path.relative_to(theme).as_posix()}": path for path in found}
    for name, file in sorted(files.items()):
        total.update(f"{name}\0".encode() + file.read_bytes())
    return total.hexdigest()
