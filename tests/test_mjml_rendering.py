"""What becomes of a letter's parts: styles, comments, images; the same each time, and without anything to load."""

import re
import subprocess
import sys

import pytest

from newsletter.mjml import MjmlError, to_html
from newsletter.mjml.engine import render
from newsletter.mjml.inliner import inline
from tests.letters import letter
from tests.project import ROOT

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
STYLE = re.compile(r"<style.*?</style>", re.DOTALL)
LETTER = letter(
    """\
<mj-section css-class="ü-blau"><mj-column>
<mj-text css-class="eins"><p>Ärger &amp; „Öl“ – 10&nbsp;km</p><p style="margin:
  1px;color: red">x</p></mj-text>
<mj-table><tr><td>a</td></tr></mj-table>
</mj-column></mj-section>
<mj-raw><!-- nur für uns --><!--[if mso]><p title="ü">Größe > 3 „x“</p><![endif]--></mj-raw>
""",
    '<mj-style>@media (prefers-color-scheme: dark) { p { color: #ffffff } .ü > p { content: "„ü > ä“" } }</mj-style>'
    '<mj-style inline="inline">.eins p { margin: 0; color: #111111 } td { vertical-align: top }</mj-style>',
).replace("ü-blau", "blau")
PLAIN = LETTER.replace(' inline="inline"', "")


def test_rules_are_written_into_the_tags_they_match() -> None:
    html = to_html(LETTER, "letter.mjml")
    assert re.search(r'<p style="margin:\s*0;\s*color:\s*#111111;?">Ärger', html)
    assert re.search(r'<p style="margin:\s*1px;color:\s*red">x', html)
    assert html.count("vertical-align: top") > 2


def test_what_is_not_to_be_inlined_stays_byte_for_byte() -> None:
    inlined, plain = to_html(LETTER, "letter.mjml"), to_html(PLAIN, "letter.mjml")
    assert COMMENT.findall(inlined) == COMMENT.findall(plain)
    assert STYLE.findall(inlined) == STYLE.findall(plain)[:-1]
    for text in ("Ärger &amp; „Öl“ – 10", "<title>Neues aus Talheim</title>", '<html lang="de"'):
        assert text in inlined
        assert text in plain


def test_without_rules_no_byte_changes() -> None:
    assert inline("<P Class=x>ü&uuml;<br/>", " \n") == "<P Class=x>ü&uuml;<br/>"


def test_comments_are_outlooks_or_gone() -> None:
    html = to_html(LETTER, "letter.mjml")
    assert "nur für uns" not in html
    assert '<!--[if mso]><p title="ü">Größe > 3 „x“</p><![endif]-->' in html


def test_dark_mode_and_its_characters_stay() -> None:
    assert '.\\fc  > p { content: "\\201e \\fc  > \\e4 \\201c " }' in to_html(LETTER, "letter.mjml")


def test_an_image_without_description_is_decoration_only_if_it_says_so() -> None:
    image = '<mj-section><mj-column><mj-image src="https://a.example.org/x.png"{} /></mj-column></mj-section>'
    assert 'alt=""' in to_html(letter(image.format(' alt=""')), "letter.mjml")
    with pytest.raises(MjmlError, match="„mj-image“ braucht „alt“"):
        to_html(letter(image.format("")), "letter.mjml")


def test_widths_are_whole_and_texts_are_not_touched() -> None:
    text = 'width:1.2345px; width="1.2345"'
    columns = (
        f"<mj-column><mj-image src='https://a.example.org/x.png' alt='{text}' /><mj-divider width='50%' />"
        f"<mj-text>{text}</mj-text></mj-column>"
    ) * 3
    html = to_html(
        letter(f"<mj-section>{columns}</mj-section>").replace("<mj-body", '<mj-body width="500px"'), "x.mjml"
    )
    assert set(re.findall(r'<img[^>]* width="([^"]*)"', html)) == {"116"}
    assert set(re.findall(r'<td style="vertical-align:top;width:([^;]*);', html)) == {"167px"}
    assert not re.search(r'style="[^"]*width:\d+\.\d+px', html)
    assert html.count(text) == 3
    assert html.count('alt="width:1.2345px; width=&#34;1.2345&#34;"') == 3


def test_nothing_is_loaded() -> None:
    family = "Roboto, 'Open Sans', Lato, Montserrat, Ubuntu, 'Droid Sans', Arial"
    source = letter(
        f'<mj-section><mj-column><mj-text font-family="{family}">x</mj-text></mj-column></mj-section>',
        f'<mj-attributes><mj-all font-family="{family}" /></mj-attributes>',
    )
    html = to_html(source, "letter.mjml")
    assert "Roboto" in html
    assert not re.search(r"<link|@import|//fonts\.|https?://(?!www\.w3\.org/)", html)


def test_the_same_letter_gives_the_same_bytes_in_another_process() -> None:
    program = "import sys; from newsletter.mjml import to_html; print(ascii(to_html(sys.stdin.read(), 'letter.mjml')))"
    command = [sys.executable, "-c", program]
    runs = [
        subprocess.run(
            command, input=LETTER, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True, cwd=ROOT
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] == ascii(to_html(LETTER, "letter.mjml")) + "\n"


def test_line_ends_do_not_matter() -> None:
    assert to_html(LETTER.replace("\n", "\r\n"), "letter.mjml") == to_html(LETTER, "letter.mjml")


def test_interruptions_are_not_swallowed() -> None:
    """A panic is caught by its name; anything else that is no Exception must go through."""
    with pytest.raises(TypeError):
        render(None, "letter.mjml")  # type: ignore[arg-type]
