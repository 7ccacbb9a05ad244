"""Random letters of everything that is allowed, with texts that are hard to carry; the same for the same seed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from generator.characters import FORBIDDEN
from newsletter.mjml import values
from newsletter.mjml.components import COMPONENTS, DEFAULTS, Component
from newsletter.mjml.values import ValueType

__all__ = ["EXAMPLES", "Document", "document"]

EXAMPLES: dict[ValueType, tuple[str, ...]] = {
    values.ADDRESS: ("https://www.example.org/ü?a=1&b=2#x", "mailto:info@example.org", "tel:+4999", "[[abmelden]]"),
    values.BODY_WIDTH: ("320px", "640px"),
    values.BORDER: ("none", "0", "1px solid #1a5276", "12px dashed #ABCDEF"),
    values.CLASSES: ("a", "größe", "a b-c", "_x1 y"),
    values.COLOUR: ("#1a5276", "#FFFFFF", "transparent"),
    values.CORNERS: ("0", "4px", "50%", "1px 2px 3px 4px"),
    values.FAMILY: ("Arial", "'Segoe UI', Arial, sans-serif", "Größe, 'ü ö'"),
    values.HEIGHT: ("auto", "40px"),
    values.LENGTH: ("0px", "100%", "77px"),
    values.LINE_HEIGHT: ("1", "1.25", "20px", "150%"),
    values.NAME: ("de", "größe", "a-b"),
    values.NUMBER: ("0", "9", "120"),
    values.PADDING: ("0", "7px", "1px 0", "1px 2px 3px", "1px 2px 3px 4px"),
    values.PX: ("0px", "9px", "480px"),
    values.SPACING: ("0px", "-1px", "0.05em", "1.5px"),
    values.STYLE: values.STYLE.choices,
    values.TEXT: ("x", ""),
    values.WEIGHT: values.WEIGHT.choices,
    values.WIDTH: ("33.33%", "50%", "200px"),
}
"""Good values of every form."""

_LETTERS = (
    *"abcdefghijk äöüßÄÖÜẞ„“‚‘–…»«’\"'<>&\\/{}[]|*%$#=;:`~^",
    "\u00a0",
    "\u00ad",
    "\u202f",
    "\u200d",
    "\ufe0f",
    "\u0301",
    "\u0308",
    "\u202e",
    "\u200f",
    "\u2009",
    "\ufeff",
    "\t",
    "\n",
    "ąłżçœěřů",
    "שלום",
    "🚲",
    "👨\u200d👩\u200d👧",
    "e\u0301",
    "{{ x }}",
    "{% y %}",
    "*|X|*",
    "&nbsp;",
    "&#228;",
    "]]>",
    "-->",
    "<!--",
    "<b>",
    "</mj-text>",
    "<mj-raw>",
    "\\u{a0}",
    "ü >",
    "„>",
)
_HTML = ("b", "i", "em", "strong", "span", "p", "h1", "h2", "small", "u")


@dataclass(kw_only=True, slots=True)
class Document:
    """A letter, and the texts that must be found again in what becomes of it."""

    random: Random
    texts: list[str] = field(default_factory=list)
    """Texts of elements."""

    values: list[str] = field(default_factory=list)
    """Texts of attributes."""

    source: str = ""

    def text(self) -> str:
        """Make up a text, and return it escaped."""
        self.texts.append(self._marked(len(self.texts)))
        return self._escaped(self.texts[-1], "&<")

    def value(self) -> str:
        """Make up a text for an attribute, and return it escaped, with quotation marks."""
        self.values.append(self._marked(len(self.values)))
        quote = self.random.choice("\"'")
        return quote + self._escaped(self.values[-1], f"&{quote}") + quote

    def _marked(self, number: int) -> str:
        """Make up a text between two marks, so that nothing can be lost at its ends."""
        letters = "".join(self.random.choices(_LETTERS, k=self.random.randrange(24)))
        return f"[{number}:{FORBIDDEN.sub('', letters)}:{number}]"

    def _escaped(self, text: str, necessary: str) -> str:
        """Write characters as entities where it must be, and now and then where it need not."""
        written = []
        for character in text:
            if character in necessary or self.random.random() < 0.05:
                written.append(self.random.choice((f"&#{ord(character)};", f"&#x{ord(character):X};")))
            else:
                written.append(character)
        return "".join(written)


def document(seed: int) -> Document:
    """Return the letter of a seed."""
    made = Document(random=Random(seed))
    head = f"<mj-title>{made.text()}</mj-title>" + _head(made)
    body = "".join(_element("mj-section", made) for _ in range(made.random.randint(1, 3)))
    if made.random.random() < 0.4:
        body += _element("mj-wrapper", made)
    if made.random.random() < 0.3:
        body += f"<mj-raw>{_with_conditions(made)}</mj-raw>"
    attributes = _attributes(COMPONENTS["mj-body"], made)
    made.source = f'<mjml lang="de"><mj-head>{head}</mj-head>\n<mj-body{attributes}>{body}</mj-body></mjml>'
    return made


def _head(made: Document) -> str:
    parts = []
    if made.random.random() < 0.6:
        parts.append(f"<mj-preview>{made.text()}</mj-preview>")
    if made.random.random() < 0.5:
        names = made.random.sample(sorted(DEFAULTS.keys() - {"mj-class"}), k=3)
        rows = "".join(f"<{name}{_attributes(DEFAULTS[name], made)} />" for name in names)
        parts.append(f"<mj-attributes>{rows}</mj-attributes>")
    if made.random.random() < 0.3:
        parts.append('<mj-style inline="inline">p, td > b { color: #111111 } .größe { margin: 0 }</mj-style>')
    if made.random.random() < 0.3:
        parts.append("<mj-style>@media print { .größe > b { color: #111111; content: '„ü > ä“' } }</mj-style>")
    return "".join(parts)


def _attributes(component: Component, made: Document) -> str:
    optional = sorted(component.attributes.keys() - {"mj-class", *component.required})
    chosen = made.random.sample(optional, k=min(len(optional), made.random.randrange(5)))
    written = []
    for attribute in [*component.required, *chosen]:
        if component.attributes[attribute] == values.TEXT and attribute != "rel":
            written.append(f" {attribute}={made.value()}")
        else:
            written.append(f' {attribute}="{_example(component.attributes[attribute], made)}"')
    return "".join(written)


def _example(form: ValueType, made: Document) -> str:
    every = (example for examples in EXAMPLES.values() for example in examples)
    choices = EXAMPLES.get(form) or form.choices or tuple(filter(form.accepts, every))
    return made.random.choice(choices)


_CHILDREN = {
    "mj-wrapper": ("mj-section",),
    "mj-section": ("mj-column", "mj-column", "mj-group"),
    "mj-group": ("mj-column",),
    "mj-column": ("mj-text", "mj-text", "mj-button", "mj-image", "mj-divider", "mj-spacer", "mj-table"),
}


def _element(name: str, made: Document) -> str:
    component = COMPONENTS[name]
    tag = f"<{name}{_attributes(component, made)}"
    if component.content == "none":
        return f"{tag} />"
    if name in _CHILDREN:
        count = made.random.randint(1, 3)
        content = "\n".join(_element(made.random.choice(_CHILDREN[name]), made) for _ in range(count))
    elif name == "mj-table":
        content = f"<tr><th>{made.text()}</th><td>{_html(made)}</td></tr>"
    else:
        content = _with_conditions(made) if component.holds_conditions else _html(made)
    return f"{tag}>{content}</{name}>"


def _html(made: Document) -> str:
    pieces = made.random.choices(_PIECES, k=made.random.randint(1, 3))
    return "".join(piece(made, made.random.choice(_HTML)) for piece in pieces)


def _with_conditions(made: Document) -> str:
    return made.random.choice(("", "<!--[if mso]><p>ü ></p><![endif]-->")) + _html(made)


_PIECES: tuple[Callable[[Document, str], str], ...] = (
    lambda made, name: f"<{name}>{made.text()}</{name}>",
    lambda made, _: f"{made.text()}<br>",
    lambda made, _: f"<img src='https://www.example.org/x.png' alt={made.value()}>",
    lambda made, _: f'<a href={made.value()} style="color:\n red">{made.text()}</a>',
    lambda made, name: f"<!-- „ü > --><{name} title={made.value()}></{name}>",
)
