"""In what a site that was built differs from the published one, for people: by their titles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.manifest import Manifest
from generator.model.site import PublicSite
from generator.vanished import address_of_file, is_for_people

__all__ = ["Changed", "SiteChanges", "site_changes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A page or file that is different."""

    address: str
    """Relative to the site's root."""

    title: str | None
    """The title of its text; None: it is of no single text, as lists and downloads are, or was removed."""

    file: str | None
    """The file of its text, relative to the content folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChanges:
    """What is different, each part in the order of addresses."""

    new: tuple[Changed, ...]
    changed: tuple[Changed, ...]
    removed: tuple[Changed, ...]
    everything: bool
    """Whether the page of each text that both sites have is different: their frame is, or the moment they stand for."""


def site_changes(published: Manifest, built: Manifest, site: PublicSite) -> SiteChanges:
    """Return what is different in pages, feeds, calendars and downloads; what pages are made of is left out.

    Args:
        published: the published site.
        built: the one that was built.
        site: the public texts of the built one.
    """
    texts = {entry.url: (entry.title, str(entry.source.path)) for entry in site.entries}
    before, after = (_told(manifest.files, site) for manifest in (published, built))
    both = before.keys() & after.keys()
    different = {address for address in both if before[address] != after[address]}
    pages = both & texts.keys()

    def changed(addresses: Iterator[str] | set[str]) -> tuple[Changed, ...]:
        nothing = (None, None)
        parts = ((address, texts.get(address, nothing)) for address in sorted(addresses))
        return tuple(Changed(address=address, title=title, file=file) for address, (title, file) in parts)

    return SiteChanges(
        new=changed(after.keys() - before.keys()),
        changed=changed(different),
        removed=changed(before.keys() - after.keys()),
        everything=len(pages) > 1 and pages <= different,
    )


def _told(files: Mapping[str, str], site: PublicSite) -> dict[str, str]:
    """Return the digests of what people link to, by address."""
    return {address_of_file(path): digest for path, digest in files.items() if is_for_people(path, site)}
