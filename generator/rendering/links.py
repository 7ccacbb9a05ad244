"""Where the addresses in a text lead on the site."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import quote, unquote

from generator.model.paths import resolve
from generator.model.site import ROOT_MARK
from generator.rendering.files.errors import FileError
from generator.rendering.markdown import Reference

__all__ = ["Flaw", "Resolved", "resolve_reference"]

FlawKind = Literal[
    "missing-text", "missing-file", "missing-anchor", "missing-page", "undescribed-image", "unusable-file", "too-deep"
]


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in a text or in the settings that an author must mend."""

    path: PurePosixPath
    """The text's file, or that of the settings."""

    target: str
    """The address as written."""

    kind: FlawKind
    error: FileError | None = None
    """What is wrong with a file that cannot be used."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What an address in a text turned out to be."""

    address: str
    """What stands in the HTML; addresses of the site itself begin with `ROOT_MARK`."""

    flaw: FlawKind | None = None
    file: PurePosixPath | None = None
    """The file it leads to, where it is one."""

    text: PurePosixPath | None = None
    """The text it leads to, where it is one."""

    page: str | None = None
    """The page of the site it leads to, where that is not a text; to be checked once all pages are known."""


def resolve_reference(
    source: PurePosixPath,
    reference: Reference,
    pages: Mapping[PurePosixPath, str],
    anchors: Mapping[PurePosixPath, frozenset[str]],
    files: frozenset[PurePosixPath],
) -> Resolved:
    """Find out where an address in a text leads.

    Args:
        source: the text's file.
        reference: the address as written.
        pages: the public texts' addresses, by their files.
        anchors: the ids in each public text.
        files: the files of the content folder that are not texts.
    """
    written, _, fragment = reference.target.partition("#")
    written, _, query = written.partition("?")
    tail = (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
    target = resolve(source, unquote(written))
    if target is None:
        return Resolved("", flaw="missing-file" if reference.is_image else "missing-text")
    if target.name == "index.md" and target not in pages and not reference.is_image:
        # A section has its listing even where nobody wrote an introduction for it.
        page = "" if len(target.parts) == 1 else f"{target.parent}/"
        return Resolved(ROOT_MARK + page + tail, page=page)
    if target.suffix.lower() == ".md":
        if target not in pages or reference.is_image:
            return Resolved("", flaw="missing-text")
        known = not fragment or unquote(fragment) in anchors[target]
        return Resolved(ROOT_MARK + pages[target] + tail, flaw=None if known else "missing-anchor", text=target)
    if target in files:
        return Resolved(ROOT_MARK + quote(str(target)) + tail, file=target)
    if reference.is_image or not _is_page(written):
        return Resolved("", flaw="missing-file")
    page = "" if str(target) == "." else str(target)
    if written.endswith("/") and page:
        page += "/"
    return Resolved(ROOT_MARK + quote(page) + tail, page=page)


def _is_page(written: str) -> bool:
    """Tell whether the address names a page, feed or calendar that a channel may make, not a file of the author's."""
    return written.endswith("/") or bool(re.search(r"\.(?:xml|atom|json|ics)$", written))
