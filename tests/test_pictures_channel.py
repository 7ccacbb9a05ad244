"""Pictures on the site: every address that a page, feed or letter shows exists, and no work is done twice."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from lxml import html

from generator import shares
from generator.build import Prepared, prepare
from generator.channels.output import Copy
from generator.model.content_type import DEFAULT_FOLDERS
from generator.model.edition import Edition
from generator.model.site import Layout
from generator.progress import silent
from generator.rendering.pictures import measure, web
from generator.settings import Settings
from newsletter.compose import compose
from newsletter.selection import audiences_of
from tests.photographs import coloured, opened, photograph, saved
from tests.project import write_project
from tests.sample import NOW, ROOT_URL, SAMPLE, Built, build

pytestmark = pytest.mark.slow

RADWEG = "aktuelles/2026-11-02-radweg"
EDITION = "newsletter/2026-10-05-ausgabe-1.md"
PHOTO = saved(photograph(), "JPEG")


def raw(data: bytes) -> dict[str, str]:
    return {"bytes": data.decode("latin-1")}


def with_photo(body: str = "![Ein Rad](../bilder/rad.jpg)") -> dict[str, Any]:
    """Return the sample's files with a photograph in place of the drawing of an article."""
    text = SAMPLE[f"{RADWEG}.md"].replace("![Ein Rad](../bilder/rad.svg)", body).replace("rad.svg", "rad.jpg")
    edition = SAMPLE[EDITION].replace("items: [", "items: [2026-11-02-radweg, ").replace("2026-10-05\n", "2026-11-20\n")
    edition += "\n![Das Tal](../bilder/tal.png)\n"
    return {
        **SAMPLE,
        f"{RADWEG}.md": text,
        EDITION: edition,
        "bilder/rad.jpg": raw(PHOTO),
        "bilder/tal.png": raw(saved(coloured((640, 480)), "PNG")),
    }


@pytest.fixture(scope="module")
def built() -> Built:
    return build(with_photo())


def addresses(value: Any) -> Iterator[str]:
    """Return the addresses of pictures anywhere in a page's front matter."""
    if isinstance(value, dict):
        if "sources" in value:
            yield value["src"]
            yield from (file["url"] for source in value["sources"] for file in source["files"])
        for item in value.values():
            yield from addresses(item)
    elif isinstance(value, list):
        for item in value:
            yield from addresses(item)


def shown_in(text: str) -> list[str]:
    root = html.fragment_fromstring(text, create_parent="div")
    return [image.get("src", "") for image in root.iter("img")]


def test_pages_show_files_that_exist(built: Built) -> None:
    shown = {url: set(addresses(page.meta)) for url, page in built.pages.items()}
    assert set().union(*shown.values()) <= built.files.keys()
    assert {url for url, found in shown.items() if any("bilder/rad-1280." in address for address in found)} >= {
        "",
        "aktuelles/",
        "themen/mobilitaet/",
        "kommunen/talheim/",
        f"{RADWEG}/",
    }


def test_a_page_offers_three_widths_in_two_forms_and_one_file_for_all_programs(built: Built) -> None:
    image = built.page(f"{RADWEG}/").meta["image"]
    assert (image["src"], image["width"], image["height"]) == (f"bilder/rad-1280.{stamp(built)}.jpg", 1280, 720)
    assert [(source["type"], [file["width"] for file in source["files"]]) for source in image["sources"]] == [
        ("image/avif", [480, 800, 1280]),
        ("image/webp", [480, 800, 1280]),
    ]


def stamp(built: Built) -> str:
    (found,) = {found[1] for url in built.files if (found := re.match(r"bilder/rad-\d+\.(\w{8})\.", url))}
    return found


def test_a_body_shows_the_file_for_all_programs_and_knows_the_others(built: Built) -> None:
    page = built.page(f"{RADWEG}/")
    (address,) = shown_in(page.body)
    assert address == f"../../bilder/rad-1280.{stamp(built)}.jpg"
    assert f'src="{address}" width="1280" height="720"' in page.body
    assert page.meta["pictures"] == {
        address: {name: page.meta["image"][name] for name in ("src", "width", "height", "sources")}
    }


@pytest.mark.parametrize("feed", ["feed.json", "feed.atom", "feed.xml"])
def test_feeds_show_files_that_exist(built: Built, feed: str) -> None:
    text = built[feed].decode()
    shown = set(re.findall(rf"{ROOT_URL}([^\s\"<>&]+\.(?:jpg|png|svg|avif|webp))", text))
    assert f"bilder/rad-1280.{stamp(built)}.jpg" in shown
    assert shown <= built.files.keys()


def test_the_picture_of_a_feed_is_the_file_for_all_programs(built: Built) -> None:
    (item,) = [item for item in json.loads(built["feed.json"])["items"] if item["title"] == "Radweg eröffnet"]
    assert item["image"] == f"{ROOT_URL}bilder/rad-1280.{stamp(built)}.jpg"


def test_letters_show_files_that_exist_at_addresses_that_stay(built: Built) -> None:
    (edition,) = built.site.of(Edition)
    letter = compose(built.site, edition, audiences_of(edition)[0])
    (teaser,) = [item for section in letter.sections for item in section.items if item.id == "2026-11-02-radweg"]
    assert teaser.picture is not None
    shown = [teaser.picture.url, *shown_in(letter.editorial)]
    assert shown == [
        f"{ROOT_URL}newsletter/bilder/bilder-rad-jpg-1128.jpg",
        f"{ROOT_URL}newsletter/bilder/bilder-tal-png-1128.png",
    ]
    assert {url.removeprefix(ROOT_URL) for url in shown} <= built.files.keys()
    assert 'width="552" height="414"' in letter.editorial


def test_what_an_author_wrote_of_a_pictures_size_holds() -> None:
    files = with_photo('<img src="../bilder/rad.jpg" alt="Ein Rad" width="320">')
    assert 'width="320" height="180"' in build(files).page(f"{RADWEG}/").body


def test_a_photograph_itself_is_not_published(built: Built) -> None:
    assert [url for url in built.files if url.endswith(("/rad.jpg", "/tal.png"))] == []
    assert PHOTO not in [file.data for file in built.files.values()]


@pytest.mark.parametrize(
    "body", ["[In voller Größe](../bilder/rad.jpg)", "[![Ein Rad](../bilder/rad.jpg)](../bilder/rad.jpg)"]
)
def test_a_photograph_that_is_linked_is_published_in_full_size(body: str) -> None:
    built = build(with_photo(body))
    assert opened(built["bilder/rad.jpg"]).size == opened(PHOTO).size
    assert f"bilder/rad-800.{stamp(built)}.avif" in built.files


def test_an_attached_photograph_is_published_in_full_size() -> None:
    files = with_photo()
    files[f"{RADWEG}.md"] = files[f"{RADWEG}.md"].replace("plan über alles.pdf, title", "../bilder/rad.jpg, title")
    assert opened(build(files)["bilder/rad.jpg"]).size == opened(PHOTO).size


def test_nothing_is_made_of_pictures_that_are_not_public() -> None:
    files = with_photo()
    files[f"{RADWEG}.md"] = files[f"{RADWEG}.md"].replace("---\ntitle", "---\ndraft: ja\ntitle", 1)
    assert [url for url in build(files).files if "/rad-" in url or "/rad." in url] == ["bilder/rad.svg"]


def test_the_settings_may_name_photographs() -> None:
    files = {**with_photo(), "bilder/wappen.png": raw(saved(coloured((200, 240), "RGBA"), "PNG"))}
    files["kooperation.yml"] = files["kooperation.yml"].replace("bilder/wappen.svg", "bilder/wappen.png")
    built = build(files)
    arms = built.page("kommunen/talheim/").meta["municipality"]["coat_of_arms"]
    assert (arms["width"], arms["height"], arms["src"][-4:]) == (200, 240, ".png")
    assert set(addresses(arms)) <= built.files.keys()


class Project:
    """A project that is built again and again."""

    def __init__(self, folder: Path, files: Mapping[str, Any]) -> None:
        self.settings = Settings(
            content=write_project(folder, files).parent / "content",
            build=folder / "build",
            layout=Layout(folders=DEFAULT_FOLDERS),
        )

    def prepare(self) -> tuple[Prepared, list[str], list[str]]:
        """Return what is made, and the pictures that were read and written for it."""
        with (
            mock.patch.object(shares, "_cores", return_value=1),
            mock.patch.object(measure, "measure", side_effect=measure.measure) as read,
            mock.patch.object(web, "for_web", side_effect=web.for_web) as written,
        ):
            prepared = prepare(self.settings, datetime.fromisoformat(NOW), silent)
        return (
            prepared,
            sorted(str(call.args[1]) for call in read.call_args_list),
            [call.args[2].url for call in written.call_args_list],
        )


def contents(prepared: Prepared) -> tuple[dict[str, bytes], tuple[Copy, ...]]:
    return {file.path: file.data for file in prepared.files}, prepared.copies


def test_what_has_not_changed_is_neither_read_nor_written_again(tmp_path: Path) -> None:
    project = Project(tmp_path, with_photo())
    first, read, written = project.prepare()
    assert {"bilder/rad.jpg", "bilder/tal.png", "bilder/wappen.svg"} <= set(read)
    assert len(written) == 7 + 5
    second, *again = project.prepare()
    assert again == [[], []]
    assert contents(second) == contents(first)


def test_only_a_picture_that_has_changed_is_read_and_written_again(tmp_path: Path) -> None:
    project = Project(tmp_path, with_photo())
    before, *_ = project.prepare()
    (project.settings.content / "bilder/rad.jpg").write_bytes(saved(photograph((1600, 1000)), "JPEG"))
    after, read, written = project.prepare()
    assert read == ["bilder/rad.jpg"]
    assert len(written) == 7
    assert set(written).isdisjoint(before.addresses)
    assert set(written) <= after.addresses


def test_a_copy_of_the_project_finds_what_is_kept_by_content(tmp_path: Path) -> None:
    project = Project(tmp_path, with_photo())
    first, *_ = project.prepare()
    os.utime(project.settings.content / "bilder/rad.jpg", (1, 1))
    second, read, written = project.prepare()
    assert (read, written) == (["bilder/rad.jpg"], [])
    assert second.copies == first.copies


def test_a_build_that_finds_all_pictures_loads_no_library_for_them(tmp_path: Path) -> None:
    project = Project(tmp_path, with_photo())
    project.prepare()
    with mock.patch.dict("sys.modules", {"PIL": None, "generator.rendering.pictures.measure": None}):
        prepare(project.settings, datetime.fromisoformat(NOW), silent)
