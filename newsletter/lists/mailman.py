"""Mailman 3, spoken to by its REST interface; the only place that knows its client."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError

from mailmanclient import Client, MailmanConnectionError
from mailmanclient import MailingList as MailmanList

from generator.problems import Problem, ProblemsFound
from newsletter.lists.access import PASSWORD_FILE, URL, USER, Access
from newsletter.lists.announcement import Announcement, Difference, Found, differences

__all__ = ["Mailman"]

_PATIENCE = 30.0
"""Seconds that an answer may take."""

_PAGE = 500
"""Members that are asked for at once."""

_STYLE = "legacy-announce"
_NOT_FOUND = 404
_DENIED = frozenset({401, 403})
_ROLES = ("member", "nonmember")


class Mailman:
    """A server of Mailman 3. Whatever goes wrong is raised as `ProblemsFound`."""

    def __init__(self, access: Access, patience: float = _PATIENCE) -> None:
        """Take the access; nothing is asked yet.

        Args:
            access: where it is, and who asks.
            patience: how many seconds an answer may take.
        """
        self._url = access.url
        self._client = Client(access.url, access.user, access.password, request_hooks=[_carefully(patience)])

    def compare(self, wanted: Announcement) -> list[Difference] | None:
        """Return in what a list differs from what it is to be; None: there is no such list."""
        with self._told():
            found = self._list(wanted.address)
            return None if found is None else list(differences(wanted, _found(found, wanted.sender)))

    def set_up(self, wanted: Announcement) -> list[Difference]:
        """Make a list what it is to be, and the list itself where there is none; return what was changed."""
        with self._told():
            found = self._list(wanted.address) or self._create(wanted.address)
            changes = list(differences(wanted, _found(found, wanted.sender)))
            by_kind = {
                kind: {change.name: change.wanted for change in changes if change.kind == kind}
                for kind in ("settings", "templates", "moderation")
            }
            if by_kind["settings"]:
                found.settings.update(by_kind["settings"])
                found.settings.save()
            for name, address in by_kind["templates"].items():
                found.set_template(name, address)
            for role, action in by_kind["moderation"].items():
                membership = getattr(found, f"get_{role}")(wanted.sender)
                membership.moderation_action = action
                membership.save()
            return changes

    def count(self, address: str) -> int:
        """Return how many have subscribed to a list that there is."""
        with self._told():
            return int(self._client.get_list(address).get_member_page(count=1).total_size)

    def members(self, address: str) -> frozenset[str]:
        """Return the addresses of all who have subscribed to a list, in lower case; none where there is no list."""
        with self._told():
            found = self._list(address)
            return frozenset(_emails(found)) if found is not None else frozenset()

    def _list(self, address: str) -> MailmanList | None:
        try:
            return self._client.get_list(address)
        except HTTPError as error:
            if error.code == _NOT_FOUND:
                return None
            raise

    def _create(self, address: str) -> MailmanList:
        name, _, host = address.rpartition("@")
        try:
            domain = self._client.get_domain(host)
        except HTTPError as error:
            if error.code != _NOT_FOUND:
                raise
            domain = self._client.create_domain(host)
        return domain.create_list(name, style_name=_STYLE)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell what went wrong in German."""
        try:
            yield
        except MailmanConnectionError as error:
            # What is no JSON comes as an error of the connection.
            if isinstance(error.__context__, ValueError):
                raise self._garbage() from error
            raise ProblemsFound(
                [Problem(self._url, 1, "Mailman ist nicht zu erreichen.", f"Prüfen, ob es läuft und {URL} stimmt.")]
            ) from error
        except HTTPError as error:
            if error.code in _DENIED:
                message = "Mailman nimmt Benutzer und Passwort nicht an."
                remedy = f"{USER} und {PASSWORD_FILE} mit admin_user und admin_pass in mailman.cfg vergleichen."
            else:
                message = f"Mailman antwortet mit einem Fehler ({error.code})."
                remedy = "Das Protokoll von Mailman ansehen; danach denselben Befehl noch einmal."
            raise ProblemsFound([Problem(self._url, 1, message, remedy)]) from error
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise self._garbage() from error

    def _garbage(self) -> ProblemsFound:
        message = "Was dort antwortet, ist keine REST-Schnittstelle von Mailman 3."
        return ProblemsFound([Problem(self._url, 1, message, f"{URL} prüfen; sie endet auf /3.1.")])


def _carefully(patience: float) -> Any:
    """Return what makes each request wait only so long, and go nowhere else: its password is for this server."""
    more = {"timeout": patience, "allow_redirects": False, "proxies": {"no_proxy": "*"}}
    return lambda request: {**request, **more}


def _found(of: MailmanList, sender: str) -> Found:
    moderation = {}
    for role in _ROLES:
        try:
            moderation[role] = getattr(of, f"get_{role}")(sender).moderation_action
        except ValueError:
            continue  # is none
    templates: Mapping[str, str] = {template.name: template.uri for template in of.templates}
    return Found(settings=dict(of.settings), templates=templates, moderation=moderation)


def _emails(of: MailmanList) -> Iterator[str]:
    page = of.get_member_page(count=_PAGE)
    while True:
        yield from (member.email.lower() for member in page)
        if not page.has_next:
            return
        page = page.next
