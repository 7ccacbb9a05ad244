"""What stops a letter's template from becoming a mail."""

from generator.problems import ProblemsFound

__all__ = ["MjmlError"]


class MjmlError(ProblemsFound):
    """Raised where MJML cannot become a mail; carries every problem, each with its template and line."""
