"""Schaukasten: one text, one gate, every channel."""

__version__ = "0.1.0"
