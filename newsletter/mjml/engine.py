"""mrml, by way of mjml-python: the only module that knows it."""

import mjml

from generator.problems import Problem
from newsletter.mjml.errors import MjmlError

__all__ = ["render"]

_PANIC = "PanicException"
"""The name of what pyo3 raises where Rust gives up; it derives from BaseException, and cannot be imported."""


def render(source: str, template: str) -> str:
    """Return MJML as HTML, without any font to load.

    Args:
        source: MJML as `writer.write` returns it.
        template: the file to name in a problem.

    Raises:
        MjmlError: the engine refused the source, or gave up.
    """
    try:
        return mjml.mjml2html(source, fonts={})
    except ValueError as error:
        message = f"Die Maschine, die Mails zeichnet, versteht den Brief nicht: {error}."
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        message = f"Die Maschine, die Mails zeichnet, ist am Brief gescheitert: {error}."
    remedy = "Das darf nicht vorkommen: die Vorlage und den Text bitte den Entwicklern schicken."
    raise MjmlError([Problem(template, 1, message, remedy)])
