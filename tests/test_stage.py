"""The stage holds exactly what the channels made, and what has not changed is not touched."""

from pathlib import Path

from generator.channels.output import File
from generator.folders import files_in
from generator.stage import write_stage


def file(path: str, text: str) -> File:
    return File(path=path, url=path, contents=text.encode())


def test_unchanged_files_keep_their_time(tmp_path: Path) -> None:
    stage = tmp_path / "docs"
    write_stage(stage, [file("a.md", "a"), file("b/c.xml", "c")])
    before = {path: (stage / path).stat().st_mtime_ns for path in files_in(stage)}
    write_stage(stage, [file("a.md", "new"), file("b/c.xml", "c")])
    assert (stage / "b/c.xml").stat().st_mtime_ns == before["b/c.xml"]
    assert (stage / "a.md").read_text() == "new"


def test_what_is_gone_is_removed_with_its_folder(tmp_path: Path) -> None:
    stage = tmp_path / "docs"
    write_stage(stage, [file("a.md", "a"), file("b/c/d.xml", "d")])
    write_stage(stage, [file("a.md", "a")])
    assert files_in(stage) == {"a.md"}
    assert not (stage / "b").exists()


def test_the_same_bytes_have_the_same_digest(tmp_path: Path) -> None:
    stage = tmp_path / "docs"
    first = write_stage(stage, [file("a.md", "a"), file("b.md", "b")])
    second = write_stage(stage, [file("b.md", "b"), file("a.md", "a")])
    assert first == second
    assert first["a.md"] != first["b.md"]
