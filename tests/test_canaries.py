"""Nothing non-public gets out: words planted in everything that is held back are looked for in all that is made.

That the search would find them is shown by words in public places, and by taking rule after rule out of the gate.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from click.testing import CliRunner

from generator import gate as the_gate
from generator.build import prepare
from generator.cli import main
from generator.model.content_type import CONTENT_TYPES, PAGE
from generator.model.record import Record
from generator.problems import ProblemsFound
from generator.progress import silent
from generator.reading.reader import read
from generator.settings import Settings
from newsletter.profile import PROFILES
from tests.canaries import FIELDS, NOW, PROJECT, PUBLIC, found_in
from tests.project import write_project
from tests.records import LAYOUT

HELD_BY_RULES = set(the_gate.RULES)
TAKEN_OUT = set(the_gate.REDACTIONS)
NEVER_PUBLISHED = {"comments", "metadata", "unused"}

SET_ELSEWHERE = {"source", "sections", "id", "draft", "publish", "expires", "embargo", "withdraw_on", "sign_off"}
"""Fields that the reader sets, or that hold a text back and so stand in the project by rule."""

PUBLISHED = {".html", ".xml", ".atom", ".json", ".ics", ".eml", ".txt", ".jpg", ".avif", ".md", ".pf_index"}
"""Kinds of files in which public words must be found, for otherwise nobody would have looked into them."""

LETTERS_OF_IMAGES = {".jpg", ".avif"}
"""Kinds of files in which nothing can be read; their names are public words."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as an editor has it, with its list of names beside the texts; its ``mkdocs.yml``."""
    config = write_project(tmp_path_factory.mktemp("canaries"), PROJECT.files)
    names = yaml.safe_dump(PROJECT.names, allow_unicode=True)
    (config.parent / "namen.yml").write_text(names, encoding="utf-8")
    text = config.read_text(encoding="utf-8")
    option = "plugins: [{schaukasten: {private_names: namen.yml}}]"
    config.write_text(text.replace("plugins: [schaukasten]", option), encoding="utf-8")
    return config


def settings(project: Path) -> Settings:
    folder = project.parent
    return Settings(
        content=folder / "content",
        build=folder / "other-build",
        private_names=folder / "namen.yml",
        markdown_extensions=("footnotes", "tables"),
    )


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--now", NOW])
    assert result.exit_code == 0, result.stderr
    return result.output


def leaks(found: Mapping[str, set[str]]) -> list[str]:
    """Return the words that stand where they must not, with their group and the file."""
    groups = PROJECT.words
    return [
        f"{groups[word]}: {word} in {file}" for file, words in found.items() for word in words if groups[word] != PUBLIC
    ]


@pytest.mark.slow
def test_no_word_of_what_is_not_public_is_anywhere(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run("build", "-f", str(project))
    for profile in PROFILES:
        said += run("newsletter", "build", "--all", "-f", str(project), "--profile", profile)
    said += run("newsletter", "preview", "--all", "-f", str(project))
    build = project.parent / "build"
    files = [file for file in sorted(build.rglob("*")) if file.is_file()]
    found = {
        str(path): found_in(str(path), file.read_bytes(), PROJECT.words)
        for file in files
        for path in [file.relative_to(build)]
    }
    found["what was said"] = found_in("", said.encode(), PROJECT.words)
    assert leaks(found) == []
    seen = set().union(*found.values())
    assert PROJECT.groups[PUBLIC] - seen == set()
    assert PUBLISHED - {Path(path).suffix for path, words in found.items() if words} == set()
    with capsys.disabled():
        size = sum(file.stat().st_size for file in files)
        planted = len(PROJECT.words) - len(PROJECT.groups[PUBLIC])
        sys.stderr.write(f"\n{planted} words planted, {len(files)} files with {size:,} bytes searched\n")


def test_a_word_stands_in_every_field_of_every_kind_of_text() -> None:
    for kind in (*CONTENT_TYPES, PAGE):
        assert list(missing(kind.model, FIELDS[kind.name], kind.name)) == []


def missing(model: type[Record], given: Mapping[str, Any], place: str) -> Iterator[str]:
    """Yield the fields of a record, and of the records in it, that are not given."""
    for name, known in model.model_fields.items():
        if name in SET_ELSEWHERE or (model.__name__, name) in ALLOWED:
            continue
        if name not in given:
            yield f"{place}.{name}"
            continue
        value = given[name][0] if isinstance(given[name], list) and given[name] else given[name]
        inner = record_in(known.annotation)
        if inner is not None and isinstance(value, dict):
            yield from missing(inner, value, f"{place}.{name}")


ALLOWED = {("Image", "decorative"), ("Attachment", "public"), ("Page", "variant")}
"""Fields without room for a word, or that stand in the project elsewhere."""


def record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for part in get_args(annotation) if (found := record_in(part)) is not None), None)


def test_every_rule_has_its_words() -> None:
    assert set(PROJECT.groups) == HELD_BY_RULES | TAKEN_OUT | NEVER_PUBLISHED | {PUBLIC}
    assert all(len(PROJECT.groups[rule]) >= 3 for rule in HELD_BY_RULES | TAKEN_OUT)


@pytest.mark.parametrize("part", sorted(HELD_BY_RULES | TAKEN_OUT))
def test_without_one_part_of_the_gate_its_words_get_out(
    part: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = read(settings(project)).site
    assert site is not None
    now = datetime.fromisoformat(NOW)
    assert not held(repr(the_gate.gate(site, now, LAYOUT)))
    take_out(part, monkeypatch)
    assert held(repr(the_gate.gate(site, now, LAYOUT))) == {part}


def held(text: str) -> set[str]:
    """Return the groups of which a word stands in what the gate lets through; comments and files come later."""
    return {PROJECT.words[word] for word in found_in("", text.encode(), PROJECT.words)} - {PUBLIC, *NEVER_PUBLISHED}


def take_out(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove a rule or a redaction from the gate."""
    for name in ("RULES", "REDACTIONS"):
        table = getattr(the_gate, name)
        monkeypatch.setattr(the_gate, name, {key: value for key, value in table.items() if key != part})


@pytest.mark.slow
@pytest.mark.parametrize("part", sorted(HELD_BY_RULES | TAKEN_OUT))
def test_without_one_part_of_the_gate_the_finished_files_tell_it(
    part: str, project: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if not request.config.getoption("--full") and part not in {"draft", "non-public-sections", "names"}:
        pytest.skip("in the long form only")
    take_out(part, monkeypatch)
    without_search = replace(settings(project), layout=replace(LAYOUT, search=False))
    if part == "names":
        # The last look at the finished files finds names that the gate has overlooked.
        with pytest.raises(ProblemsFound, match="aus der Namensliste"):
            prepare(without_search, datetime.fromisoformat(NOW), silent)
        return
    prepared = prepare(without_search, datetime.fromisoformat(NOW), silent)
    words = {file.path: found_in(file.path, file.data, PROJECT.words) for file in prepared.files}
    assert {found.partition(":")[0] for found in leaks(words)} == {part}
