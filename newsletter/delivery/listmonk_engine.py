"""Sending by listmonk, which keeps the subscribers itself: a letter is one campaign there."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from generator.problems import Problem, ProblemsFound
from generator.progress import Progress
from newsletter.delivery.address import checked, masked
from newsletter.delivery.assignment import sending_of
from newsletter.delivery.campaign import Standing, campaign_of, moment_told, standing, told
from newsletter.delivery.engine import Order, Report
from newsletter.delivery.handover import Handover
from newsletter.delivery.ledger import Ledger
from newsletter.delivery.listmonk import Campaign, CampaignRequest, Listmonk, ListmonkList
from newsletter.delivery.listmonk_access import listmonk_access
from newsletter.delivery.listmonk_connection import ListmonkConnection, Unsure
from newsletter.delivery.place import ledger_folder, must_be_outside
from newsletter.message import said_by
from newsletter.refusal import Refusal

__all__ = ["ListmonkEngine"]

_TEMPLATE = "Schaukasten"
_BARE = '{{ template "content" . }}'
"""A letter is whole: nothing may stand around it, least of all what counts who opens it."""

_IS_BARE = re.compile(r'\s*\{\{\s*template\s+"content"\s*\.\s*\}\}\s*')


class ListmonkEngine:
    """Hands a letter over to listmonk (`Engine`)."""

    def __init__(self, order: Order) -> None:
        """Read how listmonk is reached.

        Raises:
            ProblemsFound: it is not named, or not as it must be; the time to send at is over.
            OSError: the file with the token cannot be read.
        """
        self._order = order
        self._letter = order.letter
        self._access = listmonk_access(order.environment, order.project)
        self._listmonk = Listmonk(ListmonkConnection(self._access))
        self._folder = ledger_folder(order.environment)
        must_be_outside(order.project, self._folder, "Das Versandbuch")
        if order.at is not None and order.at <= order.clock():
            moment = moment_told(order.at)
            raise ProblemsFound(
                [Problem("--at", 1, f"Der {moment} ist schon vorbei.", "Einen späteren Zeitpunkt nennen.")]
            )

    def plan(self) -> Report:
        """Say what would be done."""
        with self._german():
            list_ = self._list()
            template = self._template()
            wanted = self._wanted(list_, template)
            found = standing(self._listmonk.campaigns(wanted.tags[0]), wanted)
            lines = [*self._told(wanted), *self._told_list(list_)]
            lines.append(f"Vorlage: „{_TEMPLATE}“, {'vorhanden' if template else 'wird angelegt'}")
            lines.append(f"Kampagne: {self._told_campaign(found)}")
        return Report(lines=lines)

    def test(self, address: str) -> Report:
        """Send a campaign of its own, which says that it is a test, to one address that listmonk knows."""
        try:
            mail = checked(address).mail
        except ValueError as error:
            raise ProblemsFound(
                [Problem("--test", 1, f"„{address}“ ist keine E-Mail-Adresse. {error}", "Sie berichtigen.")]
            ) from error
        with self._german():
            wanted = campaign_of(self._letter, self._list().id, self._made_template(), is_test=True)
            draft = self._test_draft(wanted)
            try:
                self._listmonk.send_test(draft.id, wanted, mail)
            except Unsure as unsure:
                return _broken_off(unsure)
            except Refusal as refusal:
                raise Refusal(
                    refusal.message,
                    "listmonk schickt Tests nur an Adressen, die es kennt: die Adresse dort als Abonnenten eintragen.",
                ) from refusal
        return Report(lines=[f"Die Testmail ist unterwegs an {masked(address)}, als Test der Kampagne {draft.id}."])

    def send(self, progress: Progress) -> Report:
        """Hand the letter over, once: as a draft, planned, or started."""
        step = "An listmonk übergeben"
        with self._german(), Ledger(self._folder) as ledger, ledger.alone(self._letter.name):
            sending = sending_of(ledger, self._letter)
            progress(step, 0, 1)
            list_ = self._list()
            handover = Handover(
                ledger=ledger,
                listmonk=self._listmonk,
                wanted=self._wanted(list_, self._made_template()),
                recipient=ledger.recipient(f"listmonk/{list_.uuid}"),
                order=self._order,
            )
            try:
                line = handover.go(sending)
            except Unsure as unsure:
                return _broken_off(unsure)
            progress(step, 1, 1)
        return Report(lines=[line, f"Zu sehen unter: {self._access}/admin/campaigns"])

    def _wanted(self, list_: ListmonkList, template: int | None) -> CampaignRequest:
        return campaign_of(self._letter, list_.id, template, self._order.at)

    def _list(self) -> ListmonkList:
        """Return the list that the letter goes to."""
        key, audience = self._letter.manifest["list"], self._letter.manifest["audience_name"]
        wanted = key or audience
        if wanted is None:
            raise Refusal(
                "Zu diesem Brief ist keine Liste angegeben.",
                "In kooperation.yml unter „mailing“, „lists“ die Liste für alle mit „key“ eintragen; dann neu bauen.",
            )
        lists = self._listmonk.lists()
        found = [one for one in lists if (one.uuid.lower() == key.lower() if key else one.name == audience)]
        if len(found) != 1:
            names = ", ".join(sorted(f"„{one.name}“" for one in lists)) or "keine"
            raise Refusal(
                f"Die Liste „{wanted}“ gibt es in listmonk {'mehrfach' if found else 'nicht'}.",
                "In kooperation.yml als „key“ die UUID der Liste eintragen, die listmonk zeigt; dann neu bauen. "
                f"Der Benutzer sieht: {names}.",
            )
        return _fit(found[0])

    def _template(self) -> int | None:
        """Return the id of the template that adds nothing; None: it has still to be made."""
        for one in self._listmonk.templates():
            if one.name == _TEMPLATE and one.type == "campaign":
                if not _IS_BARE.fullmatch(one.body):
                    raise Refusal(
                        f"Die Vorlage „{_TEMPLATE}“ in listmonk fügt dem Brief etwas hinzu.",
                        f"Sie darf nur {_BARE} enthalten: so ändern oder löschen.",
                    )
                return one.id
        return None

    def _made_template(self) -> int:
        """Return the id of the template, which is made where there is none."""
        if (there := self._template()) is not None:
            return there
        try:
            return self._listmonk.create_template(_TEMPLATE, _BARE).id
        except Unsure:
            if (made := self._template()) is None:
                raise
            return made

    def _test_draft(self, wanted: CampaignRequest) -> Campaign:
        """Return the campaign for tests of this letter: there is one, whatever becomes of the letter."""
        listmonk, tag = self._listmonk, wanted.tags[0]
        found = listmonk.campaigns(tag)
        if any(one.status != "draft" for one in found):
            raise Refusal("Die Kampagne für Tests wurde in listmonk gestartet.", "Sie dort löschen, dann noch einmal.")
        if not found:
            try:
                listmonk.create_campaign(wanted)
            except Unsure:
                found = listmonk.campaigns(tag)
                if not found:
                    raise
            found = found or listmonk.campaigns(tag)
        if not found:
            raise Refusal("listmonk nennt die Kampagne nicht, die es angelegt hat.", "Die Rechte des Benutzers prüfen.")
        if not found[0].says(wanted) or found[0].tags != wanted.tags:
            listmonk.update_campaign(found[0].id, wanted)
        return found[0]

    def _told(self, wanted: CampaignRequest) -> Iterator[str]:
        manifest = self._letter.manifest
        audience = f" für {manifest['audience_name']}" if manifest["audience_name"] else ""
        yield f"Brief: {self._letter.id}{audience}, „{manifest['subject']}“"
        yield f"Absender: {said_by(wanted.from_email)}"
        yield f"listmonk: {self._access}, Version {self._listmonk.config().version or 'unbekannt'}"

    def _told_list(self, list_: ListmonkList) -> Iterator[str]:
        count = list_.subscriber_statuses
        parts = [f"{count.get('confirmed', 0)} bestätigt"]
        parts += [f"{count[key]} {word}" for key, word in _NO_RECIPIENTS.items() if count.get(key)]
        yield f"Liste: „{list_.name}“, {', '.join(parts)}"
        for audience, key in sorted(self._others().items()):
            others = [one for one in self._listmonk.lists() if one.uuid.lower() == key.lower()]
            if others:
                yield from self._told_overlap(list_, others[0], audience)

    def _told_overlap(self, list_: ListmonkList, other: ListmonkList, audience: str) -> Iterator[str]:
        """Say how many get two letters of the edition."""
        try:
            count = self._listmonk.on_both(list_.id, other.id)
        except Refusal:
            yield f"Auch auf der Liste für {audience}: unbekannt, denn der Benutzer darf es nicht zählen"
            return
        if count:
            yield f"Auch auf der Liste für {audience}: {count}; wer auf beiden steht, bekommt zwei Briefe"

    def _others(self) -> Mapping[str, str]:
        """Return the UUIDs of the lists that other letters of the same edition go to, by their audiences."""
        own = self._letter.manifest
        files = sorted(self._letter.folder.parent.glob("*/manifest.json"))
        letters = [json.loads(file.read_bytes()) for file in files]
        return {
            one["audience_name"] or "alle": one["list"]
            for one in letters
            if one.get("edition") == own["edition"] and one.get("id") != own["id"] and one.get("list")
        }

    def _told_campaign(self, found: Standing) -> str:
        if found.begun is not None:
            return f"{told(found.begun)}; es ist nichts zu tun"
        made = f"Entwurf {found.draft.id} wird" if found.draft is not None else "wird angelegt und"
        if self._order.is_draft:
            return f"{told(found.draft)}; es ist nichts zu tun" if found.draft else "wird als Entwurf angelegt"
        return f"{made} {f'für den {moment_told(self._order.at)} geplant' if self._order.at else 'gestartet'}"

    @contextmanager
    def _german(self) -> Iterator[None]:
        """Tell a refusal as a problem of the letter."""
        try:
            yield
        except Refusal as refusal:
            raise ProblemsFound([Problem(self._letter.name, 1, refusal.message, refusal.remedy)]) from refusal


_NO_RECIPIENTS: Mapping[str, str] = {"unconfirmed": "noch nicht bestätigt", "unsubscribed": "abgemeldet"}
"""Those who get nothing, by their state."""


def _broken_off(unsure: Unsure) -> Report:
    return Report(lines=[f"Abgebrochen: {unsure}"], is_complete=False)


def _fit(list_: ListmonkList) -> ListmonkList:
    if list_.optin != "double":
        raise Refusal(
            f"Die Liste „{list_.name}“ verlangt keine Bestätigung der Anmeldung (Double-Opt-in).",
            "In listmonk bei der Liste „Double Opt-in“ einstellen; wer ohne Bestätigung darauf steht, muss bestätigen.",
        )
    if list_.status == "archived":
        raise Refusal(f"Die Liste „{list_.name}“ ist in listmonk archiviert.", "Sie dort wieder aktivieren.")
    return list_
