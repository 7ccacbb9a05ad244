"""The channel: the web editor's page, where the settings want one."""

from collections.abc import Iterator, Mapping
from html import escape

from generator.channels.output import File, LazyFolders
from generator.channels.server.policy import editor_policy, in_page
from generator.editor.bundle import bundle_folder, fill, page_files
from generator.editor.configuration import configuration
from generator.model.site import PublicSite

__all__ = ["PLACE", "editor"]

PLACE = "admin/"
"""Its address, relative to the site's root."""


def editor(site: PublicSite) -> Iterator[File | LazyFolders]:
    """Make the page, its configuration, and the folder of Decap CMS. No sitemap, feed or page leads there."""
    if site.layout.editor is None:
        return
    bundle = bundle_folder()
    shown = {
        "{name}": site.cooperation.name,
        "{bundle}": bundle,
        "{policy}": in_page(editor_policy(site.layout.editor.origins)),
    }
    for name, text in page_files():
        yield _file(name, _filled(text, shown) if name.endswith(".html") else text)
    yield _file("config.yml", configuration(site, site.layout.editor))
    yield LazyFolders(identities={f"{PLACE}{bundle}": bundle.encode()}, make=fill)


def _filled(template: str, values: Mapping[str, str]) -> str:
    for mark, value in values.items():
        template = template.replace(mark, escape(value))
    return template


def _file(name: str, text: str) -> File:
    path = f"{PLACE}{name}"
    return File(path=path, url=path.removesuffix("index.html"), data=text.encode())
