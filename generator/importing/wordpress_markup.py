"""What WordPress keeps of a post, as HTML: blocks, shortcodes, and paragraphs that nobody marked."""

import html
import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import count

from generator.importing.arguments import arguments_of
from generator.importing.html_markdown import markdown_of
from generator.importing.placeholders import placeholder
from generator.importing.spans import Span, replaced
from generator.importing.video_link import video_link

__all__ = ["GALLERY", "from_wordpress"]

GALLERY = re.compile(r"\[gallery\b([^\[\]]*)\]")
"""A gallery of the classic editor: its arguments, with the numbers of its pictures."""

_COMMENT = re.compile("<!--")
_COMMENT_END = re.compile("-->")
_BLOCK = re.compile(r"\s*/?wp:([a-z0-9/-]+)")
_CAPTION = re.compile(r"\[caption\b[^\[\]]*\]")
_CAPTION_END = re.compile(r"\[/caption\]")
_PICTURE = re.compile(r"\s*((?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?)")
_EMBED = re.compile(
    r"\[embed\b[^\[\]]*\]\s*([^\s\[\]]+)\s*\[/embed\]|\[(?:youtube|vimeo)\s+(?:https?:)?([^\s\[\]]+)\s*\]"
)
_FILE = re.compile(r"\[(video|audio)\b([^\[\]]*)\](?:\s*\[/\1\])?")
_SHORTCODE = re.compile(r"\[(?P<end>/)?(?P<name>[a-zA-Z][\w-]*)(?P<rest>\s[^\[\]]*|/)?\]")
_ODD_NAME = re.compile(r"[a-zA-Z]\w*[_-][\w-]*")
_LONE_ADDRESS = re.compile(r"(?:(?<=>)|^)[ \t]*(https?://[^\s<>]+)[ \t]*(?=<|$)", re.MULTILINE)
_BLOCK_START = re.compile(
    r"\s*</?(?:address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    r"h[1-6]|header|hr|iframe|li|main|nav|ol|p|pre|script|section|style|table|tbody|td|tfoot|th|thead|tr|ul)\b",
    re.IGNORECASE,
)


def from_wordpress(body: str) -> str:
    """Return a post or page as Markdown of our kind."""
    has_blocks = "<!-- wp:" in body
    text = replaced(body, _COMMENT, lambda _: _COMMENT_END, _block)
    text = replaced(text, _CAPTION, lambda _: _CAPTION_END, _captioned)
    text = _EMBED.sub(lambda found: _shown(found[1] or f"https:{found[2].removeprefix('https:')}"), text)
    text = _FILE.sub(_file, text)
    text = _without_shortcodes(_LONE_ADDRESS.sub(lambda found: _shown(found[1]), text))
    return markdown_of(text if has_blocks else _with_paragraphs(text))


def _block(comment: Span) -> str:
    """Return what stands for the comment that begins or ends a block: nothing, unless the block is made when shown."""
    block = _BLOCK.match(comment.inner)
    if block is None or not comment.inner.rstrip().endswith("/"):
        return ""
    name = block[1].rstrip("/-")
    return f"<p>{placeholder('Block', name)}</p>" if name != "more" else ""


def _captioned(caption: Span) -> str:
    picture = _PICTURE.match(caption.inner)
    if picture is None:
        return caption.whole
    words = caption.inner[picture.end() :].strip()
    return f"<figure>{picture[1]}<figcaption>{words}</figcaption></figure>"


def _shown(address: str) -> str:
    """Return a link in place of an address that WordPress would have shown something for."""
    address = html.unescape(address)
    name = "Video ansehen" if video_link(address) else address
    return f'<a href="{html.escape(address)}">{html.escape(name)}</a>'


def _file(shortcode: re.Match[str]) -> str:
    given = arguments_of(shortcode[2])
    source = next((given[name] for name in ("src", "mp4", "webm", "m4v", "mp3", "ogg") if given.get(name)), "")
    if not source:
        return placeholder("Shortcode", shortcode[1] + shortcode[2])
    return f'<a href="{html.escape(source)}">{html.escape(source.rpartition("/")[2])}</a>'


def _without_shortcodes(text: str) -> str:
    """Return a text with a placeholder for each shortcode; what one stands around stays, and so do mere brackets."""
    codes = list(_SHORTCODE.finditer(text))
    around, ends = _pairs(codes)

    def stand_in(number: int, code: re.Match[str]) -> str:
        if number in ends:
            return ""
        rest = code["rest"] or ""
        is_one = number in around or "=" in rest or rest.strip() == "/" or _ODD_NAME.fullmatch(code["name"])
        if code["end"] or not is_one:
            return code[0]
        return placeholder("Shortcode", html.unescape(f"{code['name']}{rest}"))

    numbers = count()
    return _SHORTCODE.sub(lambda code: stand_in(next(numbers), code), text)


def _pairs(codes: Sequence[re.Match[str]]) -> tuple[set[int], set[int]]:
    """Return which shortcodes, by their numbers, stand around something, and which end one that does."""
    opened: defaultdict[str, list[int]] = defaultdict(list)
    around: set[int] = set()
    ends: set[int] = set()
    for number, code in enumerate(codes):
        if not code["end"]:
            opened[code["name"]].append(number)
        elif opened[code["name"]] and not code["rest"]:
            around.add(opened[code["name"]].pop())
            ends.add(number)
    return around, ends


def _with_paragraphs(text: str) -> str:
    """Return a text of the classic editor with its paragraphs and line breaks marked (wpautop)."""
    parts = (part for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip())
    return "\n".join(
        part if _BLOCK_START.match(part) else f"<p>{part.strip().replace(chr(10), '<br>')}</p>" for part in parts
    )
