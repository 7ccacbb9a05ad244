"""Drawings (SVG) with nothing in them but what is drawn: an allow-list of elements and attributes (SVG 2)."""

import base64
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from generator.rendering.files.errors import FileError
from generator.rendering.pictures.original import remade
from generator.rendering.pictures.raster import form_of

__all__ = ["remake", "sanitised"]

_Element: TypeAlias = etree._Element  # noqa: SLF001  # the library has no other name for it

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_XML = "{http://www.w3.org/XML/1998/namespace}"

_ELEMENTS = frozenset(
    "circle clipPath defs desc ellipse filter g image line linearGradient marker mask path pattern polygon polyline "
    "radialGradient rect stop style svg switch symbol text textPath title tspan use "
    "feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap "
    "feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode "
    "feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence".split()
)
_ATTRIBUTES = frozenset(
    "alignment-baseline amplitude azimuth baseFrequency baseline-shift bias class clip-path clip-rule clipPathUnits "
    "color color-interpolation color-interpolation-filters cx cy d diffuseConstant direction display divisor "
    "dominant-baseline dx dy edgeMode elevation exponent fill fill-opacity fill-rule filter filterUnits flood-color "
    "flood-opacity font-family font-size font-stretch font-style font-variant font-weight fr fx fy gradientTransform "
    "gradientUnits height href id in in2 intercept isolation k1 k2 k3 k4 kernelMatrix lang lengthAdjust letter-spacing "
    "lighting-color limitingConeAngle marker-end marker-mid marker-start markerHeight markerUnits markerWidth mask "
    "mask-type maskContentUnits maskUnits method mix-blend-mode mode numOctaves offset opacity operator order orient "
    "overflow paint-order pathLength patternContentUnits patternTransform patternUnits points preserveAlpha "
    "preserveAspectRatio primitiveUnits r radius refX refY result role rotate rx ry scale seed shape-rendering side "
    "slope spacing specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles stop-color "
    "stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-opacity stroke-width style surfaceScale tableValues targetX targetY text-anchor text-decoration "
    "text-rendering textLength transform transform-origin type unicode-bidi values vector-effect version viewBox "
    "visibility white-space width word-spacing writing-mode x x1 x2 xChannelSelector y y1 y2 yChannelSelector z".split()
) | {f"{_XML}lang", f"{_XML}space", "aria-label", "aria-labelledby"}

_FRAGMENT = re.compile(r"\s*#[^\s\"'()<>]+\s*")
_DATA = re.compile(r"\s*data:image/(?:avif|gif|jpe?g|png|webp)\s*;\s*base64\s*,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FETCHED = re.compile(
    r"\\|@(?!media\b)|<|url\s*\((?!\s*[\"']?\s*#)|image(?:-set)?\s*\(|expression|-moz-binding|\bsrc\b", re.IGNORECASE
)
"""What in a style or an attribute may fetch something, and what might hide it."""

_MOST_DRAWN = 100_000
"""Elements, those drawn again by „use“ included: far more than a coat of arms has."""

_DEEPEST = 200
"""Elements in one another."""

_FOREIGN = FileError("Die Zeichnung zeigt eine andere Datei.", "Das Bild in die Zeichnung einbetten.")
_REMEDY = "Als „einfaches SVG“ neu speichern, Schrift in Pfade umgewandelt."


def remake(origin: Path, target: Path) -> None:
    """Write a drawing anew.

    Raises:
        FileError: as `sanitised`.
    """
    target.write_bytes(sanitised(origin.read_bytes()))


def sanitised(data: bytes) -> bytes:
    """Return a drawing without scripts, links, comments, metadata, and all that editors note down in it.

    Pictures in it are made anew. What would change the drawing if it were taken out is refused.

    Raises:
        FileError: it cannot be read, shows another file, or is far too large.
    """
    root = _parsed(data)
    _clean(root)
    _check_size(root)
    etree.cleanup_namespaces(root)
    # Without the tree around it, nothing before and after the drawing is written.
    return bytes(etree.tostring(root, encoding="utf-8", with_tail=False, xml_declaration=False))


def _parsed(data: bytes) -> _Element:
    if b"<!ENTITY" in data:
        raise FileError("Die Zeichnung enthält Abkürzungen (ENTITY), die nicht aufgelöst werden.", _REMEDY)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FileError("Die Zeichnung lässt sich nicht lesen.", _REMEDY) from error
    if root.tag != f"{_SVG}svg":
        raise FileError("Die Datei ist keine Zeichnung (SVG).", _REMEDY)
    return root


def _clean(element: _Element) -> None:
    for name, value in list(element.attrib.items()):
        kept = _attribute(element, str(name), str(value))
        if kept is None:
            del element.attrib[name]
        elif kept != value:
            element.set(name, kept)
    for child in list(element):
        if child.tag == f"{_SVG}a":
            # A link in a picture leads nowhere; what it shows stays.
            child.tag = f"{_SVG}g"
        if not isinstance(child.tag, str) or child.tag.removeprefix(_SVG) not in _ELEMENTS:
            _remove(element, child)
        else:
            _clean(child)
    if element.tag == f"{_SVG}style":
        element.text = _style("".join(element.itertext()))


def _remove(element: _Element, child: _Element) -> None:
    """Remove an element, but not the text behind it."""
    previous = child.getprevious()
    if child.tail and previous is not None:
        previous.tail = (previous.tail or "") + child.tail
    elif child.tail:
        element.text = (element.text or "") + child.tail
    element.remove(child)


def _attribute(element: _Element, name: str, value: str) -> str | None:
    """Return what an attribute is to say; None: it goes."""
    if name in {"href", _XLINK_HREF}:
        return _reference(element, value)
    if name not in _ATTRIBUTES:
        return None
    if name == "style":
        return _style(value)
    if name in {"id", "class", "aria-label", "aria-labelledby"}:
        return value
    if _FETCHED.search(value):
        raise _FOREIGN
    return value


def _reference(element: _Element, value: str) -> str | None:
    if _FRAGMENT.fullmatch(value):
        return value
    if element.tag == f"{_SVG}image" and (embedded := _DATA.fullmatch(value)):
        return _embedded(embedded[1])
    if element.tag in {f"{_SVG}image", f"{_SVG}use"}:
        raise _FOREIGN
    return None


def _embedded(coded: str) -> str:
    """Return the address of an embedded picture made anew."""
    try:
        data = remade(base64.b64decode(coded))
    except ValueError as error:
        raise FileError("Ein Bild in der Zeichnung lässt sich nicht lesen.", "Es neu einbetten.") from error
    return f"data:image/{form_of(data).lower()};base64,{base64.b64encode(data).decode()}"


def _style(css: str) -> str:
    bare = _COMMENT.sub("", css)
    if _FETCHED.search(bare):
        raise FileError("Die Zeichnung lädt mit ihren Stilangaben etwas nach.", _REMEDY)
    return bare


def _check_size(root: _Element) -> None:
    """Raise where a drawing is far too large, or draws itself."""
    named = {name: node for node in root.iter() if (name := node.get("id")) is not None}
    known: dict[_Element, int] = {}
    if _drawn(root, named, known, depth=0) > _MOST_DRAWN:
        raise FileError(f"Die Zeichnung besteht aus mehr als {_MOST_DRAWN} Teilen.", "Sie vereinfachen.")


def _drawn(element: _Element, named: Mapping[str, _Element], known: dict[_Element, int], depth: int) -> int:
    if element not in known:
        if depth > _DEEPEST:
            raise FileError("Die Zeichnung ist zu tief verschachtelt oder zeichnet sich selbst.", _REMEDY)
        parts = list(element)
        if element.tag == f"{_SVG}use":
            target = named.get((element.get("href") or element.get(_XLINK_HREF) or "").strip().removeprefix("#"))
            parts += [] if target is None else [target]
        known[element] = 1 + sum(_drawn(part, named, known, depth + 1) for part in parts)
    return known[element]
