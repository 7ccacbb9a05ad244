"""Which servers there are, and what is written for each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generator.channels.output import File
from generator.channels.server.answers import Serving, serving
from generator.channels.server.apache import apache_configuration
from generator.channels.server.instructions import instructions
from generator.channels.server.nginx import nginx_configuration
from generator.channels.server.static_hosts import host_headers, host_redirects
from generator.model.site import PublicSite

__all__ = ["SERVERS", "Server", "published", "unpublished"]

_Writer = Callable[[Serving], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A kind of server."""

    published: Mapping[str, _Writer]
    """What it reads in the site's root, by name."""

    unpublished: Mapping[str, _Writer]
    """What is handed to whoever runs it, by name."""

    files_first: bool = False
    """Whether a file at an old address would keep it from leading on."""


_APACHE: Mapping[str, _Writer] = {".htaccess": apache_configuration}
_NGINX: Mapping[str, _Writer] = {"nginx.conf": nginx_configuration}
_REDIRECTS: Mapping[str, _Writer] = {"_redirects": host_redirects}
_HOSTS: Mapping[str, _Writer] = {"_headers": host_headers, **_REDIRECTS}
_README: Mapping[str, _Writer] = {"LIESMICH.md": instructions}

SERVERS: Mapping[str, Server] = {
    "any": Server(published={**_APACHE, **_HOSTS}, unpublished={**_NGINX, **_README}),
    "nginx": Server(published={}, unpublished={**_NGINX, **_README}),
    "apache": Server(published=_APACHE, unpublished=_README),
    "netlify": Server(published=_HOSTS, unpublished=_README, files_first=True),
    "cloudflare": Server(published=_HOSTS, unpublished=_README),
    "gitlab": Server(published=_REDIRECTS, unpublished=_README, files_first=True),
    "none": Server(published={}, unpublished={}),
}
"""The values of the option ``server``."""


def published(site: PublicSite) -> Iterator[File]:
    """Make what the server reads in the site's root: the channel."""
    yield from _written(site, SERVERS[site.layout.server].published)


def unpublished(site: PublicSite) -> Iterator[File]:
    """Make what whoever runs the server is given: no part of the site."""
    yield from _written(site, SERVERS[site.layout.server].unpublished)


def _written(site: PublicSite, writers: Mapping[str, _Writer]) -> Iterator[File]:
    told = serving(site)
    for name, write in writers.items():
        yield File(path=name, url=name, contents=write(told).encode())
