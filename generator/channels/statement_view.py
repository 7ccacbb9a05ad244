"""What the page with the accessibility statement shows."""

from functools import partial

from generator.channels.output import File, Shown, page
from generator.channels.structured_data.pages import page_data
from generator.channels.view import Data, View
from generator.model.statement import Enforcement, Limitation, Statement

__all__ = ["statement_page", "statement_view"]

_GROUNDS = ("noncompliance", "burden", "out_of_scope")


def statement_page(view: View) -> File:
    """Return the page for a site on which nobody wrote one: every page leads there."""
    url = view.site.cooperation.legal.accessibility
    return page(url, partial(_shown, view, url))


def _shown(view: View, url: str) -> Shown:
    meta: Data = {
        "title": view.words("nav.accessibility"),
        "description": view.words("statement.description"),
        "type": "page",
        "breadcrumbs": [],
    }
    meta["structured_data"] = page_data(view, "WebPage", url, meta)
    return "statement.html", meta | statement_view(view)


def statement_view(view: View) -> Data:
    """Return the statement, if there is one, and whom to tell of barriers."""
    cooperation = view.site.cooperation
    statement, office = cooperation.legal.statement, cooperation.contact
    feedback: Data
    if statement is not None and statement.feedback is not None:
        given = statement.feedback
        feedback = view.contact(given) | {"url": given.url, "note": given.note}
    else:
        feedback = view.contact(office) | {"address": office.address, "hours": office.hours}
    return {"statement": _statement(view, statement) if statement else None, "feedback": feedback}


def _statement(view: View, statement: Statement) -> Data:
    return {
        "scope": statement.scope,
        "law": list(statement.law),
        "standards": list(statement.standards),
        **_assessment(view, statement),
        "grounds": [
            {"name": ground, "limitations": limitations}
            for ground in _GROUNDS
            if (limitations := [_limitation(view, item) for item in statement.limitations if item.ground == ground])
        ],
        "created": view.day(statement.created),
        "updated": view.day(statement.updated) if statement.updated else None,
        "reviewed": view.day(statement.reviewed) if statement.reviewed else None,
        "enforcement": _enforcement(view, statement.enforcement),
    }


def _assessment(view: View, statement: Statement) -> Data:
    """Return the result and what it rests on; an assessment of a day to come has none yet."""
    day = statement.assessed_on
    if statement.conformity is None or day is None or day > view.site.now.date():
        return {"conformity": "unknown"}
    return {
        "conformity": statement.conformity,
        "assessed": view.day(day),
        "method": statement.method,
        "method_note": statement.method_note,
        "report": statement.report,
    }


def _limitation(view: View, item: Limitation) -> Data:
    return {
        "what": item.what,
        "reason": item.reason,
        "alternative": item.alternative,
        "until": view.day(item.until) if item.until else None,
    }


def _enforcement(view: View, body: Enforcement) -> Data:
    return {
        "name": body.name,
        "address": body.address,
        "phone": view.phone(body.phone) if body.phone else None,
        "email": body.email,
        "url": body.url,
        "note": body.note,
    }
