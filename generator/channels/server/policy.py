"""What a site asks of browsers: the Content Security Policy that its pages keep to, and the headers beside it."""

from collections.abc import Iterable, Mapping

__all__ = [
    "COOP",
    "CORP",
    "CSP",
    "HEADERS",
    "HSTS",
    "ROBOTS",
    "editor_policy",
    "in_page",
    "page_policy",
    "search_policy",
]

CSP = "Content-Security-Policy"
COOP = "Cross-Origin-Opener-Policy"
"""The header that says whether a window which a page opens may know of the page."""

CORP = "Cross-Origin-Resource-Policy"
"""The header that says who may show a file within pages of their own."""

ROBOTS = "X-Robots-Tag"
"""The header that says whether search engines are to find a page."""

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


def page_policy(forms: Iterable[str] = ()) -> str:
    """Return the Content Security Policy (W3C CSP 3, Trusted Types) that every page keeps to.

    Args:
        forms: where forms are sent besides the site itself: the service at which readers subscribe.
    """
    return _policy(_with_forms(forms))


def search_policy(forms: Iterable[str] = ()) -> str:
    """Return the policy of the search page, whose index is read by a program in WebAssembly; takes as `page_policy`."""
    return _policy({**_with_forms(forms), "script-src": "'self' 'wasm-unsafe-eval'"})


def _with_forms(forms: Iterable[str]) -> Mapping[str, str]:
    return {**_DIRECTIVES, "form-action": " ".join(("'self'", *forms))}


_EDITOR_STYLES = (
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "'sha256-4qb+qTjZ8vb8co1YZpMNDeX7tJSzzRBt6uIroh6K5K8='",
    "'sha256-oLQo1xOLbYlsNCDIECXg24EuQKwYCOy/jJqds+fExxE='",
    "'sha256-sWXCVsYO132Y9iWC8zFfGTko77qhq/tnjZCPE9ynFWk='",
)
"""Of the styles that Decap CMS puts into its page: an empty one, which its script fills, and three that change with its
version only."""


def editor_policy(origins: Iterable[str]) -> str:
    """Return the policy of the web editor, which is the least that Decap CMS runs with.

    It makes functions of texts to check its configuration, and shows pictures from the memory of the page.

    Args:
        origins: with whom it speaks besides the site itself.
    """
    hosts = "".join(f" {origin}" for origin in origins)
    directives = {
        **_DIRECTIVES,
        "script-src": "'self' 'unsafe-eval'",
        "style-src": f"'self' {' '.join(_EDITOR_STYLES)}",
        "img-src": f"'self' blob:{hosts}",
        "connect-src": f"'self' blob:{hosts}",
    }
    del directives["require-trusted-types-for"]
    return _policy(directives)


def in_page(policy: str) -> str:
    """Return a policy as a page itself may state it, for servers that send none (CSP 3, section 3.3)."""
    return "; ".join(part for part in policy.split("; ") if not part.startswith("frame-ancestors"))


_FEATURES = (
    "accelerometer autoplay camera display-capture encrypted-media fullscreen geolocation gyroscope hid "
    "identity-credentials-get idle-detection local-fonts magnetometer microphone midi payment "
    "publickey-credentials-get screen-wake-lock serial usb xr-spatial-tracking"
).split()

HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    COOP: "same-origin",
}
"""What every answer carries besides. Other sites are not told which page a reader comes from; statistics of one's own
are. No page uses what a browser asks its user for."""

HSTS: Mapping[str, str] = {"Strict-Transport-Security": "max-age=31536000"}
"""What an answer over HTTPS carries (RFC 6797): a year. Of other hosts below the same domain nothing is known here."""
