"""The mail server that takes the letters, as the environment names it: no password lies in the project."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.problems import Problem, ProblemsFound
from newsletter.delivery.address import checked
from newsletter.delivery.dkim import Key, read_key
from newsletter.private import must_be_outside
from newsletter.secret import secret_in
from newsletter.service import Service

__all__ = ["Server", "keys_of", "server_of"]

_PASSWORD = "SCHAUKASTEN_SMTP_PASSWORD"  # noqa: S105  # a name
_PASSWORD_FILE = "SCHAUKASTEN_SMTP_PASSWORD_FILE"  # noqa: S105  # a name
_BOUNCES = "SCHAUKASTEN_RETURN_PATH"
_DKIM = "SCHAUKASTEN_DKIM"
_SELECTOR = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_SERVICE = Service(
    variable="SCHAUKASTEN_SMTP",
    name="der Server",
    ports={"smtp": 587, "smtps": 465, "smtp+plain": 25},
    plain="smtp+plain",
    encrypted="smtp:// (mit STARTTLS) oder smtps:// schreiben.",
    example="Zum Beispiel: SCHAUKASTEN_SMTP=smtp://benutzer@mail.example.org:587 (mit STARTTLS) oder smtps://… (mit "
    f"TLS); das Passwort in {_PASSWORD_FILE}.",
    has_user=True,
)
_HOW = {"smtp": "STARTTLS", "smtps": "TLS", "smtp+plain": "unverschlüsselt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mail server."""

    host: str
    port: int
    scheme: str
    """``smtp`` (STARTTLS, RFC 3207), ``smtps`` (TLS, RFC 8314), or ``smtp+plain``, on this machine only."""

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    return_path: str | None = None
    """Where mails go that come back; else to the sender."""

    def __str__(self) -> str:
        return f"{self.host}:{self.port} ({_HOW[self.scheme]})"


def server_of(environment: Mapping[str, str], project: Path) -> Server:
    """Return the server that ``SCHAUKASTEN_SMTP`` names, with its password.

    Args:
        environment: the process's.
        project: the project's folder, in which no password may lie.

    Raises:
        ProblemsFound: none is named, or not as it must be.
        OSError: the file with the password cannot be read.
    """
    at = _SERVICE.address(environment)
    return Server(
        host=at.host,
        port=at.port,
        scheme=at.scheme,
        user=at.user,
        password=_password(environment, project) if at.user else None,
        return_path=_return_path(environment),
    )


def keys_of(environment: Mapping[str, str], project: Path) -> tuple[Key, ...]:
    """Return the keys for signing that ``SCHAUKASTEN_DKIM`` names: ``selector=file``, several divided by commas.

    Raises:
        ProblemsFound: they are not named as they must be, or cannot be used.
        OSError: a file cannot be read.
    """
    keys = []
    for pair in filter(None, map(str.strip, environment.get(_DKIM, "").split(","))):
        selector, _, name = pair.partition("=")
        if not _SELECTOR.fullmatch(selector) or not name:
            raise _problem(
                _DKIM,
                f"„{pair}“ nennt keinen Schlüssel.",
                f"Zum Beispiel: {_DKIM}=newsletter=/etc/schaukasten/dkim.pem",
            )
        file = Path(name).expanduser()
        must_be_outside(project, file, "Der Schlüssel für DKIM")
        keys.append(read_key(file, selector))
    return tuple(keys)


def _password(environment: Mapping[str, str], project: Path) -> str:
    if (password := environment.get(_PASSWORD)) is not None:
        try:
            password.encode()
        except UnicodeEncodeError as error:
            raise _problem(_PASSWORD, "Das Passwort ist nicht in UTF-8 angegeben.", "Die Umgebung prüfen.") from error
        return password
    return secret_in(_PASSWORD_FILE, environment, project)


def _return_path(environment: Mapping[str, str]) -> str | None:
    address = environment.get(_BOUNCES)
    try:
        return checked(address).mail if address else None
    except ValueError as error:
        raise _problem(_BOUNCES, f"„{address}“ ist keine E-Mail-Adresse. {error}", "Sie berichtigen.") from error


def _problem(name: str, message: str, remedy: str) -> ProblemsFound:
    return ProblemsFound([Problem(name, 1, message, remedy)])
