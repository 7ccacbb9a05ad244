"""MJML to the HTML of a mail: check, normalise, render, inline."""

import unicodedata

from newsletter.mjml.defaults import with_defaults
from newsletter.mjml.engine import render
from newsletter.mjml.errors import MjmlError
from newsletter.mjml.inliner import inline
from newsletter.mjml.markup import parse
from newsletter.mjml.pixels import whole_pixels
from newsletter.mjml.validation import validate
from newsletter.mjml.writer import inline_css, restore, write

__all__ = ["to_html"]


def to_html(source: str, template: str) -> str:
    """Return a letter's MJML as finished HTML; the same source gives the same bytes.

    Args:
        source: MJML, filled in by the templates of `environment`.
        template: the file to name where no stamp in the source tells a better one.

    Raises:
        MjmlError: with every problem; nothing is rendered unless there is none.
    """
    normal = unicodedata.normalize("NFC", source.replace("\r\n", "\n").replace("\r", "\n"))
    markup = parse(normal, template)
    problems = (*markup.problems, *(validate(markup.root) if markup.is_sound else ()))
    if problems:
        raise MjmlError(problems)
    html = render(write(with_defaults(markup.root)), template)
    return inline(restore(whole_pixels(html)), inline_css(markup.root))
