"""A staged page in the engine's eyes."""

import json
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

__all__ = ["StagedPage"]


class StagedPage(Page):
    """A page whose body is finished: the engine converts nothing, and its slow reader of front matter is not needed.

    The engine reads all pages before it builds the first. This one is read when it is built, and forgotten afterwards,
    so that memory does not grow with the site.
    """

    _staged: tuple[dict[str, Any], str] | None = None

    def read_source(self, config: MkDocsConfig) -> None:
        """Put off reading."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert nothing."""

    def forget(self) -> None:
        """Drop what was read."""
        self._staged = None

    def _read(self) -> tuple[dict[str, Any], str]:
        """Take the staged file apart: JSON between two rules, then HTML."""
        if self._staged is None:
            _, fields, body = self.file.content_string.split("---\n", 2)
            self._staged = json.loads(fields), body
        return self._staged

    @property
    def meta(self) -> dict[str, Any]:
        """The front matter, as `Page.meta`."""
        return self._read()[0]

    @meta.setter
    def meta(self, value: object) -> None:
        """Ignore the engine's placeholder."""

    @property
    def content(self) -> str:
        """The finished HTML, as `Page.content`."""
        return self._read()[1]

    @content.setter
    def content(self, value: object) -> None:
        """Ignore the engine's placeholder."""
