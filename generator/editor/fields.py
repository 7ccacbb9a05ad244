"""The fields of forms, made from the model: labels, help, patterns and choices are the model's own.

What is a single record of a text is a list of at most one in the form, so that nothing of it is asked for until
somebody adds it. Yes and no are to be chosen, for a switch cannot show that nothing was said. ``single`` and ``short``
are read by ``page/text.js``, which takes both back when a text is written; decapcms.org/docs/widgets tells the others.
"""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic.fields import FieldInfo

from generator.model.content_type import ContentType
from generator.model.cooperation import LISTS, Cooperation
from generator.model.entry import Attachment, Entry, Image
from generator.model.form import Form
from generator.model.ids import Refers
from generator.model.meanings import Meanings
from generator.model.record import Record
from generator.model.remedies import shorten
from generator.model.shape import Shape, authored_fields, limit, shape_of

__all__ = ["FormField", "fields_of", "settings_fields"]

FormField = dict[str, Any]
"""A field of a form, as Decap CMS is told of it."""

_Choices = Mapping[str, Mapping[str, str]]
"""The ids of each list of a cooperation, with their names."""

_BODY: FormField = {
    "name": "body",
    "label": "Text",
    "hint": "In Markdown: Leerzeile für einen neuen Absatz, ## vor einer Zwischenüberschrift, - vor jedem Punkt einer "
    "Liste, `[Wort](https://www.example.org/)` für einen Link.",
    "widget": "text",
    "required": False,
}

_LONG = 100
"""A text that may have more letters gets more than one line."""

_UPLOADS: Mapping[tuple[type[Record], str], FormField] = {
    (Image, "file"): {"widget": "image", "folder": "bilder"},
    (Attachment, "file"): {"widget": "file", "folder": "anlagen"},
}
"""The fields that take files, and the folder in the content folder into which those go."""


def fields_of(kind: ContentType, cooperation: Cooperation, content: str) -> list[FormField]:
    """Return the fields of a type's form: what each text has, what the type has, the text itself, and what is left.

    Args:
        kind: the type.
        cooperation: whose municipalities, topics, committees and audiences there are to choose from.
        content: the content folder, from the top of the repository.
    """
    model = kind.model
    known = {name: {item.id: item.name for item in getattr(cooperation, name)} for name in LISTS}
    needed: list[FormField] = []
    own: list[FormField] = []
    common: list[FormField] = []
    for name, field in authored_fields(model):
        if name not in model.stand_ins:
            made = _field(model, name, field, known, content) | _short(model, name)
            is_common = name in Entry.model_fields
            (needed if made["required"] else common if is_common else own).append(made)
    return [*needed, *own, _BODY, *common]


def settings_fields(content: str) -> list[FormField]:
    """Return the fields of the form for ``kooperation.yml``."""
    return [_field(Cooperation, name, field, {}, content) for name, field in authored_fields(Cooperation)]


def _short(model: type[Entry], name: str) -> FormField:
    return {"short": model.short_forms[name]} if name in model.short_forms else {}


def _field(model: type[Record], name: str, field: FieldInfo, known: _Choices, content: str) -> FormField:
    shape = shape_of(field)
    # The reader knows an id by the name of the file.
    required = field.is_required() and not (issubclass(model, Entry) and name == "id")
    made: FormField = {"name": name, "label": field.title, "hint": field.description, "required": required}
    if shape.choices and not shape.is_list and isinstance(field.default, str):
        made["default"] = field.default
    upload = _UPLOADS.get((model, name))
    if upload is not None:
        return made | _upload(upload, content)
    return made | _widget(shape, field, known, content, required=required)


def _upload(upload: FormField, content: str) -> FormField:
    folder = upload["folder"]
    places = {"media_folder": f"/{content}/{folder}", "public_folder": f"/{folder}"}
    return {"widget": upload["widget"], **places, "choose_url": False}


def _widget(shape: Shape, field: FieldInfo, known: _Choices, content: str, *, required: bool) -> FormField:
    if shape.record is not None:
        fields = [_field(shape.record, *item, known, content) for item in authored_fields(shape.record)]
        if required and not shape.is_list:
            return {"widget": "object", "collapsed": False, "fields": fields}
        several = {"min": shape.least} if shape.least else {}
        single = {} if shape.is_list else {"single": True, "max": 1}
        summary = f"{{{{fields.{fields[0]['name']}}}}}"
        return {"widget": "list", "collapsed": True, "summary": summary, "default": [], **several, **single} | {
            "fields": fields
        }
    choices = _choices(shape, known)
    if choices is not None:
        return {"widget": "select", "options": choices, **({"multiple": True} if shape.is_list else {})}
    form = shape.mark(Form)
    assert form is not None, f"{field.title}: no form"
    one = _FORMS.get(form.name, _line)(shape, form)
    if shape.is_list:
        # With the commas of a simple list, „Stadt Musterburg, Bauamt“ would be two.
        item = {"name": "item", "label": field.title, "required": True, **one}
        return {"widget": "list", "collapsed": True, "summary": "{{fields.item}}", "default": [], "field": item}
    return one


def _choices(shape: Shape, known: _Choices) -> list[Mapping[str, str]] | None:
    """Return what there is to choose from; None: anything."""
    refers, meanings = shape.mark(Refers), shape.mark(Meanings)
    if refers is not None and refers.to in known:
        named = known[refers.to]
    elif shape.choices:
        assert meanings is not None
        named = {word: meanings.of[word] for word in shape.choices}
    else:
        return None
    return [{"label": name, "value": value} for value, name in named.items()]


def _yes_no(_shape: Shape, _form: Form) -> FormField:
    return {"widget": "select", "options": [{"label": word, "value": word} for word in ("ja", "nein")]}


def _day(_shape: Shape, form: Form) -> FormField:
    return {"widget": "moment", "time": form.name == "moment", "pattern": _pattern(form)}


def _integer(shape: Shape, _form: Form) -> FormField:
    return {"widget": "number", "value_type": "int", "min": limit(shape.marks, "ge") or 0}


def _text(_shape: Shape, _form: Form) -> FormField:
    return {"widget": "text"}


def _line(shape: Shape, form: Form) -> FormField:
    most = limit(shape.marks, "max_length")
    if most is None:
        return {"widget": "string", "pattern": _pattern(form)}
    return {
        "widget": "text" if most > _LONG else "string",
        "pattern": [rf"^[\s\S]{{1,{most}}}$", shorten(most).rstrip(".")],
    }


def _pattern(form: Form) -> list[str]:
    return [rf"^\s*(?:{form.pattern})\s*$", form.told.rstrip(".")]


_FORMS: Mapping[str, Callable[[Shape, Form], FormField]] = {
    "date": _day,
    "integer": _integer,
    "moment": _day,
    "text": _text,
    "yes_no": _yes_no,
}
"""What is asked for values of a form; of others, a line."""
