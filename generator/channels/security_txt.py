"""The file that says whom to tell of holes in the site's security (RFC 9116)."""

from collections.abc import Iterator
from datetime import UTC
from urllib.parse import urljoin

from generator.channels.output import File
from generator.model.security import Security
from generator.model.site import PublicSite

__all__ = ["security_txt"]

_PATH = ".well-known/security.txt"


def security_txt(site: PublicSite) -> Iterator[File]:
    """Make the file, unless the settings say nothing of it or what they say has expired: then it must not be used."""
    security = site.cooperation.security
    if security is not None and site.now < security.expires.astimezone(UTC):
        text = "\n".join(f"{name}: {value}" for name, value in _fields(site, security))
        yield File(path=_PATH, url=_PATH, contents=f"{text}\n".encode())


def _fields(site: PublicSite, security: Security) -> Iterator[tuple[str, str]]:
    base = site.cooperation.base_url
    yield from (("Contact", contact) for contact in security.contact)
    yield "Expires", security.expires.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    yield from (("Encryption", address) for address in security.encryption)
    if security.acknowledgments:
        yield "Acknowledgments", security.acknowledgments
    yield "Preferred-Languages", ", ".join(security.languages or (site.layout.language,))
    # Of a site below a path the file belongs into the root of the host, too; it names both places.
    yield from (("Canonical", address) for address in sorted({urljoin(base, f"/{_PATH}"), base + _PATH}, key=len))
    if security.policy:
        yield "Policy", security.policy
