"""The cache gives back what it was given, lets go what nobody asks for, and its loss costs nothing but time."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cache import Cache, digest
from tests.properties import property_settings

KEYS = [digest(str(number)) for number in range(200)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "results.sqlite"


def fill(file: Path) -> None:
    with Cache(file, "one") as cache:
        for key in KEYS:
            cache.get(key)
        cache.put((key, f"Text {number} ".encode() * 40) for number, key in enumerate(KEYS))


def test_kept_results_come_back(file: Path) -> None:
    fill(file)
    with Cache(file, "one") as cache:
        assert [cache.get(key) for key in KEYS] == [f"Text {number} ".encode() * 40 for number in range(len(KEYS))]
        assert cache.get(digest("unbekannt")) is None


def test_what_is_put_in_without_being_asked_for_is_kept(file: Path) -> None:
    with Cache(file, "one") as cache:
        cache.put([(KEYS[0], b"Text")])
    with Cache(file, "one") as cache:
        assert cache.get(KEYS[0]) == b"Text"


def test_a_result_put_in_again_replaces_the_old_one(file: Path) -> None:
    fill(file)
    with Cache(file, "one") as cache:
        cache.get(KEYS[0])
        cache.put([(KEYS[0], b"neu")])
    with Cache(file, "one") as cache:
        assert cache.get(KEYS[0]) == b"neu"


def test_unused_results_are_dropped(file: Path) -> None:
    fill(file)
    with Cache(file, "one") as cache:
        assert cache.get(KEYS[7])
    with Cache(file, "one") as cache:
        assert [key for key in KEYS if cache.get(key)] == [KEYS[7]]


def test_a_failed_build_drops_nothing_and_keeps_what_it_made(file: Path) -> None:
    def fail() -> None:
        with Cache(file, "one") as cache:
            cache.get(digest("neu"))
            cache.put([(digest("neu"), b"Text")])
            raise InterruptedError

    fill(file)
    with pytest.raises(InterruptedError):
        fail()
    with Cache(file, "one") as cache:
        assert [cache.get(key) is not None for key in (KEYS[7], digest("neu"))] == [True, True]


def test_what_another_program_made_is_forgotten(file: Path) -> None:
    fill(file)
    with Cache(file, "two") as cache:
        assert [key for key in KEYS if cache.get(key)] == []
        cache.put([(KEYS[0], b"zwei")])
    with Cache(file, "two") as cache:
        assert cache.get(KEYS[0]) == b"zwei"


def garbage(file: Path) -> None:
    file.write_bytes(b"Das ist keine Datenbank. " * 500)


def cut_off(file: Path) -> None:
    os.truncate(file, 5000)


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def broken_inside(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))


def of_another_version(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as store:
        store.execute("CREATE TABLE results (a, b, c)")


DAMAGES = [garbage, cut_off, emptied, broken_inside, of_another_version]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_is_made_anew(damage: Callable[[Path], None], file: Path) -> None:
    fill(file)
    damage(file)
    with Cache(file, "one") as cache:
        assert [key for key in KEYS if cache.get(key)] == []
    fill(file)
    with Cache(file, "one") as cache:
        assert cache.get(KEYS[0])


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
@property_settings()
def test_different_parts_have_different_digests(first: list[str], second: list[str]) -> None:
    assert (digest(*first) == digest(*second)) == (first == second)


def test_text_and_its_bytes_have_the_same_digest() -> None:
    assert digest("Größe") == digest("Größe".encode())


def test_a_store_that_another_build_uses_is_left_to_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.cache._PATIENCE", 0.1)
    fill(file)
    with Cache(file, "one") as first:
        with Cache(file, "one") as second:
            assert second.get(KEYS[0]) is None
            second.put([(KEYS[0], b"anders")])
        assert [key for key in KEYS if first.get(key)] == KEYS
    with Cache(file, "one") as cache:
        assert cache.get(KEYS[0]) == b"Text 0 " * 40


def test_what_a_full_store_cannot_take_is_lost_without_harm(file: Path) -> None:
    fill(file)
    with Cache(file, "one") as cache:
        cache._store.execute("PRAGMA max_page_count = 2")
        cache.put([(digest("groß"), b"x" * 1_000_000)])
        assert cache.get(KEYS[0]) == b"Text 0 " * 40
    with Cache(file, "one") as cache:
        assert cache.get(digest("groß")) is None
