"""The manifest: what a site consists of, for whoever copies, compares or checks it.

It is the last file of a site, at its root. It names nothing that is not on the site, and is the same for the same site.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from generator.model.site import PublicSite

__all__ = ["MANIFEST", "Manifest", "manifest_of"]

MANIFEST = "manifest.json"
"""Its path on the site."""

_FORMAT = 1
"""Rises when a reader of the present form would misunderstand the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a site consists of; addresses are relative to its root."""

    now: str
    """The moment at which the site is public, ISO 8601 with offset, to the second (content knows no fractions)."""

    base_url: str
    """The site's address, ending in a slash."""

    entries: Mapping[str, str]
    """The address of each public text, by its id."""

    redirects: Mapping[str, str]
    """Where each former address leads."""

    files: Mapping[str, str] = field(default_factory=dict)
    """The SHA-256 of each file's bytes in hexadecimal digits, by its path; the manifest itself is left out."""

    def sealing(self, files: Mapping[str, str]) -> "Manifest":
        """Return the manifest with the files' digests."""
        return replace(self, files=files)

    def as_json(self) -> bytes:
        """Return it as a file: sorted, with a line for each thing, so that two are easily compared."""
        sorted_fields = {
            name: dict(sorted(value.items())) if isinstance(value, Mapping) else value
            for name, value in asdict(self).items()
        }
        return json.dumps({"format": _FORMAT, **sorted_fields}, ensure_ascii=False, indent=1).encode() + b"\n"


def manifest_of(site: PublicSite) -> Manifest:
    """Return the manifest of a site whose files are not made yet."""
    return Manifest(
        now=site.now.isoformat(timespec="seconds"),
        base_url=site.cooperation.base_url,
        entries={entry.id: entry.url for entry in site.entries},
        redirects={url: entry.url for entry in site.entries for url in entry.former_urls},
    )
