"""Office files (ECMA-376, ODF 1.3) without what they say of people and machines.

They are archives of XML. What only describes a file is emptied; what somebody may have forgotten in it – comments,
tracked changes, hidden sheets – is part of the text, so it is refused and told.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TypeAlias
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from generator.rendering.files.errors import FileError
from generator.rendering.files.jpeg import bare
from generator.rendering.pictures.original import remade

__all__ = ["remake"]

_MOST_BYTES = 500_000_000
"""What an archive may hold unpacked: more is made to harm."""

_MIMETYPE = "mimetype"
"""The first member of an ODF file (ODF 1.3, part 2, 3.3)."""

_REFUSED_MEMBERS: Mapping[str, str] = {
    "*/comments*.xml": "Kommentare",
    "*/comments/*": "Kommentare",
    "*/threadedComments/*": "Kommentare",
    "xl/revisions/*": "nachverfolgte Änderungen",
    "*vbaProject.bin": "Makros",
    "Basic/*": "Makros",
    "Scripts/*": "Makros",
    "*/activeX/*": "Steuerelemente",
    "*/embeddings/*": "eingebettete Dateien, etwa die Tabelle hinter einem Diagramm",
    "xl/externalLinks/*": "Verknüpfungen mit anderen Dateien",
    "_xmlsignatures/*": "eine digitale Unterschrift, die danach ungültig wäre",
    "META-INF/*signatures.xml": "eine digitale Unterschrift, die danach ungültig wäre",
}
"""Members, and what is told of a file that has one."""

_Element: TypeAlias = etree._Element  # noqa: SLF001  # the library has no other name for it
_Refuses: TypeAlias = Callable[[_Element], bool]


def _always(_element: etree._Element) -> bool:
    return True


def _says(name: str, *values: str) -> _Refuses:
    def says(element: etree._Element) -> bool:
        return any(etree.QName(key).localname == name and value in values for key, value in element.attrib.items())

    return says


def _has_words(element: etree._Element) -> bool:
    return bool("".join(element.itertext()).strip())


def _leads_to_a_file(element: _Element) -> bool:
    return str(element.get("Target", "")).lower().startswith("file:")


_REFUSED_ELEMENTS: Mapping[str, Mapping[str, tuple[_Refuses, str]]] = {
    "word/*.xml": {
        **dict.fromkeys(("ins", "del", "moveFrom", "moveTo"), (_always, "nachverfolgte Änderungen")),
        "vanish": (_always, "verborgener Text"),
    },
    "xl/workbook.xml": {"sheet": (_says("state", "hidden", "veryHidden"), "ausgeblendete Tabellenblätter")},
    "ppt/slides/*.xml": {"sld": (_says("show", "0", "false"), "ausgeblendete Folien")},
    "ppt/notesSlides/*.xml": {"t": (_has_words, "Notizen zu Folien")},
    "*.rels": {"Relationship": (_leads_to_a_file, "Pfade eines Rechners")},
    "content.xml": {
        "tracked-changes": (_always, "nachverfolgte Änderungen"),
        "annotation": (_always, "Kommentare"),
        "hidden-text": (_always, "verborgener Text"),
        "hidden-paragraph": (_always, "verborgener Text"),
        "notes": (_has_words, "Notizen zu Folien"),
        "table-properties": (_says("display", "false"), "ausgeblendete Tabellenblätter"),
        "drawing-page-properties": (_says("visibility", "hidden"), "ausgeblendete Folien"),
    },
}
"""By members, elements by their local names: when they are refused, and what is told."""

_DROPPED = ("docProps/thumbnail.*", "Thumbnails/*", "Configurations2/*")
"""Members that are left out, and what refers to them."""

_EMPTIED: Mapping[str, frozenset[str]] = {
    "docProps/core.xml": frozenset({"title", "language"}),
    "docProps/app.xml": frozenset(),
    "docProps/custom.xml": frozenset(),
    "word/people.xml": frozenset(),
    "xl/persons/person.xml": frozenset(),
    "ppt/authors.xml": frozenset(),
    "ppt/commentAuthors.xml": frozenset(),
    "meta.xml": frozenset({"title", "language", "meta"}),
}
"""Members that describe the file, and the local names of the elements that stay."""

_TELLING: Mapping[str, frozenset[str]] = {
    "xl/workbook.xml": frozenset({"absPath", "fileSharing"}),
    "settings.xml": frozenset({"PrinterName", "PrinterSetup"}),
}
"""Elements that are taken out elsewhere, by their local names or what they are named."""


_UNREADABLE = (BadZipFile, etree.XMLSyntaxError, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


def remake(origin: Path, target: Path) -> None:
    """Write an office file anew; the same file gives the same bytes.

    Raises:
        FileError: it cannot be read, or holds what somebody may have forgotten in it.
    """
    try:
        with ZipFile(origin) as archive, ZipFile(target, "w") as fresh:
            _check(archive)
            for info in archive.infolist():
                if not info.is_dir() and not _matches(info.filename, _DROPPED):
                    _write(archive, info, fresh)
    except _UNREADABLE as error:
        raise FileError("Die Datei lässt sich nicht lesen.", "Sie im Büroprogramm neu speichern.") from error


def _check(archive: ZipFile) -> None:
    infos = archive.infolist()
    if sum(info.file_size for info in infos) > _MOST_BYTES:
        raise FileError(f"Die Datei ist entpackt größer als {_MOST_BYTES // 1_000_000} MB.", "Als PDF speichern.")
    names = {info.filename for info in infos}
    if len(names) < len(infos) or names.isdisjoint({"[Content_Types].xml", _MIMETYPE}):
        raise BadZipFile("no office file, or a name given twice")
    found = next((what for info in infos for what in _refused(archive, info)), None)
    if found is not None:
        raise FileError(
            f"Die Datei enthält {found}.",
            "Im Büroprogramm entfernen (Word, Excel, PowerPoint: Datei, Informationen, Dokument prüfen) oder als PDF "
            "speichern.",
        )


def _refused(archive: ZipFile, info: ZipInfo) -> Iterator[str]:
    yield from (what for pattern, what in _REFUSED_MEMBERS.items() if fnmatchcase(info.filename, pattern))
    tables = [table for pattern, table in _REFUSED_ELEMENTS.items() if fnmatchcase(info.filename, pattern)]
    if tables:
        with archive.open(info) as member:
            for _, element in etree.iterparse(member, resolve_entities=False, no_network=True):
                for table in tables:
                    refuses, what = table.get(etree.QName(element).localname, (None, ""))
                    if refuses is not None and refuses(element):
                        yield what


def _write(archive: ZipFile, info: ZipInfo, fresh: ZipFile) -> None:
    """Write a member under its name, without its day and its system."""
    written = ZipInfo(info.filename)
    written.create_system = 0
    written.compress_type = ZIP_STORED if info.filename == _MIMETYPE else ZIP_DEFLATED
    change = _change_of(info.filename)
    with archive.open(info) as member, fresh.open(written, "w") as target:
        if change is None:
            shutil.copyfileobj(member, target)
        else:
            target.write(change(info.filename, member.read()))


_Change = Callable[[str, bytes], bytes]


def _change_of(name: str) -> _Change | None:
    """Return what makes a member safe."""
    lower = name.lower()
    if lower.endswith((".jpg", ".jpeg")):
        return lambda _name, data: bare(data)
    if lower.endswith(".png"):
        return lambda _name, data: remade(data) if any(chunk in data for chunk in _PNG_WORDS) else data
    if name in _EMPTIED or name in _TELLING or name.endswith(".rels") or name == "META-INF/manifest.xml":
        return _without_telling
    return None


_PNG_WORDS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME")
"""Chunks of PNG files that say something of them."""


def _without_telling(name: str, data: bytes) -> bytes:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    kept, telling = _EMPTIED.get(name), _TELLING.get(name, frozenset())
    for element in list(root.iter()):
        local = etree.QName(element).localname
        gone = kept is not None and element is not root and local not in kept
        gone |= bool(telling & {local, *element.attrib.values()})
        gone |= any(_matches(value.lstrip("/"), _DROPPED) for value in element.attrib.values())
        parent = element.getparent()
        if gone and parent is not None:
            parent.remove(element)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
