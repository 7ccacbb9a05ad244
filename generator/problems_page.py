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
<meta http-equiv="refresh" content="2">
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
_ITEM = "<li><code>{place}</code><br>{message}<br><strong>{remedy}</strong></li>"


def problems_page(problems: Iterable[Problem]) -> bytes:
    """Return the page that lists the problems, and asks for itself again until they are gone."""
    items = "\n".join(
        _ITEM.format(
            place=escape(f"{problem.path}:{problem.line}"),
            message=escape(problem.message),
            remedy=escape(problem.remedy),
        )
        for problem in problems
    )
    return _PAGE.format(items=items).encode()
