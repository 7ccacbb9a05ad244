"""What a build fails with besides problems of the texts."""

__all__ = ["EngineError"]


class EngineError(Exception):
    """The engine cannot build; the message is a German sentence for the user."""
