"""What is told of a picture that cannot be drawn."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from generator.problems import Problem, ProblemsFound
from generator.reading.reader import COOPERATION_FILE
from generator.rendering.pictures.errors import PictureError

__all__ = ["told"]


@contextmanager
def told(picture: PurePosixPath | None, source: PurePosixPath | None) -> Iterator[None]:
    """Tell who named a picture if it turns out that it cannot be drawn.

    Args:
        picture: its file.
        source: the text that names it; None: the settings.

    Raises:
        ProblemsFound: it cannot.
    """
    try:
        yield
    except PictureError as error:
        place = str(source or COOPERATION_FILE)
        raise ProblemsFound([Problem(place, 1, f"{picture}: {error.message}", error.remedy)]) from error
