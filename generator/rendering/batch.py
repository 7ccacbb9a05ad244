"""Rendering many texts on all cores."""

import json
from collections.abc import Mapping, Sequence
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
    function = getattr(value, "func", value)
    return f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', type(function).__qualname__)}"


def render_all(texts: Sequence[str], options: RendererOptions, progress: Progress) -> list[Rendered]:
    """Return the texts' HTML, in their order, made on as many cores as it is worth.

    Args:
        texts: Markdown.
        options: how to render them.
        progress: is told how many texts are done.
    """
    shares = worthwhile(len(texts), _WORTH_A_PROCESS)
    parts = in_shares(partial(_render_share, texts, options, progress, shares), shares)
    return [parts[number % shares][number // shares] for number in range(len(texts))]


def _render_share(
    texts: Sequence[str], options: RendererOptions, progress: Progress, shares: int, share: int
) -> list[Rendered]:
    """Render every text whose number leaves the remainder ``share``; the first share speaks for all."""
    own = texts[share::shares]
    renderer = options.build() if own else None
    rendered = []
    for number, text in enumerate(own, start=1):
        assert renderer is not None
        rendered.append(renderer.render(text))
        if share == 0:
            progress(_STEP, min(number * shares, len(texts)), len(texts))
    return rendered
