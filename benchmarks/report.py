"""Tables of the results, and the figures that Schaukasten is to reach."""

import os
import platform
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Measurement, Spread
from benchmarks.trial import Trial

README = Path(__file__).resolve().parent / "README.md"

_BEGIN, _END = "<!-- table -->", "<!-- /table -->"
_MEGABYTE = 1_000_000

Trials = dict[tuple[str, int], Trial]
"""Every finished trial by its peer's key and its size."""


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to reach: ``value`` reads it from the trials and may raise KeyError if one of them is missing."""

    text: str
    limit: float
    unit: str
    """What follows the figure; empty for a ratio."""

    value: Callable[[Trials], float]


TARGETS = (
    Target(
        "1,000 articles, cold, to Material",
        0.15,
        "",
        lambda t: cold(t["schaukasten", 1000]) / cold(t["material", 1000]),
    ),
    Target(
        "1,000 articles without search, cold, to Material",
        0.15,
        "",
        lambda t: cold(t["schaukasten-without-search", 1000]) / cold(t["material", 1000]),
    ),
    Target(
        "1,000 articles without search, cold, to Hugo",
        2.5,
        "",
        lambda t: cold(t["schaukasten-without-search", 1000]) / cold(t["hugo", 1000]),
    ),
    Target(
        "1,000 articles, one edit, to Material",
        0.05,
        "",
        lambda t: rebuild(t["schaukasten", 1000]) / rebuild(t["material", 1000]),
    ),
    Target(
        "1,000 articles, one edit, to Hugo with Pagefind",
        1,
        "",
        lambda t: rebuild(t["schaukasten", 1000]) / rebuild(t["hugo-with-pagefind", 1000]),
    ),
    Target(
        "1,000 articles without search, one edit, to Hugo",
        1,
        "",
        lambda t: rebuild(t["schaukasten-without-search", 1000]) / rebuild(t["hugo", 1000]),
    ),
    Target(
        "5,000 articles, cold, to 1,000",
        5.5,
        "",
        lambda t: cold(t["schaukasten", 5000]) / cold(t["schaukasten", 1000]),
    ),
    Target(
        "5,000 articles, peak of the process tree",
        300,
        " MB",
        lambda t: max(peak_process(t["schaukasten", 5000]), peak_tree(t["schaukasten", 5000])) / _MEGABYTE,
    ),
)


def cold(trial: Trial) -> float:
    """Return the median wall time of the cold build, in seconds."""
    return Spread.of([run.wall for run in trial.cold]).median


def rebuild(trial: Trial) -> float:
    """Return the median wall time of the build after one edit, in seconds."""
    return Spread.of([run.wall for run in trial.rebuilds]).median


def peak_process(trial: Trial) -> int:
    """Return the greatest memory a single process reached in any run, in bytes."""
    return max(run.peak_process for run in _runs(trial))


def peak_tree(trial: Trial) -> int:
    """Return the greatest memory the processes of a weighed run reached together, in bytes; 0: none was weighed."""
    return max(run.peak_tree for run in _runs(trial))


def render(trials: Trials, absent: Iterable[str], versions: Iterable[str]) -> str:
    """Return the whole report as Markdown: conditions, times and sizes, targets."""
    parts = [
        f"{', '.join([*versions, *_machine()])}.",
        _results(trials),
        _targets(trials),
        *(f"Not measured: {name} (not installed)." for name in absent),
        *(
            f"{trial.peer.name} at {trial.size:,} articles: {trial.failure.splitlines()[0]}"
            for trial in trials.values()
            if trial.failure
        ),
    ]
    return "\n\n".join(parts) + "\n"


def write_readme(report: str) -> None:
    """Put the report between the markers of the README."""
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(_BEGIN, 1)
    after = rest.split(_END, 1)[1]
    README.write_text(f"{before}{_BEGIN}\n\n{report}\n{_END}{after}", encoding="utf-8")


def _machine() -> tuple[str, ...]:
    return (
        f"Python {platform.python_version()}",
        f"{platform.system()} {platform.machine()}",
        f"{os.cpu_count()} cores",
    )


def _runs(trial: Trial) -> list[Measurement]:
    return [*trial.cold, *trial.rebuilds, *trial.weighed]


def _results(trials: Trials) -> str:
    header = (
        "Articles",
        "Peer",
        "Rounds",
        "Cold, s",
        "Cold, CPU s",
        "One edit, s",
        "Peak of a process, MB",
        "Peak of the tree, MB",
        "Files",
        "Output, MB",
        "Cold ÷ Material",
        "Cold ÷ Hugo",
        "Edit ÷ Material",
        "Edit ÷ Hugo",
    )
    rows = [_row(trials, key) for key in trials if trials[key].rebuilds]
    return _table(header, rows, left=(1,))


def _row(trials: Trials, key: tuple[str, int]) -> list[str]:
    trial, size = trials[key], key[1]
    rivals = [trials.get((rival, size)) for rival in ("material", "hugo")]
    return [
        f"{size:,}",
        trial.peer.name,
        str(len(trial.cold)),
        _spread([run.wall for run in trial.cold]),
        f"{Spread.of([run.cpu for run in trial.cold]).median:.2f}",
        _spread([run.wall for run in trial.rebuilds]),
        f"{peak_process(trial) / _MEGABYTE:.0f}",
        f"{peak_tree(trial) / _MEGABYTE:.0f}" if trial.weighed else "–",
        f"{trial.output.files:,}",
        f"{trial.output.bytes / _MEGABYTE:.1f}",
        *(_ratio(cold, trial, rival) for rival in rivals),
        *(_ratio(rebuild, trial, rival) for rival in rivals),
    ]


def _spread(values: Sequence[float]) -> str:
    spread = Spread.of(values)
    if len(values) == 1:
        return f"{spread.median:.2f}"
    return f"{spread.median:.2f} ({spread.least:.2f} to {spread.greatest:.2f})"


def _ratio(figure: Callable[[Trial], float], trial: Trial, rival: Trial | None) -> str:
    if rival is None or not rival.rebuilds:
        return ""
    return f"{figure(trial) / figure(rival):.3g}"


def _targets(trials: Trials) -> str:
    measured = {key: trial for key, trial in trials.items() if trial.rebuilds}
    rows = []
    for target in TARGETS:
        try:
            value = target.value(measured)
        except KeyError:
            figure, verdict = "", "not measured"
        else:
            figure, verdict = f"{value:.3g}{target.unit}", "reached" if value <= target.limit else "missed"
        rows.append([target.text, f"≤ {target.limit:g}{target.unit}", figure, verdict])
    return _table(("Schaukasten's figure", "To reach", "Measured", ""), rows, left=(0, 3))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]], *, left: Sequence[int]) -> str:
    alignment = ["---" if column in left else "---:" for column in range(len(header))]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (header, alignment, *rows))
