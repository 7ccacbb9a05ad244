"""How a reader subscribes to the newsletter: a form of the service that sends it, or a mail.

Only what a service documents is used. listmonk takes a form from elsewhere (``POST /subscription/form``, listmonk 6).
Mailman takes a mail to the list's address with „-join“ (RFC 2142 has no such name; it is Mailman's own); its web pages
take no form from elsewhere, for Django's protection against forged requests stands before them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from generator.channels.view import Data, View
from generator.model.mailing import Mailing, MailingList

__all__ = ["SubscriptionForm", "origin_of", "subscription", "subscription_form"]


@dataclass(frozen=True, slots=True)
class SubscriptionForm:
    """A form that a service takes from other sites."""

    action: str
    email: str
    """The name of the field for the address."""

    list: str
    """The name of the field for each list."""

    trap: str
    """The name of a field that only programs fill in."""


def subscription(view: View) -> Data | None:
    """Return what the page of the newsletter tells of subscribing; None: nothing is known of it."""
    mailing = view.site.cooperation.mailing
    audiences = {audience.id: audience for audience in view.site.cooperation.audiences}
    form = subscription_form(mailing)
    lists = [
        {
            "name": audiences[item.audience].name if item.audience else view.words("subscription.everybody"),
            "topics": [view.topic(topic)["title"] for topic in audiences[item.audience].topics]
            if item.audience
            else [],
            "key": item.key,
            "mail": (mail := _mail_to_join(item, view)),
            "address": mail.removeprefix("mailto:").partition("?")[0] if mail else None,
        }
        for item in mailing.lists or ((_ONE_FOR_ALL,) if mailing.sender else ())
    ]
    if not lists:
        return None
    return {
        "form": {"action": form.action, "email": form.email, "list": form.list, "trap": form.trap} if form else None,
        "lists": lists,
        "stored": mailing.stored or view.words("subscription.stored"),
        "kept": mailing.kept or view.words("subscription.kept"),
        "processor": mailing.processor,
        "privacy": view.site.cooperation.legal.privacy,
    }


def subscription_form(mailing: Mailing) -> SubscriptionForm | None:
    """Return the form of the service; None: readers subscribe by mail."""
    make = _FORMS.get(mailing.profile)
    usable = make is not None and mailing.website is not None and all(item.key for item in mailing.lists)
    return make(mailing.website.rstrip("/")) if make and usable and mailing.website and mailing.lists else None


def origin_of(address: str) -> str:
    """Return scheme and host of an address, as policies name it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _listmonk(website: str) -> SubscriptionForm:
    return SubscriptionForm(action=f"{website}/subscription/form", email="email", list="l", trap="nonce")


_FORMS: Mapping[str, Callable[[str], SubscriptionForm]] = {"listmonk": _listmonk}
"""The services that take a form from elsewhere, by their profiles."""

_ONE_FOR_ALL = MailingList()


def _mail_to_join(item: MailingList, view: View) -> str | None:
    """Return the ``mailto:`` address (RFC 6068) with which a reader subscribes by mail."""
    mailing = view.site.cooperation.mailing
    if mailing.profile == "mailman" and item.address:
        name, _, host = item.address.rpartition("@")
        return f"mailto:{quote(name)}-join@{host}"
    address = item.address or mailing.sender
    return f"mailto:{address}?subject={quote(view.words('subscription.subject'))}" if address else None
