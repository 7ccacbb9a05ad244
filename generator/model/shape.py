"""What the fields of the model hold, for whoever makes something of the model itself: schemas, forms, new texts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import NoneType
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic.fields import FieldInfo

from generator.model.record import Record

__all__ = ["Shape", "authored_fields", "limit", "shape_of"]

M = TypeVar("M")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a field holds."""

    is_list: bool
    """Whether it holds a list; the rest then tells of each item."""

    is_optional: bool
    """Whether nothing is a value, too."""

    record: type[Record] | None
    """The record in it; None: a single value."""

    choices: tuple[str, ...]
    """The words of which it takes one; none: any value of its form."""

    marks: tuple[Any, ...]
    """What stands in its ``Annotated``, the innermost first."""

    least: int
    """How many items a list must have."""

    def mark(self, kind: type[M]) -> M | None:
        """Return the outermost mark of a kind: its `Form`, what it `Refers` to."""
        return next((mark for mark in reversed(self.marks) if isinstance(mark, kind)), None)


def shape_of(field: FieldInfo) -> Shape:
    """Return what a field holds."""
    outer = tuple(field.metadata)
    annotation, marks, is_optional = _bare(field.annotation)
    is_list = get_origin(annotation) is tuple
    if is_list:
        annotation, marks, _ = _bare(get_args(annotation)[0])
    return Shape(
        is_list=is_list,
        is_optional=is_optional,
        record=annotation if isinstance(annotation, type) and issubclass(annotation, Record) else None,
        choices=get_args(annotation) if get_origin(annotation) is Literal else (),
        marks=marks if is_list else (*marks, *outer),
        least=(limit(outer, "min_length") or 0) if is_list else 0,
    )


def limit(marks: Iterable[Any], name: str) -> int | None:
    """Return a limit that pydantic holds to: ``min_length``, ``max_length`` or ``ge``; None: there is none."""
    return next((most for mark in marks if (most := getattr(mark, name, None)) is not None), None)


def authored_fields(model: type[Record]) -> Iterator[tuple[str, FieldInfo]]:
    """Yield the fields that an author may write, by name; the reader sets the others."""
    yield from ((name, field) for name, field in model.model_fields.items() if not field.exclude)


def _bare(annotation: Any) -> tuple[Any, tuple[Any, ...], bool]:
    """Return an annotation without what stands around it, the marks among that, and whether it may be None."""
    marks: tuple[Any, ...] = ()
    is_optional = False
    while True:
        parts = get_args(annotation)
        if get_origin(annotation) is Annotated:
            annotation, marks = parts[0], (*parts[1:], *marks)
        elif NoneType in parts and len(parts) == 2:
            (annotation,) = (part for part in parts if part is not NoneType)
            is_optional = True
        else:
            return annotation, marks, is_optional
