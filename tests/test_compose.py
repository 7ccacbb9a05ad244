"""A letter says what the microsite says, in full addresses, with links that can be told apart."""

import re
from typing import Any

import pytest

from generator.model.edition import Edition
from generator.model.site import PublicSite
from newsletter.compose import compose, shortened
from newsletter.html import MOST_BYTES, fitting_html
from newsletter.letter import MERGE, Decided, Letter, Link, Teaser
from newsletter.selection import audiences_of
from tests.sample import NOW, ROOT_URL, SAMPLE, build

EDITION = "newsletter/2026-10-05-ausgabe-1.md"
PROTOCOL = "2026-09-17-lenkungsgruppe"


def site_of(edition: str = SAMPLE[EDITION], now: str = NOW, **more: str) -> PublicSite:
    return build({**SAMPLE, **more, EDITION: edition}, now).site


def edition_in(site: PublicSite) -> Edition:
    return next(edition for edition in site.of(Edition) if str(edition.source.path) == EDITION)


def letter_of(front_matter: str = "", body: str = "Guten Tag!", audience: str | None = None, **more: str) -> Letter:
    text = "number: 1\ndate: 2026-11-20\nsubject: Neues\npreheader: Kurz gesagt\n" + front_matter
    site = site_of(f"---\n{text.strip()}\n---\n{body}\n", **more)
    return compose(site, edition_in(site), audience)


def links_in(value: Any) -> list[Link]:
    if isinstance(value, Link):
        return [value]
    if isinstance(value, tuple):
        return [link for item in value for link in links_in(item)]
    if hasattr(value, "__slots__"):
        return [link for name in value.__slots__ for link in links_in(getattr(value, name))]
    return []


def titles(letter: Letter) -> dict[str, list[str]]:
    return {section.id: [item.title for item in section.items] for section in letter.sections}


def test_a_letter_has_what_its_edition_names() -> None:
    letter = letter_of("items: [2026-12-09-buergerforum, 2026-10-01-rufbus, 2026-09-17-lenkungsgruppe, impressum]")
    assert titles(letter)["news"] == ["Der Rufbus fährt"]
    assert titles(letter)["events"] == ["Bürgerforum"]
    assert [section.title for section in letter.sections][:3] == ["Aktuelles", "Termine", "Beschlüsse"]
    assert (letter.issue, letter.subject, letter.preheader) == ("Ausgabe 1 · 20. November 2026", "Neues", "Kurz gesagt")


def test_an_event_says_when_and_where() -> None:
    (event,) = letter_of("items: [2026-12-09-buergerforum]").sections[0].items
    assert isinstance(event, Teaser)
    assert event.when == "Mittwoch, 9. Dezember 2026, 18:30 bis 20:30 Uhr"
    assert event.where is not None
    assert event.where.startswith("Haus „Zur Linde“; Saal")
    assert event.badge is not None
    assert (event.badge.day, event.badge.month, event.badge.year) == ("9", "Dez.", "2026")
    assert event.calendar == Link(
        text="In den Kalender: Bürgerforum", url=f"{ROOT_URL}termine/2026-12-09-buergerforum.ics"
    )


def test_a_recurring_event_is_announced_with_its_next_day() -> None:
    (event,) = letter_of("items: [sprechstunde]").sections[0].items
    assert isinstance(event, Teaser)
    assert event.badge is not None
    assert f"{event.badge.day}. " in str(event.when)


def test_minutes_bring_their_decisions() -> None:
    section = letter_of(f"items: [{PROTOCOL}]").sections[0]
    assert section.id == "decisions"
    decided = [item for item in section.items if isinstance(item, Decided)]
    assert decided
    for item in decided:
        assert item.link.url.startswith(f"{ROOT_URL}protokolle/{PROTOCOL}/#{PROTOCOL}-top-")
        assert item.result
        assert "<" not in item.text
        assert item.date == "17. September 2026"


def test_all_addresses_are_complete_and_no_text_leads_to_two_places() -> None:
    everything = " ".join(
        f"{name},"
        for name in ("2026-12-09-buergerforum", "2026-10-01-rufbus", "2026-11-02-radweg", PROTOCOL, "impressum")
    )
    twin = SAMPLE["aktuelles/2026-11-02-radweg.md"].replace("title: Radweg eröffnet", "title: Der Rufbus fährt")
    letter = letter_of(f"items: [{everything}]", **{"aktuelles/2026-11-02-radweg.md": twin})
    links = links_in(letter)
    assert len(links) > 12
    assert [link for link in links if not link.url.startswith((ROOT_URL, *MERGE.values()))] == []
    by_text: dict[str, set[str]] = {}
    for link in links:
        by_text.setdefault(link.text, set()).add(link.url)
    assert [text for text, urls in by_text.items() if len(urls) > 1] == []
    assert {link.text for link in links} >= {"Weiterlesen: Der Rufbus fährt", "Weiterlesen: Der Rufbus fährt (2)"}


def test_the_editorial_has_complete_addresses_and_pictures_that_mail_clients_show() -> None:
    letter = letter_of(body="![Rad](../bilder/rad.svg)\n\n[Mehr](../impressum.md) und [hier](#x).\n\n## Hier {#x}")
    assert f'src="{ROOT_URL}newsletter/bilder/bilder-rad-svg-1128.png"' in letter.editorial
    assert f'href="{ROOT_URL}impressum/"' in letter.editorial
    assert f'href="{ROOT_URL}newsletter/2026-10-05-ausgabe-1/#x"' in letter.editorial
    assert "\ue000" not in letter.editorial


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("![Rad](../bilder/rad.svg)", 'width="552" height="310"'),
        ('<img src="../bilder/rad.svg" alt="Rad" width="320">', 'width="320" height="180"'),
        ('<img src="../bilder/rad.svg" alt="Rad" width="50%">', 'width="50%"'),
    ],
)
def test_pictures_are_no_wider_than_the_letter(written: str, shown: str) -> None:
    (image,) = re.findall("<img[^>]*>", letter_of(body=written).editorial)
    assert image.endswith(f"{shown}>")
    assert "newsletter/bilder/bilder-rad-svg-1128.png" in image


def test_a_caption_stands_below_its_picture_in_every_mail_program() -> None:
    editorial = letter_of(body='![Rad](../bilder/rad.svg "Bild: Ida Beispiel")').editorial
    assert "figure" not in editorial
    assert editorial.endswith('><p class="credit">Bild: Ida Beispiel</p></div>')


def test_an_edition_gives_a_letter_for_each_audience_it_names() -> None:
    edition = edition_in(site_of(SAMPLE[EDITION].replace("number: 1", "number: 1\naudiences: [buergerschaft]")))
    assert audiences_of(edition) == ("buergerschaft",)
    assert audiences_of(edition_in(site_of())) == (None,)
    letter = letter_of("audiences: [buergerschaft]", audience="buergerschaft")
    assert letter.id == "2026-10-05-ausgabe-1-buergerschaft"
    assert letter.audience_name


def test_who_answers_for_it_is_told() -> None:
    imprint = letter_of().imprint
    assert imprint.name == "Testallianz"
    assert [link.url.removeprefix(ROOT_URL) for link in imprint.links] == [
        "impressum/",
        "datenschutz/",
        "barrierefreiheit/",
    ]


def many(number: int) -> tuple[str, dict[str, str]]:
    text = "---\ntitle: Meldung {0}\nsummary: {1}\ndate: 2026-11-{2:02}\n---\nText.\n"
    texts = {
        f"aktuelles/m{index}.md": text.format(index, "Worum es geht, steht hier. " * 8, index % 19 + 1)
        for index in range(number)
    }
    return f"items: [{', '.join(f'm{index}' for index in range(number))}]", texts


def test_a_letter_that_is_too_long_names_the_rest_in_links() -> None:
    items, texts = many(60)
    letter = letter_of(items, **texts)
    site = site_of()
    fitting, html = fitting_html(letter, site.cooperation.brand)
    assert len(html.encode()) <= MOST_BYTES
    assert 5 < len(fitting.sections[0].items) < 60
    more = fitting.sections[-1]
    assert (more.id, more.title) == ("more", "Weitere Meldungen")
    shown = [item.title for item in fitting.sections[0].items] + [link.text for link in more.links]
    assert shown == [f"Meldung {index}" for index in range(60)]


def test_a_short_letter_stays_as_it_is() -> None:
    letter = letter_of("items: [2026-10-01-rufbus]")
    fitting, _ = fitting_html(letter, site_of().cooperation.brand)
    assert fitting == letter


def test_shortening_comes_to_an_end() -> None:
    items, texts = many(4)
    letter: Letter | None = letter_of(items, **texts)
    steps = 0
    while letter is not None:
        letter, steps = shortened(letter), steps + 1
    assert steps == 4


def test_the_same_edition_gives_the_same_letter() -> None:
    assert letter_of("query: {}") == letter_of("query: {}")
