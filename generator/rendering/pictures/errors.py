"""What is wrong with a picture."""

__all__ = ["PictureError"]


class PictureError(Exception):
    """A picture that cannot be shown; message and remedy are German sentences without the file's name."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy
