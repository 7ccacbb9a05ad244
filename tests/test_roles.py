"""Names that are not public: roles in their place everywhere, and nothing left where that cannot be."""

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.gate import gate
from generator.model.roles import Roles
from generator.problems import Problem
from generator.reading.names import check_names, names_in_path, read_names
from tests.project import load_cases
from tests.properties import property_settings
from tests.records import LAYOUT, make, make_site
from tests.test_gate import NOW

CASES = load_cases("roles")["texts"]
ROLES = Roles(CASES["names"])


@pytest.mark.parametrize("case", CASES["texts"], ids=lambda case: ascii(case["text"]))
def test_a_role_stands_in_the_place_of_a_name(case: dict[str, str]) -> None:
    assert ROLES(case["text"]) == case["shown"]


@pytest.mark.parametrize("case", CASES["left"], ids=lambda case: ascii(case["text"]))
def test_what_is_left_of_a_name_is_found(case: dict[str, str]) -> None:
    assert list(ROLES.whole_in(case["text"])) == case.get("whole", [])
    assert list(ROLES.family_in(case["text"])) == case.get("family", [])


@given(st.lists(st.sampled_from(["Erika Beispiel", "Dr. Jürgen Groß", " ", ", ", "**", "\n", "x", "ß"]), max_size=12))
@property_settings(200)
def test_no_name_is_left_whatever_stands_around_it(parts: list[str]) -> None:
    shown = ROLES(" ".join(parts))
    assert list(ROLES.whole_in(shown)) == []


def test_the_list_is_silent_about_words_that_it_settles_itself() -> None:
    roles = Roles({"Erika Bauer": "eine Anliegerin", "Bauer": "Bauer"})
    assert list(roles.family_in("Der Bauer mäht.")) == []


def test_names_are_replaced_in_every_field_of_an_entry_and_of_the_settings() -> None:
    name = "Erika Beispiel"
    decision, task = f"**Beschluss:** {name} erhält Antwort.", f"**Auftrag:** {name} ({name})"
    body = f"## TOP 1 – Antrag von {name}\n\n{name}\n\n{decision}\n\n{task}"
    minutes = make(
        "minutes",
        body=body,
        title=f"Anfrage von {name}",
        place=name,
        tags=[name],
        attachments=[{"file": "a.pdf", "title": f"Brief von {name}"}],
        attendance={"roles": [name]},
        contact={"name": name},
    )
    news = make(
        "news",
        "b.md",
        quotes=[{"text": f"Ich, {name}", "name": name}],
        image={"file": "a.jpg", "alt": name, "credit": name},
    )
    site = make_site(minutes, news, claim=f"Mit {name}")
    public = gate(type(site)(cooperation=site.cooperation, entries=site.entries, roles=ROLES), NOW, LAYOUT)
    assert "Beispiel" not in repr(public)
    assert repr(public).count("eine Anliegerin") == repr(site.cooperation).count(name) + repr(site.entries).count(name)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Erika {.name}", 1),
        ("\n# Titel {.name}", 2),
        ("[Erika](a.md){.name}", 1),
        ("[Erika]\n\n{: .name }", 3),
        ("[Erika]{.name", 1),
    ],
)
def test_a_mark_that_is_not_understood_is_told(text: str, line: int) -> None:
    (problem,) = check_names(text, PurePosixPath("a.md"), ROLES)
    assert problem == Problem(
        "a.md",
        line,
        "Hier ist ein Name gekennzeichnet, aber nicht so, dass klar ist, was dazugehört.",
        'So schreiben: [Vorname Nachname]{.name role="eine Anliegerin"}.',
    )


def test_a_name_in_a_file_name_is_told() -> None:
    path = PurePosixPath("aktuelles/2026-antrag-erika-beispiel.md")
    assert [problem.message for problem in check_names("", path, ROLES)] == [
        "Der Name der Datei enthält „Erika Beispiel“ aus der Namensliste; er würde in der Adresse öffentlich."
    ]
    assert list(names_in_path(PurePosixPath("bilder/Jürgen Groß.jpg"), Roles({"Jürgen Groß": "er"}))) == ["Jürgen Groß"]
    assert list(names_in_path(PurePosixPath("bilder/beispiel.jpg"), ROLES)) == []


def test_a_list_is_read(tmp_path: Path) -> None:
    file = tmp_path / "namen.yml"
    file.write_text("Erika  Beispiel: eine Anliegerin\n", encoding="utf-8")
    assert read_names(file) == (Roles({"Erika Beispiel": "eine Anliegerin"}), [])
    assert read_names(None) == (Roles(), [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Erika Beispiel:\n", "namen.yml:1: Zu „Erika Beispiel“ fehlt die Rolle. „Erika Beispiel: Rolle“ schreiben."),
        ("\nEr: jemand\n", "namen.yml:2: „Er“ ist kein Name. Vor- und Nachnamen schreiben."),
        (
            "Erika Beispiel: [eine, zwei]\n",
            "namen.yml:1: Zu „Erika Beispiel“ fehlt die Rolle. „Erika Beispiel: Rolle“ schreiben.",
        ),
    ],
)
def test_a_list_that_is_wrong_is_told(text: str, problem: str, tmp_path: Path) -> None:
    file = tmp_path / "namen.yml"
    file.write_text(text, encoding="utf-8")
    roles, problems = read_names(file)
    assert [str(found) for found in problems] == [problem]
    assert roles == Roles()


def test_a_list_that_is_missing_is_told(tmp_path: Path) -> None:
    _, (problem,) = read_names(tmp_path / "namen.yml")
    assert problem.path == "mkdocs.yml"
    assert problem.message.endswith("namen.yml“ gibt es nicht.")
