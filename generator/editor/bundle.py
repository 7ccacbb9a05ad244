"""The files of the page: our own, and those of Decap CMS as its makers publish them.

A lock file names the latter, and npm puts them into the environment of this program (`generator.editor.install`); a
build takes them from there.
"""

import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

__all__ = ["ASKED", "INSTALLED", "bundle_folder", "fill", "is_there", "page_files"]

ASKED = Path(__file__).parent / "npm"
"""Where the packages are named that the editor needs."""

INSTALLED = Path(sys.prefix) / "share" / "schaukasten" / "editor"
"""Where npm installs them."""

_PAGE = Path(__file__).parent / "page"
_PACKAGES = ("decap-cms", "js-yaml")
"""The packages that a browser needs; Decap CMS's own server is for one's own machine."""


@cache
def _versions() -> Mapping[str, str]:
    """Return the versions that are asked for, by package."""
    asked = json.loads((ASKED / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return {name: asked[name] for name in _PACKAGES}


def bundle_folder() -> str:
    """Return the folder of the packages' files below the page, ending in a slash; its name tells their versions."""
    return f"decap-cms-{'-'.join(_versions().values())}/"


def is_there() -> bool:
    """Tell whether npm has installed the versions that are asked for."""
    return all(_installed(name) == version for name, version in _versions().items())


def _installed(name: str) -> str | None:
    manifest = INSTALLED / "node_modules" / name / "package.json"
    return json.loads(manifest.read_text(encoding="utf-8"))["version"] if manifest.is_file() else None


def page_files() -> Iterator[tuple[str, str]]:
    """Yield the names and texts of the page's own files."""
    for file in sorted(_PAGE.iterdir()):
        yield file.name, file.read_text(encoding="utf-8")


def fill(folders: Mapping[str, Path]) -> None:
    """Fill the folder with what a browser needs of Decap CMS: without maps for its makers and without copies."""
    for folder in folders.values():
        for file in (INSTALLED / "node_modules" / "decap-cms" / "dist").iterdir():
            if file.name.endswith(("decap-cms.js", ".wasm", "decap-cms.js.LICENSE.txt")):
                shutil.copyfile(file, folder / file.name)
        shutil.copyfile(
            INSTALLED / "node_modules" / "js-yaml" / "dist" / "browser" / "js-yaml.umd.min.js", folder / "js-yaml.js"
        )
        shutil.copyfile(INSTALLED / "node_modules" / "js-yaml" / "LICENSE", folder / "js-yaml.LICENSE.txt")
