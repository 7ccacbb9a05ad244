"""The letters of the demo editions, and one in which everything occurs that a letter can hold."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from generator.engine.project import prepare_site
from generator.model.brand import Brand
from generator.model.edition import Edition
from generator.progress import silent
from newsletter.compose import compose
from newsletter.html import fitting_html, letter_html
from newsletter.letter import Decided, Letter, Link, Section, Teaser
from newsletter.mjml.finished import FinishedLetter
from tests.project import ROOT

__all__ = ["NAMES", "DemoLetter", "addresses", "demo_letters"]

EDITIONS = sorted(file.stem for file in (ROOT / "content" / "newsletter").glob("2*.md"))
NAMES = (*EDITIONS, "everything")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLetter:
    """A letter as it is looked at."""

    letter: Letter
    brand: Brand
    html: str


def demo_letters(config_file: Path, now: str) -> Mapping[str, DemoLetter]:
    """Return the letters by `NAMES`; those of the editions are for all audiences together."""
    site = prepare_site(config_file, datetime.fromisoformat(now), silent)[1].site
    brand = site.cooperation.brand
    made = {edition.id: fitting_html(compose(site, edition), brand) for edition in site.of(Edition)}
    full = everything(made["2026-11-19-ausgabe-7"][0], made["2026-09-29-ausgabe-6"][0])
    made["everything"] = full, letter_html(full, brand)
    return MappingProxyType(
        {name: DemoLetter(letter=letter, brand=brand, html=html) for name, (letter, html) in made.items()}
    )


def addresses(html: str) -> list[str]:
    """Return where a letter's links lead, each once."""
    links = FinishedLetter.of(html, "letter.html", frozenset(), ()).named("a")
    return list(dict.fromkeys(link.attributes["href"] for link in links))


LONG = "Donaudampfschifffahrtsgesellschaftskapitänsversammlung"
EDITORIAL = f"""\
<p>Ein Wort wie {LONG} muss <strong>überall</strong> Platz finden; <em>auch</em> eine Adresse wie
<a href="https://kranichwald.example.org/aktuelles/">https://kranichwald.example.org/aktuelles/im-jahr-2026</a>.</p>
<h2>Was zu tun ist</h2>
<h3>Bis zum 31. Januar</h3>
<ul><li>Anträge stellen</li><li>Termine <a href="https://kranichwald.example.org/termine/">nachlesen</a><ul>
<li>auch abends</li></ul></li></ul>
<ol><li>Erstens</li><li>Zweitens</li></ol>
<blockquote><p>Das haben wir gemeinsam geschafft.</p></blockquote>
<p><img src="{{picture}}" alt="Ein Radweg am Fluss"></p>
<table><thead><tr><th scope="col">Ort</th><th scope="col">Sitze</th></tr></thead>
<tbody><tr><td>Lindenfurt</td><td>9</td></tr></tbody></table>"""


def everything(letter: Letter, other: Letter) -> Letter:
    """Return a letter with all that two have, and the rarer things: cancelled events, long words, further links."""
    parts = {part.id: part for part in (*letter.sections, *other.sections)}
    news = tuple(item for item in parts["news"].items if isinstance(item, Teaser))
    events = [item for item in parts["events"].items if isinstance(item, Teaser)]
    decisions = [item for item in parts["decisions"].items if isinstance(item, Decided)]
    plain = replace(news[-1], id="plain", title=LONG, picture=None, municipalities=())
    about = replace(plain, kind="page", title="Über uns", link=_link("ueber-uns"))
    told = replace(plain, kind="minutes", title="Sitzung ohne Beschluss", link=_link("protokolle"))
    events[0] = replace(
        events[0], cancelled="Die Heizung im Saal ist ausgefallen.", municipalities=("Lindenfurt", LONG)
    )
    decisions[0] = replace(decisions[0], title=LONG, counts=None)
    picture = next(item.picture.url for item in news if item.picture)
    return replace(
        letter,
        id="everything",
        audience_name="Stadt-, Markt- und Gemeinderäte",
        editorial=EDITORIAL.format(picture=picture),
        sections=(
            Section(id="news", title="Aktuelles", items=(*news, replace(plain, link=_link("aktuelles")))),
            Section(id="events", title="Termine", items=tuple(events)),
            Section(id="decisions", title="Beschlüsse", items=(*decisions, told)),
            Section(
                id="other",
                title="Außerdem",
                items=(about,),
            ),
            Section(id="more", title="Weitere Meldungen", links=(_link("kontakt"), _link("leitbild"))),
        ),
    )


def _link(folder: str) -> Link:
    return Link(text=f"Mehr unter {folder.title()}", url=f"https://kranichwald.example.org/{folder}/")
