"""Letters for tests: a whole document around what a case is about."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newsletter.mjml import environment, fill

__all__ = ["filled", "letter"]

LETTER = """\
<mjml lang="de">
<mj-head><mj-title>Neues aus Talheim</mj-title>{head}</mj-head>
<mj-body>
{body}</mj-body>
</mjml>
"""


def letter(body: str = "", head: str = "") -> str:
    """Return MJML in which the body begins on line 4."""
    return LETTER.format(head=head, body=body)


def filled(case: Mapping[str, Any], folder: Path) -> str:
    """Return the MJML of a case: its ``source``; or its ``templates``, filled in; or its ``body`` and ``head``."""
    if "source" in case:
        return str(case["source"])
    for name, text in case.get("templates", {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    if "templates" in case:
        return fill(environment(folder), "letter.mjml", case.get("values", {}))
    return letter(case.get("body", ""), case.get("head", ""))
