"""The tables of the formats fit the classes of the model, which no type checker can see."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator, Mapping

import pytest

from sanctionslib.parsers import formats
from sanctionslib.parsers._engine.edition import TableFormat
from sanctionslib.parsers._engine.fields import field_types
from sanctionslib.parsers._engine.rules import Group, Many, Part, Rule, To, Unused

TABLES = [one for one in formats() if isinstance(one, TableFormat)]


def groups(group: Group, path: str = "") -> Iterator[tuple[str, Group]]:
    """A table and all tables inside it, with their paths."""
    yield path, group
    for at, rule in group.rules.items():
        if isinstance(rule, (Many, Part)) and rule.group is not None:
            yield from groups(rule.group, f"{path}/{at}")


def members(hint: object) -> list[object]:
    """The types that a value can have: those of a union, and what a tuple holds.

    An empty tuple means no value, as None does.
    """
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return [one for each in typing.get_args(hint) for one in members(each)]
    if typing.get_origin(hint) is tuple:
        return [one for each in typing.get_args(hint)[:1] for one in members(each)]
    return [hint]


def fits(given: object, wanted: object) -> bool:
    """Whether every value of one type is one of the other; None means no value."""
    able = [one for one in members(wanted) if one is not types.NoneType]
    return all(
        one is types.NoneType or object in able or any(_is_a(one, each) for each in able)
        for one in members(given)
    )


def _is_a(one: object, other: object) -> bool:
    if typing.get_origin(other) is type:
        return one == other or isinstance(one, type)
    return isinstance(one, type) and isinstance(other, type) and issubclass(one, other)


def gives(read: Callable[..., object] | Mapping[str, object]) -> object:
    """The type of the result of a converter, or the types of the values of a vocabulary."""
    if callable(read):
        return typing.get_type_hints(read)["return"]
    kinds = tuple(dict.fromkeys(type(value) for value in read.values() if value != ()))
    return typing.Union[kinds]  # noqa: UP007 - made of what is found


def faults(group: Group) -> Iterator[str]:
    """What does not fit."""
    for path, each in groups(group):
        known = field_types(each.make)
        for at, rule in each.rules.items():
            if not isinstance(rule, Unused):
                yield from (f"{path}/{at}: {fault}" for fault in _faults(rule, known))
        for field in (*each.fixed, *each.needs):
            if field not in known:
                yield f"{path}: no field {field!r}"


def _faults(rule: Rule, known: Mapping[str, object]) -> Iterator[str]:
    assert not isinstance(rule, Unused)
    more = (rule.raw,) if isinstance(rule, To) and rule.raw else ()
    for field in (rule.field, *more):
        if field not in known:
            yield f"no field {field!r}"
            return
    wanted = known[rule.field]
    if isinstance(rule, (Many, Part)) and rule.group is not None:
        made = rule.group.finish or rule.group.make
        given = made if isinstance(made, type) else typing.get_type_hints(made).get("return")
        given = rule.group.make if given in (None, object) else given
    else:
        read = rule.build if isinstance(rule, Part) else rule.convert
        given = str if read is None else gives(read)
    if not fits(given, wanted):
        yield f"{given} in the field {rule.field!r}, which holds {wanted}"


@pytest.mark.parametrize("form", TABLES, ids=lambda one: one.name)
def test_every_rule_fits_its_class(form: TableFormat) -> None:
    """Each field that a rule names is there, and what reads the text gives its type."""
    assert [fault for group in form.groups for fault in faults(group)] == []


@pytest.mark.parametrize("form", TABLES, ids=lambda one: one.name)
def test_every_reader_states_what_it_reads(form: TableFormat) -> None:
    """The documentation shows the first line about each of them."""
    for group in form.groups:
        for path, each in groups(group):
            for at, rule in each.rules.items():
                read = rule.build if isinstance(rule, Part) else getattr(rule, "convert", None)
                assert not callable(read) or read.__doc__, (path, at)


def test_a_rule_that_does_not_fit_is_found() -> None:
    """A field that is not there, and a text where a date is meant."""
    from sanctionslib.model import Birth, Person
    from sanctionslib.parsers._engine.rules import many, to

    wrong = Group(
        make=Person,
        rules={
            "a": to("nmaes"),
            "b": to("births"),
            "c": many("births", Birth, {"d": to("date")}),
            "e": to("genders", {"x": "male"}),
            "f": many("addresses", Birth, {}),
        },
    )
    assert len(list(faults(wrong))) == 5
