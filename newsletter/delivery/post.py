"""A letter as the one mail to its list, which passes it on as it is."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from newsletter.delivery.built_letter import BuiltLetter
from newsletter.delivery.built_message import BuiltMessage, Mail
from newsletter.delivery.dkim import Header, Signer, relaxed_lines, signed
from newsletter.delivery.recipient import Recipient
from newsletter.message import mail_date

__all__ = ["PostTemplate"]


class PostTemplate:
    """The letter as it was built, with a date, a Message-ID and signatures (`Template`)."""

    def __init__(
        self, letter: BuiltLetter, date: datetime, signers: Sequence[Signer] = (), *, is_test: bool = False
    ) -> None:
        """Put together what does not depend on the recipient.

        Args:
            letter: built for a list.
            date: when sending began.
            signers: sign the mail (DKIM).
            is_test: whether it goes to somebody else than the list, and its subject says so.
        """
        self._message = BuiltMessage(letter, is_test=is_test)
        self._date = Header("Date", mail_date(date).encode())
        self._signers = signers
        self._is_test = is_test

    def mail(self, recipient: Recipient, token: str, number: str) -> Mail:  # noqa: ARG002  # it is the same for all
        """Return the mail to the list, or a test to somebody."""
        message_id = self._message.message_id(number)
        to = f"<{recipient.address.mail}>" if self._is_test else self._message["To"]
        headers = [
            Header("To", to.encode()),
            Header("Message-ID", message_id.encode()),
            self._date,
            *self._message.without({"to", "message-id", "date"}),
        ]
        body = self._message.body
        content = signed(headers, body, sha256(relaxed_lines(body)).digest(), self._signers)
        return Mail(recipient=recipient, message_id=message_id, content=content)
