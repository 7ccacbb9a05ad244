"""What programs that read the web may read (RFC 9309)."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.channels.output import File
from generator.channels.view import View
from generator.model.site import PublicSite

__all__ = ["robots"]


def robots(site: PublicSite) -> Iterator[File]:
    """Make the file for the host's root: everything but answers of the search, which are on no page of their own."""
    view = View(site)
    search = urlsplit(view.absolute(view.at.search)).path
    rule = f"Disallow: {search}?" if site.layout.search else "Allow: /"
    lines = ("User-agent: *", rule, f"Sitemap: {view.absolute('sitemap.xml')}", "")
    yield File(path="robots.txt", url="robots.txt", contents="\n".join(lines).encode())
