"""From the Markdown of other systems (CommonMark, GitHub's and kramdown's additions) to Python-Markdown's."""

import re
from collections.abc import Iterator

from generator.importing.html_markdown import markdown_of
from generator.importing.outside_code import outside_code
from generator.importing.spans import replaced

__all__ = ["as_ours", "levelled", "without_attributes"]

_ITEM = re.compile(r"(?P<indent> *)(?P<mark>[*+-]|(?P<number>\d{1,9})[.)])(?P<room> {1,4}|$)(?P<text>.*)")
_RULE = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_FENCE = re.compile(r" *(`{3,}|~{3,})")
_HEADING = re.compile(r"^(#{1,6})(?=[ \t])", re.MULTILINE)
_STRUCK = re.compile(r"(?<![~\\])~~(?=\S)((?:[^~\n]|~(?!~))++)(?<=\S)~~(?!~)")
_BREAK = re.compile(r"\\\n")
_ADDRESS = re.compile(r"‹[^‹›\n]*›|(?<![\w<(\[\"'=/:])https?://[^\s<>()\[\]\"'`*]+[^\s<>()\[\]\"'`*.,;:!?_]")
_TAG = re.compile(r"<(iframe|script|style|video|audio|object|form|img|embed)\b[^<>]*>", re.IGNORECASE)
_END_TAGS = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE)
    for name in ("iframe", "script", "style", "video", "audio", "object", "form")
}
_AT_ONCE = re.compile("")
_HEADING_ATTRIBUTES = re.compile(r"^(#{1,6}[ \t])([^\n]*)\n[ \t]*(\{:[^{}\n]*\})[ \t]*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"^[ \t]*\{:[^{}\n]*\}[ \t]*\n?|(?<=[^\s\\])\{:[^{}\n]*\}", re.MULTILINE)
_ID = re.compile(r"#([\w-]+)")


def as_ours(text: str) -> str:
    """Return a text that Python-Markdown reads as the system it comes from did."""
    return outside_code("\n".join(_lists(outside_code(text, _with_html_as_words).split("\n"))), _prose)


def _prose(text: str) -> str:
    return _ADDRESS.sub(
        lambda found: found[0] if found[0].startswith("‹") else f"<{found[0]}>",
        _STRUCK.sub(r"<del>\1</del>", _BREAK.sub("  \n", text)),
    )


def _with_html_as_words(text: str) -> str:
    """Return a text with Markdown in place of the elements that no text of ours may contain."""
    return replaced(
        text,
        _TAG,
        lambda tag: _END_TAGS.get(tag[1].lower(), _AT_ONCE),
        lambda element: markdown_of(element.whole).strip(),
    )


def without_attributes(text: str) -> str:
    """Return a text of kramdown without its lists of attributes; the id of a heading stays."""

    def named(heading: re.Match[str]) -> str:
        name = _ID.search(heading[3])
        words = heading[1] + heading[2].rstrip(" \t").rstrip("#").rstrip(" \t")
        return f"{words} {{ #{name[1]} }}" if name else words

    return outside_code(text, lambda prose: _ATTRIBUTES.sub("", _HEADING_ATTRIBUTES.sub(named, prose)))


def levelled(text: str) -> str:
    """Return a text whose headings begin with the second level, for a page has its title above them."""
    levels: list[int] = []

    def look(prose: str) -> str:
        levels.extend(len(signs) for signs in _HEADING.findall(prose))
        return prose

    outside_code(text, look)
    by = 2 - min(levels, default=2)

    def moved(heading: re.Match[str]) -> str:
        return "#" * min(6, len(heading[1]) + by)

    return outside_code(text, lambda prose: _HEADING.sub(moved, prose)) if by else text


def _lists(lines: list[str]) -> Iterator[str]:
    """Yield lines with each list in a list indented by four spaces, and an empty line before the first item."""
    open_items: list[int] = []
    before = ""
    fence = ""
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if not fence and line.strip():
            while open_items and indent < open_items[-1] and not _is_lazy(line, before):
                open_items.pop()
        base = open_items[-1] if open_items and indent >= open_items[-1] else 0
        depth = len(open_items) if base else 0
        item = None if fence or _RULE.fullmatch(line) or indent - base > 3 else _ITEM.fullmatch(line)
        opening = _FENCE.match(line)
        if item is not None:
            may_interrupt = item["number"] is None or int(item["number"]) == 1 or bool(open_items) or not before.strip()
            if not may_interrupt:
                yield line
            else:
                if before.strip() and not _ITEM.fullmatch(before) and not open_items:
                    yield ""
                mark = f"{item['number']}." if item["number"] else "-"
                yield f"{'    ' * depth}{mark} {item['text']}".rstrip(" ") + _hard_break(line)
                open_items.append(indent + len(item["mark"]) + max(1, len(item["room"])))
        elif depth:
            yield f"{'    ' * depth}{line[base:]}" if line.strip() else line
        else:
            yield line
        if opening is not None and not fence:
            fence = opening[1]
        elif fence and line.strip().startswith(fence):
            fence = ""
        before = line


def _is_lazy(line: str, before: str) -> bool:
    """Tell whether a line goes on with the paragraph before it although it is not indented."""
    return bool(before.strip()) and _ITEM.fullmatch(line) is None and not line.startswith(("#", ">", "```", "~~~"))


def _hard_break(line: str) -> str:
    return "  " if line.endswith("  ") and line.strip() else ""
