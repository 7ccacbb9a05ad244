"""The virtual environment of stock Material, apart from the project's own."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

_REQUIREMENTS = Path(__file__).resolve().parent / "requirements.txt"
_INSTALL_TIMEOUT = 600
"""Seconds for creating the environment, and again for filling it."""


def prepare_material(work: Path) -> Path | None:
    """Return the ``mkdocs`` program of ``<work>/venv``, which is made anew whenever the requirements have changed.

    None if that fails, for example without a package index at hand.
    """
    folder = work / "venv"
    wanted = hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest()
    done = folder / "requirements.sha256"
    if not done.exists() or done.read_text(encoding="ascii") != wanted:
        try:
            _run(sys.executable, "-m", "venv", "--clear", folder)
            _run(folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", _REQUIREMENTS)
        except (OSError, subprocess.SubprocessError):
            return None
        done.write_text(wanted, encoding="ascii")
    return folder / "bin" / "mkdocs"


def required_version(package: str) -> str:
    """Return the version of a package that the requirements pin."""
    found = re.search(rf"^{re.escape(package)}==(\S+)", _REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE)
    return found.group(1) if found else ""


def _run(*command: str | Path) -> None:
    # Standard output is for the tables alone.
    subprocess.run(command, check=True, timeout=_INSTALL_TIMEOUT, stdout=sys.stderr)
