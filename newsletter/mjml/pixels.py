"""Whole pixels where the engine computes fractions: HTML knows no others, and Outlook does not understand them."""

import re

__all__ = ["whole_pixels"]

_SIZED_TAG = re.compile(r"<(?:img|table|td)\b[^>]*>")
_SIZES = re.compile(r'''\s(?:width|style)="[^"]*"''')
_WIDTH = re.compile(r"""(width(?:="|:))(\d+\.\d+)(?=px|")""")
"""A computed width: templates can only say whole ones."""


def whole_pixels(html: str) -> str:
    """Return the engine's HTML with the whole widths that the reference engine has.

    Args:
        html: what the engine made of `writer.write`'s source: ASCII, without ``<``, ``>`` or quotation marks in values.
    """
    return _SIZED_TAG.sub(_with_whole_pixels, html) if _WIDTH.search(html) else html


def _with_whole_pixels(tag: re.Match[str]) -> str:
    """Cut the widths of pictures and lines, so that they fit into their columns; round those of Outlook's columns."""
    more = 0.5 if "vertical-align:" in tag[0] else 0

    def with_whole_width(size: re.Match[str]) -> str:
        return _WIDTH.sub(lambda width: f"{width[1]}{int(float(width[2]) + more)}", size[0])

    return _SIZES.sub(with_whole_width, tag[0])
