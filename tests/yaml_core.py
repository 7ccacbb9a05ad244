"""YAML as language servers read it: by the core schema of YAML 1.2, where ``ja`` is a word and ``12`` a number."""

import re
from typing import Any, ClassVar

import yaml

__all__ = ["load_core"]

_CORE = {
    "null": r"|~|null|Null|NULL",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
}
"""What a plain scalar is, by the first expression that it matches (YAML 1.2.2, section 10.3.2)."""


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers: ClassVar[dict[Any, Any]] = {}


for _name, _pattern in _CORE.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(rf"(?:{_pattern})\Z"), None)


def _integer(_loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    text = str(node.value)
    return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)


_Loader.add_constructor("tag:yaml.org,2002:int", _integer)


def load_core(text: str) -> Any:
    """Return what the text says, in the types of JSON."""
    return yaml.load(text, _Loader)  # a safe loader
