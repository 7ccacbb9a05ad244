"""File names and addresses in ASCII."""

import re
import unicodedata

__all__ = ["slug"]

_IS_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_GERMAN = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "ø": "oe",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
    }
)


def slug(text: str, separator: str = "-") -> str:
    """Return the text as lower-case ASCII words joined by the separator, German letters written out (ä→ae, ß→ss)."""
    if _IS_SLUG.fullmatch(text) and separator == "-":
        return text
    written_out = unicodedata.normalize("NFC", text).lower().translate(_GERMAN)
    ascii_only = unicodedata.normalize("NFKD", written_out).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", separator, ascii_only).strip(separator)
