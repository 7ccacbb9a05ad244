"""Which kinds of targets there are."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from generator.progress import Progress
from generator.publishing.address import Address, BucketAddress, FolderAddress, ShellAddress
from generator.publishing.changes import Changes
from generator.publishing.failure import Failure
from generator.publishing.in_place import InPlace, Place
from generator.publishing.releases import Releases
from generator.publishing.sealed_site import SealedSite
from generator.publishing.shell_folder import ShellFolder

__all__ = ["Target", "target_at"]


class Target(Protocol):
    """Where a site is published; every method raises `Failure` or OSError."""

    def published(self) -> str | None:
        """Return the text of the published site's manifest; None: nothing is published."""

    def changes(self, site: SealedSite, progress: Progress) -> Changes:
        """Return in what a site differs from what is published."""

    def publish(self, site: SealedSite, progress: Progress) -> Changes:
        """Publish a site, and return what was different; `Interruption`: it is worth trying again."""


def _bucket(address: BucketAddress) -> Place:
    try:
        from generator.publishing.bucket import Bucket  # noqa: PLC0415
    except ModuleNotFoundError:
        raise Failure("Für S3 fehlt ein Paket. Es mit „pip install schaukasten[s3]“ installieren.") from None
    return Bucket(address)


_TARGETS: Mapping[type[Address], Callable[[Any], Target]] = {
    FolderAddress: Releases,
    ShellAddress: lambda address: InPlace(ShellFolder(address), secrets.token_hex(16)),
    BucketAddress: lambda address: InPlace(_bucket(address), secrets.token_hex(16)),
}


def target_at(address: Address) -> Target:
    """Return the target at an address."""
    return _TARGETS[type(address)](address)
