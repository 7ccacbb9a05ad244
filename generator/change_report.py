"""What a change of the texts does, for whoever has to agree to it: as Markdown for a comment, and for programs.

Readers of such a report see the repository, and so its drafts; it tells no more than stands there. It is no part of a
site and must not be published with one.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from generator.plan import Outlook
from generator.problems import Problem
from generator.reasons import moment_text
from generator.site_changes import Changed, SiteChanges

__all__ = ["MARK", "ChangeReport", "Row", "as_json", "as_markdown"]

MARK = "<!-- schaukasten report -->"
"""The first line, by which a pipeline finds the comment that it wrote before."""

_MOST = 30
"""Longer lists are cut: a comment is to be read."""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReport:
    """What a report tells."""

    now: datetime | None = None
    """The moment that the built site stands for; None: there is none, for the texts have problems."""

    against: str | None = None
    """Where the published site was found."""

    note: str = ""
    """What is to be said of the comparison: a German sentence."""

    problems: tuple[Problem, ...] = ()
    """What keeps the site from being built."""

    lost: tuple[Problem, ...] = ()
    """Published addresses that would vanish."""

    ahead: tuple[Problem, ...] = ()
    """What keeps the site from being built from a moment on."""

    changes: SiteChanges | None = None
    turns: tuple[Row, ...] = ()
    """What happens by itself: moment, what happens, title, file."""

    held: tuple[Row, ...] = ()
    """What is held back: title, why, file."""

    outlooks: tuple[Outlook, ...] = ()
    """What other packages tell of the time to come: the next newsletter."""

    hints: tuple[Problem, ...] = ()


def as_json(report: ChangeReport) -> str:
    """Return the same for programs: the names of `ChangeReport`, moments in ISO 8601."""
    told: dict[str, Any] = asdict(report) | {"now": report.now.isoformat() if report.now else None}
    return json.dumps(told, ensure_ascii=False, indent=2)


def as_markdown(report: ChangeReport) -> str:
    """Return a comment, in the Markdown that GitLab, GitHub and Forgejo have in common."""
    parts = [part for make in _PARTS if (part := make(report))]
    return "\n\n".join([MARK, *parts]) + "\n"


def _head(report: ChangeReport) -> str:
    if report.problems:
        return "## ❌ So kann die Seite nicht gebaut werden"
    verdict = next((text for holds, text in _VERDICTS if holds(report)), "## ✅ Was diese Änderung bewirkt")
    moment = f"Gebaut für {moment_text(report.now)} Uhr" if report.now else ""
    compared = f", verglichen mit {_code(report.against)}" if report.changes and report.against else ""
    return f"{verdict}\n\n{moment}{compared}. {report.note}".rstrip()


_VERDICTS: Sequence[tuple[Callable[[ChangeReport], object], str]] = (
    (lambda report: report.lost, "## ⚠️ Veröffentlichte Adressen würden verschwinden"),
    (lambda report: report.ahead, "## ⚠️ Die Seite könnte bald nicht mehr gebaut werden"),
)
"""What is said first where something is wrong, the worst first."""


def _mistakes(report: ChangeReport) -> str:
    return _list((*report.problems, *report.lost, *report.ahead), _problem)


def _changes(report: ChangeReport) -> str:
    changes = report.changes
    if changes is None:
        return ""
    parts = {"neu": changes.new, "geändert": changes.changed, "entfällt": changes.removed}
    counts = ", ".join(f"{len(items)} {what}" for what, items in parts.items())
    texts = [(what, item) for what, items in parts.items() for item in items if _is_told(what, item)]
    rows = [(what, _text(item.title or "–"), _code(f"/{item.address}")) for what, item in texts]
    rest = sum(map(len, parts.values())) - len(texts)
    note = "Alle Seiten ändern sich: ihr Rahmen (Navigation, Gestaltung, Programm) oder der Zeitpunkt.\n\n"
    more = f"\n\nDazu {rest} Übersichten, Feeds und Kalender." if rest else ""
    table = _table(("", "Titel", "Adresse"), rows)
    return f"### Seiten und Dateien: {counts}\n\n{note if changes.everything else ''}{table}{more}".rstrip()


def _is_told(what: str, item: Changed) -> bool:
    """Tell whether something is named one by one: texts, and downloads that come or go; lists follow from them."""
    return item.title is not None or what == "entfällt" or (not item.address.endswith(_LISTED) and bool(item.address))


_LISTED = ("/", ".ics", "feed.xml", "feed.atom", "feed.json", ".txt", ".json", ".xml", ".htaccess", "_redirects")
"""Ends of the addresses of lists, and of what is made of lists."""


def _turns(report: ChangeReport) -> str:
    if report.problems:
        return ""
    rows = [(when, what, _text(title), _code(file)) for when, what, title, file in report.turns]
    nothing = "In den nächsten Wochen geschieht nichts von selbst."
    return f"### Was wann geschieht\n\n{_table(('Wann', 'Was', 'Titel', 'Datei'), rows) or nothing}"


def _held(report: ChangeReport) -> str:
    rows = [(_text(title), _text(why), _code(file)) for title, why, file in report.held]
    return f"### Zurückgehalten\n\n{_table(('Titel', 'Warum', 'Datei'), rows)}" if rows else ""


def _outlooks(report: ChangeReport) -> str:
    parts = [f"### {_text(outlook.title)}\n\n{_list(outlook.lines, _code)}" for outlook in report.outlooks]
    return "\n\n".join(parts)


def _hints(report: ChangeReport) -> str:
    if not report.hints:
        return ""
    summary = f"<summary>{len(report.hints)} Hinweise</summary>"
    return f"<details>{summary}\n\n{_list(report.hints, _problem)}\n\n</details>"


_PARTS: Sequence[Callable[[ChangeReport], str]] = (
    _head,
    _mistakes,
    _changes,
    _turns,
    _held,
    _outlooks,
    _hints,
)


def _problem(problem: Problem) -> str:
    return f"{_code(f'{problem.path}:{problem.line}')} {_text(problem.message)} {_text(problem.remedy)}"


def _list(items: Sequence[Any], show: Callable[[Any], str]) -> str:
    return "\n".join(_cut([f"- {show(item)}" for item in items], "- … und {} weitere"))


def _table(head: Row, rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    empty = " |" * (len(head) - 1)
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(
        [f"| {' | '.join(head)} |", "|---" * len(head) + "|", *_cut(lines, f"| … und {{}} weitere{empty} |")]
    )


def _cut(lines: Sequence[str], more: str) -> Iterator[str]:
    yield from lines[:_MOST]
    if len(lines) > _MOST:
        yield more.format(len(lines) - _MOST)


def _text(text: str) -> str:
    """Return a text in which nothing is taken for Markdown, HTML or a command, and nobody is called by it."""
    plain = " ".join(text.split())
    escaped = re.sub(r"([\\`*_\[\]<>#!|~$])", r"\\\1", plain)
    return escaped.replace("@", "@\u2060")


def _code(text: str | None) -> str:
    plain = " ".join((text or "").split()).replace("`", "'").replace("|", "\\|")
    return f"`{plain}`"
