"""What would be in the next newsletter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from generator.gate import gate
from generator.model.edition import Edition, Query
from generator.model.entry import Entry
from generator.model.site import Layout, Site
from generator.plan import Outlook
from generator.reasons import moment_text
from newsletter.selection import audiences_of, select

__all__ = ["next_newsletter"]


def next_newsletter(site: Site, now: datetime, layout: Layout) -> Iterator[Outlook]:
    """Yield what each letter of the next edition would bring, if nothing else were written until then.

    Args:
        site: everything authored.
        now: the moment; editions of earlier days are not the next, unless they are drafts.
        layout: how the site is cut.
    """
    editions = sorted(_editions(site), key=lambda edition: (edition.visible_from.astimezone(UTC), edition.id))
    instant = now.astimezone(UTC)
    appeared = {edition.id for edition in gate(site, now, layout).of(Edition)}
    published = [edition for edition in editions if edition.id in appeared]
    # A draft has not appeared, whatever its day.
    coming = [edition for edition in editions if edition.draft or edition.visible_from.astimezone(UTC) > instant]
    if coming:
        edition, day = coming[0], coming[0].visible_from.astimezone(now.tzinfo)
        moment = max(now, day, key=lambda one: one.astimezone(UTC))
        draft = ", Entwurf" if edition.draft else ""
        title = f"Nächster Newsletter: Nr. {edition.number} am {moment_text(day)}{draft}"
    elif published:
        last = published[-1]
        query = Query.model_validate({"since": "last_edition"})
        changes = {"id": f"{last.id}-", "date": now, "publish": now, "items": (), "query": query, "audiences": ()}
        edition, moment = last.model_copy(update=changes), now
        title = f"Nächster Newsletter: noch nicht geplant. Neu seit Nr. {last.number}"
    else:
        return
    # A draft is shown, too: it is the one that somebody is working on.
    public = gate(site, moment, layout)
    public = replace(public, entries=(*(entry for entry in public.entries if entry.id != edition.id), edition))
    names = {audience.id: audience.name for audience in site.cooperation.audiences}
    for audience in audiences_of(edition):
        yield Outlook(
            title=f"{title}, {names.get(audience, audience)}" if audience else title,
            lines=tuple(map(_line, select(public, edition, audience).entries)) or ("nichts",),
        )


def _editions(site: Site) -> Iterator[Edition]:
    yield from (entry for entry in site.entries if isinstance(entry, Edition))


def _line(entry: Entry) -> str:
    return f"{entry.source.path}  {entry.title}"
