"""The gate: the only way from what is authored to what is public."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

from generator.model.entry import Entry
from generator.model.minutes import Minutes
from generator.model.news import News
from generator.model.page import Page
from generator.model.site import Layout, PublicSite, Site

__all__ = [
    "REDACTIONS",
    "RULES",
    "HeldBack",
    "Rule",
    "as_if_public",
    "gate",
    "held_back",
    "is_held_back",
    "turning_points",
]


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason why an entry may be held back."""

    holds: Callable[[Entry, Site, datetime], bool]
    """Tells whether it holds an entry back at a moment."""

    moments: Callable[[Entry], tuple[datetime | None, ...]] = lambda _entry: ()
    """Returns the moments at which it begins or ceases to hold an entry; None stands for none."""


def _is_draft(entry: Entry, _site: Site, _now: datetime) -> bool:
    return entry.draft


def _is_early(entry: Entry, _site: Site, now: datetime) -> bool:
    return entry.visible_from is not None and now < entry.visible_from


def _is_embargoed(entry: Entry, _site: Site, now: datetime) -> bool:
    return isinstance(entry, News) and entry.embargo is not None and now < entry.embargo


def _is_expired(entry: Entry, _site: Site, now: datetime) -> bool:
    return entry.expires is not None and now >= entry.expires


def _is_withdrawn(entry: Entry, _site: Site, now: datetime) -> bool:
    return isinstance(entry, Minutes) and entry.withdraw_on is not None and now >= entry.withdraw_on


def _is_unsigned(entry: Entry, _site: Site, now: datetime) -> bool:
    return any(signature.date is None or now < signature.date for signature in entry.sign_off)


def _is_preliminary(entry: Entry, site: Site, _now: datetime) -> bool:
    return (
        isinstance(entry, Minutes) and entry.state == "preliminary" and not site.cooperation.publish_preliminary_minutes
    )


_OWN_RULES: Mapping[str, Rule] = {
    "draft": Rule(_is_draft),
    "not-yet-published": Rule(_is_early, lambda entry: (entry.visible_from,)),
    "embargo": Rule(_is_embargoed, lambda entry: (entry.embargo,) if isinstance(entry, News) else ()),
    "expired": Rule(_is_expired, lambda entry: (entry.expires,)),
    "withdrawn": Rule(_is_withdrawn, lambda entry: (entry.withdraw_on,) if isinstance(entry, Minutes) else ()),
    "unsigned": Rule(_is_unsigned, lambda entry: tuple(signature.date for signature in entry.sign_off)),
    "preliminary": Rule(_is_preliminary),
}


def _has_hidden_original(entry: Entry, site: Site, now: datetime) -> bool:
    """Tell whether the entry would tell in another form what its original may not tell yet."""
    if not isinstance(entry, Page) or entry.variant is None:
        return False
    originals = (other for other in site.entries if other.id == entry.variant.of)
    return any(rule.holds(original, site, now) for original in originals for rule in _OWN_RULES.values())


RULES: Mapping[str, Rule] = {**_OWN_RULES, "original-held-back": Rule(_has_hidden_original)}
"""Why a whole entry is held back, by the rule's name."""


def _without_non_public_sections(entry: Entry, _site: Site) -> Entry:
    if not isinstance(entry, Minutes):
        return entry
    sections = tuple(section for section in entry.sections if section.public)
    source = entry.source.model_copy(update={"body": "\n".join(section.markdown for section in sections)})
    return entry.model_copy(update={"sections": sections, "source": source})


def _without_non_public_attachments(entry: Entry, _site: Site) -> Entry:
    public = tuple(attachment for attachment in entry.attachments if attachment.public)
    return entry if len(public) == len(entry.attachments) else entry.model_copy(update={"attachments": public})


def _with_roles(entry: Entry, site: Site) -> Entry:
    return site.roles.within(entry)


REDACTIONS: Mapping[str, Callable[[Entry, Site], Entry]] = {
    "non-public-sections": _without_non_public_sections,
    "non-public-attachments": _without_non_public_attachments,
    "names": _with_roles,
}
"""What is taken out of the entries that pass, by its name, in this order."""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """An entry that does not pass, and the names of the rules that hold it."""

    entry: Entry
    rules: tuple[str, ...]


def held_back(site: Site, now: datetime) -> Iterator[HeldBack]:
    """Yield the entries that are not public at the moment, with the reasons; for the office, never for a channel."""
    # Python compares two moments of one zone by what the clock shows, which is wrong in the hour that comes twice.
    instant = now.astimezone(UTC)
    for entry in site.entries:
        rules = tuple(name for name, rule in RULES.items() if rule.holds(entry, site, instant))
        if rules:
            yield HeldBack(entry, rules)


def is_held_back(entry: Entry, site: Site, now: datetime) -> bool:
    """Tell whether an entry is not public at the moment."""
    instant = now.astimezone(UTC)
    return any(rule.holds(entry, site, instant) for rule in RULES.values())


def turning_points(entries: Iterable[Entry]) -> set[datetime]:
    """Return the moments, in UTC, at which a rule begins or ceases to hold one of the entries back by itself."""
    moments = chain.from_iterable(rule.moments(entry) for entry in entries for rule in RULES.values())
    return {moment.astimezone(UTC) for moment in moments if moment is not None}


def gate(site: Site, now: datetime, layout: Layout) -> PublicSite:
    """Return what is public at the moment: whole entries that no rule holds back, without their non-public parts.

    Args:
        site: everything authored.
        now: the moment, with a time zone.
        layout: how the site is cut, handed on to the channels.
    """
    held = {item.entry.id for item in held_back(site, now)}
    return _public(site, (entry for entry in site.entries if entry.id not in held), now, layout)


def as_if_public(site: Site, now: datetime, layout: Layout) -> PublicSite:
    """Return what `gate` would if no rule held an entry back: to look for mistakes in time, never for a channel."""
    return _public(site, site.entries, now, layout)


def _public(site: Site, entries: Iterable[Entry], now: datetime, layout: Layout) -> PublicSite:
    return PublicSite(
        now=now,
        cooperation=site.roles.within(site.cooperation),
        entries=tuple(_public_part(entry, site) for entry in entries),
        layout=layout,
    )


def _public_part(entry: Entry, site: Site) -> Entry:
    for redaction in REDACTIONS.values():
        entry = redaction(entry, site)
    return entry
