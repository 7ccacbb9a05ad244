"""How rules are tried on random examples: the same ones each time, and as many as a second or two allow."""

from hypothesis import settings

__all__ = ["property_settings"]


def property_settings(examples: int = 200) -> settings:
    return settings(max_examples=examples, deadline=None, database=None, derandomize=True)
