"""What was taken over, what needs a hand, and what was left out: in German, as Markdown."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.importing.new_text import NewText
from generator.importing.original import Note
from generator.importing.placeholders import placeholders_in, remedy
from generator.importing.plan import Plan
from generator.scaffold.kinds import KINDS

__all__ = ["report"]

_PLURALS = {"meldung": ("Meldung", "Meldungen"), "termin": ("Termin", "Termine"), "seite": ("Seite", "Seiten")}


@dataclass(frozen=True, slots=True)
class _Part:
    title: str
    words: str
    lines: tuple[str, ...]


def report(plan: Plan, source: str, *, dry_run: bool, most: int | None = None) -> str:
    """Return the report.

    Args:
        plan: what was written, or would be.
        source: what the source is called: „Hugo“.
        dry_run: whether nothing was written.
        most: how many lines of a part are shown; None: all.
    """
    lines = [f"# Übernahme aus {source}", "", *_totals(plan, dry_run=dry_run)]
    for part in _parts(plan):
        if part.lines:
            lines += ["", f"## {part.title} ({len(part.lines)})", "", part.words, ""]
            lines += [f"- {line}" for line in part.lines[:most]]
            if most is not None and len(part.lines) > most:
                lines.append(
                    f"- … und {len(part.lines) - most} weitere; mit „--report DATEI“ steht alles in einer Datei"
                )
    return "\n".join([*lines, ""])


def _totals(plan: Plan, *, dry_run: bool) -> Iterator[str]:
    if dry_run:
        yield "Probelauf: Es wurde nichts geschrieben."
        yield ""
    kinds = Counter(name for text in plan.texts for name, kind in KINDS.items() if kind is text.kind)
    each = ", ".join(f"{count} {_PLURALS[name][count != 1]}" for name, count in sorted(kinds.items()))
    drafts = sum(bool(text.reasons) for text in plan.texts)
    yield f"Texte übernommen: {len(plan.texts)}" + (f" ({each}), davon als Entwurf: {drafts}" if each else "")
    yield ""
    yield f"Bilder und Dateien kopiert: {len(plan.copies)}"


def _parts(plan: Plan) -> Iterator[_Part]:
    missing = [line for text in plan.texts for line in _missing(text)]
    doubts = [f"{text.place}:{text.line_of(name)}: {told}" for text in plan.texts for name, told in text.doubts]
    drafts = [f"{text.place}: {'; '.join(text.reasons)}" for text in plan.texts if text.reasons]
    taken = [f"{text.original.file} → {text.place}" for text in plan.texts]
    yield _Part(
        "Nicht lesbar", "Diese Dateien fehlen. Nach dem Berichtigen noch einmal übernehmen.", _told(plan.problems)
    )
    yield _Part("Was noch fehlt", "Jede Stelle mit ‹…› ausfüllen oder löschen.", tuple(missing))
    yield _Part("Was zu prüfen ist", "Hier war etwas nicht eindeutig.", tuple(doubts))
    yield _Part("Entwürfe", "Sie erscheinen erst, wenn die Zeile „draft: ja“ gelöscht ist.", tuple(drafts))
    yield _Part("Weggelassen", "Das ist nicht dabei.", _notes(plan.left_out))
    yield _Part("Schon da", "Diese Texte gab es schon; sie sind unverändert.", _notes(plan.already, " → "))
    yield _Part("Übernommen", "Woher welcher Text kommt.", tuple(taken))


def _missing(text: NewText) -> Iterator[str]:
    for line, words in placeholders_in(text.text):
        yield f"{text.place}:{line}: ‹{words}› {remedy(words)}"


def _notes(notes: Iterable[Note], sign: str = ": ") -> tuple[str, ...]:
    return tuple(f"{note.place}{sign}{note.text}" for note in notes)


def _told(problems: Iterable[object]) -> tuple[str, ...]:
    return tuple(map(str, problems))
