"""The benchmark: Schaukasten and its peers build the same texts, measured in one run."""
