"""What makes a list of Mailman 3 one for announcements: readers confirm, the office writes, letters stay whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["NO_FOOTER", "Announcement", "Difference", "Found", "differences"]

NO_FOOTER = "file:///dev/null"
"""An empty template: an added part would break the signature (DKIM), and what it says stands in the letter."""

_FOOTER = "list:member:regular:footer"
"""What Mailman adds to every message as a part of its own."""

_ACCEPT = "accept"
_DEFAULT_ROLES = {"member": "Mitglied", "nonmember": "Nichtmitglied"}

_WANTED: Mapping[str, tuple[Any, str]] = {
    # A letter stays as it is: no prefix, no other recipients, no other encoding, no digests.
    "subject_prefix": ("", "Vorsatz im Betreff"),
    "include_rfc2369_headers": (False, "Mailmans eigene List-Köpfe"),
    "anonymous_list": (False, "Absender verbergen"),
    "personalize": ("none", "Mails einzeln umschreiben"),
    "reply_goes_to_list": ("no_munging", "Antworten umleiten"),
    "first_strip_reply_to": (False, "Antwortadresse entfernen"),
    "dmarc_mitigate_action": ("no_mitigation", "Absender wegen DMARC umschreiben"),
    "dmarc_mitigate_unconditionally": (False, "Absender immer umschreiben"),
    "filter_content": (False, "Teile der Mail entfernen"),
    "convert_html_to_plaintext": (False, "HTML in Text verwandeln"),
    "digests_enabled": (False, "Sammelmails"),
    # Nothing holds it back.
    "max_message_size": (0, "Höchste Größe"),
    "max_num_recipients": (0, "Höchste Zahl von Empfängern"),
    "require_explicit_destination": (False, "Liste muss im Kopf stehen"),
    "administrivia": (False, "Nach Befehlen im Text suchen"),
    "emergency": (False, "Alles zurückhalten"),
    # Only those who may write do; all others are told so.
    "allow_list_posts": (False, "Die Liste nimmt Beiträge an"),
    "default_member_action": ("reject", "Beiträge von Mitgliedern"),
    "default_nonmember_action": ("reject", "Beiträge von anderen"),
    # Whoever subscribes confirms (double opt-in); whoever leaves need not.
    "subscription_policy": ("confirm", "Anmelden"),
    "unsubscription_policy": ("open", "Abmelden"),
    "send_welcome_message": (True, "Begrüßung"),
    "send_goodbye_message": (True, "Abschied"),
    "preferred_language": ("de", "Sprache"),
    # Addresses are nobody's business, and letters are on the site.
    "member_roster_visibility": ("moderators", "Wer sieht, wer angemeldet ist"),
    "archive_policy": ("never", "Archiv"),
    # Whose mail comes back again and again is taken off.
    "process_bounces": (True, "Rückläufer zählen"),
}
"""What each setting is to be, and what it is in German; by the names of Mailman's REST interface (version 3.1)."""

_NAMED = {
    "display_name": "Name",
    "description": "Beschreibung",
    "accept_these_nonmembers": "Wer schreiben darf",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A list for announcements."""

    address: str
    """``newsletter@lists.example.org``."""

    sender: str
    """Who alone may write to it, subscribed or not: an e-mail address."""

    named: Mapping[str, str] = field(default_factory=dict)
    """What it is called, as ``display_name`` and ``description``; empty: that does not matter."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """Where texts of its mails are found, by the names of Mailman's templates."""

    @property
    def settings(self) -> dict[str, Any]:
        """How it is to be set."""
        wanted = {name: value for name, (value, _) in _WANTED.items()}
        return {**wanted, **self.named, "accept_these_nonmembers": [self.sender]}

    @property
    def templates(self) -> dict[str, str]:
        """Where the texts come from that it does not have of Mailman."""
        return {_FOOTER: NO_FOOTER, **self.texts}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A list as it is."""

    settings: Mapping[str, Any]
    """What this version of Mailman knows."""

    templates: Mapping[str, str]
    """Addresses by names, for those that are not Mailman's own."""

    moderation: Mapping[str, str | None]
    """What becomes of the sender's mails, by the role: „member“, „nonmember“; None: what becomes of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something that is not as it is to be."""

    kind: str
    """„settings“, „templates“ or „moderation“, as in `Found`."""

    name: str
    title: str
    """In German."""

    is_set: Any
    wanted: Any

    def __str__(self) -> str:
        return f"{self.title} ({self.name}): {_told(self.is_set)} statt {_told(self.wanted)}"


def differences(wanted: Announcement, found: Found) -> Iterator[Difference]:
    """Yield what is otherwise than it is to be; what this version of Mailman does not know is passed over."""
    titles = {name: title for name, (_, title) in _WANTED.items()} | _NAMED
    for name, value in wanted.settings.items():
        if name in found.settings and _plain(found.settings[name]) != _plain(value):
            is_set = found.settings[name]
            yield Difference(kind="settings", name=name, title=titles[name], is_set=is_set, wanted=value)
    for name, address in wanted.templates.items():
        if (there := found.templates.get(name)) != address:
            yield Difference(kind="templates", name=name, title="Text", is_set=there, wanted=address)
    for role, action in found.moderation.items():
        # A list's defaults would reject a sender who is a member; what was decided on somebody goes before the list.
        if action != _ACCEPT and (role == "member" or action is not None):
            title = f"Mails des Absenders, der {_DEFAULT_ROLES[role]} ist"
            yield Difference(kind="moderation", name=role, title=title, is_set=action, wanted=_ACCEPT)


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, Sequence) and not isinstance(value, str) else value


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(str, value)) or "niemand"
    return "nichts" if value in {None, ""} else f"„{value}“"
