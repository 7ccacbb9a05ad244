"""PDF files without what they say of people and machines, and without anything that acts (ISO 32000-2).

Tags, language, title, bookmarks, links and forms stay: they are what makes a PDF accessible.
"""

import re
import zlib
from collections.abc import Iterator
from html import escape, unescape
from io import BytesIO
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Object, PasswordError, Pdf, PdfError, Stream

from generator.rendering.files.errors import FileError
from generator.rendering.files.jpeg import bare

__all__ = ["remake"]

_END = b"%%EOF"
_TAIL = 2048
"""Bytes within which a file's end must be marked; some programs write zeros behind it."""

_TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/SpiderInfo", "/AF")
"""Keys of any object: metadata, notes of programs, small pictures of pages."""

_ACTING = ("/AA", "/JavaScript", "/XFA", "/OpenAction")
"""Keys of any object: what is done without being asked, scripts, forms of another kind."""

_HARMLESS_ACTIONS = frozenset({"/GoTo", "/GoToR", "/URI", "/Named", "/Thread"})
_ACTIONS = _HARMLESS_ACTIONS | frozenset(
    "/GoTo3DView /GoToE /Hide /ImportData /JavaScript /Launch /Movie /Rendition /ResetForm /RichMediaExecute "
    "/SetOCGState /Sound /SubmitForm /Trans".split()
)
"""Kinds of actions (12.6.4)."""

_STRANGE_SCHEME = re.compile(r"(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)

_NOTES = frozenset(
    "/Text /Popup /Highlight /Underline /Squiggly /StrikeOut /Caret /FileAttachment /Redact /Sound /Movie /Screen "
    "/RichMedia /3D".split()
)
"""Annotations (12.5.6) that are words among colleagues, or that act."""

_AUTHORS = ("/T", "/M", "/CreationDate", "/RC", "/NM")
"""Who made an annotation, and when."""

_XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description>{accessible}
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>
"""
_ACCESSIBLE = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>\
</rdf:Description>"""
"""That a file keeps to PDF/UA (ISO 14289-1), as far as it said so before."""


_PDF_UA = "http://www.aiim.org/pdfua/ns/id/"
_XMP_TITLE = re.compile(r"<dc:title>.*?<rdf:li\b[^>]*>(.*?)</rdf:li>", re.DOTALL)


def remake(origin: Path, target: Path) -> None:
    """Write a PDF anew; earlier states of it are not in it, and the same file gives the same bytes.

    Raises:
        FileError: it cannot be read, is encrypted or signed, or holds notes or other files.
    """
    _check_end(origin)
    try:
        with Pdf.open(origin, suppress_warnings=True) as pdf:
            _check(pdf)
            xmp = _xmp(pdf)
            _clean(pdf)
            _describe(pdf, _title(pdf, xmp), accessible=_PDF_UA in xmp)
            # Where qpdf itself cannot write, on a full disk, it ends the whole process.
            made = BytesIO()
            pdf.save(made, deterministic_id=True, fix_metadata_version=False)
            target.write_bytes(made.getbuffer())
    except PasswordError as error:
        raise _ENCRYPTED from error
    except (PdfError, ValueError, RuntimeError) as error:
        raise FileError("Das PDF lässt sich nicht lesen.", "Es neu als PDF speichern.") from error


_ENCRYPTED = FileError(
    "Das PDF ist verschlüsselt oder gegen Änderungen gesperrt; Vorleseprogramme scheitern daran oft.",
    "Ohne Kennwort und Einschränkungen speichern.",
)


def _check_end(origin: Path) -> None:
    with origin.open("rb") as opened:
        opened.seek(max(0, origin.stat().st_size - _TAIL))
        if _END not in opened.read():
            raise FileError("Das PDF ist abgeschnitten.", "Es noch einmal vollständig speichern.")


def _check(pdf: Pdf) -> None:
    if pdf.is_encrypted:
        raise _ENCRYPTED
    if not len(pdf.pages):
        raise FileError("Das PDF hat keine Seiten.", "Es neu als PDF speichern.")
    if _is_signed(pdf):
        raise FileError(
            "Das PDF ist digital unterschrieben. Ohne die Angaben zu Personen und Programmen, die nicht an die "
            "Öffentlichkeit gehören, wäre die Unterschrift ungültig.",
            "Eine Fassung ohne Unterschrift ablegen.",
        )
    if len(pdf.attachments) or "/Collection" in pdf.Root:
        raise FileError("Im PDF stecken weitere Dateien.", "Sie entfernen und, wenn nötig, einzeln ablegen.")
    for number, page in enumerate(pdf.pages, start=1):
        if any(str(note.get("/Subtype")) in _NOTES for note in _annotations(page.obj)):
            raise FileError(
                f"Auf Seite {number} des PDF stehen Kommentare, Markierungen oder Medien.",
                "Sie im Programm entfernen, zum Beispiel ohne Kommentare als PDF drucken.",
            )


def _is_signed(pdf: Pdf) -> bool:
    form = pdf.Root.get("/AcroForm", Dictionary())
    return "/Perms" in pdf.Root or bool(int(form.get("/SigFlags", 0)) & 1)


def _annotations(page: Object) -> Iterator[Object]:
    for note in page.get("/Annots", Array()):
        if isinstance(note, Dictionary):
            yield note


def _clean(pdf: Pdf) -> None:
    for page in pdf.pages:
        for note in _annotations(page.obj):
            # Of a field of a form, „T“ is the name.
            if note.get("/Subtype") not in (Name.Widget, Name.Link):
                _drop(note, _AUTHORS)
    for item in pdf.objects:
        if isinstance(item, Stream):
            _clean_picture(item)
        if isinstance(item, Dictionary | Stream):
            _clean_dictionary(item)


def _clean_dictionary(item: Object, depth: int = 20) -> None:
    """Clean a dictionary and those within it that are no objects of their own."""
    _drop(item, _TELLING + _ACTING)
    if _kind_of_action(item):
        # One action may lead to others.
        _drop(item, ("/Next",))
    for key in list(item.keys()):
        inner = item[key]
        if key == "/A" and isinstance(inner, Dictionary) and _acts(inner):
            del item[key]
        elif depth and not getattr(inner, "is_indirect", True):
            parts = list(inner) if isinstance(inner, Array) else [inner]
            for part in parts:
                if isinstance(part, Dictionary) and not part.is_indirect:
                    _clean_dictionary(part, depth - 1)


def _kind_of_action(item: Object) -> str | None:
    kind = item.get("/S")
    return str(kind) if isinstance(kind, Name) and str(kind) in _ACTIONS else None


def _acts(action: Object) -> bool:
    """Tell whether an action does more than lead somewhere."""
    kind = _kind_of_action(action)
    if kind == "/URI":
        return _STRANGE_SCHEME.match(str(action.get("/URI", "")).strip()) is not None
    return kind is not None and kind not in _HARMLESS_ACTIONS


def _drop(item: Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in item:
            del item[key]


def _clean_picture(stream: Stream) -> None:
    """Take metadata out of a photograph, whose pixels stay as they are."""
    names = stream.get("/Filter", Array())
    filters = [str(name) for name in names] if isinstance(names, Array) else [str(names)]
    if filters[-1:] != ["/DCTDecode"] or filters[:-1] not in ([], ["/FlateDecode"]):
        return
    raw = stream.read_raw_bytes()
    try:
        photograph = bare(zlib.decompress(raw) if len(filters) > 1 else raw)
    except (ValueError, zlib.error) as error:
        raise FileError("Ein Bild im PDF lässt sich nicht lesen.", "Es neu als PDF speichern.") from error
    stream.write(photograph, filter=Name.DCTDecode)


def _title(pdf: Pdf, xmp: str) -> str:
    written = _XMP_TITLE.search(xmp)
    return str(pdf.docinfo.get("/Title", "")).strip() or (unescape(written[1]).strip() if written else "")


def _xmp(pdf: Pdf) -> str:
    metadata = pdf.Root.get("/Metadata")
    return metadata.read_bytes().decode("utf-8", "replace") if isinstance(metadata, Stream) else ""


def _describe(pdf: Pdf, title: str, *, accessible: bool) -> None:
    """Say of the file what readers need."""
    del pdf.docinfo
    if title:
        pdf.docinfo["/Title"] = title
    xmp = _XMP.format(title=escape(title), accessible=_ACCESSIBLE if accessible else "")
    if title or accessible:
        pdf.Root.Metadata = Stream(pdf, xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
