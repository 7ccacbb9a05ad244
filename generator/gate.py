"""The gate: the only way from what is authored to what is public."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from generator.model.entry import Entry
from generator.model.minutes import Minutes
from generator.model.news import News
from generator.model.page import Page
from generator.model.site import Layout, PublicSite, Site

__all__ = ["RULES", "HeldBack", "gate", "held_back"]

_Rule = Callable[[Entry, Site, datetime], bool]


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


_OWN_RULES: Mapping[str, _Rule] = {
    "draft": _is_draft,
    "not-yet-published": _is_early,
    "embargo": _is_embargoed,
    "expired": _is_expired,
    "withdrawn": _is_withdrawn,
    "unsigned": _is_unsigned,
    "preliminary": _is_preliminary,
}


def _has_hidden_original(entry: Entry, site: Site, now: datetime) -> bool:
    """Tell whether the entry would tell in another form what its original may not tell yet."""
    if not isinstance(entry, Page) or entry.variant is None:
        return False
    originals = (other for other in site.entries if other.id == entry.variant.of)
    return any(holds(original, site, now) for original in originals for holds in _OWN_RULES.values())


RULES: Mapping[str, _Rule] = {**_OWN_RULES, "original-held-back": _has_hidden_original}
"""Why an entry is held back: each rule says so of an entry at a moment."""


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
        rules = tuple(name for name, holds in RULES.items() if holds(entry, site, instant))
        if rules:
            yield HeldBack(entry, rules)


def gate(site: Site, now: datetime, layout: Layout) -> PublicSite:
    """Return what is public at the moment: whole entries that no rule holds back, without their non-public parts.

    Args:
        site: everything authored.
        now: the moment, with a time zone.
        layout: how the site is cut, handed on to the channels.
    """
    held = {item.entry.id for item in held_back(site, now)}
    return PublicSite(
        now=now,
        cooperation=site.cooperation,
        entries=tuple(_public_part(entry) for entry in site.entries if entry.id not in held),
        layout=layout,
    )


def _public_part(entry: Entry) -> Entry:
    if not isinstance(entry, Minutes):
        return entry
    sections = tuple(section for section in entry.sections if section.public)
    source = entry.source.model_copy(update={"body": "\n".join(section.markdown for section in sections)})
    return entry.model_copy(update={"sections": sections, "source": source})
