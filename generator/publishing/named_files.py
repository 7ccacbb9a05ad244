"""Which files a target's manifest names; one that is no manifest names none."""

from collections.abc import Mapping
from hashlib import sha256

from generator.manifest import MANIFEST, Manifest

__all__ = ["files_named_by"]


def files_named_by(text: str | None) -> Mapping[str, str]:
    """Return the SHA-256 of each file by its path, the manifest's own included.

    Args:
        text: the manifest's, as it was found at a target that others may write to; None: there is none.
    """
    if text is None:
        return {}
    try:
        manifest = Manifest.from_json(text)
    except ValueError:
        return {}
    return {**manifest.files, MANIFEST: sha256(text.encode()).hexdigest()}
