"""The page a browser shows while the texts have problems."""

from collections.abc import Iterable
from html import escape

from generator.problems import Problem

__all__ = ["problems_page"]

_PAGE = """<!DOCTYPE html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
{again}
<title>Die Texte haben Fehler</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 50rem; padding: 0 1rem }}
li {{ margin-block: 1rem }}
code {{ font-size: 1rem; font-weight: 600 }}
</style>
</head>
<body>
<h1>Die Texte haben Fehler</h1>
<p>Sobald sie behoben und gespeichert sind, erscheint hier wieder die Seite.</p>
<ol>
{items}
</ol>
</body>
</html>
"""
_AGAIN = '<meta http-equiv="refresh" content="2">'
_ITEM = "<li><code>{place}</code><br>{message}<br><strong>{remedy}</strong></li>"


def problems_page(problems: Iterable[Problem], *, has_script: bool = False) -> bytes:
    """Return the page that lists the problems, and asks for itself again until they are gone.

    Args:
        problems: what is wrong with the texts.
        has_script: whether a script will be added that does the asking, where scripts run.
    """
    items = "\n".join(
        _ITEM.format(
            place=escape(f"{problem.path}:{problem.line}"),
            message=escape(problem.message),
            remedy=escape(problem.remedy),
        )
        for problem in problems
    )
    again = f"<noscript>{_AGAIN}</noscript>" if has_script else _AGAIN
    return _PAGE.format(again=again, items=items).encode()
