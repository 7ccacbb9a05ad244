"""Drawings that authors publish hold nothing but what is drawn."""

import base64
from pathlib import Path

import pytest
import resvg_py
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.rendering.files.errors import FileError
from generator.rendering.files.svg import sanitised
from tests.photographs import SECRET, opened, with_secrets
from tests.project import ROOT, load_cases
from tests.properties import property_settings
from tests.unwrapped import says

CASES = load_cases("drawings")
SVG = "http://www.w3.org/2000/svg"
START = f'xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'


def drawing(inner: str) -> bytes:
    return f"<svg {START}>{inner}</svg>".encode()


@pytest.mark.parametrize("text", CASES["attacks"])
def test_an_attack_is_taken_out_or_refused(text: str) -> None:
    data = text.replace("ROOT", START).encode()
    try:
        clean = sanitised(data)
    except FileError:
        return
    assert not says(clean, "ATTACKED")
    assert etree.fromstring(clean).tag == f"{{{SVG}}}svg"


@pytest.mark.parametrize("name", CASES["golden"])
def test_what_programs_write_down_is_taken_out(name: str) -> None:
    case = CASES["golden"][name]
    lines = sanitised(case["drawing"].encode()).decode().split("\n")
    assert [line for line in lines if line.strip()] == case["clean"].rstrip("\n").split("\n")


def test_what_is_clean_stays_as_it_is() -> None:
    for name, case in CASES["golden"].items():
        clean = sanitised(case["drawing"].encode())
        assert sanitised(clean) == clean, name


@pytest.mark.parametrize("file", sorted((ROOT / "content" / "bilder").glob("*.svg")), ids=lambda file: file.stem)
def test_a_drawing_looks_as_before(file: Path) -> None:
    data = file.read_bytes()
    pictures = [resvg_py.svg_to_bytes(svg_string=one.decode(), width=300) for one in (data, sanitised(data))]
    assert pictures[0] == pictures[1]


def test_an_embedded_photograph_says_nothing_of_itself() -> None:
    coded = base64.encodebytes(with_secrets("JPEG")).decode()
    data = drawing(f'<image width="9" height="9" xlink:href="data:image/jpeg;base64,{coded}"/>')
    assert says(data, SECRET)
    clean = sanitised(data)
    assert not says(clean, SECRET)
    (address,) = (value for node in etree.fromstring(clean) for name, value in node.attrib.items() if "href" in name)
    kind, _, coded = address.partition(";base64,")
    assert kind == "data:image/jpeg"
    assert opened(base64.b64decode(coded)).size == (1600, 900)


def test_a_drawing_that_would_take_forever_is_refused() -> None:
    one, more = '<g id="g0"><path/></g>', '<g id="g{}">' + '<use href="#g{}"/>' * 10 + "</g>"
    uses = one + "".join(more.format(number, *[number - 1] * 10) for number in range(1, 12))
    with pytest.raises(FileError, match="mehr als 100000 Teilen"):
        sanitised(drawing(uses))
    with pytest.raises(FileError, match="zeichnet sich selbst"):
        sanitised(drawing('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'))
    with pytest.raises(FileError):
        sanitised(drawing("<g>" * 1000 + "</g>" * 1000))


NAMES = st.sampled_from("svg g path script a use image style text foreignObject animate title metadata iframe".split())
VALUES = st.sampled_from(
    ["#a", "javascript:x", "https://example.org/", "url(#a)", "url(x)", "data:x", "@import", "a\\b"]
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from("id href onload style fill class xlink:href onclick d mask data-x".split()), VALUES, max_size=3
)


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> str:
    name = draw(NAMES)
    attributes = "".join(f' {key}="{value}"' for key, value in draw(ATTRIBUTES).items())
    inner = "".join(draw(st.lists(elements(depth - 1), max_size=3))) if depth else "x"
    return f"<{name}{attributes}>{inner}</{name}>"


@pytest.mark.slow
@property_settings(300)
@given(elements())
def test_no_drawing_keeps_anything_that_acts(inner: str) -> None:
    try:
        root = etree.fromstring(sanitised(drawing(inner)))
    except FileError:
        return
    for node in root.iter():
        assert etree.QName(node).localname not in {"a", "script", "foreignObject", "animate", "metadata", "iframe"}
        for name, value in node.attrib.items():
            assert not name.startswith(("on", "data-"))
            assert "href" not in name or value.startswith("#")
            assert name in {"id", "class"} or "url(x)" not in value
