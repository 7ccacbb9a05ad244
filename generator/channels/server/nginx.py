"""Configuration for nginx (nginx.org/en/docs): a part to be included in a server block."""

import re
from collections.abc import Iterator, Mapping

from generator.channels.server.answers import Serving
from generator.channels.server.kinds import COMPRESSED, KINDS, WITH_CHARSET

__all__ = ["nginx_configuration"]

_HIDDEN = r"(?:(?:.*/)?\.(?!well-known/)|_(?:headers|redirects)$)"
"""What other servers read, and files that somebody left."""

_CONFIGURATION = """\
# Von Schaukasten erzeugt; wie man es einbindet, steht in LIESMICH.md daneben. Nicht ändern: Jeder Bau schreibt es neu.
location {root} {{
    index index.html;
    error_page 403 404 =404 {not_found};
    absolute_redirect off;
    server_tokens off;

    charset utf-8;
    charset_types {with_charset};
    default_type application/octet-stream;
    types {{
{types}
    }}

    gzip on;
    gzip_vary on;
    gzip_proxied any;
    gzip_min_length 500;
    gzip_types {compressed};

{headers}

    location = {not_found} {{ internal; }}
    location ~ {hidden} {{ return 404; }}
{redirects}{classes}
}}
"""

_CLASS = """\
    location ~ {pattern} {{
{headers}
    }}
"""

_WITHOUT_SLASH = """
location = {path} {{
    absolute_redirect off;
    return 301 {root};
}}
"""


def nginx_configuration(site: Serving) -> str:
    """Return the part of nginx's configuration for a site: to be included in a ``server`` block that names its root."""
    *classes, otherwise = site.answers
    text = _CONFIGURATION.format(
        root=_quoted(site.below),
        not_found=_quoted(f"{site.below}404.html"),
        hidden=_quoted(_below(site, _HIDDEN)),
        with_charset=" ".join(_apart_from_html(WITH_CHARSET)),
        compressed=" ".join(_apart_from_html(COMPRESSED)),
        types="\n".join(f"        {kind} {' '.join(ends)};" for kind, ends in _ends(KINDS).items()),
        headers=_headers({**site.common, **otherwise.headers}, "    "),
        redirects="".join(_redirects(site)),
        classes="".join(
            _CLASS.format(
                pattern=_quoted(_below(site, f"{answer.pattern}$")),
                headers=_headers({**site.common, **answer.headers}, "        "),
            )
            for answer in classes
        ).rstrip(),
    )
    return text if site.root == "/" else text + _WITHOUT_SLASH.format(path=_quoted(site.below[:-1]), root=site.root)


def _apart_from_html(kinds: tuple[str, ...]) -> Iterator[str]:
    """Yield the types but HTML, which nginx adds itself."""
    return (kind for kind in kinds if kind != "text/html")


def _ends(kinds: Mapping[str, str]) -> dict[str, list[str]]:
    ends: dict[str, list[str]] = {}
    for end, kind in kinds.items():
        ends.setdefault(kind, []).append(end)
    return ends


def _headers(headers: Mapping[str, str], indent: str) -> str:
    # Where a block has headers of its own, those around it do not hold: each block has all of them.
    return "\n".join(f"{indent}add_header {name} {_quoted(value)} always;" for name, value in headers.items())


def _redirects(site: Serving) -> Iterator[str]:
    for redirect in site.redirects:
        for path in redirect.decoded:
            yield f"    location = {_quoted(path)} {{ return 301 {redirect.new}; }}\n"


def _below(site: Serving, pattern: str) -> str:
    return f"^{re.escape(site.below)}{pattern}"


def _quoted(text: str) -> str:
    """Return a text as one word of nginx's language."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
