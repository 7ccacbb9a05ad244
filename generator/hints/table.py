"""The kinds of hints, by the names under which they are switched off."""

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import PurePosixPath

from generator.content import Places
from generator.hints.facts import (
    bare_contact,
    body_credit,
    names_in_minutes,
    placeholders_left,
    short_notice,
    silent_access,
    stale_contact,
)
from generator.hints.hint import Hint, Looked
from generator.hints.language import long_sentences, nominal_style, run_in_lists, unexplained, vague_links
from generator.hints.weekdays import wrong_weekday
from generator.model.site import Site
from generator.problems import Problem

__all__ = ["HINTS", "hints"]

HINTS: Mapping[str, Callable[[Looked], Iterator[Hint]]] = {
    "abbreviations": unexplained,
    "accessibility": silent_access,
    "contacts": stale_contact,
    "image_credits": body_credit,
    "link_texts": vague_links,
    "lists": run_in_lists,
    "long_sentences": long_sentences,
    "names": names_in_minutes,
    "nominal_style": nominal_style,
    "notice": short_notice,
    "placeholders": placeholders_left,
    "press_contacts": bare_contact,
    "weekdays": wrong_weekday,
}


def hints(
    site: Site,
    content: Places,
    off: Collection[str],
    mounts: Collection[str] = (),
    only: Collection[PurePosixPath] | None = None,
) -> Iterator[Problem]:
    """Yield what could be better, in the order of the texts.

    Args:
        site: everything authored.
        content: the folder of the texts.
        off: the kinds of hints that are switched off.
        mounts: folders of pages from elsewhere, which the office does not write.
        only: the files of the texts to look at; None: all, but those.
    """
    on = [look for name, look in HINTS.items() if name not in off]
    for entry in site.entries:
        path = entry.source.path
        if path.parts[0] in mounts if only is None else path not in only:
            continue
        looked = Looked(entry, site, content)
        for hint in (hint for look in on for hint in look(looked)):
            yield Problem(str(entry.source.path), hint.line, hint.message, hint.remedy)
