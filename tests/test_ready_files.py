"""Files that lie ready come into the site with their folders."""

from pathlib import Path, PurePosixPath

from generator.model.public_file import PublicFile
from generator.ready_files import authored_copy, place


def test_a_file_is_taken_over_with_its_folders(tmp_path: Path) -> None:
    (tmp_path / "made").write_bytes(b"Plan")
    file = PublicFile(origin=tmp_path / "made", identity="1", size=4)
    copy = authored_copy(PurePosixPath("bilder/Plan ä.pdf"), file)
    assert (copy.path, copy.url) == ("bilder/Plan ä.pdf", "bilder/Plan%20%C3%A4.pdf")
    place([copy], tmp_path / "site")
    assert (tmp_path / "site" / "bilder" / "Plan ä.pdf").read_bytes() == b"Plan"
