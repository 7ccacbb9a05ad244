"""Configuration for Apache (httpd.apache.org/docs/2.4): the file ``.htaccess`` in the site's root."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from generator.channels.server.answers import Serving
from generator.channels.server.kinds import COMPRESSED, KINDS, WITH_CHARSET

__all__ = ["apache_configuration"]

_CONFIGURATION = """\
# Von Schaukasten erzeugt. Nicht ändern: Jeder Bau schreibt es neu.
# Gebraucht werden „AllowOverride FileInfo Indexes“ (oder All) und die Module alias, deflate, dir, filter, headers und
# mime.
DirectoryIndex index.html
ErrorDocument 404 {root}404.html

<IfModule mod_mime.c>
{types}
    AddCharset utf-8 {with_charset}
</IfModule>

<IfModule mod_filter.c>
    <IfModule mod_deflate.c>
        AddOutputFilterByType DEFLATE {compressed}
    </IfModule>
</IfModule>

<IfModule mod_headers.c>
{common}
{classes}
</IfModule>

<IfModule mod_alias.c>
    RedirectMatch 404 {own}
    # Ordner ohne Seite zeigen keine Liste ihrer Dateien.
    <If "-d %{{REQUEST_FILENAME}} && ! -f '%{{REQUEST_FILENAME}}/index.html'">
        Redirect 404 {root}
    </If>
{redirects}</IfModule>
"""

_CLASS = """\
    <{condition}>
{headers}
    </{name}>"""


def apache_configuration(site: Serving) -> str:
    """Return the text of ``.htaccess`` for a site."""
    return _CONFIGURATION.format(
        root=site.root,
        types="\n".join(f"    AddType {kind} .{end}" for end, kind in KINDS.items()),
        with_charset=" ".join(f".{end}" for end, kind in KINDS.items() if kind in WITH_CHARSET),
        compressed=" ".join(COMPRESSED),
        common=_headers(site.common, "    "),
        classes="\n".join(_classes(site)),
        own=_quoted(rf"^{re.escape(site.below)}(?:\.htaccess|_headers|_redirects)$"),
        redirects="".join(_redirects(site)),
    )


def _classes(site: Serving) -> Iterator[str]:
    *classes, otherwise = site.answers
    name = "If"
    for answer in classes:
        # A comma can stand in no address that matters, and in no pattern.
        condition = f'{name} "%{{REQUEST_URI}} =~ m,^{re.escape(site.below)}{answer.pattern}$,"'
        yield _CLASS.format(condition=condition, name=name, headers=_headers(answer.headers, "        "))
        name = "ElseIf"
    yield _CLASS.format(condition="Else", name="Else", headers=_headers(otherwise.headers, "        "))


def _headers(headers: Mapping[str, str], indent: str) -> str:
    return "\n".join(f"{indent}Header always set {name} {_quoted(value)}" for name, value in headers.items())


def _redirects(site: Serving) -> Iterator[str]:
    # A server behind another one does not know by which scheme it is reached: it is told the whole address. Percent
    # signs it writes itself.
    for redirect in site.redirects:
        new = _quoted(site.origin + unquote(redirect.new))
        for path in redirect.decoded:
            yield f"    RedirectMatch 301 {_quoted(f'^{re.escape(path)}$')} {new}\n"


def _quoted(text: str) -> str:
    """Return a text as one word of Apache's language."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
