"""A trial: one peer builds one corpus, from nothing and after an edit, and what it made is looked at each time."""

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpus import articles
from benchmarks.measure import CommandError, Measurement, measure
from benchmarks.peers import Peer


@dataclass(frozen=True, slots=True)
class Output:
    """The size of a finished site."""

    files: int
    bytes: int


@dataclass(slots=True, kw_only=True)
class Trial:
    """One peer at one size; `prepare` it, then run its rounds in turn with those of its rivals."""

    peer: Peer
    program: Path
    size: int
    """Articles in the corpus."""

    folder: Path
    """The corpus folder, which belongs to this trial alone."""

    timeout: float
    """Seconds each build may take."""

    cold: list[Measurement] = field(default_factory=list)
    rebuilds: list[Measurement] = field(default_factory=list)
    weighed: list[Measurement] = field(default_factory=list)
    """Builds of which only the memory counts."""

    output: Output = Output(0, 0)
    failure: str = ""
    """Why the trial ended early; empty as long as all is well."""

    _sources: list[Path] = field(default_factory=list)
    _pages: list[Path] = field(default_factory=list)

    def prepare(self) -> None:
        """Write the corpus anew."""
        self._put_aside(self.folder)
        self.peer.write(self.folder, articles(self.size))
        for article in articles(self.size):
            self._sources.append(self.folder / self.peer.source(article))
            self._pages.append(self.folder / self.peer.output / self.peer.page(article))

    def weigh(self) -> None:
        """Build once from nothing and once more, for the memory; it also warms the file system's caches."""
        try:
            self.weighed += [self._build_cold(weigh=True), self._measure(self.peer.rebuild, weigh=True)]
        except CommandError as error:
            self.failure = str(error)

    def tidy(self) -> None:
        """Delete what was put aside."""
        shutil.rmtree(self._aside, ignore_errors=True)

    @property
    def _aside(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.aside")

    def _put_aside(self, path: Path) -> None:
        # Not deleted before the end: a file system such as ext4 is slow to reuse what was deleted a moment ago, and the
        # more files a build makes, the more that would cost it.
        if path.exists():
            self._aside.mkdir(parents=True, exist_ok=True)
            path.rename(Path(tempfile.mkdtemp(dir=self._aside)) / path.name)

    def run(self, number: int) -> None:
        """Run round ``number`` (from 0): a cold build, an edit, a rebuild. A failure is kept, not raised."""
        try:
            self.cold.append(self._build_cold())
            self.rebuilds.append(self._build_after_edit(number))
        except CommandError as error:
            self.failure = str(error)

    def _build_cold(self, *, weigh: bool = False) -> Measurement:
        for name in self.peer.transient:
            self._put_aside(self.folder / name)
        measurement = self._measure(self.peer.cold, weigh=weigh)
        missing = [page for page in self._pages if not page.exists()]
        if missing:
            raise CommandError(f"{len(missing)} of {self.size} articles have no page, such as {missing[0]}")
        self.output = _size_of(self.folder / self.peer.output)
        return measurement

    def _build_after_edit(self, number: int) -> Measurement:
        # The newest article first, as in an office, then older and older ones.
        index = (self.size - 1 - number * max(1, self.size // 7)) % self.size
        sentence = f"Nachtrag {self.size}-{number}: Die Unterlagen liegen bis Freitag im Rathaus aus."
        with self._sources[index].open("a", encoding="utf-8") as source:
            source.write(f"\n{sentence}\n")
        measurement = self._measure(self.peer.rebuild)
        if sentence not in self._pages[index].read_text(encoding="utf-8"):
            raise CommandError(f"the edit does not show in {self._pages[index]}")
        return measurement

    def _measure(self, arguments: Sequence[str], *, weigh: bool = False) -> Measurement:
        # What others have written must not reach the disk during this run.
        os.sync()
        return measure(
            [self.program, *arguments],
            folder=self.folder,
            log=self.folder.with_suffix(".log"),
            timeout=self.timeout,
            environment=self.peer.environment,
            weigh=weigh,
        )


def _size_of(folder: Path) -> Output:
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return Output(len(sizes), sum(sizes))
