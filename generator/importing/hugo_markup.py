"""Hugo's shortcodes as Markdown, where they have a plain meaning."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from generator.importing.arguments import arguments_of
from generator.importing.dialect import as_ours
from generator.importing.markdown_words import code_block, image, link
from generator.importing.placeholders import placeholder
from generator.importing.video_link import vimeo, youtube

__all__ = ["from_hugo", "without_shortcodes"]

_CALL = re.compile(
    r"\{\{(?P<kind>[<%])\s*(?P<comment>/\*)?\s*(?P<end>/)?\s*(?P<name>[\w./-]*)\s*(?P<rest>.*?)\s*(?:\*/\s*)?(?P<single>/)?\s*[>%]\}\}",
    re.DOTALL,
)
_HIGHLIGHT = re.compile(
    r"\{\{([<%])\s*highlight\s+(.*?)\s*[>%]\}\}\n?(.*?)\n?\{\{\1\s*/\s*highlight\s*[>%]\}\}", re.DOTALL
)
_MORE = re.compile(r"^[ \t]*<!--\s*more\s*-->[ \t]*\n?", re.MULTILINE)


def from_hugo(body: str) -> str:
    """Return a text of Hugo as Markdown of our kind."""
    known = _HIGHLIGHT.sub(_highlighted, _MORE.sub("", body))
    return as_ours(_CALL.sub(_called, known))


def without_shortcodes(body: str) -> str:
    """Return HTML with a placeholder for each shortcode."""
    return _CALL.sub(
        lambda call: "" if call["end"] else placeholder("Shortcode", f"{call['name']} {call['rest']}"), body
    )


def _highlighted(block: re.Match[str]) -> str:
    language = arguments_of(block[2]).get("0", "")
    return f"\n{code_block(block[3], language)}\n"


def _called(call: re.Match[str]) -> str:
    if call["comment"]:
        # Written to be seen: {{</* figure */>}}
        closing = {"<": ">", "%": "%"}[call["kind"]]
        return f"{{{{{call['kind']} {'/' if call['end'] else ''}{call['name']} {call['rest']} {closing}}}}}".replace(
            " /", "/"
        )
    if call["end"]:
        return ""
    form = _FORMS.get(call["name"])
    arguments = arguments_of(call["rest"])
    return (form(arguments) if form else "") or placeholder("Shortcode", f"{call['name']} {call['rest']}")


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
