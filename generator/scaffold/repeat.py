"""A text of an earlier time, to be used again: last year's fest, the invitation to each meeting."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

from generator.scaffold.kinds import Kind
from generator.scaffold.yaml_text import Value, written

__all__ = ["repeated"]

_YEAR = timedelta(weeks=52)
_DAY = re.compile(r"(?<![\w/.-])([0-9]{4}-[0-9]{2}-[0-9]{2})(?![\w/-]|\.\w)")
"""Not as a part of a file's name."""
_FIELD = re.compile(r"([a-z_]+):")
_OVER = frozenset(
    "id aliases publish expires embargo withdraw_on changes sign_off cancelled report draft state items".split()
)
"""Fields that were true of the earlier text only."""

_ONLY_A_DAY = len("2026-12-01")
_DRAFT = "draft: ja  # Entwurf. Diese Zeile löschen, wenn der Text erscheinen darf."


def repeated(text: str, kind: Kind, given: Mapping[str, Value], day: str | None, today: date) -> tuple[str, str]:
    """Return a text with some fields written anew and later days, as a draft; and its day.

    All days in the fields move by the same number of weeks, so that a Saturday stays one; what was true of the earlier
    text only is left out. The body stays as it is.

    Args:
        text: the earlier text, front matter included.
        kind: what it is; one whose texts have a day.
        given: the fields that are written anew, its title among them.
        day: the new day, ISO 8601, with the time if that is another one, too; None: the first time that it comes again,
            a year or several later.
        today: the earliest day that makes sense.

    Raises:
        ValueError: the earlier text has no front matter, or no such day.
    """
    assert kind.day is not None
    _, front_matter, body = text.split("---\n", 2)
    found = re.search(rf"^{kind.day}:\s*[\"']?([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})", front_matter, re.MULTILINE)
    if found is None:
        raise ValueError(kind.day)
    before = date.fromisoformat(found[1])
    by = date.fromisoformat(day[:10]) - before if day else _next_time(before, today) - before
    anew = {**given, kind.day: day} if day and len(day) > _ONLY_A_DAY else given
    kept = "\n".join(_kept(front_matter, anew))
    moved = _DAY.sub(lambda one: (date.fromisoformat(one[1]) + by).isoformat(), kept)
    fixed = [
        f"{name}: {value}" for name, value in kind.fixed.items() if not re.search(rf"^{name}:", kept, re.MULTILINE)
    ]
    lines = ["---", *(f"{name}: {written(value)}" for name, value in anew.items()), moved, *fixed, _DRAFT, "---"]
    return "\n".join(lines) + "\n" + body, (before + by).isoformat()


def _next_time(before: date, today: date) -> date:
    """Return the first same weekday, a whole number of years of 52 weeks later, that is not before today."""
    following = before + _YEAR
    while following < today:
        following += _YEAR
    return following


def _kept(front_matter: str, anew: Collection[str]) -> Iterator[str]:
    """Yield the lines of the fields that are kept, with what is nested in them."""
    keeps = True
    for line in front_matter.rstrip("\n").split("\n"):
        field = _FIELD.match(line)
        if field:
            keeps = field[1] not in _OVER and field[1] not in anew
        if keeps and not line.startswith("#"):
            yield line
