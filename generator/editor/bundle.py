"""The files of the page: our own, and those of Decap CMS as its makers publish them.

npm puts the latter beside this file (``make editor``), from a lock file; a build takes them from there.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

__all__ = ["NPM", "bundle_folder", "fill", "is_there", "page_files"]

NPM = Path(__file__).parent / "npm"
"""Where the packages are named that the editor needs, and where npm installs them."""

_PAGE = Path(__file__).parent / "page"
_DECAP = NPM / "node_modules" / "decap-cms"
_YAML = NPM / "node_modules" / "js-yaml"


@cache
def _version() -> str:
    """Return the version of Decap CMS that is asked for."""
    version: str = json.loads((NPM / "package.json").read_text(encoding="utf-8"))["dependencies"]["decap-cms"]
    return version


def bundle_folder() -> str:
    """Return the folder of Decap CMS below the page, ending in a slash; its name tells the version."""
    return f"decap-cms-{_version()}/"


def is_there() -> bool:
    """Tell whether npm has installed the version that is asked for."""
    manifest = _DECAP / "package.json"
    installed = json.loads(manifest.read_text(encoding="utf-8"))["version"] if manifest.is_file() else None
    return installed == _version()


def page_files() -> Iterator[tuple[str, str]]:
    """Yield the names and texts of the page's own files."""
    for file in sorted(_PAGE.iterdir()):
        yield file.name, file.read_text(encoding="utf-8")


def fill(folders: Mapping[str, Path]) -> None:
    """Fill the folder with what a browser needs of Decap CMS: without maps for its makers and without copies."""
    for folder in folders.values():
        for file in (_DECAP / "dist").iterdir():
            if file.name.endswith(("decap-cms.js", ".wasm", "decap-cms.js.LICENSE.txt")):
                shutil.copyfile(file, folder / file.name)
        shutil.copyfile(_YAML / "dist" / "browser" / "js-yaml.umd.min.js", folder / "js-yaml.js")
        shutil.copyfile(_YAML / "LICENSE", folder / "js-yaml.LICENSE.txt")
