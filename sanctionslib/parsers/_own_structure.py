"""Entities, editions and answers out of plain JSON values, by what the model declares.

This is the only module that uses cattrs, and no exception of it leaves here.
"""

from __future__ import annotations

import enum
import functools
import re
import reprlib
import sys
import typing
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar, cast

import attrs

from sanctionslib._version import __version__
from sanctionslib.errors import (
    ParseError,
    SanctionsError,
    SanctionsWarning,
    StructureChangedError,
    Where,
)
from sanctionslib.model import Aircraft, Edition, Entity, Organization, Person, Source, Vessel
from sanctionslib.parsers._own_changes import add_changes

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = [
    "KINDS",
    "FaultError",
    "advice",
    "among",
    "below",
    "check_version",
    "made",
    "structure",
    "structured",
    "warn_of_unknown",
]

KINDS: Mapping[str, type[Entity]] = {
    cls.kind: cls for cls in (Entity, Person, Organization, Vessel, Aircraft)
}
"""The classes of entities by the text of their `"kind"`."""

_T = TypeVar("_T")


# ── editions: once in the envelope ────────────────────────────────────────────────────────────


class _Editions:
    """The editions of an envelope: by position, and by the list id of an entity."""

    def __init__(self, editions: Sequence[Edition]) -> None:
        self.items = tuple(editions)
        self.by_list: dict[str, int | None] = {}  # None: there are several of this list
        for at, one in enumerate(self.items):
            self.by_list[one.list_id] = None if one.list_id in self.by_list else at

    def at(self, position: object) -> Edition:
        if type(position) is not int or not 0 <= position < len(self.items):
            raise ValueError(f"no position in `editions`: {reprlib.repr(position)}")
        return self.items[position]

    def of(self, entity: dict[str, object]) -> Edition | None:
        """The edition of an entity that is being read."""
        if "edition" in entity:
            return None if entity["edition"] is None else self.at(entity["edition"])
        list_id = str(entity.get("id")).partition(":")[0]
        if list_id not in self.by_list:
            return None
        if (position := self.by_list[list_id]) is None:
            raise ValueError(f"there are several editions of {list_id!r}, and none is given")
        return self.items[position]


_EDITIONS: ContextVar[_Editions] = ContextVar("_EDITIONS")
"""The editions of the envelope that is being read."""


# ── reading: what a value must be ─────────────────────────────────────────────────────────────

_Hook = Callable[[object, object], object]


def _exactly(kind: type[_T], word: str) -> Callable[[object, object], _T]:
    # cattrs would call str(), bool(), int(), and take null for the text "None".
    def check(value: object, _: object) -> _T:
        # JSON has one sort of number: a share may be written as 1.
        found = float(value) if kind is float and type(value) is int else value
        if type(found) is not kind:
            raise TypeError(f"must be {word}, not {reprlib.repr(value)}")
        return found

    return check


_text = _exactly(str, "text")
_object: Callable[[object, object], dict[str, object]] = _exactly(dict, "an object")
_array: Callable[[object, object], list[object]] = _exactly(list, "an array")
_origin: Callable[[object], object] = typing.get_origin
_ARRAYS: tuple[object, ...] = (tuple, frozenset)


def _read_moment(value: object, form: type[date]) -> date:
    return form.fromisoformat(_text(value, None))


def _read_record(value: object, _: object) -> Source:
    paths: list[str] = []
    values: list[str] = []
    for pair in _array(value, None):
        path, text = _array(pair, None)
        paths.append(sys.intern(_text(path, None)))  # most paths occur in most records
        values.append(_text(text, None))
    return Source(tuple(paths), tuple(values))


def _read_enum(value: object, form: type[enum.Enum]) -> enum.Enum:
    members = _members(form)
    if isinstance(value, str) and value in members:
        return members[value]
    raise ValueError(f"must be one of {', '.join(members)}; not {reprlib.repr(value)}")


@functools.cache
def _members(form: type[enum.Enum]) -> dict[str, enum.Enum]:
    return {member.value: member for member in form}


@functools.cache
def _reader(*, lenient: bool) -> Converter:
    """The converter that reads; a lenient one ignores unknown keys."""
    from cattrs import Converter
    from cattrs.errors import (
        ForbiddenExtraKeysError,
        IterableValidationError,
        IterableValidationNote,
    )
    from cattrs.gen import make_dict_structure_fn

    reader = Converter(forbid_extra_keys=not lenient)

    def read_array(form: object) -> _Hook:
        kinds = typing.get_args(form)
        is_set = _origin(form) is frozenset
        alike = is_set or kinds[-1] is ...

        def read(value: object, _: object) -> Iterable[object]:
            items = _array(value, None)
            if not alike and len(items) != len(kinds):
                raise ValueError(f"must have {len(kinds)} elements, not {len(items)}")
            found: list[object] = []
            errors: list[Exception] = []
            for at, one in enumerate(items):
                kind = kinds[0 if alike else at]
                try:
                    found.append(reader.structure(one, kind))
                except Exception as error:  # noqa: BLE001 (raised again below, with its place)
                    error.__notes__ = [IterableValidationNote("", at, kind)]
                    errors.append(error)
            if errors:
                raise IterableValidationError("", errors, tuple)  # pyright: ignore[reportCallIssue]
            return frozenset(found) if is_set else tuple(found)

        return read

    def read_where(value: object, _: object) -> Where:
        found, kinds = Where(), typing.get_type_hints(Where)
        for name, each in _object(value, None).items():
            if name in kinds:
                found = found._replace(**{name: reader.structure(each, kinds[name])})
            elif not lenient:
                raise ForbiddenExtraKeysError("", Where, {name})
        return found

    def read_edition(value: object, _: object) -> Edition:
        if isinstance(value, Edition):  # that of an entity: see read_entity
            return value
        return _EDITIONS.get().at(value) if isinstance(value, int) else edition(value, Edition)

    def read_entity(value: object, form: type[Entity]) -> Entity:
        given = dict(_object(value, None))
        kind = given.pop("kind", None)
        cls = KINDS.get(kind) if isinstance(kind, str) else None
        if cls is None or not issubclass(cls, form):
            known = ", ".join(name for name, each in KINDS.items() if issubclass(each, form))
            raise ValueError(f"`kind` must be one of {known}; not {reprlib.repr(kind)}")
        given["edition"] = _EDITIONS.get().of(given)
        return bodies[cls](given, cls)

    reader.register_structure_hook(str, _text)
    reader.register_structure_hook(bool, _exactly(bool, "true or false"))
    reader.register_structure_hook(int, _exactly(int, "a whole number"))
    reader.register_structure_hook(float, _exactly(float, "a number"))
    reader.register_structure_hook(date, _read_moment)
    reader.register_structure_hook(datetime, _read_moment)
    reader.register_structure_hook(Source, _read_record)
    reader.register_structure_hook(Where, read_where)
    reader.register_structure_hook(Edition, read_edition)
    reader.register_structure_hook(enum.Enum, _read_enum)
    reader.register_structure_hook_factory(lambda form: _origin(form) in _ARRAYS, read_array)

    def body(cls: type[_T]) -> Callable[[object, object], _T]:
        build = make_dict_structure_fn(cls, reader, _cattrs_forbid_extra_keys=not lenient)
        return lambda value, _: build(_object(value, None), cls)

    reader.register_structure_hook_factory(attrs.has, body)
    reader.register_structure_hook(Entity, read_entity)
    add_changes(reader, lenient=lenient)
    edition, bodies = body(Edition), {cls: body(cls) for cls in KINDS.values()}
    return reader


# ── reading: with the path to what is wrong ───────────────────────────────────────────────────


class FaultError(Exception):
    """The first thing that is wrong with a value, and its path inside it."""

    def __init__(self, path: str, what: str, *, unknown_key: bool = False) -> None:
        super().__init__(what)
        self.path, self.what, self.unknown_key = path, what, unknown_key


def structure(
    data: object,
    kind: type[_T],
    *,
    editions: Sequence[Edition] = (),
    library: str = "",
    where: Where | None = None,
) -> _T:
    """Make an entity, an edition or an answer of plain JSON values.

    Args:
        data: What `unstructure` gave.
        kind: The class to make; `Entity` stands for all kinds of it.
        editions: The editions of the envelope that it stood in.
        library: The version of this library that wrote it, if known: see the top of `own_json`.
        where: The place that errors speak of.

    Raises:
        StructureChangedError: `library` is no version.
        ParseError: A value is not what it must be; `where.path` leads to it.

    Example:
        >>> from sanctionslib.model import Entity
        >>> structure({"kind": "person", "id": "watch:1", "names": [{"text": "X, Y"}]}, Entity)
        <Person watch:1 'X, Y'>
        >>> structure({"kind": "person", "id": "watch:1", "names": [{"text": 7}]}, Entity)
        Traceback (most recent call last):
        ...
        sanctionslib.errors.ParseError: must be text, not 7
          where: names[0].text
    """
    if library:
        check_version(library, where or Where())
    try:
        return cast("_T", structured(data, kind, editions, library))
    except FaultError as fault:
        place = (where or Where())._replace(path=fault.path)
        raise ParseError(fault.what, where=place, hint=advice(library)) from None


def structured(data: object, form: object, editions: Sequence[Edition], library: str) -> object:
    """Make one value; unknown keys are ignored, with a warning, where a newer version wrote it.

    Raises:
        FaultError: The first thing that is wrong with it.
    """
    with among(editions):
        found, unknown = made(data, form, library)
    warn_of_unknown(len(unknown), unknown[0] if unknown else "", library, stacklevel=4)
    return found


@contextmanager
def among(editions: Sequence[Edition]) -> Generator[None]:
    """While this lasts, entities are of these editions."""
    token = _EDITIONS.set(_Editions(editions))
    try:
        yield
    finally:
        _EDITIONS.reset(token)


def made(data: object, form: object, library: str) -> tuple[object, list[str]]:
    """Make one value; with it the paths of unknown keys, if a newer version wrote them.

    Raises:
        FaultError: The first thing that is wrong with it.
    """
    target = cast("type[object]", form)
    try:
        return _reader(lenient=False).structure(data, target), []
    except Exception as error:  # noqa: BLE001 (cattrs collects whatever was raised)
        faults = list(_faults(error, ""))
    grave = [fault for fault in faults if not fault.unknown_key]
    if grave or not _is_newer(library):
        raise (grave or faults)[0] from None
    return _reader(lenient=True).structure(data, target), [fault.path for fault in faults]


def warn_of_unknown(count: int, first: str, library: str, *, stacklevel: int) -> None:
    """Warn that keys were ignored; nothing where there are none."""
    if count:
        warnings.warn(
            f"written by sanctionslib {library}, and this is {__version__}: {count:,} keys "
            f"that it does not know are ignored, the first is {first!r}",
            SanctionsWarning,
            stacklevel=stacklevel + 1,
        )


def _faults(error: Exception, path: str) -> Iterator[FaultError]:
    from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError

    if isinstance(error, IterableValidationError):
        for one, element in error.group_exceptions()[0]:
            yield from _faults(one, f"{path}[{element.index}]")
    elif isinstance(error, ClassValidationError):
        placed, others = error.group_exceptions()
        for one, attribute in placed:
            yield from _faults(one, below(path, attribute.name))
        for one in others:
            yield from _faults(one, path)
    elif isinstance(error, ForbiddenExtraKeysError):
        for key in sorted(error.extra_fields):
            what = f"unknown key {reprlib.repr(key)}"
            yield FaultError(below(path, key), what, unknown_key=True)
    elif isinstance(error, KeyError):
        yield FaultError(path, "required, and missing")
    else:
        yield FaultError(path, error.what if isinstance(error, SanctionsError) else str(error))


def below(path: str, name: str) -> str:
    """The path of a value inside another."""
    return f"{path}.{name}" if path else name


_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:[.+-]?[A-Za-z][\w.+-]*)?", re.ASCII)


def check_version(library: str, where: Where) -> None:
    """Refuse what is no version.

    Raises:
        StructureChangedError: It is none.
    """
    if not _VERSION.fullmatch(library):
        what = f"must be a version as '0.1.0', not {reprlib.repr(library)}"
        raise StructureChangedError(what, where=where._replace(path="library"))


def _is_newer(library: str) -> bool:
    ours, theirs = (_VERSION.fullmatch(text) for text in (__version__, library))
    return bool(ours and theirs and [*map(int, theirs.groups())] > [*map(int, ours.groups())])


def advice(library: str) -> str:
    """What to do about a fault in what this version wrote."""
    written = f"it was written by sanctionslib {library}, and this is {__version__}: update"
    return written if _is_newer(library) else ""
