"""Where a letter goes at listmonk: the list of its audience, and the template around it, which adds nothing."""

import re
from collections.abc import Sequence

from newsletter.delivery.built_letter import BuiltLetter
from newsletter.delivery.listmonk import Listmonk, ListmonkList, Template
from newsletter.delivery.listmonk_connection import Unsure
from newsletter.refusal import Refusal

__all__ = ["TEMPLATE", "list_among", "made_template", "template_among"]

TEMPLATE = "Schaukasten"
"""The template's name."""

_BARE = '{{ template "content" . }}'
"""A letter is whole: nothing may stand around it, least of all what counts who opens it."""

_IS_BARE = re.compile(r'\s*\{\{\s*template\s+"content"\s*\.\s*\}\}\s*')


def list_among(lists: Sequence[ListmonkList], letter: BuiltLetter) -> ListmonkList:
    """Return the list that a letter goes to: the one with the key of the settings, or else its audience's name.

    Raises:
        Refusal: there is none or more than one, or it takes people without their confirmation.
    """
    key, audience = letter.manifest["list"], letter.manifest["audience_name"]
    wanted = key or audience
    if wanted is None:
        raise Refusal(
            "Zu diesem Brief ist keine Liste angegeben.",
            "In kooperation.yml unter „mailing“, „lists“ die Liste für alle mit „key“ eintragen; dann neu bauen.",
        )
    found = [one for one in lists if (one.has(key) if key else one.name == audience)]
    if len(found) != 1:
        names = ", ".join(sorted(f"„{one.name}“" for one in lists)) or "keine"
        raise Refusal(
            f"Die Liste „{wanted}“ gibt es in listmonk {'mehrfach' if found else 'nicht'}.",
            "In kooperation.yml als „key“ die UUID der Liste eintragen, die listmonk zeigt; dann neu bauen. "
            f"Der Benutzer sieht: {names}.",
        )
    if found[0].optin != "double":
        raise Refusal(
            f"Die Liste „{found[0].name}“ verlangt keine Bestätigung der Anmeldung (Double-Opt-in).",
            "In listmonk bei der Liste „Double Opt-In“ einstellen; wer ohne Bestätigung darauf steht, muss bestätigen.",
        )
    if found[0].status == "archived":
        raise Refusal(f"Die Liste „{found[0].name}“ ist in listmonk archiviert.", "Sie dort wieder aktivieren.")
    return found[0]


def template_among(templates: Sequence[Template]) -> int | None:
    """Return the id of the template; None: it has still to be made.

    Raises:
        Refusal: there is one with its name that adds something.
    """
    for one in templates:
        if one.name == TEMPLATE and one.type == "campaign":
            if not _IS_BARE.fullmatch(one.body):
                raise Refusal(
                    f"Die Vorlage „{TEMPLATE}“ in listmonk fügt dem Brief etwas hinzu.",
                    f"Sie darf nur {_BARE} enthalten: so ändern oder löschen.",
                )
            return one.id
    return None


def made_template(listmonk: Listmonk) -> int:
    """Return the id of the template, which is made where there is none.

    Raises:
        Refusal: as `template_among`, or it cannot be made.
    """
    if (there := template_among(listmonk.templates())) is not None:
        return there
    try:
        return listmonk.create_template(TEMPLATE, _BARE).id
    except Unsure:
        if (made := template_among(listmonk.templates())) is None:
            raise
        return made
