"""The commands: each in a module of its own, which is imported only when it is asked for."""
