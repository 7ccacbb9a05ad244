"""The adapter to MkDocs: the only module that knows the engine.

It runs the pipeline before a build, hands the finished HTML of staged pages through, and watches ``content/`` when
serving.
"""

import json
import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import jinja2
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import config_options, load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from generator.build import Staged, prepare, write
from generator.clock import current_time
from generator.locale import locale
from generator.model.content_type import DEFAULT_FOLDERS
from generator.model.site import Layout
from generator.problems import Problem, ProblemsFound
from generator.problems_page import problems_page
from generator.progress import Progress, silent
from generator.settings import Settings
from generator.shell import fingerprint, missing_in_nav, nav_titles
from generator.transaction import Transaction

__all__ = ["Built", "EngineError", "SchaukastenPlugin", "build_site", "check_site", "serve_site"]

_TEMPLATES = ("404.html",)
"""Pages that the engine makes from templates alone."""

log = logging.getLogger("mkdocs.plugins.schaukasten")


class PluginConfig(Config):  # type: ignore[no-untyped-call]  # the engine types no subclass hook
    """The plugin's options in ``mkdocs.yml``."""

    folders = config_options.Type(dict, default={})
    """Content type to folder name, where it differs from the usual one (``news: neuigkeiten``)."""

    page_size = config_options.Type(int, default=20)
    """How many entries a listing shows on a page."""

    feed_size = config_options.Type(int, default=20)
    """How many entries a feed holds."""


@dataclass
class Run:
    """One build as the command wants it: at which moment, with what progress, into which transaction."""

    now: datetime | None = None
    progress: Progress = silent
    transaction: Transaction | None = None
    shell: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    """What identifies each file of the site, by its path."""

    staged: Staged | None = None


class EngineError(Exception):
    """The engine cannot build; the message is a German sentence for the user."""


def _settings(config: MkDocsConfig, options: PluginConfig) -> Settings:
    """Return the settings that ``mkdocs.yml`` holds."""
    root = Path(config.config_file_path).resolve().parent
    unknown = options.folders.keys() - DEFAULT_FOLDERS.keys()
    if unknown or min(options.page_size, options.feed_size) < 1:
        wrong = f"folders: {', '.join(sorted(unknown))}" if unknown else "page_size oder feed_size kleiner als 1"
        raise EngineError(
            f"mkdocs.yml:1: Die Einstellungen von „schaukasten“ stimmen nicht ({wrong}). "
            f"Möglich sind unter folders: {', '.join(DEFAULT_FOLDERS)}; Größen ab 1."
        )
    return Settings(
        content=Path(config.docs_dir),
        build=root / "build",
        layout=Layout(
            folders=DEFAULT_FOLDERS | options.folders,
            language=config.theme["language"],
            page_size=options.page_size,
            feed_size=options.feed_size,
        ),
        markdown_extensions=tuple(config.markdown_extensions),
        markdown_options=config.mdx_configs,
    )


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

    def _read(self) -> tuple[dict[str, Any], str]:
        """Take the staged file apart: JSON between two rules, then HTML."""
        if self._staged is None:
            _, fields, body = self.file.content_string.split("---\n", 2)
            self._staged = json.loads(fields), body
        return self._staged

    def forget(self) -> None:
        """Drop what was read."""
        self._staged = None

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


class SchaukastenPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Feeds the engine from the stage."""

    def __init__(self) -> None:
        """Begin without a run; the command that builds gives one."""
        self.run = Run()
        self._serving = False
        self._problems: tuple[Problem, ...] = ()
        self._content = Path()
        self._pages: Sequence[File] = ()
        self._built = 0

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Take note of the command; MkDocs keeps a plugin with this hook from one rebuild to the next."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Run the pipeline, then point the engine at the stage."""
        settings = _settings(config, self.config)
        self._content = settings.content
        try:
            # With a transaction, the command that began it has staged the site already.
            if self.run.transaction is None:
                self.run.staged = _stage(config, settings, self.run)
                if not self._serving:
                    Transaction(settings.build, Path(config.site_dir)).forget()
            self._accept(config)
        except ProblemsFound as found:
            if not self._serving:
                raise PluginError(f"\n{found}") from found
            self._keep_serving(config, settings, found)
        config.docs_dir = str(settings.stage)
        config.theme.static_templates.discard("sitemap.xml")
        return config

    def _accept(self, config: MkDocsConfig) -> None:
        assert self.run.staged is not None
        self._problems = ()
        if not self._serving:
            # The address stands in one place, kooperation.yml; a preview has its own.
            config.site_url = self.run.staged.shown["url"]
        custom = config.theme.custom_dir
        self.run.shell = fingerprint(
            Path(config.config_file_path), Path(custom) if custom else None, self.run.staged.shown
        )

    def _keep_serving(self, config: MkDocsConfig, settings: Settings, found: ProblemsFound) -> None:
        """Keep the last good stage, and show the problems in the browser and the terminal."""
        self._problems = found.problems
        log.error("Die Texte haben Fehler:\n%s", found)
        settings.stage.mkdir(parents=True, exist_ok=True)
        if self.run.staged is None:
            # There is no good stage yet: nothing to build, until the texts are mended.
            config.nav = []
            config.theme.static_templates.clear()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave out the theme's files that our templates do not use, and the pages the present site has already."""
        if self.run.staged is None:
            return Files([])
        own = {config.docs_dir, *(str(Path(folder)) for folder in [config.theme.custom_dir] if folder)}
        for file in list(files):
            if file.src_dir not in own:
                files.remove(file)
        titles = nav_titles(config.nav)
        if self.run.transaction is not None:
            digests = self.run.staged.digests
            self.run.outputs = {
                file.dest_uri: _identity(
                    digests.get(file.src_uri, ""), self.run.shell, page=file.is_documentation_page()
                )
                for file in files
            }
            unchanged = self.run.transaction.unchanged(self.run.outputs)
            for file in list(files):
                # Pages of the navigation stay: the engine builds the menu of every page from them.
                if file.dest_uri in unchanged and file.src_uri not in titles:
                    files.remove(file)
        self._pages = files.documentation_pages()
        for file in self._pages:
            StagedPage(titles.get(file.src_uri), file, config)
        self._built = 0
        return files

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Give the templates the words of the language and what they show of the cooperation."""
        env.globals["words"] = locale(config.theme["language"])
        env.globals["chrome"] = self.run.staged.shown if self.run.staged else {}
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give a page its way to the site's root, and tell how far the build has come."""
        self._built += 1
        self.run.progress("Seiten bauen", self._built, len(self._pages))
        return _with_root(context)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Let go of a page that is built."""
        if isinstance(page, StagedPage):
            page.forget()
        return output

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give the 404 page its way to the site's root."""
        return _with_root(context)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch the texts instead of the stage, and show problems in place of any page."""
        server.unwatch(config.docs_dir)
        server.watch(str(self._content))
        if config.theme.custom_dir:
            server.watch(config.theme.custom_dir)
        application = server.get_app()
        assert application is not None

        def with_problems(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
            path = environ["PATH_INFO"]
            if not self._problems or path.startswith("/livereload/") or "." in path.rsplit("/", 1)[-1]:
                return application(environ, start_response)
            start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
            return [problems_page(self._problems)]

        server.set_app(with_problems)
        return server


def _stage(config: MkDocsConfig, settings: Settings, run: Run) -> Staged:
    prepared = prepare(settings, run.now or current_time(), run.progress)
    _check_nav(config, {file.path for file in prepared.files})
    return write(settings, prepared)


def _check_nav(config: MkDocsConfig, staged: Collection[str]) -> None:
    missing = tuple(missing_in_nav(config.nav, Path(config.config_file_path), staged))
    if missing:
        raise ProblemsFound(missing)


def _identity(digest: str, shell: str, *, page: bool) -> str:
    """Return what identifies an output: pages depend on the shell too, and files of the theme have no digest."""
    return f"{digest} {shell}" if page or not digest else digest


def _with_root(context: TemplateContext) -> TemplateContext:
    base = context["base_url"]
    return {**context, "root": base if base.endswith("/") else f"{base}/"}  # type: ignore[typeddict-unknown-key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build made."""

    site: Path
    pages: int
    files: int
    """How many files besides pages there are: feeds, calendars, pictures."""

    changed: int


def build_site(config_file: Path, now: datetime, progress: Progress) -> Built:
    """Build the site beside the present one and swap it in.

    Args:
        config_file: ``mkdocs.yml``.
        now: the moment at which the site is to be public.
        progress: is told how far each step has come.

    Raises:
        ProblemsFound: the texts have problems; nothing was changed.
        EngineError: the engine refuses its settings or a template.
    """
    with _engine_errors():
        config, plugin = _load(config_file, strict=True)
        settings, site = _settings(config, plugin.config), Path(config.site_dir)
        plugin.run = run = Run(now=now, progress=progress)
        run.staged = staged = _stage(config, settings, run)
        run.transaction = transaction = Transaction(settings.build, site)
        config.site_dir = str(transaction.fresh)
        mkdocs_build(config)
        changed = transaction.commit(run.outputs | dict.fromkeys(_TEMPLATES, run.shell))
    return Built(site=site, pages=staged.pages, files=len(staged.digests) - staged.pages, changed=changed)


def check_site(config_file: Path, now: datetime, progress: Progress) -> int:
    """Check all texts and return how many are public; arguments and errors as in `build_site`."""
    with _engine_errors():
        config, plugin = _load(config_file)
        prepared = prepare(_settings(config, plugin.config), now, progress)
        _check_nav(config, {file.path for file in prepared.files})
    return len(prepared.site.entries)


def serve_site(config_file: Path, address: str, now: datetime | None, progress: Progress) -> None:
    """Show the site in a browser and follow every change, until interrupted; errors as in `build_site`.

    Without a moment given, each rebuild takes the current time.
    """
    with _engine_errors():
        _, plugin = _load(config_file)
        plugin.run = Run(now=now, progress=progress)
        # MkDocs keeps this instance of the plugin, for it has the hook „on_startup“.
        mkdocs_serve(str(config_file), dev_addr=address)


def _load(config_file: Path, **options: Any) -> tuple[MkDocsConfig, SchaukastenPlugin]:
    config = load_config(str(config_file), **options)
    plugin = config.plugins.get("schaukasten")
    if not isinstance(plugin, SchaukastenPlugin):
        raise EngineError("mkdocs.yml:1: Das Plug-in fehlt. Unter „plugins:“ die Zeile „- schaukasten“ ergänzen.")
    return config, plugin


@contextmanager
def _engine_errors() -> Iterator[None]:
    """Let problems of the texts through as they are, and tell the engine's own errors without a traceback."""
    try:
        yield
    except (Abort, ConfigurationError, BuildError) as error:
        raise EngineError(f"mkdocs.yml:1: MkDocs bricht ab: {error} Die Meldungen darüber prüfen.") from error
    except jinja2.TemplateError as error:
        raise EngineError(f"theme: Eine Vorlage ist fehlerhaft: {error}. Die Vorlage prüfen.") from error
