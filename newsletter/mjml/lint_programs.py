"""What mail programs clip, drop or stumble over."""

import re
from collections.abc import Callable, Iterator

from generator.problems import Problem
from newsletter.mjml.finished import FinishedLetter, for_outlook
from newsletter.mjml.markup import parse
from newsletter.mjml.tree import Comment, Text, problem_at, walk

__all__ = ["PROGRAM_RULES"]

_MOST_BYTES = 90_000
"""Gmail cuts a letter at about 102 KB; what is put in when it is sent needs room."""

_MOST_STYLE_BYTES = 16_000
"""Gmail drops style sheets above 16 KB."""

_REFUSED = frozenset({"script", "iframe", "frame", "form", "input", "select", "textarea", "object", "embed", "applet"})
_JINJA = re.compile(r"\{\{|\{%|\{#")
_RUST = re.compile(r"\\u\{[0-9a-fA-F]*\}?")
_OPENS = re.compile(r"<!--\[if ")
_CLOSES = re.compile(r"<!\[endif\]-->")


def _size(letter: FinishedLetter) -> Iterator[Problem]:
    size = len(letter.html.encode())
    if size > _MOST_BYTES:
        message = f"Der Brief hat {_kilobytes(size)}; ab etwa 102 KB schneidet Gmail ihn ab."
        yield Problem(
            letter.path, 1, message, f"Auf höchstens {_kilobytes(_MOST_BYTES)} kürzen: weniger oder kürzere Beiträge."
        )


def _styles(letter: FinishedLetter) -> Iterator[Problem]:
    size = sum(len(element.text.encode()) for element in letter.named("style"))
    if size >= _MOST_STYLE_BYTES:
        message = f"Die Gestaltung in <style> hat {_kilobytes(size)}; ab 16 KB lässt Gmail sie weg."
        yield Problem(letter.path, 1, message, "Unbenutztes entfernen oder an die Tags schreiben (mj-style inline).")


def _markup(letter: FinishedLetter) -> Iterator[Problem]:
    yield from letter.broken


def _refused(letter: FinishedLetter) -> Iterator[Problem]:
    for element in (*letter.elements, *letter.hidden):
        if element.name in _REFUSED:
            yield problem_at(
                element, f"Mailprogramme sperren „{element.name}“.", "Entfernen und auf die Website verlinken."
            )


def _leftovers(letter: FinishedLetter) -> Iterator[Problem]:
    for element in (*letter.elements, *letter.hidden):
        if element.name.startswith("mj-") or element.name == "mjml":
            yield problem_at(
                element, f"„{element.name}“ ist stehen geblieben.", "MJML nicht in Kommentaren oder Texten verwenden."
            )


def _unfilled(letter: FinishedLetter) -> Iterator[Problem]:
    for line, text in _words(letter):
        rest = letter.without_tokens(text)
        if found := _JINJA.search(rest):
            excerpt = " ".join(rest[found.start() : found.start() + 24].split())
            yield Problem(letter.path, line, f"Ein Platzhalter ist nicht gefüllt: „{excerpt}“.", "Die Vorlage prüfen.")


def _escapes(letter: FinishedLetter) -> Iterator[Problem]:
    for number, line in enumerate(letter.html.split("\n"), start=1):
        for escape in _RUST.findall(line):
            message = f"Ein Zeichen ist als „{escape}“ stehen geblieben."
            yield Problem(letter.path, number, message, "Den Brief nur mit to_html erzeugen.")


def _conditions(letter: FinishedLetter) -> Iterator[Problem]:
    opened, closed = len(_OPENS.findall(letter.html)), len(_CLOSES.findall(letter.html))
    nested = [
        node for node in walk(letter.root) if isinstance(node, Comment) and len(_OPENS.findall("<!--" + node.text)) > 1
    ]
    if opened != closed or nested:
        message = f"Die Bedingungen für Outlook gehen nicht auf: {opened} × [if …], {closed} × [endif]."
        yield Problem(
            letter.path, nested[0].line if nested else 1, message, "Jedes <!--[if mso]> mit <![endif]--> schließen."
        )
        return
    if letter.broken:
        return
    for problem in parse(for_outlook(letter.html), letter.path).problems:
        yield Problem(letter.path, problem.line, f"In Outlook: {problem.message}", problem.remedy)


def _words(letter: FinishedLetter) -> Iterator[tuple[int, str]]:
    """Yield what may hold a placeholder, with its line: texts, comments' texts, and values of attributes."""
    for node in walk(letter.root):
        if isinstance(node, Text | Comment):
            yield node.line, node.text
    for element in letter.elements:
        for value in element.attributes.values():
            yield element.line, value


def _kilobytes(size: int) -> str:
    return f"{size / 1000:.0f} KB"


PROGRAM_RULES: tuple[Callable[[FinishedLetter], Iterator[Problem]], ...] = (
    _size,
    _styles,
    _markup,
    _refused,
    _leftovers,
    _unfilled,
    _escapes,
    _conditions,
)
