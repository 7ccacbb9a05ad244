"""Plain pages, and other forms of a text for those who cannot read the usual one."""

from pathlib import PurePosixPath
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from generator.model.entry import Attachment, Entry
from generator.model.ids import EntryId
from generator.model.meanings import Meanings
from generator.model.mistake import mistake
from generator.model.record import Record

VIDEO_TYPES = {".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm", ".ogv": "video/ogg"}
"""Media types (RFC 6838) of the video files that browsers play, by the ends of their names."""

VariantKind = Literal["easy_language", "sign_language"]
_FORMS = Meanings({"easy_language": "Leichte Sprache", "sign_language": "Gebärdensprache"})


def is_video(attachment: Attachment) -> bool:
    """Tell whether an attachment is a video."""
    return PurePosixPath(attachment.file).suffix.lower() in VIDEO_TYPES


class Variant(Record):
    """Which text a page gives in another form, and in which."""

    of: Annotated[
        EntryId,
        Field(title="Von", description="Kennung des Textes, den die Seite anders wiedergibt.", examples=["start"]),
    ]
    kind: Annotated[
        VariantKind,
        _FORMS,
        Field(title="Form", description=_FORMS.told, examples=["easy_language"]),
    ]


class Page(Entry):
    """A page without a date: home, imprint, contact, or the introduction of a section (``index.md``)."""

    label: ClassVar[str] = "Seite"

    variant: Annotated[
        Variant | None, Field(title="Fassung", description="Wenn die Seite einen anderen Text anders wiedergibt.")
    ] = None

    @model_validator(mode="after")
    def _signs_are_shown(self) -> "Page":
        is_signed = self.variant is not None and self.variant.kind == "sign_language"
        if is_signed and not any(is_video(attachment) for attachment in self.attachments):
            raise mistake(
                "Der Seite in Gebärdensprache fehlt das Video.",
                f"Unter „attachments“ die Datei nennen; möglich sind {', '.join(VIDEO_TYPES)}.",
                field="variant",
            )
        return self
