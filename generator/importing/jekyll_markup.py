"""Liquid and kramdown as Markdown, where they have a plain meaning."""

import re
from collections.abc import Callable, Mapping

from generator.importing.arguments import arguments_of
from generator.importing.dialect import as_ours, without_attributes
from generator.importing.markdown_words import code_block
from generator.importing.placeholders import placeholder
from generator.importing.video_link import vimeo, youtube

__all__ = ["from_jekyll", "without_liquid"]

_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_COMMENT = re.compile(
    r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}|^\{::comment\}.*?^\{:/(?:comment)?\}\n?",
    re.DOTALL | re.MULTILINE,
)
_HIGHLIGHT = re.compile(r"\{%-?\s*highlight\s+(\S+).*?%\}\n?(.*?)\n?\{%-?\s*endhighlight\s*-?%\}", re.DOTALL)
_TAG = re.compile(r"\{%-?\s*(?P<name>\w+)\s*(?P<rest>.*?)\s*-?%\}", re.DOTALL)
_OUTPUT = re.compile(r"\{\{-?\s*(?P<what>.*?)\s*-?\}\}", re.DOTALL)
_PATH = re.compile(r"""["']([^"']*)["']\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.(?:baseurl|url))""")
_OWN = frozenset({"site.baseurl", "site.url"})
_CONTENTS = re.compile(r"^[ \t]*(?:[*+-]|1\.)[ \t][^\n]*\n\{:\s*toc[^}\n]*\}[ \t]*\n?", re.MULTILINE)
_MORE = re.compile(r"^[ \t]*<!--\s*(?:more|excerpt)\s*-->[ \t]*\n?", re.MULTILINE)
_KEPT = "\ufdd0"
"""Stands for a piece of raw text meanwhile; a noncharacter, which no text contains."""


def from_jekyll(body: str) -> str:
    """Return a text of Jekyll as Markdown of our kind."""
    text = _without_tags(
        _HIGHLIGHT.sub(lambda block: f"\n{code_block(block[2], block[1])}\n", _MORE.sub("", body)), _TAGS
    )
    return as_ours(without_attributes(_CONTENTS.sub("", text)))


def without_liquid(body: str) -> str:
    """Return HTML with addresses in place of the tags that make them, and a placeholder for each other one."""
    return _without_tags(body, {name: _TAGS[name] for name in ("link", "post_url")})


def _without_tags(body: str, forms: Mapping[str, Callable[[str], str]]) -> str:
    raw: list[str] = []

    def keep(found: re.Match[str]) -> str:
        raw.append(found[1])
        return _KEPT

    def tag(found: re.Match[str]) -> str:
        if found["name"].startswith("end"):
            return ""
        form = forms.get(found["name"])
        return (form(found["rest"]) if form else "") or placeholder("Liquid", f"{found['name']} {found['rest']}")

    text = _RAW.sub(keep, _COMMENT.sub("", body))
    text = _OUTPUT.sub(_output, _TAG.sub(tag, text))
    pieces = iter(raw)
    return re.sub(_KEPT, lambda _: next(pieces), text)


def _output(found: re.Match[str]) -> str:
    if found["what"] in _OWN:
        return ""
    path = _PATH.fullmatch(found["what"])
    return path[1] if path else placeholder("Liquid", found["what"])


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
