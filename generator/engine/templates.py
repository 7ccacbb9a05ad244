"""What templates are given besides the page: words, what header and footer show, the way to the root, their place."""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from mkdocs.structure.nav import Navigation
from mkdocs.utils.templates import TemplateContext

from generator.engine.body_pictures import pictures_of_bodies

__all__ = ["Here", "compile_ahead", "equip", "here", "with_place"]


class Here(NamedTuple):
    """Where in the navigation a page is."""

    url: str
    exact: bool
    """Whether the navigation names the page itself, rather than a section above it."""


def here(url: str, nav: Navigation) -> Here | None:
    """Return the place of the page at the address; None: it is under nothing that the navigation names."""
    above = max((page.url for page in nav.pages if page.url and url.startswith(page.url)), key=len, default=None)
    if above is None:
        return Here("", exact=True) if url == "" else None
    return Here(above, exact=above == url)


def with_place(context: TemplateContext, place: Here | None) -> TemplateContext:
    """Return the context with the page's way to the site's root (ending in a slash) and its place."""
    base = context["base_url"]
    root = base if base.endswith("/") else f"{base}/"
    return {**context, "root": root, "here": place}  # type: ignore[typeddict-unknown-key]


def equip(env: jinja2.Environment, folders: list[str], bytecode: Path, shared: dict[str, Any]) -> None:
    """Make the engine's environment ours.

    Args:
        env: the environment.
        folders: where templates are looked for.
        bytecode: where compiled templates are kept between builds; Jinja checks them against their sources.
        shared: what every template can use.
    """
    _take_from(env, folders, bytecode)
    env.globals |= shared
    env.globals["fragment"] = _fragments(env)
    env.globals["with_pictures"] = pictures_of_bodies(env)


def compile_ahead(env: jinja2.Environment, folders: list[str], bytecode: Path) -> None:
    """Compile the site's own templates, for whoever needs them next; a broken one is left for them to meet.

    Args:
        env: an environment like the one that will be equipped, which is not to be used afterwards.
        folders: where templates are looked for, the site's own first.
        bytecode: where compiled templates are kept.
    """
    _take_from(env, folders, bytecode)
    for name in jinja2.FileSystemLoader(folders[0]).list_templates():
        if name.endswith(".html"):
            with suppress(jinja2.TemplateError):
                env.get_template(name)


def _take_from(env: jinja2.Environment, folders: list[str], bytecode: Path) -> None:
    bytecode.mkdir(parents=True, exist_ok=True)
    env.loader = jinja2.FileSystemLoader(folders)
    env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(bytecode))


def _fragments(env: jinja2.Environment) -> Callable[..., str]:
    """Return a function that renders a part many pages have in common once for each set of values."""

    @cache
    def fragment(name: str, **values: Any) -> str:
        return env.get_template(name).render(**values)

    return fragment
