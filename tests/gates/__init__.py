"""What is looked for in pages that a browser shows, as JavaScript that runs in the page."""

from pathlib import Path

__all__ = ["gates"]


def gates(*names: str) -> str:
    """Return the files of these names as one program, after which ``window.gates`` holds their gates."""
    folder = Path(__file__).parent
    return "\n".join((folder / f"{name}.js").read_text(encoding="utf-8") for name in names)
