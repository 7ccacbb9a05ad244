"""The commands ``schaukasten newsletter …``."""

from collections.abc import Callable, Mapping, Sequence, Sized
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from pkgutil import resolve_name
from typing import TypeVar

import click

from generator.cli import CONFIG, FORMAT, NOW, guarded
from generator.engine.project import alone, prepare_site
from generator.model.edition import Edition
from generator.model.site import PublicSite, Site
from generator.problems import Problem, ProblemsFound
from generator.progress import Progress
from generator.terminal import TerminalProgress
from newsletter.choice import chosen
from newsletter.output import write_letter
from newsletter.package import Draft, packages
from newsletter.preview import sheet
from newsletter.profile import PROFILES, Profile
from newsletter.profile_settings import configured
from newsletter.refusal import Refusal
from newsletter.selection import audiences_of

__all__ = ["newsletter"]

T = TypeVar("T")

_EDITION = click.argument("edition", required=False)
_PROFILE = click.option(
    "--profile", type=click.Choice(sorted(PROFILES)), help="Versanddienst; sonst der aus kooperation.yml."
)
_ALL = click.option("--all", "every", is_flag=True, help="Alle Ausgaben.")


_DELIVERY = {
    "dkim": "newsletter.delivery.dkim_command:dkim",
    "ledger": "newsletter.delivery.ledger_command:ledger",
    "lists": "newsletter.lists.command:lists",
    "send": "newsletter.delivery.send_command:send",
}
"""Commands that are imported only when they are asked for."""


class _Commands(click.Group):
    """The commands here, and those of the delivery."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(ctx), *_DELIVERY})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command."""
        if cmd_name not in _DELIVERY:
            return super().get_command(ctx, cmd_name)
        command: click.Command = resolve_name(_DELIVERY[cmd_name])
        return command


@click.group(cls=_Commands)
def newsletter() -> None:
    """Macht aus Ausgaben Briefe. EDITION ist Nummer oder Kennung; ohne Angabe die neueste."""


@newsletter.command()
@_EDITION
@_ALL
@CONFIG
@NOW
@_PROFILE
def build(*, edition: str | None, every: bool, config_file: Path, now: datetime | None, profile: str | None) -> None:
    """Schreibt die Briefe nach build/newsletter."""

    def work(letters: "_Letters") -> None:
        for made, (files,) in letters.packages(edition, [letters.profile(profile)], every=every):
            folder = letters.folder / made.letter.id
            write_letter(folder, files)
            size = f"{len(files['letter.html']) / 1000:.1f}".replace(".", ",")
            hints = f", {_counted(made.problems, 'Hinweis', 'Hinweise')} in manifest.json" if made.problems else ""
            more = f", {_counted(made.further, 'weiterer', 'weitere')} nur als Link" if made.further else ""
            click.echo(f"{folder}: {_counted(made.items, 'Beitrag', 'Beiträge')}{more}, {size} KB{hints}")

    _with_letters(config_file, now, "text", work)


@newsletter.command()
@_EDITION
@_ALL
@CONFIG
@NOW
@click.option("--open", "shown", is_flag=True, help="Die Ansichten gleich im Browser öffnen.")
def preview(*, edition: str | None, every: bool, config_file: Path, now: datetime | None, shown: bool) -> None:
    """Zeigt die Briefe in allen Ansichten: hell, dunkel, ohne Bilder, ohne Stil, schmal, als Text."""

    def work(letters: "_Letters") -> None:
        for made, _ in letters.packages(edition, [], every=every):
            folder = letters.folder / "ansichten" / made.letter.id
            pictures = {url: file.read_bytes() for url, file in letters.pictures.items() if f'"{url}"' in made.html}
            write_letter(folder, {"index.html": sheet(made.letter, made.html, made.text, pictures).encode()})
            click.echo(str(folder / "index.html"))
            if shown:
                click.launch((folder / "index.html").as_uri())

    _with_letters(config_file, now, "text", work)


@newsletter.command()
@_EDITION
@_ALL
@CONFIG
@NOW
@_PROFILE
@FORMAT
def preflight(
    *, edition: str | None, every: bool, config_file: Path, now: datetime | None, profile: str | None, output: str
) -> None:
    """Prüft, ob die Briefe verschickt werden können."""

    def work(letters: "_Letters") -> list[Draft]:
        # The files are made and dropped, for only then is it known that the sending system can take them.
        drafts = [made for made, _ in letters.packages(edition, [letters.profile(profile)], every=every)]
        problems = [problem for made in drafts for problem in made.problems]
        if problems:
            raise ProblemsFound(problems)
        return drafts

    drafts = _with_letters(config_file, now, output, work)
    click.echo(
        "[]" if output == "json" else f"Keine Fehler. {_counted(drafts, 'Brief', 'Briefe')} geprüft: {_named(drafts)}."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letters:
    """What the commands work on."""

    site: PublicSite
    authored: Site
    addresses: frozenset[str]
    pictures: Mapping[str, Path]
    """Where files lie that letters may show, by their addresses."""

    folder: Path
    progress: Progress

    def packages(
        self, wanted: str | None, profiles: Sequence[Profile], *, every: bool
    ) -> list[tuple[Draft, list[Mapping[str, bytes]]]]:
        editions = sorted(self.site.of(Edition), key=lambda edition: (edition.date, edition.id))
        wished = (
            editions
            if every
            else [chosen(editions, self.authored, self.site.now, wanted, partial(click.echo, err=True))]
        )
        letters = [(edition, audience) for edition in wished for audience in audiences_of(edition)]
        return packages(self.site, letters, profiles, self.addresses, self.progress)

    def profile(self, wanted: str | None) -> Profile:
        mailing = self.site.cooperation.mailing
        tags = {name: tag for name, tag in mailing.tags if tag is not None}
        if "first_name" in tags:
            # The space before a name belongs to it, but settings are read without space around them.
            tags["first_name"] = f" {tags['first_name']}"
        name = wanted or mailing.profile
        tags = tags if name == mailing.profile else {}
        if mailing.unsubscribe is not None and name == "plain":
            tags.setdefault("unsubscribe", f"mailto:{mailing.unsubscribe}?subject=Abmelden")
        try:
            return configured(name, tags)
        except Refusal as refusal:
            raise ProblemsFound([Problem("kooperation.yml", 1, refusal.message, refusal.remedy)]) from refusal


def _with_letters(config_file: Path, now: datetime | None, output: str, work: Callable[[_Letters], T]) -> T:
    """Make the site ready and do the work with its letters; a user's mistakes are told as by every command."""

    def ready() -> T:
        with alone(config_file, progress):
            settings, prepared = prepare_site(config_file, now, progress)
            base = prepared.site.cooperation.base_url
            return work(
                _Letters(
                    site=prepared.site,
                    authored=prepared.authored,
                    addresses=prepared.addresses,
                    pictures={base + copy.url: copy.origin for copy in prepared.copies},
                    folder=settings.build / "newsletter",
                    progress=progress,
                )
            )

    with TerminalProgress() as progress:
        return guarded(output, ready)


def _named(drafts: Sequence[Draft]) -> str:
    return ", ".join(made.letter.id for made in drafts)


def _counted(things: Sized, one: str, several: str) -> str:
    return f"{len(things)} {one if len(things) == 1 else several}"
