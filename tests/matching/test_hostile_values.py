"""Values and records of customers whose own methods raise: each record has its one result."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from quick import crossed

import sanctionslib as sl
from sanctionslib.answers import Subject
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Country, PartialDate

from .reading import one


def _hostile(base: type) -> type:
    """A class of which every method and property that can be given raises."""

    def fail(*_: object, **__: object) -> object:
        raise RuntimeError("never ask this")

    kept = {
        *("__new__", "__init__", "__class__", "__getattribute__", "__del__", "__dict__"),
        *("__init_subclass__", "__subclasshook__", "__setattr__", "__delattr__", "__doc__"),
        *("__attrs_attrs__", "__attrs_own_setattr__", "__module__", "__slots__"),
    }
    methods: dict[str, object] = {
        name: property(fail) if not callable(getattr(base, name)) else fail
        for name in dir(base)
        if name not in kept
        and name not in {each.name for each in getattr(base, "__attrs_attrs__", ())}
    }
    return type(f"Hostile{base.__name__}", (base,), methods)


VALUES: dict[str, object] = {
    "str": _hostile(str)("Benazir Ahmed"),
    "int": _hostile(int)(1963),
    "float": _hostile(float)(1963.0),
    "date": _hostile(date)(1963, 10, 1),
    "datetime": _hostile(datetime)(1963, 10, 1),
    "list": _hostile(list)(["Benazir Ahmed"]),
    "dict": _hostile(dict)(name="Benazir Ahmed"),
    "object": _hostile(object)(),
    "Country": _hostile(Country)(code="BD", raw="Bangladesh"),
    "a list in itself": (itself := []),
    "huge": 10**5000,
}
itself.append(itself)
FORMS = ("record", "name", "given", "alias", "kind", "dob", "country", "passport", "id", "Subject")


def _record(what: str, form: str) -> object:
    """A record that is such a value, or has it as a field."""
    value: Any = VALUES[what]
    if form == "record":
        return value
    if form == "Subject":
        return Subject(names=(value,), identifiers=(value,), countries=(value,))
    return {"name": "Rapid Action Batalion", form: value}


@pytest.mark.parametrize(("what", "form"), crossed([*VALUES], FORMS))
def test_whatever_raises_has_one_result(what: str, form: str) -> None:
    """A value or a record whose every method raises ends nothing: each record has its result."""
    records = [{"name": "Rapid Action Batalion"}, _record(what, form), {"name": "Benazir Ahmad"}]
    results = list(sl.sample().screen(records))
    assert [each.position for each in results] == [1, 2, 3]
    assert [len(each.hits) for each in results[::2]] == [1, 2]
    assert not results[0].problems
    assert not results[2].problems
    for each in results:
        assert sl.from_dict(sl.to_dict(each), sl.answers.ScreeningResult) == each


def test_whatever_raises_comes_back_from_other_processes() -> None:
    """The same of several processes, to which such a class cannot be sent."""
    records = [{"name": "EXAMPLE"}, *(_record(what, form) for what in VALUES for form in FORMS)]
    alone, together = (
        list(sl.sample().screen(records, processes=processes)) for processes in (1, 2)
    )
    assert together == alone
    assert len(alone) == len(records)


def test_faults_that_cannot_be_shown() -> None:
    """What is wrong with a value is reported without it."""

    class Unspeakable:
        __slots__ = ()

        def __str__(self) -> str:
            raise RuntimeError("no words")

        __repr__ = __str__

    bad = Unspeakable()
    key, name, itself = one({"id": bad, "name": "A B"}), one({"name": bad}), one(bad)
    assert key.problems[0].what == "cannot be read: RuntimeError"
    assert name.problems[0].what == "is Unspeakable, where text is expected"
    assert itself.problems[0].value == "Unspeakable"
    assert [each.subject is None for each in (key, name, itself)] == [False, True, True]


def test_a_fault_reads_alike_however_deep_the_caller_is() -> None:
    """Processes and threads have stacks of their own: where Python's ends is no part of a result."""

    def deeper(levels: int) -> list[str]:
        if levels:
            return deeper(levels - 1)
        record = _record("a list in itself", "kind")
        return [each.what for each in one(record).problems]

    found = {tuple(deeper(levels)) for levels in range(12)}
    assert found == {("cannot be read: RecursionError: nested too deeply",)}


def test_a_text_is_read_as_what_it_is() -> None:
    """Of a class of texts the text counts, and nothing that the class does otherwise."""
    text = type(VALUES["str"])
    plain = {"name": "Benazir Ahmed", "dob": "1963", "country": "BD", "id": "7"}
    own = one({key: text(value) for key, value in plain.items()})
    assert own == one(plain)
    assert own.subject is not None
    assert {type(each) for each in (own.key, *own.subject.names)} == {str}
    days = [date(1963, 10, 1), datetime(1963, 10, 1, 5), type(VALUES["date"])(1963, 10, 1)]
    found = {one({"name": "A B", "dob": day, "id": 1}).subject.birth_date for day in days}
    assert found == {PartialDate.day(date(1963, 10, 1))}
    assert one({"name": "A B", "id": datetime(1963, 10, 1, 5)}).key == "1963-10-01 05:00:00"


class MutedError(Exception):
    """An error that cannot even be printed."""

    def __str__(self) -> str:
        raise self


@pytest.mark.parametrize("error", [ValueError("x"), MutedError(), RecursionError(), MemoryError()])
def test_sources_that_raise(error: Exception) -> None:
    """A source that raises midway ends with our error, after the results of all before it."""

    def several() -> Iterator[object]:
        yield {"name": "Rapid Action Batalion"}
        yield {"name": "Benazir Ahmad"}
        raise error

    class Unreadable:
        def __iter__(self) -> Iterator[object]:
            raise error

    screening = sl.sample().screen(several())
    assert [next(screening).position, next(screening).position] == [1, 2]
    with pytest.raises(InvalidInputError, match="the records failed after record 2"):
        next(screening)
    with pytest.raises(InvalidInputError, match="the records cannot be read"):
        sl.sample().screen(Unreadable())
