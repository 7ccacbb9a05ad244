"""Large results come back from their files, and what nobody asks for goes."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.cache import digest
from generator.file_cache import FileCache
from generator.folders import files_in

KEYS = [digest(str(number)) for number in range(3)]


def fill(folder: Path, maker: str = "one") -> None:
    with FileCache(folder, maker) as kept:
        for key in kept.missing(KEYS):
            kept.put(key, b"Bild " + key)


def test_kept_results_come_back(tmp_path: Path) -> None:
    fill(tmp_path)
    with FileCache(tmp_path, "one") as kept:
        assert kept.missing([*KEYS, digest("neu"), digest("neu")]) == [digest("neu")]
        assert [(kept.folder / kept.name(key)).read_bytes() for key in KEYS] == [b"Bild " + key for key in KEYS]


def test_unused_results_are_dropped(tmp_path: Path) -> None:
    fill(tmp_path)
    with FileCache(tmp_path, "one") as kept:
        kept.name(KEYS[1])
    assert files_in(tmp_path) == {f"one/{KEYS[1].hex()}"}


def test_a_failed_build_drops_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with FileCache(tmp_path, "one"):
            raise InterruptedError

    fill(tmp_path)
    with pytest.raises(InterruptedError):
        fail()
    assert len(files_in(tmp_path)) == len(KEYS)


def fill_folder(kept: FileCache, text: str = "neu") -> None:
    kept.fill({"a": KEYS[0]}, lambda folders: (folders["a"] / "b.txt").write_text(text) and None)


def test_a_folder_comes_back(tmp_path: Path) -> None:
    with FileCache(tmp_path, "one") as kept:
        fill_folder(kept)
    with FileCache(tmp_path, "one") as kept:
        assert kept.missing([KEYS[0]]) == []
        assert (kept.folder / kept.name(KEYS[0]) / "b.txt").read_text() == "neu"


def test_what_a_build_of_the_same_number_left_half_done_is_no_part_of_a_folder(tmp_path: Path) -> None:
    half = tmp_path / "one" / f"{KEYS[0].hex()}.{os.getpid()}"
    half.mkdir(parents=True)
    (half / "alt.txt").write_text("alt")
    with FileCache(tmp_path, "one") as kept:
        fill_folder(kept)
    assert files_in(tmp_path) == {f"one/{KEYS[0].hex()}/b.txt"}


def test_a_folder_that_could_not_be_filled_leaves_nothing(tmp_path: Path) -> None:
    def fail(folders: Mapping[str, Path]) -> None:
        fill_with(folders["a"], "halb")
        raise InterruptedError

    with FileCache(tmp_path, "one") as kept, pytest.raises(InterruptedError):
        kept.fill({"a": KEYS[0]}, fail)
    assert list((tmp_path / "one").iterdir()) == []


def test_what_several_builds_left_half_done_is_dropped(tmp_path: Path) -> None:
    for process in (os.getpid(), *range(2**22 + 1, 2**22 + 20)):
        half = tmp_path / "one" / f"{KEYS[0].hex()}.{process}"
        half.mkdir(parents=True)
        fill_with(half, "halb")
    with FileCache(tmp_path, "one"):
        pass
    assert files_in(tmp_path) == set()


def test_a_folder_that_another_build_was_quicker_to_fill_stays(tmp_path: Path) -> None:
    with FileCache(tmp_path, "one") as kept:
        fill_folder(kept, "zuerst")
        fill_folder(kept, "danach")
        assert (kept.folder / kept.name(KEYS[0]) / "b.txt").read_text() == "zuerst"
    assert files_in(tmp_path) == {f"one/{KEYS[0].hex()}/b.txt"}


def test_what_another_program_made_is_forgotten(tmp_path: Path) -> None:
    fill(tmp_path)
    fill(tmp_path, "two")
    assert files_in(tmp_path) == {f"two/{key.hex()}" for key in KEYS}


CUT_OFF = """
import os, sys
import subprocess
import sys
from pathlib import Path
from generator.file_cache import FileCache

def fill(folders):
    for number in range(20):
        (folders["index"] / str(number)).write_text("alt")

with FileCache(Path(sys.argv[1]), "one") as kept:
    kept.fill({"index": b"key"}, fill)
removed = 0

def watch(event, values):
    global removed
    if event == "os.remove":
        removed += 1
        if removed > 5:
            os._exit(9)

with FileCache(Path(sys.argv[1]), "one"):
    sys.addaudithook(watch)
"""


def test_what_is_cut_off_while_it_drops_a_folder_leaves_no_half_of_it(tmp_path: Path) -> None:
    assert subprocess.run([sys.executable, "-c", CUT_OFF, str(tmp_path)], check=False).returncode == 9
    with FileCache(tmp_path, "one") as kept:
        assert kept.missing([b"key"]) == [b"key"]
        kept.fill({"index": b"key"}, lambda folders: fill_with(folders["index"], "neu"))
        assert {file.read_text() for file in (tmp_path / kept.name(b"key")).iterdir()} == {"neu"}
    assert len(list(tmp_path.rglob("*/*"))) == 1 + 1


def fill_with(folder: Path, text: str) -> None:
    (folder / "a").write_text(text)
