"""A letter as a campaign of listmonk, and which of the campaigns there are the letter's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from newsletter.delivery.built_letter import BuiltLetter
from newsletter.delivery.listmonk import Campaign, CampaignRequest
from newsletter.message import said_by
from newsletter.refusal import Refusal

__all__ = ["Standing", "campaign_of", "moment_told", "standing", "tag_of", "told"]

_HEADERS = ("Content-Language", "List-Id", "List-Archive", "List-Help", "Auto-Submitted", "Precedence")
"""Headers that listmonk does not write itself; those for leaving it does, with each recipient's address (RFC 8058)."""

_STATUSES: Mapping[str, str] = {
    "draft": "ist ein Entwurf",
    "scheduled": "ist geplant",
    "running": "läuft",
    "paused": "ist angehalten",
    "finished": "ist beendet",
    "cancelled": "ist abgebrochen",
}
_REMEDIES: Mapping[str, str] = {
    "draft": "In listmonk ansehen und diesen Entwurf löschen, dann noch einmal.",
    "scheduled": "In listmonk die Planung aufheben und den Entwurf löschen, dann noch einmal.",
}
_IS_SENT = "Die Texte zurücksetzen und neu bauen, oder die Änderung als neue Ausgabe verschicken."


def tag_of(letter: BuiltLetter, *, is_test: bool = False) -> str:
    """Return the tag by which the campaigns of a letter are found again; listmonk takes 100 characters at most."""
    return f"schaukasten-{'test-' if is_test else ''}{sha256(letter.name.encode()).hexdigest()[:16]}"


def campaign_of(
    letter: BuiltLetter, list_: int, template: int | None, send_at: datetime | None = None, *, is_test: bool = False
) -> CampaignRequest:
    """Return the campaign that a letter is to be.

    Args:
        letter: built for the profile „listmonk“.
        list_: the id of the list that it goes to.
        template: the id of the template around it, which adds nothing; None: it has still to be made.
        send_at: when it is to be sent; None: when it is started.
        is_test: whether name and subject say that it is a test.
    """
    headers = {name: value.decode().replace("\r\n", "") for name, value in letter.headers}
    version = letter.digest.hex()[:16]
    return CampaignRequest(
        name=f"{'Test, nicht starten: ' if is_test else ''}{letter.name} ({version[:8]})",
        subject=f"{'[Test] ' if is_test else ''}{said_by(headers['Subject'])}",
        from_email=headers["From"],
        body=letter.files["letter.html"].decode(),
        altbody=letter.files["letter.txt"].decode(),
        content_type="html",
        headers=[{name: headers[name]} for name in _HEADERS],
        template_id=template,
        lists=(list_,),
        tags=(tag_of(letter, is_test=is_test), f"stand-{version}"),
        send_at=send_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a letter has come at listmonk; neither: it is not there."""

    draft: Campaign | None = None
    begun: Campaign | None = None
    """It is planned, on its way, or was sent."""


def standing(campaigns: Sequence[Campaign], wanted: CampaignRequest) -> Standing:
    """Return how far a letter has come.

    Args:
        campaigns: those with its tag.
        wanted: what its campaign is to be.

    Raises:
        Refusal: a campaign is of another version of the letter or was changed by hand, or there are two drafts.
    """
    version = wanted.tags[-1]
    for one in campaigns:
        if version not in one.tags:
            raise Refusal(
                f"Der Brief hat sich geändert, seit er zu listmonk kam: {told(one)}.",
                _REMEDIES.get(one.status, _IS_SENT),
            )
    begun = [one for one in campaigns if one.status != "draft"]
    if begun:
        return Standing(begun=begun[0])
    if len(campaigns) > 1:
        numbers = " und ".join(str(one.id) for one in campaigns)
        raise Refusal(
            f"In listmonk liegt der Entwurf mehrfach, als Kampagne {numbers}.",
            "Dort alle bis auf einen löschen, dann noch einmal.",
        )
    for one in campaigns:
        if not one.says(wanted):
            raise Refusal(
                f"Der Entwurf wurde in listmonk geändert; er ist nicht mehr der gebaute Brief: {told(one)}.",
                "Ihn dort starten, wie er ist, oder löschen, dann noch einmal.",
            )
    return Standing(draft=campaigns[0] if campaigns else None)


def told(campaign: Campaign) -> str:
    """Say how far a campaign is, in German: „Kampagne 12 läuft, 40 von 120 verschickt“."""
    status = _STATUSES.get(campaign.status, f"ist „{campaign.status}“")
    count = f", {campaign.sent} von {campaign.to_send} verschickt" if campaign.to_send else ""
    moment = f" für den {moment_told(campaign.send_at)}" if campaign.status == "scheduled" and campaign.send_at else ""
    return f"Kampagne {campaign.id} {status}{moment}{count}"


def moment_told(moment: datetime) -> str:
    """Say a moment in German, by the clock of this machine."""
    return moment.astimezone().strftime("%d.%m.%Y, %H:%M Uhr (UTC%z)")
