"""Small projects for tests: a folder with settings, a cooperation and the files of a case."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from generator.search import dictionary

ROOT = Path(__file__).parents[1]

MKDOCS = """\
site_name: Testallianz
docs_dir: content
site_dir: build/site
theme: {{name: material, custom_dir: {theme}, language: de, font: false}}
plugins: [schaukasten]
markdown_extensions: [abbr, admonition, def_list, footnotes, tables]
nav: [index.md]
validation: {{nav: {{omitted_files: ignore}}}}
"""

COOPERATION = """\
id: testallianz
name: Testallianz
legal_form: Arbeitsgemeinschaft
land: Bayern
url: https://test.example.org/
contact:
  name: Geschäftsstelle
  address: Rathausplatz 1, 95999 Talheim
  email: info@test.example.org
municipalities:
  - {id: talheim, name: Stadt Talheim, ags: "09999101"}
  - {id: bergdorf, name: Gemeinde Bergdorf, ags: "09999102"}
committees:
  - {id: lenkungsgruppe, name: Lenkungsgruppe}
topics:
  - {id: mobilitaet, name: Mobilität}
  - {id: energie, name: Energie}
audiences:
  - {id: buergerschaft, name: Bürgerschaft}
"""

HOME = """\
---
title: Testallianz
summary: Zwei Kommunen arbeiten zusammen.
---
Willkommen.
"""

BASE = {"kooperation.yml": COOPERATION, "index.md": HOME}


def write_project(folder: Path, files: Mapping[str, Any]) -> Path:
    """Write a project with these files in its content folder, and return the path of its ``mkdocs.yml``.

    None leaves a file of `BASE` away.
    """
    _open_dictionary_once()
    write_files(folder / "content", {**BASE, **files})
    config = folder / "mkdocs.yml"
    config.write_text(MKDOCS.format(theme=ROOT / "theme"), encoding="utf-8")
    return config


@cache
def _open_dictionary_once() -> None:
    """Let the library open its dictionary once: it takes longer than all the rest of building a small site."""
    dictionary._from_library = cache(dictionary._from_library)
    dictionary._from_library("de")


def write_files(folder: Path, files: Mapping[str, Any]) -> None:
    """Write files below a folder.

    A file is its text; or one of ``{bytes: …}`` (one character a byte), ``{repeat: text, times: n}``,
    ``{link: target}``, ``{picture: JPEG}``; None: there is none.
    """
    for name, spec in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        match spec:
            case None:
                continue
            case str():
                path.write_text(spec, encoding="utf-8", newline="\n")
            case {"bytes": raw}:
                path.write_bytes(raw.encode("latin-1"))
            case {"repeat": text, "times": times}:
                path.write_text(text * int(times), encoding="utf-8")
            case {"link": target}:
                path.symlink_to(target)
            case {"picture": form}:
                Image.new("RGB", (2, 2)).save(path, form)
            case _:
                message = f"{name}: {spec!r} is no way to write a file"
                raise ValueError(message)


def load_cases(folder: str) -> dict[str, Any]:
    """Return the cases of a folder below ``tests/cases`` by name; a case is a YAML file."""
    files = sorted((ROOT / "tests" / "cases" / folder).glob("*.yml"))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {file.stem: yaml.load(file.read_text(encoding="utf-8"), loader) for file in files}
