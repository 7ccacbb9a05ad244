"""Hugo's shortcodes as Markdown, where they have a plain meaning."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from generator.importing.arguments import arguments_of
from generator.importing.dialect import as_ours
from generator.importing.markdown_words import code_block, image, link
from generator.importing.placeholders import placeholder
from generator.importing.spans import Span, replaced
from generator.importing.video_link import vimeo, youtube

__all__ = ["from_hugo", "without_shortcodes"]

_CALL = re.compile(r"\{\{[<%]")
_CALL_END = re.compile(r"[>%]\}\}")
_NAME = re.compile(r"[\w./-]*")
_HIGHLIGHT = re.compile(r"\{\{[<%]\s*highlight\s([^{}]*)[>%]\}\}\n?")
_HIGHLIGHT_END = re.compile(r"\n?\{\{[<%]\s*/\s*highlight\s*[>%]\}\}")
_MORE = re.compile(r"^[ \t]*<!--\s*more\s*-->[ \t]*\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Call:
    """A shortcode that is called, ended, or written to be seen: ``{{</* figure */>}}``."""

    is_shown: bool
    is_end: bool
    name: str
    rest: str


def from_hugo(body: str) -> str:
    """Return a text of Hugo as Markdown of our kind."""
    known = replaced(_MORE.sub("", body), _HIGHLIGHT, lambda _: _HIGHLIGHT_END, _highlighted)
    return as_ours(replaced(known, _CALL, lambda _: _CALL_END, _called))


def without_shortcodes(body: str) -> str:
    """Return HTML with a placeholder for each shortcode."""

    def stand_in(span: Span) -> str:
        call = _call(span.inner)
        return "" if call.is_end else placeholder("Shortcode", f"{call.name} {call.rest}")

    return replaced(body, _CALL, lambda _: _CALL_END, stand_in)


def _highlighted(block: Span) -> str:
    language = arguments_of(block.opening[1]).get("0", "")
    return f"\n{code_block(block.inner, language)}\n"


def _call(inner: str) -> _Call:
    words = inner.strip()
    is_shown = words.startswith("/*")
    if is_shown:
        words = words[2:].removesuffix("*/").strip()
    is_end = words.startswith("/")
    words = words.removeprefix("/").strip()
    name = _NAME.match(words)
    called = name[0] if name else ""
    return _Call(is_shown, is_end, called, words[len(called) :].strip().removesuffix("/").rstrip())


def _called(span: Span) -> str:
    call = _call(span.inner)
    if call.is_shown:
        mark = span.opening[0][-1]
        words = f"{'/' if call.is_end else ''}{call.name} {call.rest}".strip()
        return f"{{{{{mark} {words} {'>' if mark == '<' else '%'}}}}}".replace(" /", "/")
    if call.is_end:
        return ""
    form = _FORMS.get(call.name)
    arguments = arguments_of(call.rest)
    return (form(arguments) if form else "") or placeholder("Shortcode", f"{call.name} {call.rest}")


def _figure(arguments: Mapping[str, str]) -> str:
    source = arguments.get("src", arguments.get("0", ""))
    if not source:
        return ""
    caption = " ".join(
        part for part in (arguments.get("title"), arguments.get("caption"), arguments.get("attr")) if part
    )
    picture = image(arguments.get("alt", ""), source, caption)
    return link(picture, arguments["link"]) if arguments.get("link") else picture


def _reference(arguments: Mapping[str, str]) -> str:
    """Return an address that names a text by its file."""
    path = arguments.get("0") or arguments.get("path", "")
    return f"ref:{quote(path, safe='/#.')}" if path else ""


def _first(arguments: Mapping[str, str]) -> str:
    return arguments.get("id") or arguments.get("0", "")


def _gist(arguments: Mapping[str, str]) -> str:
    user, name = arguments.get("0", ""), arguments.get("1", "")
    return link(f"Gist {name}", f"https://gist.github.com/{user}/{name}") if user and name else ""


_FORMS: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "figure": _figure,
    "gist": _gist,
    "ref": _reference,
    "relref": _reference,
    "vimeo": lambda arguments: vimeo(_first(arguments)) if _first(arguments) else "",
    "youtube": lambda arguments: youtube(_first(arguments)) if _first(arguments) else "",
}
"""The shortcodes that Hugo brings along and that have a plain meaning, by name."""
