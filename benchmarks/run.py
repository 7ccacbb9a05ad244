"""Runs the benchmark: ``python benchmarks/run.py`` (see README.md beside this file)."""

import argparse
import sys
from pathlib import Path

# Python puts the folder of a script on the path, not the one above it, where the package is found.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import report
from benchmarks.layouts import PROJECT
from benchmarks.peers import PEERS, Peer
from benchmarks.trial import Trial

_ROUNDS = 3
_WARM_UP = 10
"""Articles of a first build that does not count: it fills caches and shows whether the peer works at all."""


def main() -> int:
    """Measure, print the tables, and return 1 if a peer failed."""
    options = _parse_arguments()
    peers = {key: PEERS[key] for key in options.peers}
    programs = {key: peer.program(options.work) for key, peer in peers.items()}
    present = {key: (peers[key], program) for key, program in programs.items() if program is not None}
    absent = [peers[key].name for key, program in programs.items() if program is None]
    for name in absent:
        _tell(f"{name}: not installed")

    trials: report.Trials = {}
    for size in (_WARM_UP, *options.sizes):
        contest = {}
        for key, (peer, program) in present.items():
            folder = options.work / str(size) / key
            trial = Trial(peer=peer, program=program, size=size, folder=folder, timeout=options.timeout)
            trial.prepare()
            contest[key] = trial
        for trial in contest.values():
            # What takes minutes is not built twice more for its memory; its largest process is known all the same.
            if _rounds_of(trial.peer, size, options.rounds) > 1:
                trial.weigh()
        _run_in_turn(list(contest.values()), 1 if size == _WARM_UP else options.rounds)
        if size == _WARM_UP:
            present = {key: present[key] for key, trial in contest.items() if not trial.failure}
        trials |= {(key, size): trial for key, trial in contest.items() if size != _WARM_UP or trial.failure}

    for trial in trials.values():
        trial.tidy()
    versions = [f"{peer.name} {peer.version(program)}".strip() for peer, program in present.values()]
    text = report.render(trials, absent, versions)
    print(text)
    if options.write:
        report.write_readme(text)
        _tell(f"written to {report.README.relative_to(PROJECT)}")
    return 1 if any(trial.failure for trial in trials.values()) else 0


def _run_in_turn(trials: list[Trial], rounds: int | None) -> None:
    """Run the rounds of all trials interleaved (A, B, C, A, B, C), so that a machine that slows down hits all alike."""
    for number in range(max(_rounds_of(trial.peer, trial.size, rounds) for trial in trials) if trials else 0):
        for trial in trials:
            if trial.failure or number >= _rounds_of(trial.peer, trial.size, rounds):
                continue
            trial.run(number)
            _tell(f"{trial.size:,} articles, round {number + 1}, {trial.peer.name}: {_outcome(trial)}")


def _rounds_of(peer: Peer, size: int, asked: int | None) -> int:
    if asked is not None:
        return asked
    return 1 if peer.one_round_from is not None and size >= peer.one_round_from else _ROUNDS


def _outcome(trial: Trial) -> str:
    if trial.failure:
        return f"FAILED: {trial.failure}"
    return f"cold {trial.cold[-1].wall:.2f} s, one edit {trial.rebuilds[-1].wall:.2f} s"


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare Schaukasten with its peers on the same texts.")
    parser.add_argument("--sizes", type=_sizes, default=[100, 1000, 5000], help="articles (default: 100,1000,5000)")
    parser.add_argument("--rounds", type=int, help=f"rounds (default: {_ROUNDS}; stock Material 1 from 5,000 articles)")
    parser.add_argument("--peers", type=_peers, default=list(PEERS), help=f"peers (default: {','.join(PEERS)})")
    parser.add_argument("--timeout", type=float, default=600, help="seconds a build may take (default: 600)")
    parser.add_argument("--work", type=Path, default=PROJECT / "build" / "benchmarks", help="folder for all it writes")
    parser.add_argument("--write", action="store_true", help="put the tables into benchmarks/README.md")
    options = parser.parse_args()
    options.work = options.work.resolve()
    return options


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",")]


def _peers(text: str) -> list[str]:
    names = text.split(",")
    unknown = [name for name in names if name not in PEERS]
    if unknown:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; known: {', '.join(PEERS)}")
    return names


if __name__ == "__main__":
    sys.exit(main())
