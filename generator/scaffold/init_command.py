"""The command ``schaukasten init``."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import distribution
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

import click

from generator import __version__
from generator.cli import guarded
from generator.folders import write_whole
from generator.given_path import GivenPath
from generator.model.content_type import DEFAULT_FOLDERS
from generator.problems import Problem, ProblemsFound
from generator.scaffold.answer import WrongAnswerError
from generator.scaffold.command import is_terminal
from generator.scaffold.interview import Interview
from generator.scaffold.project_files import Answers, cooperation_in, project_files
from generator.scaffold.questions import AGS, COMMITTEE, MEMBER, QUESTIONS, TOPIC, Question
from generator.vscode.files import kept_files, made_files

__all__ = ["init"]

_LIKE_SSH = re.compile(r"([\w.-]+@[\w.-]+):(?!//)(.+)")
"""How Git writes an address for ssh: ``git@git.example.org:allianz/schaukasten.git``."""

F = TypeVar("F", bound=Callable[..., Any])


def _options(command: F) -> F:
    for question in reversed(QUESTIONS):
        command = click.option(question.option, question.name, help=f"{question.label}: {question.help}")(command)
    return command


@click.command()
@click.argument("folder", type=GivenPath(file_okay=False), default=Path())
@_options
@click.option("--municipality", "members", multiple=True, metavar="NAME=AGS", help="Eine Kommune; mehrmals angeben.")
@click.option("--committee", "committees", multiple=True, metavar="NAME", help="Ein Gremium.")
@click.option("--topic", "topics", multiple=True, metavar="NAME", help="Ein Thema.")
@click.option(
    "--from",
    "place",
    help="Woher Schaukasten installiert wird (Git-Adresse, Datei oder Ordner); sonst dorther, woher dieses kam.",
)
def init(
    *,
    folder: Path,
    members: tuple[str, ...],
    committees: tuple[str, ...],
    topics: tuple[str, ...],
    place: str | None,
    **single: str | None,
) -> None:
    """Beginnt die eigene Seite einer Zusammenarbeit im Ordner FOLDER; was schon da ist, bleibt, wie es ist."""
    given = {name: answer for name, answer in single.items() if answer is not None}

    def work() -> tuple[int, list[PurePosixPath]]:
        collect = _asked if is_terminal() else _told
        return _write(folder, collect(given, members, committees, topics, _requirement(place)))

    written, there = guarded("text", work)
    for path in there:
        click.echo(f"{path}: schon da, nicht verändert.")
    click.echo(f"{folder.resolve()}: {written} neu, {len(there)} schon da. Wie es weitergeht, steht dort in README.md.")


def _told(
    given: Mapping[str, str],
    members: Sequence[str],
    committees: Sequence[str],
    topics: Sequence[str],
    requirement: str,
) -> Answers:
    """Return the answers that the options give.

    Raises:
        ProblemsFound: some are missing, or make no sense.
    """
    problems: list[Problem] = []

    def checked(question: Question, answer: str) -> str:
        try:
            return question.check(answer)
        except WrongAnswerError as wrong:
            option = MEMBER.option if question is AGS else question.option
            problems.append(Problem(f"schaukasten init {option}", 1, wrong.message, wrong.remedy))
            return ""

    answers = Answers(
        single={question.name: checked(question, given.get(question.name, question.default)) for question in QUESTIONS},
        municipalities=[
            (checked(MEMBER, name), checked(AGS, ags))
            for name, _, ags in (member.rpartition("=") for member in members)
        ],
        committees=[checked(COMMITTEE, name) for name in committees],
        topics=[checked(TOPIC, name) for name in topics],
        requirement=requirement,
    )
    if not members:
        message = "Es ist keine Kommune genannt."
        problems.append(Problem("schaukasten init --municipality", 1, message, "Name und AGS angeben: Name=09999101."))
    if problems:
        raise ProblemsFound(problems)
    return answers


def _asked(
    given: Mapping[str, str],
    members: Sequence[str],
    committees: Sequence[str],
    topics: Sequence[str],
    requirement: str,
) -> Answers:
    """Return the answers, for each of which somebody is asked until it makes sense, unless an option gives it."""
    pairs = [(name, ags) for name, _, ags in (member.rpartition("=") for member in members)]
    interview = Interview(given=given, members=pairs, committees=committees, topics=topics, requirement=requirement)
    return interview.answers()


def _requirement(place: str | None) -> str:
    """Return how pip names the program (PEP 508), from a place or from where it was installed itself."""
    if place is None:
        return _installed_from(distribution("schaukasten").read_text("direct_url.json"))
    if like_ssh := _LIKE_SSH.fullmatch(place):
        return f"schaukasten @ git+ssh://{like_ssh[1]}/{like_ssh[2]}"
    if "://" not in place:
        if not Path(place).exists():
            message = f"„{place}“ gibt es nicht."
            raise ProblemsFound([Problem("schaukasten init --from", 1, message, "Eine Git-Adresse oder einen Ordner.")])
        return f"schaukasten @ {Path(place).resolve().as_uri()}"
    is_plain_git = place.endswith(".git") and not place.startswith("git+")
    return f"schaukasten @ {'git+' if is_plain_git else ''}{place}"


def _installed_from(told: str | None) -> str:
    """Return the requirement that says what pip noted when it installed the program (PEP 610); None: by its name."""
    if told is None:
        return f"schaukasten=={__version__}"
    noted = json.loads(told)
    if (source := noted.get("vcs_info")) is None:
        return f"schaukasten @ {noted['url']}"
    return f"schaukasten @ {source['vcs']}+{noted['url']}@{source['commit_id']}"


def _write(folder: Path, answers: Answers) -> tuple[int, list[PurePosixPath]]:
    """Write the files that are not there yet; return how many, and those that are."""
    files = dict(project_files(answers))
    editor = {**kept_files("content", DEFAULT_FOLDERS), **made_files(cooperation_in(files))}
    files |= {path: text.encode() for path, text in editor.items()}
    there = [path for path in files if (folder / path).exists()]
    for path, data in files.items():
        if path not in there:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            write_whole(folder / path, data)
    return len(files) - len(there), there
