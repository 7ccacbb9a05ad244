"""German word lists and sentence patterns about municipal matters, and the speaker that puts them together.

A pattern is a `str.format` string. Its slots are the fields of one article's `Scene` (place, subject in its cases) and
the words `Speaker` draws anew for each sentence. Every place, office and figure is invented.
"""

from dataclasses import dataclass
from random import Random
from typing import Literal

Gender = Literal["m", "f", "n"]

_ARTICLES: dict[Gender, tuple[str, str, str]] = {
    "m": ("der", "den", "dem"),
    "f": ("die", "die", "der"),
    "n": ("das", "das", "dem"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A municipality of the invented cooperation."""

    id: str
    name: str
    full_name: str
    ags: str
    """Amtlicher Gemeindeschlüssel: eight digits; the range 09999 is not assigned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic under which articles are listed."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What an article is about."""

    topic: str
    noun: str
    gender: Gender


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What stays the same through one article."""

    subject: Subject
    place: Place
    neighbour: Place
    year: int


PLACES = (
    Place(id="kranichsbrueck", name="Kranichsbrück", full_name="Stadt Kranichsbrück", ags="09999101"),
    Place(id="lindenfurt", name="Lindenfurt", full_name="Markt Lindenfurt", ags="09999102"),
    Place(id="aschenried", name="Aschenried", full_name="Gemeinde Aschenried", ags="09999103"),
    Place(id="wolmersbach", name="Wolmersbach", full_name="Gemeinde Wolmersbach", ags="09999104"),
    Place(id="tannreuth", name="Tannreuth", full_name="Gemeinde Tannreuth", ags="09999105"),
    Place(id="neuhagenau", name="Neuhagenau", full_name="Gemeinde Neuhagenau", ags="09999106"),
)

TOPICS = (
    Topic(id="mobilitaet", name="Mobilität"),
    Topic(id="energie", name="Energie und Klima"),
    Topic(id="ortskerne", name="Lebendige Ortskerne"),
    Topic(id="daseinsvorsorge", name="Versorgung und Soziales"),
    Topic(id="freizeit", name="Natur und Freizeit"),
    Topic(id="beteiligung", name="Beteiligung und Ehrenamt"),
    Topic(id="verwaltung", name="Gemeinsame Verwaltung"),
)

SUBJECTS = (
    Subject("mobilitaet", "Radweg", "m"),
    Subject("mobilitaet", "Rufbus", "m"),
    Subject("mobilitaet", "Mitfahrbank", "f"),
    Subject("mobilitaet", "Bushaltestelle", "f"),
    Subject("energie", "Wärmenetz", "n"),
    Subject("energie", "Solarpark", "m"),
    Subject("energie", "Hochwasserschutz", "m"),
    Subject("energie", "Trinkbrunnen", "m"),
    Subject("ortskerne", "Dorfladen", "m"),
    Subject("ortskerne", "Marktplatz", "m"),
    Subject("ortskerne", "Leerstandskataster", "n"),
    Subject("ortskerne", "Bürgerhaus", "n"),
    Subject("daseinsvorsorge", "Hausarztpraxis", "f"),
    Subject("daseinsvorsorge", "Tagespflege", "f"),
    Subject("daseinsvorsorge", "Grundschule", "f"),
    Subject("daseinsvorsorge", "Nachbarschaftshilfe", "f"),
    Subject("freizeit", "Freibad", "n"),
    Subject("freizeit", "Wanderweg", "m"),
    Subject("freizeit", "Spielplatz", "m"),
    Subject("freizeit", "Bücherei", "f"),
    Subject("beteiligung", "Bürgerwerkstatt", "f"),
    Subject("beteiligung", "Jugendrat", "m"),
    Subject("beteiligung", "Ehrenamtsbörse", "f"),
    Subject("beteiligung", "Vereinsgipfel", "m"),
    Subject("verwaltung", "Standesamt", "n"),
    Subject("verwaltung", "Bauhof", "m"),
    Subject("verwaltung", "Bürgerportal", "n"),
    Subject("verwaltung", "Fundbüro", "n"),
)

_MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
_WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag")
_COMMITTEES = (
    "die Lenkungsgruppe",
    "der Bauausschuss",
    "der Arbeitskreis",
    "der Gemeinderat",
    "die Allianzversammlung",
    "der Haushaltsausschuss",
    "der Beirat",
)
_OFFICES = (
    "das Bauamt",
    "die Kämmerei",
    "das Ordnungsamt",
    "die Geschäftsstelle",
    "das Planungsbüro",
    "der Bauhof",
    "das Landratsamt",
    "die Fachstelle",
)
_STREET_HEADS = (
    "Linden",
    "Erlen",
    "Mühl",
    "Bahnhof",
    "Kirch",
    "Schul",
    "Wiesen",
    "Brunnen",
    "Garten",
    "Reut",
    "Torf",
    "Kranich",
    "Sonnen",
    "Ziegel",
    "Birken",
    "Hammer",
)
_STREET_TAILS = ("straße", "gasse", "allee")
_COMPOUND_HEADS = (
    "Straßen",
    "Brücken",
    "Wege",
    "Wald",
    "Gewässer",
    "Kanal",
    "Gebäude",
    "Schul",
    "Kindergarten",
    "Fassaden",
    "Flächen",
    "Verkehrs",
    "Energie",
    "Wärme",
    "Wasser",
    "Abfall",
    "Friedhofs",
    "Denkmal",
    "Breitband",
    "Beleuchtungs",
    "Grünflächen",
    "Spielgeräte",
    "Feuerwehr",
    "Vereins",
    "Haushalts",
    "Flurstücks",
    "Quartiers",
    "Senioren",
    "Jugend",
    "Familien",
    "Ufer",
    "Moor",
    "Obstbaum",
    "Sport",
    "Kultur",
    "Heimat",
)
_COMPOUND_TAILS = (
    "planung",
    "sanierung",
    "förderung",
    "beratung",
    "pflege",
    "nutzung",
    "prüfung",
    "gestaltung",
    "erneuerung",
    "satzung",
    "statistik",
    "finanzierung",
    "sicherung",
    "abstimmung",
)

HEADLINES = (
    "{noun} in {place} kommt voran",
    "{noun} in {place} ist fertig",
    "{noun} in {place} startet im {month}",
    "{noun} in {place} wird im {month} eröffnet",
    "{noun} in {place} bekommt {amount} Euro",
    "{noun} in {place} steht vor der Entscheidung",
    "{noun} in {place} geht in die nächste Runde",
    "{noun} in {place} sucht Helferinnen und Helfer",
    "{noun}: {place} und {neighbour} arbeiten zusammen",
    "{noun}: {place} lädt zum Gespräch in die {street}",
    "{noun}: So geht es in {place} weiter",
    "{noun}: Was {place} jetzt plant",
    "{noun}: {place} beschließt {compound}",
    "{noun}: {place} stellt {compound} vor",
)

SUMMARIES = (
    (
        "{Nom} in {place} ist einen Schritt weiter: {Committee} hat die Pläne gebilligt, und im {month} beginnen die "
        "Arbeiten in der {street}."
    ),
    (
        "In {place} geht es um {acc}. Bis {month} sollen die Fragen zur {compound} geklärt sein, danach folgt der "
        "Beschluss."
    ),
    "{place} und {neighbour} kümmern sich gemeinsam um {acc}. Die Kosten von {amount} Euro werden geteilt.",
    "Wer bei {dat} mitreden will, ist am {weekday} nach {place} eingeladen. Thema ist auch die {compound}.",
)

OPENINGS = (
    "In {place} nimmt {nom} Gestalt an: {Committee} hat am {weekday} einstimmig zugestimmt.",
    "{Nom} beschäftigt {place} seit {number} Monaten, nun liegt ein Ergebnis auf dem Tisch.",
    "Nach langer Vorbereitung hat {place} den Weg für {acc} frei gemacht.",
    "Rund {number} Gäste kamen am {weekday} in die {street}, um sich über {acc} zu informieren.",
    "{place} und {neighbour} gehen bei {dat} künftig gemeinsame Wege.",
    "Im {month} ist es so weit: {Nom} in {place} wird nach gut {number} Wochen übergeben.",
)

SENTENCES = (
    "{Office} rechnet mit Kosten von **{amount} Euro**, von denen das Land etwa {percent} Prozent übernimmt.",
    "Die {compound} wurde bereits im {month} abgeschlossen und liegt im Rathaus von {place} zur Einsicht aus.",
    "Für {acc} stehen im Haushalt {year} insgesamt {amount} Euro bereit.",
    "Auch {neighbour} beteiligt sich, weil viele Menschen von dort täglich durch die {street} fahren.",
    "{Committee} hatte zuvor um eine neue {compound} gebeten, die nun vorliegt.",
    "Die Arbeiten an der {street} sollen spätestens im {month} beginnen und rund {number} Wochen dauern.",
    "Während der Bauzeit bleibt die {street} für Anlieger frei, der Bus hält {number} Meter weiter.",
    "{Office} bittet darum, Hinweise zur {compound} bis zum {day}. {month} schriftlich einzureichen.",
    "Bei der letzten Umfrage sprachen sich {percent} Prozent der Befragten für {acc} aus.",
    "Besonders wichtig war den Anwesenden die {compound}, über die lange und sachlich gesprochen wurde.",
    "Zwischen {place} und {neighbour} liegen nur {hour} Minuten Fahrt, deshalb lohnt sich die Zusammenarbeit.",
    "{Nom} gehört zu den Vorhaben, die schon im Leitbild der Allianz genannt sind.",
    "Ohne die vielen Ehrenamtlichen wäre {nom} in dieser Form nicht möglich gewesen.",
    "Die {compound} übernimmt vorerst {office}, später soll eine eigene Stelle dafür entstehen.",
    "Ein Gutachten zur {compound} empfiehlt, zuerst den Abschnitt an der {street} anzugehen.",
    "Im vergangenen Jahr wurden dafür {number} Stunden geleistet, die meisten davon *unentgeltlich*.",
    "{Committee} will im {month} über die nächsten Schritte beraten und danach öffentlich berichten.",
    "Wer mitmachen möchte, meldet sich bis {weekday} im Rathaus oder kommt ohne Anmeldung vorbei.",
    "Die Zahl der Anfragen ist seit {month} um {percent} Prozent gestiegen, vor allem aus {neighbour}.",
    "Nach Angaben der Verwaltung sind alle Wege stufenlos erreichbar, eine Hörschleife ist vorhanden.",
    "Offen ist noch, wie die {compound} nach dem Ende der Förderung bezahlt werden soll.",
    "Die Vergabe ging an einen Betrieb aus der Region, der schon die {compound} ausgeführt hat.",
    "Mit {dat} schließt {place} eine Lücke, auf die Familien seit Jahren hingewiesen haben.",
    "Kinder und Jugendliche haben eigene Vorschläge gemacht, von denen {number} in die Planung eingeflossen sind.",
    "Das Grundstück an der {street} gehört bereits der Gemeinde, ein weiterer Ankauf ist nicht nötig.",
    "{Office} hat dafür die Unterlagen zur {compound} geprüft und keine Einwände erhoben.",
    "Im Winter ruht die Arbeit, weil Frost und Nässe der {compound} schaden würden.",
    "Aus {neighbour} kam der Vorschlag, {acc} mit der {compound} zu verbinden.",
    "Die Kosten verteilen sich auf {hour} Jahre, sodass der Haushalt nicht über Gebühr belastet wird.",
    "Am {day}. {month} lädt {office} zu einem Rundgang ein, Treffpunkt ist die {street}.",
    "Der Beschluss fiel mit {number} Stimmen, zwei Mitglieder enthielten sich.",
    "Viele Rückmeldungen betrafen die {compound}, einige auch die Beleuchtung in der {street}.",
    "Künftig sollen {place} und {neighbour} ihre Erfahrungen bei der {compound} regelmäßig austauschen.",
    "Ein erster Zwischenbericht erscheint im {month} und wird allen Haushalten zugestellt.",
)

QUOTES = (
    "Mit {dat} zeigen wir, was möglich ist, wenn {place} und {neighbour} an einem Strang ziehen.",
    "Die {compound} hat uns Zeit gekostet, aber sie hat sich für alle gelohnt.",
    "Ich freue mich, dass {nom} nun von so vielen Menschen getragen wird.",
)

HEADINGS = (
    "Worum es geht",
    "Was geplant ist",
    "Kosten und Förderung",
    "Der Zeitplan",
    "Was sich für Anlieger ändert",
    "Stimmen aus dem Rat",
    "So können Sie mitmachen",
    "Hintergrund",
    "Wie es weitergeht",
    "Die {compound} im Überblick",
    "Blick nach {neighbour}",
)

ITEMS = (
    "{compound} an der {street} bis {month}",
    "Beratung durch {acc_office}",
    "{amount} Euro aus dem Haushalt {year}",
    "Treffpunkt am {weekday} um {hour} Uhr",
    "neue {compound} für {place}",
    "Abstimmung mit {neighbour} im {month}",
    "Plätze für {number} Personen",
    "barrierefreier Zugang von der {street}",
)

TABLE_ROWS = (
    ("{compound}", "{month} {year}", "{amount}"),
    ("Abschnitt {street}", "{month} {year}", "{amount}"),
    ("Anteil {neighbour}", "{month} {year}", "{amount}"),
)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


class Speaker:
    """Fills patterns for one scene, drawing every free word from ``random``."""

    def __init__(self, scene: Scene, random: Random) -> None:
        """Keep the scene's words in their cases."""
        self._random = random
        nominative, accusative, dative = _ARTICLES[scene.subject.gender]
        noun = scene.subject.noun
        self._fixed = {
            "noun": noun,
            "nom": f"{nominative} {noun}",
            "Nom": _capitalised(f"{nominative} {noun}"),
            "acc": f"{accusative} {noun}",
            "dat": f"{dative} {noun}",
            "place": scene.place.name,
            "neighbour": scene.neighbour.name,
            "year": str(scene.year),
        }

    def say(self, pattern: str) -> str:
        """Return the pattern with all slots filled."""
        pick, number = self._random.choice, self._random.randint
        office = pick(_OFFICES)
        committee = pick(_COMMITTEES)
        return pattern.format(
            **self._fixed,
            month=pick(_MONTHS),
            weekday=pick(_WEEKDAYS),
            day=number(1, 28),
            hour=number(9, 20),
            number=number(3, 90),
            percent=number(12, 88),
            amount=f"{number(2, 950)}.{number(0, 9)}00",
            street=pick(_STREET_HEADS) + pick(_STREET_TAILS),
            compound=pick(_COMPOUND_HEADS) + pick(_COMPOUND_TAILS),
            office=office,
            Office=_capitalised(office),
            acc_office=f"den{office[3:]}" if office.startswith("der ") else office,
            Committee=_capitalised(committee),
        )

    def one_of(self, patterns: tuple[str, ...]) -> str:
        """Return one of the patterns, filled."""
        return self.say(self._random.choice(patterns))

    def some_of(self, patterns: tuple[str, ...], count: int) -> list[str]:
        """Return ``count`` different patterns, filled."""
        return [self.say(pattern) for pattern in self._random.sample(patterns, count)]
