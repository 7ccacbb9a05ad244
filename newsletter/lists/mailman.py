"""Mailman 3, spoken to by its REST interface; the only place that knows its client."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError

from mailmanclient import Client, MailmanConnectionError
from mailmanclient import MailingList as MailmanList

from newsletter.lists.announcement import FOOTER, NO_FOOTER, Announcement, Difference, differences
from newsletter.refusal import Refusal

__all__ = ["Mailman"]

_TIMEOUT = 30.0
"""Seconds that an answer may take."""

_URL, _USER, _PASSWORD = (f"SCHAUKASTEN_MAILMAN_{name}" for name in ("URL", "USER", "PASSWORD"))


class Mailman:
    """A server of Mailman 3."""

    def __init__(self, url: str, user: str, password: str) -> None:
        """Take the address of its REST interface (``http://127.0.0.1:8001/3.1``), and who may use it."""
        self._client = Client(url, user, password, request_hooks=[lambda request: {**request, "timeout": _TIMEOUT}])

    @classmethod
    def of_environment(cls) -> "Mailman":
        """Return the server that the environment names: secrets stand in no file of the project.

        Raises:
            Refusal: it names none.
        """
        missing = [name for name in (_URL, _USER, _PASSWORD) if not os.environ.get(name)]
        if missing:
            raise Refusal(
                f"Der Zugang zu Mailman fehlt: {', '.join(missing)}.",
                f"Als Umgebungsvariablen setzen, zum Beispiel {_URL}=http://127.0.0.1:8001/3.1.",
            )
        return cls(os.environ[_URL], os.environ[_USER], os.environ[_PASSWORD])

    def compare(self, wanted: Announcement) -> list[Difference] | None:
        """Return in what a list differs from what it is to be; None: there is no such list.

        Raises:
            Refusal: Mailman cannot be reached, or refuses.
        """
        with _told():
            found = self._list(wanted.address)
            return None if found is None else list(differences(wanted, dict(found.settings), _footer(found)))

    def set_up(self, wanted: Announcement) -> list[Difference]:
        """Make a list what it is to be, and the list itself where there is none; return what was changed.

        Raises:
            Refusal: as `compare`.
        """
        with _told():
            found = self._list(wanted.address) or self._create(wanted.address)
            changes = list(differences(wanted, dict(found.settings), _footer(found)))
            settings = {change.name: change.wanted for change in changes if change.name != FOOTER}
            if settings:
                for name, value in settings.items():
                    found.settings[name] = value
                found.settings.save()
            if any(change.name == FOOTER for change in changes):
                found.set_template(FOOTER, NO_FOOTER)
            return changes

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
        return domain.create_list(name, style_name="legacy-announce")


_NOT_FOUND = 404
_DENIED = frozenset({401, 403})


def _footer(of: MailmanList) -> str | None:
    templates: Mapping[str, Any] = {template.name: template.uri for template in of.templates}
    return templates.get(FOOTER)


@contextmanager
def _told() -> Iterator[None]:
    """Tell Mailman's errors in German."""
    try:
        yield
    except MailmanConnectionError as error:
        raise Refusal("Mailman ist nicht zu erreichen.", f"Prüfen, ob der Dienst läuft und {_URL} stimmt.") from error
    except HTTPError as error:
        if error.code in _DENIED:
            raise Refusal(
                "Mailman lässt die Anmeldung nicht zu.", f"{_USER} und {_PASSWORD} prüfen (admin_user, admin_pass)."
            ) from error
        raise Refusal(
            f"Mailman antwortet mit einem Fehler ({error.code}: {error.reason}).", "Das Protokoll von Mailman ansehen."
        ) from error
