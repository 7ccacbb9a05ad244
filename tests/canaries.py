"""Material that must never get out, with a word of its own in every place that can hold one, and how to find them.

A canary is a word that stands in one place only and means nothing, so that wherever it is found, it is known from where
it came.
"""

import base64
import binascii
import gzip
import html
import json
import quopri
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote_to_bytes
from zipfile import BadZipFile, ZipFile

from PIL import Image

__all__ = ["FIELDS", "NOW", "PROJECT", "PUBLIC", "Canaries", "found_in"]

NOW = "2026-11-22T12:00+01:00"

_SYLLABLES = (
    "ba",
    "ke",
    "li",
    "mo",
    "nu",
    "pa",
    "re",
    "ti",
    "vo",
    "zu",
    "da",
    "fe",
    "gi",
    "ho",
    "ju",
    "ka",
    "lo",
    "mu",
)
_SIGN = "qx"
_LENGTH = 10
"""Letters that tell a canary from all others: what cuts the ends of words off, as a search does, leaves these."""

_DEEPEST = 3
"""So many encodings one in another are undone: a compressed file in a message that is encoded for transport."""

_WORD = re.compile(rf"{_SIGN}[a-z]{{{_LENGTH - 2},}}")

PUBLIC = "public"
"""The group of the words that must get out: they show that the search finds what is there."""


@dataclass
class Canaries:
    """Words by the groups to which they belong, and the files in which they stand."""

    groups: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    files: dict[str, Any] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """The office's list of names that are not public."""

    _numbers: Iterator[int] = field(default_factory=count)

    def word(self, group: str) -> str:
        """Return a new word."""
        number = next(self._numbers)
        syllables = []
        for _ in range(4):
            number, rest = divmod(number, len(_SYLLABLES))
            syllables.append(_SYLLABLES[rest])
        word = f"{_SIGN}{''.join(syllables)}"
        self.groups[group].add(word)
        return f"{word}xo"

    @property
    def words(self) -> dict[str, str]:
        """The group of each word."""
        return {word: group for group, words in self.groups.items() for word in words}


def found_in(name: str, data: bytes, words: Mapping[str, str]) -> set[str]:
    """Return the words that stand in a file, whatever has been done to its text, or in its name."""
    seen = {found[:_LENGTH] for text in _readings(name.encode()) for found in _WORD.findall(text)}
    for text in _readings(data):
        seen |= {found[:_LENGTH] for found in _WORD.findall(text)}
    return {word for word in words if word[:_LENGTH] in seen}


def _readings(data: bytes, depth: int = 0) -> Iterator[str]:
    """Yield the texts that bytes may be: as they are, and with each encoding undone, one in another."""
    yield from _texts(data)
    if depth < _DEEPEST:
        for inner in _undone(data):
            yield from _readings(inner, depth + 1)


def _texts(data: bytes) -> Iterator[str]:
    plain = data.decode("utf-8", "replace").lower()
    yield plain
    # Lines that calendars fold, soft hyphens and what separates letters on paper.
    yield re.sub("\r?\n[ \t]|\u00ad|\u200b|[\x00]", "", plain)
    if b"&" in data:
        yield html.unescape(plain)
    if b"\\u" in data:
        yield re.sub(r"\\u([0-9a-f]{4})", lambda sign: chr(int(sign[1], 16)), plain)


def _undone(data: bytes) -> Iterator[bytes]:
    if data[:2] == b"\x1f\x8b":
        with suppress(OSError, EOFError, zlib.error):
            yield gzip.decompress(data)
    if data[:4] == b"PK\x03\x04":
        with suppress(BadZipFile), ZipFile(BytesIO(data)) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    for start in (match.start() for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data)):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(data[start : start + 10_000_000], 10_000_000)
    if b"%" in data and (apart := unquote_to_bytes(data)) != data:
        yield apart
    if b"=\n" in data or b"=\r\n" in data or b"=?" in data:
        yield quopri.decodestring(data.replace(b"_", b" "))
        yield quopri.decodestring(data)
    for packed in re.findall(rb"(?:[A-Za-z0-9+/]{20,}={0,2}(?:\r?\n)?)+", data):
        joined = re.sub(rb"\s", b"", packed)
        with suppress(binascii.Error):
            yield base64.b64decode(joined[: len(joined) // 4 * 4])


# --- The project -----------------------------------------------------------------------------------------------------

_SETTINGS = """\
id: testallianz
name: Testallianz
legal_form: Arbeitsgemeinschaft
land: Bayern
url: https://test.example.org/
contact: {name: Geschäftsstelle, address: "Rathausplatz 1, 95999 Talheim", email: info@test.example.org}
municipalities:
  - {id: talheim, name: Stadt Talheim, ags: "09999101"}
  - {id: bergdorf, name: Gemeinde Bergdorf, ags: "09999102"}
committees: [{id: lenkungsgruppe, name: Lenkungsgruppe}]
topics: [{id: mobilitaet, name: Mobilität}]
mailing:
  profile: rapidmail
  tags: {unsubscribe: "[[abmelden]]", web_view: "[[online]]", first_name: "[[vorname]]"}
  lists:
    - {audience: buergerschaft, address: buergerschaft@lists.example.org}
    - {audience: presse, address: presse@lists.example.org}
audiences: [{id: buergerschaft, name: Bürgerschaft}, {id: presse, name: Presse}]
"""

_FOLDERS = {"news": "aktuelles", "event": "termine", "minutes": "protokolle", "leitbild": "leitbild"}
_FOLDERS |= {"edition": "newsletter", "page": ""}


_GRAIN = Image.effect_noise((640, 480), 60).convert("RGB")


_PDF = """\
%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
4 0 obj<</Title(TITLE)>>endobj
trailer<</Root 1 0 R/Info 4 0 R>>
%%EOF
"""


_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" xmlns:ink="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 9 9"
ink:export-filename="WHO"><!-- WHO --><metadata>WHO</metadata><path d="M0 0h9"/></svg>
"""

_DOCX = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>",
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="a" Target="word/document.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    '<Relationship Id="b" Target="docProps/core.xml" Type='
    '"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"/></Relationships>',
    "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>TEXT</w:t></w:r></w:p></w:body></w:document>",
    "docProps/core.xml": "<cp:coreProperties xmlns:cp="
    '"http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>WHO</dc:creator>'
    "<cp:lastModifiedBy>WHO</cp:lastModifiedBy></cp:coreProperties>",
}


class _Author:
    """Writes a text with a canary of a group in every place."""

    def __init__(self, canaries: Canaries, group: str) -> None:
        self.canaries = canaries
        self.group = group

    def __call__(self) -> str:
        return self.canaries.word(self.group)

    def photograph(self, folder: str, *, hidden: str | None = None) -> str:
        """Put a photograph into the folder, with canaries in all that a camera writes; return its path."""
        inner = _Author(self.canaries, hidden or self.group)
        path = f"{folder}/{self()}.jpg"
        picture = _GRAIN.copy()
        exif = picture.getexif()
        # Description, maker, model, artist, copyright, comment for Windows.
        for tag in (0x010E, 0x010F, 0x0110, 0x013B, 0x8298):
            exif[tag] = inner()
        exif[0x9C9C] = inner().encode("utf-16-le")
        exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 8.0, 0.0), 27: inner().encode()})
        file = BytesIO()
        xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><d>{inner()}</d></x:xmpmeta>'.encode()
        picture.save(file, "JPEG", exif=exif, comment=inner(), xmp=xmp, quality=70)
        self.canaries.files[path] = {"bytes": file.getvalue().decode("latin-1")}
        return f"/{path}"

    def attachment(self, folder: str) -> str:
        """Put a file into the folder and return its path."""
        path = f"{folder}/{self()}.pdf"
        self.canaries.files[path] = _PDF.replace("TITLE", self())
        return f"/{path}"

    def downloads(self, folder: str) -> list[dict[str, str]]:
        """Put public files into the folder that tell in their metadata who made them; return them as attachments."""
        inner = _Author(self.canaries, "metadata")
        told = f"/Author({inner()})/Subject({inner()})/Keywords({inner()})/Creator({inner()})/Producer({inner()})"
        pdf = _PDF.replace("/Title(TITLE)", f"/Title({self()}){told}").replace("%PDF-1.4\n", f"%PDF-1.4\n%{inner()}\n")
        office = BytesIO()
        with ZipFile(office, "w") as packed:
            for name, text in _DOCX.items():
                marked = text.replace("WHO", inner()) if "WHO" in text else text
                packed.writestr(name, marked.replace("TEXT", self()) if "TEXT" in text else marked)
        drawing = _SVG.replace("WHO", inner(), 1).replace("WHO", inner(), 1).replace("WHO", inner(), 1)
        made: dict[str, Any] = {f"{self()}.pdf": pdf, f"{self()}.docx": {"bytes": office.getvalue().decode("latin-1")}}
        made[f"{self()}.svg"] = drawing
        self.canaries.files |= {f"{folder}/{name}": content for name, content in made.items()}
        return [{"file": f"/{folder}/{name}", "title": self()} for name in made]

    def body(self, folder: str) -> str:
        return f"""{self()} <!-- {self()} -->

## {self()}

**{self()}** [{self()}](https://{self()}.example.org/{self()}) [{self()}]({self.attachment(folder)}) `{self()}`

![{self()}]({self.photograph(folder)} "{self()}")

| {self()} | {self()} |
| --- | --- |
| {self()} | {self()} |

<p title="{self()}">{self()}</p>

Mit Fußnote.[^1]

[^1]: {self()}
"""

    def fields(self, kind: str, folder: str) -> dict[str, Any]:
        """Return every field that a text of a kind may have, those that hold it back left out."""
        common = {
            "title": self(),
            "summary": self(),
            "municipalities": ["talheim"],
            "topics": ["mobilitaet"],
            "projects": [self()],
            "audiences": ["buergerschaft"],
            "tags": [self()],
            "image": {
                "file": self.photograph(folder),
                "alt": self(),
                "credit": self(),
                "licence": self(),
            },
            "attachments": [{"file": self.attachment(folder), "title": self()}],
            "contact": {"name": self(), "role": self(), "phone": "09999 1", "email": f"{self()}@test.example.org"},
            "aliases": [f"/{self()}/"],
            "changes": [{"date": "2026-11-03", "note": self(), "major": "ja"}],
        }
        return common | _OF_KIND[kind](self)


def _of_news(author: _Author) -> dict[str, Any]:
    quote = {"text": author(), "name": author(), "role": author()}
    return {"date": "2026-11-02", "kind": "press", "place": author(), "quotes": [quote]}


def _of_event(author: _Author) -> dict[str, Any]:
    return {
        "start": "2026-12-02 18:00",
        "end": "2026-12-02 19:00",
        "publish": "2026-11-01",
        "kind": "workshop",
        "location": {"name": author(), "address": author(), "municipality": "talheim"},
        "online": {"url": f"https://{author()}.example.org/", "note": author()},
        "organizer": author(),
        "registration": {
            "required": "ja",
            "url": f"https://{author()}.example.org/",
            "email": f"{author()}@test.example.org",
            "deadline": "2026-12-01",
            "places": "20",
        },
        "accessibility": {
            "step_free": "ja",
            "wc": "ja",
            "hearing_loop": "nein",
            "sign_language": "nein",
            "captions": "nein",
            "note": author(),
        },
        "recurrence": {"frequency": "weekly", "interval": "1", "until": "2026-12-31", "exceptions": ["2026-12-23"]},
        "cancelled": {"reason": author()},
        "report": "oeffentlich",
    }


def _of_minutes(author: _Author) -> dict[str, Any]:
    return {
        "committee": "lenkungsgruppe",
        "start": "2026-11-02 18:00",
        "end": "2026-11-02 20:00",
        "place": author(),
        "state": "approved",
        "attendance": {"present": "3", "excused": "1", "absent": "0", "roles": [author()]},
    }


def _of_leitbild(author: _Author) -> dict[str, Any]:
    measured = {"date": "2026-01-01", "value": "2", "source": author()}
    indicator = {"name": author(), "unit": author(), "start": "1", "target": "9", "values": [measured]}
    goal = {"id": author(), "text": author(), "indicators": [indicator]}
    field_of_action = {"id": author(), "title": author(), "text": author(), "goals": [goal]}
    return {"vision": author(), "adopted_on": "2026-01-01", "version": author(), "fields": [field_of_action]}


def _of_edition(author: _Author) -> dict[str, Any]:
    number = str(100 + len(author.canaries.words))
    query = {
        "since": "2026-01-01",
        "kinds": ["news"],
        "topics": [],
        "municipalities": [],
        "audiences": [],
        "limit": "9",
    }
    letter = {"subject": author(), "preheader": author(), "audiences": ["buergerschaft", "presse"]}
    return {"number": number, "date": "2026-11-02", **letter, "items": ["oeffentlich"], "query": query}


_OF_KIND = {
    "news": _of_news,
    "event": _of_event,
    "minutes": _of_minutes,
    "leitbild": _of_leitbild,
    "edition": _of_edition,
    "page": lambda _author: {},
}

_ORIGINAL = "original-eines-entwurfs"
"""The id of a draft that has another form."""

_UNSIGNED = [{"municipality": "talheim", "date": "2026-11-01"}, {"municipality": "bergdorf"}]
_HELD: Mapping[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "draft": (tuple(_FOLDERS), {"draft": "ja"}),
    "not-yet-published": (tuple(_FOLDERS), {"publish": "2026-11-22 12:00:01"}),
    "embargo": (("news",), {"embargo": "2026-11-22 12:00:01"}),
    "expired": (tuple(_FOLDERS), {"expires": "2026-11-22 12:00"}),
    "withdrawn": (("minutes",), {"withdraw_on": "2026-11-22 12:00"}),
    "unsigned": (tuple(_FOLDERS), {"sign_off": _UNSIGNED}),
    "preliminary": (("minutes",), {"state": "preliminary"}),
}
"""For each rule, the kinds of texts it holds back, and by what fields."""


def _text(fields: Mapping[str, Any], body: str, comment: str) -> str:
    # JSON is YAML.
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items())
    return "\n".join(["---", f"# {comment}", *lines, "---", body])


def _held_back(canaries: Canaries) -> None:
    for rule, (kinds, fields) in _HELD.items():
        author = _Author(canaries, rule)
        for kind in kinds:
            folder = _FOLDERS[kind] or "bilder"
            role = author()
            signed = {"sign_off": [{**one, "role": role} for one in fields["sign_off"]]} if "sign_off" in fields else {}
            body = author.body(folder)
            if kind == "minutes":
                item = f"## TOP 1 – {author()}\n\n**Beschluss:** {author()}\n\n**Auftrag:** {author()} ({author()})"
                body = f"{item}\n\n{body}"
            given = author.fields(kind, folder) | fields | signed
            given |= {"id": _ORIGINAL if (rule, kind) == ("draft", "news") else author()}
            path = str(PurePosixPath(_FOLDERS[kind]) / f"{author()}.md")
            canaries.files[path] = _text(given, body.replace("\n## ", "\n### "), author())
    author = _Author(canaries, "original-held-back")
    variant = {"of": _ORIGINAL, "kind": "easy_language"}
    given = author.fields("page", "bilder") | {"variant": variant, "id": author()}
    canaries.files[f"{author()}.md"] = _text(given, author.body("bilder"), author())


def _parts(canaries: Canaries) -> None:
    """Write what is non-public within public texts, and what nobody publishes."""
    hidden, attached = _Author(canaries, "non-public-sections"), _Author(canaries, "non-public-attachments")
    named, comments, unused = (_Author(canaries, group) for group in ("names", "comments", "unused"))
    public = _Author(canaries, PUBLIC)
    first, last = named().capitalize(), named().capitalize()
    canaries.names[f"{first} {last}"] = "eine Anliegerin"
    body = f"""Vorrede. <!-- {comments()} -->

## TOP 1 – {public()}

**Beschluss:** {public()} auf Antrag von {first} {last} und [{named()} {named()}]{{.name role="ein Bürger"}}.

### TOP 1.1 – {hidden()} (nichtöffentlich)

{hidden.body("protokolle")}

## TOP 2 – Radweg (öffentlich)

**Auftrag:** {public()} ({last}, {first}, bis 31.12.2026)

## Nichtöffentlicher Teil

{hidden()}

## TOP 3 – {hidden()}

**Beschluss:** {hidden()}

**Abstimmung:** 3 Ja, 0 Nein

**Auftrag:** {hidden()} ({hidden()}, bis 31.12.2026)

{hidden.body("protokolle")}
"""
    attachments = [
        {"file": attached.attachment("protokolle"), "title": attached(), "public": "nein"},
    ]
    minutes = _of_minutes(public) | {
        "title": public(),
        "summary": f"{public()} {first} {last}",
        "attachments": attachments,
    }
    canaries.files["protokolle/oeffentliches-protokoll.md"] = _text(minutes, body, comments())
    news = _of_news(public) | {
        "title": f"{public()} {first} {last}",
        "summary": public(),
        "contact": {"name": f"{first} {last}"},
        "tags": [f"{first} {last}"],
        "attachments": public.downloads("aktuelles"),
        "image": {
            "file": public.photograph("aktuelles", hidden="metadata"),
            "alt": public(),
            "credit": f"{first} {last}",
        },
    }
    picture = public.photograph("aktuelles", hidden="metadata")
    body = f"{public()} <!-- {comments()} -->\n\n![{public()}]({picture})\n\n[{public()}]({picture})"
    canaries.files["aktuelles/oeffentlich.md"] = _text(news, body, comments())
    for kind in ("event", "leitbild", "page"):
        author, folder = _Author(canaries, PUBLIC), _FOLDERS[kind] or "bilder"
        shown = _OF_KIND[kind](author) | {"title": author(), "summary": author()}
        path = str(PurePosixPath(_FOLDERS[kind]) / ("index.md" if kind == "leitbild" else "oeffentliches.md"))
        shown |= {"id": f"oeffentlich-{kind}"}
        canaries.files[path] = _text(
            shown, f"{author()}\n\n![{author()}]({author.photograph(folder, hidden='metadata')})", ""
        )
    edition = _of_edition(public) | {"title": public(), "summary": public(), "number": "1"}
    canaries.files["newsletter/oeffentliche-ausgabe.md"] = _text(edition, public(), comments())
    canaries.files[f"aktuelles/{unused()}.txt"] = unused()
    canaries.files[f"bilder/{unused()}.svg"] = (
        f'<svg xmlns="http://www.w3.org/2000/svg"><title>{unused()}</title></svg>'
    )
    canaries.files[f".{unused()}"] = unused()
    unused.photograph("bilder")


FIELDS: Mapping[str, Mapping[str, Any]] = {kind: _Author(Canaries(), kind).fields(kind, "bilder") for kind in _FOLDERS}
"""The fields that are written of each kind of text."""


def _project() -> Canaries:
    canaries = Canaries()
    canaries.files["kooperation.yml"] = f"# {canaries.word('comments')}\n{_SETTINGS}"
    home = {"title": "Testallianz", "summary": "Zwei Kommunen."}
    canaries.files["index.md"] = _text(home, "Willkommen.", canaries.word("comments"))
    _held_back(canaries)
    _parts(canaries)
    return canaries


PROJECT = _project()
"""The project, with its content files."""
