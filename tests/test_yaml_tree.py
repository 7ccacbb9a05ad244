"""Front matter keeps what was typed and knows its lines, and whatever stands in it, the worst answer is a problem."""

import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.content_type import CONTENT_TYPES, PAGE, ContentType
from generator.model.cooperation import Cooperation
from generator.model.entry import Source
from generator.problems import Problem
from generator.reading.files import read_text
from generator.reading.front_matter import split
from generator.reading.validation import validate
from generator.reading.yaml_tree import YamlTree, read_yaml
from tests.project import COOPERATION, load_cases
from tests.properties import property_settings
from tests.records import BERLIN


def read(text: str) -> YamlTree:
    tree, problems = read_yaml(text, "x.yml")
    assert problems == []
    return tree


WORDS = load_cases("words")


@pytest.mark.parametrize("typed", WORDS["typed"])
def test_a_value_stays_the_text_that_was_typed(typed: str) -> None:
    assert read(f"a: {typed}").data == {"a": typed}
    assert read(f"a: [{typed}]").data == {"a": [typed]}
    assert read(f"a: {{b: '{typed}'}}").data == {"a": {"b": typed}}
    assert read(f"{typed}: a").data == {typed: "a"}


@pytest.mark.parametrize("typed", ["", " ", " ~", " null", " # nur ein Kommentar"])
def test_an_empty_value_is_none(typed: str) -> None:
    assert read(f"a:{typed}\n").data == {"a": None}


@pytest.mark.parametrize("text", ["", "\n\n", "# nur ein Kommentar\n"])
def test_an_empty_mapping_has_no_fields(text: str) -> None:
    assert read(text).data == {}


NESTED = """\
title: Radweg

image:
  file: a.svg
  alt: >
    Ein langer
    Text
tags: [eins,
  zwei]
attachments:
  - file: a.pdf

    title: Plan
  -
    file: b.pdf
"""


@pytest.mark.parametrize("first_line", [1, 2, 40])
def test_keys_and_list_items_know_their_lines(first_line: int) -> None:
    tree, problems = read_yaml(NESTED, "x.md", first_line)
    assert problems == []
    assert {".".join(map(str, path)): line - first_line + 1 for path, line in tree.lines.items()} == {
        "": 1,
        "title": 1,
        "image": 3,
        "image.file": 4,
        "image.alt": 5,
        "tags": 8,
        "tags.0": 8,
        "tags.1": 9,
        "attachments": 10,
        "attachments.0": 11,
        "attachments.0.file": 11,
        "attachments.0.title": 13,
        "attachments.1": 15,
        "attachments.1.file": 15,
    }


def test_what_has_no_line_of_its_own_goes_by_what_encloses_it() -> None:
    tree = read(NESTED)
    assert tree.line_of(("image", "credit")) == 3
    assert tree.line_of(("attachments", 1, "title")) == 15
    assert tree.line_of(("date",)) == 1


BOMBS = {
    "Striche": '"- " * 99_999',
    "eckige Klammern": '"[" * 99_999',
    "geschweifte Klammern": '"{" * 99_999',
    "Fragezeichen": '"? " * 99_999',
    "Felder": '"{a: " * 49_999',
    "kurz": '"[" * 4_990',
    "kurz und geschlossen": '"[" * 2_490 + "]" * 2_490',
}


@pytest.mark.parametrize("name", list(BOMBS))
def test_a_nesting_bomb_is_a_problem(name: str) -> None:
    text = f"'a:\\n  ' + {BOMBS[name]}"
    code = f"from generator.reading.yaml_tree import read_yaml\nprint(len(read_yaml({text}, 'x.md', 2)[1]))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=2.5, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (0, "1\n", "")


TOKENS = st.sampled_from(
    [
        *"ab:-?,[]{}#&*!|>'\"%@`~<= \t\n\\0.x",
        "\n- ",
        "\n  ",
        ": ",
        "\n...\n",
        "!!str ",
        "&a ",
        "*a ",
        "a: ",
        "\u2028",
        "\x85",
    ]
)
YAML_TEXT = st.lists(TOKENS | st.characters(codec="utf-8"), max_size=30).map("".join)


def check_lines(problems: list[Problem], text: str) -> None:
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in problems)
    assert all(problem.path == "x.md" and problem.message and problem.remedy for problem in problems)


@given(YAML_TEXT)
@property_settings(600)
def test_any_front_matter_gives_fields_or_problems(header: str) -> None:
    text = f"---\n{header}\n---\nText\n"
    file, problems = split(text, "x.md")
    check_lines(problems, text)
    assert all(1 <= line <= text.count("\n") for line in file.fields.lines.values())


@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\u2029"])
def test_line_separators_from_a_word_processor_do_not_shift_the_lines(separator: str, tmp_path: Path) -> None:
    header = f"title: Rad{separator * 3}weg\ndate: x: y"
    (tmp_path / "x.md").write_text(f"---\n{header}\n---\n", encoding="utf-8")
    text, refused = read_text(tmp_path, PurePosixPath("x.md"))
    problems = refused or split(text, "x.md")[1]
    assert [problem.line for problem in problems] == ([2] if refused else [3])


@pytest.mark.parametrize("escaped", ["\\0", "\\b", "\\N", "\\L", "\\x1B", "\\x7F", "\\uE000", "\\uFFFE"])
def test_characters_that_no_text_may_hold_do_not_come_in_escaped(escaped: str) -> None:
    _, problems = read_yaml(f'title: Radweg\nimage:\n  file: "bilder{escaped}ad.svg"\n', "x.md")
    assert [problem.line for problem in problems] == [3]


@given(st.text())
@property_settings(200)
def test_any_text_gives_a_body_or_problems(text: str) -> None:
    file, problems = split(text, "x.md")
    check_lines(problems, text)
    assert file.body in text
    assert 1 <= file.body_line <= text.count("\n") + 2


@given(YAML_TEXT)
@property_settings(200)
def test_problems_of_a_settings_file_lie_within_it(text: str) -> None:
    _, problems = read_yaml(text, "x.md")
    check_lines(problems, text)


NASTY = st.sampled_from([*WORDS["nasty"], "9" * 5000, "a" * 400])
VALUES = st.recursive(
    NASTY | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "name", "date", "x"]), inner),
    max_leaves=5,
)


def fields_of(model: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from([*model.model_fields, "x", "titel"]), VALUES, max_size=12)


@pytest.mark.parametrize("kind", [*CONTENT_TYPES, PAGE], ids=lambda kind: kind.name)
@given(st.data())
@property_settings(100)
def test_any_fields_make_an_entry_or_problems(kind: ContentType, data: st.DataObject) -> None:
    tree = YamlTree(data=data.draw(fields_of(kind.model)))
    given_by_reader = {"id": "x", "source": Source(path=PurePosixPath("x.md"), url="x/", body="", body_line=1)}
    entry, problems = validate(kind.model, tree, "x.md", {"timezone": BERLIN}, given_by_reader)
    assert (entry is None) == bool(problems)
    check_lines(problems, "")


@given(fields_of(Cooperation))
@property_settings(100)
def test_any_settings_make_a_cooperation_or_problems(fields: dict[str, Any]) -> None:
    tree = read(COOPERATION)
    tree.data |= fields
    cooperation, problems = validate(Cooperation, tree, "x.md", {})
    assert (cooperation is None) == bool(problems)
    check_lines(problems, COOPERATION)
