"""Where the web editor finds the texts: a repository on a Git host, or a server for the files of one machine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

__all__ = ["HOSTS", "Host", "WebEditor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A kind of Git host, as Decap CMS speaks with it (decapcms.org/docs/backends-overview)."""

    backend: str
    """Decap's name for it."""

    api: str
    """Where its interface is, below the host's address; an address of its own begins with ``https:``."""

    signs_in: Mapping[str, Any]
    """How an editor is signed in."""

    has_workflow: bool
    """Whether a text can be proposed, and appears when somebody merges it."""

    address: str | None = None
    """The host's address where the settings name none."""

    opens_window: bool = False
    """Whether it asks for the password in a window of its own, which then tells the editor's page of it."""


HOSTS: Mapping[str, Host] = {
    "gitlab": Host(
        backend="gitlab",
        api="/api/v4",
        signs_in={"auth_type": "pkce"},
        has_workflow=True,
        address="https://gitlab.com",
    ),
    "gitea": Host(backend="gitea", api="/api/v1", signs_in={}, has_workflow=False),
    "forgejo": Host(backend="forgejo", api="/api/v1", signs_in={}, has_workflow=True),
    "github": Host(backend="github", api="https://api.github.com", signs_in={}, has_workflow=True, opens_window=True),
}
"""The values of the option ``backend``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebEditor:
    """The web editor of a site."""

    content: str
    """The content folder, from the top of the repository."""

    host: Host | None
    """None: the files of this machine, which a local server reads and writes."""

    repository: str = ""
    """As the host names it: ``allianz/webseite``."""

    branch: str = "main"
    address: str = ""
    """The host's address without a slash at its end; of GitHub, the one of the service that signs editors in."""

    api: str = ""
    """The address of the host's interface; of local files, of their server."""

    client: str = ""
    """What the host calls this site (OAuth 2.0's client identifier, RFC 6749, section 2.2)."""

    workflow: bool = False
    """Whether a text is proposed first."""

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins with which the editor's page speaks: scheme and host."""
        asked = (self.api,) if self.host is None or self.host.opens_window else (self.address, self.api)
        parts = (urlsplit(address) for address in asked)
        return tuple(dict.fromkeys(f"{part.scheme}://{part.netloc}" for part in parts))

    @property
    def opens_window(self) -> bool:
        """Whether it opens a window of another site, which must be able to answer."""
        return self.host is not None and self.host.opens_window
