"""What a preview needs of the engine that dresses pages."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from generator.channels.output import File

__all__ = ["Theme"]


class Theme(Protocol):
    """The templates of a project, ready to dress the pages of one state of its site."""

    def show(self, pages: Mapping[str, File], chrome: Mapping[str, Any]) -> None:
        """Take up a state of the site.

        Args:
            pages: the staged pages by their paths.
            chrome: what header and footer of every page show.

        Raises:
            ProblemsFound: the navigation names pages that are not there.
        """

    def page(self, file: File) -> bytes:
        """Return a staged page as HTML."""

    def not_found(self) -> bytes:
        """Return the page for addresses that do not exist."""

    def asset(self, url: str) -> Path | None:
        """Return where a file of the theme lies, by its address."""
