"""Rendering many texts on all cores."""

import json
import multiprocessing
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.rendering.markdown import Rendered, Renderer

__all__ = ["RendererOptions", "render_all"]

_WORTH_A_PROCESS = 60
"""Fewer texts are done before a second process is up."""

_renderer: Renderer | None = None


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


def render_all(texts: Sequence[str], options: RendererOptions) -> Iterator[Rendered]:
    """Yield the texts' HTML, in their order, on as many cores as it is worth."""
    workers = min(os.cpu_count() or 1, len(texts) // _WORTH_A_PROCESS + 1)
    # A process with threads must not fork: a lock that another thread holds would never be released in the child.
    if workers < 2 or threading.active_count() > 1:
        yield from map(options.build().render, texts)
        return
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    with multiprocessing.get_context(method).Pool(workers, _start, (options,)) as pool:
        yield from pool.imap(_render, texts, chunksize=16)


def _start(options: RendererOptions) -> None:
    global _renderer  # noqa: PLW0603  # one for each worker process, made when it starts
    _renderer = options.build()


def _render(text: str) -> Rendered:
    assert _renderer is not None
    return _renderer.render(text)
