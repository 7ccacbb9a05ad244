"""A check before each commit: what is about to be committed, not what lies in the folder."""
