"""Where a project's folders are and how its site is cut; read from ``mkdocs.yml`` by the engine's adapter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.content import Content
from generator.drafts import Choice, none
from generator.model.content_type import DEFAULT_FOLDERS
from generator.model.site import Layout

__all__ = ["Settings"]


_FENCES = frozenset(
    {"extra", "fenced_code", "markdown.extensions.extra", "markdown.extensions.fenced_code", "pymdownx.superfences"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a build needs to know besides the content and the moment."""

    content: Path
    """The folder with the authored texts."""

    build: Path
    """The folder that everything generated goes into."""

    layout: Layout = field(default_factory=lambda: Layout(folders=DEFAULT_FOLDERS))
    """How the site is cut; handed on to the channels."""

    markdown_extensions: tuple[str, ...] = ()
    """Python-Markdown's extensions, in order."""

    markdown_options: Mapping[str, Any] = field(default_factory=dict)
    """Options of the extensions, by name."""

    private_names: Path | None = None
    """The office's list of names that are not public."""

    hints_off: frozenset[str] = frozenset()
    """The kinds of hints that are switched off."""

    drafts: Choice = none
    """Which drafts are shown, marked as such: in a preview only."""

    release: bool = False
    """Whether the site is to be published, and so must hold no placeholders."""

    mounts: Mapping[str, Path] = field(default_factory=dict)
    """Folders of pages from elsewhere, by the names under which they appear in the content folder."""

    brand: Mapping[str, str] = field(default_factory=dict)
    """What ``mkdocs.yml`` says of the brand, by the names of its fields; it wins over ``kooperation.yml``."""

    @property
    def has_fences(self) -> bool:
        """Whether what stands between lines of ``` is shown as it is written."""
        return not _FENCES.isdisjoint(self.markdown_extensions)

    @property
    def places(self) -> Content:
        """Where each authored file lies."""
        return Content(self.content, self.mounts)

    @property
    def sources(self) -> tuple[Path, ...]:
        """All that is authored: folders, and the list of names."""
        names = [self.private_names] if self.private_names is not None else []
        return (self.content, *self.mounts.values(), *names)

    @property
    def stage(self) -> Path:
        """The folder of finished pages the engine reads."""
        return self.build / "docs"

    @property
    def server(self) -> Path:
        """The folder for whoever runs the web server; no part of the site."""
        return self.build / "server"

    @property
    def cache(self) -> Path:
        """The folder of results kept between builds; safe to delete."""
        return self.build / "cache"
