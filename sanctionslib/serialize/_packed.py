"""Values as bytes that are quick to read again: equal texts and shared objects are there once.

Each type that a value is made of has a table of values, and one value refers to another by its
position there. Objects are columns, one for each field, so that a whole column is set at once.
msgspec checks the types of what the tables hold. As positions lead into the table of the declared
type, no object can have a value of another one.
"""

from __future__ import annotations

import functools
import types
import typing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, repeat
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar, cast

import attrs

from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Entity, Source
from sanctionslib.serialize._converter import KINDS, is_union, origin

__all__ = ["pack", "unpack"]

_T = TypeVar("_T")
_Form: TypeAlias = Any
"""A type, as it stands in an annotation."""


def pack(value: object) -> bytes:
    """An object of attrs as bytes, with all that it holds.

    Raises:
        InvalidInputError: Something has a type that its field does not allow, or cannot be encoded.
    """
    import msgspec

    tables = _tables(type(value))
    try:
        tables[type(value)].positions([value])
        # From the outside in: when its turn comes, a table has all the values that are referred to.
        content = [table.packed() for table in reversed(tables.values())]
        return msgspec.msgpack.encode(content[::-1])
    except (AttributeError, LookupError, TypeError, ValueError, OverflowError) as error:
        raise InvalidInputError(f"cannot be packed: {error}") from error


def unpack(content: bytes, kind: type[_T]) -> _T:
    """The object of which `pack` gave these bytes, equal in everything.

    Raises:
        LookupError: A position is none.
        ValueError: They are no such bytes; nothing in them is believed.
    """
    tables = _tables(kind)
    for table, packed in zip(
        tables.values(), _decoder(cast("Any", kind)).decode(content), strict=True
    ):
        table.unpack(packed)
    (found,) = tables[kind].values
    return cast("_T", found)


@functools.cache
def _decoder(kind: _Form) -> Any:  # noqa: ANN401 (a Decoder of msgspec)
    import msgspec

    forms = tuple(table.form for table in _tables(kind).values())
    form: Any = types.GenericAlias(tuple, forms)
    return msgspec.msgpack.Decoder(form)


# ── tables ────────────────────────────────────────────────────────────────────────────────────


class _Table:
    """The values of a type that msgspec reads and writes itself, and their positions."""

    def __init__(self, form: _Form) -> None:
        self.form: _Form = list[form]
        """The type of what is packed."""
        self.values: list[Any] = []
        self._positions: dict[object, int] = {}

    def positions(self, values: Iterable[object]) -> list[int]:
        """The positions of values, which are added where they are not there."""
        known, kept, found = self._positions, self.values, list[int]()
        for value in values:
            key = value if type(value) is str else id(value)
            position = known.get(key)
            if position is None:
                position = known[key] = len(kept)
                kept.append(value)
            found.append(position)
        return found

    def packed(self) -> object:
        """What is packed, once all values are there; it gives values to the tables of their parts."""
        import msgspec

        # lxml has texts of a subclass of `str`. Anything else that msgspec would write as if it were
        # of the right type, as a set or the word of an enum, does not come back the same.
        plain = [str(one) if isinstance(one, str) else one for one in self.values]
        again = msgspec.msgpack.decode(msgspec.msgpack.encode(plain), type=self.form)
        if again != plain or [*map(type, again)] != [*map(type, plain)]:
            raise TypeError(f"values of another type than {self.form}")
        return plain

    def unpack(self, packed: Any) -> None:  # noqa: ANN401 (of the type `form`)
        """Set the values; the tables of their parts have theirs."""
        self.values = packed


class _Optional(_Table):
    """The values of another table, behind None."""

    def __init__(self, inner: _Table) -> None:
        super().__init__(None)
        self._inner = inner

    def positions(self, values: Iterable[object]) -> list[int]:
        several = [*values]
        others = iter(self._inner.positions(one for one in several if one is not None))
        return [0 if one is None else next(others) + 1 for one in several]

    def unpack(self, packed: object) -> None:
        self.values = [None, *self._inner.values]


class _Tuples(_Table):
    """Tuples of values of another table, as their lengths, and the positions of all one by one."""

    def __init__(self, inner: _Table) -> None:
        super().__init__(list[int])
        self._inner = inner

    def packed(self) -> object:
        tuples = cast("list[tuple[object, ...]]", [*map(_exactly(tuple), self.values)])
        return [[*map(len, tuples)], self._inner.positions(chain.from_iterable(tuples))]

    def unpack(self, packed: list[list[int]]) -> None:
        lengths, positions = packed
        if sum(lengths) != len(positions):
            raise ValueError("tuples of another length")
        values = map(self._inner.values.__getitem__, positions)
        self.values = [tuple(islice(values, length)) for length in lengths]


class _Objects(_Table):
    """Objects of a class, as columns; a value that all objects share stands in its column once."""

    def __init__(self, kind: type[object], fields: Mapping[str, _Table]) -> None:
        super().__init__(list[int])
        self._kind, self._fields = kind, fields

    def packed(self) -> object:
        objects = [*map(_exactly(self._kind), self.values)]
        columns: list[list[int]] = []
        for name, table in self._fields.items():
            values = [*map(attrgetter(name), objects)]
            is_same = len({*map(id, values)}) == 1
            # The first column says how many objects there are.
            columns.append(table.positions(values[:1] if columns and is_same else values))
        return columns

    def unpack(self, packed: list[list[int]]) -> None:
        count = len(packed[0])
        self.values = [*map(object.__new__, repeat(self._kind, count))]
        for (name, table), column in zip(self._fields.items(), packed, strict=True):
            if len(column) == 1:
                values: Iterator[object] = repeat(table.values[column[0]])
            elif len(column) == count:
                values = map(table.values.__getitem__, column)
            else:
                raise ValueError(f"not {count} values: {name}")
            # Nobody has the objects yet; of frozen ones only the slots can be set.
            _run(map(getattr(self._kind, name).__set__, self.values, values))
        if check := _CHECKS.get(self._kind) or getattr(self._kind, "__attrs_post_init__", None):
            _run(map(check, self.values))


class _Entities(_Table):
    """Entities, as the numbers of their kinds, and their positions there."""

    def __init__(self, kinds: Sequence[_Table]) -> None:
        super().__init__(tuple[int, int])
        self._kinds = kinds

    def packed(self) -> object:
        classes: list[type[object]] = [*KINDS.values()]
        numbers = [*map(classes.index, map(type, self.values))]
        positions = [
            iter(kind.positions(one for one in self.values if type(one) is cls))
            for kind, cls in zip(self._kinds, classes, strict=True)
        ]
        return [(number, next(positions[number])) for number in numbers]

    def unpack(self, packed: list[tuple[int, int]]) -> None:
        self.values = [self._kinds[kind].values[at] for kind, at in packed]


def _exactly(kind: type[object]) -> Callable[[object], object]:
    def check(value: object) -> object:
        if type(value) is not kind:
            raise TypeError(f"a {type(value).__name__} where a {kind.__name__} must be")
        return value

    return check


def _check_source(source: Source) -> None:
    if len(source.paths) != len(source.values):
        raise ValueError("a source with another number of paths than of values")


_CHECKS: Mapping[type[object], Callable[[Any], None]] = {Source: _check_source}
_run: Callable[[Iterator[object]], None] = deque[object](maxlen=0).extend


# ── the tables of a type ──────────────────────────────────────────────────────────────────────


def _tables(kind: type[object]) -> dict[_Form, _Table]:
    """Tables for a type and all that it is made of, the inner ones first."""
    tables: dict[_Form, _Table] = {}
    _table(kind, tables)
    return tables


def _table(form: _Form, tables: dict[_Form, _Table]) -> _Table:
    if form not in tables:
        tables[form] = _made(form, tables)
    return tables[form]


def _made(form: _Form, tables: dict[_Form, _Table]) -> _Table:
    parts = typing.get_args(form)
    if is_union(form):
        (inner,) = [one for one in parts if one is not types.NoneType]
        return _Optional(_table(inner, tables))
    if origin(form) is tuple and parts[-1] is ...:
        return _Tuples(_table(parts[0], tables))
    if form is Entity:
        for kind in KINDS.values():
            tables[kind.kind] = _objects(kind, tables)
        return _Entities([tables[kind] for kind in KINDS])
    return _objects(form, tables) if form is Source or attrs.has(form) else _Table(form)


def _objects(kind: _Form, tables: dict[_Form, _Table]) -> _Objects:
    fields = {name: _table(form, tables) for name, form in _fields(kind).items()}
    return _Objects(kind, fields)


@functools.cache
def _fields(kind: _Form) -> Mapping[str, _Form]:
    """The fields of a class with their types."""
    if kind is Source:
        return {"paths": tuple[str, ...], "values": tuple[str, ...]}
    hints = typing.get_type_hints(kind)
    return {one.name: hints[one.name] for one in attrs.fields(kind)}
