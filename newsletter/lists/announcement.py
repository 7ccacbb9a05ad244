"""What makes a list of Mailman 3 one for announcements: subscribers confirm, the office alone writes, letters stay whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["FOOTER", "NO_FOOTER", "Announcement", "Difference", "differences"]

FOOTER = "list:member:regular:footer"
"""The template that Mailman adds to every message as a part of its own."""

NO_FOOTER = "file:///dev/null"
"""An empty one: an added part would break the signature (DKIM), and what it says stands in the letter."""

_WANTED: Mapping[str, Any] = {
    # A letter stays as it is: no prefix, no other recipients, no other encoding, no digests.
    "subject_prefix": "",
    "include_rfc2369_headers": False,
    "anonymous_list": False,
    "reply_goes_to_list": "no_munging",
    "dmarc_mitigate_action": "no_mitigation",
    "dmarc_mitigate_unconditionally": False,
    "filter_content": False,
    "convert_html_to_plaintext": False,
    "digests_enabled": False,
    "max_message_size": 0,
    "max_num_recipients": 0,
    "require_explicit_destination": False,
    # Only those who may write do; all others are told so.
    "allow_list_posts": False,
    "default_member_action": "reject",
    "default_nonmember_action": "reject",
    # Whoever subscribes confirms (double opt-in); whoever leaves need not.
    "subscription_policy": "confirm",
    "unsubscription_policy": "open",
    "send_welcome_message": True,
    "send_goodbye_message": True,
    "preferred_language": "de",
    # Addresses are nobody's business, and letters are on the site.
    "member_roster_visibility": "moderators",
    "archive_policy": "never",
    # Whose mail comes back again and again is taken off.
    "process_bounces": True,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A list for announcements."""

    address: str
    """``newsletter@lists.example.org``."""

    name: str
    """What subscribers know it by."""

    description: str
    senders: Sequence[str]
    """Who may write to it, subscribed or not."""

    @property
    def settings(self) -> dict[str, Any]:
        """How it is to be set, by the names of Mailman's REST interface (version 3.1)."""
        named = {"display_name": self.name, "description": self.description}
        return {**_WANTED, **named, "accept_these_nonmembers": sorted(self.senders)}


@dataclass(frozen=True, slots=True)
class Difference:
    """A setting that is not as it is to be."""

    name: str
    is_set: Any
    wanted: Any


def differences(wanted: Announcement, settings: Mapping[str, Any], footer: str | None) -> Iterator[Difference]:
    """Yield what is otherwise than it is to be.

    Args:
        wanted: the list.
        settings: of the list as it is; what this version of Mailman does not know is passed over.
        footer: where its footer comes from; None: Mailman's own.
    """
    for name, value in wanted.settings.items():
        if name in settings and _plain(settings[name]) != _plain(value):
            yield Difference(name, settings[name], value)
    if footer != NO_FOOTER:
        yield Difference(FOOTER, footer, NO_FOOTER)


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, list | tuple) else value
