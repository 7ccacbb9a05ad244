"""An address that was given up has a page that says so, and nothing else knows of it."""

from tests.project import COOPERATION
from tests.sample import Built, build

SETTINGS = (
    COOPERATION
    + """\
gone:
  - {address: /aktuelles/alt/, note: Der Beitrag ist überholt., date: 2026-11-01}
  - {address: /ämter/}
  - {address: /aktuelles/plan.pdf}
"""
)
EXPIRED = """\
---
title: Geheimnis
summary: Geheimnis.
date: 2026-10-01
expires: 2026-11-01
attachments: [{file: geheimnis.pdf, title: Geheimnis}]
---
Geheimnis.
"""


def built() -> Built:
    files = {"kooperation.yml": SETTINGS, "aktuelles/alt.md": EXPIRED, "aktuelles/geheimnis.pdf": "Geheimnis"}
    return build(files)


def test_the_page_tells_what_the_settings_say() -> None:
    page = built().page("aktuelles/alt/")
    page.meta.pop("structured_data")
    assert page.meta == {
        "template": "gone.html",
        "type": "gone",
        "title": "Diese Seite gibt es nicht mehr",
        "description": "Der Beitrag ist überholt.",
        "date": {"iso": "2026-11-01", "text": "1. November 2026"},
        "breadcrumbs": [],
        "noindex": True,
    }
    assert page.body.strip() == ""


def test_without_a_note_it_tells_nothing() -> None:
    page = built().page("%C3%A4mter/")
    assert page.meta["description"] == "Was hier stand, ist nicht mehr veröffentlicht."
    assert page.meta["date"] is None


def test_a_file_has_no_page() -> None:
    assert "aktuelles/plan.pdf" not in built().files


def test_nothing_else_names_it_or_what_was_there() -> None:
    site = built()
    for url, file in site.files.items():
        text = file.data.decode(errors="replace")
        assert "Geheimnis" not in text, url
        if url not in {"aktuelles/alt/", "%C3%A4mter/"}:
            assert "aktuelles/alt" not in text, url
            assert "überholt" not in text, url
