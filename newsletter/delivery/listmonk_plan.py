"""What would become of a letter at listmonk, in German."""

from collections.abc import Iterator, Mapping, Sequence

from newsletter.delivery.built_letter import BuiltLetter, letters_in
from newsletter.delivery.campaign import campaign_of, moment_told, standing, told
from newsletter.delivery.destination import TEMPLATE, list_among, template_among
from newsletter.delivery.engine import Order
from newsletter.delivery.listmonk import CampaignRequest, Listmonk, ListmonkList, ServerConfig
from newsletter.message import said_by
from newsletter.refusal import Refusal

__all__ = ["plan"]

_NO_RECIPIENTS: Mapping[str, str] = {"unconfirmed": "noch nicht bestätigt", "unsubscribed": "abgemeldet"}
"""Those who get nothing, by their state."""


def plan(order: Order, listmonk: Listmonk, address: str) -> Iterator[str]:
    """Yield what would be done; nothing is changed.

    Args:
        order: what is to be sent, and how.
        listmonk: where.
        address: its address.

    Raises:
        Refusal: it cannot be done.
    """
    letter, lists = order.letter, listmonk.lists()
    list_ = list_among(lists, letter)
    template = template_among(listmonk.templates())
    wanted = campaign_of(letter, list_.id, template, order.at)
    config = listmonk.config()
    audience = f" für {letter.manifest['audience_name']}" if letter.manifest["audience_name"] else ""
    yield f"Brief: {letter.id}{audience}, „{letter.manifest['subject']}“"
    yield f"Absender: {said_by(wanted.from_email)}"
    yield f"listmonk: {address}, Version {config.version or 'unbekannt'}"
    yield f"Liste: „{list_.name}“, {_counted(list_.subscriber_statuses)}"
    yield from _told_overlaps(letter, listmonk, list_, lists)
    yield f"Vorlage: „{TEMPLATE}“, {'vorhanden' if template else 'wird angelegt'}"
    yield "Abmelden mit einem Klick: legt listmonk fest; zu sehen im Kopf einer Testmail (List-Unsubscribe-Post)"
    yield f"Öffnen und Klicken: {_tracking(config)}"
    yield f"Kampagne: {_told_campaign(order, listmonk, wanted)}"


def _counted(statuses: Mapping[str, int]) -> str:
    parts = [f"{statuses.get('confirmed', 0)} bestätigt"]
    return ", ".join(
        [*parts, *(f"{statuses[key]} {word}" for key, word in _NO_RECIPIENTS.items() if statuses.get(key))]
    )


def _told_overlaps(
    letter: BuiltLetter, listmonk: Listmonk, list_: ListmonkList, lists: Sequence[ListmonkList]
) -> Iterator[str]:
    """Say how many get two letters of the edition."""
    for audience, key in sorted(_others(letter).items()):
        for other in filter(lambda one: one.has(key), lists):
            try:
                count = listmonk.on_both(list_.id, other.id)
            except Refusal:
                yield f"Auch auf der Liste für {audience}: unbekannt, denn der Benutzer darf es nicht zählen"
            else:
                yield f"Auch auf der Liste für {audience}: {count}{'; sie bekommen beide Briefe' if count else ''}"


def _others(letter: BuiltLetter) -> Mapping[str, str]:
    """Return the UUIDs of the lists that other built letters of the same edition go to, by their audiences."""
    letters = letters_in(letter.folder.parent, str(letter.manifest["edition"]))
    return {
        one.manifest["audience_name"] or "alle": one.manifest["list"]
        for one in letters
        if one.id != letter.id and one.manifest["list"]
    }


def _tracking(config: ServerConfig) -> str:
    if config.privacy is None:
        return "sagt diese Version nicht; im Brief ist nichts, was zählt"
    return "wird nicht gezählt" if config.privacy.disable_tracking else "zählt listmonk; im Brief ist nichts, was zählt"


def _told_campaign(order: Order, listmonk: Listmonk, wanted: CampaignRequest) -> str:
    found = standing(listmonk.campaigns(wanted.tags[0]), wanted)
    done = found.begun or (found.draft if order.is_draft else None)
    if done is not None:
        return f"{told(done)}; es ist nichts zu tun"
    if order.is_draft:
        return "wird als Entwurf angelegt"
    made = f"Entwurf {found.draft.id} wird" if found.draft is not None else "wird angelegt und"
    return f"{made} {f'für den {moment_told(order.at)} geplant' if order.at else 'gestartet'}"
