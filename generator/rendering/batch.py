"""Rendering many texts on all cores."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.progress import Progress
from generator.rendering.markdown import Rendered, Renderer
from generator.shares import in_shares, worthwhile

__all__ = ["RendererOptions", "render_all"]

_STEP = "Texte umwandeln"
_WORTH_A_PROCESS = 60


@dataclass(frozen=True, slots=True)
class RendererOptions:
    """What a renderer is built from; travels to the worker processes."""

    extensions: tuple[str, ...]
    options: Mapping[str, Any]
    """The extensions' options, by name; functions may be among them (``toc: slugify``)."""

    @property
    def identity(self) -> str:
        """What tells these options from others, also in the next build: functions go by their names."""
        return json.dumps([self.extensions, self.options], sort_keys=True, default=_name)

    def build(self) -> Renderer:
        """Return a renderer."""
        return Renderer(self.extensions, self.options)


def _name(value: object) -> str:
    if isinstance(value, partial):
        return f"{_name(value.func)} {value.args} {value.keywords}"
    return f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', type(value).__qualname__)}"


def render_all(texts: Sequence[str], options: RendererOptions, progress: Progress) -> list[Rendered]:
    """Return the texts' HTML, in their order, made on as many cores as it is worth.

    Args:
        texts: Markdown.
        options: how to render them.
        progress: is told how many texts are done.
    """
    shares = worthwhile(len(texts), _WORTH_A_PROCESS)
    work = partial(_render_pieces, texts, options)
    return in_shares(work, len(texts), shares, lambda begun: progress(_STEP, begun, len(texts)))


def _render_pieces(texts: Sequence[str], options: RendererOptions, numbers: Iterable[int]) -> dict[int, Rendered]:
    """Render the texts with these numbers."""
    renderer: Renderer | None = None
    rendered: dict[int, Rendered] = {}
    for number in numbers:
        renderer = renderer or options.build()
        rendered[number] = renderer.render(texts[number])
    return rendered
