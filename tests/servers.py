"""Real web servers for a built site, on this machine alone, with the configuration that a build writes for them."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

__all__ = ["SERVERS", "free_port", "is_answered", "running"]

_NGINX = """\
{user}
daemon off;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        include {configuration}/nginx.conf;
    }}
}}
"""

_APACHE_MODULES = "mpm_event authz_core alias autoindex deflate dir filter headers mime".split()
_APACHE_FOLDER = Path("/usr/lib/apache2/modules")
"""Where Debian has them."""

_APACHE = """\
ServerRoot {work}
ServerName test.example.org
PidFile {work}/apache.pid
TypesConfig /dev/null
ErrorLog {work}/error.log
Mutex file:{work}
Listen 127.0.0.1:{port}
{modules}
{user}
<Directory />
    AllowOverride None
    Require all denied
</Directory>
DocumentRoot {root}
<Directory {root}>
    Options Indexes
    AllowOverride FileInfo Indexes
    Require all granted
</Directory>
"""


def _nginx(work: Path, root: Path, configuration: Path, port: int) -> list[str]:
    user = "user root;" if os.geteuid() == 0 else ""
    text = _NGINX.format(user=user, work=work, port=port, root=root, configuration=configuration)
    (work / "nginx.conf").write_text(text, encoding="utf-8")
    return ["nginx", "-p", str(work), "-e", f"{work}/error.log", "-c", f"{work}/nginx.conf"]


def _apache(work: Path, root: Path, _configuration: Path, port: int) -> list[str]:
    modules = "\n".join(f"LoadModule {name}_module {_APACHE_FOLDER}/mod_{name}.so" for name in _APACHE_MODULES)
    user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
    (work / "apache.conf").write_text(_APACHE.format(work=work, port=port, root=root, modules=modules, user=user))
    return ["apache2", "-f", f"{work}/apache.conf", "-DFOREGROUND"]


SERVERS: Mapping[str, Callable[[Path, Path, Path, int], list[str]]] = {"nginx": _nginx, "apache2": _apache}
"""By the name of its program: what writes a server's own settings and returns the command that starts it.

It is given a folder to work in, the folder that holds the host's files, the one with the configuration that the build
wrote, and a port."""


@contextmanager
def running(name: str, host: Path, configuration: Path) -> Iterator[str]:
    """Serve the files of a host with a real server, and yield the address of the host's root, without a last slash."""
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed (Debian: apt-get install nginx-light apache2-bin)")
    # Not pytest's folder: a server gives up its rights, and must not read those of others.
    with TemporaryDirectory(prefix="schaukasten-") as folder:
        work = Path(folder)
        work.chmod(0o755)
        root = shutil.copytree(host, work / "host")
        port = free_port()
        command = SERVERS[name](work, root, configuration, port)
        with (work / "said.log").open("w") as said:
            process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        try:
            _wait(process, port, work)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def is_answered(port: int) -> bool:
    """Tell whether somebody listens on a port."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def _wait(process: subprocess.Popen[bytes], port: int, work: Path) -> None:
    for _ in range(100):
        assert process.poll() is None, _said(work)
        if is_answered(port):
            return
        time.sleep(0.1)
    pytest.fail(f"No answer after ten seconds: {_said(work)}")


def _said(work: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8") for log in sorted(work.glob("*.log")))
