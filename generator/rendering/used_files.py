"""The files that public texts and the settings use: pictures that they show, and what they offer for download."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from generator.model.paths import resolve
from generator.model.site import PublicSite
from generator.reading.reader import COOPERATION_FILE

__all__ = ["Place", "UsedFiles", "named_files"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file is named."""

    path: PurePosixPath
    """The text, or the settings."""

    target: str
    """The file's path as written there."""


@dataclass(frozen=True, slots=True)
class UsedFiles:
    """Files by how they are used; their paths are relative to the content folder."""

    shown: dict[PurePosixPath, list[Place]] = field(default_factory=dict)
    """Pictures, and where each of them is named."""

    linked: set[PurePosixPath] = field(default_factory=set)
    """What readers can download."""

    def show(self, path: PurePosixPath, place: Place) -> None:
        """Take up a picture that is shown."""
        self.shown.setdefault(path, []).append(place)


def named_files(public: PublicSite, files: frozenset[PurePosixPath]) -> UsedFiles:
    """Return what front matter and settings name, of the files there are."""
    used = UsedFiles()
    for entry in public.entries:
        source = entry.source.path
        if entry.image is not None and (path := resolve(source, entry.image.file)) in files:
            used.show(path, Place(source, entry.image.file))
        used.linked.update(files & {resolve(source, attachment.file) for attachment in entry.attachments})
    brand, municipalities = public.cooperation.brand, public.cooperation.municipalities
    for picture in filter(None, (brand.logo, *(municipality.coat_of_arms for municipality in municipalities))):
        if (path := PurePosixPath(picture)) in files:
            used.show(path, Place(COOPERATION_FILE, picture))
    # Browsers' own icons are taken from the file itself.
    as_they_are = (brand.icon or brand.logo, *(font.file for font in brand.font_files))
    used.linked.update(files & {PurePosixPath(file) for file in as_they_are if file})
    return used
