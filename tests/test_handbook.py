"""Everything that the handbook shows is true: examples are built, messages are told, commands are there."""

import re
import struct
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import pikepdf
import pytest
import yaml
from click.testing import CliRunner
from PIL import Image

from generator.cli import main
from generator.editor.bundle import is_there
from generator.engine.checking import check_files
from generator.progress import silent
from tests.conftest import copy_demo, run
from tests.handbook import HANDBOOK, PAGES, Example, commands, examples, merged, whole_text

NOW = "2027-02-01T12:00+01:00"
EXAMPLES = [example for page in PAGES for example in examples(page)]
RIGHT = [example for example in EXAMPLES if not example.told]
WRONG = [example for example in EXAMPLES if example.told]
COMMANDS = [(page.name, line, words) for page in PAGES for line, words in commands(page)]
BEGUN = [words[:] for _, _, words in COMMANDS if words[0] == "new" and len(words) > 1 and "…" not in words]

_LINK = re.compile(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)\)")
_FILE = re.compile(r"(?:file: |\]\()([\w./-]+\.\w+)|(?:logo|icon): ([\w./-]+)")


def where(example: Example) -> str:
    return f"{example.page}:{example.line}"


@pytest.mark.parametrize("example", EXAMPLES, ids=where)
def test_an_example_says_which_file_it_is(example: Example) -> None:
    assert example.path, "Above it must stand a line with the file: **`content/aktuelles/…`**"


def test_each_example_of_a_whole_text_is_another_file() -> None:
    paths = [example.path for example in RIGHT if example.is_whole]
    assert sorted(set(paths)) == sorted(paths)


@pytest.mark.slow
def test_all_examples_together_are_a_site(tmp_path: Path, demo: Path) -> None:
    project = tmp_path / "projekt"
    project.mkdir()
    copy_demo(project, demo)
    for number, example in enumerate(RIGHT):
        if "editor:" in example.text and not is_there():
            continue  # without Node there is no web editor to build
        place(example, number, project)
    result = run("build", folder=project, now=NOW)
    assert result.returncode == 0, result.stderr
    for example in RIGHT:
        if example.is_whole and "draft: ja" not in example.text:
            folder = Path(example.path.removeprefix("content/")).with_suffix("")
            page = folder.parent if folder.name == "index" else folder
            assert (project / "build" / "site" / page / "index.html").is_file(), where(example)
    letters = run("newsletter", "build", "--all", folder=project, now=NOW)
    assert letters.returncode == 0, letters.stderr


def place(example: Example, number: int | None, project: Path) -> None:
    """Put an example into the project, with the files that it names.

    Args:
        example: what a page shows.
        number: tells texts of which only a piece is shown from others; None: no other is there.
        project: its folder.
    """
    file = project / example.path
    if file.suffix == ".yml" and file.exists():
        settings = merged(yaml.safe_load(file.read_text(encoding="utf-8")), yaml.safe_load(example.text))
        file.write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
    elif file.suffix == ".yml":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(example.text, encoding="utf-8")
    else:
        # A piece of a text that is shown whole elsewhere is tried in a text of its own.
        file = file if example.is_whole or number is None else file.with_stem(f"{file.stem}-{number}")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(whole_text(example), encoding="utf-8")
    for found in _FILE.finditer(example.text) if number is not None else ():
        make(project / "content", file.parent, found[1] or found[2])


def make(content: Path, folder: Path, name: str) -> None:
    """Make a file that an example names, unless it is there or is a text."""
    file = content / name.lstrip("/") if name.startswith("/") or folder == content else folder / name
    if file.exists() or file.suffix in {".md", ".html"}:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    match file.suffix:
        case ".jpg" | ".png":
            Image.new("RGB", (1280, 720)).save(file)
        case ".svg":
            file.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><path d="M0 0h9v9z"/></svg>')
        case ".pdf":
            document = pikepdf.new()
            document.add_blank_page()
            document.save(file)
        case ".mp4":
            boxes = ((b"ftyp", b"isom\0\0\0\0isom"), (b"mdat", b""), (b"moov", b"mvhd"))
            file.write_bytes(b"".join(struct.pack(">I", len(data) + 8) + kind + data for kind, data in boxes))
        case ".woff2":
            file.write_bytes(b"wOF2")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a check says of all wrong examples together."""
    project = copy_demo(tmp_path_factory.mktemp("wrong"))
    for example in WRONG:
        place(example, None, project)
    found = check_files(project / "mkdocs.yml", (), datetime.fromisoformat(NOW), silent)
    return "\n".join(map(str, found.problems))


@pytest.mark.parametrize("example", WRONG, ids=where)
def test_a_wrong_example_is_told_as_the_page_says(example: Example, told: str) -> None:
    path = example.path.removeprefix("content/")
    assert [line for line in told.splitlines() if line.startswith(f"{path}:")] == list(example.told)


@pytest.mark.parametrize(("page", "line", "words"), COMMANDS, ids=[f"{page}: {line}" for page, line, _ in COMMANDS])
def test_a_command_is_there_with_its_options(page: str, line: str, words: list[str]) -> None:  # noqa: ARG001
    command: click.Command = main
    context = click.Context(command, info_name="schaukasten")
    while isinstance(command, click.Group):
        name = words.pop(0)
        found = command.get_command(context, name)
        assert found is not None, name
        command = found
    options = {name: one for one in command.params if isinstance(one, click.Option) for name in one.opts}
    arguments = iter([one for one in command.params if isinstance(one, click.Argument)])
    remaining = iter(words)
    for word in remaining:
        if word.startswith("-"):
            name, sign, _ = word.partition("=")
            assert name in options, name
            if not (options[name].is_flag or sign):
                assert_choice(options[name], next(remaining))
        elif word != "…":
            assert_choice(next(arguments), word)


@pytest.mark.slow
@pytest.mark.parametrize("words", BEGUN, ids=" ".join)
def test_a_text_is_begun_by_the_command_that_is_shown(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy_demo(tmp_path))
    result = CliRunner().invoke(main, [*words, "--now", NOW])
    assert (result.exit_code, result.exception) == (0, None), result.output
    begun = Path(result.stdout.strip())
    assert check_files(Path("mkdocs.yml"), [begun], datetime.fromisoformat(NOW), silent).problems == ()


def assert_choice(parameter: click.Parameter, value: str) -> None:
    if isinstance(parameter.type, click.Choice) and value != "…":
        assert value in parameter.type.choices


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in links_of(page):
        assert (page.parent / target).exists(), target


def test_every_page_is_found_from_the_first() -> None:
    assert {target for target in links_of(HANDBOOK / "index.md") if target.endswith(".md")} == {
        page.name for page in PAGES if page.name != "index.md"
    }


def links_of(page: Path) -> Iterator[Any]:
    text = re.sub(r"^ *(`{3,}).*?^ *\1", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for target in _LINK.findall(re.sub(r"`[^`\n]*`", "", text)):
        if "://" not in target and not target.startswith("#"):
            yield target.partition("#")[0]
