"""Where a new text lies, at which addresses it was before, and by what a later run knows it again."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import count
from pathlib import PurePosixPath

from pydantic import TypeAdapter, ValidationError

from generator.importing.original import Original
from generator.importing.our_fields import Mapped
from generator.importing.roles import named_role
from generator.model.addresses import OldAddress
from generator.model.site import Layout
from generator.scaffold.kinds import KINDS
from generator.scaffold.place import LONGEST, place_of
from generator.scaffold.yaml_text import Value
from generator.slug import slug

__all__ = ["as_url", "free_place", "identity", "is_possible", "own_id", "told_apart"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}[-_ ]+(?=.)")
_LONGEST_NAME = 200
"""Letters of a file's name; file systems allow 255 bytes."""

_LONGEST_ID = 100
"""Letters of what a text is called elsewhere that go into its id."""

_ALIAS: TypeAdapter[str] = TypeAdapter(OldAddress)


def free_place(
    original: Original, ours: Mapped, layout: Layout, taken: dict[str, PurePosixPath]
) -> PurePosixPath | None:
    """Return the file of a new text; None: such a page is there already.

    Args:
        original: the text.
        ours: what it is.
        layout: the folders of the types.
        taken: the addresses and ids that have an owner; the new ones are added.
    """
    for place in _introducing(original, layout) if original.section else _possible(original, ours, layout):
        url, name = url_of(place), place.parent.name if place.stem == "index" else place.stem
        if url not in taken and name not in taken:
            taken[url] = taken[name] = place
            return place
    return None


def _introducing(original: Original, layout: Layout) -> Iterator[PurePosixPath]:
    """Yield the file of a page that introduces a folder."""
    folder = layout.folders.get(named_role(original.section) or "", "")
    if folder or original.section == ".":
        yield PurePosixPath(folder) / "index.md"
    else:
        yield place_of(KINDS["seite"], PurePosixPath(original.section).name, "", {})


def _possible(original: Original, ours: Mapped, layout: Layout) -> Iterator[PurePosixPath]:
    """Yield the files that a text could be, the best first: that by which it keeps its address."""
    first = place_of(ours.kind, _DAY.sub("", original.name) if ours.day else original.name, ours.day, layout.folders)
    kept = PurePosixPath(as_url(original.address) or "/")
    if kept.name and kept.parent == first.parent and slug(kept.name) == kept.name and len(kept.name) <= _LONGEST_NAME:
        yield kept.with_suffix(".md")
    yield first
    parent = slug(PurePosixPath(original.file).parent.name)[:LONGEST]
    if parent and ours.kind.day is None:
        yield first.with_stem(f"{parent}-{first.stem}")
    yield from (first.with_stem(f"{first.stem}-{number}") for number in count(2))


def url_of(place: PurePosixPath) -> str:
    """Return the address of a new text, as ours are written."""
    return posixpath.join(*place.with_suffix("").parts, "").removesuffix("index/")


def as_url(address: str) -> str:
    """Return an address as those of our texts are written."""
    path = address.strip("/").removesuffix("index.html").strip("/")
    return path if path.endswith(".html") or not path else f"{path}/"


def own_id(original: Original) -> str:
    """Return the id by which a text is known again whose address cannot lead to it."""
    key = original.key or original.file
    name = slug(key)
    return f"uebernommen-{name if len(name) <= _LONGEST_ID else f'{name[:_LONGEST_ID]}-{_digest(key)}'}"


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()[:8]


def told_apart(originals: Iterable[Original]) -> Iterator[Original]:
    """Yield the texts, each known by an id of its own; of several with the same key, each other one by what it says."""
    keys: set[str] = set()
    ids: set[str] = set()
    for original in originals:
        key = original.key or original.file
        told = original
        if own_id(told) in ids:
            said = (key, *map(str, original.fields.values()), original.body) if key in keys else (key,)
            numbered = (f"{key} {_digest(*said)} {number}".removesuffix(" 1") for number in count(1))
            told = next(one for one in (replace(original, key=one) for one in numbered) if own_id(one) not in ids)
        keys.add(key)
        ids.add(own_id(told))
        yield told


def identity(original: Original, place: PurePosixPath, claimed: set[str]) -> dict[str, Value]:
    """Return what leads to a text from where it was, and by what a later run knows it."""
    own = url_of(place)
    aliases: list[str] = []
    for address in (original.address, *original.aliases):
        url = as_url(address)
        if url and url not in claimed and url != own and is_possible(address):
            claimed.add(url)
            aliases.append(f"/{url}")
    fields: dict[str, Value] = {"aliases": aliases} if aliases else {}
    if f"/{as_url(original.address)}" not in aliases and as_url(original.address) != own:
        fields["id"] = own_id(original)
    return fields


def is_possible(address: str) -> bool:
    """Tell whether an address can lead on to another one."""
    try:
        _ALIAS.validate_python(address)
    except ValidationError:
        return False
    return True
