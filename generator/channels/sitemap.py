"""The sitemap (sitemaps.org), made last because it names what the channels made."""

from collections.abc import Iterable
from html import escape

from generator.channels.output import File

__all__ = ["sitemap"]


def sitemap(base_url: str, files: Iterable[File]) -> File:
    """Return the sitemap of the listed pages, in the order of their addresses, with the days of their last change."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for file in sorted((file for file in files if file.listed), key=lambda file: file.url):
        modified = f"<lastmod>{file.modified}</lastmod>" if file.modified else ""
        lines.append(f"<url><loc>{escape(base_url + file.url)}</loc>{modified}</url>")
    lines += ["</urlset>", ""]
    return File(path="sitemap.xml", url="sitemap.xml", contents="\n".join(lines).encode())
