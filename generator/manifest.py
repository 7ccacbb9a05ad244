"""The manifest: what a site consists of, for whoever copies, compares or checks it.

It is the last file of a site, at its root. It names nothing that is not on the site, and is the same for the same site.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

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

    gone: Sequence[str] = ()
    """The addresses that were given up on purpose."""

    files: Mapping[str, str] = field(default_factory=dict)
    """The SHA-256 of each file's bytes in hexadecimal digits, by its path; the manifest itself is left out."""

    def sealing(self, files: Mapping[str, str]) -> "Manifest":
        """Return the manifest with the files' digests."""
        return replace(self, files=files)

    def as_json(self) -> bytes:
        """Return it as a file: sorted, with a line for each thing, so that two are easily compared."""
        fields = {name: _sorted(value) for name, value in asdict(self).items()}
        return json.dumps({"format": _FORMAT, **fields}, ensure_ascii=False, indent=1).encode() + b"\n"

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Read such a file.

        Raises:
            ValueError: it is none, or of another form.
        """
        data = json.loads(text)
        if not isinstance(data, dict) or data.pop("format", None) != _FORMAT:
            raise ValueError("the form is not known")
        if any(name not in _FORMS or not _FORMS[name](value) for name, value in data.items()):
            raise ValueError("fields are unknown, or of another form")
        try:
            return cls(**data)
        except TypeError as error:
            raise ValueError("fields are missing") from error


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _are_texts_by_name(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


_FORMS: Mapping[str, Callable[[object], bool]] = {
    "now": _is_text,
    "base_url": _is_text,
    "entries": _are_texts_by_name,
    "redirects": _are_texts_by_name,
    "gone": _are_texts,
    "files": _are_texts_by_name,
}
"""What each field is, for whoever reads a manifest that others may have written."""


def _sorted(value: Any) -> Any:
    match value:
        case dict():
            return dict(sorted(value.items()))
        case tuple():
            return sorted(value)
        case _:
            return value


def manifest_of(site: PublicSite) -> Manifest:
    """Return the manifest of a site whose files are not made yet."""
    return Manifest(
        now=site.now.isoformat(timespec="seconds"),
        base_url=site.cooperation.base_url,
        entries={entry.id: entry.url for entry in site.entries},
        redirects={url: entry.url for entry in site.entries for url in entry.former_urls},
        gone=tuple(item.address for item in site.cooperation.gone),
    )
