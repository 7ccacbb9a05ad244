"""The parts of a Markdown text that are not code."""

import re
from collections.abc import Callable

__all__ = ["outside_code"]

_CODE = re.compile(
    r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})[^\n`]*\n.*?(?:^[ \t]*(?P=fence)[`~]*[ \t]*(?:\n|\Z)|\Z)"
    r"|(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n\n).){1,5000}?(?<!`)(?P=ticks)(?!`)",
    re.DOTALL | re.MULTILINE,
)


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """Return a text in which everything but blocks and pieces of code is changed."""
    parts: list[str] = []
    end = 0
    for code in _CODE.finditer(text):
        parts += [change(text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*parts, change(text[end:])])
