"""Texts from elsewhere: read as they were, told what they are, and written as ours."""
