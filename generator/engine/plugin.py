"""The plugin: each hook hands on to a named function."""

import logging
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any
from wsgiref.types import StartResponse, WSGIEnvironment

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext
from pathspec.gitignore import GitIgnoreSpec

from generator.engine.options import Options, settings_of
from generator.engine.run import Run, stage
from generator.engine.shell import fingerprint, nav_titles
from generator.engine.staged_page import StagedPage
from generator.engine.templates import equip, here, with_place
from generator.engine.theme_folders import theme_folders, use_own_theme
from generator.folders import digests_of, files_in, write_whole
from generator.locale import locale
from generator.lock import alone_in
from generator.manifest import MANIFEST
from generator.problems import Problem, ProblemsFound
from generator.problems_page import problems_page
from generator.progress import silent
from generator.ready_files import place
from generator.settings import Settings
from generator.transaction import Transaction

if TYPE_CHECKING:
    # Only named here: its imports would cost every build.
    from mkdocs.livereload import LiveReloadServer

__all__ = ["SchaukastenPlugin"]

log = logging.getLogger("mkdocs.plugins.schaukasten")


class SchaukastenPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]  # the engine types no subclass hook
    """Feeds the engine from the stage."""

    def __init__(self) -> None:
        """Begin without a run; the command that builds gives one."""
        self.run = Run()
        self._serving = False
        self._alone = ExitStack()
        self._problems: tuple[Problem, ...] = ()
        self._settings: Settings | None = None
        self._template_folders: list[str] = []
        self._pages: Sequence[File] = ()
        self._aside: Sequence[File] = ()
        self._built = 0
        self._nav = Navigation([], [])

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Take note of the command; MkDocs keeps a plugin with this hook from one rebuild to the next."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Run the pipeline, then point the engine at the stage."""
        use_own_theme(config)
        self._settings = settings = settings_of(config, self.config)
        if self.run.transaction is None:
            self._keep_others_out(settings)
        try:
            # With a transaction, the command that began it has staged the site already.
            if self.run.transaction is None:
                self.run.staged = stage(config, settings, self.run)
                if not self._serving:
                    Transaction(settings.build, Path(config.site_dir)).forget()
            self._problems = ()
        except ProblemsFound as found:
            if not self._serving:
                raise PluginError(f"\n{found}") from found
            self._keep_serving(config, settings, found)
        if self.run.staged is not None and not self._serving:
            # The address stands in one place, kooperation.yml; a preview has its own.
            config.site_url = self.run.staged.shown["url"]
        config.docs_dir = str(settings.stage)
        # All of the stage is the site's, hidden files too, which the engine would pass over.
        config.exclude_docs = GitIgnoreSpec.from_lines(["!*"])
        config.theme.static_templates.discard("sitemap.xml")
        # Of the engine's and Material's folders templates may be used (icons, for one), but none of the styles, scripts
        # and fonts: the engine, which would go through fifteen thousand files for them, is shown our own folders only.
        self._template_folders = config.theme.dirs
        config.theme.dirs = [str(folder) for folder in theme_folders(config)]
        return config

    def _keep_others_out(self, settings: Settings) -> None:
        """Let no other run work on the same files until the engine has built, or failed to."""
        try:
            self._alone.enter_context(alone_in(settings.build, self.run.progress))
        except BlockingIOError as error:
            raise PluginError(f"{error.filename}:1: Ein anderer Lauf arbeitet noch in diesem Ordner.") from error

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
        """Leave out what the present site has already, and give each of the other pages its finished body.

        Files that lie ready are no work for the engine, unless it writes the site itself.

        Pages outside the navigation are set aside until it stands: the engine goes through all pages several times to
        make it.
        """
        if self.run.staged is None:
            return Files([])
        titles = nav_titles(config.nav)
        if self.run.transaction is None:
            for copy in self.run.staged.copies:
                files.append(File.generated(config, copy.path, abs_src_path=str(copy.origin)))
        else:
            self._leave_out_unchanged(files, config, self.run.transaction, titles.keys())
            self._aside = [file for file in files.documentation_pages() if file.src_uri not in titles]
            for file in self._aside:
                files.remove(file)
        for file in files.documentation_pages():
            StagedPage(titles.get(file.src_uri), file, config)
        return files

    def _leave_out_unchanged(
        self, files: Files, config: MkDocsConfig, transaction: Transaction, needed: Collection[str]
    ) -> None:
        assert self.run.staged is not None
        digests, copies = self.run.staged.digests, self.run.staged.copies
        shell = fingerprint(Path(config.config_file_path), theme_folders(config), self.run.staged.shown)
        self.run.outputs = dict.fromkeys(config.theme.static_templates, shell)
        for file in files:
            digest = digests.get(file.src_uri, "")
            # Pages depend on the shell too, and files of the theme have no digest of their own.
            depends = file.is_documentation_page() or not digest
            self.run.outputs[file.dest_uri] = f"{digest} {shell}" if depends else digest
        self.run.outputs |= {copy.path: copy.identity for copy in copies}
        unchanged = transaction.unchanged(self.run.outputs)
        place((copy for copy in copies if copy.path not in unchanged), transaction.fresh)
        for file in list(files):
            # Pages of the navigation stay: the engine builds the menu of every page from them.
            if file.dest_uri in unchanged and file.src_uri not in needed:
                files.remove(file)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation for the templates."""
        self._nav = nav
        return nav

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Give the templates what all of them use."""
        assert self._settings is not None
        shared = {
            "config": config,
            "nav": self._nav,
            "words": locale(config.theme["language"]),
            "chrome": self.run.staged.shown if self.run.staged else {},
        }
        equip(env, self._template_folders, self._settings.cache / "templates", shared)
        self._split(files, config)
        for file in self._aside:
            files.append(file)
            StagedPage(None, file, config)
        self._pages = files.documentation_pages()
        self._built = 0
        return env

    def _split(self, files: Files, config: MkDocsConfig) -> None:
        """Go on in several processes, each with its part of the pages set aside; the first one takes all else."""
        crew = self.run.crew
        crew.split()
        self._aside = [file for number, file in enumerate(self._aside) if crew.takes(number)]
        if crew.number:
            for file in list(files):
                files.remove(file)
            config.theme.static_templates.clear()
            self.run.progress = silent

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give a page its way to the site's root, and tell how far the build has come."""
        self._built += 1
        self.run.progress("Seiten bauen", self._built, len(self._pages))
        return with_place(context, here(page.url, nav))

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Let go of a page that is built."""
        if isinstance(page, StagedPage):
            page.forget()
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Seal a site that the engine writes itself, and let others work; a transaction seals its own."""
        if self.run.staged is not None and self.run.transaction is None:
            site = Path(config.site_dir)
            sealed = self.run.staged.manifest.sealing(digests_of(site, files_in(site) - {MANIFEST}))
            write_whole(site / MANIFEST, sealed.as_json())
        self._alone.close()

    def on_build_error(self, *, error: Exception) -> None:
        """Let others work."""
        self._alone.close()

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give the 404 page its way to the site's root."""
        return with_place(context, None)

    def on_serve(
        self, server: "LiveReloadServer", *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> "LiveReloadServer":
        """Watch the texts instead of the stage, and show problems in place of any page."""
        assert self._settings is not None
        server.unwatch(config.docs_dir)
        server.watch(str(self._settings.content))
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
