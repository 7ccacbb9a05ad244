"""What is asked of Git, by its own program."""

import os
import subprocess
from pathlib import Path, PurePosixPath

__all__ = ["NoRepositoryError", "Repository", "repository_of"]

_OF_THE_HOOK = frozenset({"GIT_DIR", "GIT_PREFIX", "GIT_WORK_TREE"})
_NOWHERE = "not a git repository"
"""What Git says where there is none."""


class NoRepositoryError(Exception):
    """There is no repository, or no Git; the message is a German sentence for the user."""


class Repository:
    """The Git repository in whose working tree a folder lies."""

    def __init__(self, root: Path) -> None:
        self.root = root
        """The top folder of the working tree."""

    @property
    def hooks(self) -> Path:
        """The folder in which Git looks for hooks."""
        return self.root / _git(self.root, "rev-parse", "--git-path", "hooks").strip()

    def holds(self, path: Path) -> bool:
        """Tell whether a path lies in the working tree."""
        return path.resolve().is_relative_to(self.root)

    def staged(self, *paths: Path) -> bool:
        """Tell whether the commit changes something at or below one of the paths."""
        return bool(_git(self.root, "diff", "--cached", "--name-only", "--", *map(self._inside, paths)))

    def export(self, folder: Path, target: Path) -> Path:
        """Write the files below a folder as they are about to be committed, and return where the folder then is."""
        inside = self._inside(folder)
        names = _git(self.root, "ls-files", "-z", "--cached", "--", inside)
        _git(self.root, "checkout-index", "-z", "--stdin", f"--prefix={target}/", typed=names)
        (target / inside).mkdir(parents=True, exist_ok=True)
        return target / inside

    def _inside(self, path: Path) -> str:
        return str(PurePosixPath(path.resolve().relative_to(self.root)))


def repository_of(folder: Path) -> Repository:
    """Return the repository of a folder.

    Raises:
        NoRepositoryError: there is none, or no Git.
    """
    try:
        root = _git(folder, "rev-parse", "--show-toplevel").removesuffix("\n")
    except FileNotFoundError:
        raise NoRepositoryError("git:1: Git ist nicht installiert. Git einrichten und noch einmal versuchen.") from None
    except subprocess.CalledProcessError as error:
        if _NOWHERE in error.stderr:
            message = "Dieser Ordner gehört zu keinem Git-Repository. Mit „git init“ eines anlegen."
        else:
            # For one, the folder belongs to somebody else, as on shared drives.
            message = f"Git arbeitet hier nicht: „{error.stderr.partition(chr(10))[0]}“ Die Administration fragen."
        raise NoRepositoryError(f"{folder}:1: {message}") from None
    return Repository(Path(root).resolve())


def _git(folder: Path, *arguments: str, typed: str = "") -> str:
    # Git tells a hook of a second working tree where its folder is, and then takes each folder for the tree's top.
    environment = {name: value for name, value in os.environ.items() if name not in _OF_THE_HOOK} | {"LC_ALL": "C"}
    # Names of files may hold any letter; Git writes them as UTF-8 on all systems.
    command = ["git", *arguments]
    return subprocess.run(  # noqa: S603  # Git, with our own words and paths
        command, cwd=folder, env=environment, input=typed, capture_output=True, encoding="utf-8", check=True
    ).stdout
