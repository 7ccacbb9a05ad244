"""Compares making a letter's HTML with this project and with the reference engine (npm ``mjml``), on the same MJML.

Run it with ``python benchmarks/letters.py`` after ``make tests/node_modules``. (A file named ``mjml.py`` would stand in
the way of the package of that name.)
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import articles
from benchmarks.measure import Spread
from newsletter.mjml import environment

_FOLDER = Path(__file__).resolve().parent
_PROJECT = _FOLDER.parent
_TIMEOUT = 300

_OURS = """
import json, sys, time
source = open(sys.argv[1], encoding="utf-8").read()
from newsletter.mjml import to_html
times = []
for _ in range(int(sys.argv[2])):
    started = time.perf_counter()
    html = to_html(source, "letter.mjml")
    times.append(time.perf_counter() - started)
print(json.dumps({"times": times, "bytes": len(html.encode())}))
"""
_ENGINE = """
import json, sys, time
source = open(sys.argv[1], encoding="utf-8").read()
import mjml
times = []
for _ in range(int(sys.argv[2])):
    started = time.perf_counter()
    html = mjml.mjml2html(source, fonts={})
    times.append(time.perf_counter() - started)
print(json.dumps({"times": times, "bytes": len(html.encode())}))
"""
_REFERENCE = """
const source = require("fs").readFileSync(process.argv[1], "utf8");
const mjml = require("mjml");
(async () => {
    const times = [];
    let html = "";
    for (let round = 0; round < Number(process.argv[2]); round++) {
        const started = process.hrtime.bigint();
        html = (await mjml(source, { fonts: {}, validationLevel: "strict" })).html;
        times.push(Number(process.hrtime.bigint() - started) / 1e9);
    }
    console.log(JSON.stringify({ times, bytes: Buffer.byteLength(html) }));
})();
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Contestant:
    """A way from MJML to HTML: a program that renders a file as often as told, and prints the times."""

    name: str
    command: Sequence[str]
    folder: Path
    renders: int
    """How many renders one process does where single renders are timed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What a contestant took for one letter."""

    process: Spread
    """Seconds of a whole process that renders the letter once."""

    render: Spread
    """Seconds of a render in a process that has done one before."""

    size: int
    """Bytes of the HTML."""


def _contestants() -> tuple[Contestant, ...]:
    python, node = sys.executable, shutil.which("node") or "node"
    tests = _PROJECT / "tests"
    return (
        Contestant(name="Schaukasten", command=(python, "-c", _OURS), folder=_PROJECT, renders=200),
        Contestant(name="mrml alone", command=(python, "-c", _ENGINE), folder=_PROJECT, renders=200),
        Contestant(name="npm mjml", command=(node, "-e", _REFERENCE), folder=tests, renders=30),
    )


def _run(contestant: Contestant, letter: Path, renders: int) -> tuple[float, Mapping[str, list[float]], int]:
    """Return the seconds of the process, what it printed, and the bytes of the HTML."""
    started = time.perf_counter()
    result = subprocess.run(
        [*contestant.command, str(letter), str(renders)],
        cwd=contestant.folder,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT,
        check=True,
    )
    wall = time.perf_counter() - started
    printed = json.loads(result.stdout)
    return wall, printed, printed["bytes"]


def _compare(letter: Path, rounds: int) -> dict[str, Result]:
    """Measure all contestants, interleaved, so that a machine that slows down hits all alike."""
    processes: dict[str, list[float]] = {}
    for _ in range(rounds):
        for contestant in _contestants():
            processes.setdefault(contestant.name, []).append(_run(contestant, letter, 1)[0])
    results = {}
    for contestant in _contestants():
        _, printed, size = _run(contestant, letter, contestant.renders)
        render = Spread.of(printed["times"][1:])
        results[contestant.name] = Result(process=Spread.of(processes[contestant.name]), render=render, size=size)
    return results


def _table(items: int, source: str, results: Mapping[str, Result]) -> str:
    """Return a Markdown table; ratios say how many times as long the reference takes."""
    reference = results["npm mjml"]
    lines = [
        f"**{items} items**, {len(source.encode()) / 1000:.0f} KB of MJML:",
        "",
        "| | whole process | ratio | one letter | ratio | HTML |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, result in results.items():
        process, render = result.process.median, result.render.median
        lines.append(
            f"| {name} | {process * 1000:.0f} ms | {reference.process.median / process:.1f} "
            f"| {render * 1000:.2f} ms | {reference.render.median / render:.1f} | {result.size / 1000:.0f} KB |"
        )
    return "\n".join(lines)


def main() -> int:
    """Measure and print a table for each size; return 1 if the reference is not installed."""
    parser = argparse.ArgumentParser(description="Compare making a letter's HTML with the reference engine.")
    parser.add_argument("--items", default="3,10,20", help="items in the letter (default: 3,10,20)")
    parser.add_argument("--rounds", type=int, default=5, help="processes of each contestant (default: 5)")
    parser.add_argument(
        "--work", type=Path, default=_PROJECT / "build" / "benchmarks", help="folder for what it writes"
    )
    options = parser.parse_args()
    if shutil.which("node") is None or not (_PROJECT / "tests" / "node_modules" / "mjml").is_dir():
        print("The reference is not installed: make tests/node_modules", file=sys.stderr)
        return 1
    template = (_FOLDER / "letter.mjml").read_text(encoding="utf-8")
    options.work.mkdir(parents=True, exist_ok=True)
    for items in map(int, options.items.split(",")):
        values = {"title": "Neues aus der Allianz", "items": list(articles(items))}
        # A template without a name gets no stamps, which the others would not understand.
        source = environment(_FOLDER).from_string(template).render(values)
        letter = options.work / f"letter-{items}.mjml"
        letter.write_text(source, encoding="utf-8")
        print(_table(items, source, _compare(letter, options.rounds)), end="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
