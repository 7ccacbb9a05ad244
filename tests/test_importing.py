"""Texts from elsewhere: what becomes of each, what is told of it, and that nothing is lost or invented."""

import html
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as lxml_html

from generator.characters import FORBIDDEN
from generator.cli import main
from generator.importing.dialect import levelled
from generator.importing.html_markdown import markdown_of
from generator.importing.hugo import read_hugo
from generator.importing.markups import our_markdown
from generator.importing.moments import moment_of
from generator.importing.sources import SOURCES
from generator.rendering.markdown import Renderer
from tests.conftest import run
from tests.project import BASE, load_cases, write_files, write_project

CASES = load_cases("importing")
MARKUPS = load_cases("importing-markup")
PUBLIC = load_cases("importing-public")
REFUSED = load_cases("importing-refused")["sources"]
BERLIN = ZoneInfo("Europe/Berlin")


def take_over(folder: Path, case: Mapping[str, Any], *options: str) -> Result:
    """Take over a case's source into a project beside it."""
    source = folder / "source"
    if not source.exists():
        write_files(source, case["source"])
        write_project(folder / "project", {**BASE, **case.get("project", {})})
    given = (
        source / case.get("given", "") if case["system"] in {"hugo", "jekyll"} else source / next(iter(case["source"]))
    )
    media = ["--media", str(source / "media")] if (source / "media").is_dir() else []
    config = folder / "project" / "mkdocs.yml"
    arguments = [case["system"], str(given), *media, "-f", str(config), "--now", "2026-11-22", *options]
    return CliRunner().invoke(main, ["import", *arguments])


def texts_in(project: Path) -> dict[str, str]:
    content = project / "content"
    files = (path for path in sorted(content.rglob("*.md")) if str(path.relative_to(content)) not in BASE)
    return {str(path.relative_to(content)): path.read_text(encoding="utf-8") for path in files}


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_source_becomes_texts_of_ours(case: Mapping[str, Any], tmp_path: Path) -> None:
    result = take_over(tmp_path, case)
    assert result.exit_code == 0, result.output
    assert texts_in(tmp_path / "project") == case["texts"]
    assert result.stdout == case["report"]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_was_taken_over_passes_the_check(case: Mapping[str, Any], tmp_path: Path) -> None:
    take_over(tmp_path, case)
    result = CliRunner().invoke(main, ["check", "--release", "-f", str(tmp_path / "project" / "mkdocs.yml")])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_second_run_adds_nothing(case: Mapping[str, Any], tmp_path: Path) -> None:
    take_over(tmp_path, case)
    before = everything_in(tmp_path / "project" / "content")
    result = take_over(tmp_path, case)
    assert result.exit_code == 0, result.output
    assert "Texte übernommen: 0\n" in result.stdout
    assert everything_in(tmp_path / "project" / "content") == before


@pytest.mark.slow
def test_everything_together_is_a_site(tmp_path: Path) -> None:
    for name, case in CASES.items():
        folder = tmp_path / name
        folder.mkdir()
        (folder / "project").symlink_to(tmp_path, target_is_directory=True)
        write_files(folder / "source", case["source"])
        if not (tmp_path / "mkdocs.yml").exists():
            write_project(tmp_path, BASE)
        result = take_over(folder, case)
        assert result.exit_code == 0, result.output
    result_of_build = run("build", "--release", folder=tmp_path)
    assert result_of_build.returncode == 0, result_of_build.stderr
    assert (tmp_path / "build" / "site" / "termine" / "fest-im-park" / "index.html").is_file()


def test_a_dry_run_writes_nothing_and_tells_the_same(tmp_path: Path) -> None:
    dry = take_over(tmp_path, CASES["hugo"], "--dry-run")
    assert texts_in(tmp_path / "project") == {}
    assert dry.stdout == CASES["hugo"]["report"].replace(
        "\n\nTexte", "\n\nProbelauf: Es wurde nichts geschrieben.\n\nTexte", 1
    )


def test_another_folder_can_be_written_to(tmp_path: Path) -> None:
    take_over(tmp_path, CASES["hugo"], "--into", str(tmp_path / "probe"))
    assert texts_in(tmp_path / "project") == {}
    assert (tmp_path / "probe" / "team.md").is_file()
    assert (tmp_path / "probe" / "bilder" / "radweg.jpg").is_file()


def test_the_whole_report_goes_into_a_file(tmp_path: Path) -> None:
    posts = {f"content/posts/{n:02}.md": f"---\ntitle: Text {n}\ndate: 2024-01-01\n---\n# A {n}" for n in range(30)}
    result = take_over(tmp_path, {"system": "hugo", "source": posts}, "--report", str(tmp_path / "bericht.md"))
    assert "- … und 10 weitere; mit „--report DATEI“ steht alles in einer Datei" in result.stdout
    told = (tmp_path / "bericht.md").read_text(encoding="utf-8")
    assert "posts/29.md → aktuelles/2024-01-01-29.md" in told
    assert "weitere" not in told


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    project = {
        "aktuelles/2024-05-03-radweg.md": "---\ntitle: Ein anderer\nsummary: Radweg.\ndate: 2024-05-03\n---\nText.\n",
        "bilder/radweg.jpg": {"bytes": "kein Bild"},
    }
    case = {**CASES["hugo"], "project": project}
    result = take_over(tmp_path, case)
    assert result.exit_code == 0, result.output
    found = texts_in(tmp_path / "project")
    assert found["aktuelles/2024-05-03-radweg.md"] == project["aktuelles/2024-05-03-radweg.md"]
    assert "aliases: [/posts/radweg/, /alt/radweg.html]" in found["aktuelles/2024-05-03-radweg-2.md"]
    assert (tmp_path / "project" / "content" / "bilder" / "radweg.jpg").read_bytes() == b"kein Bild"


def test_a_project_with_mistakes_is_mended_first(tmp_path: Path) -> None:
    result = take_over(tmp_path, {**CASES["hugo"], "project": {"kaputt.md": "Kein Text"}})
    assert result.exit_code == 1
    assert "kaputt.md:1: Der Text beginnt nicht mit den Angaben" in result.stderr
    assert list(texts_in(tmp_path / "project")) == ["kaputt.md"]


def test_what_a_check_would_refuse_is_a_draft(tmp_path: Path) -> None:
    source = {
        "content/posts/a.md": "---\ntitle: A\ndate: 2024-01-01\nsummary: Kurz.\n---\n[Plan](/plan.jpg)\n",
        "static/plan.jpg": "kein Bild",
    }
    result = take_over(tmp_path, {"system": "hugo", "source": source})
    assert "aktuelles/2024-01-01-a.md: die Prüfung fand einen Fehler" in result.stdout
    assert CliRunner().invoke(main, ["check", "-f", str(tmp_path / "project" / "mkdocs.yml")]).exit_code == 0


def test_a_file_that_looks_non_public_holds_back_the_text_that_needs_it(tmp_path: Path) -> None:
    source = {
        "content/posts/a.md": "---\ntitle: A\ndate: 2024-01-01\nsummary: Kurz.\n---\n[Plan](/vertraulich-plan.jpg)\n",
        "content/posts/b.md": "---\ntitle: B\ndate: 2024-01-01\nsummary: Kurz.\n---\n### Oben\n\n#### Unten\n",
        "static/vertraulich-plan.jpg": {"picture": "JPEG"},
    }
    result = take_over(tmp_path, {"system": "hugo", "source": source})
    assert result.exit_code == 0, result.output
    assert "aktuelles/2024-01-01-a.md: die Prüfung fand einen Fehler" in result.stdout
    assert "Der Name der Datei sieht nach etwas Nichtöffentlichem aus" in result.stdout
    assert texts_in(tmp_path / "project")["aktuelles/2024-01-01-b.md"].endswith("---\n\n## Oben\n\n### Unten\n")


def test_names_of_files_are_never_too_long_or_empty(tmp_path: Path) -> None:
    source = {
        f"content/posts/{'ä' * 120}.md": f"---\ntitle: {'a' * 900}\ndate: 2024-01-01\nsummary: Kurz.\n---\nText\n",
        "content/posts/b.md": f"---\ntitle: B\nslug: {'b' * 900}\nsummary: Kurz.\n---\n[Bild]({'ü' * 120}.jpg)\n",
        "content/!!!/_index.md": "---\ntitle: C\nsummary: Kurz.\n---\nText\n",
        f"content/{'ö' * 120}/_index.md": "---\ntitle: D\nsummary: Kurz.\n---\nText\n",
        f"content/posts/{'ü' * 120}.jpg": {"picture": "JPEG"},
    }
    result = take_over(tmp_path, {"system": "hugo", "source": source})
    assert result.exit_code == 0, result.output
    assert sorted(name[:20] for name in texts_in(tmp_path / "project")) == [
        "aktuelles/2024-01-01",
        "b" * 20,
        "oe" * 10,
        "text.md",
    ]
    assert len(list((tmp_path / "project" / "content" / "bilder").iterdir())) == 1


@pytest.mark.parametrize(
    ("day", "told"), [("2026-12-24 08:00", "publish: 2026-12-24 08:00\n"), ("2026-11-21", "summary: Kurz.\naliases:")]
)
def test_a_page_of_a_day_to_come_waits_for_it(day: str, told: str, tmp_path: Path) -> None:
    source = {
        "_config.yml": "title: A",
        "freibad.md": f"---\ntitle: A\ndate: {day}\ndescription: Kurz.\n---\nText\n",
    }
    take_over(tmp_path, {"system": "jekyll", "source": source})
    assert told in texts_in(tmp_path / "project")["freibad.md"]


def test_what_no_draft_can_mend_is_left_out_with_its_files(tmp_path: Path) -> None:
    source = {
        "content/posts/a.md": "---\ntitle: A\ndate: 2024-01-01\nsummary: Kurz.\n---\n![A](/a.jpg)\n\n"
        + "[" * 2000
        + "a" * 2000,
        "static/a.jpg": {"picture": "JPEG"},
    }
    result = take_over(tmp_path, {"system": "hugo", "source": source})
    assert result.exit_code == 0, result.output
    assert "- posts/a.md: In diesem Absatz stehen zu viele Klammern" in result.stdout
    assert "Bilder und Dateien kopiert: 0" in result.stdout
    assert not (tmp_path / "project" / "content" / "bilder").exists()


@pytest.mark.parametrize("case", PUBLIC.values(), ids=PUBLIC)
def test_only_what_was_public_is(case: Mapping[str, Any], tmp_path: Path) -> None:
    write_files(tmp_path, case["source"])
    source = tmp_path / next(iter(case["source"])) if case["system"] == "wordpress" else tmp_path
    found = SOURCES[case["system"]].read(source, BERLIN)
    assert {text.file: text.held_back for text in found.texts} == case["held_back"]
    assert {note.place: note.text for note in found.left_out} == case["left_out"]
    assert found.problems == ()
    assert found.files.keys() == set(case.get("files", ()))


OUTSIDE = load_cases("importing-outside")


@pytest.mark.parametrize("case", OUTSIDE.values(), ids=OUTSIDE)
def test_no_file_from_outside_the_source_is_taken(case: Mapping[str, Any], tmp_path: Path) -> None:
    write_files(tmp_path, case["source"])
    found = SOURCES["hugo"].read(tmp_path / "seite", BERLIN)
    files = {address: str(file.relative_to(tmp_path / "seite")) for address, file in found.files.items()}
    assert files == case.get("files", {})
    assert [str(problem) for problem in found.problems] == case.get("problems", [])


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["told"][:60])
def test_what_is_no_source_is_told(case: Mapping[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, case["source"])
    config = write_project(tmp_path / "project", BASE)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["import", case["system"], case["given"], "-f", str(config)])
    assert result.exit_code == 1
    assert result.stderr.startswith(case["told"])


def test_a_text_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    source = {
        "content/posts/a.md": "---\ntitle: A\ndate: 2024-01-01\nsummary: Kurz.\n---\nText\n",
        "content/posts/b.md": {"bytes": "---\ntitle: B\xfc\n---\n"},
        "content/posts/c.md": "+++\ntitle = \n+++\n",
        "content/posts/d.md": '{"title": }',
        "content/posts/e.md": {"repeat": "viel", "times": 500_000},
        "content/posts/f.md": {"link": "/etc/passwd"},
        "content/posts/g.md": '{"a": ' * 5000,
    }
    result = take_over(tmp_path, {"system": "hugo", "source": source})
    assert result.exit_code == 0, result.output
    assert list(texts_in(tmp_path / "project")) == ["aktuelles/2024-01-01-a.md"]
    for told in (
        "posts/b.md:2: Die Datei ist nicht in UTF-8 geschrieben.",
        "posts/c.md:2: Die Angaben am Anfang lassen sich nicht lesen (TOML).",
        "posts/d.md:1: Die Angaben am Anfang lassen sich nicht lesen (JSON).",
        "posts/e.md:1: Die Datei ist mit 2 MB zu groß für einen Text (höchstens 1 MB).",
        "posts/f.md:1: Die Verknüpfung führt aus dem Ordner",
        "posts/g.md:1: Die Angaben am Anfang lassen sich nicht lesen (JSON).",
    ):
        assert told in result.stdout


@pytest.mark.parametrize(
    ("markup", "case"), [(markup, case) for markup, cases in MARKUPS.items() for case in cases], ids=lambda _: ""
)
def test_markup(markup: Any, case: Mapping[str, str]) -> None:
    assert levelled(our_markdown(markup, case["from"])) == case["to"]


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024-5-3", "2024-05-03"),
        ("2024-05-03T10:00:00+02:00", "2024-05-03 10:00"),
        ("2024-05-03T10:00:00.123Z", "2024-05-03 12:00"),
        ("2024-05-03 10:00:00 +0200", "2024-05-03 10:00"),
        ("2024-05-03 10:00", "2024-05-03 10:00"),
        ("2024-05-03T00:00:00+02:00", "2024-05-03"),
        ("Fri, 03 May 2024 08:00:00 GMT", "2024-05-03 10:00"),
        ("3.5.2024, 18:30 Uhr", "2024-05-03 18:30"),
        ("2024-10-27T00:30:00Z", "2024-10-27 02:30+02:00"),
        ("2024-10-27T01:30:00Z", "2024-10-27 02:30+01:00"),
        ("2024-03-31 02:30", "2024-03-31 03:30"),
        ("2024-13-01", None),
        ("0000-00-00 00:00:00", None),
        ("bald", None),
        ("", None),
    ],
)
def test_moments_of_other_systems(written: str, ours: str | None) -> None:
    assert moment_of(written, BERLIN) == ours


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("hugo") is None, reason="Hugo is not installed")
def test_old_addresses_are_those_that_hugo_gives(tmp_path: Path) -> None:
    source = {**CASES["hugo"]["source"]}
    del source["content/kaputt.md"], source["content/alt.adoc"]
    for name in ("baseof", "list", "single"):
        source[f"layouts/_default/{name}.html"] = "{{ .Title }}"
    for name in ("figure", "karte", "youtube"):
        source[f"layouts/shortcodes/{name}.html"] = "x"
    source |= {
        "content/posts/Über  uns & die Straße.md": "---\ntitle: A\ndate: 2024-01-01\n---\n",
        "content/posts/a - b--c.md": "---\ntitle: A\ndate: 2024-01-01\n---\n",
        "content/posts/Mein_Text.Teil-2.md": "---\ntitle: B\ndate: 2024-01-01\n---\n",
        "content/posts/schnecke.md": "---\ntitle: C\nslug: Mein Weg\ndate: 2024-01-01\n---\n",
        "content/presse/ohne.md": "---\ntitle: Größe zählt!\ndate: 2024-02-03\n---\n",
        "content/eigene.md": "---\ntitle: D\nurl: /ganz/woanders/\n---\n",
    }
    write_files(tmp_path, source)
    command = ["hugo", "--buildDrafts", "--buildFuture", "--buildExpired", "--quiet"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=60)
    texts = read_hugo(tmp_path, BERLIN).texts
    assert len(texts) == 14
    for text in texts:
        page = tmp_path / "public" / unquote(text.address.lstrip("/")) / "index.html"
        assert page.is_file(), text.address


_SIGNS = (
    "# - * + > 1. 1) 12. _a_ *b* `c` [d](e) ![f](g) {: #h } {.name} | --- === ``` ~~~ <b> &amp; &#60; !!! ??? : x! "
    "*[HTML]: [^1] [^1]: [r]: http://x.example.org \\ ‹y› <!-- z --> ~~s~~ {{< a >}} {% b %} [c] $$ #tag >z"
).split()
_SEEN = st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")).filter(
    lambda one: not FORBIDDEN.match(one)
)
_WORDS = st.text(_SEEN, min_size=1, max_size=30)
_TEXTS = st.lists(st.one_of(_WORDS, st.sampled_from(_SIGNS)), min_size=1, max_size=6).map(" ".join).map(html.escape)
_INLINE = st.recursive(
    _TEXTS,
    lambda inner: (
        st.builds(
            lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
            st.sampled_from(["b", "em", "sup", "span", "del", "mark", "strong"]),
            st.lists(inner, min_size=1, max_size=3),
        )
        | st.builds("<code>{}</code>".format, _TEXTS)
        | st.builds('<a href="https://x.example.org/">{}</a>'.format, _TEXTS)
    ),
    max_leaves=4,
)
_LINES = st.lists(_INLINE, min_size=1, max_size=3).map("".join)
_BLOCKS = st.recursive(
    st.builds(
        str.format,
        st.sampled_from(
            [
                "<p>{}</p>",
                "<h2>{}</h2>",
                "<pre>{}</pre>",
                "<p>a<br>{}</p>",
                "<table><tr><td>{}</td><td>b</td></tr></table>",
                "<dl><dt>c</dt><dd>{}</dd></dl>",
            ]
        ),
        _LINES,
    ),
    lambda inner: st.builds(
        lambda form, parts: form.format("".join(parts)),
        st.sampled_from(
            ["<ul><li>{}</li><li>d</li></ul>", "<ol><li>{}</li></ol>", "<blockquote>{}</blockquote>", "<div>{}</div>"]
        ),
        st.lists(inner, min_size=1, max_size=2),
    ),
    max_leaves=4,
)
RENDERER = Renderer(("abbr", "admonition", "def_list", "fenced_code", "footnotes", "tables"), {})


def words_in(text: str) -> str:
    return "".join(lxml_html.fragment_fromstring(text, create_parent="div").text_content().split())


@given(st.lists(_BLOCKS, min_size=1, max_size=4).map("".join))
@example("<p>&amp;#65</p>")
def test_html_keeps_its_words(text: str) -> None:
    assert words_in(RENDERER.render(markdown_of(text)).html) == words_in(text)


_LETTERS = st.text("abcdefgäöüßABC", min_size=1, max_size=8)
_MARKDOWN = st.lists(
    st.builds(
        "{}{}".format,
        st.sampled_from(["", "", "- ", "  - ", "   - ", "* ", "1. ", "   1. ", "> ", "## ", "    ", "\n"]),
        st.lists(_LETTERS, min_size=1, max_size=5).map(" ".join),
    ),
    max_size=12,
).map("\n".join)


@given(_MARKDOWN, st.sampled_from(["hugo", "jekyll"]))
def test_markdown_keeps_its_words(text: str, markup: Any) -> None:
    assert re.findall(r"\w+", our_markdown(markup, text)) == re.findall(r"\w+", text)


@given(
    st.lists(st.one_of(_WORDS, st.sampled_from([*_SIGNS, "\n", "\n\n", "<p", "[a b=c]", "[/a]", "-->"]))).map(" ".join)
)
def test_no_text_is_too_strange(text: str) -> None:
    for markup in ("hugo", "jekyll", "wordpress", "html"):
        assert our_markdown(markup, text).endswith("\n")  # type: ignore[arg-type]  # the markups there are
