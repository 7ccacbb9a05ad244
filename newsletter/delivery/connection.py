"""A connection to a mail server (SMTP, RFC 5321), which tells of each mail what is sure about it."""

import smtplib
import socket
import ssl
from contextlib import suppress
from types import TracebackType
from typing import NamedTuple

from newsletter.delivery.built_message import Mail
from newsletter.delivery.certificate import bad_certificate
from newsletter.delivery.login import log_in
from newsletter.delivery.pace import Pace
from newsletter.delivery.replies import code_of
from newsletter.delivery.sending import State
from newsletter.delivery.server import Server
from newsletter.refusal import Refusal

__all__ = ["Answer", "Connection", "ServerUnreachable"]

_CLOSING = 421
"""The server is about to close the connection (RFC 5321, section 4.2.3)."""

_GO_ON = 354
_NO_UTF8 = "553 5.6.7"
_RATHER = {("smtp", 465): "smtps", ("smtps", 587): "smtp"}
"""What is usual at a port: spoken to in the other way, a server is silent, or breaks off."""


class ServerUnreachable(Exception):  # noqa: N818  # nothing is wrong with the program
    """Raised where a server cannot be reached at the moment; says why in German."""


class Answer(NamedTuple):
    """What is sure about a mail after it was tried."""

    state: State
    """Open: it was not sent, for no fault of its own; sending: it may have been."""

    code: str = ""
    is_of_sender: bool = False
    """Whether the server will take no mail of this sender, whoever it goes to."""

    @property
    def is_over(self) -> bool:
        """Whether the connection can no longer be used."""
        return self.state in {State.OPEN, State.SENDING}


class Connection:
    """A connection that is open; used as a context manager."""

    def __init__(self, server: Server, sender: str, pace: Pace) -> None:
        """Connect, look at the certificate wherever there is one, and log in.

        Args:
            server: the server.
            sender: the e-mail address that mails come from.
            pace: how long to wait for answers.

        Raises:
            Refusal: the server will not take anything from us.
            ServerUnreachable: it might later.
        """
        self._server = server
        self._pace = pace
        self._return_path = server.return_path or sender
        name = sender.rpartition("@")[2]
        try:
            self._smtp = _connected(server, name, pace.first_patience)
        except ssl.SSLCertVerificationError as error:
            raise bad_certificate(server.host, error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Refusal(
                f"{server.host} bietet keine Verschlüsselung (STARTTLS) an.",
                "Den Anschluss prüfen: meist 587, mit smtps:// 465.",
            ) from error
        except smtplib.SMTPResponseException as error:
            if error.smtp_code < 200:
                raise ServerUnreachable(f"{server.host}:{server.port} antwortet nicht wie ein Mailserver.") from error
            told = f"{server.host} weist die Verbindung ab ({code_of(error.smtp_code, _bytes(error.smtp_error))})."
            if error.smtp_code >= 500:
                raise Refusal(told, "Den Betreiber des Servers fragen, ob von hier verschickt werden darf.") from error
            raise ServerUnreachable(told) from error
        except (OSError, ValueError) as error:
            raise ServerUnreachable(_unreachable(server)) from error

    def __enter__(self) -> "Connection":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._smtp.close()

    def quit(self) -> None:
        """Say goodbye."""
        try:
            self._socket.settimeout(5)
            self._smtp.quit()
        except (OSError, ValueError):
            self._smtp.close()

    def deliver(self, mail: Mail) -> Answer:
        """Send a mail and return what is sure about it.

        Raises:
            Refusal: the server takes nothing from this sender.
        """
        try:
            self._socket.settimeout(self._pace.patience)
            refused = self._announce(mail)
            if refused is not None:
                return refused
            # Without its end, a mail is none: as long as that has not left, nothing was sent.
            self._socket.sendall(mail.content.replace(b"\r\n.", b"\r\n.."))
            self._socket.settimeout(self._pace.last_patience)
            self._socket.sendall(b".\r\n")
        except (OSError, ValueError):
            self._smtp.close()
            return Answer(State.OPEN)
        return self._finish()

    def _announce(self, mail: Mail) -> Answer | None:
        """Say whom the mail is from and to; return an answer if the server does not want it."""
        smtp, address = self._smtp, mail.recipient.address
        options: tuple[str, ...] = ()
        if address.needs_utf8:
            if not smtp.has_extn("smtputf8"):
                return Answer(State.FAILED, _NO_UTF8)
            options = ("SMTPUTF8", "BODY=8BITMIME")
        code, text = smtp.mail(self._return_path, options)
        if code != 250:
            if code >= 500:
                raise Refusal(
                    f"{self._server.host} nimmt vom Absender nichts an ({code_of(code, text)}).",
                    "Beim Betreiber erfragen, welche Absender erlaubt sind.",
                )
            return self._refused(code, text)._replace(is_of_sender=True)
        code, text = smtp.rcpt(address.mail)
        if code in {250, 251}:
            code, text = smtp.docmd("DATA")
            if code == _GO_ON:
                return None
        return self._refused(code, text)

    def _refused(self, code: int, text: bytes) -> Answer:
        if 500 <= code < 600:
            answer = Answer(State.FAILED, code_of(code, text))
        elif 400 <= code < 500 and code != _CLOSING:
            answer = Answer(State.LATER, code_of(code, text))
        else:
            self._smtp.close()
            return Answer(State.OPEN, code_of(code, text) if code == _CLOSING else "")
        with suppress(OSError):  # the next mail will find out
            self._smtp.rset()
        return answer

    @property
    def _socket(self) -> socket.socket:
        return _socket_of(self._smtp)

    def _finish(self) -> Answer:
        """Wait for the answer to a whole mail: only that tells whether it was taken."""
        try:
            code, text = self._smtp.getreply()
        except (OSError, ValueError):
            self._smtp.close()
            return Answer(State.SENDING)
        if 200 <= code < 300:
            return Answer(State.SENT)
        if 400 <= code < 600:
            return Answer(State.LATER if code < 500 else State.FAILED, code_of(code, text))
        self._smtp.close()
        return Answer(State.SENDING)


def _connected(server: Server, name: str, patience: float) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.scheme == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=name, timeout=patience, context=context
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=patience)
    try:
        if server.scheme == "smtp":
            smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()
        if server.user is not None:
            log_in(smtp, server)
        # The end of a mail is a packet of its own, which must not wait for those before it to be acknowledged.
        _socket_of(smtp).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _unreachable(server: Server) -> str:
    told = f"{server.host}:{server.port} ist nicht zu erreichen."
    scheme = _RATHER.get((server.scheme, server.port))
    return f"{told} An diesem Anschluss heißt es meist {scheme}://." if scheme else told


def _socket_of(smtp: smtplib.SMTP) -> socket.socket:
    if smtp.sock is None:
        raise smtplib.SMTPServerDisconnected
    return smtp.sock


def _bytes(text: bytes | str) -> bytes:
    return text.encode("ascii", "replace") if isinstance(text, str) else text
