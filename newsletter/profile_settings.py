"""A profile as the settings want it: with tags of one's own, checked."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from generator.characters import FORBIDDEN
from newsletter.letter import MERGE
from newsletter.profile import PROFILES, Profile
from newsletter.refusal import Refusal
from newsletter.syntax import NONE

__all__ = ["configured"]

_ADDRESS = re.compile(r"(?:https://[^\s\"<>]+|mailto:[^\s\"<>]+@[^\s\"<>]+)")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\*\|.*?\|\*|\[\[.*?\]\]|\{\w+\}")


def configured(name: str, settings: Mapping[str, Any]) -> Profile:
    """Return one of the profiles with tags of one's own.

    Args:
        name: the profile's.
        settings: tags by the names of `MERGE`: ``{"unsubscribe": "{{ abmelden }}"}``. ``plain`` and ``mailman`` take
            addresses instead, and no first name. A first name is written with the space before it.

    Raises:
        Refusal: a name is unknown, or a value is none that can be written in a letter.
    """
    profile = PROFILES.get(name)
    if profile is None:
        raise Refusal(f"Das Versandprofil „{name}“ gibt es nicht.", _suggestion(name, PROFILES))
    known = [key for key in MERGE if key != "first_name" or profile.syntax is not NONE]
    tags: dict[str, str] = {}
    for key, value in settings.items():
        if key not in known:
            raise Refusal(f"Das Versandprofil „{name}“ kennt kein Feld „{key}“.", _suggestion(key, known))
        _check(profile, key, value)
        tags[key] = value
    html_tags = {key: tag for key, tag in profile.html_tags.items() if key not in tags}
    return replace(profile, tags={**profile.tags, **tags}, html_tags=html_tags)


def _check(profile: Profile, key: str, value: object) -> None:
    place = f"Versandprofil „{profile.name}“, Feld „{key}“:"
    if not isinstance(value, str) or not value.strip() or FORBIDDEN.search(value) or "\n" in value:
        raise Refusal(
            f"{place} Hier wird ein Text in einer Zeile erwartet.", "Den Platzhalter in Anführungszeichen setzen."
        )
    if key == "first_name":
        if " " not in _TAG.sub("", value):
            raise Refusal(
                f"{place} Vor dem Vornamen fehlt das Leerzeichen.",
                f"Das Leerzeichen gehört zum Platzhalter, damit es ohne Vornamen wegfallen kann: „ {value}“.",
            )
    elif profile.syntax is NONE and not _ADDRESS.fullmatch(value):
        raise Refusal(
            f"{place} „{value}“ ist keine Adresse.",
            "Eine Adresse schreiben, die mit „https://“ oder „mailto:“ beginnt.",
        )
    elif re.search(r"[\"<>]", value):
        raise Refusal(
            f"{place} „{value}“ kann nicht das Ziel eines Links sein.",
            "Den Platzhalter ohne Anführungszeichen und spitze Klammern schreiben.",
        )


def _suggestion(name: str, known: Iterable[str]) -> str:
    names = list(known)
    close = difflib.get_close_matches(name, names, n=1)
    return f"Gemeint ist wohl „{close[0]}“." if close else f"Möglich sind: {', '.join(names)}."
