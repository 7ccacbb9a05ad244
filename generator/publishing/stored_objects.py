"""What an S3 storage tells of its objects, compared with a site: by the MD5 of their bytes where it tells that."""

import hashlib
import time
from collections.abc import Mapping
from datetime import datetime
from io import BufferedReader, BytesIO
from typing import NamedTuple

from generator.manifest import MANIFEST
from generator.publishing.sealed_site import SealedSite

__all__ = ["StoredObject", "md5_of", "not_vouched_for", "others"]

_GRAIN = 1.0
"""Seconds by which storages tell at the coarsest when something was written."""


class StoredObject(NamedTuple):
    """What the storage tells of an object."""

    etag: str
    """In most storages, the MD5 of its bytes in hexadecimal digits."""

    written: datetime


def md5_of(file: BufferedReader | BytesIO) -> str:
    """Return the MD5 of a file's bytes in hexadecimal digits."""
    return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def others(site: SealedSite, there: Mapping[str, StoredObject]) -> set[str]:
    """Return which of a site's files are missing, or have the MD5 of other bytes."""

    def is_right(path: str) -> bool:
        with (site.folder / path).open("rb") as file:
            return there[path].etag == md5_of(file)

    return {path for path in site.files if path not in there or not is_right(path)}


def not_vouched_for(site: SealedSite, there: Mapping[str, StoredObject], named: Mapping[str, str]) -> set[str]:
    """Return what is to be written where an ETag is no MD5, as with keys of one's own.

    What the manifest there names, and nobody has written since, is believed to be what it says. Whatever is written is
    younger than the manifest, so that this is written again, after it.

    Args:
        site: the site.
        there: all objects, the manifest among them.
        named: what that manifest says of files.
    """
    sealed = there[MANIFEST].written
    wrong = {
        path
        for path, digest in site.files.items()
        if path not in there or named.get(path) != digest or there[path].written > sealed
    }
    if not wrong:
        return wrong
    # Not within the manifest's own second: a storage that counts whole ones would not tell what is younger.
    time.sleep(_GRAIN)
    return wrong | {MANIFEST}
