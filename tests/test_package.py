"""What a sending system is handed: four files that belong together, the same bytes each time, for every service."""

import json
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from hashlib import sha256
from pathlib import Path

import pytest

from generator.build import Prepared
from generator.model.edition import Edition
from generator.model.site import Body
from generator.problems import ProblemsFound
from generator.progress import silent
from newsletter.letter import MERGE
from newsletter.output import write_letter
from newsletter.package import Draft, draft, package, packages
from newsletter.profile import PROFILES
from newsletter.selection import audiences_of

pytestmark = pytest.mark.slow

FILES = {"letter.html", "letter.txt", "letter.eml", "manifest.json"}


def newest(prepared: Prepared) -> Edition:
    return max(prepared.site.of(Edition), key=lambda edition: edition.date)


def draft_of(prepared: Prepared, edition: Edition, audience: str | None = None) -> Draft:
    addresses = {file.url for file in prepared.files} | {str(path) for path in prepared.site.files}
    return draft(prepared.site, edition, audience, addresses)


def listed(made: Draft) -> Draft:
    """Return a letter that has a list."""
    return replace(made, letter=replace(made.letter, list_address="alle@lists.example.org"))


def test_all_letters_of_the_demo_can_be_sent(prepared: Prepared) -> None:
    made = [
        draft_of(prepared, edition, name) for edition in prepared.site.of(Edition) for name in audiences_of(edition)
    ]
    assert len(made) == 9
    assert [problem for one in made for problem in one.problems] == []
    assert len({one.letter.id for one in made}) == 9


@pytest.mark.parametrize("name", sorted(PROFILES.keys() - {"rapidmail"}))
def test_every_service_gets_its_files_without_tokens(name: str, prepared: Prepared) -> None:
    files = package(listed(draft_of(prepared, newest(prepared))), PROFILES[name])
    assert files.keys() == FILES
    for content in (files["letter.html"], files["letter.txt"]):
        assert not any(token.encode() in content for token in MERGE.values())
    manifest = json.loads(files["manifest.json"])
    assert manifest["profile"] == name
    assert manifest["files"] == {
        file: {"bytes": len(files[file]), "sha256": sha256(files[file]).hexdigest()}
        for file in FILES - {"manifest.json"}
    }


def test_a_service_whose_tags_are_not_known_must_be_configured(prepared: Prepared) -> None:
    with pytest.raises(ProblemsFound, match=r"newsletter/2026-11-19-ausgabe-7\.md:1: "):
        package(draft_of(prepared, newest(prepared)), PROFILES["rapidmail"])


def test_the_message_holds_both_parts_as_they_are(prepared: Prepared) -> None:
    files = package(draft_of(prepared, newest(prepared)), PROFILES["plain"])
    message = message_from_bytes(files["letter.eml"], policy=default)
    assert message.defects == []
    text, html = message.iter_parts()
    for part, name in ((text, "letter.txt"), (html, "letter.html")):
        assert part.get_content().replace("\r\n", "\n").strip() == files[name].decode().strip()


def test_the_same_input_gives_the_same_bytes(prepared: Prepared) -> None:
    first, second = (package(draft_of(prepared, newest(prepared)), PROFILES["listmonk"]) for _ in range(2))
    assert first == second


def test_one_click_is_promised_only_where_somebody_listens(prepared: Prepared) -> None:
    made = draft_of(prepared, newest(prepared))
    assert b"List-Unsubscribe-Post" not in package(made, PROFILES["plain"])["letter.eml"]
    url = "https://versand.example.org/abmelden"
    listening = replace(made, mailing=made.mailing.model_copy(update={"one_click": url}))
    message = package(listening, PROFILES["plain"])["letter.eml"]
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in message
    assert url.encode() in message


@pytest.mark.parametrize(
    ("one_click", "leave"),
    [
        (None, "<mailto:alle-leave@lists.example.org?subject=Abmelden>"),
        (
            "https://lists.example.org/alle/",
            "<https://lists.example.org/alle/>, <mailto:alle-leave@lists.example.org?subject=Abmelden>",
        ),
        ("https://lists.example.org/{token}", "<mailto:alle-leave@lists.example.org?subject=Abmelden>"),
    ],
)
def test_a_list_is_left_by_its_own_address_and_never_with_one_click(
    one_click: str | None, leave: str, prepared: Prepared
) -> None:
    made = listed(draft_of(prepared, newest(prepared)))
    mailing = made.mailing.model_copy(update={"one_click": one_click, "unsubscribe": "amt@test.example.org"})
    files = package(replace(made, mailing=mailing), PROFILES["mailman"])
    message = message_from_bytes(files["letter.eml"], policy=default)
    assert str(message["List-Unsubscribe"]) == leave
    assert message["List-Unsubscribe-Post"] is None
    assert message["To"].addresses[0].addr_spec == "alle@lists.example.org"
    assert b"mailto:alle-leave@lists.example.org" in files["letter.html"]
    assert b"amt@test.example.org" not in files["letter.eml"]
    assert json.loads(files["manifest.json"])["list"] == "alle@lists.example.org"


def test_without_a_list_mailman_gets_no_letter(prepared: Prepared) -> None:
    with pytest.raises(ProblemsFound, match="Für „alle“ ist keine Liste bei Mailman eingetragen"):
        package(draft_of(prepared, newest(prepared)), PROFILES["mailman"])


def test_what_an_edition_names_and_nobody_may_see_yet_is_told(prepared: Prepared) -> None:
    edition = newest(prepared).model_copy(update={"items": ("2026-12-04-rufbus-entscheidung",)})
    (problem,) = draft_of(prepared, edition).problems
    assert "„2026-12-04-rufbus-entscheidung“ ist zu diesem Zeitpunkt nicht öffentlich" in problem.message


def test_a_folder_holds_exactly_the_files_of_its_letter(tmp_path: Path) -> None:
    write_letter(tmp_path / "a", {"letter.html": b"1", "alt.txt": b"2", "manifest.json": b"{}"})
    write_letter(tmp_path / "a", {"letter.html": b"1", "manifest.json": b"[]"})
    assert {path.name for path in (tmp_path / "a").iterdir()} == {"letter.html", "manifest.json"}
    assert (tmp_path / "a" / "manifest.json").read_bytes() == b"[]"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_letter_that_is_there_already_is_left_untouched(tmp_path: Path) -> None:
    write_letter(tmp_path / "a", {"letter.html": b"1"})
    kept = (tmp_path / "a").stat()
    write_letter(tmp_path / "a", {"letter.html": b"1"})
    assert (tmp_path / "a").stat() == kept


def test_an_address_that_no_mail_can_hold_is_told_with_its_file(prepared: Prepared) -> None:
    edition = newest(prepared)
    bodies = {**prepared.site.bodies, edition.id: Body('<p><a href="https://straße..example/">Da</a></p>')}
    with pytest.raises(ProblemsFound, match=r"^newsletter/2026-11-19-ausgabe-7\.md:1: "):
        draft(replace(prepared.site, bodies=bodies), edition, None, ())


def test_a_subject_that_looks_like_a_tag_comes_out_as_it_is(prepared: Prepared) -> None:
    edition = newest(prepared).model_copy(update={"subject": "Was {{ Name }} meint"})
    message = message_from_bytes(
        package(draft_of(prepared, edition), PROFILES["listmonk"])["letter.eml"], policy=default
    )
    assert message["Subject"] == 'Was {{ "{{" }} Name }} meint'


def test_many_letters_on_several_cores_are_the_same_as_one_by_one(prepared: Prepared) -> None:
    editions = prepared.site.of(Edition)
    wanted = [(edition, audience) for edition in editions for audience in audiences_of(edition)] * 5
    addresses = {file.url for file in prepared.files}
    profiles = [PROFILES["plain"], PROFILES["listmonk"]]
    made = packages(prepared.site, wanted, profiles, addresses, silent)
    assert [one.letter.id for one, _ in made[:2]] == [
        "2026-07-02-ausgabe-5-buergerschaft",
        "2026-07-02-ausgabe-5-raete",
    ]
    for (edition, audience), (one, files) in zip(wanted, made, strict=True):
        assert one == draft(prepared.site, edition, audience, addresses)
        assert files == [package(one, profile) for profile in profiles]
