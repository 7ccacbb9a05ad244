"""A plan as the office reads it, and as a program does."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.gate import HeldBack
from generator.model.entry import Entry
from generator.model.site import Site
from generator.plan import Outlook, Plan, Turn
from generator.reasons import moment_text, reasons

__all__ = ["HAPPENS", "as_json", "as_text", "happenings"]

HAPPENS = {"appears": "erscheint", "changes": "ändert sich", "ends": "ist vorbei", "disappears": "verschwindet"}


def as_text(plan: Plan, site: Site, outlooks: Iterable[Outlook], days: int) -> str:
    """Return a plan as tables of plain text.

    Args:
        plan: the plan.
        site: everything authored, for the names of who has not signed yet.
        outlooks: what other packages tell.
        days: how far the plan looks ahead.
    """
    turns = [
        (moment_text(turn.moment), HAPPENS[what], str(entry.source.path), entry.title)
        for turn in plan.turns
        for what, entry in happenings(turn)
    ]
    held = [(str(item.entry.source.path), item.entry.title, _reasons(item, plan, site)) for item in plan.held]
    nothing = f"In den nächsten {days} Tagen erscheint, ändert sich und verschwindet nichts von selbst."
    parts = [
        f"Stand: {moment_text(plan.now)}",
        f"{f'Die nächsten {days} Tage' if days > 1 else 'Der nächste Tag'}\n{_table(turns)}" if turns else nothing,
        f"Zurückgehalten\n{_table(held)}" if held else "Zurückgehalten wird nichts.",
        *("\n".join([outlook.title, *(f"  {line}" for line in outlook.lines)]) for outlook in outlooks),
        f"Nächster Bau: {moment_text(plan.next_build)}" if plan.next_build else "Ein nächster Bau ist nicht nötig.",
    ]
    return "\n\n".join(parts)


def as_json(plan: Plan, site: Site, outlooks: Iterable[Outlook]) -> str:
    """Return the same as JSON: moments in ISO 8601, texts by file, id and title."""
    told: dict[str, Any] = {
        "now": plan.now.isoformat(),
        "next_build": plan.next_build.isoformat() if plan.next_build else None,
        "turns": [
            {"moment": turn.moment.isoformat(), "happens": what, **_named(entry)}
            for turn in plan.turns
            for what, entry in happenings(turn)
        ],
        "held": [
            {**_named(item.entry), "rules": item.rules, "reasons": list(reasons(item, site, plan.now))}
            for item in plan.held
        ],
        "outlooks": [{"title": outlook.title, "lines": outlook.lines} for outlook in outlooks],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def happenings(turn: Turn) -> Iterator[tuple[str, Entry]]:
    """Yield what happens at a moment, as `HAPPENS` names it, and to which text."""
    for what in HAPPENS:
        yield from ((what, entry) for entry in getattr(turn, what))


def _named(entry: Entry) -> dict[str, str]:
    return {"file": str(entry.source.path), "id": entry.id, "title": entry.title}


def _reasons(item: HeldBack, plan: Plan, site: Site) -> str:
    return "; ".join(reasons(item, site, plan.now))


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(f"  {line.rstrip()}" for line in lines)
