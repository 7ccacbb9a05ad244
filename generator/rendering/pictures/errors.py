"""What is wrong with a picture."""

from generator.rendering.files.errors import FileError

__all__ = ["PictureError"]


class PictureError(FileError):
    """A picture that cannot be shown."""
