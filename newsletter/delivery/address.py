"""E-mail addresses of recipients: checked, the same for the same mailbox, and hidden where they are told."""

import re
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

__all__ = ["Address", "checked", "masked", "own"]

_SAME_DOMAIN = {"googlemail.com": "gmail.com"}
_WITHOUT_DOTS = frozenset({"gmail.com"})
"""Where dots before the @ make no difference. Of no other large provider is that known, so for all others they do."""

_HOST = re.compile(r"[\w.-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address that mail can be sent to."""

    mail: str
    """As it is written in mails: as it came, its domain in ASCII (IDNA 2008)."""

    mailbox: str
    """Whose it is: the same text for all spellings of one mailbox."""

    @property
    def needs_utf8(self) -> bool:
        """Whether a server must offer SMTPUTF8 to take mail for it (RFC 6531)."""
        return not self.mail.isascii()


def checked(text: str) -> Address:
    """Return the address that a text is; nobody is asked whether it exists.

    Raises:
        ValueError: it is none; says why, a German sentence.
    """
    try:
        found = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise ValueError(_reason(text.strip())) from error
    domain = _SAME_DOMAIN.get(found.ascii_domain.lower(), found.ascii_domain.lower())
    local = found.local_part.casefold()
    mailbox = local.replace(".", "") if domain in _WITHOUT_DOTS else local
    return Address(mail=f"{found.local_part}@{found.ascii_domain.lower()}", mailbox=f"{mailbox}@{domain}")


def own(text: str) -> Address:
    """Return an address of the office itself, as its settings have it.

    It may be one that only its own network knows (``raete@lists.rathaus.local``), to which `checked` lets nobody write.
    """
    local, _, domain = text.rpartition("@")
    return Address(mail=f"{local}@{domain.lower()}", mailbox=f"{local.casefold()}@{domain.lower()}")


def masked(text: str) -> str:
    """Return an address as it may be told: its first character and its domain, and nothing of what stands beside it."""
    local, at, domain = text.strip().rpartition("@")
    if not at:
        return f"{text.strip()[:1]}…"
    host = _HOST.match(domain)
    told = host[0] if host else ""
    return f"{local[:1]}…@{told}{'…' if told != domain else ''}"


def _reason(text: str) -> str:
    local, at, domain = text.rpartition("@")
    reasons = (
        (not text, "Hier fehlt die Adresse."),
        (not at, "Das @ fehlt."),
        ("@" in local, "Es darf nur ein @ vorkommen."),
        (not local, "Vor dem @ steht nichts."),
        (any(map(str.isspace, text)), "Es steht ein Leerzeichen darin."),
        ("." not in domain.strip("."), "Nach dem @ fehlt die Endung wie „.de“."),
        (True, "So kann keine Adresse lauten."),
    )
    return next(reason for is_so, reason in reasons if is_so)
