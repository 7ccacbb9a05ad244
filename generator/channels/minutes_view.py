"""What the page of minutes shows besides their text, and decisions and tasks as data."""

import re
from functools import lru_cache
from html import escape

from generator.channels.view import Data, View
from generator.model.minutes import AgendaItem, Attendance, Decision, Minutes, Vote
from generator.model.site import ROOT_MARK, Body

__all__ = ["decision_data", "decisions", "minutes_view", "register_row"]

_PARAGRAPH = re.compile(
    r'<p class="(?:decision|task)" id="([^"]+)">(.*?)</p>|<p id="([^"]+)" class="(?:decision|task)">(.*?)</p>',
    re.DOTALL,
)
_ROLE = re.compile(r"\s*\([^()]*\)\s*\.?\s*$")
"""Role and day at the end of a task, which its table shows in columns of their own."""

_MARKER = re.compile(r"\s*<strong>[^<]*</strong>:?\s*")


def minutes_view(view: View, minutes: Minutes) -> Data:
    """Return the meeting's particulars, its agenda, and its decisions and tasks in a table each."""
    return {
        "committee": view.committee(minutes.committee),
        "when": view.when(minutes.start, minutes.end),
        "start": minutes.start.isoformat(timespec="minutes"),
        "place": minutes.place,
        "preliminary": minutes.state == "preliminary",
        "state": view.words(f"state.{minutes.state}"),
        "attendance": _attendance(view, minutes.attendance) if minutes.attendance else None,
        "agenda": [{"number": item.number, "title": item.title, "url": f"#{item.anchor}"} for item in minutes.agenda],
        "decisions": [
            decision_data(view, minutes, decision, "") | {"item": item.number}
            for item in minutes.agenda
            for decision in item.decisions
        ],
        "tasks": [
            {
                "id": task.id,
                "item": item.number,
                "text": _ROLE.sub("", marked_text(view.site.bodies[minutes.id], task.id, task.text)),
                "role": task.role,
                "due": view.day(task.due) if task.due else None,
            }
            for item in minutes.agenda
            for task in item.tasks
        ],
    }


def decision_data(view: View, minutes: Minutes, decision: Decision, page: str) -> Data:
    """Return a decision; ``page`` is the address of the minutes (empty: the decision is shown on their own page)."""
    return {
        "id": decision.id,
        "url": f"{page}#{decision.id}",
        "text": marked_text(view.site.bodies[minutes.id], decision.id, decision.text),
        "vote": _vote(view, decision.vote) if decision.vote else None,
        "carried": decision.vote.carried if decision.vote else True,
    }


def decisions(view: View) -> list[tuple[Minutes, AgendaItem, Decision]]:
    """Return all public decisions, those of the newest minutes first."""
    minutes = [entry for entry in view.newest_first(view.site.of(Minutes)) if isinstance(entry, Minutes)]
    return [(entry, item, decision) for entry in minutes for item in entry.agenda for decision in item.decisions]


def register_row(view: View, minutes: Minutes, item: AgendaItem, decision: Decision) -> Data:
    """Return a decision as a register shows it, far from its minutes."""
    return decision_data(view, minutes, decision, ROOT_MARK + minutes.url) | {
        "date": view.day(minutes.start),
        "committee": view.committee(minutes.committee),
        "title": item.title,
        "number": item.number,
        "preliminary": minutes.state == "preliminary",
    }


def marked_text(body: Body, name: str, otherwise: str) -> str:
    """Return the wording of a decision or task: the minutes' HTML without the marker, else the words as plain text."""
    return _paragraphs(body).get(name) or escape(otherwise, quote=False)


@lru_cache(maxsize=4096)
def _paragraphs(body: Body) -> dict[str, str]:
    found = {first or second: text or other for first, text, second, other in _PARAGRAPH.findall(body.html)}
    return {name: _MARKER.sub("", text, count=1) for name, text in found.items()}


def _vote(view: View, vote: Vote) -> Data:
    words = view.words
    result = words("vote.carried" if vote.carried else "vote.rejected")
    if vote.yes is None:
        how = words("vote.unanimous") if vote.unanimous else words("vote.majority")
        return {"text": f"{how} {result}" if vote.carried else result, "counts": None}
    one = vote.abstentions == 1
    abstentions = words("vote.abstention") if one else words("vote.abstentions", count=vote.abstentions)
    counts = words("vote.counts", yes=vote.yes, no=vote.no, abstentions=abstentions)
    unanimous = vote.unanimous and vote.carried
    return {"text": f"{words('vote.unanimous')} {result}" if unanimous else result, "counts": counts}


def _attendance(view: View, attendance: Attendance) -> Data:
    counts = [
        view.words(f"attendance.{name}", count=count)
        for name in ("present", "excused", "absent")
        if (count := getattr(attendance, name)) is not None
    ]
    return {"counts": counts, "roles": list(attendance.roles)}
