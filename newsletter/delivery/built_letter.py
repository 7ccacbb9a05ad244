"""A letter as it was built, looked at and approved: what is sent, and nothing else."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.problems import Problem, ProblemsFound

__all__ = ["BuiltLetter", "find_letter", "letters_in"]

_MANIFEST = "manifest.json"
_FIELD = re.compile(rb"([!-9;-~]+):[ \t]*((?:[^\r]|\r\n[ \t])*)\r\n")
_BUILD = "Neu bauen: schaukasten newsletter build {edition} --profile {profile}"


@dataclass(frozen=True, kw_only=True)
class BuiltLetter:
    """The files of a letter, which belong together."""

    folder: Path
    files: Mapping[str, bytes]

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """What is said of them, as `newsletter.package` writes it."""
        manifest: Mapping[str, Any] = json.loads(self.files[_MANIFEST])
        return manifest

    @cached_property
    def digest(self) -> bytes:
        """What identifies all bytes of the letter: a SHA-256."""
        return sha256(self.files[_MANIFEST]).digest()

    @property
    def id(self) -> str:
        """The letter's id: the edition's, and the audience."""
        return str(self.manifest["id"])

    @property
    def name(self) -> str:
        """What identifies the letter among those of all projects."""
        return f"{self.manifest['cooperation']}/{self.id}"

    @property
    def sender(self) -> str:
        """The e-mail address it comes from."""
        return str(self.manifest["sender"])

    @property
    def headers(self) -> Sequence[tuple[str, bytes]]:
        """The headers of its message by name, in order, folded as they are sent."""
        head = self.files["letter.eml"].partition(b"\r\n\r\n")[0]
        return [(name.decode(), value) for name, value in _FIELD.findall(head + b"\r\n")]


def letters_in(folder: Path, edition: str) -> list[BuiltLetter]:
    """Return all letters of an edition that were built in a folder.

    Args:
        folder: where letters are built.
        edition: the edition's number, id or file, or a letter's id.

    Raises:
        ProblemsFound: a letter there is damaged.
    """
    wanted = Path(edition).name.removesuffix(".md")
    # What begins with a dot is a letter that was cut off while it was built.
    manifests = sorted(folder.glob(f"[!.]*/{_MANIFEST}"))
    return [letter for letter in map(_read, manifests) if _is_of(letter, wanted)]


def find_letter(folder: Path, edition: str, audience: str | None, profile: str) -> BuiltLetter:
    """Return a letter that was built for a sending system and that nothing speaks against.

    Args:
        folder: where letters are built.
        edition: the edition's number, id or file.
        audience: an audience's id; None: the edition has one letter only.
        profile: the sending system's name.

    Raises:
        ProblemsFound: there is no such letter, it was built for another system, was changed since, or its preflight
            found problems.
    """
    letter = _chosen(letters_in(folder, edition), folder, edition, audience, profile)
    build = _BUILD.format(edition=letter.manifest["edition"], profile=profile)
    if letter.manifest["profile"] != profile:
        raise _problem(letter.folder, f"Der Brief ist für „{letter.manifest['profile']}“ gebaut.", build)
    if _digests(letter.files) != letter.manifest["files"]:
        raise _problem(letter.folder, "Die Dateien des Briefs wurden geändert, seit er gebaut wurde.", build)
    if warnings := letter.manifest["warnings"]:
        raise _problem(
            letter.folder,
            f"Gegen das Verschicken spricht: {' '.join(warnings)}",
            f"Beheben, dann neu bauen. Prüfen mit: schaukasten newsletter preflight {letter.manifest['edition']}",
        )
    return letter


def _read(manifest: Path) -> BuiltLetter:
    folder = manifest.parent
    letter = BuiltLetter(folder=folder, files={file.name: file.read_bytes() for file in folder.iterdir()})
    try:
        known = isinstance(letter.manifest, dict) and letter.manifest.keys() >= _FIELDS
    except ValueError:
        known = False
    if not known:
        raise _problem(folder, "manifest.json ist beschädigt oder veraltet.", "Den Ordner löschen und neu bauen.")
    return letter


_FIELDS = frozenset(
    {
        *("audience", "audience_name", "cooperation", "edition", "files", "id", "list", "number", "profile", "sender"),
        *("subject", "unsubscribe", "warnings"),
    }
)


def _is_of(letter: BuiltLetter, wanted: str) -> bool:
    return wanted in {letter.id, letter.manifest["edition"], str(letter.manifest["number"])}


def _chosen(
    letters: Sequence[BuiltLetter], folder: Path, edition: str, audience: str | None, profile: str
) -> BuiltLetter:
    fitting = [letter for letter in letters if audience is None or letter.manifest["audience"] == audience]
    if not fitting:
        what = f"Ausgabe „{edition}“" + (f" für „{audience}“" if audience else "")
        raise _problem(
            folder, f"Ein Brief der {what} ist nicht gebaut.", _BUILD.format(edition=edition, profile=profile)
        )
    if len(fitting) > 1:
        names = ", ".join(sorted(str(letter.manifest["audience"]) for letter in fitting))
        raise _problem(
            folder,
            f"Die Ausgabe „{edition}“ hat mehrere Briefe.",
            f"Mit --audience wählen, welcher verschickt wird: {names}.",
        )
    return fitting[0]


def _digests(files: Mapping[str, bytes]) -> Mapping[str, Any]:
    return {
        name: {"bytes": len(content), "sha256": sha256(content).hexdigest()}
        for name, content in files.items()
        if name != _MANIFEST
    }


def _problem(place: Path, message: str, remedy: str) -> ProblemsFound:
    return ProblemsFound([Problem(str(place), 1, message, remedy)])
