"""The ways a public site comes out: each channel is one function from what is public to files."""
