"""css-inline: rules to ``style`` attributes, for mail programs that drop style sheets. Nothing else knows it."""

import css_inline

__all__ = ["inline"]


def inline(html: str, css: str) -> str:
    """Return the HTML with the rules written into the elements they match; its own style sheets stay as they are.

    Args:
        html: a whole document.
        css: rules; none leaves every byte as it is.
    """
    if not css.strip():
        return html
    inliner = css_inline.CSSInliner(
        inline_style_tags=False, keep_style_tags=True, load_remote_stylesheets=False, extra_css=css
    )
    return inliner.inline(html)
