"""The brand's few settings become the style sheet of its colours and fonts, wherever they are set."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.channels.brand import STYLE_SHEET
from generator.cli import main
from generator.engine.project import prepare_site
from generator.progress import silent
from tests.project import BASE, COOPERATION, write_project
from tests.sample import NOW

pytestmark = pytest.mark.slow

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"/>'


def style_sheet(folder: Path, *, brand: dict[str, Any] | None = None, theme: dict[str, Any] | None = None) -> str:
    """Return the style sheet of a project with a brand in ``kooperation.yml`` and options in ``mkdocs.yml``."""
    cooperation = {**yaml.safe_load(COOPERATION), "brand": brand or {}}
    files = {
        **BASE,
        "kooperation.yml": yaml.safe_dump(cooperation, allow_unicode=True),
        "bilder/logo.svg": LOGO,
        "schriften/eigene schrift.woff2": {"bytes": "wOF2"},
    }
    config = write_project(folder, files)
    settings = yaml.safe_load(config.read_text(encoding="utf-8"))
    settings["theme"] |= theme or {}
    config.write_text(yaml.safe_dump(settings), encoding="utf-8")
    _, prepared = prepare_site(config, datetime.fromisoformat(NOW), silent)
    (found,) = (file.data.decode() for file in prepared.files if file.url == STYLE_SHEET)
    published = {copy.path for copy in prepared.copies}
    assert ("bilder/logo.svg" in published) == ("logo" in {**(brand or {}), **(theme or {})})
    return found


def variables(rules: str) -> dict[str, str]:
    """Return the variables of light pages."""
    return dict(re.findall(r"--([a-z-]+):([^;}]+)", rules.partition("@media")[0]))


def test_colours_of_the_settings_are_those_of_the_pages(tmp_path: Path) -> None:
    rules = style_sheet(tmp_path, brand={"colour": "#003366", "link": "#004466", "ground": "#f3ead8"})
    assert {"surface": "#003366", "link": "#004466", "ground": "#f3ead8"}.items() <= variables(rules).items()
    assert "@media screen and (prefers-color-scheme:dark)" in rules


@pytest.mark.parametrize(("scheme", "start"), [("light", "color-scheme:light;"), ("dark", "color-scheme:dark;")])
def test_a_scheme_that_is_fixed_does_not_follow_the_device(scheme: str, start: str, tmp_path: Path) -> None:
    rules = style_sheet(tmp_path, brand={"scheme": scheme})
    assert start in rules
    assert "prefers-color-scheme" not in rules
    assert ("@media print" in rules) == (scheme == "dark")


@pytest.mark.parametrize(
    ("palette", "expected"),
    [
        ({"primary": "teal", "accent": "deep-orange"}, "#009485"),
        ({"primary": "deep purple", "scheme": "slate"}, "#7e56c2"),
        ([{"media": "(prefers-color-scheme: light)", "primary": "blue grey"}, {"scheme": "slate"}], "#546d78"),
        ({"primary": "custom"}, "#1f4d3a"),
        ([], "#1f4d3a"),
    ],
)
def test_palettes_of_material_work(palette: Any, expected: str, tmp_path: Path) -> None:
    rules = style_sheet(tmp_path, theme={"palette": palette})
    if isinstance(palette, dict) and palette.get("scheme") == "slate":
        assert rules.startswith(":root{color-scheme:dark")
    else:
        assert variables(rules)["surface"] == expected


def test_what_the_theme_says_wins(tmp_path: Path) -> None:
    rules = style_sheet(tmp_path, brand={"colour": "#003366"}, theme={"palette": {"primary": "teal"}})
    assert variables(rules)["surface"] == "#009485"


def test_a_logo_of_the_theme_is_published(tmp_path: Path) -> None:
    style_sheet(tmp_path, theme={"logo": "bilder/logo.svg"})


def test_a_logo_of_the_theme_that_is_not_there_is_told(tmp_path: Path) -> None:
    config = write_project(tmp_path, BASE)
    text = config.read_text(encoding="utf-8").replace("font: false", "font: false, logo: bilder/fehlt.svg")
    config.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "-f", str(config), "--now", NOW])
    assert result.stderr.startswith(
        "mkdocs.yml:1: Die Datei „bilder/fehlt.svg“ (theme: logo) gibt es nicht. Den Pfad in content/ prüfen."
    )


def test_own_fonts_come_from_the_site(tmp_path: Path) -> None:
    font = {"file": "schriften/eigene schrift.woff2", "weight": "400 700"}
    rules = style_sheet(tmp_path, brand={"font": "Eigene, system-ui", "font_files": [font]})
    assert (
        '@font-face{font-family:"Eigene";src:url("../schriften/eigene%20schrift.woff2") format("woff2");'
        "font-weight:400 700;font-style:normal;font-display:swap}"
    ) in rules
    assert variables(rules)["font"] == "Eigene, system-ui"
