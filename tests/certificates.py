"""Certificates for servers on this machine, and who issues them."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

__all__ = ["CASES", "HERE", "Authority", "new_authority", "trusting"]

HERE = x509.IPAddress(ip_address("127.0.0.1"))
CASES = {
    "good": (HERE, 5, True, None),
    "expired": (HERE, -5, True, "ist abgelaufen"),
    "unknown": (HERE, 5, False, "ist von keiner bekannten Stelle ausgestellt"),
    "of another": (x509.DNSName("other.example.org"), 5, True, "gehört zu einem anderen Rechner"),
}
"""Whom a certificate names, for how many days it is good, whether who issued it is known, and what is told of it."""


@dataclass(frozen=True)
class Authority:
    """Who issues certificates."""

    key: EllipticCurvePrivateKey
    certificate: x509.Certificate

    def issue(self, folder: Path, name: x509.GeneralName, days: int) -> ssl.SSLContext:
        """Return what a server shows, with a certificate that is good for so many days from now."""
        key = generate_private_key(SECP256R1())
        certificate = _certificate("server", key, self.certificate.subject, days).add_extension(
            x509.SubjectAlternativeName([name]), critical=False
        )
        file = folder / "server.pem"
        file.write_bytes(
            key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            + certificate.sign(self.key, SHA256()).public_bytes(Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def trusting(authority: Authority | None, folder: Path) -> Mapping[str, str]:
    """Return the environment of a program that knows this authority and no other."""
    file = folder / "authority.pem"
    file.write_bytes(authority.certificate.public_bytes(Encoding.PEM) if authority else b"")
    return {"SSL_CERT_FILE": str(file), "SSL_CERT_DIR": str(folder / "none")}


def _certificate(
    name: str, key: EllipticCurvePrivateKey, issuer: x509.Name | None, days: int
) -> x509.CertificateBuilder:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer or subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=days))
    )


def new_authority() -> Authority:
    key = generate_private_key(SECP256R1())
    constraints = x509.BasicConstraints(ca=True, path_length=0)
    certificate = _certificate("authority", key, None, 30).add_extension(constraints, critical=True)
    return Authority(key, certificate.sign(key, SHA256()))
