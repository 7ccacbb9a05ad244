"""The hook itself: a script for the shell that Git brings along on every system."""

from pathlib import PurePosixPath
from shlex import quote

__all__ = ["MARK", "script"]

MARK = "# Von „schaukasten hook install“ geschrieben."
"""Tells our hook from others."""


def script(project: PurePosixPath) -> str:
    """Return the hook ``pre-commit``.

    Args:
        project: the folder with ``mkdocs.yml``, relative to the top of the working tree, where Git runs the hook.
    """
    places = [project / ".venv/bin/schaukasten", project / ".venv/Scripts/schaukasten.exe"]
    return f"""\
#!/bin/sh
{MARK} Prüft vor jedem Commit die Texte.
for program in {" ".join(quote(f"./{place}") for place in places)} schaukasten; do
    if command -v "$program" >/dev/null 2>&1; then
        exec "$program" hook run -f {quote(str(project / "mkdocs.yml"))}
    fi
done
echo "Schaukasten ist nicht eingerichtet; ohne Prüfung geht es mit: git commit --no-verify" >&2
exit 1
"""
