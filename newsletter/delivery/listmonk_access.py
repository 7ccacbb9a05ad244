"""Where listmonk is, and who may use it, as the environment names it: no token lies in the project."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from generator.problems import Problem, ProblemsFound
from newsletter.secret import is_here, secret_in

__all__ = ["ListmonkAccess", "listmonk_access"]

_URL = "SCHAUKASTEN_LISTMONK_URL"
_USER = "SCHAUKASTEN_LISTMONK_USER"
_TOKEN_FILE = "SCHAUKASTEN_LISTMONK_TOKEN_FILE"  # noqa: S105  # a name
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListmonkAccess:
    """A server, and a user of the kind „API“ there."""

    scheme: str
    """``https``, or ``http`` on this machine only."""

    host: str
    port: int
    path: str = ""
    """What comes before ``/api``, where listmonk does not have a host of its own."""

    user: str
    token: str = field(repr=False)

    def __str__(self) -> str:
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{port}{self.path}"


def listmonk_access(environment: Mapping[str, str], project: Path) -> ListmonkAccess:
    """Return the access that the environment names.

    Args:
        environment: the process's.
        project: the project's folder, in which no token may lie.

    Raises:
        ProblemsFound: none is named, or not as it must be.
        OSError: the file with the token cannot be read.
    """
    address = environment.get(_URL, "")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in _PORTS or "@" in parts.netloc or parts.query or parts.fragment:
        raise _problem(
            _URL,
            "So kann listmonk nicht angegeben werden." if address else "Die Adresse von listmonk ist nicht angegeben.",
            f"Zum Beispiel: {_URL}=https://listmonk.example.org; Benutzer und Token in {_USER} und {_TOKEN_FILE}.",
        )
    if parts.scheme == "http" and not is_here(host):
        raise _problem(
            _URL, "Unverschlüsselt wird nur mit diesem Rechner selbst gesprochen.", "https:// statt http:// schreiben."
        )
    return ListmonkAccess(
        scheme=parts.scheme,
        host=host,
        port=port or _PORTS[parts.scheme],
        path=parts.path.rstrip("/").removesuffix("/api"),
        user=_user(environment),
        token=_token(environment, project),
    )


def _user(environment: Mapping[str, str]) -> str:
    user = environment.get(_USER, "")
    if not user or ":" in user:
        raise _problem(
            _USER,
            "Der Benutzer für listmonk ist nicht angegeben." if not user else "So heißt kein Benutzer bei listmonk.",
            "Den Namen eines Benutzers der Art „API“ angeben; angelegt wird er in listmonk unter „Benutzer“.",
        )
    return user


def _token(environment: Mapping[str, str], project: Path) -> str:
    token = secret_in(_TOKEN_FILE, environment, project, "Token").strip()
    if not token.isascii() or not token.isprintable() or not token:
        raise _problem(
            environment[_TOKEN_FILE],
            "Die Datei enthält kein Token.",
            "Das Token aus listmonk hineinschreiben, sonst nichts.",
        )
    return token


def _problem(name: str, message: str, remedy: str) -> ProblemsFound:
    return ProblemsFound([Problem(name, 1, message, remedy)])
