"""The command ``schaukasten new``."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path, PurePosixPath

import click

from generator.cli import CONFIG, NOW, guarded
from generator.clock import current_time
from generator.engine.project import project_of
from generator.given_path import GivenPath
from generator.model.cooperation import Cooperation
from generator.model.edition import Edition
from generator.model.site import Site
from generator.problems import Problem, ProblemsFound
from generator.reading.files import read_text
from generator.scaffold.answer import WrongAnswerError, value_of
from generator.scaffold.kinds import KINDS, Kind
from generator.scaffold.place import EDITION, place_of
from generator.scaffold.repeat import repeated
from generator.scaffold.text import choices, new_text
from generator.scaffold.yaml_text import Value
from generator.settings import Settings

__all__ = ["new"]

_MUST_BE_KNOWN = ("start", "committee")
"""Fields that no placeholder can stand for."""

_ANEW = ("title", "subject", "number", "date")
"""Fields that each text has its own of: one that is begun today, though after an earlier one, is of today."""

_NEXT = """\
Ansehen: „schaukasten serve --drafts“. Prüfen: „schaukasten check "{file}"“.
Die Zeile „draft: ja“ löschen, wenn der Text erscheinen darf."""
"""What comes after; it goes to standard error, so that the path alone can be taken from standard output."""


@click.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("title")
@click.option("--date", "day", help="Der Tag, bei Terminen und Protokollen mit Uhrzeit: „2026-12-01 18:30“.")
@click.option("--from", "earlier", type=GivenPath(exists=True, dir_okay=False), help="Ein früherer Text.")
@click.option("-s", "--set", "fields", multiple=True, metavar="FELD=WERT", help="Ein Feld gleich ausfüllen.")
@CONFIG
@NOW
def new(
    *,
    kind: str,
    title: str,
    day: str | None,
    earlier: Path | None,
    fields: tuple[str, ...],
    config_file: Path,
    now: datetime | None,
) -> None:
    """Beginnt einen Text: legt die Datei an, mit allem, was schon feststeht, und allen weiteren Feldern als Hinweis."""
    file = guarded("text", lambda: _begin(KINDS[kind], title, day, earlier, _given(fields), config_file, now))
    click.echo(file)
    click.echo(_NEXT.format(file=file), err=True)


def is_terminal() -> bool:
    """Tell whether there is somebody to ask."""
    return sys.stdin.isatty()


def _given(fields: tuple[str, ...]) -> dict[str, str]:
    """Return the answers that are given at once; an empty one is none."""
    given: dict[str, str] = {}
    for field in fields:
        name, sign, value = field.partition("=")
        if not sign:
            raise click.BadParameter(f"„{field}“: in der Form Feld=Wert schreiben, zum Beispiel place=Musterstadt.")
        if value.strip():
            given[name.strip()] = value.strip()
    return given


def _begin(
    kind: Kind,
    title: str,
    day: str | None,
    earlier: Path | None,
    answers: Mapping[str, str],
    config_file: Path,
    now: datetime | None,
) -> Path:
    # Mistakes in other texts keep nobody from beginning a new one.
    settings, site, _ = project_of(config_file)
    today = (now or current_time()).date()
    told = _checked(kind, title, day, answers, site.cooperation)
    given = _known(kind, title, day, site, today) | told
    if earlier is not None:
        anew = {name: value for name, value in given.items() if name in {*told, *_ANEW}}
        text, day = _again(kind, anew, day, earlier, today)
    else:
        if is_terminal():
            _ask(kind, given, site.cooperation)
        _make_sure(kind, given, site.cooperation)
        day = str(given.get(kind.day or "", today.isoformat()))
        text = new_text(kind, given, site.cooperation)
    place = place_of(kind, f"{EDITION}{given['number']}" if "number" in given else title, day, settings.layout.folders)
    return _write(settings, place, text)


def _checked(
    kind: Kind, title: str, day: str | None, answers: Mapping[str, str], cooperation: Cooperation
) -> dict[str, Value]:
    """Return the values that the command line gives to fields.

    Raises:
        ProblemsFound: some make no sense.
    """
    options = [("TITLE", _title(kind), title), *((f"--set {name}", name, answer) for name, answer in answers.items())]
    if kind.day is not None and day is not None:
        options.append(("--date", kind.day, day))
    values: dict[str, Value] = {}
    problems = []
    for option, name, answer in options:
        try:
            values[name] = value_of(kind.type.model, name, answer, cooperation)
        except WrongAnswerError as wrong:
            problems.append(Problem(f"schaukasten new {option}", 1, wrong.message, wrong.remedy))
    if problems:
        raise ProblemsFound(problems)
    return {name: value for name, value in values.items() if name in answers}


def _title(kind: Kind) -> str:
    return "subject" if kind.type.model is Edition else "title"


def _again(kind: Kind, anew: Mapping[str, Value], day: str | None, earlier: Path, today: date) -> tuple[str, str]:
    if kind.day is None:
        raise ProblemsFound([Problem(str(earlier), 1, "Eine Seite hat keinen Tag.", "Die Datei einfach kopieren.")])
    text, problems = read_text(earlier.parent, PurePosixPath(earlier.name))
    if problems:
        raise ProblemsFound(replace(problem, path=str(earlier)) for problem in problems)
    try:
        return repeated(text, kind, anew, str(anew[kind.day]) if kind.day in anew else day, today)
    except ValueError:
        message = f"Der Text hat kein Feld „{kind.day}“ mit einem Tag."
        raise ProblemsFound([Problem(str(earlier), 1, message, "Einen Text der gleichen Art nennen.")]) from None


def _known(kind: Kind, title: str, day: str | None, site: Site, today: date) -> dict[str, Value]:
    """Return the fields that need no question."""
    known: dict[str, Value] = {_title(kind): title}
    if kind.type.model is Edition:
        numbers = [entry.number for entry in site.entries if isinstance(entry, Edition)]
        known["number"] = str(max(numbers, default=0) + 1)
    if kind.day == "date":
        known["date"] = day or today.isoformat()
    elif kind.day is not None and day is not None:
        known[kind.day] = day
    if "committee" in kind.asked and len(site.cooperation.committees) == 1:
        known["committee"] = site.cooperation.committees[0].id
    if "contact" in kind.asked:
        office = site.cooperation.contact
        parts = {"name": office.name, "phone": office.phone, "email": office.email}
        known["contact"] = {name: part for name, part in parts.items() if part}
    return known


def _ask(kind: Kind, given: dict[str, Value], cooperation: Cooperation) -> None:
    """Ask in the terminal for what is missing, each until the answer makes sense; an empty one leaves a placeholder."""
    for name in kind.asked:
        if name not in given and (value := _answer(kind, name, cooperation)):
            given[name] = value


def _answer(kind: Kind, name: str, cooperation: Cooperation) -> Value | None:
    known = kind.type.model.model_fields[name]
    of_list = choices(known, cooperation)
    hint = f" ({', '.join(of_list)})" if of_list else ""
    if name in _MUST_BE_KNOWN and name != kind.day and not of_list:
        return None  # there is none that could be named
    question = f"{known.title}: {str(known.description).rstrip('.')}{hint}"
    while True:
        answer = click.prompt(question, default="", show_default=False, err=True).strip()
        if not answer and name not in _MUST_BE_KNOWN:
            return None
        if not answer:
            click.echo(f"„{known.title}“ fehlt. {known.description}", err=True)
            continue
        try:
            return value_of(kind.type.model, name, answer, cooperation)
        except WrongAnswerError as wrong:
            click.echo(str(wrong), err=True)


def _make_sure(kind: Kind, given: Mapping[str, Value], cooperation: Cooperation) -> None:
    missing = [name for name in _MUST_BE_KNOWN if name in kind.asked and name not in given]
    problems = []
    for name in missing:
        known = kind.type.model.model_fields[name]
        of_list = choices(known, cooperation)
        if name == kind.day:
            remedy = f"Mit --date „{(known.examples or [''])[0]}“ angeben."
        elif of_list:
            remedy = f"Mit --set {name}=… angeben; möglich sind: {', '.join(of_list)}."
        else:
            remedy = "In kooperation.yml ist keines eingetragen; das zuerst tun."
        problems.append(Problem("schaukasten new", 1, f"„{known.title}“ fehlt.", remedy))
    if problems:
        raise ProblemsFound(problems)


def _write(settings: Settings, place: PurePosixPath, text: str) -> Path:
    file = settings.content / place
    if file.exists():
        message = "Diese Datei gibt es schon."
        raise ProblemsFound([Problem(str(place), 1, message, "Einen anderen Titel oder Tag wählen.")])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
    return file
