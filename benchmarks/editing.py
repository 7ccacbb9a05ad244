"""How long an editor waits: ``python benchmarks/editing.py`` (see README.md beside this file).

From a save until the page shows it in the preview of Schaukasten, Hugo and stock Material; and a check of one text.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.error import URLError

# Python puts the folder of a script on the path, not the one above it, where the package is found.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.corpus import Article, articles
from benchmarks.layouts import PROJECT
from benchmarks.measure import Spread, measure
from benchmarks.peers import PEERS

_READY = 120.0
"""Seconds that a server may take to begin."""

_VISIBLE = 60.0
"""Seconds that a change may take to show."""

_PAUSE = 1.5
"""Seconds between two edits, longer than any server waits for more to be saved."""

_LOOK = 0.005
"""Seconds between two looks at a page: the figures are that exact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """How a peer shows a site while somebody writes."""

    arguments: Callable[[int], Sequence[str]]
    """Its command's arguments, given a port."""

    address: Callable[[Article], str]
    """An article's address, relative to the server's root."""


SERVERS: Mapping[str, Server] = {
    "schaukasten": Server(
        arguments=lambda port: ("serve", "-a", f"127.0.0.1:{port}"),
        address=lambda article: f"aktuelles/{article.stem}/",
    ),
    "hugo": Server(
        arguments=lambda port: ("server", "--port", str(port), "--baseURL", f"http://127.0.0.1:{port}/", "--quiet"),
        address=lambda article: f"aktuelles/{article.stem}/",
    ),
    "material": Server(
        arguments=lambda port: ("serve", "--quiet", "-a", f"127.0.0.1:{port}"),
        address=lambda article: f"aktuelles/{article.date:%Y/%m/%d}/{article.slug}/",
    ),
}


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description="Measure how long an editor waits.")
    parser.add_argument("--size", type=int, default=1000, help="articles (default: 1000)")
    parser.add_argument("--edits", type=int, default=7, help="edits of each peer (default: 7)")
    parser.add_argument("--work", type=Path, default=PROJECT / "build" / "benchmarks", help="folder for all it writes")
    options = parser.parse_args()
    texts = list(articles(options.size))
    print("| | median, s | least to greatest, s |\n| --- | ---: | ---: |")
    for key, server in SERVERS.items():
        peer, folder = PEERS[key], options.work.resolve() / f"editing-{options.size}" / key
        program = peer.program(options.work.resolve())
        if program is None:
            print(f"| {peer.name} | not installed | |")
            continue
        peer.write(folder, texts)
        environment = {**os.environ, **peer.environment}
        with _served([str(program), *server.arguments(port := _free_port())], folder, environment):
            waits = list(_waits(texts, options.edits, folder, peer.source, server, f"http://127.0.0.1:{port}/"))
        _print(f"{peer.name}: save to visible", waits)
        if key == "schaukasten":
            _print("Schaukasten: check of one text", _checks(program, texts, options.edits, folder))
    return 0


def _print(name: str, seconds: Sequence[float]) -> None:
    spread = Spread.of(seconds)
    print(f"| {name} | {spread.median:.2f} | {spread.least:.2f} to {spread.greatest:.2f} |", flush=True)


def _waits(
    texts: Sequence[Article],
    edits: int,
    folder: Path,
    source: Callable[[Article], str],
    server: Server,
    root: str,
) -> Iterator[float]:
    _until(lambda: bool(_page(root + server.address(texts[-1]))), _READY)
    time.sleep(_PAUSE)
    for number in range(edits):
        article = texts[-1 - number * max(1, len(texts) // edits)]
        sentence = f"Nachtrag {number}-{time.time_ns()}"
        file = folder / source(article)
        text = file.read_text(encoding="utf-8") + f"\n{sentence}\n"
        begun = time.perf_counter()
        file.write_text(text, encoding="utf-8")
        _until(partial(_shows, root + server.address(article), sentence), _VISIBLE)
        yield time.perf_counter() - begun
        time.sleep(_PAUSE)


def _shows(url: str, sentence: str) -> bool:
    return sentence in _page(url)


def _checks(program: Path, texts: Sequence[Article], times: int, folder: Path) -> list[float]:
    return [
        measure(
            [program, "check", PEERS["schaukasten"].source(texts[-1 - number])],
            folder=folder,
            log=folder.with_suffix(".log"),
            timeout=60,
            environment={},
        ).wall
        for number in range(times)
    ]


@contextmanager
def _served(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Iterator[None]:
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def _until(condition: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"nothing happened for {seconds:g} s")
        time.sleep(_LOOK)


def _page(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=_VISIBLE) as answer:
            return str(answer.read().decode())
    except (URLError, ConnectionError):
        return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
