"""What is wrong with a finished letter is told in German; a good letter has nothing wrong with it."""

from typing import Any

import pytest

from generator.problems import as_text
from newsletter.mjml import lint, to_html
from tests.letters import letter
from tests.project import load_cases

CASES = load_cases("mjml-lint")
HOSTS = {"www.example.org"}

PAGE = """\
<!doctype html>
<html lang="de"><head><title>Neues aus Talheim</title>{head}</head><body>
<div role="article" lang="de">
{body}</div></body></html>
"""


def page_of(case: dict[str, Any]) -> str:
    """Return a case's letter: its ``html``; or its ``mjml`` body rendered; or a page around its ``body``, on line 4."""
    if "html" in case:
        return str(case["html"])
    if "mjml" in case:
        return to_html(letter(case["mjml"]), "letter.mjml")
    return PAGE.format(head=case.get("head", ""), body=case.get("body", ""))


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_told(name: str) -> None:
    case = CASES[name]
    found = lint(page_of(case), hosts=case.get("hosts", HOSTS), tokens=case.get("tokens", ()))
    assert as_text(found).split("\n") == case["problems"]


GOOD = """\
<mj-section>
<mj-column>
<mj-text><h1>Überschrift</h1><p>„Text“ mit <a href="https://elsewhere.example.com/">Link</a>
und <a href="mailto:info@example.org">Adresse</a>, <a href="tel:+4999">Telefon</a>.</p>
<p><a href="https://elsewhere.example.com/"> link </a></p></mj-text>
<mj-image src="https://www.example.org/bild.png" alt="" />
<mj-button href="[[abmelden]]">Abmelden</mj-button>
<mj-button href="{{ UnsubscribeURL }}">Im Browser {{ UnsubscribeURL }}</mj-button>
<mj-table><tr><td>Zelle</td></tr></mj-table>
</mj-column>
<mj-column><mj-divider /></mj-column>
</mj-section>
<mj-raw><!--[if !mso]><!--><div><!--<![endif]-->x<!--[if !mso]><!-- --></div><!--<![endif]--></mj-raw>
<mj-raw><!--[if mso]><table><tr><td><![endif]--><p>x</p><!--[if mso]></td></tr></table><![endif]--></mj-raw>
"""


@pytest.mark.parametrize("head", ["", '<mj-style inline="inline">p { margin: 0 }</mj-style>'])
def test_a_good_letter_has_nothing_wrong(head: str) -> None:
    html = to_html(letter(GOOD, head), "letter.mjml")
    assert lint(html, hosts=HOSTS, tokens=["[[abmelden]]", "{{ UnsubscribeURL }}"]) == ()


@pytest.mark.parametrize(("size", "is_told"), [(90_000, False), (90_001, True)])
def test_size_is_counted_in_bytes(size: int, is_told: bool) -> None:  # noqa: FBT001
    page = PAGE.format(head="", body="ü<p></p>")
    padded = page.replace("<p></p>", f"<p>{'x' * (size - len(page.encode()))}</p>")
    assert len(padded.encode()) == size
    assert bool(lint(padded, hosts=HOSTS)) == is_told


@pytest.mark.parametrize(("size", "is_told"), [(15_999, False), (16_000, True)])
def test_style_sheets_are_weighed_together(size: int, is_told: bool) -> None:  # noqa: FBT001
    head = f"<style>{'x' * 10_000}</style><style>{'x' * (size - 10_000)}</style>"
    assert bool(lint(PAGE.format(head=head, body=""), hosts=HOSTS)) == is_told
