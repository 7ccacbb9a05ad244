"""A site is published to a folder, a real ssh server and a real S3 storage, whole, and only what is different."""

import os
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path

import pytest

from generator.channels.server.answers import cache_control
from generator.channels.server.kinds import media_type
from generator.folders import files_in
from generator.manifest import MANIFEST
from generator.publishing.note import NOTES
from generator.publishing.order import phases
from generator.publishing.releases import RELEASES
from tests.conftest import run
from tests.cut_off import cut_off
from tests.interrupted import Files, write_content
from tests.s3_server import S3Server, s3_server
from tests.servers import free_port
from tests.ssh_server import SshServer, ssh_server
from tests.test_no_room import small_disk

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups of this kind"),
]

SHORT, FULL = 1, 40
"""Kills of each kind of target."""

TARGETS = ("folder", "ssh", "s3")
OURS = {".schaukasten.lock", ".schaukasten.rsync.lock"}
"""What a publication leaves on a server."""


@dataclass(frozen=True)
class Target:
    """A place that is published to."""

    address: str
    contents: Callable[[], Files]
    """What a web server would find there."""

    put: Callable[[str, bytes], None]
    """Somebody else writes a file there."""

    environment: Mapping[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    with ssh_server(tmp_path_factory.mktemp("ssh")) as server:
        yield server


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    with s3_server(tmp_path_factory.mktemp("s3")) as server:
        server.client.make_bucket("allianz")
        yield server


@pytest.fixture
def target(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Target:
    folder = tmp_path / "mein ziel"
    match kind:
        case "folder":
            current = folder / "current"
            return Target(str(folder), lambda: found(current), lambda path, data: write(current / path, data))
        case "ssh":
            server = request.getfixturevalue("ssh")
            address = server.address(f"{tmp_path}/mein%20ziel")
            return Target(address, lambda: found(folder), lambda path, data: write(folder / path, data))
        case _:
            return in_bucket(request.getfixturevalue("s3"), f"{tmp_path.name}/")


def in_bucket(server: S3Server, prefix: str) -> Target:
    def put(path: str, data: bytes) -> None:
        server.client.put_object("allianz", prefix + path, BytesIO(data), len(data))

    return Target(
        server.address("allianz", prefix), lambda: server.contents("allianz", prefix), put, environment=server.keys
    )


def found(folder: Path) -> Files:
    """Return the files of a folder; those that rsync is about to write have other names."""
    return {
        path: (folder / path).read_bytes()
        for path in files_in(folder)
        if path not in OURS and not (Path(path).name.startswith(".") and len(Path(path).suffix) == 7)
    }


def write(file: Path, data: bytes) -> None:
    file.unlink(missing_ok=True)  # it may be a link
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


@dataclass(frozen=True)
class Project:
    folder: Path
    site: Files


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Project]:
    """Projects with their sites, by the names of their contents."""
    result = {}
    for name in ("old", "edited"):
        folder = tmp_path_factory.mktemp(name)
        write_content(folder, name)
        built = run("build", folder=folder)
        assert built.returncode == 0, built.stderr
        result[name] = Project(folder, found(folder / "build" / "site"))
    return result


def command(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).parent / "schaukasten"), "publish", *arguments]


def publish(
    project: Project, target: Target, *options: str, program: list[str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command, or another program, in the project's folder."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return subprocess.run(
        program or command(target.address, *options),
        cwd=project.folder,
        env={**clean, **target.environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def said(result: subprocess.CompletedProcess[str]) -> str:
    """Return the German message with which a run has failed."""
    assert result.returncode == 1, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    return result.stderr.strip().split("\n")[-1]


@pytest.mark.parametrize("kind", TARGETS)
def test_a_site_is_published_whole_and_then_only_what_is_different(
    target: Target, projects: Mapping[str, Project]
) -> None:
    old, edited = projects["old"], projects["edited"]
    first = publish(old, target)
    assert first.returncode == 0, first.stderr
    assert f"{len(old.site)} neu, 0 geändert, 0 gelöscht" in first.stdout
    assert target.contents() == old.site
    assert "schon alles auf diesem Stand" in publish(old, target).stdout

    shown = publish(edited, target, "--dry-run", "--allow-vanish").stdout.split("\n")
    assert target.contents() == old.site
    different = {path for path in edited.site if edited.site[path] != old.site.get(path)}
    gone = old.site.keys() - edited.site.keys()
    assert {line[10:] for line in shown if line.startswith(("neu ", "geändert "))} == different
    assert {line[10:] for line in shown if line.startswith("gelöscht ")} == gone

    second = publish(edited, target, "--allow-vanish")
    assert second.returncode == 0, second.stderr
    assert f"{len(gone)} gelöscht" in second.stdout
    assert target.contents() == edited.site


@pytest.mark.parametrize("kind", TARGETS)
def test_what_was_damaged_there_is_put_right(target: Target, projects: Mapping[str, Project]) -> None:
    old = projects["old"]
    publish(old, target)
    target.put("index.html", b"fremd")
    assert "0 neu, 1 geändert" in publish(old, target).stdout
    assert target.contents() == old.site


@pytest.mark.parametrize("kind", ["ssh", "s3"])
def test_what_is_of_others_stays(target: Target, projects: Mapping[str, Project]) -> None:
    publish(projects["old"], target)
    target.put("statistik/index.php", b"fremd")
    assert publish(projects["edited"], target, "--allow-vanish").returncode == 0
    assert target.contents() == {**projects["edited"].site, "statistik/index.php": b"fremd"}


@pytest.mark.parametrize("kind", TARGETS)
def test_nothing_that_is_published_vanishes_silently(target: Target, projects: Mapping[str, Project]) -> None:
    publish(projects["old"], target)
    result = publish(projects["edited"], target)
    assert result.returncode == 1
    assert "Die veröffentlichte Seite /termine/2026-11-28-exkursion/ gibt es nicht mehr." in result.stderr
    assert target.contents() == projects["old"].site


@pytest.mark.parametrize("kind", ["folder", "ssh"])
def test_a_manifest_that_is_none_is_replaced_only_when_asked(target: Target, projects: Mapping[str, Project]) -> None:
    publish(projects["old"], target)
    target.put(MANIFEST, b"\xff fremd")
    place = target.address.partition("?")[0]
    result = publish(projects["old"], target)
    assert result.returncode == 1
    assert result.stderr.split("\n")[0] == (
        f"{place}/{MANIFEST}:1: Am Ziel liegt eine {MANIFEST}, die nicht von Schaukasten ist, oder ein neueres hat sie "
        "geschrieben. Die Adresse prüfen; soll sie ersetzt werden, „--allow-vanish“ angeben."
    )
    assert target.contents()[MANIFEST] == b"\xff fremd"
    assert publish(projects["old"], target, "--allow-vanish").returncode == 0
    assert target.contents() == projects["old"].site


IN_FULL = {
    ("test_what_was_damaged_there_is_put_right", "s3"),
    ("test_what_is_of_others_stays", "s3"),
    ("test_two_at_once_do_no_harm", "s3"),
    ("test_what_is_killed_leaves_a_working_site_and_the_next_run_finishes_it", "folder"),
}
"""What takes long and is tried with another kind of target in the short form."""


@pytest.fixture(autouse=True)
def _in_the_long_form(request: pytest.FixtureRequest) -> None:
    kind = getattr(request.node, "callspec", None) and request.node.callspec.params.get("kind")
    if (request.node.originalname, kind) in IN_FULL and not request.config.getoption("--full"):
        pytest.skip("in the long form")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(FULL if metafunc.config.getoption("--full") else SHORT))


@pytest.mark.parametrize("kind", TARGETS)
def test_what_is_killed_leaves_a_working_site_and_the_next_run_finishes_it(
    seed: int, target: Target, projects: Mapping[str, Project]
) -> None:
    draw = random.Random(f"{seed} {target.address.partition(':')[0]}")
    old, new = projects["old"], projects["edited"]
    if seed % 4:
        assert publish(old, target).returncode == 0
    before = target.contents()
    killed(new, target, seconds=draw.uniform(0.3, 3.0), group=draw.random() < 0.5)
    assert works(target.contents(), before, new.site)
    if draw.random() < 0.5:
        killed(old, target, seconds=draw.uniform(0.3, 3.0), group=draw.random() < 0.5)
    result = publish(new, target, "--allow-vanish")
    if "Eine andere Veröffentlichung hat inzwischen begonnen" in result.stderr:
        # What somebody had asked a storage for before he was killed may be done after that.
        result = publish(new, target, "--allow-vanish")
    assert result.returncode == 0, result.stderr
    assert target.contents() == new.site


def killed(project: Project, target: Target, *, seconds: float, group: bool) -> None:
    """Begin to publish, and kill all processes after a while, or the first one alone."""
    environment = {**os.environ, **target.environment}
    with subprocess.Popen(
        command(target.address, "--allow-vanish"),
        cwd=project.folder,
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        with suppress(ProcessLookupError):
            (os.killpg if group else os.kill)(process.pid, signal.SIGKILL)


def works(files: Files, old: Files, new: Files) -> bool:
    """Tell whether what is there works: each file is whole, what was there is there, and pages have what they need."""
    there = {path: data for path, data in files.items() if not path.startswith(NOTES)}
    if there.get(MANIFEST) == new[MANIFEST]:
        return all(there.get(path) == data for path, data in new.items())
    assert old.keys() <= there.keys()
    assert all(data in (old.get(path), new.get(path)) for path, data in there.items())
    order = [path for phase in phases(path for path in new if new[path] != old.get(path)) for path in phase]
    written = [there.get(path) == new[path] for path in order]
    pages = [number for number, path in enumerate(order) if path.endswith(".html")]
    begun = any(written[number] for number in pages)
    return not begun or all(written[: pages[0]])


@pytest.mark.parametrize("kind", TARGETS)
def test_two_at_once_do_no_harm(target: Target, projects: Mapping[str, Project]) -> None:
    environment = {**os.environ, **target.environment}
    runs = []
    for name in ("old", "edited"):
        runs.append(
            subprocess.Popen(
                command(target.address, "--allow-vanish"),
                cwd=projects[name].folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        time.sleep(0.3)
    ends = [(process.communicate(timeout=120), process.returncode) for process in runs]
    assert 0 in [code for _, code in ends], ends
    assert all(code == 0 or "Eine andere Veröffentlichung hat" in output[1] for output, code in ends), ends
    assert target.contents() in [project.site for project in projects.values()]


WRONG: Mapping[str, tuple[Callable[[SshServer, Path], str], str]] = {
    "unknown host": (
        lambda _, folder: f"ssh://nirgends.invalid{folder}",
        "Einen Rechner mit diesem Namen gibt es nicht. Den Namen in der Adresse",
    ),
    "refused port": (
        lambda ssh, folder: ssh.address(folder, port=free_port()),
        "Der Rechner nimmt auf diesem Port keine Verbindung mit ssh an. Den Port",
    ),
    "refused key": (
        lambda ssh, folder: ssh.address(folder, config="stranger"),
        "Der Server lässt niemanden mit diesem Schlüssel herein. Benutzernamen prüfen",
    ),
    "unknown host key": (
        lambda ssh, folder: ssh.address(folder, config="careful"),
        "Der Schlüssel des Servers ist hier noch nicht bekannt. Einmal „ssh ",
    ),
    "other host key": (
        lambda ssh, folder: ssh.address(folder, config="deceived"),
        "Der Server weist sich mit einem anderen Schlüssel aus als bisher. Beim Betreiber",
    ),
    "no such folder": (
        lambda ssh, folder: ssh.address(folder / "fehlt" / "site"),
        "Den Ordner gibt es auf dem Server nicht. Ihn dort anlegen oder",
    ),
    "a file": (
        lambda ssh, folder: ssh.address(folder / "datei"),
        "Auf dem Server liegt eine Datei, wo ein Ordner sein muss",
    ),
    "no configuration": (
        lambda ssh, folder: ssh.address(folder, config="fehlt"),
        "Die Einstellungen von ssh oder die Rechte des Schlüssels stimmen nicht.",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_a_server_refuses_is_told(
    wrong: str, ssh: SshServer, tmp_path: Path, projects: Mapping[str, Project]
) -> None:
    (tmp_path / "datei").touch()
    address, words = WRONG[wrong]
    target = Target(address(ssh, tmp_path), dict, lambda *_: None)
    told = said(publish(projects["old"], target))
    assert told.startswith(f"{target.address}:1: {words}")
    assert files_in(tmp_path) == {"datei"}


def test_the_old_key_of_a_server_is_forgotten_by_the_command_that_is_told(
    ssh: SshServer, tmp_path: Path, projects: Mapping[str, Project]
) -> None:
    known = ssh.work / "changed_hosts"
    before = known.read_bytes()
    target = Target(ssh.address(tmp_path, config="deceived"), dict, lambda *_: None)
    told = re.search("„(ssh-keygen .*)“", said(publish(projects["old"], target)))
    assert told is not None
    try:
        subprocess.run(shlex.split(told[1]), check=True, capture_output=True)
        assert known.read_bytes() == b""
    finally:
        known.write_bytes(before)


def test_a_full_disk_of_a_server_is_told(ssh: SshServer, tmp_path: Path, projects: Mapping[str, Project]) -> None:
    with small_disk(tmp_path / "ziel") as resize:
        resize(200)
        target = Target(ssh.address(tmp_path / "ziel"), lambda: found(tmp_path / "ziel"), lambda *_: None)
        assert "Der Datenträger des Servers ist voll." in said(publish(projects["old"], target))
        resize(64 << 10)
        assert publish(projects["old"], target).returncode == 0
        assert target.contents() == projects["old"].site


_OTHER_TIME = """
import datetime, sys, minio.api
real = minio.api.time.utcnow
minio.api.time.utcnow = lambda: real() + datetime.timedelta(hours=3)
from generator.__main__ import main
sys.argv = ["schaukasten", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("bucket", "Den Bucket gibt es nicht. Ihn anlegen"),
        ("secret", "Der Speicher kennt diesen Zugang nicht. AWS_ACCESS_KEY_ID"),
        ("guest", "Mit diesem Zugang darf man das hier nicht. Gebraucht werden"),
        ("nobody", "Es ist kein Zugang zum Speicher angegeben. AWS_ACCESS_KEY_ID"),
        ("region", "Der Bucket liegt in einer anderen Region. Die richtige"),
        ("endpoint", "Der Speicher ist nicht zu erreichen. Die Adresse hinter"),
        ("name", "So kann kein Bucket heißen. Den Namen"),
        ("clock", "Die Uhr dieses Rechners geht falsch"),
    ],
)
def test_what_a_storage_refuses_is_told(
    wrong: str, words: str, s3: S3Server, tmp_path: Path, projects: Mapping[str, Project]
) -> None:
    addresses = {
        "bucket": s3.address("fehlt"),
        "region": s3.address("allianz", region="us-east-1"),
        "name": s3.address("Allianz_Süd"),
        "endpoint": f"s3://allianz?endpoint=http://127.0.0.1:{free_port()}&region=de-1",
    }
    keys = {
        "secret": {**s3.keys, "AWS_SECRET_ACCESS_KEY": "falsch"},
        "guest": s3.guest_keys,
        "nobody": {"AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "fehlt")},
    }
    target = Target(
        addresses.get(wrong, s3.address("allianz", "falsch/")), dict, lambda *_: None, keys.get(wrong, s3.keys)
    )
    program = [sys.executable, "-c", _OTHER_TIME, "publish", target.address] if wrong == "clock" else None
    told = said(publish(projects["old"], target, program=program))
    assert told.startswith(f"{target.address}:1: {words}")
    assert s3.contents("allianz", "falsch/") == {}


@pytest.mark.parametrize("kind", ["ssh", "s3"])
def test_a_way_that_is_cut_off_is_gone_again(
    kind: str, ssh: SshServer, s3: S3Server, tmp_path: Path, projects: Mapping[str, Project]
) -> None:
    port, cuts = (ssh.port, [20_000, 150_000]) if kind == "ssh" else (s3.port, [100_000] * 9)
    with cut_off(port, cuts) as other:
        if kind == "ssh":
            target = Target(ssh.address(tmp_path / "ziel", port=other), lambda: found(tmp_path / "ziel"), write)
        else:
            there = in_bucket(s3, f"{tmp_path.name}/")
            target = replace(there, address=there.address.replace(f":{port}", f":{other}"))
        result = publish(projects["old"], target)
        assert result.returncode == 0, result.stderr
    assert cuts == []
    assert target.contents() == projects["old"].site


def test_a_storage_is_told_what_each_file_is(s3: S3Server, tmp_path: Path, projects: Mapping[str, Project]) -> None:
    prefix = f"{tmp_path.name}/"
    assert publish(projects["old"], in_bucket(s3, prefix)).returncode == 0
    for path in projects["old"].site:
        told = s3.client.stat_object("allianz", prefix + path)
        assert told.content_type == media_type(path)
        assert told.metadata is not None
        assert told.metadata["Cache-Control"] == cache_control(path)
    assert {cache_control(path).rpartition(" ")[2] for path in projects["old"].site} == {
        "max-age=300",
        "max-age=86400",
        "immutable",
    }


def test_a_site_that_was_changed_by_hand_is_refused(tmp_path: Path, projects: Mapping[str, Project]) -> None:
    folder = shutil.copytree(projects["old"].folder, tmp_path / "projekt")
    (folder / "build/site/index.html").write_text("von Hand")
    (folder / "build/site/neu.html").write_text("auch")
    target = Target(str(tmp_path / "ziel"), dict, write)
    result = publish(Project(folder, {}), target)
    assert result.returncode == 1
    site = folder / "build" / "site"
    assert result.stderr.split("\n")[:2] == [
        f"{site}/{name}:1: Diese Datei ist nicht die, die gebaut wurde. "
        "Die Seite mit „schaukasten build“ neu bauen; in build/site nichts von Hand ändern."
        for name in ("index.html", "neu.html")
    ]
    assert not (tmp_path / "ziel").exists()


def test_releases_share_their_files_and_the_oldest_go(tmp_path: Path, projects: Mapping[str, Project]) -> None:
    address = f"{tmp_path}/ziel?keep=1"
    target = Target(address, lambda: found(tmp_path / "ziel" / "current"), write)
    for name in ("old", "edited", "old", "edited"):
        assert publish(projects[name], target, "--allow-vanish").returncode == 0
        assert target.contents() == projects[name].site
    releases = [item for item in (tmp_path / "ziel" / RELEASES).iterdir() if item.name != "lock"]
    assert len(releases) == 2
    one, other = ((release / "assets" / "schaukasten.css").stat() for release in releases)
    assert one.st_ino == other.st_ino
    assert sorted(os.listdir(tmp_path / "ziel")) == [RELEASES, "current"]


@pytest.mark.parametrize(
    ("settings", "arguments", "words"),
    [
        ("", (), "mkdocs.yml:1: Wohin veröffentlicht werden soll, ist nicht gesagt. Eines nennen, oder in mkdocs.yml"),
        ("{a: /a, b: /b}", (), "mkdocs.yml:1: Wohin veröffentlicht werden soll, ist nicht gesagt. Eines nennen: a, b."),
        ("{a: /a}", ("c",), "mkdocs.yml:1: Ein Ziel „c“ gibt es nicht. Möglich sind: a, oder eine Adresse."),
        ("{a: 7}", ("a",), "mkdocs.yml:1: Das Ziel „a“ ist keine Adresse. Eine eintragen, zum Beispiel „a: /srv"),
        ("{a: ftp://x}", ("a",), "mkdocs.yml:1: „ftp://“ kennt Schaukasten nicht."),
        ("", ("ftp://x",), "ftp://x:1: „ftp://“ kennt Schaukasten nicht."),
        ("", ("ssh://web:geheim@host/srv",), "ssh://…@host/srv:1: In einer Adresse hat ein Passwort nichts"),
        ("{a: ssh://web:geheim@host/srv}", (), "mkdocs.yml:1: In einer Adresse hat ein Passwort nichts"),
        ("", ("web:geheim@host",), "mkdocs.yml:1: Ein Ziel „web:…@host“ gibt es nicht."),
        ("{a: ziel}", ("a",), ""),
        ("{a: ziel}", (), ""),
    ],
)
def test_a_target_has_a_name(
    settings: str, arguments: tuple[str, ...], words: str, tmp_path: Path, projects: Mapping[str, Project]
) -> None:
    folder = shutil.copytree(projects["old"].folder, tmp_path / "projekt")
    config = folder / "mkdocs.yml"
    plugin = f"plugins: [{{schaukasten: {{publish: {settings}}}}}]" if settings else "plugins: [schaukasten]"
    config.write_text(config.read_text(encoding="utf-8").replace("plugins: [schaukasten]", plugin), encoding="utf-8")
    program = [*command()[:1], "publish", *arguments]
    result = publish(Project(folder, {}), Target("", dict, write), program=program)
    if words:
        assert said(result).startswith(words)
    else:
        assert found(folder / "ziel" / "current") == projects["old"].site
