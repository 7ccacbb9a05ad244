"""Who is behind the site: the cooperation, its municipalities and its committees."""

import re

from generator.channels.structured_data.thing import Thing, thing
from generator.channels.view import View
from generator.model.cooperation import Committee, Municipality

__all__ = [
    "committee",
    "committee_in_brief",
    "cooperation",
    "municipality",
    "named",
    "postal_address",
    "publisher",
    "reference",
]

_ITSELF = "#organisation"
"""Tells an organisation from the page about it."""

_ADDRESS = re.compile(r"(?P<street>[^,]+(?:, [^,]+)*), (?:D-)?(?P<code>[0-9]{5}) (?P<town>[^,]+)")


def reference(view: View) -> Thing:
    """Return a reference to the cooperation, where the page tells more of it elsewhere."""
    return {"@id": view.absolute() + _ITSELF}


def publisher(view: View) -> Thing:
    """Return the cooperation in a few words."""
    site = view.site.cooperation
    return thing(
        "GovernmentOrganization",
        view.absolute() + _ITSELF,
        name=site.name,
        url=view.absolute(),
        logo=_picture(view, site.brand.logo),
    )


def cooperation(view: View, description: str) -> Thing:
    """Return the cooperation with everything that is stated of it."""
    site = view.site.cooperation
    office = site.contact
    phone = _international(office.phone) if office.phone else None
    return publisher(view) | thing(
        "GovernmentOrganization",
        alternateName=site.short_name,
        slogan=site.claim,
        description=description,
        email=office.email,
        telephone=phone,
        address=postal_address(office.address, in_germany=True),
        contactPoint=thing(
            "ContactPoint", name=office.name, contactType=office.role, email=office.email, telephone=phone
        ),
        sameAs=list(view.site.layout.profiles),
        member=[_member(view, item) for item in site.municipalities],
    )


def municipality(view: View, item: Municipality) -> Thing:
    """Return a municipality as its own page shows it."""
    return _member(view, item) | thing(
        "GovernmentOrganization",
        description=item.summary,
        logo=_picture(view, item.coat_of_arms),
        identifier=thing("PropertyValue", propertyID="AGS", value=item.ags),
        memberOf=publisher(view),
    )


def committee_in_brief(view: View, item: Committee) -> Thing:
    """Return a committee in a few words."""
    page = view.absolute(view.at.committee(item.id))
    return thing("Organization", page + _ITSELF, name=item.name, url=page)


def committee(view: View, item: Committee) -> Thing:
    """Return a committee as its own page shows it."""
    return committee_in_brief(view, item) | thing(
        "Organization", description=item.task, parentOrganization=publisher(view)
    )


def named(view: View, name: str) -> Thing:
    """Return the organisation of this name: one that the site knows, or else one of which only the name is stated."""
    site = view.site.cooperation
    if name in (site.name, site.short_name):
        return publisher(view)
    for item in site.municipalities:
        if name == item.name:
            return _member(view, item)
    return thing("Organization", name=name)


def postal_address(text: str, *, in_germany: bool) -> Thing | str:
    """Return an address written as „Straße, Postleitzahl Ort“ in its parts; one of another form stays a text.

    Args:
        text: the address.
        in_germany: whether it is known to be there; nobody writes it.
    """
    parts = _ADDRESS.fullmatch(text)
    if parts is None:
        return text
    return thing(
        "PostalAddress",
        streetAddress=parts["street"],
        postalCode=parts["code"],
        addressLocality=parts["town"],
        addressCountry="DE" if in_germany else None,
    )


def _member(view: View, item: Municipality) -> Thing:
    page = view.absolute(view.at.municipality(item.id))
    return thing("GovernmentOrganization", page + _ITSELF, name=item.name, url=item.url or page)


def _international(phone: str) -> str:
    """Return a German number as one dials it from anywhere."""
    return re.sub(r"^0(?=[1-9])", "+49 ", phone)


def _picture(view: View, file: str | None) -> str | None:
    shown = view.picture_of(file)
    return view.absolute(shown["src"]) if shown else None
