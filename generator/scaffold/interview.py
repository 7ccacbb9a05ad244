"""The questions in the terminal before a cooperation's own site can begin."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import click

from generator.scaffold.answer import WrongAnswerError
from generator.scaffold.project_files import Answers
from generator.scaffold.questions import AGS, COMMITTEE, MEMBER, QUESTIONS, TOPIC, Question

__all__ = ["Interview"]

_NOTHING = "-"
"""What is typed to leave something away that would otherwise be taken from the round before."""

_SAID = {"ja": True, "j": True, "nein": False, "n": False}


@dataclass(kw_only=True)
class Interview:
    """Asks for what the options do not give, until it makes sense and somebody has said so."""

    given: Mapping[str, str]
    """Answers to the questions asked once, by their names."""

    members: Sequence[tuple[str, str]]
    """Names and AGS; empty: asked for, as with the next two."""

    committees: Sequence[str]
    topics: Sequence[str]
    requirement: str
    """What pip is to install."""

    has_asked: bool = False

    def answers(self) -> Answers:
        """Return the answers; where any was asked for, once they are confirmed."""
        answers = self._round(None)
        while self.has_asked and not _is_right(answers):
            click.echo(f"Enter übernimmt die vorige Antwort, „{_NOTHING}“ lässt sie weg.")
            answers = self._round(answers)
        return answers

    def _round(self, before: Answers | None) -> Answers:
        single = {
            question.name: self._ask(
                question, self.given.get(question.name), before.single[question.name] if before else question.default
            )
            for question in QUESTIONS
        }
        return Answers(
            single=single,
            municipalities=self._municipalities(before.municipalities if before else ()),
            committees=self.committees
            or self._several("Welche Gremien gibt es?", COMMITTEE, before.committees if before else ()),
            topics=self.topics
            or self._several("Nach welchen Themen werden Texte geordnet?", TOPIC, before.topics if before else ()),
            requirement=self.requirement,
        )

    def _municipalities(self, before: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        if self.members:
            return [(self._ask(MEMBER, name), self._ask(AGS, ags)) for name, ags in self.members]
        click.echo("Welche Kommunen arbeiten zusammen? Eine leere Antwort beendet die Liste.")
        municipalities = []
        for former, ags in before:
            if name := self._ask(MEMBER, default=former):
                municipalities.append((name, self._ask(AGS, default=ags)))
        while (name := self._ask(MEMBER)) or not municipalities:
            if name:
                municipalities.append((name, self._ask(AGS)))
        return municipalities

    def _several(self, introduction: str, question: Question, before: Sequence[str]) -> list[str]:
        click.echo(f"{introduction} Eine leere Antwort beendet die Liste.")
        answers = [answer for former in before if (answer := self._ask(question, default=former))]
        while answer := self._ask(question):
            answers.append(answer)
        return answers

    def _ask(self, question: Question, answer: str | None = None, default: str = "") -> str:
        """Return an answer that makes sense; the one that is given, if it does."""
        text = f"{question.label}: {question.help}" + ("" if question.needed else " Sonst leer lassen.")
        while True:
            if answer is None:
                self.has_asked = True
                answer = click.prompt(text.rstrip("."), default=default, show_default=bool(default))
            try:
                return question.check("" if answer.strip() == _NOTHING else answer)
            except WrongAnswerError as wrong:
                click.echo(str(wrong))
                answer = None


def _is_right(answers: Answers) -> bool:
    """Show the answers, and ask whether they are right."""
    click.echo("\n".join(["", *_summary(answers), ""]))
    while (answer := click.prompt("Stimmt das so? (ja, nein)", default="ja").strip().lower()) not in _SAID:
        click.echo("Mit „ja“ oder „nein“ antworten.")
    return _SAID[answer]


def _summary(answers: Answers) -> Iterator[str]:
    for question in QUESTIONS:
        yield f"{question.label}: {answers.single[question.name] or '–'}"
    for name, ags in answers.municipalities:
        yield f"Kommune: {name} (AGS {ags})"
    yield f"Gremien: {', '.join(answers.committees) or '–'}"
    yield f"Themen: {', '.join(answers.topics) or '–'}"
