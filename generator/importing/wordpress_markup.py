"""What WordPress keeps of a post, as HTML: blocks, shortcodes, and paragraphs that nobody marked."""

import html
import re

from generator.importing.arguments import arguments_of
from generator.importing.html_markdown import markdown_of
from generator.importing.placeholders import placeholder
from generator.importing.video_link import video_link

__all__ = ["GALLERY", "from_wordpress"]

GALLERY = re.compile(r"\[gallery\b[^\]]*\bids=[\"']([\d,\s]+)[\"'][^\]]*\]")
"""A gallery of the classic editor: the numbers of its pictures."""

_BLOCK = re.compile(r"<!--\s*/?wp:(?P<name>[a-z0-9/-]+)(?P<rest>(?:(?!-->).)*?)(?P<single>/)?\s*-->", re.DOTALL)
_COMMENT = re.compile(r"<!--(?:(?!-->).)*-->", re.DOTALL)
_CAPTION = re.compile(
    r"\[caption[^\]]*\]\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)\s*(.*?)\s*\[/caption\]", re.DOTALL
)
_EMBED = re.compile(r"\[embed[^\]]*\]\s*(\S+?)\s*\[/embed\]|\[(?:youtube|vimeo)\s+(?:https?:)?(\S+?)\s*\]")
_FILE = re.compile(r"\[(video|audio)\b([^\]]*)\](?:\s*\[/\1\])?")
_SHORTCODE = re.compile(
    r"\[(?P<paired>[a-zA-Z][\w-]*)(?P<one>\s[^\]\[]*)?\](?P<inner>.*?)\[/(?P=paired)\]"
    r"|\[(?P<name>[a-zA-Z][\w-]*)(?P<two>\s[^\]\[]*?=[^\]\[]*|\s*/)\]|\[(?P<odd>[a-zA-Z]\w*[_-][\w-]*)(?P<three>\s[^\]\[]*)?\]",
    re.DOTALL,
)
_LONE_ADDRESS = re.compile(r"(?:(?<=>)|^)[ \t]*(https?://[^\s<]+)[ \t]*(?=<|$)", re.MULTILINE)
_BLOCK_START = re.compile(
    r"\s*</?(?:address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    r"h[1-6]|header|hr|iframe|li|main|nav|ol|p|pre|script|section|style|table|tbody|td|tfoot|th|thead|tr|ul)\b",
    re.IGNORECASE,
)


def from_wordpress(body: str) -> str:
    """Return a post or page as Markdown of our kind."""
    has_blocks = "<!-- wp:" in body
    text = _COMMENT.sub("", _BLOCK.sub(_block, body))
    text = _CAPTION.sub(r"<figure>\1<figcaption>\2</figcaption></figure>", text)
    text = _EMBED.sub(lambda found: _shown(found[1] or f"https:{found[2].removeprefix('https:')}"), text)
    text = _FILE.sub(_file, text)
    text = _LONE_ADDRESS.sub(lambda found: _shown(found[1]), text)
    before = None
    while before != text:
        before, text = text, _SHORTCODE.sub(_shortcode, text)
    return markdown_of(text if has_blocks else _with_paragraphs(text))


def _block(comment: re.Match[str]) -> str:
    """Return what stands for the comment that begins or ends a block: nothing, unless the block is made when shown."""
    return f"<p>{placeholder('Block', comment['name'])}</p>" if comment["single"] and comment["name"] != "more" else ""


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


def _shortcode(found: re.Match[str]) -> str:
    name = found["paired"] or found["name"] or found["odd"]
    rest = found["one"] or found["two"] or found["three"] or ""
    return placeholder("Shortcode", html.unescape(f"{name}{rest}")) + (found["inner"] or "")


def _with_paragraphs(text: str) -> str:
    """Return a text of the classic editor with its paragraphs and line breaks marked (wpautop)."""
    parts = (part for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip())
    return "\n".join(
        part if _BLOCK_START.match(part) else f"<p>{part.strip().replace(chr(10), '<br>')}</p>" for part in parts
    )
