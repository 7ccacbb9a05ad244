"""MJML and HTML source to a tree that knows where each tag stands.

A parser of our own, because browsers' rules (``html.parser``, html5lib) forgive exactly the mistakes that must be told
here, and XML's rules know neither ``<br>`` nor ``&nbsp;``.
"""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from generator.characters import FORBIDDEN
from generator.problems import Problem
from newsletter.mjml.tree import VOID, Comment, Element, Text

__all__ = ["STAMP", "Markup", "parse"]

STAMP = "data-stamp"
"""The attribute of an ``<mj…>`` tag that tells its template and line, as ``letter.mjml:12`` (see `environment`)."""

_RAW = frozenset({"mj-style", "script", "style"})
_DEEPEST = 100
"""Elements in one another: more than any letter needs, and fewer than the engine's stack can take."""

_NAME = r"[A-Za-z][A-Za-z0-9:-]*+"
_ATTRIBUTE_NAME = r"[A-Za-z_:][\w:.-]*+"
_TOKEN = re.compile(
    rf"""<(?:
      (?P<open>{_NAME})
      (?P<attributes>(?:\s++{_ATTRIBUTE_NAME}(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>=`]++))?+)*+)
      \s*+(?P<empty>/?)>
    | /(?P<end>{_NAME})\s*+>
    | !--(?P<comment>.*?)-->
    | (?P<declaration>[!?][^<>]*+)>
    | (?P<stray>)
    )""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_ATTRIBUTE = re.compile(rf"""({_ATTRIBUTE_NAME})(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>=`]++)))?+""", re.ASCII)
_REFERENCE = re.compile(r"&(?:#[0-9]++|#[xX][0-9a-fA-F]++|[A-Za-z][A-Za-z0-9]*+);")


@dataclass(frozen=True, kw_only=True, slots=True)
class Markup:
    """What was found in a source."""

    root: Element
    """A nameless element around everything."""

    problems: tuple[Problem, ...]
    """What is wrong with the markup itself."""

    is_sound: bool
    """Whether components are in one another as written; else the tree is a guess, and nothing can be said of it."""


def parse(source: str, path: str) -> Markup:
    """Parse MJML or HTML.

    Args:
        source: the text, with line feeds as ends of lines.
        path: the file that problems name where no stamp tells a better one.
    """
    parser = _Parser(path)
    parser.run(source)
    return Markup(root=parser.stack[0], problems=tuple(parser.problems), is_sound=parser.is_sound)


class _Parser:
    def __init__(self, path: str) -> None:
        self.stack = [Element(name="", attributes={}, path=path, line=1, is_stamped=False)]
        self.problems: list[Problem] = []
        self.is_sound = True
        self.line = 1

    def run(self, source: str) -> None:
        position = 0
        while (token := _TOKEN.search(source, position)) is not None:
            self.add_text(source[position : token.start()])
            position = token.end()
            match token.lastgroup:
                case "empty":
                    position = self.open(token, position)
                case "end":
                    self.close(token["end"].lower())
                case "comment":
                    path, line = self.place()
                    comment = self.checked(token["comment"])
                    self.stack[-1].children.append(Comment(text=comment, path=path, line=line))
                case "declaration" if token["declaration"].lower() != "!doctype html":
                    self.tell(f"„<{token['declaration']}>“ ist hier nicht vorgesehen.", "Entfernen.")
                case "stray":
                    self.tell("Nach einem „<“ steht kein lesbares Tag.", "Das Tag prüfen; als Zeichen &lt; schreiben.")
            self.line += source.count("\n", token.start(), position)
            if len(self.stack) > _DEEPEST:
                self.is_sound = False
                self.tell(f"Mehr als {_DEEPEST} Tags stecken ineinander.", "Flacher aufbauen.")
                return
        self.add_text(source[position:])
        self.close("")

    def add_text(self, raw: str) -> None:
        if raw:
            blank = len(raw) - len(raw.lstrip())
            self.line += raw.count("\n", 0, blank)
            path, line = self.place()
            self.stack[-1].children.append(Text(text=self.checked(_decoded(raw)), path=path, line=line))
            self.line += raw.count("\n", blank)

    def open(self, token: re.Match[str], position: int) -> int:
        """Add an element; return where to go on: behind its tag, or behind the end tag of one whose content is raw."""
        name = token["open"].lower()
        attributes: dict[str, str] = {}
        doubled = []
        for key, *values in _ATTRIBUTE.findall(token["attributes"]):
            if key.lower() in attributes:
                doubled.append(key.lower())
            attributes[key.lower()] = _decoded("".join(values))
        stamp = attributes.pop(STAMP, None) if name.startswith("mj") else None
        path, line = _place_of(stamp) if stamp else self.place()
        is_stamped = stamp is not None or self.stack[-1].is_stamped
        element = Element(name=name, attributes=attributes, path=path, line=line, is_stamped=is_stamped)
        self.stack[-1].children.append(element)
        self.stack.append(element)
        for key in doubled:
            self.tell(f"„{key}“ steht zweimal in „{name}“.", "Eine der Angaben entfernen.")
        for value in attributes.values():
            self.checked(value)
        if token["empty"] or name in VOID:
            self.stack.pop()
        elif name in _RAW:
            return self.add_raw(name, token.string, position)
        return position

    def add_raw(self, name: str, source: str, start: int) -> int:
        """Add text in which only the end tag means something; return where its end tag begins."""
        end = re.compile(f"</{name}\\s*>", re.IGNORECASE).search(source, start)
        raw = source[start : end.start() if end else len(source)]
        path, line = self.place()
        self.stack[-1].children.append(Text(text=self.checked(raw), path=path, line=line))
        return start + len(raw)

    def close(self, name: str) -> None:
        """Close the innermost element of this name, and tell of those within that were left open."""
        if self.stack[-1].name != name and name not in {element.name for element in self.stack}:
            self.is_sound &= not name.startswith("mj")
            self.tell(f"„</{name}>“ schließt nichts.", "Entfernen oder das Tag öffnen.")
            return
        while self.stack[-1].name != name:
            open_one = self.stack.pop()
            self.is_sound &= not open_one.name.startswith("mj")
            message = f"„{open_one.name}“ wird nicht geschlossen."
            self.problems.append(Problem(open_one.path, open_one.line, message, f"</{open_one.name}> ergänzen."))
        if name:
            self.stack.pop()

    def place(self) -> tuple[str, int]:
        """Return where we are: the place of the innermost stamp, else the line of the source."""
        inner = self.stack[-1]
        return (inner.path, inner.line) if inner.is_stamped else (self.stack[0].path, self.line)

    def tell(self, message: str, remedy: str) -> None:
        self.problems.append(Problem(*self.place(), message, remedy))

    def checked(self, text: str) -> str:
        if FORBIDDEN.search(text) is None:
            return text
        for character in sorted(set(FORBIDDEN.findall(text))):
            message = f"Das Zeichen U+{ord(character):04X} darf in keinem Text stehen."
            self.tell(message, "Im Text löschen; es ist meist unsichtbar.")
        return text


def _place_of(stamp: str) -> tuple[str, int]:
    path, _, line = stamp.rpartition(":")
    return unquote(path), int(line)


def _decoded(raw: str) -> str:
    """Return text with its entities decoded; an ampersand that begins none is one."""
    return _REFERENCE.sub(lambda reference: unescape(reference[0]), raw) if "&" in raw else raw
