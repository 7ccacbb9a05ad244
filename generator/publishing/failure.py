"""What goes wrong at a target, in German."""

__all__ = ["Failure", "Interruption", "NotThere"]


class Failure(Exception):  # noqa: N818  # nothing is wrong with the program
    """The target does not do what is asked of it; the message is two German sentences: what is wrong, what to do."""


class Interruption(Failure):
    """The way to the target is cut off; what was begun may succeed when it is tried again."""


class NotThere(Failure):
    """A folder at the target is not there."""
