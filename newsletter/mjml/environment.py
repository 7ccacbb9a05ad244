"""Jinja for letters: what is filled in is escaped, what is missing is told, each tag knows its template and line."""

import re
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    select_autoescape,
)
from jinja2.ext import Extension

from generator.problems import Problem
from newsletter.mjml.errors import MjmlError
from newsletter.mjml.markup import STAMP

__all__ = ["environment", "fill"]

_SUFFIXES = ("mjml", "mjml.j2", "html", "html.j2", "htm", "xml")
_TAG = re.compile(r"<mj[a-z-]*(?=[\s/>])")


def environment(folder: Path) -> Environment:
    """Return an environment for the ``*.mjml`` templates in a folder."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(_SUFFIXES),
        undefined=StrictUndefined,
        auto_reload=False,
        extensions=[_Stamps],
    )


def fill(templates: Environment, name: str, values: Mapping[str, Any]) -> str:
    """Return a template filled in, as `to_html` wants it.

    Raises:
        MjmlError: the template cannot be read, or wants something that is not there.
    """
    try:
        return templates.get_template(name).render(values)
    except TemplateNotFound as error:
        raise MjmlError(
            [Problem(name, 1, f"Die Vorlage „{error.name}“ gibt es nicht.", "Den Namen prüfen.")]
        ) from error
    except TemplateSyntaxError as error:
        message = f"Die Vorlage ist nicht lesbar. Jinja meldet: {error.message}."
        raise MjmlError(
            [Problem(error.name or name, error.lineno, message, "Die Anweisungen in { } prüfen.")]
        ) from error
    except TemplateError as error:
        place = _place(error, templates) or (name, 1)
        raise MjmlError([Problem(*place, *_explained(error))]) from error


class _Stamps(Extension):
    """Writes into each ``<mj…`` of a template where it stands, for the validator to read and remove.

    The value has no quotation marks, so that a tag within a string of Jinja stays within it.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        if name is None:
            return source
        return "\n".join(
            _TAG.sub(rf"\g<0> {STAMP}={quote(name)}:{number} ", line)
            for number, line in enumerate(source.split("\n"), start=1)
        )


_UNKNOWN = re.compile(r"'([^']*)' is undefined|has no attribute '([^']*)'")


def _explained(error: TemplateError) -> tuple[str, str]:
    unknown = _UNKNOWN.search(error.message or "")
    if unknown:
        name = unknown[1] or unknown[2]
        return f"„{name}“ ist nicht gegeben.", "Den Namen prüfen oder mit default(…) einen Ersatz nennen."
    return f"Die Vorlage lässt sich nicht füllen. Jinja meldet: {error.message}.", "Die Anweisung prüfen."


def _place(error: Exception, templates: Environment) -> tuple[str, int] | None:
    """Return the template and line in which an error was raised, from the traceback that Jinja rewrites."""
    assert isinstance(templates.loader, FileSystemLoader)
    folders = [Path(folder) for folder in templates.loader.searchpath]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        for folder in folders:
            if Path(frame.filename).is_relative_to(folder):
                return Path(frame.filename).relative_to(folder).as_posix(), frame.lineno or 1
    return None
