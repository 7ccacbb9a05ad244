"""What becomes of everything that was found: the new texts, the files they need, and what is told of it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from generator.importing.dialect import levelled
from generator.importing.identity import as_url, free_place, identity, is_possible, own_id, told_apart
from generator.importing.links import anchors_in, file_of, linked
from generator.importing.markups import our_markdown
from generator.importing.media import Media
from generator.importing.names import given, listed, unknown_fields
from generator.importing.new_text import NewText
from generator.importing.original import Found, Note, Original
from generator.importing.our_fields import Mapped, mapped
from generator.importing.placeholders import placeholders_in
from generator.importing.targets import Targets
from generator.model.entry import Image
from generator.model.site import Layout, Site
from generator.problems import Problem
from generator.reading.files import MAX_TEXT_BYTES
from generator.scaffold.text import placeholder
from generator.scaffold.yaml_text import Value
from generator.slug import slug

__all__ = ["Plan", "plan_import"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be written, and what is to be told."""

    texts: tuple[NewText, ...]
    copies: Mapping[PurePosixPath, Path]
    """The place of each file in the content folder, and where it is now."""

    already: tuple[Note, ...] = ()
    """What an earlier run took over, with the text that it is now."""

    left_out: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What could not be read."""


def plan_import(found: Found, site: Site, layout: Layout, media: Media, today: date) -> Plan:
    """Find out what becomes of everything that was found.

    Args:
        found: what was found.
        site: what is there already; nothing of it is changed.
        layout: the folders of the types.
        media: the files.
        today: the day of the import.
    """
    known = {name: entry.source.path for entry in site.entries for name in (entry.url, *entry.former_urls, entry.id)}
    already: list[Note] = []
    left_out = [*found.left_out]
    begun: list[tuple[Original, Mapped, str]] = []
    for original in told_apart(found.texts):
        earlier = known.get(as_url(original.address) or " ") or known.get(own_id(original))
        if earlier is not None:
            already.append(Note(original.file, str(earlier)))
        elif len(original.body.encode()) > MAX_TEXT_BYTES:
            left_out.append(Note(original.file, "mit mehr als 1 MB zu groß für einen Text"))
        elif original.section and not original.body.strip():
            left_out.append(Note(original.file, "Übersicht ohne eigenen Text; Listen entstehen hier von selbst"))
        else:
            title, body = _title_apart(original, our_markdown(original.markup, original.body))
            body = levelled(body)
            told = original if title is None else replace(original, fields={**original.fields, "title": title})
            begun.append((told, mapped(told, body, site.cooperation, today), body))
    taken = {name: entry.source.path for entry in site.entries for name in (entry.url, entry.id)}
    placed: list[tuple[Original, Mapped, str, PurePosixPath]] = []
    for original, ours, body in begun:
        place = free_place(original, ours, layout, taken)
        if place is None:
            left_out.append(Note(original.file, "Die Seite gibt es hier schon; den Text von Hand hineinkopieren"))
            continue
        placed.append((original, ours, body, place))
    targets = Targets([(original, place) for original, _, _, place in placed], site, found.hosts, media)
    anchors = {place: anchors_in(body) for _, _, body, place in placed}
    anchors |= {entry.source.path: anchors_in(entry.source.body) for entry in site.entries}
    claimed = {*known, *taken}
    texts: list[NewText] = []
    for original, ours, body, place in placed:
        made = linked(body, original, place, targets, media, found.alts, anchors)
        picture, lost = _image(original, place, targets, media)
        fields = {**ours.fields, **picture, **identity(original, place, claimed)}
        text = NewText(
            original=original,
            kind=ours.kind,
            place=place,
            fields=fields,
            body=made.body,
            reasons=ours.reasons,
            doubts=(*ours.doubts, *lost, *_doubts(original, fields)),
            links=frozenset(made.texts - {place}),
        )
        texts.append(text if not any(placeholders_in(text.text)) else _held_back(text, "es fehlt noch etwas"))
    return Plan(
        texts=tuple(sorted(_behind_drafts(texts), key=lambda text: text.place)),
        copies=media.copies,
        already=tuple(already),
        left_out=(*left_out, *_fields_left_out(found)),
        problems=found.problems,
    )


def _held_back(text: NewText, reason: str) -> NewText:
    return replace(text, reasons=(*text.reasons, reason))


def _behind_drafts(texts: list[NewText]) -> list[NewText]:
    """Return the texts, those that lead to a draft as drafts, too: a public one must not lead to nothing."""
    drafts = {text.place for text in texts if text.reasons}
    leading = {text.place: text for text in texts}
    while more := [text for text in leading.values() if text.place not in drafts and text.links & drafts]:
        for text in more:
            target = min(text.links & drafts)
            leading[text.place] = _held_back(text, f"verweist auf den Entwurf {target}")
        drafts |= {text.place for text in more}
    return list(leading.values())


_FIRST = re.compile(r"\s*#{1,2} ([^\n]+)\n")


def _title_apart(original: Original, body: str) -> tuple[str | None, str]:
    """Return the heading that stands for a title, if there is no other, and the body without it and without a twin."""
    own = str(given(original.fields, "title") or "").strip()
    first = _FIRST.match(body)
    if first is None or (own and slug(own) != slug(first[1])):
        return None, body
    return (None if own else first[1].strip()), body[first.end() :].lstrip("\n")


def _image(
    original: Original, place: PurePosixPath, targets: Targets, media: Media
) -> tuple[dict[str, Value], tuple[tuple[str, str], ...]]:
    """Return the picture of a text, and what about it is in doubt.

    What it shows and who made it is asked for where nobody has said it.
    """
    value = given(original.fields, "image")
    value = value[0] if isinstance(value, list) and value else value
    own: Mapping[str, Any] = value if isinstance(value, dict) else {}
    named = next((own[name] for name in ("file", "image", "src", "path") if own.get(name)), value)
    if not isinstance(named, str):
        return {}, ()
    file = file_of(named, original, place, targets, media)
    if file is None:
        lost = f"Das Bild „{named}“ fehlt. In content/bilder/ legen und mit „image: …“ nennen."
        return {}, (("title", lost),)
    fields = Image.model_fields
    alt = " ".join(str(own.get("alt") or "").split())
    parts = {"file": file, "alt": alt or placeholder(fields["alt"]), "credit": placeholder(fields["credit"])}
    return {"image": parts}, ()


_OF_EVERY_POST = ("/?p=", "/?page_id=")
"""Addresses that WordPress has for every text beside that which it shows."""


def _doubts(original: Original, fields: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    kept = fields.get("aliases", ())
    for address in (original.address, *original.aliases):
        if address and not address.startswith(_OF_EVERY_POST) and not is_possible(address) and as_url(address):
            yield (
                "title",
                f"Die frühere Adresse „{address}“ kann nicht weiterleiten. Im Webserver einrichten oder aufgeben.",
            )
    if not original.address and original.fields.get("link"):
        address = original.fields["link"]
        yield (
            "title",
            f"Die frühere Adresse „{address}“ kann nicht weiterleiten. Im Webserver einrichten oder aufgeben.",
        )
    elif not original.address and not original.held_back and not kept:
        yield (
            "title",
            "Die frühere Adresse ist nicht bekannt. Wenn der Text eine hatte, „aliases: [/alte/adresse/]“ ergänzen.",
        )
    unknown = sorted(unknown_fields(original.fields))
    if unknown:
        yield (
            "title",
            f"Nicht übernommen: {', '.join(f'„{name}“' for name in unknown)}. Was wichtig ist, in den Text schreiben.",
        )


def _texts(count: int) -> str:
    return "1 Text" if count == 1 else f"{count} Texte"


def _fields_left_out(found: Found) -> Iterator[Note]:
    count: Counter[str] = Counter()
    for original in found.texts:
        count.update(
            name
            for name in ("author", "changed")
            if listed(given(original.fields, name)) or given(original.fields, name)
        )
    if count["author"]:
        yield Note(_texts(count["author"]), "Namen von Autorinnen und Autoren; Namen sind personenbezogene Daten")
    if count["changed"]:
        yield Note(
            _texts(count["changed"]),
            "Tag der letzten Änderung; hier steht unter „changes“, was sich geändert hat, und das ist nicht bekannt",
        )
