"""What a plain page shows, by what it is for: home, accessibility statement, other form of a text, or just itself."""

from pathlib import PurePosixPath

from generator.channels.home import home_view
from generator.channels.output import Shown
from generator.channels.statement_view import statement_view
from generator.channels.variants import language_of
from generator.channels.view import Data, View
from generator.model.content_type import PAGE
from generator.model.page import VIDEO_TYPES, Page, Variant, is_video

__all__ = ["page_view"]


def page_view(view: View, page: Page) -> Shown:
    """Return the page's template, and what it shows besides what all entries show."""
    legal = view.site.cooperation.legal
    if page.url == "":
        return "home.html", home_view(view)
    if page.url == legal.accessibility and legal.statement is not None:
        return "statement.html", statement_view(view)
    if page.variant is not None:
        return "variant.html", _variant_view(view, page, page.variant)
    return PAGE.template, {}


def _variant_view(view: View, page: Page, variant: Variant) -> Data:
    language = language_of(view, page)
    if variant.kind == "easy_language":
        return {"language": language}
    return {
        "videos": [
            view.attachment(page, item)
            | {"media_type": VIDEO_TYPES[PurePosixPath(item.file).suffix.lower()], "language": language}
            for item in page.attachments
            if is_video(item)
        ],
        "attachments": [view.attachment(page, item) for item in page.attachments if not is_video(item)],
    }
