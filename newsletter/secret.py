"""What opens a service, as the environment names it: it lies in no project, and in no file that others read."""

from collections.abc import Mapping
from pathlib import Path

from generator.problems import Problem, ProblemsFound
from newsletter.private import must_be_outside, read_private

__all__ = ["secret_in"]


def secret_in(variable: str, environment: Mapping[str, str], project: Path, what: str = "Passwort") -> str:
    """Return the password or the like in the file that a variable names.

    Args:
        variable: its name.
        environment: the process's.
        project: the project's folder, in which no password may lie.
        what: what it is, in German: „Token“.

    Raises:
        ProblemsFound: no file is named, or it is not as it must be.
        OSError: it cannot be read.
    """
    name = environment.get(variable)
    if not name:
        raise ProblemsFound(
            [Problem(variable, 1, f"Zum Benutzer fehlt das {what}.", "Hier eine Datei nennen, die es enthält.")]
        )
    file = Path(name).expanduser()
    must_be_outside(project, file, f"Die Datei mit dem {what}")
    try:
        # Some editors put a mark before what they save in UTF-8.
        return read_private(file, f"Die Datei mit dem {what}").decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise ProblemsFound(
            [
                Problem(
                    str(file),
                    1,
                    f"Die Datei mit dem {what} ist nicht in UTF-8 gespeichert.",
                    "Im Editor als Kodierung „UTF-8“ wählen und neu speichern.",
                )
            ]
        ) from error
