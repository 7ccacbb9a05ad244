"""What somebody answers for a field, checked before anything is written."""

from zoneinfo import ZoneInfo

from generator.model.cooperation import LISTS, Cooperation
from generator.model.ids import Refers
from generator.model.record import Record
from generator.model.remedies import choose_of
from generator.model.shape import shape_of
from generator.reading.validation import flaws_of_value
from generator.scaffold.text import choices
from generator.scaffold.yaml_text import Value

__all__ = ["WrongAnswerError", "value_of"]


class WrongAnswerError(Exception):
    """An answer that makes no sense: what is wrong, and what to do, in German."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message} {remedy}")
        self.message = message
        self.remedy = remedy


def value_of(model: type[Record], name: str, answer: str, cooperation: Cooperation) -> Value:
    """Return what an answer means for a field; where the field holds a list, commas stand between its items.

    Args:
        model: the record with the field.
        name: the field, as it is written; it may be one that does not exist.
        answer: what was typed.
        cooperation: whose municipalities, topics, committees and audiences there are to choose from.

    Raises:
        WrongAnswerError: the reader would refuse it, or it names something that the cooperation has not.
    """
    field = model.model_fields.get(name)
    shape = shape_of(field) if field is not None else None
    value: str | list[str] = answer
    if shape is not None and shape.is_list and shape.record is None:
        value = [item.strip() for item in answer.removeprefix("[").removesuffix("]").split(",")]
    for message, remedy in flaws_of_value(model, name, value, {"timezone": ZoneInfo(cooperation.timezone)}):
        raise WrongAnswerError(message, remedy)
    refers = shape.mark(Refers) if shape is not None else None
    if field is not None and refers is not None and refers.to in LISTS:
        known = choices(field, cooperation)
        for item in [value] if isinstance(value, str) else value:
            if item not in known:
                remedy = choose_of(known) if known else f"Zuerst in kooperation.yml unter „{refers.to}“ eintragen."
                raise WrongAnswerError(f"{refers.what} „{item}“ ist nicht bekannt.", remedy)
    return value
