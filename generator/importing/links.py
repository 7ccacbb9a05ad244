"""The addresses in a text, made to lead to what lies there now."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote

from generator.importing.markdown_words import image, link
from generator.importing.media import PICTURES, Media, full_size
from generator.importing.original import Original
from generator.importing.outside_code import outside_code
from generator.importing.placeholders import placeholder
from generator.importing.targets import Target, Targets
from generator.rendering.files.errors import FileError
from generator.slug import slug

__all__ = ["Linked", "anchors_in", "file_of", "linked"]

_LABEL = r"\[(?P<words>(?:\\.|[^\[\]\\\n]|\n(?!\s*\n)|\[(?:\\.|[^\[\]\\\n]|\[[^\[\]\n]*\]){0,500}\]){0,1000})\]"
_WHERE = r"(?:<(?P<angled>[^<>\n]*)>|(?P<plain>(?:[^\s()<>]|\([^\s()]*\))*))"
_TITLE = r"(?:\"(?P<title>(?:\\.|[^\"\\])*)\"|'(?P<other>[^'\n]*)')"
_ADDRESS = rf"\(\s*+{_WHERE}(?:\s++{_TITLE})?\s*+\)"
_IMAGE = re.compile(rf"(?<!\\)!{_LABEL}{_ADDRESS}")
_LINK = re.compile(rf"(?<![!\\]){_LABEL}{_ADDRESS}")
_DEFINITION = re.compile(r"^( {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*)<?([^\s<>]+)>?(.*)$", re.MULTILINE)
_ATTRIBUTE = re.compile(r"(<a\b[^<>]*?\bhref\s*=\s*)([\"'])(.*?)\2", re.IGNORECASE | re.DOTALL)
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+)>")
_HEADING = re.compile(r"^#{1,6}[ \t]([^\n]*)$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\{([^{}\n]*)\}")
_ID = re.compile(r"#([\w-]+)")
_ID_OF_HTML = re.compile(r"\bid=[\"']([\w-]+)[\"']")
_MARKS = re.compile(r"[*_`\\]|\{[^{}]*\}|!?\[([^\[\]]*)\]\([^()]*\)|<[^<>]*>")

_ALT = "Alternativtext: Was ist auf dem Bild zu sehen?"


@dataclass(slots=True)
class Linked:
    """A text whose addresses lead to what lies there now."""

    body: str
    texts: set[PurePosixPath] = field(default_factory=set)
    """The texts that it leads to."""


def anchors_in(body: str) -> frozenset[str]:
    """Return the names of the places in a text to which a ``#`` may lead."""
    headings = {slug(_MARKS.sub(r"\1", heading.rstrip("#"))) for heading in _HEADING.findall(body)}
    own = {name for attributes in _ATTRIBUTES.findall(body) for name in _ID.findall(attributes)[-1:]}
    return frozenset(headings | own | set(_ID_OF_HTML.findall(body)))


def linked(
    body: str,
    original: Original,
    place: PurePosixPath,
    targets: Targets,
    media: Media,
    alts: Mapping[str, str],
    anchors: Mapping[PurePosixPath, frozenset[str]],
) -> Linked:
    """Return a text whose links and pictures lead to our files; those that lead to nothing become placeholders.

    Args:
        body: Markdown.
        original: the text it comes from.
        place: the file that it becomes.
        targets: what addresses lead to.
        media: the files, each of which is given its place.
        alts: alternative texts of pictures by the paths at which they were published.
        anchors: the places in each text to which a ``#`` may lead.
    """
    made = Linked(body)

    def leads(target: Target) -> str | None:
        """Return the address to write; None: there is nothing to lead to."""
        if target.kind == "elsewhere":
            return target.address
        if target.kind == "here":
            name = slug(unquote(target.fragment))
            return f"#{name}" if name in anchors.get(place, ()) else ""
        if target.text is not None:
            made.texts.add(target.text)
            name = slug(unquote(target.fragment))
            return _from(place, target.text) + (f"#{name}" if name in anchors.get(target.text, ()) else "")
        if target.file is None:
            return None
        try:
            return _from(place, media.placed(target.file))
        except (FileError, OSError):
            return None

    def shown(found: re.Match[str]) -> str:
        written = found["angled"] or found["plain"] or ""
        target = targets.find(written, original)
        words = re.sub(r"\\(.)", r"\1", found["words"])
        alt = words.strip() or alts.get(full_size(target.address), "")
        address = leads(target) if target.file is not None and target.file.suffix.lower() in PICTURES else None
        if address is None:
            return placeholder("Bild", f"{target.address or written} {alt}")
        titled = re.sub(r"\\(.)", r"\1", found["title"] or found["other"] or "")
        return image(alt, address, titled) if alt else f"![‹{_ALT}›]({address}{_quoted(titled)})"

    def led(found: re.Match[str]) -> str:
        written = found["angled"] or found["plain"] or ""
        target = targets.find(written, original)
        address = leads(target)
        if address is None:
            kind = "Datei" if PurePosixPath(target.address).suffix and target.address[-5:] != ".html" else "Link"
            return f"{found['words']} {placeholder(kind, target.address or written)}".strip()
        titled = re.sub(r"\\(.)", r"\1", found["title"] or found["other"] or "")
        return link(found["words"], address, titled) if address else found["words"]

    def defined(found: re.Match[str]) -> str:
        address = leads(targets.find(found[2], original))
        return f"{found[1]}{address}{found[3]}" if address else f"{found[1]}#{found[3]}"

    def in_html(found: re.Match[str]) -> str:
        address = leads(targets.find(found[3], original))
        return f"{found[1]}{found[2]}{address or '#'}{found[2]}"

    def auto(found: re.Match[str]) -> str:
        target = targets.find(found[1], original)
        if target.kind == "elsewhere":
            return found[0]
        address = leads(target)
        return link(found[1], address) if address else placeholder("Link", found[1])

    def prose(text: str) -> str:
        for pattern, change in (
            (_IMAGE, shown),
            (_LINK, led),
            (_DEFINITION, defined),
            (_ATTRIBUTE, in_html),
            (_AUTOLINK, auto),
        ):
            text = pattern.sub(change, text)
        return text

    made.body = outside_code(body, prose)
    return made


def file_of(written: str, original: Original, place: PurePosixPath, targets: Targets, media: Media) -> str | None:
    """Return the path, as the text at ``place`` writes it, of the picture at an address; None: there is none."""
    target = targets.find(written, original)
    if target.file is None or target.file.suffix.lower() not in PICTURES:
        return None
    try:
        return _from(place, media.placed(target.file))
    except (FileError, OSError):
        return None


def _from(place: PurePosixPath, target: PurePosixPath) -> str:
    return posixpath.relpath(str(target), str(place.parent))


def _quoted(title: str) -> str:
    return f' "{title}"' if title else ""
