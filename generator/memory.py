"""Memory that is no longer needed."""

from contextlib import suppress

__all__ = ["give_back"]


def give_back() -> None:
    """Return what was freed to the system, where the C library can (glibc).

    Worth doing before a fork: what a process has freed but kept is used again by both, and so copied.
    """
    # Imported here, for most builds do not fork.
    import ctypes  # noqa: PLC0415

    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
