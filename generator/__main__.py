"""Where the program starts, before the imports that take most of a short run."""

import gc
import os

__all__ = ["main"]


def main() -> None:
    """Run the command ``schaukasten``."""
    # What is imported stays to the end: looking through it for garbage again and again would cost a tenth of the time.
    gc.disable()
    # Nor is there anything to be found for pydantic among the installed packages.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from generator.cli import main as command  # noqa: PLC0415

    gc.freeze()
    gc.enable()
    try:
        command()
    finally:
        # Nor is there anything to be gained from garbage when the process ends.
        gc.freeze()


if __name__ == "__main__":
    main()
