"""Logging in to a mail server (SMTP AUTH, RFC 4954)."""

import base64
import smtplib
import unicodedata

from newsletter.delivery.server import Server
from newsletter.refusal import Refusal

__all__ = ["log_in"]

_DONE = frozenset({235, 503})
"""Logged in, now or before."""


def log_in(smtp: smtplib.SMTP, server: Server) -> None:
    """Log in with the user and the password of a server that has said what it offers.

    Raises:
        Refusal: it takes no passwords, or not this one.
        smtplib.SMTPResponseException: it will not let anybody in at the moment.
        OSError: the connection broke.
    """
    user, password = server.user or "", server.password or ""
    offered = smtp.esmtp_features.get("auth", "").split()
    if not offered:
        raise Refusal(f"{server.host} bietet keine Anmeldung an.", "Den Anschluss prüfen: meist 587, mit smtps:// 465.")
    try:
        if user.isascii() and password.isascii():
            smtp.login(user, password)
        elif "PLAIN" in offered:
            _plain(smtp, user, password)
        else:
            raise Refusal(
                f"{server.host} nimmt nur Benutzer und Passwörter ohne Umlaute an ({', '.join(offered)}).",
                "Ein Passwort ohne Umlaute wählen.",
            )
    except smtplib.SMTPAuthenticationError as error:
        if error.smtp_code < 500:
            raise
        raise Refusal(
            f"{server.host} nimmt Benutzer und Passwort nicht an.", "Beide beim Betreiber erfragen."
        ) from error
    except (smtplib.SMTPResponseException, smtplib.SMTPServerDisconnected):
        raise
    except smtplib.SMTPException as error:
        raise Refusal(
            f"{server.host} bietet keine Anmeldung mit Passwort an ({', '.join(offered)}).",
            "Beim Betreiber einen Zugang mit Passwort (SMTP AUTH) erfragen.",
        ) from error


def _plain(smtp: smtplib.SMTP, user: str, password: str) -> None:
    """Log in with signs beyond ASCII, which smtplib cannot send and SASL PLAIN sends in UTF-8 (RFC 4616)."""
    # Some systems write „ü“ as two signs (RFC 8265, section 4.2.2).
    told = unicodedata.normalize("NFC", f"\0{user}\0{password}").encode()
    code, text = smtp.docmd("AUTH", f"PLAIN {base64.b64encode(told).decode()}")
    if code not in _DONE:
        raise smtplib.SMTPAuthenticationError(code, text)
