"""What is wrong with a file."""

__all__ = ["FileError"]


class FileError(Exception):
    """A file that cannot be published; message and remedy are German sentences without the file's name."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy
