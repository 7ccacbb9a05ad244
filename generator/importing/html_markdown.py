"""HTML as Markdown: what our texts may contain, and the words of everything else."""

import re
from collections.abc import Callable, Iterable, Mapping

from lxml import html as lxml_html
from lxml.etree import tostring

from generator.importing.addresses import taken_apart
from generator.importing.foreign_text import cleaned
from generator.importing.html_shape import (
    BLOCKS,
    is_block,
    is_plain_definitions,
    is_plain_list,
    is_plain_quotation,
    stands_apart,
)
from generator.importing.markdown_words import code_block, code_span, escaped, image, lines_escaped, link
from generator.importing.placeholders import placeholder
from generator.importing.video_link import video_link
from generator.importing.xml_file import Element

__all__ = ["markdown_of"]

_KEPT_INLINE = frozenset("abbr del ins kbd mark q s small sub sup u".split())
"""Inline elements that our texts may contain and for which Markdown has no sign."""

_DEEPEST = 100
"""Elements in one another; Markdown itself gives up long before."""

_MOST_DIGITS = 9
"""Of the number of an item (CommonMark, „List items“)."""

_MOST_CELLS = 20_000
"""Of a table whose rows are filled up to the longest; what has more is no table to read."""

_SPACE = re.compile(r"[ \t\r\n\f]+")


def markdown_of(text: str) -> str:
    """Return HTML as Markdown of our kind; words stay, and what shows something else becomes a placeholder."""
    if not text.strip():
        return ""
    root = lxml_html.fragment_fromstring(text.replace("\0", ""), create_parent="div")
    return cleaned(_flow(root, 0)) + "\n"


def _flow(element: Element, depth: int) -> str:
    """Return what stands in an element: paragraphs of loose words, and blocks."""
    blocks: list[str] = []
    loose = [_words(element.text)]

    def close() -> None:
        paragraph = _paragraph(_joined(loose))
        loose.clear()
        if paragraph:
            blocks.append(paragraph)

    for child in element:
        if isinstance(child.tag, str) and is_block(child):
            close()
            blocks.append(_block(child, depth + 1))
        else:
            loose.append(_inline(child, depth + 1))
        loose.append(_words(child.tail))
    close()
    return "\n\n".join(block.strip("\n") for block in blocks if block.strip())


def _block(element: Element, depth: int) -> str:
    if depth > _DEEPEST:
        return _paragraph(_words("".join(element.itertext())))
    return _BLOCK_FORMS.get(element.tag, _flow)(element, depth)


def _inline(element: Element, depth: int) -> str:
    if not isinstance(element.tag, str):
        return ""
    if depth > _DEEPEST:
        return _words("".join(element.itertext()))
    form = _INLINE_FORMS.get(element.tag)
    if form is not None:
        return form(element, depth)
    inner = _inner(element, depth)
    return f"<{element.tag}>{inner}</{element.tag}>" if element.tag in _KEPT_INLINE and inner.strip() else inner


def _inner(element: Element, depth: int) -> str:
    parts = [_words(element.text)]
    for child in element:
        inner = _inline(child, depth + 1)
        parts += [f" {inner} " if child.tag in BLOCKS else inner, _words(child.tail)]
    return _joined(parts)


def _joined(parts: Iterable[str]) -> str:
    """Return pieces of a line as one; an exclamation mark before a link makes no picture of it."""
    line: list[str] = []
    for part in filter(None, parts):
        if line and line[-1].endswith("!") and part.startswith("["):
            line[-1] = f"{line[-1][:-1]}&#33;"
        line.append(part)
    return "".join(line)


def _words(text: str | None) -> str:
    return escaped(_SPACE.sub(" ", text)) if text else ""


def _paragraph(text: str) -> str:
    lines = [line.strip(" ") for line in text.split("\n")]
    return lines_escaped("  \n".join(lines).strip()) if text.strip() else ""


def _line(element: Element, depth: int) -> str:
    """Return what stands in an element on one line."""
    return " ".join(_inner(element, depth).split())


def _heading(element: Element, depth: int) -> str:
    words = _line(element, depth)
    # Signs at its end would be taken for the end of the heading.
    return (
        f"{'#' * int(element.tag[1])} {words.removesuffix('#') + '&#35;' if words.endswith('#') else words}"
        if words
        else ""
    )


def _quotation(element: Element, depth: int) -> str:
    if not is_plain_quotation(element):
        return _as_html(element)
    return "\n".join(f"> {line}".rstrip() for line in _flow(element, depth).split("\n"))


def _list(element: Element, depth: int) -> str:
    """Return a list; one with more than words, paragraphs and lists in it stays HTML, for Markdown has no sure form."""
    if not is_plain_list(element):
        return _as_html(element)
    start = str(element.get("start") or "")
    number = int(start) if start.isdecimal() and len(start) <= _MOST_DIGITS else 1
    items: list[str] = []
    for child in element:
        mark = f"{number + len(items)}." if element.tag == "ol" else "-"
        text = _flow(child, depth + 1)
        is_tight = child.find("p") is None
        items.append(f"{mark} {_indented(text.replace(chr(10) * 2, chr(10)) if is_tight else text).lstrip()}".rstrip())
    between = "\n\n" if any("\n\n" in item for item in items) else "\n"
    return between.join(items)


def _definitions(element: Element, depth: int) -> str:
    if not is_plain_definitions(element):
        return _as_html(element)
    return _flow(element, depth)


def _as_html(element: Element) -> str:
    return str(tostring(element, encoding="unicode", method="html", with_tail=False))


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))


def _preformatted(element: Element, _depth: int) -> str:
    return code_block("".join(element.itertext()))


def _table(element: Element, depth: int) -> str:
    rows = [
        [_line(cell, depth + 1) for cell in row if cell.tag in {"td", "th"}]
        for row in element.iter("tr")
        if next(row.iterancestors("table")) is element
    ]
    rows = [row for row in rows if row]
    width = max(map(len, rows), default=0)
    if not rows or width * len(rows) > _MOST_CELLS:
        return _flow(element, depth)
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    caption = element.find("caption")
    before = f"{_paragraph(_inner(caption, depth))}\n\n" if caption is not None else ""
    return before + "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _figure(element: Element, depth: int) -> str:
    """Return a picture with its caption; of anything else what stands in it."""
    pictures = list(element.iter("img"))
    caption = element.find(".//figcaption")
    words = " ".join("".join(caption.itertext()).split()) if caption is not None else ""
    if len(pictures) == 1 and element.find(".//table") is None:
        picture = _picture(pictures[0], words)
        around = next(pictures[0].iterancestors("a"), None)
        return link(picture, str(around.get("href"))) if around is not None and around.get("href") else picture
    return _flow(element, depth)


def _picture(element: Element, caption: str = "") -> str:
    source = str(element.get("src") or element.get("data-src") or "")
    return image(str(element.get("alt") or ""), source, caption or str(element.get("title") or "")) if source else ""


def _link(element: Element, depth: int) -> str:
    before, words, after = _edges(_inner(element, depth))
    target = str(element.get("href") or "")
    if not target or not words:
        return before + words + after
    return f"{before}{link(words, target)}{after}"


def _marked(mark: str, tag: str) -> Callable[[Element, int], str]:
    def form(element: Element, depth: int) -> str:
        before, words, after = _edges(_inner(element, depth))
        if not words:
            return before + after
        is_plain = "\n" not in words and stands_apart(element, before, after)
        return before + (f"{mark}{words}{mark}" if is_plain else f"<{tag}>{words}</{tag}>") + after

    return form


def _code(element: Element, _depth: int) -> str:
    words = "".join(element.itertext())
    if stands_apart(element, "", "") and "|" not in words:
        return code_span(words)
    return f"<code>{_words(words)}</code>" if words.strip() else words


def _edges(text: str) -> tuple[str, str, str]:
    """Return the white space before what a text says, that, and the white space after it."""
    words = text.strip()
    begin = text.find(words) if words else len(text)
    return text[:begin], words, text[begin + len(words) :]


def _embedded(element: Element, _depth: int) -> str:
    """Return a link to what is shown in a frame."""
    source = str(element.get("src") or element.get("data") or "")
    if not source:
        inner = next((one for one in element.iter("source", "embed") if one.get("src")), None)
        source = str(inner.get("src")) if inner is not None else ""
    if known := video_link(source):
        return known
    is_own = element.tag in {"video", "audio"} and bool(source)
    return (
        link(escaped(taken_apart(source).path.rpartition("/")[2] or source), source)
        if is_own
        else placeholder("Eingebettet", source or str(element.tag))
    )


def _left_out(element: Element, _depth: int) -> str:
    return placeholder("Eingebettet", f"{element.tag} {element.get('src') or ''}") if element.tag == "script" else ""


_BLOCK_FORMS: Mapping[str, Callable[[Element, int], str]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    "blockquote": _quotation,
    "dt": lambda element, depth: _paragraph(_inner(element, depth)),
    "dd": lambda element, depth: f":   {_indented(_flow(element, depth)).lstrip()}",
    "dl": _definitions,
    "figure": _figure,
    "hr": lambda _element, _depth: "* * *",
    "ol": _list,
    "pre": _preformatted,
    "table": _table,
    "ul": _list,
}

_INLINE_FORMS: Mapping[str, Callable[[Element, int], str]] = {
    "a": _link,
    "b": _marked("**", "strong"),
    "strong": _marked("**", "strong"),
    "em": _marked("*", "em"),
    "i": _marked("*", "em"),
    "br": lambda _element, _depth: "\n",
    "code": _code,
    "img": lambda element, _depth: _picture(element),
    **dict.fromkeys(("audio", "embed", "iframe", "object", "video"), _embedded),
    **dict.fromkeys(("head", "link", "meta", "noscript", "script", "style", "template", "title"), _left_out),
}
