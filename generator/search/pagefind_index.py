"""The only place that knows Pagefind: it makes the index that its program for browsers reads."""

import gzip
import json
import os
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import IO, Any

from pagefind.service import get_executable

__all__ = ["Index", "IndexingFailed", "make_index"]

_PROGRAM = ("pagefind.js", "wasm.unknown.pagefind")
_INDEX = ("pagefind-entry.json", "*.pf_meta", "index/*")
_FRAGMENT = "fragment/*"
_SIGNATURE = b"pagefind_dcd"

_LANGUAGE = "unknown"
"""Words come in base form, so Pagefind is not to cut their endings off."""

_PIECES = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "2500"}
"""A search reads a piece of each index for each word: an eighth of the usual size will do. Should a later Pagefind not
know the name, searches read more, and nothing breaks."""


class IndexingFailed(Exception):  # noqa: N818  # what failed is in the message
    """Pagefind made no index; the message is a German sentence."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index of texts."""

    names: tuple[str, ...]
    """By what names a search knows the texts, in their order; that of a text without words is empty."""

    files: Mapping[str, bytes]
    """The files that a search reads, by path."""

    program: Mapping[str, bytes]
    """Pagefind's program for browsers, by path: of several indexes, one needs it beside itself."""


def make_index(texts: Sequence[str]) -> Index:
    """Make an index of texts, which are words with spaces between them.

    Pagefind runs as a service of its own. Its client for Python is not used: it pauses for a tenth of a second before
    each answer, and has files written that are not always complete when it ends the service.

    Raises:
        IndexingFailed: Pagefind cannot be run, or refuses what it is given.
    """
    program = get_executable()
    if program is None:
        raise IndexingFailed("Für dieses System gibt es kein Pagefind. Ein Paket „pagefind-bin“ dafür installieren.")
    requests: list[Mapping[str, Any]] = [
        {"type": "NewIndex", "config": {}},
        *(
            {"type": "AddRecord", "index_id": 0, "url": str(number), "content": text, "language": _LANGUAGE}
            for number, text in enumerate(texts)
        ),
        {"type": "GetFiles", "index_id": 0},
    ]
    try:
        answers = _asked(program, requests)
    except BrokenPipeError:  # it ended before it had taken all requests
        answers = []
    if len(answers) < len(requests):
        raise IndexingFailed("Pagefind hat den Suchindex nicht fertig erstellt. Noch einmal bauen.")
    made = {file["path"]: b64decode(file["content"]) for file in answers[-1]["files"]}
    return Index(
        names=tuple(_names(_matching(made, [_FRAGMENT]), len(texts))),
        files=_matching(made, _INDEX),
        program=_matching(made, _PROGRAM),
    )


def _asked(program: Path, requests: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return what the service answers, one answer for each request unless it ends too soon."""
    environment = {**os.environ, **_PIECES}
    # What it says besides its answers is for engineers; whoever waits in vain for an answer is told so.
    with subprocess.Popen(  # noqa: S603  # Pagefind's own program, with nothing but its own option
        [program, "--service"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as service:
        assert service.stdin is not None
        assert service.stdout is not None
        # It takes all requests before anybody reads an answer, and ends when there can be no more requests.
        service.stdin.write(b"".join(_request(number, payload) for number, payload in enumerate(requests)))
        service.stdin.flush()
        return [answer for _, answer in zip(requests, _answers(service.stdout), strict=False)]


def _request(number: int, payload: Mapping[str, Any]) -> bytes:
    return b64encode(json.dumps({"message_id": number, "payload": payload}).encode()) + b","


def _answers(stream: IO[bytes]) -> Iterator[Mapping[str, Any]]:
    """Yield what the service answers until it ends."""
    rest = b""
    while data := os.read(stream.fileno(), 1 << 20):
        *answers, rest = (rest + data).split(b",")
        for answer in answers:
            payload = json.loads(b64decode(answer))["payload"]
            if payload["type"] == "Error":
                raise IndexingFailed(f"Pagefind lehnt den Suchindex ab: {payload['message']}")
            yield payload


def _matching(files: Mapping[str, bytes], patterns: Sequence[str]) -> dict[str, bytes]:
    return {path: files[path] for path in sorted(files) if any(fnmatch(path, pattern) for pattern in patterns)}


def _names(fragments: Mapping[str, bytes], count: int) -> Iterator[str]:
    """Yield the names of the texts: those of the files in which Pagefind keeps them, each with its address."""
    names = {}
    for path, data in fragments.items():
        fragment = json.loads(gzip.decompress(data).removeprefix(_SIGNATURE))
        names[int(fragment["url"])] = path.removeprefix("fragment/").removesuffix(".pf_fragment")
    return (names.get(number, "") for number in range(count))
