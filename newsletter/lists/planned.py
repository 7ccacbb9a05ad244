"""The lists that the settings name, as they are to be."""

from collections import Counter
from collections.abc import Mapping

from generator.model.cooperation import Cooperation
from generator.problems import Problem, ProblemsFound
from newsletter.lists.announcement import Announcement
from newsletter.words import words

__all__ = ["planned_lists"]

_SETTINGS = "kooperation.yml"


def planned_lists(cooperation: Cooperation, language: str, texts: Mapping[str, str]) -> list[Announcement]:
    """Return a list for each that the settings name.

    Args:
        cooperation: the settings.
        language: of the site.
        texts: where texts of its mails are found, by the names of Mailman's templates.

    Raises:
        ProblemsFound: Mailman is not what the settings send by, or they lack something.
    """
    mailing = cooperation.mailing
    if mailing.profile != "mailman" or not mailing.lists:
        raise ProblemsFound(
            [
                Problem(
                    _SETTINGS,
                    1,
                    "Es sind keine Listen von Mailman eingetragen.",
                    "Unter „mailing“ „profile: mailman“ und unter „lists“ jede Liste mit „address“ eintragen.",
                )
            ]
        )
    names = {audience.id: audience.name for audience in cooperation.audiences}
    titles = [names.get(item.audience or "", words(language)("list.everybody")) for item in mailing.lists]
    problems = [
        _problem(f"Der Liste „{title}“ fehlt die Adresse.", "Sie mit „address“ eintragen: raete@lists.example.org")
        for item, title in zip(mailing.lists, titles, strict=True)
        if item.address is None
    ]
    addresses = Counter(item.address for item in mailing.lists if item.address)
    problems += [
        _problem(f"Die Adresse „{address}“ haben mehrere Listen.", "Jeder Liste ihre eigene Adresse geben.")
        for address, count in addresses.items()
        if count > 1
    ]
    sender = mailing.sender or cooperation.contact.email
    if sender is None:
        problems.append(_problem("Es ist kein Absender eingetragen, der an die Listen schreibt.", "„sender“ ergänzen."))
    if problems:
        raise ProblemsFound(problems)
    short = cooperation.short_name or cooperation.name
    return [
        Announcement(
            address=item.address or "",
            sender=sender or "",
            named={"display_name": f"{short}: {title}", "description": cooperation.name},
            texts=texts,
        )
        for item, title in zip(mailing.lists, titles, strict=True)
    ]


def _problem(message: str, remedy: str) -> Problem:
    return Problem(_SETTINGS, 1, message, remedy)
