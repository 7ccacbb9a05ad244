"""The kinds of files that are published, by the ends of their names, and how each is made safe."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.rendering.files.errors import FileError
from generator.rendering.files.signatures import Signature, begins, brand, is_drawing, is_text
from generator.rendering.files.video import check_mp4, check_webm

__all__ = ["FILE_KINDS", "FileKind", "kind_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """A kind of file."""

    name: str
    """What it is called: „ein JPEG-Bild“."""

    signature: Signature
    """Tells whether a file begins as one of this kind."""

    remake: Callable[[Path, Path], None] | None = None
    """Writes a file anew, from its first path to its second, with nothing in it that readers are not to have; raises
    `FileError` where it cannot. None: it is published as it is."""

    check: Callable[[Path], None] | None = None
    """Raises `FileError` for what must not be in a file that is published as it is."""


# Imported where they are needed, for most builds find nothing new, and libraries take long.
def _picture(origin: Path, target: Path) -> None:
    from generator.rendering.pictures.original import remake  # noqa: PLC0415

    remake(origin, target)


def _drawing(origin: Path, target: Path) -> None:
    from generator.rendering.files.svg import remake  # noqa: PLC0415

    remake(origin, target)


def _pdf(origin: Path, target: Path) -> None:
    from generator.rendering.files.pdf import remake  # noqa: PLC0415

    remake(origin, target)


def _office_file(origin: Path, target: Path) -> None:
    from generator.rendering.files.office import remake  # noqa: PLC0415

    remake(origin, target)


def _kind_of_odf(kind: str) -> FileKind:
    """Return the kind of file whose first member says so (ODF 1.3, part 2, 3.3)."""
    signature = begins(b"mimetypeapplication/vnd.oasis.opendocument." + kind.encode(), at=30)
    return FileKind(name="eine Datei im OpenDocument-Format", signature=signature, remake=_office_file)


def _kind_of_picture(form: str, *signatures: bytes) -> FileKind:
    return FileKind(name=f"ein {form}-Bild", signature=begins(*signatures), remake=_picture)


_JPEG = _kind_of_picture("JPEG", b"\xff\xd8\xff")
_OOXML = FileKind(name="eine heutige Office-Datei", signature=begins(b"PK\x03\x04"), remake=_office_file)
_TEXT = FileKind(name="ein Text in UTF-8", signature=is_text)
_MP4_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"M4V ")
_MP4 = FileKind(name="ein MP4-Film", signature=brand(*_MP4_BRANDS), check=check_mp4)

FILE_KINDS: Mapping[str, FileKind] = {
    ".avif": FileKind(name="ein AVIF-Bild", signature=brand(b"avif"), remake=_picture),
    ".gif": _kind_of_picture("GIF", b"GIF87a", b"GIF89a"),
    ".jpeg": _JPEG,
    ".jpg": _JPEG,
    ".png": _kind_of_picture("PNG", b"\x89PNG\r\n\x1a\n"),
    ".webp": FileKind(name="ein WebP-Bild", signature=begins(b"WEBP", at=8), remake=_picture),
    ".svg": FileKind(name="eine Zeichnung (SVG)", signature=is_drawing, remake=_drawing),
    ".pdf": FileKind(name="ein PDF", signature=begins(b"%PDF-"), remake=_pdf),
    ".docx": _OOXML,
    ".pptx": _OOXML,
    ".xlsx": _OOXML,
    ".odp": _kind_of_odf("presentation"),
    ".ods": _kind_of_odf("spreadsheet"),
    ".odt": _kind_of_odf("text"),
    ".csv": _TEXT,
    ".geojson": _TEXT,
    ".json": _TEXT,
    ".txt": _TEXT,
    ".vtt": FileKind(name="eine Untertiteldatei (WebVTT)", signature=begins(b"WEBVTT", b"\xef\xbb\xbfWEBVTT")),
    ".m4v": _MP4,
    ".mp4": _MP4,
    ".ogv": FileKind(name="ein Ogg-Film", signature=begins(b"OggS")),
    ".webm": FileKind(name="ein WebM-Film", signature=begins(b"\x1aE\xdf\xa3"), check=check_webm),
    ".woff2": FileKind(name="eine Schrift (WOFF2)", signature=begins(b"wOF2")),
}

_AS_PICTURE = "Als JPEG oder PNG speichern."
_AS_OFFICE_FILE = "Als PDF oder im heutigen Format speichern (.docx, .xlsx, .pptx)."
_REMEDIES: Mapping[str, str] = {
    **dict.fromkeys((".bmp", ".heic", ".heif", ".jp2", ".psd", ".tif", ".tiff"), _AS_PICTURE),
    **dict.fromkeys((".doc", ".ppt", ".rtf", ".xls"), _AS_OFFICE_FILE),
    **dict.fromkeys((".7z", ".gz", ".rar", ".tar", ".zip"), "Die Dateien einzeln ablegen, nicht als Archiv."),
    **dict.fromkeys((".htm", ".html"), "Den Inhalt als Text (.md) schreiben."),
}
"""What to do with common files of other kinds, by the ends of their names."""


def kind_of(path: PurePosixPath) -> FileKind:
    """Return a file's kind.

    Raises:
        FileError: it is of none that is published.
    """
    suffix = path.suffix.lower()
    kind = FILE_KINDS.get(suffix)
    if kind is None:
        what = f"Dateien mit der Endung „{suffix}“ werden" if suffix else "Dateien ohne Endung werden"
        known = ", ".join(name.lstrip(".") for name in sorted(FILE_KINDS))
        remedy = _REMEDIES.get(suffix, "Als PDF speichern.")
        raise FileError(f"{what} nicht veröffentlicht.", f"{remedy} Möglich sind: {known}.")
    return kind
