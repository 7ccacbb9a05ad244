"""What is added to a page of the preview: the problems of the texts, and the script that follows every change."""

from collections.abc import Sequence
from html import escape

from generator.problems import Problem

__all__ = ["OWN", "with_panel"]

OWN = "_vorschau/"
"""Where the preview's own files are, relative to its root."""

_PANEL = """
<link rel="stylesheet" href="/{own}fehler.css">
<section class="preview-problems" aria-labelledby="preview-problems" role="alert">
<h2 id="preview-problems">{count}</h2>
<p>Zu sehen ist der letzte Stand ohne Fehler.</p>
<ol>
{items}
</ol>
</section>
"""
_ITEM = "<li><code>{place}</code> {message} <strong>{remedy}</strong></li>"
_SCRIPT = '<script src="/{own}nachladen.js" data-number="{number}"></script>'


def with_panel(page: bytes, problems: Sequence[Problem], number: int) -> bytes:
    """Return a page with a panel that lists the problems, if there are any.

    Args:
        page: HTML.
        problems: what is wrong with the texts.
        number: of the state that is shown; the page loads itself anew when there is another.
    """
    items = "\n".join(
        _ITEM.format(
            place=escape(f"{problem.path}:{problem.line}"),
            message=escape(problem.message),
            remedy=escape(problem.remedy),
        )
        for problem in problems
    )
    count = "1 Fehler" if len(problems) == 1 else f"{len(problems)} Fehler"
    panel = _PANEL.format(own=OWN, count=count, items=items) if problems else ""
    body, close, rest = page.rpartition(b"</body>")
    return body + panel.encode() + _SCRIPT.format(own=OWN, number=number).encode() + close + rest
