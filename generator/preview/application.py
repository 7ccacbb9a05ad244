"""What a browser that asks for an address of the preview is answered."""

import ipaddress
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from importlib.metadata import entry_points
from importlib.resources import files
from types import MappingProxyType
from urllib.parse import parse_qs, urlsplit

from generator.channels.output import File
from generator.channels.server.answers import serving
from generator.channels.server.kinds import KINDS, WITH_CHARSET
from generator.channels.server.policy import HSTS
from generator.preview.panel import OWN, with_panel
from generator.preview.preview import Preview
from generator.preview.version import Version
from generator.problems import Problem, ProblemsFound
from generator.problems_page import problems_page

__all__ = ["Answer", "Part", "answer", "is_asked_for_here"]

Part = Callable[[Preview, str], bytes | None]
"""A part of the preview that another package adds: HTML for what follows the part's address; None: nothing there."""

_PARTS = "schaukasten.previews"
_PATIENCE = 50.0
"""Seconds after which a browser that waits for a change is told that there was none: some give up after a minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent to the browser."""

    status: HTTPStatus = HTTPStatus.OK
    body: bytes = b""
    headers: Mapping[str, str]


def is_asked_for_here(host: str | None, address: str) -> bool:
    """Tell whether a request's header „Host“ names this machine: a page from elsewhere must not read drafts.

    Args:
        host: the header; with a port, or without one.
        address: the host at which the preview is found.
    """
    try:
        name = urlsplit(f"//{host or ''}").hostname or ""
        if name in {"localhost", address}:
            return True
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def answer(preview: Preview, target: str) -> Answer:
    """Return what the preview answers.

    Args:
        preview: the site.
        target: path and query, as the request line has them.
    """
    parts = urlsplit(target)
    url = parts.path.lstrip("/")
    if url.startswith(OWN):
        return _own(preview, url.removeprefix(OWN), parts.query)
    shown = preview.version
    if shown is None:
        return _problems(preview, preview.problems)
    # A site below its host's root is found there, too: the page for what does not exist knows no other way to it.
    url = url.removeprefix(urlsplit(shown.site.cooperation.base_url).path.lstrip("/"))
    try:
        part = _part(preview, url)
        return _page(preview, part) if part is not None else _of_site(preview, shown, url)
    except ProblemsFound as found:
        return _problems(preview, found.problems)


def _own(preview: Preview, name: str, query: str) -> Answer:
    """Return one of the preview's own files, or its number as soon as that differs from the browser's."""
    if name == "stand":
        seen = parse_qs(query).get("nach", [""])[0]
        number = preview.wait(int(seen) if seen.isdecimal() else -1, _PATIENCE)
        return Answer(body=str(number).encode(), headers=_typed("stand.txt"))
    # Looked up, not joined: a name may be a path, and of which disk depends on the system.
    file = {file.name: file for file in (files(__package__) / "assets").iterdir()}.get(name)
    if file is None:
        return Answer(status=HTTPStatus.NOT_FOUND, headers={})
    return Answer(body=file.read_bytes(), headers=_typed(name))


def _part(preview: Preview, url: str) -> bytes | None:
    for point in entry_points(group=_PARTS):
        if url.startswith(f"{point.name}/"):
            part: Part = point.load()
            return part(preview, url.removeprefix(f"{point.name}/"))
    return None


def _of_site(preview: Preview, shown: Version, url: str) -> Answer:
    theme, headers = preview.project.theme, _headers(shown, url)
    found = shown.find(url)
    if isinstance(found, File):
        return _page(preview, theme.page(found), headers)
    if found is None and (asset := theme.asset(url)) is not None:
        found = asset.read_bytes()
    if found is not None:
        return Answer(body=found, headers=headers)
    if not url.endswith("/") and shown.find(f"{url}/") is not None:
        return Answer(status=HTTPStatus.FOUND, headers={"Location": f"/{url}/"})
    return replace(_page(preview, theme.not_found(), headers), status=HTTPStatus.NOT_FOUND)


def _page(preview: Preview, page: bytes, headers: Mapping[str, str] = MappingProxyType({})) -> Answer:
    return Answer(body=with_panel(page, preview.problems, preview.number), headers={**headers, **_typed("index.html")})


def _problems(preview: Preview, problems: Sequence[Problem]) -> Answer:
    return Answer(
        body=with_panel(problems_page(problems, has_script=True), (), preview.number), headers=_typed("index.html")
    )


def _headers(shown: Version, url: str) -> Mapping[str, str]:
    """Return what the site's own server would say of the address, but that it asks for no encryption."""
    rules = serving(shown.site)
    own = next(rule.headers for rule in rules.answers if rule.fits(url))
    return {**{name: value for name, value in rules.common.items() if name not in HSTS}, **own, **_typed(url)}


def _typed(url: str) -> Mapping[str, str]:
    end = "html" if not url or url.endswith("/") else url.rpartition(".")[2].lower()
    kind = KINDS.get(end, "application/octet-stream")
    return {"Content-Type": f"{kind}; charset=utf-8" if kind in WITH_CHARSET else kind}
