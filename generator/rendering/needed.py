"""Which of Markdown's patterns and processors a text can need.

Python-Markdown tries each of its inline patterns on every piece of a text, and each of its block processors on every
block. Most texts of an office have neither code nor raw HTML nor footnotes, and what looks for such things finds
nothing in a text without the characters that make them. Leaving it out saves three tenths of the time.
"""

from collections.abc import Mapping

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor

__all__ = ["try_only_what_is_needed"]

_OWN = "markdown."
"""The package whose processors are known here."""

_INDENT = "indent"
"""Stands for as many spaces as indent a block."""

_INLINE: Mapping[str, tuple[str, ...]] = {
    "markdown.inlinepatterns.BacktickInlineProcessor": ("`",),
    "markdown.inlinepatterns.EscapeInlineProcessor": ("\\",),
    "markdown.inlinepatterns.ReferenceInlineProcessor": ("[",),
    "markdown.inlinepatterns.ShortReferenceInlineProcessor": ("[",),
    "markdown.inlinepatterns.LinkInlineProcessor": ("[",),
    "markdown.inlinepatterns.ImageInlineProcessor": ("[",),
    "markdown.inlinepatterns.ImageReferenceInlineProcessor": ("[",),
    "markdown.inlinepatterns.ShortImageReferenceInlineProcessor": ("[",),
    "markdown.inlinepatterns.AutolinkInlineProcessor": ("<",),
    "markdown.inlinepatterns.AutomailInlineProcessor": ("<",),
    "markdown.inlinepatterns.HtmlInlineProcessor": ("<", "&"),
    "markdown.extensions.footnotes.FootnoteInlineProcessor": ("[^",),
}
"""By the class of a pattern, strings of which one at least stands in any text that it can change.

A pattern of another class, a derived one included, is always tried."""

_BLOCKS: Mapping[str, tuple[str, ...]] = {
    "markdown.blockprocessors.ListIndentProcessor": (_INDENT,),
    "markdown.blockprocessors.CodeBlockProcessor": (_INDENT,),
    "markdown.blockprocessors.HashHeaderProcessor": ("#",),
    "markdown.blockprocessors.SetextHeaderProcessor": ("=", "-"),
    "markdown.blockprocessors.HRProcessor": ("-", "_", "*"),
    "markdown.blockprocessors.UListProcessor": ("* ", "+ ", "- "),
    "markdown.blockprocessors.BlockQuoteProcessor": (">",),
    "markdown.blockprocessors.ReferenceProcessor": ("]:",),
    "markdown.extensions.abbr.AbbrBlockprocessor": ("*[",),
    "markdown.extensions.admonition.AdmonitionProcessor": ("!!!",),
    "markdown.extensions.def_list.DefListIndentProcessor": (_INDENT,),
    "markdown.extensions.def_list.DefListProcessor": (": ",),
    "markdown.extensions.footnotes.FootnoteBlockProcessor": ("[^",),
    "markdown.extensions.tables.TableProcessor": ("|",),
}
"""The same for block processors."""

_LAST = -1000
"""Preprocessors that may still bring in text have greater priorities."""


def try_only_what_is_needed(converter: Markdown) -> None:
    """Have a finished converter try on each text only what it can need; what comes out is the same."""
    converter.preprocessors.register(_Selection(converter), "needed", _LAST)


class _Selection(Preprocessor):
    """Selects what is tried on a text once nothing can be added to it any more."""

    def __init__(self, converter: Markdown) -> None:
        super().__init__(converter)
        inline = converter.treeprocessors["inline"]
        assert isinstance(inline, InlineProcessor)
        self._inline = inline
        self._parser = converter.parser
        indent = " " * converter.tab_length
        self._patterns = [(pattern, _needs(_INLINE, pattern, indent)) for pattern in converter.inlinePatterns]
        self._blocks = [(block, _needs(_BLOCKS, block, indent)) for block in converter.parser.blockprocessors]
        # Processors of other packages may ask Markdown's registry for each other.
        self._selects_blocks = all(type(block).__module__.startswith(_OWN) for block, _ in self._blocks)

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines as they are."""
        text = "\n".join(lines)
        # HTML that was put aside may hold Markdown (the extension md_in_html).
        whole = bool(self.md.htmlStash.rawHtmlBlocks)

        def can_need(needs: tuple[str, ...] | None) -> bool:
            return whole or needs is None or any(need in text for need in needs)

        # Lists will do, and are quicker than Markdown's own registries.
        self._inline.inlinePatterns = [pattern for pattern, needs in self._patterns if can_need(needs)]  # type: ignore[assignment]
        if self._selects_blocks:
            self._parser.blockprocessors = [block for block, needs in self._blocks if can_need(needs)]  # type: ignore[assignment]
        return lines


def _needs(table: Mapping[str, tuple[str, ...]], thing: object, indent: str) -> tuple[str, ...] | None:
    needs = table.get(f"{type(thing).__module__}.{type(thing).__qualname__}")
    return None if needs is None else tuple(indent if need == _INDENT else need for need in needs)
