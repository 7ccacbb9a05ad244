"""What a site asks of browsers: the Content Security Policy that its pages keep to, and the headers beside it."""

from collections.abc import Mapping

__all__ = ["CORP", "CSP", "HEADERS", "HSTS", "NARROWING", "POLICY", "SEARCH_POLICY"]

_DIRECTIVES: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
}


def _policy(directives: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())


POLICY = _policy(_DIRECTIVES)
"""The Content Security Policy (W3C CSP 3, Trusted Types) that every page keeps to."""

SEARCH_POLICY = _policy({**_DIRECTIVES, "script-src": "'self' 'wasm-unsafe-eval'"})
"""The policy of the search page, whose index is read by a program in WebAssembly."""

NARROWING = _policy({"script-src": "'self'"})
"""What, as a second policy beside `SEARCH_POLICY`, makes `POLICY` of it: a browser keeps to all that it is given."""

_FEATURES = (
    "accelerometer autoplay camera display-capture encrypted-media fullscreen geolocation gyroscope hid "
    "identity-credentials-get idle-detection local-fonts magnetometer microphone midi payment "
    "publickey-credentials-get screen-wake-lock serial usb xr-spatial-tracking"
).split()

HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""What every answer carries besides. Other sites are not told which page a reader comes from; statistics of one's own
are. No page uses what a browser asks its user for."""

HSTS: Mapping[str, str] = {"Strict-Transport-Security": "max-age=31536000"}
"""What an answer over HTTPS carries (RFC 6797): a year. Of other hosts below the same domain nothing is known here."""

CSP = "Content-Security-Policy"
CORP = "Cross-Origin-Resource-Policy"
"""The header that says who may show a file within pages of their own."""
