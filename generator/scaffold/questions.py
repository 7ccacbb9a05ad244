"""What is asked before a cooperation's own site can begin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from generator.model.cooperation import Committee, Cooperation, Municipality, Office, Topic
from generator.model.record import Record
from generator.model.remedies import choose_of
from generator.scaffold.answer import WrongAnswerError

__all__ = ["AGS", "COMMITTEE", "LAENDER", "MEMBER", "QUESTIONS", "TOPIC", "Question"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A field of the settings that somebody must know; it is asked in the words of the model."""

    name: str
    """What the answer is called, and the option that gives it: ``legal_form``, ``--legal-form``."""

    model: type[Record]
    field: str
    default: str = ""
    needed: bool = True
    """Whether there must be an answer."""

    of: str = ""
    """What it is asked of, where the field's own name does not say it: „Kommune“."""

    choices: Sequence[str] = ()
    """What the answer may be; empty: whatever the field takes."""

    has_digits: bool = False
    """Whether an answer without a digit cannot be meant."""

    @property
    def option(self) -> str:
        """The option of the command line."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def label(self) -> str:
        """What is asked for, and of what."""
        return f"{self.of}: {self._title}" if self.of else self._title

    @property
    def help(self) -> str:
        """What is to be answered."""
        return str(self.model.model_fields[self.field].description)

    @property
    def _title(self) -> str:
        return str(self.model.model_fields[self.field].title)

    def check(self, answer: str) -> str:
        """Return an answer that the field takes.

        Raises:
            WrongAnswerError: it takes it not.
        """
        if not answer.strip():
            if self.needed:
                raise WrongAnswerError(f"„{self._title}“ fehlt.", self.help)
            return ""
        field = self.model.model_fields[self.field]
        type_: Any = Annotated[field.annotation, field]
        try:
            TypeAdapter(type_).validate_python(answer)
        except ValidationError as error:
            context = error.errors()[0]["ctx"]
            raise WrongAnswerError(context["text"], context["remedy"]) from None
        plain = " ".join(answer.split())
        if self.choices and plain not in self.choices:
            raise WrongAnswerError(f"„{plain}“ ist für „{self._title}“ nicht vorgesehen.", choose_of(self.choices))
        if self.has_digits and not re.search("[0-9]", plain):
            raise WrongAnswerError(f"„{plain}“ hat keine Ziffern.", "Mit Vorwahl schreiben: 09999 123-0.")
        return plain


LAENDER = (
    "Baden-Württemberg",
    "Bayern",
    "Berlin",
    "Brandenburg",
    "Bremen",
    "Hamburg",
    "Hessen",
    "Mecklenburg-Vorpommern",
    "Niedersachsen",
    "Nordrhein-Westfalen",
    "Rheinland-Pfalz",
    "Saarland",
    "Sachsen",
    "Sachsen-Anhalt",
    "Schleswig-Holstein",
    "Thüringen",
)
"""The Länder, as the preamble of the Grundgesetz names them. The settings take other names, too."""


_OFFICE = "Geschäftsstelle"

QUESTIONS = (
    Question(name="name", model=Cooperation, field="name"),
    Question(name="short_name", model=Cooperation, field="short_name", needed=False),
    Question(name="legal_form", model=Cooperation, field="legal_form"),
    Question(name="land", model=Cooperation, field="land", choices=LAENDER),
    Question(name="url", model=Cooperation, field="url"),
    Question(name="office", model=Office, field="name", default="Geschäftsstelle", of=_OFFICE),
    Question(name="address", model=Office, field="address", of=_OFFICE),
    Question(name="phone", model=Office, field="phone", needed=False, of=_OFFICE, has_digits=True),
    Question(name="email", model=Office, field="email", needed=False, of=_OFFICE),
)
"""What is asked once."""

MEMBER = Question(name="municipality", model=Municipality, field="name", needed=False, of="Kommune")
AGS = Question(name="ags", model=Municipality, field="ags", of="Kommune")
COMMITTEE = Question(name="committee", model=Committee, field="name", needed=False, of="Gremium")
TOPIC = Question(name="topic", model=Topic, field="name", needed=False, of="Thema")
