"""A letter's text part: all it says, in lines that any mail program and any reader can follow."""

from collections.abc import Iterable, Iterator

from generator.locale import Locale
from newsletter.addresses import ascii_address
from newsletter.letter import Decided, Imprint, Letter, Link, Section, Teaser
from newsletter.prose import plain
from newsletter.refusal import refuse_controls
from newsletter.words import words
from newsletter.wrapping import finished, link_lines, underlined, wrap, wrap_paragraphs

__all__ = ["WIDTH", "letter_text"]

WIDTH = 72
"""Characters in a line; an address may be longer, for it is never broken."""

_Block = list[str]
"""Lines without an empty one before or after."""


def letter_text(letter: Letter) -> str:
    r"""Return the letter as plain text with ``\n`` at the ends of lines, its `MERGE` tokens as they are.

    Raises:
        Refusal: a text holds a character that no text may contain, or an address cannot be written in a mail.
    """
    refuse_controls(letter)
    said = words(letter.language)
    editorial = plain(letter.editorial, WIDTH, letter.language)
    parts = [
        [*_head(letter), editorial.split("\n") if editorial else []],
        *([underlined(section.title, "=", WIDTH), *_section(section, said)] for section in letter.sections),
        [underlined(said("text.about"), "=", WIDTH), *_about(letter)],
        [underlined(said("nav.imprint"), "=", WIDTH), *_imprint(letter.imprint, said)],
    ]
    return finished("\n\n\n".join(_joined(blocks) for blocks in parts)) + "\n"


def _joined(blocks: Iterable[_Block]) -> str:
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _head(letter: Letter) -> Iterator[_Block]:
    issue = f"{letter.issue} · {letter.audience_name}" if letter.audience_name else letter.issue
    yield _lines(letter.name, letter.claim, issue)
    yield underlined(letter.subject, "=", WIDTH)
    yield _link(letter.web_view)
    yield _lines(letter.greeting)


def _section(section: Section, said: Locale) -> Iterator[_Block]:
    for item in section.items:
        yield from _teaser(item, said) if isinstance(item, Teaser) else _decided(item, said)
    for link in section.links:
        yield _link(link)


def _teaser(teaser: Teaser, said: Locale) -> Iterator[_Block]:
    about = [teaser.label, None if teaser.when else _day(teaser), ", ".join(teaser.municipalities)]
    yield underlined(teaser.title, "-", WIDTH) + _lines(
        _named(said("event.cancelled"), teaser.cancelled),
        " · ".join(filter(None, about)),
        _named(said("event.when"), teaser.when),
        _named(said("event.where"), teaser.where),
    )
    yield wrap(teaser.summary, WIDTH)
    yield _link(teaser.link, teaser.title)
    if teaser.calendar and not teaser.cancelled:
        yield _link(teaser.calendar, teaser.title)


def _day(teaser: Teaser) -> str | None:
    badge = teaser.badge
    return teaser.date or (f"{badge.day}. {badge.month} {badge.year}" if badge else None)


def _decided(decided: Decided, said: Locale) -> Iterator[_Block]:
    yield underlined(decided.title, "-", WIDTH) + _lines(f"{decided.committee} · {decided.date}")
    yield wrap_paragraphs(decided.text, WIDTH)
    result = f"{decided.result} ({decided.counts})" if decided.counts else decided.result
    yield _lines(_named(said("decisions.result"), result))
    yield _link(decided.link, decided.title)


def _about(letter: Letter) -> Iterator[_Block]:
    for link in (letter.page, letter.archive, letter.home, letter.unsubscribe):
        yield _link(link)


def _imprint(imprint: Imprint, said: Locale) -> Iterator[_Block]:
    yield _lines(
        imprint.name,
        imprint.address,
        _named(said("page.phone"), imprint.phone),
        _named(said("page.email"), imprint.email),
    )
    yield _lines(_named(said("letter.responsible"), imprint.responsible))
    for link in imprint.links:
        yield _link(link)


def _named(name: str, value: str | None) -> str | None:
    return f"{name}: {value}" if value else None


def _lines(*texts: str | None) -> _Block:
    return [line for text in texts if text for line in wrap(text, WIDTH)]


def _link(link: Link, heading: str = "") -> _Block:
    """Return a link; the heading it stands under need not be said again („Weiterlesen: Radweg eröffnet“)."""
    text = link.text.removesuffix(f" {heading}") if heading else link.text
    return link_lines(text, ascii_address(link.url), WIDTH)
