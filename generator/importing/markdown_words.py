"""Words as Markdown writes them, so that they mean nothing but themselves."""

import re

__all__ = ["code_block", "code_span", "escaped", "image", "lines_escaped", "link"]

_SIGNS = re.compile(r"[\\`*_{}\[\]]")
_ENTITY = re.compile(r"&(?=#\w|\w+;)")
_LINE_START = re.compile(
    r"^([ \t]*)(?:([#>]|[+:-](?=\s|$)|[=-](?=[=-]*[ \t]*$)|~(?=~~))|(\d+)([.)])(?=\s|$)|(!!!|\?\?\?))", re.MULTILINE
)
_BACKTICKS = re.compile(r"`+")
_NOT_IN_ANGLES = re.compile(r"[<>\n]")
_IN_ADDRESS = re.compile(r"[\s()<>]")


def escaped(text: str) -> str:
    """Return text in which no sign is one of Markdown's."""
    return _ENTITY.sub("&amp;", _SIGNS.sub(r"\\\g<0>", text)).replace("<", "&lt;").replace("|", "&#124;")


def lines_escaped(text: str) -> str:
    """Return a paragraph none of whose lines begins like a list, a heading, a quotation or the like."""
    return _LINE_START.sub(_as_words, text)


def _as_words(start: re.Match[str]) -> str:
    indent, sign, number, dot, box = start.groups()
    if sign:
        return f"{indent}&#{ord(sign)};"
    return f"{indent}{number}\\{dot}" if number else f"{indent}&#{ord(box[0])};{box[1:]}"


def code_span(text: str) -> str:
    """Return text as a piece of code within a line."""
    words = " ".join(text.split())
    fence = "`" * (max(map(len, _BACKTICKS.findall(words)), default=0) + 1)
    room = " " if "`" in words else ""
    return f"{fence}{room}{words}{room}{fence}" if words else ""


def code_block(text: str, language: str = "") -> str:
    """Return lines of code as a block."""
    fence = "`" * max(3, max(map(len, _BACKTICKS.findall(text)), default=0) + 1)
    return f"{fence}{language}\n{text.strip(chr(10))}\n{fence}"


def link(words: str, target: str, title: str = "") -> str:
    """Return a link; its words are Markdown already."""
    return f"[{words}]({_address(target)}{_titled(title)})"


def image(alt: str, target: str, title: str = "") -> str:
    """Return a picture.

    Args:
        alt: its alternative text, as plain words.
        target: its address.
        title: its caption, as plain words.
    """
    return f"![{escaped(' '.join(alt.split()))}]({_address(target)}{_titled(title)})"


def _address(target: str) -> str:
    target = target.strip().replace("|", "%7C")
    return f"<{_NOT_IN_ANGLES.sub('', target)}>" if _IN_ADDRESS.search(target) else target


def _titled(title: str) -> str:
    words = " ".join(title.split()).replace('"', "”").replace("|", "/")
    return f' "{words}"' if words else ""
