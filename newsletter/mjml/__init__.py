"""The safe way from MJML to a mail's HTML; nothing else imports the MJML engine or the CSS inliner.

`environment` and `fill` make MJML of a template, `to_html` makes HTML of MJML, `lint` tells what is wrong with it.
"""

from newsletter.mjml.environment import environment, fill
from newsletter.mjml.errors import MjmlError
from newsletter.mjml.lint import lint
from newsletter.mjml.rendering import to_html

__all__ = ["MjmlError", "environment", "fill", "lint", "to_html"]
