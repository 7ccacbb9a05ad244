"""Names by which things are referred to, and what an id refers to."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator

from generator.model.form import ANYTHING, Form
from generator.model.texts import Text

__all__ = ["Ags", "AudienceId", "CommitteeId", "EntryId", "Id", "MunicipalityId", "Refers", "TopicId"]

_ID = Form(
    name="id",
    pattern=r"[a-z0-9]+(?:-[a-z0-9]+)*",
    wrong="ist keine Kennung.",
    remedy="Nur Kleinbuchstaben a–z, Ziffern und Bindestriche (ä wird ae, ß wird ss).",
    types=ANYTHING,
)
_AGS = Form(
    name="ags",
    pattern=r"[0-9]{8}",
    wrong="ist kein Amtlicher Gemeindeschlüssel.",
    remedy="Acht Ziffern, führende Null eingeschlossen.",
    types=("string", "number"),
)


@dataclass(frozen=True, slots=True)
class Refers:
    """Tells, in the ``Annotated`` of a type, that an id is that of something else."""

    to: Literal["municipalities", "topics", "audiences", "committees", "entries"]
    """The list of the cooperation in which it stands; ``entries``: the texts of the site."""

    what: str
    """What it is the id of, with its article: „Die Kommune“."""


Id = Annotated[Text, AfterValidator(_ID.check), _ID]
"""A stable name for URLs and references: lower-case ASCII words joined by hyphens."""

MunicipalityId = Annotated[Id, Refers("municipalities", "Die Kommune")]
"""The id of a member of the cooperation."""

TopicId = Annotated[Id, Refers("topics", "Das Thema")]
"""The id of a topic."""

AudienceId = Annotated[Id, Refers("audiences", "Die Zielgruppe")]
"""The id of a group of readers."""

CommitteeId = Annotated[Id, Refers("committees", "Das Gremium")]
"""The id of a committee."""

EntryId = Annotated[Id, Refers("entries", "Der Text")]
"""The id of another text."""

Ags = Annotated[Text, AfterValidator(_AGS.check), _AGS]
"""An Amtlicher Gemeindeschlüssel: eight digits, with its leading zero."""
