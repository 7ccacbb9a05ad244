"""What ssh says of errors comes with commands that work as they stand there."""

from pathlib import Path

import pytest

from generator.publishing.address import ShellAddress, address_of
from generator.publishing.ssh_errors import failure_of

CHANGED = "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\n"
NAMED = (
    "Offending ED25519 key in /home/gabi/.ssh/known_hosts:7\n"
    "Host key for [server]:2222 has changed and you have requested strict checking.\n"
)


def at(text: str) -> ShellAddress:
    address = address_of(text, Path("/projekt"))
    assert isinstance(address, ShellAddress)
    return address


@pytest.mark.parametrize(
    ("address", "said", "command"),
    [
        ("ssh://web@www.example.org/srv", CHANGED, "„ssh-keygen -R www.example.org“"),
        ("ssh://web@www.example.org:22/srv", CHANGED, "„ssh-keygen -R www.example.org“"),
        ("ssh://web@www.example.org:2222/srv", CHANGED, "„ssh-keygen -R '[www.example.org]:2222'“"),
        ("ssh://web@[::1]:2222/srv", CHANGED, "„ssh-keygen -R '[::1]:2222'“"),
        ("ssh://web@[::1]/srv", CHANGED, "„ssh-keygen -R ::1“"),
        (
            "ssh://web@www.example.org/srv",
            CHANGED + NAMED,
            "„ssh-keygen -f /home/gabi/.ssh/known_hosts -R '[server]:2222'“",
        ),
        ("ssh://web@www.example.org/srv", "Host key verification failed.", "„ssh web@www.example.org“"),
        ("ssh://web@www.example.org:2222/srv", "Host key verification failed.", "„ssh -p 2222 web@www.example.org“"),
        (
            "ssh://www.example.org:2222/srv?ssh_config=mein%20ssh",
            "Bad owner or permissions on /home/gabi/.ssh/config",
            "„ssh -F '/projekt/mein ssh' -p 2222 www.example.org“",
        ),
        ("ssh://web@www.example.org:2222/srv", "Etwas {anderes}", "„ssh -p 2222 web@www.example.org“"),
    ],
)
def test_a_command_that_helps_is_told_whole(address: str, said: str, command: str) -> None:
    assert command in str(failure_of(said, at(address)))
