"""Where a site is published, as an address names it.

``/srv/www/site?keep=5``, ``ssh://web@www.example.org:2222/srv/www/site`` or
``s3://allianz/vorschau?endpoint=https://s3.example.org&region=de-1``. No address holds a password or key.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

__all__ = ["Address", "BucketAddress", "FolderAddress", "ShellAddress", "address_of", "looks_like_address", "shown"]

_KEPT = 3

_NOT_READ = "Diese Adresse ist nicht zu lesen. Zum Beispiel schreiben: ssh://web@host/pfad."
_NO_KEYS = "In einer Adresse hat ein Zugang nichts zu suchen. AWS_ACCESS_KEY_ID und AWS_SECRET_ACCESS_KEY setzen."

_NAME = re.compile(r"[^-\s/][^\s/]*")
"""What ssh takes for no option and rsync for no path of this machine."""

_INVISIBLE = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderAddress:
    """A folder of this machine that holds releases, one of which is the current one."""

    text: str
    """The address as it was written, for messages."""

    folder: Path
    keep: int = _KEPT
    """How many releases stay besides the current one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellAddress:
    """A folder of another machine, reached by ssh."""

    text: str
    host: str
    """With the user's name, if one is given: ``web@www.example.org``."""

    folder: str
    port: int | None = None
    ssh_config: Path | None = None
    """Another configuration of ssh than the user's own (ssh_config(5))."""

    @property
    def ssh(self) -> tuple[str, ...]:
        """The program that leads there, with its options; the host comes after it."""
        port = ("-p", str(self.port)) if self.port else ()
        config = ("-F", str(self.ssh_config)) if self.ssh_config else ()
        return ("ssh", *config, *port)


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketAddress:
    """A bucket of a storage that speaks S3."""

    text: str
    bucket: str
    prefix: str
    """Begins every key: empty, or ending in a slash."""

    endpoint: str | None = None
    """Where the storage is; None: at Amazon."""

    region: str | None = None


Address = FolderAddress | ShellAddress | BucketAddress


def looks_like_address(text: str) -> bool:
    """Tell whether a text is an address rather than a name."""
    return "/" in text or "\\" in text or text.startswith(".")


def shown(text: str) -> str:
    """Return of a text that is no address what can be shown: no options, and nothing before an ``@``."""
    return re.sub(r"(:(?://)?).*(@|%40)", r"\1…\2", text, flags=re.DOTALL).partition("?")[0]


def address_of(text: str, base: Path) -> Address:
    """Return what an address says.

    Args:
        text: the address.
        base: the folder that paths of this machine are relative to.

    Raises:
        ValueError: it makes no sense; the message is two German sentences: what is wrong, what to do.
    """
    before, _, query = text.partition("?")
    try:
        options = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)))
        parts = urlsplit(before)
        port = parts.port
    except ValueError:
        raise ValueError(_NOT_READ) from None
    if _INVISIBLE.search(unquote(text)):
        raise ValueError(_NOT_READ)
    match parts.scheme:
        case scheme if len(scheme) <= len("D"):
            # None, or a drive of Windows.
            made: Address = _folder(text, before, options, base)
        case "ssh":
            made = _shell(text, parts, port, options, base)
        case "s3":
            made = _bucket(text, parts, options)
        case scheme:
            raise ValueError(f"„{scheme}://“ kennt Schaukasten nicht. Einen Ordner, ssh:// oder s3:// angeben.")
    if options:
        raise ValueError(f"Die Angabe „{next(iter(options))}“ gibt es hier nicht. Sie weglassen oder berichtigen.")
    return made


def _folder(text: str, path: str, options: dict[str, str], base: Path) -> FolderAddress:
    keep = options.pop("keep", str(_KEPT))
    if not keep.isascii() or not keep.isdigit():
        raise ValueError("„keep“ sagt, wie viele frühere Stände bleiben. Eine ganze Zahl ab 0 angeben.")
    return FolderAddress(text=text, folder=base / Path(path).expanduser(), keep=int(keep))


def _shell(text: str, parts: SplitResult, port: int | None, options: dict[str, str], base: Path) -> ShellAddress:
    folder = unquote(parts.path).rstrip("/")
    user, host = unquote(parts.username or ""), unquote(parts.hostname or "")
    if parts.password is not None or ":" in user:
        raise ValueError("In einer Adresse hat ein Passwort nichts zu suchen. Einen Schlüssel für ssh verwenden.")
    if not host or not folder:
        raise ValueError("In der Adresse fehlt der Rechner oder der Ordner. Zum Beispiel: ssh://web@host/srv/www/site.")
    if not _NAME.fullmatch(user or host) or not _NAME.fullmatch(host):
        raise ValueError("So heißt kein Rechner und kein Benutzer. Die Adresse berichtigen.")
    config = options.pop("ssh_config", None)
    return ShellAddress(
        text=text,
        host=f"{user}@{host}" if user else host,
        folder=folder,
        port=port,
        ssh_config=base / Path(config).expanduser() if config else None,
    )


def _bucket(text: str, parts: SplitResult, options: dict[str, str]) -> BucketAddress:
    prefix = unquote(parts.path).strip("/")
    if "@" in parts.netloc:
        raise ValueError(_NO_KEYS)
    if not parts.netloc:
        raise ValueError("In der Adresse fehlt der Bucket. Zum Beispiel: s3://allianz/?region=eu-central-1.")
    endpoint = options.pop("endpoint", None)
    if endpoint is not None:
        _make_sure_that_it_is_a_server(endpoint)
    return BucketAddress(
        text=text,
        bucket=parts.netloc,
        prefix=f"{prefix}/" if prefix else "",
        endpoint=endpoint,
        region=options.pop("region", None),
    )


def _make_sure_that_it_is_a_server(endpoint: str) -> None:
    """Make sure that this is the address of a server, and nothing else.

    Raises:
        ValueError: it is not; the message is two German sentences.
    """
    if "@" in endpoint:
        raise ValueError(_NO_KEYS)
    try:
        parts = urlsplit(endpoint)
        is_server = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_server = False
    if not is_server:
        raise ValueError("„endpoint“ ist keine Adresse. Sie mit https:// beginnen.")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(
            "Hinter „endpoint“ steht mehr als ein Rechner. Nur https:// und seinen Namen angeben; "
            "ein Pfad gehört hinter den Bucket."
        )
