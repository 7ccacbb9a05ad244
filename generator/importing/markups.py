"""The way from each kind of markup to our Markdown."""

from collections.abc import Callable, Mapping

from generator.importing.html_markdown import markdown_of
from generator.importing.hugo_markup import from_hugo, without_shortcodes
from generator.importing.jekyll_markup import from_jekyll, without_liquid
from generator.importing.original import Markup
from generator.importing.wordpress_markup import from_wordpress

__all__ = ["our_markdown"]

_MARKUPS: Mapping[Markup, Callable[[str], str]] = {
    "hugo": from_hugo,
    "jekyll": from_jekyll,
    "wordpress": from_wordpress,
    "html": lambda body: markdown_of(without_liquid(without_shortcodes(body))),
}


def our_markdown(markup: Markup, body: str) -> str:
    """Return a body as Markdown of our kind."""
    return _MARKUPS[markup](body).strip("\n") + "\n"
