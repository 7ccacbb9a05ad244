"""The options of ``mkdocs.yml`` that users of Material try first do on our pages what they expect."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main
from tests.project import BASE, write_project
from tests.sample import NOW

pytestmark = pytest.mark.slow


def home(folder: Path, **options: Any) -> str:
    """Return the home page of a project with options in its ``mkdocs.yml``; those of „theme“ are added to its own."""
    logo = {"bilder/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"/>'}
    config = write_project(folder, {**BASE, **logo})
    settings = yaml.safe_load(config.read_text(encoding="utf-8"))
    settings["theme"] |= options.pop("theme", {})
    config.write_text(yaml.safe_dump(settings | options, allow_unicode=True), encoding="utf-8")
    result = CliRunner().invoke(main, ["build", "-f", str(config), "--now", NOW])
    assert result.exit_code == 0, result.stderr
    return (folder / "build" / "site" / "index.html").read_text(encoding="utf-8")


def test_a_logo_stands_beside_the_name(tmp_path: Path) -> None:
    html = home(tmp_path, theme={"logo": "bilder/logo.svg"})
    assert '<img src="./bilder/logo.svg" alt="" width="48" height="48" class="logo"' in html
    assert (tmp_path / "build" / "site" / "bilder" / "logo.svg").exists()


def test_an_icon_of_material_can_be_the_logo(tmp_path: Path) -> None:
    html = home(tmp_path, theme={"icon": {"logo": "material/tree"}})
    brand = html[html.index('class="brand"') : html.index("Testallianz</span>")]
    assert '<span class="icon" aria-hidden="true"><svg' in brand


def test_social_links_have_names_and_icons(tmp_path: Path) -> None:
    social = [
        {"icon": "fontawesome/brands/mastodon", "link": "https://sozial.example.org/@allianz", "name": "Mastodon"},
        {"link": "https://video.example.org/allianz"},
    ]
    html = home(tmp_path, extra={"social": social})
    assert '<a href="https://sozial.example.org/@allianz" rel="me"><span class="icon" aria-hidden="true"><svg' in html
    assert "</svg></span>Mastodon</a>" in html
    assert '<a href="https://video.example.org/allianz" rel="me">https://video.example.org/allianz</a>' in html


def test_the_copyright_stands_in_the_footer(tmp_path: Path) -> None:
    footer = home(tmp_path, copyright="© Testallianz, <a href='/lizenz/'>Lizenz</a>").partition("<footer")[2]
    assert "© Testallianz, <a href='/lizenz/'>Lizenz</a>" in footer


def test_the_language_is_that_of_the_page_and_its_words(tmp_path: Path) -> None:
    html = home(tmp_path, theme={"language": "en"})
    assert '<html lang="en">' in html
    assert "Skip to main content" in html


def test_a_favicon_is_published_and_all_icons_follow_from_it(tmp_path: Path) -> None:
    html = home(tmp_path, theme={"favicon": "bilder/logo.svg"})
    assert '<link rel="icon" href="./bilder/logo.svg" type="image/svg+xml">' in html
    for name in ("bilder/logo.svg", "favicon.ico", "apple-touch-icon.png", "manifest.webmanifest"):
        assert (tmp_path / "build" / "site" / name).exists(), name


def test_social_links_are_told_as_pages_of_the_cooperation(tmp_path: Path) -> None:
    social = [{"link": "https://video.example.org/allianz"}, {"link": "mailto:info@example.org"}]
    assert '"sameAs":["https://video.example.org/allianz"]' in home(tmp_path, extra={"social": social})


def test_the_search_can_be_switched_off(tmp_path: Path) -> None:
    html = home(tmp_path, plugins=[{"schaukasten": {"search": False}}])
    site = tmp_path / "build" / "site"
    assert not (site / "suche").exists()
    for page in (html, *((site / name).read_text(encoding="utf-8") for name in ("404.html", "robots.txt"))):
        assert "suche/" not in page
        assert 'type="search"' not in page
        assert "SearchAction" not in page


def test_cards_can_be_switched_off(tmp_path: Path) -> None:
    home(tmp_path, plugins=[{"schaukasten": {"social_cards": False}}])
    folder = tmp_path / "build" / "site" / "vorschau"
    assert [path.name for path in folder.rglob("*")] == ["index.png"]
