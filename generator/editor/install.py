"""Installs what the web editor needs from npm: ``python -m generator.editor.install``."""

import shutil
import subprocess
import sys

from generator.editor.bundle import ASKED, INSTALLED

__all__ = ["install"]

_NO_NPM = "Der Web-Editor braucht Node mit npm: Node installieren (nodejs.org) und noch einmal aufrufen."


def install() -> None:
    """Let npm install into this environment exactly what the lock file names."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit(_NO_NPM)
    shutil.copytree(ASKED, INSTALLED, dirs_exist_ok=True)
    done = subprocess.run([npm, "ci", "--loglevel=error"], cwd=INSTALLED, check=False)  # noqa: S603  # nothing of a user's
    sys.exit(done.returncode)


if __name__ == "__main__":
    install()
