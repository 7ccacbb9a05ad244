"""The characters that no text may contain."""

import re

__all__ = ["FORBIDDEN"]

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")
"""Controls, surrogates and noncharacters, which XML cannot carry, and private ones, which stand for something here."""
