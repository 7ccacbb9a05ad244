"""XML from elsewhere, read without anything that it may fetch or blow up."""

from pathlib import Path
from typing import TypeAlias

from lxml import etree

from generator.importing.original import refused

__all__ = ["Element", "inner_xhtml", "parsed_xml", "read_whole", "text_of"]

Element: TypeAlias = etree._Element  # noqa: SLF001  # the library has no other name for it

_MOST = 100_000_000
"""Bytes of an export; the programs that write them divide larger ones."""

_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf")
_ENTITIES = "Die Datei erklärt eigene Abkürzungen (DOCTYPE, ENTITY); so etwas wird nicht gelesen."


def read_whole(source: Path) -> bytes:
    """Return the bytes of an export.

    Raises:
        ProblemsFound: it is no file, an archive, empty or far too large.
        OSError: it cannot be read.
    """
    if not source.is_file():
        raise refused(source, "Das ist keine Datei.", "Die Datei nennen, die das andere System ausgegeben hat.")
    size = source.stat().st_size
    if size > _MOST:
        message = f"Die Datei ist mit {size / 1e6:.0f} MB zu groß (höchstens {_MOST // 1_000_000} MB)."
        raise refused(source, message, "In Teilen ausgeben, zum Beispiel jedes Jahr für sich.")
    data = source.read_bytes()
    if data.startswith(_ARCHIVES):
        raise refused(source, "Das ist ein gepacktes Archiv.", "Erst entpacken, dann die Datei darin nennen.")
    if not data.strip():
        raise refused(source, "Die Datei ist leer.", "Noch einmal ausgeben lassen.")
    return data


def parsed_xml(data: bytes, source: Path) -> Element:
    """Return the root of a document; no entity is resolved, nothing is fetched, and what is huge is refused.

    Raises:
        ProblemsFound: it is no XML, or one with entities of its own.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if b"<!ENTITY" in data[:100_000]:
            raise refused(source, _ENTITIES, "Die Datei aus dem anderen System neu ausgeben.") from None
        message = f"Die Datei ist ab Zeile {error.lineno or 1} kein gültiges XML ({_reason(error)})."
        raise refused(source, message, "Noch einmal ausgeben lassen und die Datei unverändert verwenden.") from None
    except ValueError:
        raise refused(source, "Die Datei lässt sich nicht lesen.", "In UTF-8 noch einmal ausgeben lassen.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise refused(source, _ENTITIES, "Die Datei aus dem anderen System neu ausgeben.")
    return root


def text_of(element: Element, path: str, namespaces: dict[str, str] | None = None) -> str:
    """Return the text of the first element at a path, without white space around it; empty: there is none."""
    return (element.findtext(path, default="", namespaces=namespaces) or "").strip()


def inner_xhtml(element: Element) -> str:
    """Return what stands in an element as HTML."""
    parts = [element.text or ""]
    parts += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(parts)


def _reason(error: etree.XMLSyntaxError) -> str:
    return "falsche Zeichenkodierung" if "encoding" in str(error).lower() else "Fehler im Aufbau"
