"""The arguments of shortcodes and tags: ``src="bild.jpg" width=300`` or ``bild.jpg``."""

import re

__all__ = ["arguments_of"]

# A value whose quotation mark is never closed is all that is left, so that nobody looks for another end.
_ARGUMENT = re.compile(
    r"""(?:(?P<name>[\w-]++)\s*+=\s*+)?"""
    r"""(?:"(?P<double>(?:[^"\\]|\\.)*+)"?|'(?P<single>[^']*)'?|`(?P<raw>[^`]*)`?|(?P<bare>[^\s"'`]+))"""
)


def arguments_of(text: str) -> dict[str, str]:
    """Return the arguments by name; those without a name by their place: ``0``, ``1``."""
    found: dict[str, str] = {}
    place = 0
    for argument in _ARGUMENT.finditer(text):
        value = next(part for part in argument.group("double", "single", "raw", "bare") if part is not None)
        name = argument["name"]
        if name is None:
            name, place = str(place), place + 1
        found[name.lower()] = value.replace('\\"', '"')
    return found
