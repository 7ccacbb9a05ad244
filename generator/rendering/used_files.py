"""The files that public texts and the settings use: pictures that they show, and what they offer for download."""

from collections import defaultdict
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
    """Files by how they are used, with the places that name them; their paths are relative to the content folder."""

    shown: defaultdict[PurePosixPath, list[Place]] = field(default_factory=lambda: defaultdict(list))
    """Pictures."""

    linked: defaultdict[PurePosixPath, list[Place]] = field(default_factory=lambda: defaultdict(list))
    """What is published as it is."""


def named_files(public: PublicSite, files: frozenset[PurePosixPath]) -> UsedFiles:
    """Return what front matter and settings name, of the files there are."""
    used = UsedFiles()
    for entry in public.entries:
        source = entry.source.path
        if entry.image is not None and (path := resolve(source, entry.image.file)) in files:
            used.shown[path].append(Place(source, entry.image.file))
        for attachment in entry.attachments:
            if (path := resolve(source, attachment.file)) in files:
                used.linked[path].append(Place(source, attachment.file))
    brand, municipalities = public.cooperation.brand, public.cooperation.municipalities
    for name in filter(None, (brand.logo, *(municipality.coat_of_arms for municipality in municipalities))):
        if (path := PurePosixPath(name)) in files:
            used.shown[path].append(Place(COOPERATION_FILE, name))
    # Of other icons than drawings, all that browsers get is made.
    icon = brand.icon if brand.icon and brand.icon.lower().endswith(".svg") else None
    for name in filter(None, (icon, *(font.file for font in brand.font_files))):
        if (path := PurePosixPath(name)) in files:
            used.linked[path].append(Place(COOPERATION_FILE, name))
    return used
