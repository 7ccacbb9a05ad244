"""Films that other hosts show: a link to each, for nothing of another host is shown here."""

import re

from generator.importing.markdown_words import link

__all__ = ["video_link", "vimeo", "youtube"]

_YOUTUBE = re.compile(
    r"(?:https?:)?//(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com/(?:embed/|watch\?(?:\S*&)?v=|shorts/)|youtu\.be/)([\w-]{6,20})\S*"
)
_VIMEO = re.compile(r"(?:https?:)?//(?:player\.|www\.)?vimeo\.com/(?:video/)?(\d+)\S*")


def video_link(address: str) -> str:
    """Return a link to the film at an address; empty: it is none that is known."""
    if found := _YOUTUBE.fullmatch(address.strip()):
        return youtube(found[1])
    found = _VIMEO.fullmatch(address.strip())
    return vimeo(found[1]) if found else ""


def youtube(name: str) -> str:
    """Return a link to a film."""
    return link("Video auf YouTube ansehen", f"https://www.youtube.com/watch?v={name}")


def vimeo(name: str) -> str:
    """Return a link to a film."""
    return link("Video auf Vimeo ansehen", f"https://vimeo.com/{name}")
