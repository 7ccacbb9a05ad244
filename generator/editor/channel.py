"""The channel: the web editor's page, where the settings want one."""

from collections.abc import Iterator, Mapping
from functools import partial
from html import escape

from generator.channels.output import File, LazyFile, LazyFolders
from generator.channels.server.policy import editor_policy, in_page
from generator.editor.bundle import bundle_folder, fill, page_files
from generator.editor.configuration import as_yaml, configuration
from generator.model.site import PublicSite

__all__ = ["PLACE", "editor"]

PLACE = "admin/"
"""Its address, relative to the site's root."""


def editor(site: PublicSite) -> Iterator[File | LazyFile | LazyFolders]:
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
    told = configuration(site, site.layout.editor)
    path = f"{PLACE}config.yml"
    yield LazyFile(path=path, url=path, identity=told, make=partial(as_yaml, told))
    yield LazyFolders(named=lambda: {f"{PLACE}{bundle}": bundle.encode()}, make=fill)


def _filled(template: str, values: Mapping[str, str]) -> str:
    for mark, value in values.items():
        template = template.replace(mark, escape(value))
    return template


def _file(name: str, text: str) -> File:
    path = f"{PLACE}{name}"
    return File(path=path, url=path.removesuffix("index.html"), contents=text.encode())
