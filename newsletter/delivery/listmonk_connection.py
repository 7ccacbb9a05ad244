"""Requests to listmonk over HTTP: nobody else gets the token, and each failure says whether it is a certain one."""

import base64
import json
import re
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlencode

from newsletter.delivery.certificate import bad_certificate
from newsletter.delivery.listmonk_access import ListmonkAccess
from newsletter.refusal import Refusal

__all__ = ["ListmonkConnection", "Unsure"]

_PATIENCE = 30.0
"""Seconds to wait for an answer."""

_MOST = 64 << 20
"""More bytes are no answer of listmonk."""

_LONGEST_MESSAGE = 200
_ADDRESS = re.compile(r"[^\s<>\"']+@[^\s<>\"']+")
_LATER = "Später noch einmal mit demselben Befehl; nichts wird doppelt angelegt oder verschickt."


class Unsure(Refusal):
    """Raised where listmonk may have done what was asked, or not."""


class ListmonkConnection:
    """Sends requests, each over a connection of its own; follows no redirect and asks no proxy."""

    def __init__(self, access: ListmonkAccess, patience: float = _PATIENCE) -> None:
        """Take whom to ask, and how many seconds to wait for an answer."""
        self._access = access
        self._patience = patience

    def get(self, path: str, query: Mapping[str, str]) -> Any:
        """Return what listmonk has at a path under ``/api``.

        Raises:
            Refusal: it refuses, cannot be reached, or answers as it does not.
        """
        return self._data("GET", f"{path}?{urlencode(query)}" if query else path, None)

    def send(self, method: str, path: str, fields: Mapping[str, Any]) -> Any:
        """Have something changed, and return what listmonk says of it.

        Raises:
            Unsure: it may have been changed.
            Refusal: it was not changed.
        """
        return self._data(method, path, json.dumps(fields, ensure_ascii=False).encode())

    def _data(self, method: str, path: str, body: bytes | None) -> Any:
        status, content = self._exchange(method, path, body)
        message = _message(content)
        if not 200 <= status < 300:
            raise self._failure(status, message)
        try:
            return json.loads(content)["data"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise Unsure(f"{self._access} antwortet nicht wie listmonk.", f"Die Adresse prüfen. {_LATER}") from error

    def _exchange(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        access = self._access
        connection = self._connection()
        try:
            try:
                connection.connect()
            except ssl.SSLCertVerificationError as error:
                raise bad_certificate(access.host, error) from error
            except (OSError, ValueError) as error:
                raise Refusal(
                    f"{access} ist nicht zu erreichen.", "Prüfen, ob die Adresse stimmt und der Dienst läuft."
                ) from error
            try:
                connection.request(method, f"{access.path}/api/{path}", body, self._headers(body))
                answer = connection.getresponse()
                return answer.status, answer.read(_MOST)
            except TimeoutError as error:
                raise Unsure(f"{access} hat in {self._patience:g} Sekunden nicht geantwortet.", _LATER) from error
            except (OSError, HTTPException, ValueError) as error:
                raise Unsure(f"Die Verbindung zu {access} brach ab, ehe eine Antwort kam.", _LATER) from error
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        access = self._access
        if access.scheme == "https":
            context = ssl.create_default_context()
            return HTTPSConnection(access.host, access.port, timeout=self._patience, context=context)
        return HTTPConnection(access.host, access.port, timeout=self._patience)

    def _headers(self, body: bytes | None) -> Mapping[str, str]:
        credentials = base64.b64encode(f"{self._access.user}:{self._access.token}".encode()).decode()
        kind = {} if body is None else {"Content-Type": "application/json"}
        return {
            "Authorization": f"Basic {credentials}",
            "User-Agent": "schaukasten",
            "Accept": "application/json",
            **kind,
        }

    def _failure(self, status: int, message: str) -> Refusal:
        told = f" ({status}{f': {message}' if message else ''})"
        if status >= 500:
            return Unsure(f"listmonk meldet einen Fehler{told}.", f"Das Protokoll von listmonk ansehen. {_LATER}")
        match status:
            case 401 | 403:
                return Refusal(
                    f"listmonk erlaubt das nicht{told}.",
                    "Benutzer und Token prüfen, und welche Rechte die Rolle des Benutzers hat.",
                )
            case 404 | 405:
                return Refusal(f"{self._access} antwortet nicht wie listmonk{told}.", "Die Adresse prüfen.")
            case 408 | 429:
                return Refusal(f"listmonk nimmt gerade nichts an{told}.", "Später noch einmal mit demselben Befehl.")
            case _ if status < 400:
                return Refusal(
                    f"{self._access} leitet weiter{told}; dem wird nicht gefolgt.",
                    "Die Adresse angeben, unter der listmonk selbst antwortet.",
                )
        return Refusal(f"listmonk lehnt das ab{told}.", "Den Grund beheben.")


def _message(content: bytes) -> str:
    """Return what listmonk says of a failure, without addresses of people."""
    try:
        message = json.loads(content)["message"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return _ADDRESS.sub("…", str(message))[:_LONGEST_MESSAGE].strip().rstrip(".")
