"""What readers of screens, and readers in a hurry, would miss."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from generator.problems import Problem
from newsletter.mjml.finished import FinishedLetter
from newsletter.mjml.tree import Element, Text, problem_at, walk

__all__ = ["ACCESS_RULES"]


def _images(letter: FinishedLetter) -> Iterator[Problem]:
    for image in letter.named("img"):
        if "alt" not in image.attributes:
            message = f"Dem Bild „{image.attributes.get('src', '')}“ fehlt der Alternativtext."
            yield problem_at(image, message, 'Beschreiben, was zu sehen ist; reine Zierde mit alt="" kennzeichnen.')


def _links(letter: FinishedLetter) -> Iterator[Problem]:
    """Yield links without a text, and texts that lead to several places: read out alone, they cannot be told apart."""
    targets: dict[str, dict[str, Element]] = defaultdict(dict)
    for link in letter.named("a"):
        if "href" not in link.attributes:
            continue
        text = _text_of(link)
        if text:
            targets[text.casefold()].setdefault(link.attributes["href"].strip(), link)
        else:
            yield problem_at(
                link, f"Der Link zu „{link.attributes['href']}“ hat keinen Text.", "Sagen, wohin er führt."
            )
    for links in targets.values():
        first, *others = links.values()
        for other in others:
            message = f"Der Linktext „{_text_of(first)}“ führt zu verschiedenen Adressen."
            yield problem_at(other, message, "In jedem Linktext sagen, wohin er führt.")


def _text_of(link: Element) -> str:
    """Return what a link is called: its text, with the descriptions of images."""
    parts = []
    for node in walk(link):
        if isinstance(node, Text):
            parts.append(node.text)
        elif isinstance(node, Element) and node.name == "img":
            parts.append(f" {node.attributes.get('alt', '')} ")
    return " ".join("".join(parts).split())


def _language(letter: FinishedLetter) -> Iterator[Problem]:
    for element in letter.named("html"):
        if not element.attributes.get("lang", "").strip():
            yield problem_at(element, "Dem Brief fehlt die Sprache.", 'Im Tag mjml nennen: <mjml lang="de">.')
    if not any(letter.named("html")):
        yield Problem(letter.path, 1, "Das ist kein ganzes HTML-Dokument.", "Den Brief nur mit to_html erzeugen.")


def _title(letter: FinishedLetter) -> Iterator[Problem]:
    if not any(element.text.strip() for element in letter.named("title")):
        yield Problem(
            letter.path, 1, "Dem Brief fehlt der Titel.", "In mj-head ein mj-title mit dem Betreff schreiben."
        )


def _role(letter: FinishedLetter) -> Iterator[Problem]:
    articles = [element for element in letter.elements if element.attributes.get("role") == "article"]
    if not any(article.attributes.get("lang", "").strip() for article in articles):
        message = 'Um den Inhalt fehlt ein Element mit role="article" und lang; Webmail wirft <html> weg.'
        yield Problem(letter.path, 1, message, "Den Brief nur mit to_html erzeugen.")


ACCESS_RULES: tuple[Callable[[FinishedLetter], Iterator[Problem]], ...] = (_images, _links, _language, _title, _role)
