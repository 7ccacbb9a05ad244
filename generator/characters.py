"""The characters that no text may contain."""

import re

__all__ = ["FORBIDDEN", "PLACEHOLDER"]

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e"  # controls of lines
    "\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]"
)
"""Controls, line separators of word processors, surrogates and noncharacters, which feeds cannot carry or YAML takes
for ends of lines; what turns the direction of a line, so that a text reads otherwise than it is; and private
characters, some of which stand for something here."""

PLACEHOLDER = re.compile("‹[^‹›\n]+›")
"""What stands in a new text for something that nobody has written yet."""
