"""Tables: objects of the model as plain JSON values that are quick to turn into objects again.

Each class has a table, and so has each type of value: texts, dates, enums, tuples of one class. A
row of a class is a position in the table of each field's type. Equal rows are one row, so that what
the entities of a list have in common is written and made once. A class is written by columns: a
column in which all rows agree as that one position, others as the steps from row to row, which are
small, mostly 0 or 1, and pack well.

Objects are made from whole columns, through the slots of their class and not by its constructor,
which is what makes it quick. That is safe because nothing can get into a column but what is in the
table of its type: whatever the JSON says, `Name.text` is a text. A class that checks more than
types when it is made is made by its constructor.
"""

from __future__ import annotations

import enum
import types
import typing
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import accumulate, chain, islice, repeat
from operator import attrgetter, sub
from typing import Literal, Protocol, TypeAlias, cast

import attrs

from sanctionslib.model import Aircraft, Entity, Organization, Person, Vessel

__all__ = ["JSON", "MisfitError", "dump", "load"]

JSON: TypeAlias = "str | int | bool | list[JSON] | None"

_Made: TypeAlias = "Sequence[object] | Mapping[int, object]"

_KINDS = (Entity, Person, Organization, Vessel, Aircraft)


class MisfitError(Exception):
    """A value that the model does not allow at its place, or JSON that is none of our tables."""


def dump(value: attrs.AttrsInstance) -> JSON:
    """Turn an object, with all that it holds, into tables.

    Raises:
        MisfitError: Something in it has a type that its class does not declare.
    """
    tables = _Tables()
    try:
        tables.of(type(value)).put([value])
    except (TypeError, ValueError) as error:  # unhashable, or of another length
        raise MisfitError(str(error)) from error
    return [each.dump() for each in tables.in_order]


def load(data: JSON, kind: type[attrs.AttrsInstance]) -> object:
    """Make the object of which `dump` gave these tables.

    Raises:
        MisfitError: They are no tables of an object of this class.
    """
    tables = _Tables()
    root = tables.of(kind)
    try:
        for each, content in zip(tables.in_order, _list(data), strict=True):
            each.load(content)
        (found,) = cast("list[object]", root.made)
    # Whatever the JSON leads to, it is none of our tables.
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise MisfitError(str(error)) from error
    return found


# ── the tables ────────────────────────────────────────────────────────────────────────────────


class _Table(Protocol):
    """The values of one type. A position in it stands for the value."""

    @property
    def made(self) -> _Made:
        """The values by position, once they are loaded."""
        ...

    def put(self, values: Sequence[object]) -> list[int]:
        """Take in those of the values that are new; the positions of all."""
        ...

    def dump(self) -> JSON:
        """The table as JSON values."""
        ...

    def load(self, data: JSON) -> None:
        """Fill `made`; the tables that this one needs are filled."""
        ...


class _Tables:
    """One table for each type, each after those that it needs."""

    def __init__(self) -> None:
        self.in_order: list[_Table] = []
        self._known: dict[object, _Table] = {}

    def of(self, hint: object) -> _Table:
        """The table for the values of a field that is declared so."""
        if hint not in self._known:
            # Making it makes those that it needs, which so come before it.
            self._known[hint] = self._make(hint)
            self.in_order.append(self._known[hint])
        return self._known[hint]

    def _make(self, hint: object) -> _Table:
        origin, parts = typing.get_origin(hint), typing.get_args(hint)
        if origin is Literal:
            return self.of(str)
        if origin is types.UnionType or origin is typing.Union:
            # `Literal[…] | None` is of typing, `str | None` of types.
            (kind,) = (part for part in parts if part is not types.NoneType)
            return _Optional(self.of(kind))
        if origin is tuple and parts[1:] == (...,):
            return _Tuples(self.of(parts[0]))
        if origin is tuple:
            return _Rows(tuple, tuple((str(at), self.of(part)) for at, part in enumerate(parts)))
        if origin is frozenset:
            return _Sets(self.of(parts[0]))
        assert isinstance(hint, type)
        kind = cast("type[object]", hint)
        if hint is Entity:
            return _Kinds({kind: _Rows(kind, self._fields(kind)) for kind in _KINDS})
        if kind in _READERS or issubclass(kind, enum.Enum):
            return _Values(kind)
        return _Rows(kind, self._fields(kind))

    def _fields(self, kind: type[object]) -> tuple[tuple[str, _Table], ...]:
        return tuple((name, self.of(hint)) for name, hint in _hints(kind))


def _hints(kind: type[object]) -> tuple[tuple[str, object], ...]:
    """Names and types of the fields of a class: one of attrs, `Where` or `Source`."""
    hints = typing.get_type_hints(kind)
    if attrs.has(kind):
        return tuple((one.name, hints[one.name]) for one in attrs.fields(kind))
    return tuple(hints.items())


class _Values:
    """Texts, numbers, dates, enums."""

    def __init__(self, kind: type[object]) -> None:
        self.kind = kind
        self.made: list[object] = []
        self.rows: dict[object, int] = {}

    def put(self, values: Sequence[object]) -> list[int]:
        for one in dict.fromkeys(values):
            if one not in self.rows:
                # lxml has texts of a class of its own.
                if type(one) is not self.kind and not (self.kind is str and isinstance(one, str)):
                    raise MisfitError(f"{type(one).__name__} in place of {self.kind.__name__}")
                self.rows[one] = len(self.rows)
        return list(map(self.rows.__getitem__, values))

    def dump(self) -> JSON:
        if issubclass(self.kind, enum.Enum):
            return [cast("enum.Enum", one).value for one in self.rows]
        if issubclass(self.kind, date):
            return [cast("date", one).isoformat() for one in self.rows]
        return cast("list[JSON]", list(self.rows))

    def load(self, data: JSON) -> None:
        given = cast("list[object]", _list(data))
        if set(map(type, given)) - {
            int if self.kind is int else bool if self.kind is bool else str
        }:
            raise MisfitError(f"values that are no {self.kind.__name__}")
        turn = _READERS.get(self.kind, self.kind)
        self.made = given if turn is None else [turn(one) for one in given]


_READERS: Mapping[type[object], Callable[..., object] | None] = {
    str: None,
    int: None,
    bool: None,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}
"""What makes a value of its JSON; None where that is the value. Enums are made by their class."""


class _Optional:
    """None, and the values of another table, each one further down."""

    def __init__(self, inner: _Table) -> None:
        self.inner = inner
        self.made: list[object] = []

    def put(self, values: Sequence[object]) -> list[int]:
        found = iter(self.inner.put([one for one in values if one is not None]))
        return [0 if one is None else next(found) + 1 for one in values]

    def dump(self) -> JSON:
        return None

    def load(self, data: JSON) -> None:
        if data is not None:
            raise MisfitError("content of a table that has none of its own")
        self.made = [None, *cast("list[object]", self.inner.made)]


class _Sets:
    """Frozen sets."""

    def __init__(self, inner: _Table) -> None:
        self.inner = inner
        self.made: list[object] = []
        self.rows: dict[tuple[int, ...], int] = {}

    def put(self, values: Sequence[object]) -> list[int]:
        found: list[int] = []
        for one in values:
            if not isinstance(one, frozenset):
                raise MisfitError(f"{type(one).__name__} in place of a frozenset")
            row = tuple(sorted(self.inner.put(list(cast("frozenset[object]", one)))))
            found.append(self.rows.setdefault(row, len(self.rows)))
        return found

    def dump(self) -> JSON:
        return [_steps(row) for row in self.rows]

    def load(self, data: JSON) -> None:
        member = self.inner.made.__getitem__
        self.made = [frozenset(map(member, _positions(row))) for row in _list(data)]


class _Tuples:
    """Tuples of one type and any length."""

    def __init__(self, inner: _Table) -> None:
        self.inner = inner
        self.made: list[object] = []
        self.rows: dict[tuple[int, ...], int] = {}
        self.seen: dict[int, int] = {}
        """Positions by `id`: the object that is written holds them all."""

    def put(self, values: Sequence[object]) -> list[int]:
        keys = list(map(id, values))
        new = {
            key: cast("tuple[object, ...]", one)
            for key, one in zip(keys, values, strict=True)
            if key not in self.seen
        }
        if set(map(type, new.values())) - {tuple}:
            raise MisfitError("something else in place of a tuple")
        found = iter(self.inner.put(list(chain.from_iterable(new.values()))))
        for key, one in new.items():
            row = tuple(islice(found, len(one)))
            self.seen[key] = self.rows.setdefault(row, len(self.rows))
        return list(map(self.seen.__getitem__, keys))

    def dump(self) -> JSON:
        lengths = list(map(len, self.rows))
        return [_steps(lengths), _steps(list(chain.from_iterable(self.rows)))]

    def load(self, data: JSON) -> None:
        lengths, flat = map(_positions, _list(data))
        if sum(lengths) != len(flat):
            raise MisfitError("tuples of other lengths")
        found = map(self.inner.made.__getitem__, flat)
        self.made = [tuple(islice(found, length)) for length in lengths]


class _Rows:
    """Objects of one class."""

    def __init__(self, kind: type[object], fields: tuple[tuple[str, _Table], ...]) -> None:
        self.kind = kind
        self.fields = fields
        self.made: list[object] = []
        self.rows: dict[tuple[int, ...], int] = {}
        self.seen: dict[int, int] = {}
        """Positions by `id`: the object that is written holds them all."""

    def put(self, values: Sequence[object]) -> list[int]:
        keys = list(map(id, values))
        new = {key: one for key, one in zip(keys, values, strict=True) if key not in self.seen}
        if set(map(type, new.values())) - {self.kind}:
            raise MisfitError(f"something else in place of {self.kind.__name__}")
        if new:
            rows = zip(*self._columns(list(new.values())), strict=True)
            for key, row in zip(new, rows, strict=True):
                self.seen[key] = self.rows.setdefault(row, len(self.rows))
        return list(map(self.seen.__getitem__, keys))

    def _columns(self, values: list[object]) -> Iterable[list[int]]:
        if self.kind is tuple:
            whole = zip(*cast("list[tuple[object, ...]]", values), strict=True)
            for (_, table), column in zip(self.fields, whole, strict=True):
                yield table.put(column)
        else:
            for name, table in self.fields:
                yield table.put(list(map(attrgetter(name), values)))

    def dump(self) -> JSON:
        columns = zip(*self.rows, strict=True) if self.rows else repeat((), len(self.fields))
        return [len(self.rows), *map(_column, columns)]

    def load(self, data: JSON) -> None:
        count, *columns = _list(data)
        if type(count) is not int or count < 0:
            raise MisfitError("no number of rows")
        # Rows differ: of several, some column has as many positions. None is made from a number.
        if count > 1 and not any(type(one) is list for one in columns):
            raise MisfitError("rows that do not differ")
        found = [
            _taken(table.made, column, count)
            for (_, table), column in zip(self.fields, columns, strict=True)
        ]
        slots = _slots(self.kind)
        if slots is None:
            names = [name for name, _ in self.fields]
            rows = islice(zip(*found, strict=False), count)
            self.made = [self._one(names, row) for row in rows]
            return
        self.made = list(map(object.__new__, repeat(self.kind, count)))
        for put, values in zip(slots, found, strict=True):
            deque(map(put, self.made, values), maxlen=0)

    def _one(self, names: list[str], row: tuple[object, ...]) -> object:
        return row if self.kind is tuple else self.kind(**dict(zip(names, row, strict=True)))


class _Kinds:
    """Entities: a table for each kind. A position says the kind and the row in its table."""

    def __init__(self, tables: Mapping[type[object], _Rows]) -> None:
        self.tables = tables
        self.made: dict[int, object] = {}

    def put(self, values: Sequence[object]) -> list[int]:
        by_kind: dict[type[object], list[object]] = {kind: [] for kind in self.tables}
        for one in values:
            if type(one) not in by_kind:
                raise MisfitError(f"{type(one).__name__} in place of an entity")
            by_kind[type(one)].append(one)
        found = {
            kind: iter([row * len(self.tables) + at for row in table.put(by_kind[kind])])
            for at, (kind, table) in enumerate(self.tables.items())
        }
        return [next(found[type(one)]) for one in values]

    def dump(self) -> JSON:
        return [table.dump() for table in self.tables.values()]

    def load(self, data: JSON) -> None:
        tables = zip(self.tables.values(), _list(data), strict=True)
        for at, (table, content) in enumerate(tables):
            table.load(content)
            for row, one in enumerate(table.made):
                self.made[row * len(self.tables) + at] = one


# ── columns ───────────────────────────────────────────────────────────────────────────────────


def _column(positions: Sequence[int]) -> JSON:
    """A column; the one position where all rows have the same."""
    return positions[0] if len(set(positions)) == 1 else _steps(positions)


def _taken(made: _Made, column: JSON, count: int) -> Iterable[object]:
    """The values that a column stands for."""
    if type(column) is not list:
        return repeat(made[_positions([column])[0]], count)
    positions = _positions(column)
    if len(positions) != count:
        raise MisfitError("a column of another length")
    return map(made.__getitem__, positions)


def _steps(positions: Sequence[int]) -> list[JSON]:
    """The first of some positions, and the step from each to the next."""
    return list(map(sub, positions, chain((0,), positions)))


def _positions(steps: JSON) -> list[int]:
    """The positions from their steps. Python takes -1 as one too, which is none of ours."""
    found = list(accumulate(cast("list[int]", _list(steps))))
    if found and min(found) < 0:
        raise MisfitError("a position below 0")
    return found


def _list(data: JSON) -> list[JSON]:
    if type(data) is not list:
        raise MisfitError(f"{type(data).__name__} in place of a list")
    return data


def _slots(kind: type[object]) -> tuple[Callable[[object, object], None], ...] | None:
    """What sets each field of a new object; None for a class that its constructor must make."""
    if not attrs.has(kind) or hasattr(kind, "__attrs_post_init__"):
        return None
    return tuple(getattr(kind, one.name).__set__ for one in attrs.fields(kind))
