"""How each file of a site is to be answered for: in one table, from which every server's configuration is written."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urlsplit

from generator.channels.server.kinds import PICTURES
from generator.channels.server.policy import (
    COOP,
    CORP,
    CSP,
    HEADERS,
    HSTS,
    ROBOTS,
    editor_policy,
    page_policy,
    search_policy,
)
from generator.channels.subscribing import origin_of, subscription_form
from generator.channels.view import View
from generator.model.site import PublicSite
from generator.model.web_editor import WebEditor

__all__ = ["Answer", "Redirect", "Serving", "answers", "cache_control", "serving"]

_FOREVER = "public, max-age=31536000, immutable"
"""For files whose names change with their bytes (RFC 8246)."""

_DAY = "public, max-age=86400"
_SHORT = "public, max-age=300"
"""For pages, feeds and styles: what is withdrawn is gone after five minutes everywhere."""

_HASHED_PICTURE = r".*-\d+\.[0-9a-f]{8}\.(?:avif|jpg|png|webp)"
_HASHED_INDEX = r".*_[0-9a-f]+\.pf_(?:index|meta)"
_BUNDLE = r"admin/decap-cms-[0-9.-]+/.*"
_PICTURE = rf".*\.(?:{'|'.join(PICTURES)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How files of one class are answered for."""

    pattern: str
    """What their addresses look like below the site's root: a regular expression, the same for Python and PCRE."""

    headers: Mapping[str, str]
    """Those in which classes differ; they win over the common ones."""

    def fits(self, address: str) -> bool:
        """Tell whether a file at the address, relative to the site's root, is of this class."""
        return re.fullmatch(self.pattern, address) is not None


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address that leads to a new one; both are paths from the host's root."""

    old: str
    """As it is written in an address, with percent signs."""

    new: str

    @property
    def spellings(self) -> tuple[str, ...]:
        """The old address with and without its last slash."""
        return (self.old, self.old.rstrip("/")) if self.old.endswith("/") else (self.old,)

    @property
    def decoded(self) -> tuple[str, ...]:
        """The same, as servers compare them: without percent signs."""
        return tuple(unquote(spelling) for spelling in self.spellings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What a server needs to know of a site."""

    origin: str
    """Scheme and host: ``https://kranichwald.example.org``."""

    root: str
    """The path of the site's root, as it is written in an address: ``/``, or ``/allianz/``."""

    answers: tuple[Answer, ...]
    """The classes of files; the first one that fits holds, and the last one fits everything."""

    common: Mapping[str, str]
    """The headers that every answer carries."""

    redirects: tuple[Redirect, ...]
    sections: tuple[str, ...]
    """The paths of pages and folders at the top of the site, the search's left out."""

    search: str | None
    """The path of the search page, if there is one."""

    policy: str
    """The Content Security Policy of all pages but those that need more."""

    search_policy: str

    @property
    def host(self) -> str:
        """The host's name."""
        return urlsplit(self.origin).hostname or ""

    @property
    def below(self) -> str:
        """The path of the site's root as servers compare it, without percent signs."""
        return unquote(self.root)


def serving(site: PublicSite) -> Serving:
    """Return what servers need to know of a site."""
    view = View(site)
    address = urlsplit(site.cooperation.base_url)
    root = quote(unquote(address.path))
    search = view.at.search if site.layout.search else None
    subscribing = subscription_form(site.cooperation.mailing)
    forms = (origin_of(subscribing.action),) if subscribing is not None else ()
    return Serving(
        origin=f"{address.scheme}://{address.netloc}",
        root=root,
        answers=answers(search, site.layout.editor, forms),
        common={**HEADERS, **(HSTS if address.scheme == "https" else {})},
        redirects=tuple(
            Redirect(root + alias.strip("/") + ("" if alias.endswith(".html") else "/"), root + entry.url)
            for entry in site.entries
            for alias in entry.aliases
        ),
        sections=tuple(sorted(_sections(view))),
        search=search,
        policy=page_policy(forms),
        search_policy=search_policy(forms),
    )


def answers(search: str | None, editor: WebEditor | None = None, forms: Collection[str] = ()) -> tuple[Answer, ...]:
    """Return the classes of a site's files; the first one that fits holds, and the last one fits everything.

    Args:
        search: the address of the search page, relative to the site's root, if there is one.
        editor: the web editor, if there is one.
        forms: where forms are sent besides the site itself.
    """
    policy = page_policy(forms)
    of_search = (
        (
            _answer(rf"{re.escape(search)}(?:index\.html)?", _SHORT, policy=search_policy(forms)),
            _answer(_HASHED_INDEX, _FOREVER, policy=policy),
        )
        if search is not None
        else ()
    )
    return (
        *of_search,
        *_of_editor(editor),
        _answer(_HASHED_PICTURE, _FOREVER, policy=policy, shown_by="cross-origin"),
        _answer(_PICTURE, _DAY, policy=policy, shown_by="cross-origin"),
        _answer(r".*", _SHORT, policy=policy),
    )


def cache_control(address: str) -> str:
    """Return how long a file is kept; that is the same wherever the search page is.

    Args:
        address: the file's, relative to the site's root.
    """
    return next(answer.headers["Cache-Control"] for answer in answers("") if answer.fits(address))


def _of_editor(editor: WebEditor | None) -> Iterator[Answer]:
    if editor is not None:
        policy = editor_policy(editor.origins)
        opener = {COOP: "same-origin-allow-popups"} if editor.opens_window else {}
        for pattern, cache in ((_BUNDLE, _FOREVER), (r"admin/.*", _SHORT)):
            answer = _answer(pattern, cache, policy=policy)
            yield replace(answer, headers={**answer.headers, ROBOTS: "noindex", **opener})


def _answer(pattern: str, cache: str, *, policy: str, shown_by: str = "same-origin") -> Answer:
    return Answer(pattern=pattern, headers={"Cache-Control": cache, CSP: policy, CORP: shown_by})


def _sections(view: View) -> set[str]:
    """Return the folders at the top of the site in which its pages lie, but the search's."""
    statement = view.site.cooperation.legal.accessibility
    addresses = (*(entry.url for entry in view.site.entries), *view.at.sections, statement)
    return {f"{address.partition('/')[0]}/" for address in addresses if address} - {view.at.search}
