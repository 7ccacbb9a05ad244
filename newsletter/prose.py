"""Sanitised HTML to plain text as a person would write it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count, groupby, repeat

from newsletter.inline import Notes, inline, only_link, raised
from newsletter.nodes import Element, Node, parse
from newsletter.tables import Cell, table_lines
from newsletter.words import words
from newsletter.wrapping import finished, link_lines, underlined, wrap

__all__ = ["plain"]

_Lines = list[str]


def plain(html: str, width: int, language: str = "de") -> str:
    """Return an editorial as plain text.

    Blocks have an empty line between them. A link's address stands below its block, with its number, or below the link
    where that is all there is; an address is never broken.

    Args:
        html: sanitised, with absolute addresses.
        width: of a line, in characters; only a word that is longer exceeds it.
        language: that of the few words that are added.

    Raises:
        Refusal: an address cannot be written in a mail.
    """
    notes = Notes(words=words(language))
    blocks: list[_Lines] = []
    for part in _parts(parse(html)):
        blocks += _blocks(part, width, notes)
        blocks.append(notes.references())
    return finished("\n\n".join("\n".join(lines) for lines in blocks if lines))


def _parts(nodes: Iterable[Node]) -> Iterator[list[Node]]:
    """Return the blocks of a text, and what stands between them as paragraphs; boxes are opened."""
    for is_block, group in groupby(nodes, key=_is_block):
        part = list(group)
        if not is_block:
            yield part
            continue
        for element in part:
            assert isinstance(element, Element)
            if element.name in _BOXES and not element.has_class("footnote"):
                yield from _parts(element.children)
            else:
                yield [element]


def _is_block(node: Node) -> bool:
    return isinstance(node, Element) and (node.name in _BOXES or node.name in _BLOCKS)


def _blocks(nodes: Iterable[Node], width: int, notes: Notes) -> list[_Lines]:
    """Return the lines of each block that is not empty."""
    found: list[_Lines] = []
    for part in _parts(nodes):
        first = part[0]
        if _is_block(first):
            assert isinstance(first, Element)
            found += _BLOCKS.get(first.name, _footnotes)(first, width, notes)
        else:
            found.append(_paragraph(part, width, notes))
    return [lines for lines in found if lines]


def _paragraph(nodes: Sequence[Node], width: int, notes: Notes) -> _Lines:
    link = only_link(nodes, notes)
    return link_lines(*link, width) if link else wrap(inline(nodes, notes), width)


def _text(element: Element, width: int, notes: Notes) -> list[_Lines]:
    return [_paragraph(element.children, width, notes)]


def _heading(element: Element, width: int, notes: Notes) -> list[_Lines]:
    return [underlined(inline(element.children, notes), "-", width)]


def _quotation(element: Element, width: int, notes: Notes) -> list[_Lines]:
    inner = _joined(_blocks(element.children, width - 2, notes))
    return [[f"> {line}".rstrip() for line in inner]]


def _verbatim(element: Element, _width: int, _notes: Notes) -> list[_Lines]:
    code = "".join(_strings(element)).strip("\n")
    return [[f"    {line}".rstrip() for line in code.split("\n")]] if code.strip() else []


def _strings(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            yield from ["\n"] if child.name == "br" else _strings(child)


def _bulleted(element: Element, width: int, notes: Notes) -> list[_Lines]:
    return _list(element, repeat("- "), width, notes)


def _numbered(element: Element, width: int, notes: Notes) -> list[_Lines]:
    return _list(element, (f"{number}. " for number in _numbers(element)), width, notes)


def _footnotes(element: Element, width: int, notes: Notes) -> list[_Lines]:
    """Return the notes below a text, which Python-Markdown puts in a box."""
    marks = (f"{raised(str(number))} " for number in count(1))
    return [block for child in element.elements if child.name == "ol" for block in _list(child, marks, width, notes)]


def _numbers(element: Element) -> Iterator[int]:
    step = -1 if "reversed" in element.attributes else 1
    items = sum(child.name == "li" for child in element.elements)
    following = _integer(element.attributes.get("start"), items if step < 0 else 1)
    for child in element.elements:
        if child.name == "li":
            number = _integer(child.attributes.get("value"), following)
            yield number
            following = number + step


def _integer(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isdecimal() and len(written) <= 6 else otherwise


def _list(element: Element, marks: Iterator[str], width: int, notes: Notes) -> list[_Lines]:
    """Return a list with a hanging indent; empty lines separate its items where one has paragraphs."""
    items: list[_Lines] = []
    for child in element.elements:
        if child.name == "li":
            mark = next(marks)
            lines = _item(child, width - len(mark), notes)
            items.append(_hanging(mark, lines or [""]))
    if any("" in lines for lines in items):
        return [_joined(items)]
    return [[line for lines in items for line in lines]]


def _item(element: Element, width: int, notes: Notes) -> _Lines:
    """Return an item's lines; a list within follows its text closely."""
    lines: _Lines = []
    for part in _parts(element.children):
        blocks = _blocks(part, width, notes)
        closely = isinstance(part[0], Element) and part[0].name in _LISTS and not any("" in block for block in blocks)
        if lines and blocks and not closely:
            lines.append("")
        lines += _joined(blocks)
    return lines


def _hanging(mark: str, lines: _Lines) -> _Lines:
    return [f"{mark}{lines[0]}".rstrip(), *(f"{' ' * len(mark)}{line}".rstrip() for line in lines[1:])]


def _definitions(element: Element, width: int, notes: Notes) -> list[_Lines]:
    lines: _Lines = []
    for child in element.elements:
        if child.name == "dt":
            lines += wrap(inline(child.children, notes), width)
        else:
            lines += [f"  {line}".rstrip() for line in _joined(_blocks(child.children, width - 2, notes))]
    return [lines]


def _table(element: Element, width: int, notes: Notes) -> list[_Lines]:
    captions = [wrap(inline(child.children, notes), width) for child in element.elements if child.name == "caption"]
    rows = [[_cell(cell, notes) for cell in row.elements] for row in _rows(element)]
    return [*captions, table_lines(rows, width)]


def _rows(element: Element) -> Iterator[Element]:
    for child in element.elements:
        if child.name == "tr":
            yield child
        elif child.name != "caption":
            yield from _rows(child)


def _cell(element: Element, notes: Notes) -> Cell:
    texts = (inline(part, notes) if not _is_block(part[0]) else _flat(part, notes) for part in _parts(element.children))
    return Cell(
        text=" ".join(" ".join(filter(None, texts)).split("\n")),
        is_header=element.name == "th",
        to_the_right=element.has_class("align-right"),
        columns=_integer(element.attributes.get("colspan"), 1),
        rows=_integer(element.attributes.get("rowspan"), 1),
    )


def _flat(nodes: Sequence[Node], notes: Notes) -> str:
    """Return blocks on one line, for a cell has no room for more."""
    return " ".join(" ".join(lines) for lines in _blocks(nodes, _ENDLESS, notes))


def _joined(blocks: Iterable[_Lines]) -> _Lines:
    """Return blocks one below another, with an empty line between them."""
    lines: _Lines = []
    for block in blocks:
        lines += ["", *block] if lines and block else block
    return lines


_ENDLESS = 10_000
_LISTS = frozenset({"dl", "ol", "ul"})
_BOXES = frozenset(
    {"address", "article", "aside", "details", "div", "figcaption", "figure", "footer", "header", "hgroup", "main"}
    | {"nav", "section", "summary"}
)
"""Elements that only hold others, or text."""

_BLOCKS: Mapping[str, Callable[[Element, int, Notes], list[_Lines]]] = {
    "blockquote": _quotation,
    "dl": _definitions,
    "hr": lambda _element, _width, _notes: [["* * *"]],
    "ol": _numbered,
    "p": _text,
    "pre": _verbatim,
    "table": _table,
    "ul": _bulleted,
    **{f"h{level}": _heading for level in range(1, 7)},
}
