"""Markdown to sanitised HTML, with the addresses in it taken out to be resolved."""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import markdown
import nh3

from generator.characters import FORBIDDEN
from generator.model.site import PAGE_MARK
from generator.rendering.body_images import as_figures
from generator.rendering.needed import try_only_what_is_needed
from generator.slug import slug

__all__ = ["Reference", "Rendered", "Renderer"]

_ALWAYS = ("attr_list", "toc")
"""Ids of headings and of decisions come from these, so they are not up to the settings."""

_EXTERNAL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_HEADER_CELL = re.compile(r"<th(?=[ >])(?![^>]*\bscope=)")
_ALIGNED_CELL = re.compile(r'<(t[dh])([^>]*?) align="(left|center|right)"([^>]*)>')
_GLOBAL_ATTRIBUTES = {"id", "class", "lang", "dir", "title"}
_ATTRIBUTES = {
    "*": _GLOBAL_ATTRIBUTES,
    "a": {"href", "hreflang", "role"},
    "img": {"src", "alt", "width", "height"},
    "td": {"align", "colspan", "rowspan", "headers"},
    "th": {"align", "colspan", "rowspan", "headers", "scope"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "time": {"datetime"},
    "details": {"open"},
    "del": {"datetime"},
    "ins": {"datetime"},
}
_TAGS = nh3.ALLOWED_TAGS - {"center", "strike", "tt", "acronym", "map", "area"}
_OPEN, _CLOSE = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True)
class Reference:
    """An address in a text that means something on the site itself."""

    target: str
    """As written: ``../termine/buergerforum.md#anmeldung``."""

    is_image: bool


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text's HTML, with a numbered mark in place of each reference."""

    html: str
    references: tuple[Reference, ...]
    images_without_alt: tuple[str, ...]
    """The addresses of images that have neither alternative text nor the class ``dekorativ``."""

    anchors: tuple[str, ...]
    """The ids in the text, to which a ``#`` may lead."""

    broken_anchors: tuple[str, ...]
    """Links within the text (``#ablauf``) that lead nowhere."""

    too_deep: bool = False
    """Whether the text is nested so deeply, lists in lists for one, that nothing could be made of it."""

    def with_addresses(self, addresses: Mapping[int, str]) -> str:
        """Return the HTML with an address in place of each mark."""
        if not self.references:
            return self.html
        return re.sub(f"{_OPEN}(\\d+){_CLOSE}", lambda mark: addresses.get(int(mark[1]), ""), self.html)


class Renderer:
    """Renders texts with one Markdown converter, built once."""

    def __init__(self, extensions: tuple[str, ...], options: Mapping[str, Any]) -> None:
        """Build the converter.

        Args:
            extensions: names of Python-Markdown extensions.
            options: their options, by name.
        """
        self._names = names = list(dict.fromkeys((*extensions, *_ALWAYS)))
        configs = {name: dict(options.get(name) or {}) for name in names if options.get(name)}
        # Headings get their ids, but unless the settings say where, there are no tables of contents: making them and
        # looking for their place would take a tenth of the time.
        no_contents = {} if "marker" in configs.get("toc", {}) else {"marker": "", "toc_depth": 0}
        configs["toc"] = {"slugify": slug, **no_contents, **configs.get("toc", {})}
        if "tables" in names:
            configs["tables"] = {"use_align_attribute": True, **configs.get("tables", {})}
        self._configs = configs
        self._converter = self._built()

    def _built(self) -> markdown.Markdown:
        converter = markdown.Markdown(extensions=self._names, extension_configs=self._configs, output_format="html")
        try_only_what_is_needed(converter)
        return converter

    def render(self, text: str) -> Rendered:
        """Return the text as sanitised HTML."""
        try:
            raw = self._converter.reset().convert(text)
        except RecursionError:
            # A converter that was cut off puts what it had begun into the next text.
            self._converter = self._built()
            return Rendered("", (), (), (), (), too_deep=True)
        references: list[Reference] = []
        own_anchors: list[str] = []

        def take_out(tag: str, attribute: str, value: str) -> str | None:
            if (tag, attribute) not in _ADDRESSES or not value or _EXTERNAL.match(value):
                return value
            if value.startswith("#"):
                own_anchors.append(value)
                return PAGE_MARK + value
            references.append(Reference(value, is_image=tag == "img"))
            return f"{_OPEN}{len(references) - 1}{_CLOSE}"

        clean = nh3.clean(
            _ENTITY.sub(_allowed, raw) if "&#" in raw else raw,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            attribute_filter=take_out,
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel=None,
        )
        html = as_figures(_HEADER_CELL.sub('<th scope="col"', _ALIGNED_CELL.sub(_with_class, clean)))
        bare = tuple(_address(image, references) for image in _IMAGE.findall(html) if _is_undescribed(image))
        anchors = tuple(_ID.findall(html))
        broken = tuple(anchor for anchor in own_anchors if unquote(anchor[1:]) not in anchors and anchor != "#")
        return Rendered(html, tuple(references), bare, anchors, broken)


def _with_class(cell: re.Match[str]) -> str:
    """Return an aligned cell's tag with a class in place of the attribute, which HTML has given up."""
    attributes = cell[2] + cell[4]
    aligned = f"align-{cell[3]}"
    if 'class="' in attributes:
        attributes = attributes.replace('class="', f'class="{aligned} ', 1)
        return f"<{cell[1]}{attributes}>"
    return f'<{cell[1]} class="{aligned}"{attributes}>'


_ENTITY = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));?", re.IGNORECASE)


def _allowed(entity: re.Match[str]) -> str:
    """Return the entity, or nothing where it stands for a character that no text may contain."""
    code = int(entity[1], 16) if entity[1] else int(entity[2].lstrip("0")[:9] or "0")
    return "" if code > sys.maxunicode or FORBIDDEN.match(chr(code)) else entity[0]


_ADDRESSES = {("a", "href"), ("img", "src")}
_IMAGE = re.compile(r"<img\b[^>]*>")
_ALT = re.compile(r'\balt="\s*[^"\s]')
_DECORATIVE = re.compile(r'\bclass="(?:[^"]*\s)?dekorativ[\s"]')
_ID = re.compile(r'<[a-z][^>]*\bid="([^"]+)"')
_SRC = re.compile(r'\bsrc="([^"]*)"')


def _is_undescribed(image: str) -> bool:
    return not _ALT.search(image) and not _DECORATIVE.search(image)


def _address(image: str, references: list[Reference]) -> str:
    found = _SRC.search(image)
    source = found[1] if found else ""
    mark = re.fullmatch(f"{_OPEN}(\\d+){_CLOSE}", source)
    return references[int(mark[1])].target if mark else source
