"""The values of a change in our own JSON: what class they are of is known from the field."""

from __future__ import annotations

import functools
import reprlib
import types
import typing
from typing import TYPE_CHECKING, cast

import attrs

from sanctionslib.answers import Change
from sanctionslib.model import Aircraft, Designation, Organization, Person, Vessel

if TYPE_CHECKING:
    from collections.abc import Callable

    from cattrs import Converter

__all__ = ["add_changes", "form_of"]


def form_of(field: str) -> type[object]:
    """The class of the values of a field, as `Change.field` names it.

    Raises:
        ValueError: There is no such field.

    >>> form_of("names").__name__, form_of("designations.programs").__name__
    ('Name', 'str')
    """
    if field not in _forms():
        raise ValueError(f"no field of an entity: {reprlib.repr(field)}")
    return _forms()[field]


_NOT_COMPARED = ("edition", "origins", "source", "id_space")


@functools.cache
def _forms() -> dict[str, type[object]]:
    found: dict[str, type[object]] = {"kind": str}
    for kind in (Person, Organization, Vessel, Aircraft):
        found |= _of_class(kind)
    found |= {f"designations.{name}": form for name, form in _of_class(Designation).items()}
    return {name: form for name, form in found.items() if name not in _NOT_COMPARED}


def _of_class(kind: type[attrs.AttrsInstance]) -> dict[str, type[object]]:
    hints = typing.get_type_hints(kind)
    return {one.name: _element(hints[one.name]) for one in attrs.fields(kind)}


def _element(form: object) -> type[object]:
    """The class of one value: `Name` of tuple[Name, …], `int` of int | None."""
    if typing.get_origin(form) in (tuple, types.UnionType):
        form = typing.get_args(form)[0]
    return cast("type[object]", form)


def add_changes(reader: Converter, *, lenient: bool) -> None:
    """Teach a converter to read changes.

    Args:
        reader: The converter.
        lenient: Whether it ignores unknown keys.
    """
    from cattrs.gen import make_dict_structure_fn, override

    def body(form: type[object]) -> Callable[[dict[str, object]], Change]:
        def value(given: object, _: object) -> object:
            return None if given is None else reader.structure(given, form)

        build = make_dict_structure_fn(
            Change,
            reader,
            _cattrs_forbid_extra_keys=not lenient,
            before=override(struct_hook=value),
            after=override(struct_hook=value),
        )
        return lambda given: build(given, Change)

    bodies = {form: body(form) for form in {*_forms().values()}}

    def read(value: object, _: object) -> Change:
        if not isinstance(value, dict):
            raise TypeError(f"must be an object, not {reprlib.repr(value)}")
        given = cast("dict[str, object]", value)
        field = given.get("field")
        return bodies[form_of(field) if isinstance(field, str) else str](given)

    reader.register_structure_hook(Change, read)
