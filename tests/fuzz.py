"""Strange texts, led by what parts of the program they reach: `make fuzz`.

The first byte of an input says which text of the project it replaces; the rest are the file's bytes. Seeds are the
texts of the tests' cases. What breaks a build is kept in the folder, as a file that can be given as an argument to see
it again; it belongs into ``tests/cases/fuzz``, mended.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

try:
    import atheris
except ImportError:
    sys.stderr.write(
        "Übersprungen: atheris gibt es für dieses Python nicht als fertiges Paket (requirements/fuzz.lock).\n"
    )
    sys.exit(0)

with atheris.instrument_imports(include=["generator", "markdown", "yaml"]):
    from tests.project import ROOT
    from tests.workbench import GOOD, PATHS, Workbench

_PLACES = list(PATHS.values())
_FOLDERS = {path.partition("/")[0]: number for number, path in enumerate(_PLACES)}


def main() -> None:
    """Try texts until the time is up: ``python -m tests.fuzz FOLDER [options of libFuzzer]``."""
    folder = Path(sys.argv[1])
    seeds = folder / "seeds"
    seeds.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(_seeds()):
        (seeds / f"{number:04}").write_bytes(seed)
    with TemporaryDirectory() as place:
        bench = Workbench(Path(place))

        def look(data: bytes) -> None:
            if data:
                found = bench.complaints(_PLACES[data[0] % len(_PLACES)], data[1:])
                assert found == []

        options = [f"-artifact_prefix={folder}/", "-timeout=20", "-rss_limit_mb=2000", "-max_len=4000", *sys.argv[2:]]
        atheris.Setup([sys.argv[0], *options, str(folder / "found"), str(seeds)], look)
        (folder / "found").mkdir(exist_ok=True)
        atheris.Fuzz()


def _seeds() -> Iterator[bytes]:
    """Yield the project's texts, and those of all cases, each for the place where its type is."""
    for number, path in enumerate(_PLACES):
        yield bytes([number]) + GOOD[path].encode()
    for file in sorted((ROOT / "tests" / "cases").glob("*/*.yml")):
        case = yaml.safe_load(file.read_text(encoding="utf-8"))
        texts = case.get("files") if isinstance(case, dict) else None
        for path, text in (texts or {}).items():
            if isinstance(text, str) and path.partition("/")[0] in _FOLDERS:
                yield bytes([_FOLDERS[path.partition("/")[0]]]) + text.encode()


if __name__ == "__main__":
    main()
