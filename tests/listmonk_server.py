"""listmonk in small, on this machine alone: takes what the contract says, keeps it, and sends campaigns over SMTP.

It is written from listmonk's documentation and behaviour (`tests/cases/listmonk/contract.yml` names the versions), for
the program itself comes in no package of Debian, PyPI or npm.
"""

import base64
import json
import re
import smtplib
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid5

import jsonschema
import yaml

from newsletter.message import said_by
from tests.engines import ENGINES, PERSON
from tests.mail_servers import DROP, GARBAGE, HANG, TAKE_AND_DROP
from tests.project import ROOT

__all__ = [
    "ALL",
    "CONTRACT",
    "SQL_QUERY",
    "TAKE_AND_HANG",
    "TOKEN",
    "USER",
    "ListmonkServer",
    "listmonk_server",
    "uuid_of",
]

CONTRACT = yaml.safe_load((ROOT / "tests" / "cases" / "listmonk" / "contract.yml").read_text(encoding="utf-8"))
USER, TOKEN = "schaukasten", "geheim-42"
ALL = frozenset(route["permission"] for route in CONTRACT["requests"].values() if "permission" in route)
TAKE_AND_HANG = "take and hang"
ODD = "odd"
"""It answers in the right form, with what nobody knows."""

SQL_QUERY = "subscribers:sql_query"
_ROOT = UUID(int=0)
_DEFAULT = {"id": 1, "name": "Default", "type": "campaign", "body": '<hr>{{ template "content" . }}{{ TrackView }}'}


def uuid_of(name: str) -> str:
    return str(uuid5(_ROOT, name))


class _Answer(Exception):  # noqa: N818
    """What is answered where all is not well."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        self.message = message


class ListmonkServer(ThreadingHTTPServer):
    """Answers as listmonk does, or as a table of faults says: by request what it does at which time, counted from 1."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(
        self, faults: Mapping[str, Mapping[int, str]], permissions: frozenset[str], context: ssl.SSLContext | None
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scheme = "https" if context else "http"
        if context:
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.lists: list[dict[str, Any]] = []
        self.templates: list[dict[str, Any]] = [dict(_DEFAULT)]
        self.campaigns: list[dict[str, Any]] = []
        self.subscribers: list[dict[str, Any]] = []
        self.tested: list[tuple[dict[str, Any], str]] = []
        """Fields and addresses of tests."""

        self.asked: list[str] = []
        """All requests."""

        self.privacy: Mapping[str, Any] | None = {"disable_tracking": False, "individual_tracking": False}
        self.permissions = permissions
        self.over = threading.Event()
        self._faults = faults
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_address[1]}"

    def add_list(self, name: str, people: Mapping[str, str] | None = None, **changes: Any) -> str:
        """Make a list with confirmed subscribers, names by addresses; return its UUID."""
        number = len(self.lists) + 1
        fields = {"type": "public", "optin": "double", "status": "active", "tags": [], "description": ""}
        self.lists.append({"id": number, "uuid": uuid_of(f"list {number}"), "name": name, **fields, **changes})
        for email, person in (people or {}).items():
            known = next((one for one in self.subscribers if one["email"] == email), None)
            if known is None:
                known = {"email": email, "name": person, "uuid": uuid_of(email), "lists": {}}
                self.subscribers.append(known)
            known["lists"][number] = "confirmed"
        return str(self.lists[-1]["uuid"])

    def send_campaigns(self, port: int) -> None:
        """Send all that is running to a mail server, and finish it."""
        for campaign in self.campaigns:
            if campaign["status"] != "running":
                continue
            template = next(one for one in self.templates if one["id"] == campaign["template_id"])
            lists = {one["id"] for one in campaign["lists"]}
            people = [
                one for one in self.subscribers if any(one["lists"].get(number) == "confirmed" for number in lists)
            ]
            with smtplib.SMTP("127.0.0.1", port) as smtp:
                for person in people:
                    smtp.send_message(mail_of(campaign, template["body"], person))
            campaign.update(status="finished", to_send=len(people), sent=len(people))

    def fault(self, request: str) -> str:
        with self._lock:
            self._counts[request] += 1
            return self._faults.get(request, {}).get(self._counts[request], "")

    def answer(self, request: str, number: int, query: Mapping[str, str], body: Any) -> Any:
        """Do what is asked and return what is answered."""
        with self._lock:
            match request:
                case "GET config":
                    return {"version": "v6.2.0 (ef0a7587)", "messengers": ["email"], "privacy": self.privacy}
                case "GET lists":
                    return {"results": [self._counted(one) for one in self.lists], "total": len(self.lists), "page": 1}
                case "GET templates":
                    return self.templates
                case "POST templates":
                    self.templates.append({"id": len(self.templates) + 1, "is_default": False, **body})
                    return self.templates[-1]
                case "GET campaigns":
                    found = [one for one in self.campaigns if query["tag"] in one["tags"]]
                    return {"results": found, "total": len(found), "query": "", "page": 1}
                case "POST campaigns":
                    return self._create(body)
                case "GET campaigns/{id}":
                    return self._campaign(number)
                case "PUT campaigns/{id}":
                    return self._update(self._campaign(number), body)
                case "PUT campaigns/{id}/status":
                    return self._change_status(self._campaign(number), body["status"])
                case "POST campaigns/{id}/test":
                    return self._test(self._campaign(number), body)
                case "GET subscribers":
                    return self._count(query)
        raise _Answer(404, "Not Found")

    def _counted(self, one: dict[str, Any]) -> dict[str, Any]:
        counts = Counter(person["lists"][one["id"]] for person in self.subscribers if one["id"] in person["lists"])
        return {**one, "subscriber_statuses": dict(counts), "subscriber_count": counts.total()}

    def _campaign(self, number: int) -> dict[str, Any]:
        for one in self.campaigns:
            if one["id"] == number:
                return one
        raise _Answer(400, "Campaign not found")

    def _create(self, body: dict[str, Any]) -> dict[str, Any]:
        number = max((one["id"] for one in self.campaigns), default=11) + 1
        # A field that is not given is the default template, which counts who opens a mail.
        created = {"id": number, "uuid": uuid_of(f"campaign {number}"), "status": "draft", "template_id": 1}
        self.campaigns.append({**created, "to_send": 0, "sent": 0, "altbody": None, "send_at": None})
        return self._update(self.campaigns[-1], body)

    def _update(self, campaign: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
        if campaign["status"] not in {"draft", "paused", "scheduled"}:
            raise _Answer(400, "Cannot update a running or a finished campaign.")
        if body.get("send_at") and datetime.fromisoformat(body["send_at"]) < datetime.now(UTC):
            raise _Answer(400, "Scheduled date should be in the future.")
        named = [{"id": one["id"], "name": one["name"]} for one in self.lists if one["id"] in body["lists"]]
        if not named:
            raise _Answer(400, "Invalid list IDs.")
        _render(body["body"], "html", {"name": "Kim", "uuid": ""}, campaign)
        campaign.update({**body, "lists": named})
        return campaign

    def _change_status(self, campaign: dict[str, Any], status: str) -> dict[str, Any]:
        rule = CONTRACT["statuses"][status]
        if campaign["status"] not in rule["of"]:
            raise _Answer(400, rule["else"])
        if status == "scheduled" and not campaign["send_at"]:
            raise _Answer(400, "Campaign needs a date to be scheduled.")
        # A campaign with a time waits for it, even if it is told to run; what is answered says otherwise.
        campaign["status"] = "scheduled" if status == "running" and campaign["send_at"] else status
        return {**campaign, "status": status}

    def _test(self, campaign: dict[str, Any], body: dict[str, Any]) -> bool:
        known = [one for one in body["subscribers"] if any(one.lower() == sub["email"] for sub in self.subscribers)]
        if not known:
            raise _Answer(400, "No known subscribers to test.")
        self.tested += [({**campaign, **body}, one) for one in known]
        return True

    def _count(self, query: Mapping[str, str]) -> dict[str, Any]:
        if SQL_QUERY not in self.permissions:
            raise _Answer(403, f"Permission denied: {SQL_QUERY}")
        wanted = {int(query["list_id"]), int(re.findall(r"list_id = (\d+)", query["query"])[0])}
        found = [one for one in self.subscribers if all(one["lists"].get(id_) == "confirmed" for id_ in wanted)]
        return {"results": [{"email": one["email"]} for one in found[:1]], "total": len(found)}


def mail_of(campaign: Mapping[str, Any], template: str, person: Mapping[str, Any]) -> EmailMessage:
    """Return the mail of a campaign to a subscriber."""
    leave = f"https://listmonk.example.org/subscription/{campaign['uuid']}/{person['uuid']}"
    mail = EmailMessage(policy=SMTP)
    mail["From"] = said_by(campaign["from_email"])
    mail["To"] = person["email"]
    mail["Subject"] = _render(campaign["subject"], "header", person, campaign)
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["List-Unsubscribe"] = f"<{leave}>"
    mail["X-Listmonk-Campaign"] = campaign["uuid"]
    mail["X-Listmonk-Subscriber"] = person["uuid"]
    for one in campaign["headers"]:
        for name, value in one.items():
            mail[name] = said_by(value)
    mail.set_content(_render(campaign["altbody"], "text", person, campaign))
    before, after = re.split(r"\{\{\s*template.*?\}\}", template)
    assert "TrackView" not in template + campaign["body"]
    html = before + _render(campaign["body"], "html", person, campaign) + after
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    return mail


def _render(content: str, kind: str, person: Mapping[str, Any], campaign: Mapping[str, Any]) -> str:
    """Return content as listmonk's templates make it for a subscriber."""
    first_name = next((part for part in person["name"].split(" ") if len(part.encode()) > 2), person["name"])
    try:
        rendered = ENGINES["listmonk"](content, kind, first_name)
    except AssertionError as error:
        raise _Answer(400, f"Error compiling campaign body: {error}") from error
    own = f"{campaign['uuid']}/{person['uuid']}"
    for name, path in (("unsubscribe", "subscription"), ("web_view", "campaign")):
        rendered = rendered.replace(PERSON[name], f"https://listmonk.example.org/{path}/{own}")
    return rendered


class _Handler(BaseHTTPRequestHandler):
    server: ListmonkServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._do()

    def do_POST(self) -> None:
        self._do()

    def do_PUT(self) -> None:
        self._do()

    def _do(self) -> None:
        parts = urlsplit(self.path)
        path, _, number = re.sub(r"^/api/", "", parts.path).partition("campaigns/")
        number, _, rest = number.partition("/")
        request = f"{self.command} {path}" + (f"campaigns/{{id}}{f'/{rest}' if rest else ''}" if number else "")
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append(request)
        fault = self.server.fault(request)
        with suppress(OSError):
            if fault in {DROP, HANG, GARBAGE}:
                self._misbehave(fault)
                return
            try:
                self._allow(request, fault)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                answer = self.server.answer(request, int(number or 0), query, self._valid(request, query, sent))
                if fault in {TAKE_AND_DROP, TAKE_AND_HANG}:
                    self._misbehave(fault.removeprefix("take and "))
                elif fault == ODD:
                    self._say(200, {"data": {"results": [{"id": "?"}]}})
                elif fault:
                    self._say(int(fault.split()[0]), {"message": "Upstream is away"})
                else:
                    self._say(200, {"data": answer})
            except _Answer as refused:
                self._say(refused.status, {"message": refused.message})

    def _allow(self, request: str, fault: str) -> None:
        if fault.isdigit():
            raise _Answer(int(fault), "So nicht, kim@example.org.")
        wanted = "Basic " + base64.b64encode(f"{USER}:{TOKEN}".encode()).decode()
        if self.headers.get("Authorization") != wanted:
            raise _Answer(403, "invalid API credentials")
        needed = CONTRACT["requests"].get(request, {}).get("permission")
        if needed and needed not in self.server.permissions:
            raise _Answer(403, f"permission denied: {needed}")

    def _valid(self, request: str, query: Mapping[str, str], sent: bytes) -> Any:
        """Return the body, once it and the query are as the contract says."""
        route = CONTRACT["requests"].get(request)
        if route is None:
            raise _Answer(404, "Not Found")
        patterns = route.get("query", {})
        if query.keys() != patterns.keys() or not all(re.search(patterns[name], query[name]) for name in query):
            raise _Answer(400, f"the contract knows no such query: {query}")
        if "body" not in route:
            return None
        assert self.headers["Content-Type"] == "application/json"
        body = json.loads(sent)
        try:
            jsonschema.validate(body, route["body"])
        except jsonschema.ValidationError as error:
            raise _Answer(400, f"the contract knows no such body: {error.json_path}: {error.message[:80]}") from error
        return body

    def _misbehave(self, how: str) -> None:
        if how == GARBAGE:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>")
        elif how == HANG:
            self.server.over.wait(60)
        else:
            # A reset, not a goodbye.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        self.close_connection = True

    def _say(self, status: int, answer: Mapping[str, Any]) -> None:
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def handle(self) -> None:
        """Serve a connection, unless it is not made."""
        with suppress(ssl.SSLError):
            super().handle()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def listmonk_server(
    faults: Mapping[str, Mapping[int, str]] | None = None,
    permissions: frozenset[str] = ALL,
    context: ssl.SSLContext | None = None,
) -> Iterator[ListmonkServer]:
    """Run a server that does as a table of faults says.

    Args:
        faults: besides those of mail servers, a status code (``403``), or one that is answered although what was asked
            has been done (``502 done``).
        permissions: what the user may do.
        context: what it shows to prove who it is; None: it does not speak TLS.
    """
    with ListmonkServer(faults or {}, permissions, context) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
