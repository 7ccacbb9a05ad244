"""A way to a server that is cut off again and again."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

__all__ = ["cut_off"]


@contextmanager
def cut_off(port: int, after: list[int]) -> Iterator[int]:
    """Yield a port that leads to another one of this machine.

    Args:
        port: the other one.
        after: how many bytes sent there each of the first connections survives; all further ones are not cut off.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_serve, args=(listening, port, after), daemon=True).start()
        yield int(listening.getsockname()[1])
        listening.shutdown(socket.SHUT_RDWR)


def _serve(listening: socket.socket, port: int, after: list[int]) -> None:
    while True:
        try:
            client, _ = listening.accept()
        except OSError:
            return
        left = after.pop(0) if after else None
        threading.Thread(target=_between, args=(client, port, left), daemon=True).start()


def _between(client: socket.socket, port: int, left: int | None) -> None:
    with client, socket.create_connection(("127.0.0.1", port)) as server:
        back = threading.Thread(target=_hand_on, args=(server, client, None), daemon=True)
        back.start()
        _hand_on(client, server, left)
        back.join()


def _hand_on(source: socket.socket, target: socket.socket, left: int | None) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 14):
            target.sendall(data)
            if left is not None and (left := left - len(data)) < 0:
                break
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
