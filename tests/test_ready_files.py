"""Files that lie ready come into the site as they are, and follow their source."""

import os
from pathlib import Path, PurePosixPath

from generator.ready_files import authored_copy, place


def test_a_file_is_taken_over_with_its_folders(tmp_path: Path) -> None:
    (tmp_path / "content" / "bilder").mkdir(parents=True)
    (tmp_path / "content" / "bilder" / "Plan ä.pdf").write_bytes(b"Plan")
    copy = authored_copy(tmp_path / "content", PurePosixPath("bilder/Plan ä.pdf"))
    assert (copy.path, copy.url) == ("bilder/Plan ä.pdf", "bilder/Plan%20%C3%A4.pdf")
    place([copy], tmp_path / "site")
    assert (tmp_path / "site" / "bilder" / "Plan ä.pdf").read_bytes() == b"Plan"


def test_a_file_that_changes_is_another(tmp_path: Path) -> None:
    file = tmp_path / "a.svg"
    file.write_text("<svg/>")
    os.utime(file, ns=(1, 1))
    copies = [authored_copy(tmp_path, PurePosixPath("a.svg")) for _ in range(2)]
    file.write_text("<svg></svg>")
    os.utime(file, ns=(1, 1))
    copies.append(authored_copy(tmp_path, PurePosixPath("a.svg")))
    os.utime(file, ns=(2, 2))
    copies.append(authored_copy(tmp_path, PurePosixPath("a.svg")))
    assert copies[0] == copies[1]
    assert len({copy.identity for copy in copies}) == 3
