"""Values as an author would write them in YAML."""

import json
import re
from collections.abc import Mapping, Sequence

__all__ = ["Value", "written"]

Value = str | Sequence["Value"] | Mapping[str, "Value"]
"""A text, a list or a record."""

_NOTHING = frozenset({"null", "Null", "NULL"})
"""Words that YAML takes for no value."""

_PLAIN = re.compile(r"[\w‹/.](?:[\w‹›/.@()„“– +-]|:(?=\S))*")


def written(value: Value) -> str:
    """Return a value on one line; a text is put in quotation marks where YAML would take it for something else."""
    if isinstance(value, str):
        is_plain = _PLAIN.fullmatch(value) and not value.endswith(" ") and value not in _NOTHING
        return value if is_plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{name}: {written(part)}' for name, part in value.items())}}}"
    return f"[{', '.join(map(written, value))}]"
