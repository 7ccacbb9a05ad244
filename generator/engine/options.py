"""The plugin's options in ``mkdocs.yml``, and the settings that follow from the file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig

from generator.channels.server.servers import SERVERS
from generator.engine.editor_option import web_editor
from generator.engine.error import EngineError
from generator.engine.palette import brand_of
from generator.locale import LANGUAGES
from generator.model.content_type import DEFAULT_FOLDERS
from generator.model.site import Layout
from generator.settings import Settings
from generator.slug import slug

__all__ = ["EngineError", "Options", "build_folder", "settings_of"]


class Options(Config):  # type: ignore[no-untyped-call]  # the engine types no subclass hook
    """The plugin's options."""

    folders = config_options.Type(dict, default={})
    """Content type to folder name, where it differs from the usual one (``news: neuigkeiten``)."""

    page_size = config_options.Type(int, default=20)
    """How many entries a listing shows on a page."""

    feed_size = config_options.Type(int, default=20)
    """How many entries a feed holds."""

    social_cards = config_options.Type(bool, default=True)
    """Whether a card for social networks is drawn for each entry without a picture."""

    hints = config_options.Type(dict, default={})
    """The kinds of hints that are switched off, each with the reason (``notice: Wir laden immer am Montag ein.``)."""

    mounts = config_options.Type(dict, default={})
    """Folders of pages, relative to ``mkdocs.yml``, by the names under which they appear in the content folder."""

    private_names = config_options.Optional(config_options.Type(str))
    """The list of names in whose place a role is to stand, relative to ``mkdocs.yml``."""

    search = config_options.Type(bool, default=True)
    """Whether the site has a page for searching, and an index for it."""

    publish = config_options.Type(dict, default={})
    """Where the site is published: names and addresses (``www: ssh://web@www.example.org/srv/www/site``)."""

    server = config_options.Type(str, default="any")
    """What the site is served by, for the configuration written with each build."""

    editor = config_options.Type(dict, default={})
    """Where the web editor finds the texts; empty: there is none."""


def settings_of(config: MkDocsConfig, options: Options) -> Settings:
    """Return the settings that ``mkdocs.yml`` holds.

    Raises:
        EngineError: the options make no sense.
    """
    unknown = options.folders.keys() - DEFAULT_FOLDERS.keys()
    if unknown or min(options.page_size, options.feed_size) < 1:
        wrong = f"folders: {', '.join(sorted(unknown))}" if unknown else "page_size oder feed_size kleiner als 1"
        raise EngineError(
            f"mkdocs.yml:1: Die Einstellungen von „schaukasten“ stimmen nicht ({wrong}). "
            f"Möglich sind unter folders: {', '.join(DEFAULT_FOLDERS)}; Größen ab 1."
        )
    _check_hints(options.hints)
    if options.server not in SERVERS:
        raise EngineError(
            f"mkdocs.yml:1: Den Webserver „{options.server}“ (schaukasten: server) kennt Schaukasten nicht. "
            f"Möglich sind: {', '.join(SERVERS)}."
        )
    language = config.theme["language"]
    if language not in LANGUAGES:
        raise EngineError(
            f"mkdocs.yml:1: Die Sprache „{language}“ (theme: language) kennt Schaukasten nicht. "
            f"Möglich sind: {', '.join(LANGUAGES)}."
        )
    build = build_folder(Path(config.config_file_path))
    return Settings(
        content=Path(config.docs_dir),
        build=build,
        hints_off=frozenset(options.hints),
        mounts=_mounts(options.mounts, build.parent, Path(config.docs_dir)),
        private_names=build.parent / options.private_names if options.private_names else None,
        layout=Layout(
            folders=DEFAULT_FOLDERS | options.folders,
            language=language,
            page_size=options.page_size,
            feed_size=options.feed_size,
            social_cards=options.social_cards,
            search=options.search,
            server=options.server,
            mounts=frozenset(options.mounts),
            profiles=_profiles(config.extra.get("social")),
            editor=web_editor(options.editor, config),
        ),
        markdown_extensions=tuple(config.markdown_extensions),
        markdown_options=config.mdx_configs,
        brand=brand_of(config),
    )


def build_folder(config_file: Path) -> Path:
    """Return the folder for everything generated, which lies beside ``mkdocs.yml``."""
    return config_file.resolve().parent / "build"


def _mounts(mounts: Mapping[str, Any], root: Path, content: Path) -> dict[str, Path]:
    for name, folder in mounts.items():
        if not isinstance(folder, str) or not (root / folder).is_dir():
            raise EngineError(f"mkdocs.yml:1: Den Ordner „{folder}“ (mounts: {name}) gibt es nicht. Den Pfad prüfen.")
        if slug(name) != name or (content / name).exists():
            raise EngineError(
                f"mkdocs.yml:1: „{name}“ (mounts) ist kein Name für einen weiteren Ordner, oder es gibt ihn schon. "
                "Nur Kleinbuchstaben a–z, Ziffern und Bindestriche schreiben."
            )
    return {name: root / folder for name, folder in mounts.items()}


def _check_hints(off: Mapping[str, Any]) -> None:
    if not off:
        return
    # Imported here, for a build has no use for them.
    from generator.hints.table import HINTS  # noqa: PLC0415

    for name, reason in off.items():
        if name not in HINTS:
            raise EngineError(
                f"mkdocs.yml:1: Hinweise der Art „{name}“ gibt es nicht. Möglich sind unter hints: {', '.join(HINTS)}."
            )
        if not isinstance(reason, str) or not reason.strip():
            raise EngineError(
                f"mkdocs.yml:1: Warum sind die Hinweise „{name}“ abgeschaltet? Den Grund dahinter schreiben."
            )


def _profiles(social: Any) -> tuple[str, ...]:
    """Return the web addresses of ``extra: social``, as users of Material write them; others, as of mail, are none."""
    links = [item.get("link") for item in social or () if isinstance(item, Mapping)]
    return tuple(link for link in links if isinstance(link, str) and link.startswith(("https://", "http://")))
