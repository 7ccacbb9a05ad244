"""A letter on its way to listmonk: looked for there before and after each step, so that it is there once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from newsletter.delivery.campaign import Standing, standing, told
from newsletter.delivery.engine import Order
from newsletter.delivery.ledger import Ledger
from newsletter.delivery.listmonk import Campaign, CampaignRequest, Listmonk
from newsletter.delivery.listmonk_connection import Unsure
from newsletter.delivery.sending import Entry, Sending, State
from newsletter.refusal import Refusal

__all__ = ["Handover"]

_OPEN = Entry(State.OPEN, "", 0)
_ON_THE_SITE = "Wer ihn nicht hat, findet die Ausgabe auf der Microsite."
_DECIDE = "In listmonk nachsehen. Hat ihn niemand: schaukasten newsletter ledger resolve {} --again"
_NEXT: Mapping[str, str] = {
    "scheduled": "Zum Ändern in listmonk die Planung aufheben und den Entwurf löschen.",
    "running": "In listmonk zusehen, bis sie beendet ist.",
    "paused": "In listmonk den Grund ansehen und sie dort fortsetzen.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Hands one letter over; only for who is alone with it in the ledger.

    listmonk sends no draft by itself, and starts each campaign once. So it is enough to make no second one: what may
    have been made is looked for before another is. That a campaign is started, or planned for a time, is written ahead
    in the ledger, where it stays known if somebody deletes the campaign. Before its time, a plan may still be given up.
    """

    ledger: Ledger
    listmonk: Listmonk
    wanted: CampaignRequest
    recipient: bytes
    """What stands for the list in the ledger."""

    order: Order

    def go(self, sending: Sending | None) -> str:
        """Do what is left to do, and say how far the letter is.

        Args:
            sending: the letter's in the ledger, if it began.

        Raises:
            Refusal: it was handed over before, is not as it was built, or listmonk refuses.
            OSError: the ledger cannot be written; nothing was started.
        """
        entry = self.ledger.entries(sending).get(self.recipient, _OPEN) if sending else _OPEN
        found = self._standing()
        if found.begun is not None:
            return self._begun(found.begun, entry.state)
        if entry.state is State.SENT or (found.draft is None and self._may_be_sent(entry)):
            raise Refusal(
                "Laut Versandbuch wurde der Brief an listmonk übergeben, doch die Kampagne ist nicht mehr da.",
                _ON_THE_SITE if entry.state is State.SENT else _DECIDE.format(self.order.letter.name),
            )
        draft = self._draft(found.draft)
        if self.order.is_draft:
            return f"{told(draft)}: dort ansehen und starten."
        if self.order.at is not None:
            return f"{told(self._handed_over(draft, State.PLANNED, self.order.at))}."
        campaign = self._handed_over(draft, State.SENDING, self.order.clock())
        self._write(State.SENT, self.order.clock())
        return f"{told(campaign)}."

    def _may_be_sent(self, entry: Entry) -> bool:
        is_due = entry.at <= self.order.clock().timestamp()
        return entry.state is State.SENDING or (entry.state is State.PLANNED and is_due)

    def _standing(self) -> Standing:
        return standing(self.listmonk.campaigns(self.wanted.tags[0]), self.wanted)

    def _begun(self, campaign: Campaign, state: State) -> str:
        """Say what became of a campaign that is no draft any more; refuse unless this run goes on with it."""
        if campaign.status == "scheduled":
            is_ours = self.order.at is not None and campaign.send_at == self.order.at
        else:
            is_ours = state is State.SENDING
            self._write(State.SENT, self.order.clock())
        if is_ours:
            return f"{told(campaign)}."
        raise Refusal(f"Der Brief ist schon bei listmonk: {told(campaign)}.", _NEXT.get(campaign.status, _ON_THE_SITE))

    def _draft(self, draft: Campaign | None) -> Campaign:
        """Return the draft, made or changed as far as it has to be."""
        if draft is not None and draft.send_at == self.wanted.send_at:
            return draft
        unsure = None
        try:
            if draft is None:
                self.listmonk.create_campaign(self.wanted)
            else:
                self.listmonk.update_campaign(draft.id, self.wanted)
        except Unsure as error:
            unsure = error
        # Somebody else may have made one in the same moment.
        made = self._standing().draft
        if made is None or made.send_at != self.wanted.send_at:
            raise unsure or Refusal(
                "listmonk nennt die Kampagne nicht, die es angelegt hat.",
                "Prüfen, ob der Benutzer die Kampagnen dieser Liste sehen darf (campaigns:get).",
            )
        return made

    def _handed_over(self, draft: Campaign, state: State, at: datetime) -> Campaign:
        """Start a draft, which is written down before, and return the campaign as it is then."""
        sending = self._write(state, at)
        try:
            return self._started(draft)
        except Unsure:
            raise
        except Refusal:
            self.ledger.decide(sending, [self.recipient], state, State.OPEN, self.order.clock())
            self.ledger.withdraw(sending)
            raise

    def _started(self, draft: Campaign) -> Campaign:
        """Start a draft, and return the campaign as it is then.

        Raises:
            Unsure: it may be started.
            Refusal: it is not.
        """
        failure: Refusal | None = None
        try:
            self.listmonk.start(draft.id, is_scheduled=self.order.at is not None)
        except Refusal as refusal:
            failure = refusal
        try:
            campaign = self.listmonk.campaign(draft.id)
        except Refusal as refusal:
            raise Unsure((failure or refusal).message, (failure or refusal).remedy) from refusal
        if campaign.status == "draft":
            raise failure or Unsure("listmonk hat die Kampagne nicht gestartet.", "Das Protokoll von listmonk ansehen.")
        return campaign

    def _write(self, state: State, at: datetime) -> Sending:
        """Write down what is about to become of the letter, or became of it, and when."""
        ledger, letter = self.ledger, self.order.letter
        sending = ledger.begin(letter.name, letter.digest, [self.recipient], self.order.clock())
        ledger.decide(sending, [self.recipient], ledger.entries(sending)[self.recipient].state, state, at)
        return sending
