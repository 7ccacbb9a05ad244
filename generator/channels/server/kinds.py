"""What kinds of files a site has: how servers name each, and which of them are worth compressing."""

from collections.abc import Mapping

__all__ = ["COMPRESSED", "KINDS", "PICTURES", "WITH_CHARSET", "media_type"]

KINDS: Mapping[str, str] = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "txt": "text/plain",
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "csv": "text/csv",
    "vtt": "text/vtt",
    "json": "application/json",
    "webmanifest": "application/manifest+json",
    "xml": "application/xml",
    "yml": "application/yaml",
    "atom": "application/atom+xml",
    "avif": "image/avif",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "wasm": "application/wasm",
    "pagefind": "application/octet-stream",
    "pf_index": "application/octet-stream",
    "pf_meta": "application/octet-stream",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
"""The media type (IANA's registry) by the end of a file's name. Everything else is ``application/octet-stream``."""

WITH_CHARSET = tuple(kind for kind in KINDS.values() if kind.startswith("text/"))
"""The types that say they are written in UTF-8; JSON is by definition (RFC 8259), XML says so itself."""

COMPRESSED = (*WITH_CHARSET, *(KINDS[end] for end in ("json", "webmanifest", "xml", "yml", "atom", "svg", "ico")))
"""The types that become smaller; what is not here is compressed already, the pieces of the search index too."""

PICTURES = ("avif", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp")
"""Ends of the names of pictures, which feed readers and mail programs show within pages of their own."""


def media_type(path: str) -> str:
    """Return the type of a file as a server tells it, by its name."""
    kind = KINDS.get(path.rpartition(".")[2].lower(), "application/octet-stream")
    return f"{kind}; charset=utf-8" if kind in WITH_CHARSET else kind
