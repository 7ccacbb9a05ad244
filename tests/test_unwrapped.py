"""The tests find a word that is hidden: what they do not find is not there."""

import base64
import gzip
import zlib
from collections.abc import Callable
from io import BytesIO
from quopri import encodestring
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.unwrapped import says


def zipped(data: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", data)
    return buffer.getvalue()


WRAPPINGS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": bytes,
    "deflated": zlib.compress,
    "gzip": gzip.compress,
    "zip": zipped,
    "base64": base64.encodebytes,
    "quoted-printable": lambda data: encodestring(data).replace(b"G", b"=47"),
    "address": lambda data: data.replace(b"G", b"%47"),
    "entity": lambda data: data.replace(b"G", b"&#71;"),
    "two bytes": lambda data: data.decode().encode("utf-16-le"),
    "zip in base64": lambda data: base64.b64encode(zipped(data)),
}


@pytest.mark.parametrize("name", WRAPPINGS)
def test_a_hidden_word_is_found(name: str) -> None:
    wrap = WRAPPINGS[name]
    assert says(wrap(b"ein Geheimnis, das niemand lesen soll"), "Geheim")
    assert not says(wrap(b"ein Gemeinnis, das niemand lesen soll"), "Geheim")
