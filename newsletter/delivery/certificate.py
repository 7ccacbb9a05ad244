"""What is wrong with a server's certificate, in German."""

import ssl
from collections.abc import Mapping

from newsletter.refusal import Refusal

__all__ = ["bad_certificate"]

_WORDS: Mapping[int, str] = {
    9: "gilt noch nicht",
    10: "ist abgelaufen",
    18: "ist von keiner bekannten Stelle ausgestellt",
    19: "ist von keiner bekannten Stelle ausgestellt",
    20: "ist von keiner bekannten Stelle ausgestellt",
    21: "ist von keiner bekannten Stelle ausgestellt",
    23: "ist zurückgezogen",
    62: "gehört zu einem anderen Rechner",
    64: "gehört zu einem anderen Rechner",
}
"""By OpenSSL's codes (X509_V_ERR)."""


def bad_certificate(host: str, error: ssl.SSLCertVerificationError) -> Refusal:
    """Return what is told of a server whose certificate does not prove who it is."""
    what = _WORDS.get(error.verify_code, f"ist ungültig ({error.verify_message})")
    return Refusal(
        f"Das Zertifikat von {host} {what}.",
        "Den Betreiber des Servers fragen; ohne gültiges Zertifikat wird nichts verschickt.",
    )
