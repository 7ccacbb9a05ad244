"""Where the addresses in a text led, and what lies there now."""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from generator.importing.addresses import taken_apart
from generator.importing.media import Media
from generator.importing.original import Original
from generator.model.site import Site

__all__ = ["Target", "Targets"]

_KEPT_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


@dataclass(frozen=True, slots=True)
class Target:
    """What an address leads to."""

    kind: str
    """``elsewhere`` (kept as it is), ``here`` (a place within the text), ``text``, ``file`` or ``nothing``."""

    text: PurePosixPath | None = None
    file: Path | None = None
    fragment: str = ""
    address: str = ""
    """What was looked for: its path, or the whole address of another host."""


class Targets:
    """Finds what the addresses in the originals lead to."""

    def __init__(
        self, places: Iterable[tuple[Original, PurePosixPath]], site: Site, hosts: Iterable[str], media: Media
    ) -> None:
        """Note down everything that can be led to.

        Args:
            places: each original with the file that it becomes.
            site: what is there already.
            hosts: the names of the source's own hosts.
            media: the files.
        """
        self._hosts = {_bare(host) for host in hosts}
        self._media = media
        self._texts: dict[str, PurePosixPath] = {}
        self._files: dict[str, PurePosixPath] = {}
        self._names: dict[str, list[PurePosixPath]] = {}
        for entry in site.entries:
            for url in (entry.url, *entry.former_urls):
                self._texts.setdefault(_key(f"/{url}"), entry.source.path)
        for original, place in places:
            for address in (original.address, *original.aliases):
                if address:
                    self._texts[_key(address)] = place
            self._files[original.file] = place
            self._files[str(PurePosixPath(original.file).with_suffix(""))] = place
            self._names.setdefault(PurePosixPath(original.file).name, []).append(place)

    def find(self, written: str, original: Original) -> Target:
        """Return what an address in a text leads to."""
        if written.startswith("#"):
            return Target("here", fragment=written[1:])
        if written.startswith("ref:"):
            return self._by_file(unquote(written[4:]), original)
        parts = taken_apart(written)
        if written and not any(parts):
            return Target("nothing", address=written)
        host = _bare(parts.hostname or "")
        if (parts.scheme or host) and host not in self._hosts:
            kind = "elsewhere" if parts.scheme in _KEPT_SCHEMES or not parts.scheme else "nothing"
            return Target(kind, address=written)
        if host or written.startswith("/"):
            paths = [parts.path or "/"]
        else:
            folder = posixpath.join("/", str(PurePosixPath(original.file).parent))
            paths = [posixpath.normpath(posixpath.join(base, parts.path)) for base in (_base(original), folder)]
        for path in paths:
            key = _key(path, parts.query)
            text = self._texts.get(key) or self._files.get(unquote(path).strip("/"))
            if text is not None:
                return Target("text", text=text, fragment=parts.fragment, address=path)
            if file := self._media.find(path):
                return Target("file", file=file, address=path)
        return Target("nothing", address=paths[0])

    def _by_file(self, path: str, original: Original) -> Target:
        """Return what a file's name leads to, as Hugo's ``ref`` and Jekyll's ``link`` look for it."""
        path, _, fragment = path.partition("#")
        if not path:
            return Target("here", fragment=fragment)
        near = posixpath.normpath(posixpath.join(str(PurePosixPath(original.file).parent), path))
        for candidate in (path.strip("/"), near):
            for end in ("", "/index.md", "/_index.md", ".md"):
                if found := self._files.get(candidate + end):
                    return Target("text", text=found, fragment=fragment, address=path)
        named = self._names.get(PurePosixPath(path).name) or self._names.get(f"{PurePosixPath(path).name}.md") or []
        if len(named) == 1:
            return Target("text", text=named[0], fragment=fragment, address=path)
        return Target("nothing", address=path)


def _base(original: Original) -> str:
    return original.address or "/"


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def _key(path: str, query: str = "") -> str:
    """Return what all spellings of an address have in common."""
    found = path.partition("?")
    asked = found[2] or query
    plain = unquote(found[0]).strip("/").removesuffix("index.html").removesuffix("index.php").strip("/")
    return plain if plain or not asked else f"?{asked}"
