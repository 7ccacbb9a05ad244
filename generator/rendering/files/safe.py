"""Make the files safe that authors publish; what was made once is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import file_digest
from pathlib import Path, PurePosixPath

from generator.cache import Cache, digest
from generator.content import Places
from generator.file_cache import FileCache
from generator.model.public_file import PublicFile
from generator.progress import Progress
from generator.rendering.files.errors import FileError
from generator.rendering.files.kinds import kind_of
from generator.rendering.files.signatures import head_of
from generator.rendering.stamp import stamp
from generator.shares import in_shares, worthwhile

__all__ = ["SafeFiles", "safe_files"]

_STEP = "Dateien prüfen"
_WORTH_A_PROCESS = 8


@dataclass(frozen=True, slots=True)
class SafeFiles:
    """Files that can be published by their paths, and what is wrong with the others."""

    files: Mapping[PurePosixPath, PublicFile]
    errors: Mapping[PurePosixPath, FileError]


def safe_files(
    paths: Iterable[PurePosixPath], content: Places, cache: Cache, kept: FileCache, progress: Progress
) -> SafeFiles:
    """Check files and make them safe.

    Args:
        paths: the files, relative to the content folder.
        content: that folder.
        cache: where it is kept between builds what a file holds, as long as it has the same size and time.
        kept: where files lie that were made safe, by what they were made from.
        progress: is told how many files have been looked at.
    """
    keys = {path: stamp("file", content, path) for path in sorted(paths)}
    known = {path: held for path, key in keys.items() if (held := cache.get(key)) is not None}
    lost = set(kept.missing(_place(path, held) for path, held in known.items() if _is_remade(path)))
    unknown = [path for path in keys if path not in known or _place(path, known[path]) in lost]
    shares = worthwhile(len(unknown), _WORTH_A_PROCESS)
    work = partial(_looked_at, unknown, content, kept)
    found = in_shares(work, len(unknown), shares, lambda begun: progress(_STEP, begun, len(unknown)))
    errors = {path: one for path, one in zip(unknown, found, strict=True) if isinstance(one, FileError)}
    known |= {path: one for path, one in zip(unknown, found, strict=True) if isinstance(one, bytes)}
    cache.put((keys[path], known[path]) for path in unknown if path not in errors)
    return SafeFiles(
        {path: _public(path, content, known[path], kept) for path in keys if path not in errors},
        errors,
    )


def _looked_at(
    paths: Sequence[PurePosixPath], content: Places, kept: FileCache, numbers: Iterable[int]
) -> dict[int, bytes | FileError]:
    """Return for each file the digest of its bytes, once it is known that it can be published, or what is wrong."""
    found: dict[int, bytes | FileError] = {}
    for number in numbers:
        path = paths[number]
        try:
            found[number] = _made_safe(content / path, path, kept)
        except FileError as error:
            found[number] = error
    return found


def _made_safe(origin: Path, path: PurePosixPath, kept: FileCache) -> bytes:
    kind = kind_of(path)
    if not kind.signature(head_of(origin)):
        raise FileError(
            f"Die Datei ist nicht, was ihre Endung sagt: {kind.name}.", "Sie neu speichern oder umbenennen."
        )
    if kind.check is not None:
        kind.check(origin)
    with origin.open("rb") as opened:
        held = file_digest(opened, "sha256").digest()
    if kind.remake is not None and kept.missing([_place(path, held)]):
        kept.write(_place(path, held), partial(kind.remake, origin))
    return held


def _is_remade(path: PurePosixPath) -> bool:
    return kind_of(path).remake is not None


def _place(path: PurePosixPath, held: bytes) -> bytes:
    return digest("file", path.suffix.lower(), held)


def _public(path: PurePosixPath, content: Places, held: bytes, kept: FileCache) -> PublicFile:
    if _is_remade(path):
        identity = kept.name(_place(path, held))
        origin = kept.folder / identity
    else:
        identity, origin = held.hex(), content / path
    return PublicFile(origin=origin, identity=identity, size=origin.stat().st_size)
