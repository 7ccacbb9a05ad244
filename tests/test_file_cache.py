"""Large results come back from their files, and what nobody asks for goes."""

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


def test_what_another_program_made_is_forgotten(tmp_path: Path) -> None:
    fill(tmp_path)
    fill(tmp_path, "two")
    assert files_in(tmp_path) == {f"two/{key.hex()}" for key in KEYS}
