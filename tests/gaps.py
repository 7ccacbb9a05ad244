"""Rows of tables as test cases; one that is right but not met yet is expected to fail, and says so once it is met."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from tests.project import load_cases

__all__ = ["rows"]

GAPS: dict[str, dict[str, list[Any]]] = load_cases("gaps").get("gaps") or {}


def rows(test: str, table: Iterable[Any], key: Callable[[Any], str] = str) -> list[Any]:
    """Return the parameters of each row.

    Args:
        test: the name of the test; ``cases/gaps/gaps.yml`` lists the rows that it does not meet, under their reason.
        table: the rows; of a mapping, its items; a row that is a tuple has several parameters.
        key: what a row goes by there, from its last parameter; of a mapping, from its key.
    """
    reasons = {str(row): reason for reason, gaps in GAPS.get(test, {}).items() for row in gaps}
    if isinstance(table, Mapping):
        named = [(key(name), (name, value)) for name, value in table.items()]
    else:
        several = [row if isinstance(row, tuple) else (row,) for row in table]
        named = [(key(row[-1]), row) for row in several]
    return [
        pytest.param(*row, marks=[pytest.mark.xfail(strict=True, reason=reasons[name])] if name in reasons else [])
        for name, row in named
    ]
