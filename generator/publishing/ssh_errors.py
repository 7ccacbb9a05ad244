"""What ssh and rsync say of errors, in German."""

import re
import shlex

from generator.publishing.address import ShellAddress
from generator.publishing.failure import Failure, Interruption, NotThere

__all__ = ["failure_of"]

_ERRORS: tuple[tuple[str, type[Failure], str], ...] = (
    (
        r"Bad configuration|[Cc]an't open user config|Bad owner or permissions|UNPROTECTED PRIVATE KEY",
        Failure,
        "Die Einstellungen von ssh oder die Rechte des Schlüssels stimmen nicht. „{ssh}“ sagt, warum.",
    ),
    (
        r"REMOTE HOST IDENTIFICATION HAS CHANGED",
        Failure,
        (
            "Der Server weist sich mit einem anderen Schlüssel aus als bisher. Beim Betreiber nachfragen; "
            "erst wenn der neue stimmt, den alten mit „{forget}“ vergessen."
        ),
    ),
    (
        r"Host key verification failed|No .* host key is known",
        Failure,
        (
            "Der Schlüssel des Servers ist hier noch nicht bekannt. Einmal „{ssh}“ aufrufen und ihn mit der "
            "Angabe des Betreibers vergleichen, oder ihn in known_hosts eintragen."
        ),
    ),
    (
        r"Could not resolve hostname|Name or service not known",
        Failure,
        "Einen Rechner mit diesem Namen gibt es nicht. Den Namen in der Adresse und die Verbindung zum Netz prüfen.",
    ),
    (
        r"Permission denied \((?:publickey|password|keyboard|gssapi)|Too many authentication failures",
        Failure,
        (
            "Der Server lässt niemanden mit diesem Schlüssel herein. Benutzernamen prüfen und den öffentlichen "
            "Schlüssel auf dem Server in ~/.ssh/authorized_keys eintragen."
        ),
    ),
    (
        r"Connection refused",
        Failure,
        "Der Rechner nimmt auf diesem Port keine Verbindung mit ssh an. Den Port in der Adresse prüfen.",
    ),
    (
        r"No space left on device|\(28\)",
        Failure,
        "Der Datenträger des Servers ist voll. Dort Platz schaffen und noch einmal veröffentlichen.",
    ),
    (
        r"[Qq]uota exceeded",
        Failure,
        "Der zugeteilte Speicherplatz auf dem Server ist voll. Platz schaffen und noch einmal veröffentlichen.",
    ),
    (
        r"Read-only file system|Permission denied|Operation not permitted",
        Failure,
        "In diesen Ordner darf der Benutzer auf dem Server nicht schreiben. Die Rechte dort berichtigen.",
    ),
    (
        r"rsync: (?:command )?not found|rsync: No such file|exec.*rsync|code 127",
        Failure,
        "Auf dem Server fehlt rsync. Es dort installieren lassen.",
    ),
    (
        r"Not a directory|File exists|could not make way",
        Failure,
        "Auf dem Server liegt eine Datei, wo ein Ordner sein muss, oder umgekehrt. Sie dort umbenennen oder löschen.",
    ),
    (
        r"No such file or directory",
        NotThere,
        "Den Ordner gibt es auf dem Server nicht. Ihn dort anlegen oder den Pfad in der Adresse berichtigen.",
    ),
    (
        r"timed out|reset by|closed by|[Bb]roken pipe|unreachable|not responding|No route|unexplained|data stream|kex_",
        Interruption,
        "Die Verbindung zum Server ist abgerissen. Noch einmal veröffentlichen; was schon dort ist, bleibt.",
    ),
)
"""What to look for, in this order, and what it means."""


_OLD_KEY = re.compile(r"^Offending \S+ key in (.+):\d+\s*$", re.MULTILINE)
_KNOWN_AS = re.compile(r"^(?:\S+ )?[Hh]ost key for (\S+) has changed", re.MULTILINE)
_PORT = 22


def failure_of(said: str, address: ShellAddress) -> Failure:
    """Return what went wrong.

    Args:
        said: what the program wrote to its standard error, in English.
        address: where it led to.
    """
    ssh = shlex.join([*address.ssh, address.host])
    for pattern, kind, text in _ERRORS:
        if re.search(pattern, said):
            return kind(text.format(ssh=ssh, forget=_forgetting(said, address)))
    last = " ".join(said.split())[-200:]
    return Failure(f"Der Server lehnt ab: „{last}“. Ihn mit „{ssh}“ prüfen.")


def _forgetting(said: str, address: ShellAddress) -> str:
    """Return the command that makes ssh forget a server's key: it may have it under another name, in another file."""
    file, name = _OLD_KEY.search(said), _KNOWN_AS.search(said)
    host = address.host.rpartition("@")[2]
    known_as = host if address.port in (None, _PORT) else f"[{host}]:{address.port}"
    return shlex.join(["ssh-keygen", *(("-f", file[1]) if file else ()), "-R", name[1] if name else known_as])
