"""Every mistake in a template is answered in German with template, line and remedy, and nothing is rendered."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader

from generator.problems import as_text
from newsletter.mjml import MjmlError, environment, fill, to_html
from newsletter.mjml.engine import render
from tests.letters import filled, letter
from tests.project import load_cases
from tests.properties import property_settings

CASES = load_cases("mjml")
SECTION = "<mj-section><mj-column><mj-text>{}</mj-text></mj-column></mj-section>\n"


@pytest.mark.parametrize("name", CASES)
def test_problems_are_told_all_at_once(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    with pytest.raises(MjmlError) as told:
        to_html(filled(case, tmp_path), "letter.mjml")
    assert as_text(told.value.problems).split("\n") == case["problems"]


def test_a_template_without_name_is_told_by_the_name_given(tmp_path: Path) -> None:
    template = environment(tmp_path).from_string(letter("\n<mj-section><mj-txt></mj-txt></mj-section>"))
    with pytest.raises(MjmlError, match=r"^brief\.mjml:5: Unbekannte Komponente „mj-txt“"):
        to_html(template.render(), "brief.mjml")


@pytest.mark.parametrize("suffix", ["mjml", "mjml.j2"])
def test_what_is_filled_in_is_escaped(suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"letter.{suffix}").write_text(letter(SECTION.format("{{ title }}")))
    source = fill(environment(tmp_path), f"letter.{suffix}", {"title": "<b>A & B</b>"})
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in to_html(source, "letter.mjml")


def test_a_tag_in_a_string_of_a_template_stays_in_it(tmp_path: Path) -> None:
    (tmp_path / "letter.mjml").write_text(letter(SECTION.format('{{ "<mj-text>" | replace("mj-", "") }}')))
    assert "&lt;text data-stamp=letter.mjml:4 &gt;" in fill(environment(tmp_path), "letter.mjml", {})


@pytest.mark.parametrize("name", ["Größe.mjml", "teil eins/a:b.mjml", "50%.mjml"])
def test_any_name_of_a_template_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(letter("<mj-txt></mj-txt>"))
    with pytest.raises(MjmlError) as told:
        to_html(fill(environment(tmp_path), name, {}), "letter.mjml")
    assert [(problem.path, problem.line) for problem in told.value.problems] == [(name, 4)]


FILLER = st.lists(
    st.sampled_from(["", "{# „Größe“ #}", "  ", "{% if true %}{% endif %}", "{# zwei\nZeilen #}"]), max_size=20
)


@given(above=FILLER, before=FILLER)
@property_settings(100)
def test_a_mistake_is_told_where_it_stands(above: list[str], before: list[str]) -> None:
    part = "\n".join([*before, '<mj-section farbe="x"></mj-section>', ""])
    whole = "\n".join([*above, '{% include "part.mjml" %}', "<mj-section><mj-txt /></mj-section>", ""])
    templates = environment(Path())
    templates.loader = DictLoader({"letter.mjml": letter(whole), "part.mjml": part})
    with pytest.raises(MjmlError) as told:
        to_html(fill(templates, "letter.mjml", {}), "letter.mjml")
    places = [(problem.path, problem.line) for problem in told.value.problems]
    lines_above, lines_before = "\n".join([*above, ""]).count("\n"), "\n".join([*before, ""]).count("\n")
    assert places == [("letter.mjml", 4 + lines_above + 1), ("part.mjml", 1 + lines_before)]


def test_no_stamp_is_left(tmp_path: Path) -> None:
    (tmp_path / "letter.mjml").write_text(letter(SECTION.format("Text")))
    source = fill(environment(tmp_path), "letter.mjml", {})
    assert "data-stamp" in source
    assert "data-stamp" not in to_html(source, "letter.mjml")


def test_where_the_engine_gives_up_is_told() -> None:
    """The engine itself still panics on this; should it be mended, the test says so."""
    panicking = letter(SECTION.format("Menü > Termine"))
    with pytest.raises(MjmlError, match="ist am Brief gescheitert") as told:
        render(panicking, "letter.mjml")
    assert told.value.problems[0].path == "letter.mjml"
    assert "Menü &gt; Termine" in to_html(panicking, "letter.mjml")


def test_what_the_engine_refuses_is_told() -> None:
    with pytest.raises(MjmlError, match="versteht den Brief nicht"):
        render("<mjml><mj-body>", "letter.mjml")
