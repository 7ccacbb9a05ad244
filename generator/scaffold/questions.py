"""What is asked before a cooperation's own site can begin."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from generator.model.cooperation import Committee, Cooperation, Municipality, Office, Topic
from generator.model.record import Record
from generator.scaffold.answer import WrongAnswerError

__all__ = ["AGS", "COMMITTEE", "MEMBER", "QUESTIONS", "TOPIC", "Question"]


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

    @property
    def option(self) -> str:
        """The option of the command line."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def label(self) -> str:
        """What the field is called."""
        return str(self.model.model_fields[self.field].title)

    @property
    def help(self) -> str:
        """What is to be answered."""
        return str(self.model.model_fields[self.field].description)

    def check(self, answer: str) -> str:
        """Return an answer that the field takes.

        Raises:
            WrongAnswerError: it takes it not.
        """
        if not answer.strip():
            if self.needed:
                raise WrongAnswerError(f"„{self.label}“ fehlt.", self.help)
            return ""
        field = self.model.model_fields[self.field]
        type_: Any = Annotated[field.annotation, field]
        try:
            TypeAdapter(type_).validate_python(answer)
        except ValidationError as error:
            context = error.errors()[0]["ctx"]
            raise WrongAnswerError(context["text"], context["remedy"]) from None
        return " ".join(answer.split())


QUESTIONS = (
    Question(name="name", model=Cooperation, field="name"),
    Question(name="short_name", model=Cooperation, field="short_name", needed=False),
    Question(name="legal_form", model=Cooperation, field="legal_form"),
    Question(name="land", model=Cooperation, field="land"),
    Question(name="url", model=Cooperation, field="url"),
    Question(name="office", model=Office, field="name", default="Geschäftsstelle"),
    Question(name="address", model=Office, field="address"),
    Question(name="phone", model=Office, field="phone", needed=False),
    Question(name="email", model=Office, field="email", needed=False),
)
"""What is asked once."""

MEMBER = Question(name="municipality", model=Municipality, field="name", needed=False)
AGS = Question(name="ags", model=Municipality, field="ags")
COMMITTEE = Question(name="committee", model=Committee, field="name", needed=False)
TOPIC = Question(name="topic", model=Topic, field="name", needed=False)
