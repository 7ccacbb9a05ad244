"""A bucket of a storage that speaks S3.

Such a storage writes each object whole, and lists the MD5 of each one's bytes. It keeps nobody away: of two
publications the later one goes on, the earlier one finds its note and stops.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from urllib.parse import unquote, urlsplit

from minio import Minio
from minio.credentials.providers import AWSConfigProvider, ChainedProvider, EnvAWSProvider
from minio.error import InvalidResponseError, S3Error, ServerError
from urllib3 import PoolManager, Retry, Timeout
from urllib3.exceptions import HTTPError

from generator.channels.server.answers import answers, cache_control
from generator.channels.server.kinds import KINDS, WITH_CHARSET, media_type
from generator.manifest import MANIFEST
from generator.progress import Progress
from generator.publishing.address import BucketAddress
from generator.publishing.named_files import files_named_by
from generator.publishing.note import NOTES
from generator.publishing.s3_errors import failure_of_code, failure_of_error
from generator.publishing.sealed_site import SealedSite
from generator.publishing.stored_objects import StoredObject, md5_of, not_vouched_for, others

__all__ = ["Bucket"]

_AT_ONCE = 8
"""Requests on their way at a time."""

_TOLD = "x-amz-meta-schaukasten"
"""The piece of metadata at the manifest that says how the objects beside it are to be answered for."""

_NOT_THERE = frozenset({"NoSuchKey", "404"})
_NO_REDIRECTS = frozenset({"NotImplemented"})

_AMAZON = "https://s3.amazonaws.com"
_REDIRECT = "x-amz-website-redirect-location"
_SMALLEST_PART = 5 * 2**20


class Bucket:
    """Such a bucket."""

    def __init__(self, address: BucketAddress) -> None:
        """Take its address; nothing is asked yet.

        Raises:
            Failure: nothing can be reached by it.
        """
        self._bucket = address.bucket
        self._prefix = address.prefix
        with _german():
            self._client = _client(address)
        self._redirects = True
        """Whether the storage may know redirects, until it says otherwise."""

    @contextmanager
    def alone(self, progress: Progress) -> Iterator[bool]:  # noqa: ARG002  # nobody is waited for
        """Keep nobody away: no means for it is known to all storages."""
        yield False

    def read(self, path: str) -> bytes | None:
        """Return an object's bytes; None: there is none."""
        found = self._got(path)
        return found[0] if found else None

    def notes(self) -> dict[str, bytes]:
        """Return the notes by their names, the newest last."""
        there = sorted((found.written, path) for path, found in self._listed(NOTES))
        got = {path: self._got(path) for _, path in there}
        return {path.removeprefix(NOTES): found[0] for path, found in got.items() if found}

    def note(self, name: str, data: bytes) -> None:
        """Write a note."""
        self._send(NOTES + name, data, {"Cache-Control": "no-store"})

    def differing(self, site: SealedSite, progress: Progress) -> set[str]:
        """Return the paths of the site's files that are missing here, or others, or answered for otherwise."""
        progress("Mit dem Speicher vergleichen", 0, 1)
        manifest = self._got(MANIFEST)
        there = dict(self._listed())
        if manifest is None or MANIFEST not in there:
            return others(site, there)
        data, told = manifest
        if told != _answered():
            return set(site.files)
        if there[MANIFEST].etag == md5_of(BytesIO(data)):
            return others(site, there)
        return not_vouched_for(site, there, files_named_by(data.decode(errors="replace")))

    def write(self, site: SealedSite, paths: list[str], begun: Callable[[int], None]) -> None:
        """Write some of the site's files, each whole or not at all."""
        leads = {_file(url): target for url, target in site.manifest.redirects.items()}
        root = urlsplit(site.manifest.base_url).path

        def write(path: str) -> None:
            target = leads.get(path)
            self._write(site, path, None if target is None else root + target)

        with ThreadPoolExecutor(_AT_ONCE) as workers:
            for start in range(0, len(paths), _AT_ONCE):
                begun(start)
                list(workers.map(write, paths[start : start + _AT_ONCE]))

    def remove(self, paths: Iterable[str]) -> None:
        """Remove objects, whether they are there or not."""

        def remove(path: str) -> None:
            with _german():
                self._client.remove_object(self._bucket, self._prefix + path)

        with ThreadPoolExecutor(_AT_ONCE) as workers:
            list(workers.map(remove, paths))

    def _write(self, site: SealedSite, path: str, target: str | None) -> None:
        data = (site.folder / path).read_bytes()
        headers = {"Cache-Control": cache_control(path)}
        if path == MANIFEST:
            headers[_TOLD] = _answered()
        if target is not None and self._redirects:
            try:
                self._send(path, data, {**headers, _REDIRECT: target}, passing=_NO_REDIRECTS)
            except _Refused:
                # A storage without web server; the page at the old address leads on.
                self._redirects = False
            else:
                return
        self._send(path, data, headers)

    def _send(self, path: str, data: bytes, headers: dict[str, str], *, passing: frozenset[str] = frozenset()) -> None:
        with _german(passing):
            self._client.put_object(
                self._bucket,
                self._prefix + path,
                BytesIO(data),
                len(data),
                content_type=media_type(path),
                metadata={**headers},
                # In one part, so that the ETag is the MD5 of all.
                part_size=max(len(data), _SMALLEST_PART),
            )

    def _got(self, path: str) -> tuple[bytes, str] | None:
        """Return an object's bytes and what is told at it."""
        try:
            with _german(passing=_NOT_THERE), self._client.get_object(self._bucket, self._prefix + path) as answer:
                return answer.read(), answer.headers.get(_TOLD, "")
        except _Refused:
            return None

    def _listed(self, below: str = "") -> Iterator[tuple[str, StoredObject]]:
        with _german():
            for item in self._client.list_objects(self._bucket, self._prefix + below, recursive=True):
                if item.object_name and item.last_modified:
                    found = StoredObject((item.etag or "").strip('"'), item.last_modified)
                    yield item.object_name.removeprefix(self._prefix), found


class _Refused(Exception):  # noqa: N818  # it is expected
    """The storage's answer has a code that was asked for."""


@contextmanager
def _german(passing: frozenset[str] = frozenset()) -> Iterator[None]:
    """Tell the library's errors in German; one with such a code is raised as `_Refused`."""
    try:
        yield
    except S3Error as error:
        if error.code in passing:
            raise _Refused from error
        raise failure_of_code(error.code or "", error.message or "") from error
    except (ServerError, InvalidResponseError, HTTPError, ValueError) as error:
        raise failure_of_error(error) from error


def _client(address: BucketAddress) -> Minio:
    """Return the library's client, with keys from the environment or the usual files.

    Raises:
        ValueError: the address makes no sense.
    """
    endpoint = urlsplit(address.endpoint or _AMAZON)
    # Each further try of the library would be told as a warning, in English.
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    return Minio(
        endpoint=endpoint.netloc,
        secure=endpoint.scheme == "https",
        region=address.region,
        credentials=ChainedProvider([EnvAWSProvider(), AWSConfigProvider()]),
        http_client=PoolManager(
            maxsize=_AT_ONCE,
            timeout=Timeout(connect=15, read=60),
            retries=Retry(total=4, backoff_factor=0.5, status_forcelist=(429, 500, 502, 503, 504)),
        ),
    )


def _answered() -> str:
    """Return what changes whenever files of the same bytes would be answered for otherwise."""
    kept = [(answer.pattern, answer.headers["Cache-Control"]) for answer in answers("")]
    return hashlib.sha256(repr((sorted(KINDS.items()), WITH_CHARSET, kept)).encode()).hexdigest()[:16]


def _file(url: str) -> str:
    """Return the path of a page's file by its address."""
    path = unquote(url)
    return path if path.endswith(".html") else f"{path}index.html"
