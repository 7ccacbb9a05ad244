"""Pictures in finished bodies, shown by the same template as all others."""

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

import jinja2

__all__ = ["pictures_of_bodies"]

_TEMPLATE = "partials/picture.html"
_IMAGE = re.compile(r"<img\b[^>]*>")
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')


def pictures_of_bodies(env: jinja2.Environment) -> Callable[[str, Mapping[str, Any] | None, str, str], str]:
    """Return a function for templates: it lets browsers choose the files of the pictures in a body.

    It takes the body, its pictures by their addresses in it (as `pictures_in` returns them), the way to the site's
    root, and how wide the theme shows pictures of its width (the attribute ``sizes``).
    """

    def with_pictures(html: str, pictures: Mapping[str, Any] | None, root: str, sizes: str) -> str:
        if not pictures:
            return html
        macro = env.get_template(_TEMPLATE).module.picture  # type: ignore[attr-defined]  # it is the template's own

        def shown(image: re.Match[str]) -> str:
            attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(image[0])}
            picture = pictures.get(attributes.pop("src", ""))
            if picture is None:
                return image[0]
            own = {name: attributes.pop(name, picture.get(name, "")) for name in ("alt", "width", "height")}
            # Where an author says how wide a picture is to be, it is no wider.
            wide = sizes if own["width"] == str(picture["width"]) else f"{own['width']}px"
            return str(macro({**picture, **own}, root, wide, attributes=attributes))

        return _IMAGE.sub(shown, html)

    return with_pictures
