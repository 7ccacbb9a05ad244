"""A real storage that speaks S3, on this machine alone: OpenStack Swift, its four servers with one disk."""

import getpass
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from minio import Minio
from minio.error import S3Error

from tests.servers import free_port, is_answered

__all__ = ["S3Server", "s3_server"]

REGION = "de-1"
_PATIENCE = 10.0
"""Seconds until a list must say what there is."""

_USER, _SECRET = "allianz:web", "geheim"
_GUEST, _GUEST_SECRET = "allianz:gast", "offen"

_STORE = """\
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
swift_dir = {work}
devices = {work}/disks
mount_check = false
user = {user}
log_level = ERROR
[pipeline:main]
pipeline = {name}-server
[app:{name}-server]
use = egg:swift#{name}
fallocate_reserve = 0
"""

_PROXY = """\
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
swift_dir = {work}
user = {user}
log_level = ERROR
[pipeline:main]
pipeline = catch_errors gatekeeper listing_formats s3api tempauth copy slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:tempauth]
use = egg:swift#tempauth
user_allianz_web = geheim .admin
user_allianz_gast = offen
[filter:s3api]
use = egg:swift#s3api
location = de-1
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
"""


@dataclass(frozen=True)
class S3Server:
    """Such a storage."""

    port: int
    processes: Mapping[str, "subprocess.Popen[bytes]"]

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def address(self, bucket: str, prefix: str = "", region: str = REGION) -> str:
        return f"s3://{bucket}/{prefix}?endpoint={self.endpoint}&region={region}"

    @property
    def keys(self) -> Mapping[str, str]:
        """What the environment holds for who may write."""
        return {"AWS_ACCESS_KEY_ID": _USER, "AWS_SECRET_ACCESS_KEY": _SECRET}

    @property
    def guest_keys(self) -> Mapping[str, str]:
        """The same for who may do nothing."""
        return {"AWS_ACCESS_KEY_ID": _GUEST, "AWS_SECRET_ACCESS_KEY": _GUEST_SECRET}

    @property
    def client(self) -> Minio:
        return Minio(f"127.0.0.1:{self.port}", _USER, _SECRET, secure=False, region=REGION)

    def contents(self, bucket: str, prefix: str = "") -> dict[str, bytes]:
        """Return the bytes of all objects by their keys after the prefix."""
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                return dict(self._objects(bucket, prefix))
            except S3Error as error:
                # Its lists lag behind: they may name for a while what was just removed.
                if error.code != "NoSuchKey" or time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def _objects(self, bucket: str, prefix: str) -> Iterator[tuple[str, bytes]]:
        client = self.client
        for item in client.list_objects(bucket, prefix, recursive=True):
            assert item.object_name is not None
            with client.get_object(bucket, item.object_name) as answer:
                yield item.object_name.removeprefix(prefix), answer.read()


@contextmanager
def s3_server(work: Path) -> Iterator[S3Server]:
    """Start a storage, with a folder to work in."""
    programs = Path(sys.executable).parent
    if not (programs / "swift-proxy-server").exists():
        pytest.skip("Swift is not installed (it runs on Linux only)")
    (work / "disks" / "d1").mkdir(parents=True)
    (work / "swift.conf").write_text("[swift-hash]\nswift_hash_path_prefix = a\nswift_hash_path_suffix = b\n")
    processes: dict[str, subprocess.Popen[bytes]] = {}
    with ExitStack() as stack:
        for name in ("account", "container", "object", "proxy"):
            port = free_port()
            if name != "proxy":
                _ring(programs, work, name, port)
            text = _PROXY if name == "proxy" else _STORE
            config = work / f"{name}-server.conf"
            config.write_text(text.format(name=name, port=port, work=work, user=getpass.getuser()))
            command = [str(programs / f"swift-{name}-server"), str(config)]
            said = stack.enter_context((work / f"{name}.log").open("w"))
            process = subprocess.Popen(command, stdout=said, stderr=said)
            stack.callback(process.wait, 10)
            stack.callback(process.terminate)
            processes[name] = process
            _wait(process, port, work / f"{name}.log")
        yield S3Server(port, processes)


def _ring(programs: Path, work: Path, name: str, port: int) -> None:
    """Write which disks there are."""
    builder = [str(programs / "swift-ring-builder"), str(work / f"{name}.builder")]
    for step in (("create", "2", "1", "0"), ("add", f"r1z1-127.0.0.1:{port}/d1", "1"), ("rebalance",)):
        subprocess.run([*builder, *step], check=True, capture_output=True)


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    for _ in range(600):
        assert process.poll() is None, log.read_text()
        if is_answered(port):
            return
        time.sleep(0.05)
    pytest.skip(f"Swift does not start: {log.read_text()[-500:]}")
