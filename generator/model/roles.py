"""Names that are not public, and the roles that stand in their place.

An author marks a name in the text (``[Erika Beispiel]{.name role="eine Anliegerin"}``), or the office keeps a list of
names outside the texts. The gate puts the role everywhere; what cannot be replaced is told when the texts are read.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Any, TypeVar

from generator.model.record import Record

__all__ = ["UNNAMED", "Roles", "marks"]

R = TypeVar("R", bound=Record)

UNNAMED = "N.\u00a0N."
"""Stands for a marked name whose role is not told (nomen nescio)."""

_MARK = re.compile(
    r"(?:\[(?P<plain>[^\[\]]*)\]|(?P<sign>\*{1,3}|_{1,3})(?=\S)(?P<emphasised>[^*_\n]+)(?P=sign))"
    r"\{:?\s*(?P<attributes>[^{}]*)\}"
)
_IS_NAME = re.compile(r"(?:^|\s)\.name(?=\s|$)")
_ROLE = re.compile(r"\b(?:role|rolle)\s*=\s*(?:\"([^\"]*)\"|„([^“]*)“|'([^']*)')")
_INVISIBLE = "[\u00ad\u200b-\u200d\u2060\ufeff]*"
_BETWEEN = r"(?:[\s*_\\]|&nbsp;|&#160;|&#xa0;|<[^<>]{0,80}>|[\u00ad\u200b-\u200d\u2060\ufeff])+"
_TAG = re.compile(r"<[^<>]*>")
_ENTITIES = {"ä": "auml", "ö": "ouml", "ü": "uuml", "ß": "szlig"}
_WRITTEN_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}


def marks(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names are marked in a text: from which character to which."""
    yield from (found.span() for found in _MARK.finditer(text) if _IS_NAME.search(found["attributes"]))


@dataclass(frozen=True)
class Roles:
    """Roles by the names in whose place they stand, as they are written in the office's list."""

    by_name: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, text: str) -> str:
        """Return a text with roles in the place of names: those that are marked in it, and those of the list.

        A name of the list is found in any case and spelling of umlauts, over line breaks and emphasis, with a genitive
        „s“, and with the family name first („Beispiel, Erika“).
        """
        if ".name" in text:
            text = _MARK.sub(_marked, text)
        for pattern, role in self._patterns:
            text = pattern.sub(role, text)
        return text

    def within(self, record: R) -> R:
        """Return a record with roles in the place of names in all of its texts, and in those of the records in it."""
        changed = {name: new for name, value in vars(record).items() if (new := _mapped(value, self)) is not value}
        return record.model_copy(update=changed) if changed else record

    def whole_in(self, text: str) -> Iterator[str]:
        """Yield the names of the list that stand in a text made for readers, plain or with HTML's entities."""
        # With what stands in tags, as addresses do, and as it is read.
        words = f" {_plain(text).lower()} \n {_plain(_TAG.sub('', text)).lower()} "
        for name, role in self.by_name.items():
            plain = _plain(name).lower()
            if f" {plain} " in words and plain != _plain(role).lower():
                yield name

    def family_in(self, text: str) -> Iterator[str]:
        """Yield the family names of the list that stand alone in a text, so that nobody has put a role there."""
        words = f" {_plain(text)} "
        for family in dict.fromkeys(name.split()[-1] for name in self.by_name):
            plain = _plain(family)
            seen = any(f" {form} " in words for form in (plain, f"{plain}s", plain.upper()))
            if seen and plain.lower() not in self._settled:
                yield family

    @cached_property
    def _settled(self) -> frozenset[str]:
        """The words for which the list says itself what is to stand there."""
        return frozenset(_plain(name).lower() for name in self.by_name) | frozenset(
            word for role in self.by_name.values() for word in _plain(role).lower().split()
        )

    @cached_property
    def _patterns(self) -> Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
        """What finds each name, the longest first, so that „Dr. Erika Beispiel“ comes before „Beispiel“."""
        names = sorted(self.by_name, key=lambda name: (-len(name), name))
        return [(_pattern(name), _constant(self.by_name[name])) for name in names]


def _constant(role: str) -> Callable[[re.Match[str]], str]:
    return lambda _found: role


def _marked(found: re.Match[str]) -> str:
    if not _IS_NAME.search(found["attributes"]):
        return found[0]
    role = _ROLE.search(found["attributes"])
    return next((text for text in role.groups() if text), UNNAMED) if role else UNNAMED


def _mapped(value: Any, change: Roles) -> Any:
    """Return a value of a record with its texts changed; itself where there is nothing to change."""
    if isinstance(value, str):
        # Nearly every text there is, is asked for here.
        if not change.by_name and ".name" not in value:
            return value
        changed = change(value)
        return value if changed == value else changed
    if isinstance(value, Record):
        return change.within(value)
    if isinstance(value, tuple):
        items = tuple(_mapped(item, change) for item in value)
        return value if all(new is old for new, old in zip(items, value, strict=True)) else items
    return value


def _pattern(name: str) -> re.Pattern[str]:
    words = [_word(word) for word in name.split()]
    forms = [_BETWEEN.join(words)]
    if len(words) > 1:
        forms.append(rf"{words[-1]},{_BETWEEN}{_BETWEEN.join(words[:-1])}")
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(forms)})(?:['’]?s|['’])?(?![^\W_])", re.IGNORECASE)


def _word(word: str) -> str:
    return _INVISIBLE.join(_letter(letter) for letter in unicodedata.normalize("NFC", word))


def _letter(letter: str) -> str:
    low = letter.lower()
    forms = [re.escape(letter)]
    if not letter.isascii():
        forms += [re.escape(unicodedata.normalize("NFD", letter)), f"&#{ord(letter)};", f"&#x0*{ord(letter):x};"]
    if low in _ENTITIES:
        forms += [f"&{_ENTITIES[low]};", _WRITTEN_OUT[low]]
    return forms[0] if len(forms) == 1 else f"(?:{'|'.join(forms)})"


def _plain(text: str) -> str:
    """Return the words of a text, umlauts written out, and nothing between them but a space."""
    seen = unicodedata.normalize("NFC", unescape(text))
    for letter, written in _WRITTEN_OUT.items():
        seen = seen.replace(letter, written).replace(letter.upper(), written.capitalize())
    letters = (sign if sign.isalnum() else " " for sign in seen if unicodedata.category(sign) != "Cf")
    return " ".join("".join(letters).split())
