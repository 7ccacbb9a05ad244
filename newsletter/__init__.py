"""Newsletters, which stand on the generator; the generator does not know them."""
