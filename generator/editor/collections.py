"""The collections of the web editor: which texts there are to write, where they lie, and how they are listed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.drafts import DRAFT
from generator.editor.fields import fields_of, settings_fields
from generator.model.content_type import CONTENT_TYPES, PAGE
from generator.model.cooperation import Cooperation
from generator.model.site import PublicSite
from generator.scaffold.kinds import KINDS, Kind
from generator.scaffold.place import EDITION, LONGEST

__all__ = ["Collection", "collections_of"]

Collection = dict[str, Any]
"""A collection, as Decap CMS is told of it (decapcms.org/docs/configuration-options)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A folder of texts of a type."""

    kind: Kind
    label: str
    filters: Mapping[str, tuple[str, str]]
    """What the list can be narrowed down to: its name, to a field and what that holds."""

    has_outline: bool = False
    """Whether a new text begins with the body of its kind, as a file does."""


_DRAFTS = {"Entwürfe": ("draft", "^ja$")}

_ROWS = (
    _Row(kind=KINDS["meldung"], label="Meldungen", filters={**_DRAFTS, "Pressemitteilungen": ("kind", "^press$")}),
    _Row(kind=KINDS["termin"], label="Termine", filters=_DRAFTS),
    _Row(
        kind=KINDS["protokoll"],
        label="Protokolle",
        filters={**_DRAFTS, "Noch vorläufig": ("state", "^preliminary$")},
        has_outline=True,
    ),
    _Row(kind=KINDS["newsletter"], label="Newsletter", filters=_DRAFTS),
    _Row(kind=KINDS["seite"], label="Seiten", filters=_DRAFTS),
)


def collections_of(site: PublicSite, content: str) -> Iterator[Collection]:
    """Yield the collections, in the order in which they are shown.

    Args:
        site: whose folders and lists they are.
        content: the content folder, from the top of the repository.
    """
    folders, cooperation = site.layout.folders, site.cooperation
    yield from (_of_folder(row, folders, cooperation, content) for row in _ROWS)
    leitbild = next(kind for kind in CONTENT_TYPES if not kind.has_index)
    yield _of_files(
        leitbild.name,
        leitbild.model.label,
        {f"{content}/{folders[leitbild.name]}/index.md": leitbild.model.label},
        fields_of(leitbild, cooperation, content),
    )
    labels = {row.kind.type.name: row.label for row in _ROWS}
    introduced = {
        f"{content}/{folders[kind.name]}/index.md": labels[kind.name] for kind in CONTENT_TYPES if kind.has_index
    }
    yield _of_files("introductions", "Einleitungen", introduced, fields_of(PAGE, cooperation, content))
    settings = {f"{content}/kooperation.yml": "Angaben zur Zusammenarbeit"}
    yield _of_files("cooperation", "Zusammenarbeit", settings, settings_fields(content), extension="yml")


def _of_folder(row: _Row, folders: Mapping[str, str], cooperation: Cooperation, content: str) -> Collection:
    kind = row.kind
    name, model = kind.type.name, kind.type.model
    folder = folders.get(name, "")
    title = model.stand_ins.get("title", "title")
    outline = {"default": kind.body} if row.has_outline else {}
    fields = [
        field | outline if field["name"] == "body" else field for field in fields_of(kind.type, cooperation, content)
    ]
    collection: Collection = {
        "name": name,
        "label": row.label,
        "label_singular": model.label,
        "folder": f"{content}/{folder}".rstrip("/"),
        "extension": "md",
        "format": name,
        "create": True,
        "identifier_field": title,
        # Set by page/start.js.
        "slug": "{{fields.#file_name}}",
        "summary": _summary(title),
        "view_filters": [
            {"label": label, "field": field, "pattern": pattern} for label, (field, pattern) in row.filters.items()
        ],
        "sortable_fields": [{"field": title, "label": "Titel"}],
        "fields": fields,
    }
    rule: dict[str, Any] = {"title": title, "longest": LONGEST}
    if "number" in model.model_fields:
        rule |= {"title": "number", "before": EDITION}
    if kind.day is not None:
        day = model.model_fields[kind.day].title
        rule["day"] = kind.day
        collection |= {
            "summary": f"{{{{{kind.day} | date('DD.MM.YYYY')}}}} – {_summary(title)}",
            "sortable_fields": [
                {"field": kind.day, "label": day, "default_sort": "desc"},
                *collection["sortable_fields"],
            ],
            "view_groups": [{"label": "Jahr", "field": kind.day, "pattern": r"\d{4}"}],
            # The introduction of the folder is none of its texts.
            "filter": {"field": "#own", "value": True},
            "preview_path": f"{folder}/{{{{filename}}}}/",
        }
    return collection | {"file_name": rule}


def _summary(title: str) -> str:
    """Return how a list names a text: a draft as one."""
    return f"{{{{draft | ternary('{DRAFT}', '')}}}}{{{{{title}}}}}"


def _of_files(
    name: str, label: str, files: Mapping[str, str], fields: list[dict[str, Any]], extension: str = "md"
) -> Collection:
    return {
        "name": name,
        "label": label,
        "extension": extension,
        "format": name,
        "files": [
            {"name": file.rsplit("/", 2)[-2], "label": label, "file": file, "fields": fields}
            for file, label in files.items()
        ],
    }
