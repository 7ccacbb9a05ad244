"""Where Mailman is configured, as the environment names it: no password lies in the project."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from generator.problems import Problem, ProblemsFound
from newsletter.secret import is_here, secret_in

__all__ = ["PASSWORD_FILE", "URL", "USER", "Access", "access_of"]

URL, USER, PASSWORD_FILE = (f"SCHAUKASTEN_MAILMAN_{name}" for name in ("URL", "USER", "PASSWORD_FILE"))
"""The variables of the environment."""

_EXAMPLE = f"Zum Beispiel: {URL}=http://127.0.0.1:8001/3.1"


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
    url = environment.get(URL, "").rstrip("/")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in {"http", "https"} or parts.username or parts.query or not parts.path:
        raise _problem(
            URL, "So kann Mailman nicht angegeben werden." if url else "Mailman ist nicht angegeben.", f"{_EXAMPLE}."
        )
    if parts.scheme == "http" and not is_here(host):
        raise _problem(
            URL,
            "Unverschlüsselt geht das Passwort nur an diesen Rechner selbst.",
            "https:// schreiben, oder einen Tunnel legen: ssh -L 8001:localhost:8001 lists.example.org",
        )
    user = environment.get(USER)
    if not user:
        raise _problem(USER, "Der Benutzer fehlt.", "Ihn so nennen, wie admin_user in mailman.cfg heißt.")
    return Access(url, user, secret_in(PASSWORD_FILE, environment, project))


def _problem(name: str, message: str, remedy: str) -> ProblemsFound:
    return ProblemsFound([Problem(name, 1, message, remedy)])
