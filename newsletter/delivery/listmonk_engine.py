"""Sending by listmonk, which keeps the subscribers itself: a letter is one campaign there."""

from collections.abc import Iterator
from contextlib import contextmanager

from generator.problems import Problem, ProblemsFound
from generator.progress import Progress
from newsletter.delivery.address import checked, masked
from newsletter.delivery.assignment import sending_of
from newsletter.delivery.campaign import campaign_of, moment_told
from newsletter.delivery.destination import list_among, made_template
from newsletter.delivery.engine import Order, Report
from newsletter.delivery.handover import Handover
from newsletter.delivery.ledger import Ledger
from newsletter.delivery.ledger_place import ledger_folder
from newsletter.delivery.listmonk import Campaign, CampaignRequest, Listmonk
from newsletter.delivery.listmonk_access import listmonk_access
from newsletter.delivery.listmonk_connection import ListmonkConnection, Unsure
from newsletter.delivery.listmonk_plan import plan
from newsletter.private import must_be_outside
from newsletter.refusal import Refusal

__all__ = ["ListmonkEngine"]


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
            return Report(lines=[*plan(self._order, self._listmonk, str(self._access))])

    def test(self, address: str) -> Report:
        """Send a campaign of its own, which says that it is a test, to one address that listmonk knows."""
        try:
            mail = checked(address).mail
        except ValueError as error:
            raise ProblemsFound(
                [Problem("--test", 1, f"„{address}“ ist keine E-Mail-Adresse. {error}", "Sie berichtigen.")]
            ) from error
        with self._german():
            list_ = list_among(self._listmonk.lists(), self._letter)
            wanted = campaign_of(self._letter, list_.id, made_template(self._listmonk), is_test=True)
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
            sending = sending_of(ledger, self._letter, self._order.clock())
            progress(step, 0, 1)
            list_ = list_among(self._listmonk.lists(), self._letter)
            handover = Handover(
                ledger=ledger,
                listmonk=self._listmonk,
                wanted=campaign_of(self._letter, list_.id, made_template(self._listmonk), self._order.at),
                recipient=ledger.recipient(f"listmonk/{list_.uuid}"),
                order=self._order,
            )
            try:
                line = handover.go(sending)
            except Unsure as unsure:
                return _broken_off(unsure)
            progress(step, 1, 1)
        return Report(lines=[line, f"Zu sehen unter: {self._access}/admin/campaigns"])

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

    @contextmanager
    def _german(self) -> Iterator[None]:
        """Tell a refusal as a problem of the letter."""
        try:
            yield
        except Refusal as refusal:
            raise ProblemsFound([Problem(self._letter.name, 1, refusal.message, refusal.remedy)]) from refusal


def _broken_off(unsure: Unsure) -> Report:
    return Report(lines=[f"Abgebrochen: {unsure}"], is_complete=False)
