"""One state of a site, of which each file is made when it is asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from threading import Lock
from urllib.parse import unquote

from generator.channels.chrome import chrome
from generator.channels.output import Copy, File, LazyFile, LazyFolders, Output
from generator.channels.sitemap import sitemap
from generator.channels.table import channels
from generator.channels.view import Data
from generator.composing import Composed, compose
from generator.file_cache import FileCache
from generator.leaks import names_in_files
from generator.model.site import PublicSite, Site
from generator.plan import next_build
from generator.problems import ProblemsFound
from generator.progress import Progress
from generator.reading.memory import Memory
from generator.settings import Settings
from generator.stores import stores

__all__ = ["Version", "version", "version_of"]


@dataclass(frozen=True, kw_only=True)
class Version:
    """A site as it is at a moment."""

    authored: Site
    site: PublicSite
    files: Mapping[str, File | LazyFile]
    """What the channels made or are ready to make, by address."""

    folders: tuple[LazyFolders, ...]
    copies: Mapping[str, Copy]
    """Files of the texts that lie ready, by address."""

    kept: FileCache
    next_build: datetime | None
    """When the site will be another one although nobody writes anything; None: never."""

    _making: Lock = field(default_factory=Lock)
    _made: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def pages(self) -> Mapping[str, File]:
        """The staged pages by their paths."""
        return {file.path: file for file in self.files.values() if isinstance(file, File) and file.path.endswith(".md")}

    @cached_property
    def chrome(self) -> Data:
        """What header and footer of every page show."""
        return chrome(self.site)

    @property
    def addresses(self) -> frozenset[str]:
        """The addresses of what is on the site, but for the parts of the search index."""
        return frozenset(self.files) | frozenset(self.copies)

    def find(self, url: str) -> File | bytes | None:
        """Return the staged page at an address, or the bytes of the file there; None: there is neither.

        Args:
            url: relative to the site's root, as it is written in an address.
        """
        file = self.files.get(url)
        if isinstance(file, File):
            return file if file.path in self.pages else file.data
        if file is not None:
            return self._lazy(file)
        copy = self.copies.get(url)
        return copy.origin.read_bytes() if copy is not None else self._in_folders(unquote(url))

    def _lazy(self, file: LazyFile) -> bytes:
        with self._making:
            if not file.large:
                if file.path not in self._made:
                    self._made[file.path] = file.make()
                return self._made[file.path]
            origin = self.kept.folder / self.kept.name(file.identity)
            if not origin.is_file():
                self.kept.put(file.identity, file.make())
        return origin.read_bytes()

    def _in_folders(self, url: str) -> bytes | None:
        for several in self.folders:
            path = next((path for path in several.identities if url.startswith(path)), None)
            if path is None:
                continue
            name = url.removeprefix(path)
            origin = (self.kept.folder / self.kept.name(several.identities[path]) / name).resolve()
            inside = self.kept.folder.resolve() in origin.parents and not name.startswith(".")
            self._fill(several)
            return origin.read_bytes() if inside and origin.is_file() else None
        return None

    def _fill(self, folders: LazyFolders) -> None:
        with self._making:
            missing = {
                path: key
                for path, key in folders.identities.items()
                if not (self.kept.folder / self.kept.name(key)).is_dir()
            }
            if missing:
                self.kept.fill(missing, folders.make)


def version(settings: Settings, now: datetime, progress: Progress, memory: Memory) -> Version:
    """Return the site as it is at a moment; only what is quick is made.

    Args:
        settings: where things are and how the site is cut.
        now: the moment; without a time zone, it is the cooperation's local time.
        progress: is told how far each step has come.
        memory: what was read before.

    Raises:
        ProblemsFound: the texts have problems.
    """
    with stores(settings, whole=False) as kept:
        composed = compose(settings, now, kept, progress, memory)
    return version_of(composed, kept.files, settings, progress)


def version_of(composed: Composed, kept: FileCache, settings: Settings, progress: Progress) -> Version:
    """Return the site that is composed, as `version` does."""
    if composed.problems:
        raise ProblemsFound(composed.problems)
    outputs = list(_outputs(composed.site, progress))
    files = [output for output in outputs if not isinstance(output, LazyFolders)]
    finished = [file for file in files if isinstance(file, File)]
    files.append(sitemap(composed.site.cooperation.base_url, finished))
    authored, copies = composed.authored, composed.authored_files
    problems = [*composed.flaws(files, copies, settings), *names_in_files(finished, authored.roles)]
    if problems:
        raise ProblemsFound(problems)
    return Version(
        authored=authored,
        site=composed.site,
        files={file.url: file for file in files},
        folders=tuple(output for output in outputs if isinstance(output, LazyFolders)),
        copies={copy.url: copy for copy in copies},
        kept=kept,
        next_build=next_build(authored, composed.site.now),
    )


def _outputs(site: PublicSite, progress: Progress) -> Iterable[Output]:
    table = channels()
    for number, make in enumerate(table.values(), start=1):
        yield from make(site)
        progress("Seiten, Feeds und Kalender zusammenstellen", number, len(table))
