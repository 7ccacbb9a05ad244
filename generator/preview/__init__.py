"""The site shown while an editor writes: nothing is written, and each file is made when a browser asks for it."""
