"""Hypothesis strategies for all classes of the model and of the answers, made from their fields.

A field without a strategy of its own gets one from its type, and mostly has its default, so that
objects stay small. A new field or class is covered without a change here.
"""

from __future__ import annotations

import enum
import types
import typing
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Literal, Union

import attrs
from hypothesis import strategies as st

from sanctionslib import answers, catalog, model
from sanctionslib.answers import Change
from sanctionslib.errors import Where
from sanctionslib.model import (
    Aircraft,
    Calendar,
    Designation,
    Edition,
    Entity,
    Organization,
    PartialDate,
    Person,
    Source,
    Vessel,
)

KINDS = (Entity, Person, Organization, Vessel, Aircraft)
CLASSES = tuple(
    found
    for package in (model, answers, catalog)
    for name in package.__all__
    if attrs.has(found := getattr(package, name))
)
"""All classes of the model, of the answers, and of what is known of lists."""
ANSWERS = tuple(kind for kind in CLASSES if not issubclass(kind, (Entity, Edition)))

NOT_COMPARED = ("edition", "origins", "source", "id_space")
"""Fields of an entity that say where it was read, and nothing of the party."""

texts = st.text(max_size=8)
list_ids = st.sampled_from(("us_ofac_sdn", "un_sc_sanctions", "watch"))
keys = st.text("0123456789~.-", min_size=1, max_size=6)
ids = st.builds("{}:{}".format, list_ids, keys)
sources = st.lists(st.tuples(texts, texts), max_size=3).map(
    lambda pairs: Source(tuple(path for path, _ in pairs), tuple(value for _, value in pairs))
)


@st.composite
def dates(draw: st.DrawFn) -> PartialDate:
    """A read date of each precision, an open range, or an unread one."""
    first, last = sorted((draw(st.dates()), draw(st.dates())))
    made = draw(
        st.sampled_from(
            (
                PartialDate(),
                PartialDate.day(first),
                PartialDate.month(first.year, first.month),
                PartialDate.year(first.year),
                PartialDate.between(first, last),
                PartialDate.between(first, None),
                PartialDate.between(None, last),
            )
        )
    )
    circa = made.is_read and draw(st.booleans())
    calendar = draw(st.sampled_from(Calendar))
    return attrs.evolve(made, circa=circa, calendar=calendar, raw=draw(texts))


_OWN: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    int: st.integers(-(1 << 63), (1 << 63) - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    types.NoneType: st.none(),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)).map(lambda one: one.replace(fold=0)),
    PartialDate: dates(),
    Source: sources,
    Where: st.builds(Where, texts, texts, texts, texts, texts, st.none() | st.integers(0, 1 << 31)),
}


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """A change of any field, with values of the class that the field has."""
    forms = {one.name: hint for kind in KINDS for one, hint in fields_of(kind)}
    forms |= {f"designations.{one.name}": hint for one, hint in fields_of(Designation)}
    field = draw(st.sampled_from([name for name in forms if name not in NOT_COMPARED]))
    value = st.none() | of_type(element_of(forms[field]))
    at = draw(st.none() | of_type(int))
    return Change(field=field, before=draw(value), after=draw(value), designation=at)


def fields_of(kind: Any) -> list[tuple[Any, Any]]:
    """The fields of a class, with their types."""
    hints = typing.get_type_hints(kind)
    return [(field, hints[field.name]) for field in attrs.fields(kind)]


def element_of(form: Any) -> Any:
    """The type of one value: `Name` of tuple[Name, …], `int` of int | None."""
    several = (tuple, types.UnionType, Union)
    return typing.get_args(form)[0] if typing.get_origin(form) in several else form


@cache
def of_type(form: Any) -> st.SearchStrategy[Any]:
    """Values of a type, as it stands in an annotation."""
    origin, args = typing.get_origin(form), typing.get_args(form)
    if form in _OWN:
        return _OWN[form]
    if form is Entity:
        return entities()
    if origin is Literal:
        return st.sampled_from(args)
    if origin is Union or origin is types.UnionType:
        return st.one_of(*map(of_type, args))
    if origin is tuple and args[-1] is not ...:
        return st.tuples(*map(of_type, args))
    if origin is tuple:
        return st.lists(of_type(args[0]), max_size=2).map(tuple)
    if origin is frozenset:
        return st.frozensets(of_type(args[0]), max_size=3)
    if issubclass(form, enum.Enum):
        return st.sampled_from(form)
    return of_class(form)


@cache
def of_class(kind: Any) -> st.SearchStrategy[Any]:
    """Objects of an attrs class, with a few of their optional fields."""
    if kind is Change:
        return changes()
    hints = typing.get_type_hints(kind)
    needed: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for field in attrs.fields(kind):
        strategy = of_type(hints[field.name])
        if (kind, field.name) == (Edition, "list_id"):
            strategy = list_ids
        elif issubclass(kind, Entity) and field.name == "id":
            strategy = ids
        (needed if field.default is attrs.NOTHING else optional)[field.name] = strategy
    names = (
        st.lists(st.sampled_from([*optional]), max_size=4, unique=True) if optional else st.just([])
    )

    @st.composite
    def build(draw: st.DrawFn) -> Any:
        chosen = needed | {name: optional[name] for name in draw(names)}
        return kind(**{name: draw(strategy) for name, strategy in chosen.items()})

    return build()


def entities() -> st.SearchStrategy[Entity]:
    """Entities of all kinds, each with any edition or none."""
    return st.one_of(*map(of_class, KINDS))


@st.composite
def lists(draw: st.DrawFn, *, keep_source: bool = False) -> tuple[list[Entity], list[Edition]]:
    """Entities with ids of their own and the editions that they were read from: one per list."""
    found = draw(st.lists(entities(), max_size=4, unique_by=lambda one: one.id))
    editions = {
        list_id: attrs.evolve(draw(of_class(Edition)), list_id=list_id)
        for list_id in {one.list_id: None for one in found}
    }
    changes = {} if keep_source else {"source": None}
    placed = [attrs.evolve(one, edition=editions[one.list_id], **changes) for one in found]
    return placed, list(editions.values())
