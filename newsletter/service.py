"""Where a service is, as the environment names it: without a password, and encrypted unless it is this machine."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from generator.problems import Problem, ProblemsFound

__all__ = ["Service", "ServiceAddress"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAddress:
    """An address taken apart."""

    scheme: str
    host: str
    port: int
    path: str
    """Without a slash at its end."""

    user: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """How the address of a service has to look."""

    variable: str
    """What names it in the environment."""

    name: str
    """What it is in German, as in „So kann … nicht angegeben werden“."""

    ports: Mapping[str, int]
    """The usual port by the scheme."""

    plain: str
    """The scheme that encrypts nothing, and so may lead to this machine only."""

    encrypted: str
    """What to write instead, in German."""

    example: str
    """What to write where there is no usable address, in German."""

    path: str = ""
    """The paths there may be, as a regular expression."""

    has_user: bool = False

    def address(self, environment: Mapping[str, str]) -> ServiceAddress:
        """Return the address that the environment names.

        Raises:
            ProblemsFound: there is none, or it is not as it must be.
        """
        written = environment.get(self.variable, "")
        try:
            parts = urlsplit(written)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise self._problem(self._unusable, self.example) from None
        if not written:
            raise self._problem(f"{self.name[0].upper()}{self.name[1:]} ist nicht angegeben.", self.example)
        path = parts.path.rstrip("/")
        if (
            not host
            or parts.scheme not in self.ports
            or not re.fullmatch(self.path, path)
            or parts.query
            or parts.fragment
            or parts.password is not None
            or (parts.username is not None and not self.has_user)
        ):
            raise self._problem(self._unusable, self.example)
        if parts.scheme == self.plain and not _is_here(host):
            raise self._problem("Unverschlüsselt wird nur mit diesem Rechner selbst gesprochen.", self.encrypted)
        return ServiceAddress(
            scheme=parts.scheme,
            host=host,
            port=port or self.ports[parts.scheme],
            path=path,
            user=unquote(parts.username) if parts.username else None,
        )

    @property
    def _unusable(self) -> str:
        return f"So kann {self.name} nicht angegeben werden."

    def _problem(self, message: str, remedy: str) -> ProblemsFound:
        return ProblemsFound([Problem(self.variable, 1, message, remedy)])


def _is_here(host: str) -> bool:
    """Tell whether a host is this machine, to which nothing need be encrypted."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
