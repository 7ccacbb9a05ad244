"""What an element of HTML is: a block or part of a line, plain enough for Markdown or not."""

from generator.importing.xml_file import Element

__all__ = ["BLOCKS", "is_block", "is_plain_definitions", "is_plain_list", "is_plain_quotation", "stands_apart"]

BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_ODD_WITHIN = frozenset({"dl", "pre", "table"})
"""Elements that Markdown cannot have in a quotation."""


def is_block(element: Element) -> bool:
    """Tell whether an element is a block, or something inline with blocks in it (a link around a heading)."""
    return element.tag in BLOCKS or any(isinstance(one.tag, str) and one.tag in BLOCKS for one in element.iter())


def is_plain_list(element: Element) -> bool:
    """Tell whether each item begins with words, and there are only paragraphs and such lists in it."""
    for item in element:
        blocks = [one for one in item if isinstance(one.tag, str) and is_block(one)]
        begins = (item.text or "").strip() or (len(item) and item[0] not in blocks) or (blocks and blocks[0].tag == "p")
        if (
            item.tag != "li"
            or not begins
            or not all(one.tag == "p" or (one.tag in {"ul", "ol"} and is_plain_list(one)) for one in blocks)
        ):
            return False
    return True


def is_plain_quotation(element: Element) -> bool:
    """Tell whether there is nothing in a quotation that Markdown cannot have there."""
    return not any(
        one.tag in _ODD_WITHIN or (one.tag in {"ul", "ol"} and not is_plain_list(one)) for one in element.iter()
    )


def is_plain_definitions(element: Element) -> bool:
    """Tell whether there are only words and paragraphs in a list of definitions."""
    return not any(one.tag in BLOCKS - {"dd", "dl", "dt", "p"} for one in element.iter())


def stands_apart(element: Element, before: str, after: str) -> bool:
    """Tell whether a mark around an element would be understood: not within a word, nor beside or in another mark."""
    parent, previous, following = element.getparent(), element.getprevious(), element.getnext()
    if parent is None or parent.tag not in BLOCKS or len(element):
        return False
    words_before = parent.text if previous is None else previous.tail
    is_first = previous is None and not words_before
    is_last = following is None and not element.tail
    opens = bool(before) or is_first or (words_before or "-")[-1] in " \t\r\n\xa0(„"
    closes = bool(after) or is_last or (element.tail or "-")[0] in " \t\r\n\xa0.,;:!?)“"
    return opens and closes
