"""Old addresses that lead to the new ones."""

from collections.abc import Iterator
from html import escape
from urllib.parse import unquote

from generator.channels.output import File
from generator.channels.server.servers import SERVERS
from generator.channels.view import View
from generator.model.site import PublicSite

__all__ = ["redirects"]

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={url}">
<link rel="canonical" href="{canonical}">
</head>
<body>
<p>{moved} <a href="{url}">{title}</a></p>
</body>
</html>
"""


def redirects(site: PublicSite) -> Iterator[File]:
    """Make a page at each old address that sends the reader on, for servers that do no other redirect."""
    if SERVERS[site.layout.server].files_first:
        return
    words = View(site).words
    for entry in site.entries:
        for former in entry.former_urls:
            path = unquote(former)
            file = path if path.endswith(".html") else f"{path}index.html"
            url = "../" * file.count("/") + entry.url or "./"
            text = _PAGE.format(
                language=words.language,
                title=escape(entry.title),
                moved=words("page.moved"),
                url=escape(url),
                canonical=escape(site.cooperation.base_url + entry.url),
            )
            yield File(path=file, url=former, contents=text.encode())
