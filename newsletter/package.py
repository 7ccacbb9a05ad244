"""A letter ready to be handed over: HTML, text and message, and a manifest that says what is in them."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from urllib.parse import quote

from generator.model.edition import Edition
from generator.model.mailing import Mailing
from generator.model.site import PublicSite
from generator.problems import Problem, ProblemsFound
from generator.progress import Progress
from generator.shares import in_shares, worthwhile
from newsletter.addresses import ascii_address
from newsletter.compose import compose
from newsletter.html import fitting_html
from newsletter.letter import Letter, Link
from newsletter.message import Headers, eml
from newsletter.preflight import Candidate, preflight
from newsletter.profile import Profile, leave_address, merge
from newsletter.refusal import Refusal
from newsletter.text import letter_text

__all__ = ["RECIPIENT_TAG", "Draft", "draft", "package", "packages"]

RECIPIENT_TAG = "{token}"
"""Stands in the address for unsubscribing where each recipient's token goes."""

_WORTH_A_PROCESS = 20
"""Fewer letters are written before another process is up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter in both its forms, with the `MERGE` tokens still in it: the same for every sending system."""

    letter: Letter
    path: str
    """The edition's file."""

    html: str
    text: str
    mailing: Mailing
    problems: tuple[Problem, ...]
    """What speaks against sending it."""

    @property
    def items(self) -> list[str]:
        """The ids of what it tells, in order."""
        return [item.id for section in self.letter.sections for item in section.items]

    @property
    def further(self) -> list[Link]:
        """The links to what the letter had no room for."""
        return [link for section in self.letter.sections if section.id == "more" for link in section.links]


def draft(site: PublicSite, edition: Edition, audience: str | None, addresses: Collection[str]) -> Draft:
    """Compose a letter, draw it, write its text, and look what speaks against sending it.

    Args:
        site: what is public at the moment.
        edition: one of its editions.
        audience: an audience's id; None: everybody.
        addresses: all addresses of the microsite, relative to its root.

    Raises:
        ProblemsFound: a template cannot be used.
    """
    path = str(edition.source.path)
    letter, html = fitting_html(compose(site, edition, audience), site.cooperation.brand)
    with _told(path):
        text = letter_text(letter)
    candidate = Candidate(letter=letter, path=path, html=html, text=text, addresses=addresses)
    problems = (*preflight(candidate), *_missing(site, edition))
    return Draft(letter=letter, path=path, html=html, text=text, mailing=site.cooperation.mailing, problems=problems)


def package(made: Draft, profile: Profile) -> Mapping[str, bytes]:
    """Return a letter's files by name, as a sending system wants them; the same input gives the same bytes.

    Raises:
        ProblemsFound: the sending system cannot take it.
    """
    letter = made.letter
    with _told(made.path):
        html = merge(made.html, profile, letter, kind="html")
        text = merge(made.text, profile, letter, kind="text")
        subject = merge(letter.subject, profile, letter, kind="header")
        message = eml(replace(letter, subject=subject), html, text, _headers(made, profile))
        files = {"letter.html": html.encode(), "letter.txt": text.encode(), "letter.eml": message}
        return {**files, "manifest.json": _manifest(made, profile, files)}


@contextmanager
def _told(path: str) -> Iterator[None]:
    """Tell a refusal as a problem of the edition's file."""
    try:
        yield
    except Refusal as refusal:
        raise ProblemsFound([Problem(path, 1, refusal.message, refusal.remedy)]) from refusal


def packages(
    site: PublicSite,
    wanted: Sequence[tuple[Edition, str | None]],
    profiles: Sequence[Profile],
    addresses: Collection[str],
    progress: Progress,
) -> list[tuple[Draft, list[Mapping[str, bytes]]]]:
    """Return each of the letters, and its files for each of the sending systems, made on as many cores as it is worth.

    Args:
        site: what is public at the moment.
        wanted: editions, each with the id of an audience or None.
        profiles: what the sending systems want.
        addresses: as for `draft`.
        progress: is told how many letters have been begun.

    Raises:
        ProblemsFound: as `draft` and `package`.
    """
    work = partial(_packages, site, wanted, profiles, addresses)
    shares = worthwhile(len(wanted), _WORTH_A_PROCESS)
    made = in_shares(work, len(wanted), shares, lambda begun: progress("Briefe schreiben", begun, len(wanted)))
    if problems := [problem for one in made if isinstance(one, list) for problem in one]:
        raise ProblemsFound(problems)
    return [one for one in made if not isinstance(one, list)]


def _packages(
    site: PublicSite,
    wanted: Sequence[tuple[Edition, str | None]],
    profiles: Sequence[Profile],
    addresses: Collection[str],
    numbers: Iterable[int],
) -> dict[int, tuple[Draft, list[Mapping[str, bytes]]] | list[Problem]]:
    """Return each letter, or what is wrong with it."""
    made: dict[int, tuple[Draft, list[Mapping[str, bytes]]] | list[Problem]] = {}
    for number in numbers:
        try:
            one = draft(site, *wanted[number], addresses)
            made[number] = one, [package(one, profile) for profile in profiles]
        except ProblemsFound as found:
            made[number] = list(found.problems)
    return made


def _headers(made: Draft, profile: Profile) -> Headers:
    letter, mailing = made.letter, made.mailing
    # An address that holds each recipient's token is put in by what sends to single recipients.
    one_click = mailing.one_click if RECIPIENT_TAG not in (mailing.one_click or "") else None
    if profile.is_list:
        return Headers(
            to=letter.list_address or "",
            to_name=letter.audience_name,
            unsubscribe=one_click,
            # All get the same message, so that nobody would know who clicked.
            one_click=False,
            unsubscribe_mail=leave_address(letter),
        )
    return Headers(
        # A letter goes to its list; whoever sends it to single recipients writes their addresses instead.
        to=letter.sender,
        to_name=letter.audience_name,
        unsubscribe=one_click,
        one_click=one_click is not None,
        unsubscribe_mail=mailing.unsubscribe,
    )


def _with_tag(address: str | None) -> str | None:
    """Return an address in ASCII, in which the recipient's tag stays as it is."""
    return ascii_address(address).replace(quote(RECIPIENT_TAG), RECIPIENT_TAG) if address else None


def _missing(site: PublicSite, edition: Edition) -> list[Problem]:
    """Return a problem for each entry that the edition names and that is not public."""
    public = {entry.id for entry in site.entries}
    return [
        Problem(
            str(edition.source.path),
            1,
            f"Der Beitrag „{name}“ ist zu diesem Zeitpunkt nicht öffentlich und fehlt im Brief.",
            "Warten, bis er erscheint, oder ihn aus „items“ streichen.",
        )
        for name in edition.items
        if name not in public
    ]


def _key_of_list(made: Draft) -> str | None:
    return next((one.key for one in made.mailing.lists if one.audience == made.letter.audience), None)


def _manifest(made: Draft, profile: Profile, files: Mapping[str, bytes]) -> bytes:
    letter = made.letter
    data = {
        "id": letter.id,
        "cooperation": letter.cooperation,
        "edition": letter.edition,
        "number": letter.number,
        "audience": letter.audience,
        "audience_name": letter.audience_name,
        "sender": letter.sender,
        "list": letter.list_address if profile.is_list else _key_of_list(made),
        "unsubscribe": _with_tag(made.mailing.one_click),
        "date": letter.date.isoformat(),
        "subject": letter.subject,
        "profile": profile.name,
        "items": made.items,
        "files": {
            name: {"bytes": len(content), "sha256": sha256(content).hexdigest()} for name, content in files.items()
        },
        "warnings": [str(problem) for problem in made.problems],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
