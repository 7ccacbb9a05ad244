"""What must be right before a letter is sent, as far as it can be told without a browser."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from generator.placeholder import unfilled
from generator.problems import Problem
from newsletter.addresses import ascii_address
from newsletter.letter import MERGE, Letter
from newsletter.mjml import lint
from newsletter.mjml.markup import parse
from newsletter.mjml.tree import Element, Node, Text, walk

__all__ = ["Candidate", "preflight"]

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_DAY = re.compile(
    r"\b\d{1,2}\.\s(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\s\d{4}"
)
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A letter that is about to be sent."""

    letter: Letter
    path: str
    """The edition's file, for problems."""

    html: str
    """With the `MERGE` tokens still in it."""

    text: str
    addresses: Collection[str]
    """All addresses of the microsite, relative to its root."""

    @cached_property
    def document(self) -> tuple[Node, ...]:
        """Everything that the HTML holds, in its order."""
        return tuple(walk(parse(self.html, "letter.html").root))

    @cached_property
    def plain(self) -> str:
        """The words of the HTML, on one line."""
        return _flat(" ".join(node.text for node in self.document if isinstance(node, Text)))

    @cached_property
    def links(self) -> tuple[str, ...]:
        """The addresses to which the HTML leads, each once."""
        links = (node for node in self.document if isinstance(node, Element) and node.name == "a")
        return tuple(dict.fromkeys(link.attributes["href"] for link in links if "href" in link.attributes))


def preflight(candidate: Candidate) -> tuple[Problem, ...]:
    """Return everything that speaks against sending the letter, in the order of files and lines."""
    return tuple(sorted({problem for rule in _RULES for problem in rule(candidate)}))


def _program_rules(candidate: Candidate) -> Iterator[Problem]:
    host = urlsplit(candidate.letter.home.url).hostname or ""
    for problem in lint(candidate.html, hosts=[host], tokens=tuple(MERGE.values())):
        # Its line is one of the letter, which an office never sees.
        yield _problem(candidate, problem.message, problem.remedy)


def _lengths(candidate: Candidate) -> Iterator[Problem]:
    letter = candidate.letter
    for name, text, most in (("subject", letter.subject, 60), ("preheader", letter.preheader, 110)):
        if len(text) > most:
            yield _problem(candidate, f"„{name}“ hat {len(text)} Zeichen.", f"Auf höchstens {most} kürzen.")


def _duties(candidate: Candidate) -> Iterator[Problem]:
    """Look for what the law and good manners want in every letter."""
    letter = candidate.letter
    duties: Mapping[str, str] = {
        "der Name der Zusammenarbeit": letter.imprint.name,
        "die Anschrift": letter.imprint.address,
        "der Link zum Impressum": letter.imprint.links[0].url,
        "der Link zum Abbestellen": letter.unsubscribe.url,
        "der Link zur Ansicht im Browser": letter.web_view.url,
    }
    for what, wanted in duties.items():
        for part, content in (("HTML", candidate.plain + candidate.html), ("Text", _flat(candidate.text))):
            if _flat(wanted) not in content:
                yield _problem(candidate, f"Im Teil {part} fehlt {what}.", "Die Vorlage des Briefs prüfen.")
    if letter.imprint.responsible is None:
        yield Problem(
            "kooperation.yml",
            1,
            "Es ist niemand genannt, der für den Inhalt verantwortlich ist (§ 18 Abs. 2 MStV).",
            "Unter „legal“ eine Zeile „responsible_editor: Name, Anschrift“ ergänzen.",
        )


def _links(candidate: Candidate) -> Iterator[Problem]:
    """Look whether every address on the microsite is one that a build makes."""
    base = candidate.letter.home.url
    for url in candidate.links:
        path = unquote(urlsplit(url).path.removeprefix(urlsplit(base).path))
        if url.startswith(base) and path not in candidate.addresses:
            yield _problem(candidate, f"Unter „{url}“ gibt es keine Seite und keine Datei.", "Den Link prüfen.")


def _same_in_text(candidate: Candidate) -> Iterator[Problem]:
    """Look whether the text part tells what the HTML tells: headings, days and times, addresses."""
    text = _flat(candidate.text).casefold()
    headings = [_words(node) for node in candidate.document if isinstance(node, Element) and node.name in _HEADINGS]
    addresses = [ascii_address(url).removeprefix("mailto:") for url in candidate.links if not _in_words(url, candidate)]
    told = [*headings, *_DAY.findall(candidate.plain), *_CLOCK.findall(candidate.plain), *addresses]
    for wanted in dict.fromkeys(told):
        if _flat(wanted).casefold() not in text:
            yield _problem(candidate, f"Im Textteil fehlt „{wanted}“.", "Die Vorlage des Textteils prüfen.")


def _in_words(url: str, candidate: Candidate) -> bool:
    """Tell whether a link says no more than its words: a telephone number, or a place further down in the letter."""
    return url.startswith(("tel:", f"{candidate.letter.page.url}#"))


def _content(candidate: Candidate) -> Iterator[Problem]:
    if not candidate.letter.editorial and not candidate.letter.sections:
        yield _problem(
            candidate,
            "Der Brief ist leer.",
            "Einen Text schreiben oder unter „items“ Beiträge nennen.",
        )


def _placeholders(candidate: Candidate) -> Iterator[Problem]:
    """Look for what „schaukasten new newsletter“ left to be filled in."""
    letter = candidate.letter
    yield from unfilled("\n".join((letter.subject, letter.preheader, _flat(candidate.text))), candidate.path)


_RULES: tuple[Callable[[Candidate], Iterator[Problem]], ...] = (
    _program_rules,
    _content,
    _placeholders,
    _lengths,
    _duties,
    _links,
    _same_in_text,
)


def _words(element: Element) -> str:
    return _flat(" ".join(node.text for node in walk(element) if isinstance(node, Text)))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _problem(candidate: Candidate, message: str, remedy: str) -> Problem:
    return Problem(candidate.path, 1, message, remedy)
