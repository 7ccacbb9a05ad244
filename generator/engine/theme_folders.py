"""Where templates are looked for: what a site has of its own, then the theme that comes with the program."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

__all__ = ["theme_folders", "use_own_theme"]

_PACKAGE = Path(__file__).parents[1]


def theme_folders(config: MkDocsConfig) -> list[Path]:
    """Return the folders with a site's own templates (``theme: custom_dir``) and with those of the program."""
    own = _own_theme()
    custom = config.theme.custom_dir
    return [own] if custom is None or Path(custom).resolve() == own else [Path(custom), own]


def use_own_theme(config: MkDocsConfig) -> None:
    """Let the engine look for templates in them before it looks into Material; once is enough, twice does no harm."""
    first = [str(folder) for folder in theme_folders(config)]
    custom = config.theme.custom_dir
    config.theme.dirs = [*first, *(folder for folder in config.theme.dirs if folder not in {*first, custom})]


def _own_theme() -> Path:
    """Return the folder of the theme: in the package once it is installed, beside it where the program is developed."""
    installed = _PACKAGE / "theme"
    return installed if installed.is_dir() else (_PACKAGE.parent / "theme").resolve()
