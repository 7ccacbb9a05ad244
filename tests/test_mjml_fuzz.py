"""Whatever a template and a text are made of, a letter comes out with every text in it, and no panic."""

import unicodedata
from html.parser import HTMLParser

import pytest

from newsletter.mjml import to_html
from newsletter.mjml.finished import FinishedLetter, for_outlook
from newsletter.mjml.markup import parse
from newsletter.mjml.tree import Element, walk
from newsletter.mjml.values import ValueType
from tests.mjml_documents import EXAMPLES, document

CHUNKS = 20


class Words(HTMLParser):
    """All texts and all values of attributes of a page, read by other rules than ours."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.values: list[str] = []
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.values.extend(value for _, value in attrs if value)


def plain(text: str) -> str:
    """Return a text as it arrives: composed, with each run of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\t", " ").replace("\n", " ").split(" "))


def squeezed(text: str) -> str:
    return "".join(plain(text).split(" "))


def lost_from(seed: int) -> list[str]:
    """Return the texts of a random letter that are not in what becomes of it."""
    made = document(seed)
    words = Words(to_html(made.source, "letter.mjml"))
    text, values = squeezed("".join(words.texts)), squeezed(" ".join(words.values))
    return [one for one in made.texts if squeezed(one) not in text] + [
        one for one in made.values if squeezed(one) not in values
    ]


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_text_is_lost_and_nothing_panics(chunk: int, pytestconfig: pytest.Config) -> None:
    many = 200_000 if pytestconfig.getoption("--full") else 5_000
    for seed in range(chunk * many // CHUNKS, (chunk + 1) * many // CHUNKS):
        assert lost_from(seed) == [], f"seed {seed}"


@pytest.mark.parametrize("seed", range(100))
def test_some_letters(seed: int) -> None:
    """Their markup must be in order too, for Outlook and for all others."""
    assert lost_from(seed) == []
    html = to_html(document(seed).source, "letter.mjml")
    letter = FinishedLetter.of(html, "letter.html", frozenset(), ())
    assert (*letter.broken, *parse(for_outlook(letter.html), "letter.html").problems) == ()
    assert to_html(document(seed).source, "letter.mjml") == html


@pytest.mark.parametrize("form", EXAMPLES, ids=lambda form: form.expected)
def test_examples_are_good(form: ValueType) -> None:
    assert all(map(form.accepts, EXAMPLES[form]))


def test_random_letters_use_all_components() -> None:
    trees = [parse(document(seed).source, "").root for seed in range(300)]
    names = {node.name for tree in trees for node in walk(tree) if isinstance(node, Element)}
    assert names >= {"mj-wrapper", "mj-group", "mj-table", "mj-raw", "mj-style", "mj-all", "mj-spacer", "a", "img"}
