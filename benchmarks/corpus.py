"""The corpus: as many German news articles as asked for, the same ones for the same seed.

Articles are made one at a time and never held together: a benchmark that keeps little memory itself does not blur the
peak memory of what it starts (a child's peak, as the kernel counts it, begins with its parent's).
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from random import Random

from benchmarks.prose import (
    HEADINGS,
    HEADLINES,
    ITEMS,
    OPENINGS,
    PLACES,
    QUOTES,
    SENTENCES,
    SUBJECTS,
    SUMMARIES,
    TABLE_ROWS,
    TOPICS,
    Place,
    Scene,
    Speaker,
    Topic,
)

DEFAULT_SEED = 20260101
WORDS = 350
"""Words of a body, give or take a sentence."""

PICTURES = {
    "rathaus.svg": "Zeichnung eines Rathauses mit Uhr",
    "bruecke.svg": "Zeichnung einer Brücke über einen Bach",
    "wald.png": "Farbverlauf wie der Himmel über einem Wald",
}
"""File names of the pictures the articles show, with their alternative texts."""

_FIRST_DAY = date(2016, 1, 4)
_DAYS_PER_ARTICLE = 0.7
"""Five thousand articles end in August 2025: none lies in the future of a build, whenever it is run."""

# Shares of the articles that have the thing named.
_MORE_TOPICS = 0.3
_MORE_PLACES = 0.5
_NUMBERED_LIST = 0.3
_WITH_TABLE = 0.25
_WITH_PICTURE = 0.4
_WITH_QUOTE = 0.5
_RECENT = 40
"""An article links to one of that many articles before it."""

LINK_TARGET = re.compile(r"\]\(([^)]*)\)")
"""What stands in the brackets of a Markdown link or picture."""

_WORD = re.compile(r"\w[\w.,-]*")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A piece of news, free of any generator's conventions."""

    slug: str
    """Lower-case ASCII words joined by hyphens, unique in the corpus."""

    date: date
    title: str
    summary: str
    """One line of at most 300 characters."""

    topics: tuple[Topic, ...]
    municipalities: tuple[Place, ...]
    body: str
    """Markdown. Links to other articles lead to ``article:<file stem>``, pictures to ``picture:<name>``."""

    @property
    def stem(self) -> str:
        """The name of the article's file without extension: date and slug."""
        return f"{self.date.isoformat()}-{self.slug}"


def articles(count: int, seed: int = DEFAULT_SEED) -> Iterator[Article]:
    """Yield ``count`` articles, oldest first; a smaller corpus is the beginning of a larger one."""
    taken: dict[str, int] = {}
    recent: deque[tuple[str, str]] = deque(maxlen=_RECENT)
    for index in range(count):
        random = Random(f"{seed}/{index}")
        day = _FIRST_DAY + timedelta(days=int(index * _DAYS_PER_ARTICLE))
        places = random.sample(PLACES, 3)
        scene = Scene(subject=random.choice(SUBJECTS), place=places[0], neighbour=places[1], year=day.year)
        speaker = Speaker(scene, random)
        title = speaker.one_of(HEADLINES)
        slug = _slug(title)
        taken[slug] = taken.get(slug, 0) + 1
        if taken[slug] > 1:
            # „teil“ keeps a counted slug from meeting a title that happens to end in a number.
            slug = f"{slug}-teil-{taken[slug]}"
        article = Article(
            slug=slug,
            date=day,
            title=title,
            summary=speaker.one_of(SUMMARIES),
            topics=_topics(scene, random),
            municipalities=tuple(places[:2] if random.random() < _MORE_PLACES else places[:1]),
            body=_body(scene, speaker, random, random.choice(recent) if recent else None),
        )
        recent.append((article.stem, title))
        yield article


def count_words(markdown: str) -> int:
    """Count the words a reader sees: link targets and markup are none."""
    return len(_WORD.findall(LINK_TARGET.sub("]", markdown)))


def _slug(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", title.lower().translate(_UMLAUTS)))


def _topics(scene: Scene, random: Random) -> tuple[Topic, ...]:
    main = next(topic for topic in TOPICS if topic.id == scene.subject.topic)
    others = [topic for topic in TOPICS if topic is not main]
    return (main, random.choice(others)) if random.random() < _MORE_TOPICS else (main,)


def _body(scene: Scene, speaker: Speaker, random: Random, earlier: tuple[str, str] | None) -> str:
    """Put the blocks of an article together; its paragraphs share sentences until the body has about `WORDS` words."""
    heading, subheading, last_heading = speaker.some_of(HEADINGS, 3)
    paragraphs: list[list[str]] = [[speaker.one_of(OPENINGS)], [], [], []]
    lead, plans, costs, outlook = paragraphs
    blocks = [
        lead,
        [f"## {heading}"],
        plans,
        [_list(speaker, random)],
        [_picture(random)] if random.random() < _WITH_PICTURE else [],
        [f"### {subheading}"],
        costs,
        [_table(speaker, random)] if random.random() < _WITH_TABLE else [],
        [f"> „{speaker.one_of(QUOTES)}“"] if random.random() < _WITH_QUOTE else [],
        [f"## {last_heading}"],
        outlook,
        [_closing(scene, earlier)],
    ]
    missing = WORDS - count_words(_markdown(blocks))
    for paragraph, sentence in zip(cycle(paragraphs), speaker.some_of(SENTENCES, len(SENTENCES)), strict=False):
        length = count_words(sentence)
        if missing < length // 2:
            break
        paragraph.append(sentence)
        missing -= length
    return _markdown(blocks)


def _markdown(blocks: list[list[str]]) -> str:
    return "\n\n".join(" ".join(block) for block in blocks if block) + "\n"


def _closing(scene: Scene, earlier: tuple[str, str] | None) -> str:
    place = scene.place
    contact = f"Auskunft gibt das [Rathaus {place.name}](https://{place.id}.example.org/kontakt/)."
    if earlier is None:
        return contact
    stem, title = earlier
    return f"{contact} Früher berichtet: [{title}](article:{stem})."


def _list(speaker: Speaker, random: Random) -> str:
    ordered = random.random() < _NUMBERED_LIST
    items = speaker.some_of(ITEMS, 4)
    return "\n".join(f"{f'{number}.' if ordered else '-'} {item}" for number, item in enumerate(items, 1))


def _picture(random: Random) -> str:
    name, alternative = random.choice(list(PICTURES.items()))
    return f"![{alternative}](picture:{name})"


def _table(speaker: Speaker, random: Random) -> str:
    rows = [
        "| " + " | ".join(speaker.say(cell) for cell in random.choice(TABLE_ROWS)) + " |"
        for _ in range(random.randint(3, 5))
    ]
    return "\n".join(["| Posten | Termin | Euro |", "| --- | --- | ---: |", *rows])
