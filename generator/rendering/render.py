"""Render every public text once."""

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from pathlib import Path, PurePosixPath

from generator.cache import Cache, digest
from generator.content import Places
from generator.file_cache import FileCache
from generator.model.entry import Entry
from generator.model.site import ROOT_MARK, Body, PublicSite
from generator.progress import Progress
from generator.rendering.batch import RendererOptions, render_all
from generator.rendering.body_images import with_sizes
from generator.rendering.files.errors import FileError
from generator.rendering.files.safe import safe_files
from generator.rendering.links import Flaw, Resolved, resolve_reference
from generator.rendering.markdown import Reference, Rendered
from generator.rendering.pictures.table import PictureTable, picture_table
from generator.rendering.used_files import Place, named_files
from generator.settings import Settings

__all__ = ["Link", "Rendering", "render"]


@dataclass(frozen=True, slots=True)
class Link:
    """A link from one text to another."""

    source: PurePosixPath
    written: str
    target: PurePosixPath


@dataclass(frozen=True, slots=True)
class Rendering:
    """What came of rendering."""

    site: PublicSite
    """The site with its bodies, its pictures and the files they use."""

    flaws: tuple[Flaw, ...]
    links: tuple[Link, ...]
    """From one text to another."""

    promised: tuple[tuple[PurePosixPath, str, str], ...]
    """Links to pages that are not texts: the text's file, the address as written, the page it must lead to."""


def render(
    public: PublicSite,
    files: frozenset[PurePosixPath],
    settings: Settings,
    cache: Cache,
    kept: FileCache,
    progress: Progress,
) -> Rendering:
    """Turn every text into finished HTML, with its links resolved.

    Args:
        public: what the gate let pass.
        files: the files of the content folder that are not texts.
        settings: which Markdown extensions, with which options.
        cache: where HTML is kept between builds.
        kept: where files are kept that were made safe.
        progress: is told how many texts and pictures are done.
    """
    rendered = _rendered(public, settings, cache, progress)
    pages = {entry.source.path: entry.url for entry in public.entries}
    anchors = {entry.source.path: frozenset(rendered[entry.id].anchors) for entry in public.entries}
    used = named_files(public, files)
    flaws: list[Flaw] = []
    links: list[Link] = []
    promised: list[tuple[PurePosixPath, str, str]] = []
    resolved: dict[str, list[Resolved]] = {}
    for entry in public.entries:
        path, text = entry.source.path, rendered[entry.id]
        resolved[entry.id] = []
        for reference in text.references:
            found = resolve_reference(path, reference, pages, anchors, files)
            resolved[entry.id].append(found)
            if found.flaw is not None:
                flaws.append(Flaw(path, reference.target, found.flaw))
            if found.file is not None and reference.is_image:
                used.shown[found.file].append(Place(path, reference.target))
            elif found.file is not None:
                used.linked[found.file].append(Place(path, reference.target))
            if found.text is not None:
                links.append(Link(path, reference.target, found.text))
            if found.page is not None:
                promised.append((path, reference.target, found.page))
        flaws += [Flaw(path, target, "undescribed-image") for target in text.images_without_alt]
        flaws += [Flaw(path, target, "missing-anchor") for target in text.broken_anchors]
        flaws += [Flaw(path, "", "too-deep")] if text.too_deep else []
    table = picture_table(used.shown, settings.places, cache, progress)
    flaws += _unusable(used.shown, table.errors)
    drawings = [path for path, picture in table.pictures.items() if picture.kind == "vector"]
    safe = safe_files({*used.linked, *drawings}, settings.places, cache, kept, progress)
    flaws += _unusable(used.linked, safe.errors)
    flaws += _unusable(used.shown, {path: error for path, error in safe.errors.items() if path in drawings})
    site = replace(
        public,
        bodies={
            entry.id: Body(partial(_html, rendered[entry.id], resolved[entry.id], table)) for entry in public.entries
        },
        files=safe.files,
        pictures=table.pictures,
        load=partial(_load, settings.places, {path: file.origin for path, file in safe.files.items()}),
    )
    return Rendering(site, tuple(flaws), tuple(links), tuple(promised))


def _html(text: Rendered, resolved: Sequence[Resolved], table: PictureTable) -> str:
    """Return a text's finished HTML: its pictures are the ones that every program can show."""
    addresses: dict[int, str] = {}
    sizes: dict[str, tuple[int, int]] = {}
    for number, (reference, found) in enumerate(zip(text.references, resolved, strict=True)):
        # The address holds what an author typed after „?“ or „#“.
        addresses[number] = escape(found.address)
        picture = table.pictures.get(found.file) if found.file is not None and reference.is_image else None
        if picture is not None:
            if picture.kind != "vector":
                addresses[number] = ROOT_MARK + picture.fallback.url
            sizes[addresses[number]] = (picture.fallback.width, picture.fallback.height)
    return with_sizes(text.with_addresses(addresses), sizes)


def _unusable(
    used: Mapping[PurePosixPath, Iterable[Place]], errors: Mapping[PurePosixPath, FileError]
) -> Iterator[Flaw]:
    """Yield a flaw for each place that names a file with which something is wrong."""
    for path, error in errors.items():
        for place in used[path]:
            yield Flaw(place.path, place.target, "unusable-file", error)


def _rendered(public: PublicSite, settings: Settings, cache: Cache, progress: Progress) -> dict[str, Rendered]:
    """Return each entry's HTML by its id, from the cache where the text is unchanged."""
    options = RendererOptions(settings.markdown_extensions, settings.markdown_options)
    identity = options.identity
    keys = {entry.id: digest(identity, entry.source.body) for entry in public.entries}
    results: dict[str, Rendered] = {}
    missing: list[Entry] = []
    for entry in public.entries:
        kept = cache.get(keys[entry.id])
        if kept is None:
            missing.append(entry)
        else:
            results[entry.id] = _unpack(kept)
    fresh = render_all([entry.source.body for entry in missing], options, progress)
    results |= {entry.id: text for entry, text in zip(missing, fresh, strict=True)}
    cache.put((keys[entry.id], _pack(results[entry.id])) for entry in missing)
    return results


def _pack(text: Rendered) -> bytes:
    references = tuple((reference.target, reference.is_image) for reference in text.references)
    return marshal.dumps(
        (text.html, references, text.images_without_alt, text.anchors, text.broken_anchors, text.too_deep)
    )


def _unpack(kept: bytes) -> Rendered:
    html, references, images_without_alt, anchors, broken_anchors, too_deep = marshal.loads(kept)  # noqa: S302  # our own cache
    found = tuple(Reference(target, is_image=is_image) for target, is_image in references)
    return Rendered(html, found, images_without_alt, anchors, broken_anchors, too_deep)


def _load(content: Places, safe: Mapping[PurePosixPath, Path], path: PurePosixPath) -> bytes:
    """Return a picture's bytes; a drawing only as it was made safe, for others are made of its very elements."""
    return (safe[path] if path.suffix.lower() == ".svg" else content / path).read_bytes()
