"""One build, as the command that wants it describes it to the plugin."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from generator.build import Staged, prepare, write
from generator.clock import current_time
from generator.engine.crew import Crew
from generator.engine.shell import missing_in_nav
from generator.problems import ProblemsFound
from generator.progress import Progress, silent
from generator.settings import Settings
from generator.transaction import Transaction

__all__ = ["Run", "check_nav", "stage"]


@dataclass
class Run:
    """At which moment, with what progress, into which transaction, and with how many processes."""

    now: datetime | None = None
    """The moment at which the site is to be public; None: the current time."""

    progress: Progress = silent
    transaction: Transaction | None = None
    """None: the engine itself writes the site."""

    crew: Crew = field(default_factory=lambda: Crew(1))
    """The processes that build the pages."""

    staged: Staged | None = None
    outputs: dict[str, str] = field(default_factory=dict)
    """What identifies each file of the site, by its path."""


def stage(config: MkDocsConfig, settings: Settings, run: Run) -> Staged:
    """Run the pipeline and write the stage.

    Raises:
        ProblemsFound: the texts or the navigation have problems; nothing was written.
    """
    prepared = prepare(settings, run.now or current_time(), run.progress)
    check_nav(config, {file.path for file in prepared.files})
    return write(settings, prepared)


def check_nav(config: MkDocsConfig, staged: Collection[str]) -> None:
    """Make sure that the pages of the navigation are staged.

    Raises:
        ProblemsFound: some are not.
    """
    missing = tuple(missing_in_nav(config.nav, Path(config.config_file_path), staged))
    if missing:
        raise ProblemsFound(missing)
