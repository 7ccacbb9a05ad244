"""What is right in the words of schema.org, by the tables in ``cases/structured-data``."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from generator.build import prepare
from generator.channels.output import File
from generator.model.content_type import DEFAULT_FOLDERS
from generator.model.site import Layout
from generator.progress import silent
from generator.settings import Settings
from tests.project import ROOT, load_cases
from tests.sample import NOW, Built

__all__ = ["TABLES", "Stated", "demo", "mistakes"]

TABLES = load_cases("structured-data")
_AT_THE_TOP = {
    "Event": "event",
    "NewsArticle": "news-article",
    "Report": "report",
    "PublicationIssue": "publication-issue",
    "WebPage": "web-page",
    "WebSite": "web-site",
    "GovernmentOrganization": "cooperation",
    "CollectionPage": "collection-page",
    "SearchResultsPage": "search-results-page",
    "BreadcrumbList": "breadcrumb-list",
}
"""By the type of a thing that a page shows, its table; those of things within others are named by their tables."""

_MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"
_DAY = r"\d{4}-\d\d-\d\d"
_VALUES: Mapping[str, Callable[[Any], bool]] = {
    "Text": lambda value: isinstance(value, str) and value.strip() == value != "",
    "Address": lambda value: isinstance(value, str) and re.fullmatch(r"https://[^\s<>\"]+", value) is not None,
    "Moment": lambda value: isinstance(value, str) and re.fullmatch(_MOMENT, value) is not None,
    "Day": lambda value: isinstance(value, str) and re.fullmatch(_DAY, value) is not None,
    "Day or Moment": lambda value: isinstance(value, str) and re.fullmatch(f"{_DAY}|{_MOMENT}", value) is not None,
    "Time": lambda value: isinstance(value, str) and re.fullmatch(r"\d\d:\d\d:\d\d", value) is not None,
    "Duration": lambda value: isinstance(value, str) and re.fullmatch(r"P[1-9]\d*[DWMY]", value) is not None,
    "Language": lambda value: value in ("de", "en"),
    "Number": lambda value: type(value) is int,
    "Truth": lambda value: type(value) is bool,
    "reference": lambda value: isinstance(value, dict) and value.keys() == {"@id"},
}


@cache
def demo() -> Built:
    """Return the demo site with short lists, and pages of its own elsewhere."""
    with TemporaryDirectory() as folder:
        settings = Settings(
            content=ROOT / "content",
            build=Path(folder),
            layout=Layout(folders=DEFAULT_FOLDERS, page_size=5, profiles=("https://social.example.org/@wald",)),
            markdown_extensions=("abbr", "admonition", "def_list", "footnotes", "tables"),
        )
        prepared = prepare(settings, datetime.fromisoformat(NOW), silent)
    large = [File(path=copy.path, url=copy.url, contents=b"") for copy in prepared.copies]
    return Built(prepared.site, {file.url: file for file in (*prepared.files, *large)})


@dataclass(frozen=True)
class Stated:
    """What is stated of the subject of a page: records by the names that the tables use."""

    records: Mapping[str, Any]

    def has(self, condition: str) -> bool:
        """Tell whether something is stated: „entry.image“, „entry.topics or entry.tags“."""
        return any(self._value(path.split(".")) for path in condition.split(" or "))

    def _value(self, path: list[str]) -> Any:
        value: Any = self.records.get(path[0])
        for name in path[1:]:
            value = getattr(value, name, None)
        return value


def mistakes(thing: Mapping[str, Any], stated: Stated) -> list[str]:
    """Return what is wrong with a thing that a page shows at the top."""
    kind = thing["@type"]
    return list(_mistakes(thing, _AT_THE_TOP[kind], stated, kind)) if kind in _AT_THE_TOP else [f"{kind}: no table"]


def _mistakes(thing: Mapping[str, Any], name: str, stated: Stated, place: str) -> Iterator[str]:
    table = TABLES[name]
    rows = {**table["required"], **table.get("recommended", {}), **table.get("other", {})}
    if thing["@type"] not in table["type"]:
        yield f"{place}: {thing['@type']} is no {name}"
    yield from (f"{place}.{key}: must not be stated" for key in thing.keys() - {"@type", "@id"} - rows.keys())
    for key, row in rows.items():
        given = row if isinstance(row, dict) else {"is": row}
        expected = stated.has(given.get("if", "")) if "if" in given else True
        if key in thing:
            if not expected and "sometimes" not in given:
                yield f"{place}.{key}: nobody states it"
            values = thing[key] if isinstance(thing[key], list) else [thing[key]]
            for value in values:
                yield from _wrong_value(value, given["is"], stated, f"{place}.{key}")
        elif expected and "sometimes" not in given:
            yield f"{place}.{key}: is missing"


def _wrong_value(value: Any, expected: str | list[str], stated: Stated, place: str) -> Iterator[str]:
    wanted = expected if isinstance(expected, list) else [expected]
    if any(value == want or (want in _VALUES and _VALUES[want](value)) for want in wanted):
        return
    tables = [want for want in wanted if want in TABLES]
    fitting = [want for want in tables if isinstance(value, dict) and value.get("@type") in TABLES[want]["type"]]
    if fitting:
        yield from _mistakes(value, fitting[0], stated, place)
    else:
        yield f"{place}: {value!r} is not {' or '.join(wanted)}"
