"""What cannot be fetched is told, whatever is wrong with the address or the answer."""

import socket
from collections.abc import Iterator
from threading import Thread

import pytest

from generator.fetching import NotFetchedError, fetched


@pytest.fixture
def address() -> Iterator[str]:
    """The address of a server that promises more than it sends."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")

        thread = Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        thread.join()


def test_an_answer_that_is_cut_off_is_none(address: str) -> None:
    with pytest.raises(NotFetchedError, match="Der Server antwortet nicht"):
        fetched(address)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/a b", "http://127.0.0.1:x/", "http://[::1/", "nichts"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(NotFetchedError, match="Der Server antwortet nicht"):
        fetched(address)
