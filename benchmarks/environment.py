"""The virtual environments of what is written in Python: each holds what its program needs, and nothing else."""

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[1]
_REQUIREMENTS = Path(__file__).resolve().parent / "requirements.txt"
_LOCKS = tuple(_PROJECT / "requirements" / f"{name}.lock" for name in ("build", "site"))
_INSTALL_TIMEOUT = 600
"""Seconds for creating an environment, and again for each step of filling it."""


def prepare_material(work: Path) -> Path | None:
    """Return the ``mkdocs`` program of ``<work>/venv``, which is made anew whenever the requirements have changed.

    None if that fails, for example without a package index at hand.
    """
    install = ("install", "--quiet", "--require-hashes", "-r", _REQUIREMENTS)
    return _prepared(work / "venv", [_REQUIREMENTS], [install], "mkdocs")


def prepare_schaukasten(work: Path) -> Path | None:
    """Return the ``schaukasten`` program of ``<work>/venv-schaukasten``, installed as ``make site`` does; else None."""
    locked = [("install", "--quiet", "--require-hashes", "--no-build-isolation", "-r", lock) for lock in _LOCKS]
    own = ("install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", _PROJECT)
    return _prepared(work / "venv-schaukasten", [*_LOCKS, _PROJECT / "pyproject.toml"], [*locked, own], "schaukasten")


def prepare_hugo_with_pagefind(work: Path) -> Path | None:
    """Return a script that runs Hugo, then Pagefind on what it made; None if one of them cannot be had."""
    schaukasten, hugo = prepare_schaukasten(work), shutil.which("hugo")
    if schaukasten is None or hugo is None:
        return None
    found = "from pagefind.service import get_executable; print(get_executable())"
    pagefind = subprocess.check_output([schaukasten.with_name("python"), "-c", found], text=True).strip()
    script = work / "hugo-and-pagefind"
    script.write_text(f'#!/bin/sh\n{hugo} "$@" && exec {pagefind} --site public --silent\n', encoding="utf-8")
    script.chmod(0o755)
    return script


def required_version(package: str) -> str:
    """Return the version of a package that the requirements pin."""
    found = re.search(rf"^{re.escape(package)}==(\S+)", _REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE)
    return found.group(1) if found else ""


def _prepared(
    folder: Path, sources: Sequence[Path], steps: Sequence[tuple[str | Path, ...]], program: str
) -> Path | None:
    """Return a program of an environment; it is made anew by pip's steps whenever one of the sources has changed."""
    wanted = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    done = folder / "sources.sha256"
    if not done.exists() or done.read_text(encoding="ascii") != wanted:
        try:
            _run(sys.executable, "-m", "venv", "--clear", folder)
            for step in steps:
                _run(folder / "bin" / "python", "-m", "pip", *step)
        except (OSError, subprocess.SubprocessError):
            return None
        done.write_text(wanted, encoding="ascii")
    return folder / "bin" / program


def _run(*command: str | Path) -> None:
    # Standard output is for the tables alone.
    subprocess.run(command, check=True, timeout=_INSTALL_TIMEOUT, stdout=sys.stderr)
