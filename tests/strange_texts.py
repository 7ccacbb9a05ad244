"""Texts as nobody should write them: near the grammar of each type, and anything else."""

from collections.abc import Mapping
from functools import reduce
from typing import Any

from hypothesis import strategies as st

from generator.model.content_type import CONTENT_TYPES, PAGE
from generator.model.cooperation import Cooperation
from generator.model.record import Record
from tests.project import load_cases
from tests.workbench import GOOD, PATHS

__all__ = ["KINDS"]

_MODELS: Mapping[str, type[Record]] = {
    "settings": Cooperation,
    **{kind.name: kind.model for kind in (*CONTENT_TYPES, PAGE)},
}

_STRANGE: Mapping[str, list[str]] = load_cases("strange")["texts"]
VALUES, PIECES, UNITS = _STRANGE["values"], _STRANGE["pieces"], _STRANGE["units"]


def _indented(value: str) -> str:
    return f"\n  {value}".replace("\n", "\n  ") if value.startswith(("- ", "? ", "<<")) else f" {value}"


@st.composite
def _fields(draw: st.DrawFn, model: type[Record], valid: str) -> str:
    """Return front matter or settings with some fields put in the place of good ones."""
    names = [name for name, info in model.model_fields.items() if not info.exclude]
    lines = valid.splitlines()
    for _ in range(draw(st.integers(0, 4))):
        name = draw(st.sampled_from([*names, "titel", "x", "", "a b", '"a"', "<<", "?", "*a"]))
        value = draw(st.one_of(st.sampled_from(VALUES), st.text(max_size=30)))
        lines = [line for line in lines if not line.startswith(f"{name}:")]
        lines.insert(draw(st.integers(0, len(lines))), f"{name}:{_indented(value)}")
    return "\n".join(lines)


BODIES = st.one_of(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), max_size=12).flatmap(
        lambda pieces: st.sampled_from(["\n", "\n\n", " ", ""]).map(lambda between: between.join(pieces))
    ),
    st.lists(st.sampled_from(UNITS), max_size=40).map("".join),
    st.tuples(st.sampled_from(UNITS), st.integers(1, 400)).map(lambda unit: unit[0] * unit[1]),
)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _good(kind: str) -> str:
    """Return the front matter of a good text of a type, or the good settings."""
    text = GOOD[PATHS[kind]]
    return text if kind == "settings" else text.split("---\n")[1]


def _text(kind: str) -> st.SearchStrategy[bytes]:
    fields = _fields(_MODELS[kind], _good(kind))
    if kind == "settings":
        return fields.map(_bytes)
    return st.tuples(fields, BODIES).map(lambda text: _bytes(f"---\n{text[0]}\n---\n{text[1]}\n"))


@st.composite
def _mutated(draw: st.DrawFn, kind: str) -> bytes:
    """Return a good text to which a hand slipped: bytes deleted, doubled, replaced."""
    data = _bytes(_good(kind) if kind == "settings" else f"---\n{_good(kind)}---\nEin Text.\n")
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 40)))
        new = draw(
            st.one_of(
                st.binary(max_size=6),
                st.sampled_from([*VALUES, *PIECES]).map(_bytes),
                st.just(data[start:end] * 3),
            )
        )
        data = data[:start] + new + data[end:]
    return data


def _deep(levels: int) -> bytes:
    return b"---\na: " + b"[" * levels + b"]" * levels + b"\n---\n"


def _bomb(levels: int) -> bytes:
    """Return a text with aliases that stand for as many values as 9 to the power of the levels."""
    start = "a0: &a0 [x, x]\n"
    lines = reduce(lambda text, n: f"{text}a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n", range(1, levels), start)
    return f"---\n{lines}---\n".encode()


KINDS: Mapping[str, Any] = {
    "bytes": lambda _kind: st.binary(max_size=400),
    "text": lambda _kind: st.text(max_size=400).map(_bytes),
    "body": lambda kind: st.text(max_size=400).map(lambda text: _bytes(f"---\n{_good(kind)}---\n{text}")),
    "grammar": _text,
    "slips": _mutated,
    "nesting": lambda _kind: st.integers(0, 3000).map(_deep),
    "bombs": lambda _kind: st.integers(1, 60).map(_bomb),
}
"""Ways to make strange texts: each takes a content type and returns a strategy for a file's bytes."""
