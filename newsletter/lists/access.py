"""Where Mailman is configured, as the environment names it: no password lies in the project."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.problems import Problem, ProblemsFound
from newsletter.secret import secret_in
from newsletter.service import Service

__all__ = ["PASSWORD_FILE", "URL", "USER", "Access", "access_of"]

URL, USER, PASSWORD_FILE = (f"SCHAUKASTEN_MAILMAN_{name}" for name in ("URL", "USER", "PASSWORD_FILE"))
"""The variables of the environment."""

_SERVICE = Service(
    variable=URL,
    name="die Adresse von Mailman",
    ports={"https": 443, "http": 80},
    plain="http",
    encrypted="https:// schreiben, oder einen Tunnel legen: ssh -L 8001:localhost:8001 lists.example.org",
    example=f"Zum Beispiel: {URL}=http://127.0.0.1:8001/3.1.",
    path="/.+",
)


@dataclass(frozen=True, slots=True)
class Access:
    """The REST interface of a server, and who may use it."""

    url: str
    """With the version of the interface: ``http://127.0.0.1:8001/3.1``."""

    user: str
    password: str = field(repr=False)


def access_of(environment: Mapping[str, str], project: Path) -> Access:
    """Return the access that ``SCHAUKASTEN_MAILMAN_URL``, ``_USER`` and ``_PASSWORD_FILE`` name.

    Args:
        environment: the process's.
        project: the project's folder, in which no password may lie.

    Raises:
        ProblemsFound: none is named, or not as it must be.
        OSError: the file with the password cannot be read.
    """
    _SERVICE.address(environment)
    user = environment.get(USER)
    if not user:
        raise _problem(USER, "Der Benutzer fehlt.", "Ihn so nennen, wie admin_user in mailman.cfg heißt.")
    return Access(environment[URL].rstrip("/"), user, secret_in(PASSWORD_FILE, environment, project))


def _problem(name: str, message: str, remedy: str) -> ProblemsFound:
    return ProblemsFound([Problem(name, 1, message, remedy)])
