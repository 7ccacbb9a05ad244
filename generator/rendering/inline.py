"""Which of Markdown's inline patterns a text can need.

Python-Markdown tries each of its patterns on every piece of a text, one after the other. Most texts of an office have
neither code nor escapes nor raw HTML, and a pattern finds nothing in a text without the character that it begins with.
Leaving such patterns out saves a fifth of the time.
"""

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor

__all__ = ["try_only_what_is_needed"]

_NEEDS = {
    "markdown.inlinepatterns.BacktickInlineProcessor": "`",
    "markdown.inlinepatterns.EscapeInlineProcessor": "\\",
    "markdown.inlinepatterns.ReferenceInlineProcessor": "[",
    "markdown.inlinepatterns.ShortReferenceInlineProcessor": "[",
    "markdown.inlinepatterns.LinkInlineProcessor": "[",
    "markdown.inlinepatterns.ImageInlineProcessor": "[",
    "markdown.inlinepatterns.ImageReferenceInlineProcessor": "[",
    "markdown.inlinepatterns.ShortImageReferenceInlineProcessor": "[",
    "markdown.inlinepatterns.AutolinkInlineProcessor": "<",
    "markdown.inlinepatterns.AutomailInlineProcessor": "<",
    "markdown.inlinepatterns.HtmlInlineProcessor": "<&",
    "markdown.extensions.footnotes.FootnoteInlineProcessor": "^",
}
"""By the class of a pattern, the characters of which one at least stands in any text that it can change.

A pattern of another class, a derived one included, is always tried."""

_LAST = -1000
"""Preprocessors that may still bring in text have greater priorities."""


def try_only_what_is_needed(converter: Markdown) -> None:
    """Have a finished converter try on each text only the patterns that it can need; what comes out is the same."""
    converter.preprocessors.register(_Selection(converter), "needed_patterns", _LAST)


class _Selection(Preprocessor):
    """Selects the patterns for a text once nothing can be added to it any more."""

    def __init__(self, converter: Markdown) -> None:
        super().__init__(converter)
        inline = converter.treeprocessors["inline"]
        assert isinstance(inline, InlineProcessor)
        self._inline = inline
        self._needs = [
            (pattern, _NEEDS.get(f"{type(pattern).__module__}.{type(pattern).__qualname__}"))
            for pattern in converter.inlinePatterns
        ]

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines as they are."""
        text = "\n".join(lines)
        # HTML that was put aside may hold Markdown (the extension md_in_html).
        whole = bool(self.md.htmlStash.rawHtmlBlocks)
        # A list will do, and is quicker than Markdown's own registry.
        self._inline.inlinePatterns = [  # type: ignore[assignment]
            pattern
            for pattern, characters in self._needs
            if whole or characters is None or any(character in text for character in characters)
        ]
        return lines
