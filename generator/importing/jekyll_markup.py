"""Liquid and kramdown as Markdown, where they have a plain meaning."""

import re
from collections.abc import Callable, Mapping

from generator.importing.arguments import arguments_of
from generator.importing.dialect import as_ours, without_attributes
from generator.importing.markdown_words import code_block
from generator.importing.placeholders import placeholder
from generator.importing.spans import Span, replaced
from generator.importing.video_link import vimeo, youtube

__all__ = ["from_jekyll", "without_liquid"]

_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}")
_RAW_END = re.compile(r"\{%-?\s*endraw\s*-?%\}")
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}|^\{::comment\}", re.MULTILINE)
_COMMENT_END = re.compile(r"\{%-?\s*endcomment\s*-?%\}")
_COMMENT_END_OF_KRAMDOWN = re.compile(r"^\{:/(?:comment)?\}\n?", re.MULTILINE)
_HIGHLIGHT = re.compile(r"\{%-?\s*highlight\s+([^\s%{}]++)[^%{}]*+%\}\n?")
_HIGHLIGHT_END = re.compile(r"\n?\{%-?\s*endhighlight\s*-?%\}")
_TAG = re.compile(r"\{%-?")
_TAG_END = re.compile(r"-?%\}")
_NAME = re.compile(r"\w+")
_OUTPUT = re.compile(r"\{\{-?")
_OUTPUT_END = re.compile(r"-?\}\}")
_PATH = re.compile(r"""["']([^"']*)["']\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.(?:baseurl|url))""")
_OWN = frozenset({"site.baseurl", "site.url"})
_CONTENTS = re.compile(r"^[ \t]*(?:[*+-]|1\.)[ \t][^\n]*\n\{:\s*toc[^}\n]*\}[ \t]*\n?", re.MULTILINE)
_MORE = re.compile(r"^[ \t]*<!--\s*(?:more|excerpt)\s*-->[ \t]*\n?", re.MULTILINE)
_KEPT = "\ufdd0"
"""Stands for a piece of raw text meanwhile; a noncharacter, which no text contains."""


def from_jekyll(body: str) -> str:
    """Return a text of Jekyll as Markdown of our kind."""
    known = replaced(
        _MORE.sub("", body),
        _HIGHLIGHT,
        lambda _: _HIGHLIGHT_END,
        lambda block: f"\n{code_block(block.inner, block.opening[1])}\n",
    )
    return as_ours(without_attributes(_CONTENTS.sub("", _without_tags(known, _TAGS))))


def without_liquid(body: str) -> str:
    """Return HTML with addresses in place of the tags that make them, and a placeholder for each other one."""
    return _without_tags(body, {name: _TAGS[name] for name in ("link", "post_url")})


def _without_tags(body: str, forms: Mapping[str, Callable[[str], str]]) -> str:
    raw: list[str] = []

    def keep(found: Span) -> str:
        raw.append(found.inner)
        return _KEPT

    def tag(found: Span) -> str:
        words = found.inner.strip()
        name = _NAME.match(words)
        if name is None:
            return found.whole
        if name[0].startswith("end"):
            return ""
        form, rest = forms.get(name[0]), words[name.end() :].strip()
        return (form(rest) if form else "") or placeholder("Liquid", f"{name[0]} {rest}")

    text = replaced(body, _COMMENT, _end_of_comment, lambda _: "")
    text = replaced(text, _RAW, lambda _: _RAW_END, keep)
    text = replaced(replaced(text, _TAG, lambda _: _TAG_END, tag), _OUTPUT, lambda _: _OUTPUT_END, _output)
    pieces = iter(raw)
    return re.sub(_KEPT, lambda _: next(pieces), text)


def _end_of_comment(opening: re.Match[str]) -> re.Pattern[str]:
    return _COMMENT_END_OF_KRAMDOWN if opening[0].startswith("{:") else _COMMENT_END


def _output(found: Span) -> str:
    what = found.inner.strip()
    if what in _OWN:
        return ""
    path = _PATH.fullmatch(what)
    return path[1] if path else placeholder("Liquid", what)


def _included(rest: str) -> str:
    """Return what the widespread includes for films show."""
    name, _, arguments = rest.partition(" ")
    known = {"youtube": youtube, "vimeo": vimeo}.get(name.partition(".")[0].lower())
    given = arguments_of(arguments)
    number = given.get("id") or given.get("video_id", "")
    return known(number) if known and number else ""


_TAGS: Mapping[str, Callable[[str], str]] = {
    "include": _included,
    "link": lambda rest: f"ref:{rest.strip()}" if rest else "",
    "post_url": lambda rest: f"ref:_posts/{rest.strip()}" if rest else "",
}
"""The tags that have a plain meaning, by name."""
