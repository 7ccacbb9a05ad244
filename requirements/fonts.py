"""Makes the fonts in `generator/rendering/drawing/fonts` from the npm package @fontsource/public-sans.

    npm pack @fontsource/public-sans@5.3.0 && tar xzf fontsource-public-sans-5.3.0.tgz
    pip install fonttools==4.68.0 uharfbuzz==0.57.0    # in an environment of their own
    python requirements/fonts.py package

Each font gets the glyphs of European languages in Latin letters. A file beside it says which signs these are, and how
much closer or wider certain pairs of them stand: Pillow tells neither without libraries that not every machine has.
"""

import json
import sys
from itertools import product
from pathlib import Path

import uharfbuzz
from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "generator" / "rendering" / "drawing" / "fonts"
WEIGHTS = {"Bold": 700, "Medium": 500}
LETTERS = {*range(0x20, 0x250), *range(0x1E00, 0x1F00), *range(0x2000, 0x2070), *map(ord, "€™←↑→↓−№")}
KERNED = "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜabcdefghijklmnopqrstuvwxyzäöüß0123456789.,:;-–„“”‚‘’!?()/&éèáàçñ"
SEEN = 20
"""Thousandths of half an em: a pixel at the size of a title; less is not seen."""


def make(package: Path, name: str, weight: int) -> None:
    """Make a font from the parts of the package, and the file beside it."""
    parts = [package / "files" / f"public-sans-{part}-{weight}-normal.woff" for part in ("latin", "latin-ext")]
    target = FONTS / f"PublicSans-{name}.ttf"
    plain = []
    for part in parts:
        font = TTFont(part)
        font.flavor = None
        for layout in {"GPOS", "GSUB", "GDEF", "STAT"} & set(font.keys()):
            del font[layout]
        plain.append(target.with_suffix(f".{part.stem}"))
        font.save(plain[-1])
    font = Merger().merge([str(file) for file in plain])
    for file in plain:
        file.unlink()
    options = Options(hinting=False, name_IDs=[0, 1, 2, 4, 6, 13, 14], notdef_outline=True, glyph_names=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    # A font made again from the same sources has the same bytes.
    font["head"].created = font["head"].modified = TTFont(parts[0])["head"].modified
    font.recalcTimestamp = False
    font.save(target)
    facts = {
        "signs": "".join(map(chr, sorted(font.getBestCmap()))),
        "pairs": {one: pairs for one in KERNED if (pairs := kerning(parts[0], one))},
    }
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    target.with_suffix(".json").write_text(f"{text}\n", encoding="utf-8")


def kerning(part: Path, one: str) -> dict[str, int]:
    """Return by how much a letter's distance to each next one differs from the usual one, where it is seen."""
    font = TTFont(part)
    font.flavor = None
    plain = part.with_suffix(".plain.ttf")
    if not plain.exists():
        font.save(plain)
    shaper = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(plain))))
    cmap = font.getBestCmap()
    found = {}
    for first, second in product(one, KERNED):
        if ord(first) in cmap and ord(second) in cmap:
            buffer = uharfbuzz.Buffer()
            buffer.add_str(first + second)
            buffer.guess_segment_properties()
            uharfbuzz.shape(shaper, buffer, {"liga": False, "calt": False})
            usual = shaper.get_glyph_h_advance(shaper.get_nominal_glyph(ord(first)))
            difference = buffer.glyph_positions[0].x_advance - usual
            if abs(difference) >= SEEN:
                found[second] = difference
    return found


if __name__ == "__main__":
    for name, weight in WEIGHTS.items():
        make(Path(sys.argv[1]), name, weight)
