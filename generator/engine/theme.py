"""The engine's templates, for pages dressed one at a time."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File as EngineFile
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, get_navigation

from generator.channels.output import File
from generator.drafts import every, none
from generator.engine.editor_option import local_editor
from generator.engine.options import settings_of
from generator.engine.project import engine_errors, load_project
from generator.engine.run import check_nav
from generator.engine.shell import nav_titles
from generator.engine.staged_page import StagedPage
from generator.engine.templates import equip, here, with_place
from generator.engine.theme_folders import theme_folders
from generator.locale import locale
from generator.preview.preview import Project
from generator.problems import Problem, ProblemsFound
from generator.settings import Settings

__all__ = ["EngineTheme", "open_project"]


def open_project(config_file: Path, *, drafts: bool, editor: str | None = None) -> Project:
    """Return a project for a preview.

    Args:
        config_file: ``mkdocs.yml``.
        drafts: whether drafts are shown, too.
        editor: the address of the server with which a web editor writes this project's files; None: the site has the
            editor that it has.

    Raises:
        EngineError: the engine refuses its settings.
    """
    with engine_errors():
        config, plugin = load_project(config_file)
        settings = replace(settings_of(config, plugin.config), drafts=every if drafts else none)
        if editor is not None:
            settings = replace(settings, layout=replace(settings.layout, editor=local_editor(editor, config)))
        shell = (config_file, *theme_folders(config))
        return Project(settings, EngineTheme(config, settings), shell)


@contextmanager
def _template_mistakes() -> Iterator[None]:
    """Tell a mistake in a template as a problem.

    Raises:
        ProblemsFound: there is one.
    """
    try:
        yield
    except jinja2.TemplateError as error:
        name, line = (error.name, error.lineno) if isinstance(error, jinja2.TemplateSyntaxError) else (None, 1)
        message = f"Die Vorlage ist fehlerhaft: {error.message}."
        raise ProblemsFound([Problem(f"theme/{name or ''}", line, message, "Die Vorlage prüfen.")]) from error


class EngineTheme:
    """As `generator.preview.theme.Theme`."""

    def __init__(self, config: MkDocsConfig, settings: Settings) -> None:
        """Make the templates ready.

        Args:
            config: the project's; from now on it is the theme's own.
            settings: where compiled templates are kept.
        """
        self._config = config
        self._bytecode = settings.cache / "templates"
        self._folders = config.theme.dirs
        # As in a build: of the engine's own theme the templates may be used, but none of its files.
        config.theme.dirs = [str(folder) for folder in theme_folders(config)]
        self._env = config.theme.get_env()
        files = Files([])
        files.add_files_from_theme(self._env, config)
        self._assets = {file.url: Path(str(file.abs_src_path)) for file in files}
        self._files, self._nav = Files([]), Navigation([], [])
        self._dressed: dict[str, tuple[File, bytes]] = {}
        self._lock = Lock()

    def show(self, pages: Mapping[str, File], chrome: Mapping[str, Any]) -> None:
        """Take up a state of the site."""
        titles = nav_titles(self._config.nav) or dict.fromkeys(pages)
        check_nav(self._config, pages.keys())
        with self._lock, engine_errors():
            self._dressed.clear()
            self._config.site_url = str(chrome["url"])
            self._files = Files([self._staged(pages[path]) for path in titles if path in pages])
            for file in self._files:
                StagedPage(titles[file.src_uri], file, self._config)
            self._nav = get_navigation(self._files, self._config)
            shared = {
                "config": self._config,
                "nav": self._nav,
                "words": locale(self._config.theme["language"]),
                "chrome": chrome,
            }
            equip(self._env, self._folders, self._bytecode, shared)

    def page(self, file: File) -> bytes:
        """Return a staged page as HTML."""
        with self._lock, _template_mistakes():
            shown, html = self._dressed.get(file.path, (None, b""))
            if shown is file:
                return html
            known = self._files.get_file_from_path(file.path)
            page = known.page if known is not None else StagedPage(None, self._staged(file), self._config)
            assert isinstance(page, StagedPage)
            context = get_context(self._nav, self._files, self._config, page)
            template = self._env.get_template(str(page.meta["template"]))
            html = template.render(with_place(context, here(page.url, self._nav))).encode()
            self._dressed[file.path] = file, html
            return html

    def not_found(self) -> bytes:
        """Return the page for addresses that do not exist."""
        with self._lock, _template_mistakes():
            context = get_context(self._nav, self._files, self._config)
            return self._env.get_template("404.html").render(with_place(context, None)).encode()

    def asset(self, url: str) -> Path | None:
        """Return where a file of the theme lies, by its address."""
        return self._assets.get(url)

    def _staged(self, file: File) -> EngineFile:
        staged = EngineFile(file.path, None, self._config.site_dir, self._config.use_directory_urls)
        staged.content_bytes = file.data
        return staged
