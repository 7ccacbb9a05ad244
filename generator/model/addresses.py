"""Addresses in the web, in the mail and of the site itself."""

import re
from typing import Annotated
from urllib.parse import unquote

from pydantic import AfterValidator

from generator.model.form import ANYTHING, Form
from generator.model.texts import Text

__all__ = ["EmailAddress", "GivenUpAddress", "OldAddress", "PageAddress", "WebAddress"]

_WEB = Form(
    name="web_address",
    pattern=r'https?://[^\s/?#@<>"]+(?:[/?#][^\s<>"]*)?',
    wrong="ist keine Internetadresse.",
    remedy="Vollständig schreiben: https://www.example.org/seite.",
)
_EMAIL = Form(
    name="email_address",
    pattern=r'[^\s@<>"(),:;\[\]\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}',
    wrong="ist keine E-Mail-Adresse.",
    remedy="In der Form name@example.org schreiben.",
)
_OLD = Form(
    name="old_address",
    pattern=r"/*[A-Za-z0-9_~%.-]+(?:/[A-Za-z0-9_~%.-]+)*/*",
    wrong="ist keine frühere Adresse dieser Seite.",
    remedy="Nur den Pfad schreiben, wie er war: /alt/radweg/ oder /radweg.html.",
    types=ANYTHING,
)
_GIVEN_UP = Form(
    name="given_up_address",
    pattern=r'[^\x00-\x1f?#\\:<>"|*]+',
    wrong="ist keine Adresse dieser Seite.",
    remedy="Nur den Pfad schreiben: /aktuelles/alter-radweg/ oder /plan.pdf.",
    types=ANYTHING,
)
_PAGE = Form(
    name="page_address",
    pattern=r"/*[a-z0-9-]+(?:/[a-z0-9-]+)*/*",
    wrong="ist keine Adresse einer Seite.",
    remedy="Nur den Pfad schreiben, zum Beispiel impressum/.",
    types=ANYTHING,
)


def _check_old_address(text: str) -> str:
    path = text.strip("/")
    parts = path.split("/")
    # What percent signs stand for becomes the name of a file, and part of a server's configuration.
    is_path = _OLD.matches(text) and all(
        re.fullmatch(r"[\w~.,+() -]*[\w~][\w~.,+() -]*", unquote(part)) for part in parts
    )
    if not is_path or ("." in parts[-1] and not path.endswith(".html")):
        raise _OLD.refusal(text)
    return text


def _check_given_up_address(text: str) -> str:
    path = unquote(text).strip("/")
    parts = path.split("/")
    if not _GIVEN_UP.matches(path) or not all(part.strip(". ") for part in parts):
        raise _GIVEN_UP.refusal(text)
    return path if "." in parts[-1] and not text.endswith("/") else f"{path}/"


def _check_page_address(text: str) -> str:
    return f"{_PAGE.check(text).strip('/')}/"


WebAddress = Annotated[Text, AfterValidator(_WEB.check), _WEB]
"""An absolute http(s) URL."""

EmailAddress = Annotated[Text, AfterValidator(_EMAIL.check), _EMAIL]
"""An e-mail address (the addr-spec of RFC 5322, without quoted local parts)."""

OldAddress = Annotated[Text, AfterValidator(_check_old_address), _OLD]
"""A path of the site that once led somewhere: ``/alt/radweg/`` or ``/radweg.html``."""

GivenUpAddress = Annotated[Text, AfterValidator(_check_given_up_address), _GIVEN_UP]
"""What was once an address of the site, relative to its root, unquoted: of a page (ending in a slash) or a file."""

PageAddress = Annotated[Text, AfterValidator(_check_page_address), _PAGE]
"""The path of one of the site's pages, relative to its root and ending in a slash: ``impressum/``."""
