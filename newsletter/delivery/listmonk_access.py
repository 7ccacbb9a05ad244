"""Where listmonk is, and who may use it, as the environment names it: no token lies in the project."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.problems import Problem, ProblemsFound
from newsletter.secret import secret_in
from newsletter.service import Service

__all__ = ["ListmonkAccess", "listmonk_access"]

_USER = "SCHAUKASTEN_LISTMONK_USER"
_TOKEN_FILE = "SCHAUKASTEN_LISTMONK_TOKEN_FILE"  # noqa: S105  # a name
_SERVICE = Service(
    variable="SCHAUKASTEN_LISTMONK_URL",
    name="die Adresse von listmonk",
    ports={"https": 443, "http": 80},
    plain="http",
    encrypted="https:// statt http:// schreiben.",
    example="Zum Beispiel: SCHAUKASTEN_LISTMONK_URL=https://listmonk.example.org; Benutzer und Token in "
    f"{_USER} und {_TOKEN_FILE}.",
    path="(/.*)?",
)


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
        port = "" if self.port == _SERVICE.ports[self.scheme] else f":{self.port}"
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
    at = _SERVICE.address(environment)
    return ListmonkAccess(
        scheme=at.scheme,
        host=at.host,
        port=at.port,
        path=at.path.removesuffix("/api"),
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
