"""The converter: attrs classes to plain JSON values and back, by what their fields declare.

This is the only module that uses cattrs, and none of its exceptions leaves it: what is wrong with a
value is a `FaultError` with the path to it.
"""

from __future__ import annotations

import enum
import functools
import reprlib
import sys
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from datetime import date, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias, TypeVar, cast

import attrs

from sanctionslib.answers import Change, HeldEdition
from sanctionslib.errors import InvalidInputError, SanctionsError, Where
from sanctionslib.model import (
    Aircraft,
    Designation,
    Edition,
    Entity,
    Organization,
    Person,
    Source,
    Vessel,
)
from sanctionslib.model.fields import fields_of

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["JSON", "KINDS", "Envelope", "FaultError", "below", "edition_key", "is_union", "origin"]

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"
"""A plain JSON value."""

KINDS: Mapping[str, type[Entity]] = {
    cls.kind: cls for cls in (Entity, Person, Organization, Vessel, Aircraft)
}
"""The classes of entities by their `kind`."""

_T = TypeVar("_T")


class FaultError(Exception):
    """The first thing that is wrong with a value, and the path to it."""

    def __init__(self, path: str, what: str, *, unknown_key: bool = False) -> None:
        super().__init__(what)
        self.path, self.what, self.unknown_key = path, what, unknown_key


edition_key: Callable[[Edition], tuple[object, ...]] = attrgetter(
    *(one.name for one in fields_of(Edition))
)
"""What tells editions apart in an envelope: also what equality leaves out."""


class Envelope:
    """Writes and reads values by the editions that stand around them.

    Args:
        editions: The editions; every one that a value speaks of must be among them.
        held: Editions of the archive, of which only the position is written.
        keep_source: Whether entities are written with their `source`.
        adopting: Whether an entity without an edition is written as one of that which `editions`
            has for its list. Otherwise it says that it has none.
    """

    def __init__(
        self,
        editions: Sequence[Edition] = (),
        *,
        held: Sequence[HeldEdition] = (),
        keep_source: bool = False,
        adopting: bool = False,
    ) -> None:
        self.editions, self.held = tuple(editions), tuple(held)
        self.positions_held = {one: at for at, one in enumerate(held)}
        self.keep_source, self.adopting = keep_source, adopting
        self.by_list: dict[str, int | None] = {}  # None: there are several of this list
        self._positions: dict[tuple[object, ...], int] = {}
        for at, one in enumerate(self.editions):
            self.by_list[one.list_id] = None if one.list_id in self.by_list else at
            self._positions.setdefault(edition_key(one), at)

    def write(self, value: object) -> dict[str, JSON]:
        """A value as an object of JSON, in the order of its fields; an edition in full.

        Raises:
            InvalidInputError: An edition is not among the editions, or something has a type that
                the model does not allow.
        """
        _ENVELOPE.set(self)
        try:
            whole = isinstance(value, Edition)
            put = _bodies()[Edition] if whole else _writer().unstructure
            found = cast("dict[str, JSON]", put(value))
        except AttributeError as error:  # of an object that is none of the class of its field
            _refuse(error.obj)
        if isinstance(value, Entity):  # of which there are many
            return found
        # cattrs writes the required ones first.
        return {one.name: found[one.name] for one in fields_of(type(value)) if one.name in found}

    def read(
        self, data: object, form: object, *, lenient: bool = False
    ) -> tuple[object, list[str]]:
        """Make a value of plain JSON values; with it the paths of unknown keys that were ignored.

        Args:
            data: The JSON values.
            form: The type of the value; `Entity` stands for all kinds.
            lenient: Whether unknown keys are ignored: what a newer version wrote.

        Raises:
            FaultError: The first thing that is wrong with it.
        """
        _ENVELOPE.set(self)
        try:
            return _reader(lenient=False).structure(data, cast("type[object]", form)), []
        except Exception as error:  # noqa: BLE001 (cattrs collects whatever was raised)
            faults = list(_faults(error, ""))
        grave = [fault for fault in faults if not fault.unknown_key]
        if grave or not lenient:
            raise (grave or faults)[0] from None
        found = _reader(lenient=True).structure(data, cast("type[object]", form))
        return found, [fault.path for fault in faults]

    def at(self, position: object) -> Edition:
        """The edition at a position that was read."""
        return _at(self.editions, position, "editions")

    def held_at(self, position: object) -> HeldEdition:
        """The edition of the archive at a position that was read."""
        return _at(self.held, position, "held")

    def of_list(self, list_id: str) -> Edition | None:
        """The edition of an entity that says none."""
        if list_id not in self.by_list:
            return None
        if (position := self.by_list[list_id]) is None:
            raise ValueError(f"there are several editions of {list_id!r}, and none is given")
        return self.editions[position]

    def position(self, edition: Edition) -> int:
        """The position of an edition that is written."""
        try:
            return self._positions[edition_key(edition)]
        except KeyError:
            raise InvalidInputError(
                f"the edition {edition.label!r} is not among the editions given",
                hint="give every edition that the entities were read from",
            ) from None

    def position_of(self, entity: Entity) -> int | None:
        """The position of the edition of an entity that is written."""
        if entity.edition is not None:
            return self.position(entity.edition)
        return self.by_list.get(entity.list_id) if self.adopting else None


def _at(several: Sequence[_T], position: object, name: str) -> _T:
    if type(position) is not int or not 0 <= position < len(several):
        raise ValueError(f"no position in `{name}`: {reprlib.repr(position)}")
    return several[position]


_ENVELOPE: ContextVar[Envelope] = ContextVar("_ENVELOPE")
"""That of the value that is being read or written, for the hooks of cattrs."""


origin: Callable[[object], object] = typing.get_origin
_UNIONS: tuple[object, ...] = (typing.Union, types.UnionType)
_ARRAYS: tuple[object, ...] = (tuple, frozenset)


def is_union(form: object) -> bool:
    """Whether a type is one of several."""
    return origin(form) in _UNIONS


# ── writing ───────────────────────────────────────────────────────────────────────────────────


def _refuse(value: object) -> NoReturn:
    raise InvalidInputError(
        f"a value of the type {type(value).__name__} has no place in the model",
        hint="texts, numbers, dates, enums, tuples and the classes of the model have",
    )


def _exact(*kinds: type[object]) -> Callable[[object], object]:
    def put(value: object) -> object:
        return value if type(value) in kinds else _refuse(value)

    return put


def _put_text(value: object) -> str:
    if type(value) is str:
        return value
    return str(value) if isinstance(value, str) else _refuse(value)  # lxml has a subclass


def _put_day(value: date) -> str:
    return value.isoformat() if type(value) is date else _refuse(value)


def _put_where(value: Where) -> dict[str, object]:
    defaults = Where._field_defaults
    return {name: each for name, each in value._asdict().items() if each != defaults[name]}


def _put_source(value: Source) -> list[list[str]]:
    return [list(pair) for pair in value]


def _put_entity(value: Entity) -> dict[str, object]:
    envelope = _ENVELOPE.get()
    found = {"kind": value.kind, **_bodies()[type(value)](value)}
    if envelope.keep_source and value.source is not None:
        found["source"] = _put_source(value.source)
    position, list_id = envelope.position_of(value), value.list_id
    if position != envelope.by_list.get(list_id) or (
        position is None and list_id in envelope.by_list
    ):
        found["edition"] = position
    return found


def _put_held(value: HeldEdition) -> object:
    position = _ENVELOPE.get().positions_held.get(value)
    return _bodies()[HeldEdition](value) if position is None else position


@functools.cache
def _writer() -> Converter:
    from cattrs import Converter
    from cattrs.gen import make_dict_unstructure_fn

    writer = Converter(omit_if_default=True, unstructure_fallback_factory=lambda _: _refuse)

    def put_tuple(form: object) -> Callable[[tuple[object, ...]], object]:
        kinds = typing.get_args(form)
        hooks = [writer.get_unstructure_hook(kind) for kind in kinds if kind is not ...]
        element = hooks[0]

        def put_all(value: tuple[object, ...]) -> object:
            return [element(one) for one in value] if type(value) is tuple else _refuse(value)

        def put_each(value: tuple[object, ...]) -> object:
            if type(value) is not tuple or len(value) != len(hooks):
                _refuse(value)
            return [put(one) for put, one in zip(hooks, value, strict=True)]

        return put_all if kinds[-1] is ... else put_each

    def put_set(value: frozenset[enum.Enum]) -> object:
        return sorted(one.value for one in value) if type(value) is frozenset else _refuse(value)

    def put_one_of(form: object) -> Callable[[object], object]:
        kinds = [kind for kind in typing.get_args(form) if kind is not types.NoneType]
        # Of several classes, that of the value decides.
        put = writer.unstructure if len(kinds) > 1 else writer.get_unstructure_hook(kinds[0])
        return lambda value: None if value is None else put(value)

    def put_mapping(form: object) -> Callable[[Mapping[str, object]], object]:
        put = writer.get_unstructure_hook(typing.get_args(form)[1])
        return lambda value: {name: put(one) for name, one in value.items()}

    def put_object(form: type[object]) -> Callable[[object], object]:
        return make_dict_unstructure_fn(form, writer, _cattrs_omit_if_default=True)

    writer.register_unstructure_hook(str, _put_text)
    writer.register_unstructure_hook(int, _exact(int))
    writer.register_unstructure_hook(bool, _exact(bool))
    writer.register_unstructure_hook(float, _exact(float, int))
    for kind in (bytes, list, dict, set, tuple):
        writer.register_unstructure_hook(kind, _refuse)
    writer.register_unstructure_hook(date, _put_day)
    writer.register_unstructure_hook(datetime, lambda value: value.isoformat())
    writer.register_unstructure_hook(Source, _put_source)
    writer.register_unstructure_hook(Where, _put_where)
    writer.register_unstructure_hook_func(lambda form: origin(form) is typing.Literal, _put_text)
    writer.register_unstructure_hook_factory(is_union, put_one_of)
    writer.register_unstructure_hook_factory(lambda form: origin(form) is tuple, put_tuple)
    writer.register_unstructure_hook_func(lambda form: origin(form) is frozenset, put_set)
    writer.register_unstructure_hook_factory(lambda form: origin(form) is Mapping, put_mapping)
    writer.register_unstructure_hook_factory(attrs.has, put_object)
    writer.register_unstructure_hook(Entity, _put_entity)
    writer.register_unstructure_hook(Edition, lambda value: _ENVELOPE.get().position(value))
    writer.register_unstructure_hook(HeldEdition, _put_held)
    return writer


@functools.cache
def _bodies() -> Mapping[type[object], Callable[[object], dict[str, object]]]:
    """What writes the fields of editions, and of the kinds of entities but edition and source."""
    from cattrs.gen import make_dict_unstructure_fn, override

    omitted = override(omit=True)
    found: dict[type[object], Any] = {
        kind: make_dict_unstructure_fn(
            kind, _writer(), _cattrs_omit_if_default=True, edition=omitted, source=omitted
        )
        for kind in KINDS.values()
    }
    for kind in (Edition, HeldEdition):
        found[kind] = make_dict_unstructure_fn(kind, _writer(), _cattrs_omit_if_default=True)
    return found


# ── reading ───────────────────────────────────────────────────────────────────────────────────


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


def _read_date(value: object, form: type[date]) -> date:
    found = form.fromisoformat(text := _text(value, None))
    if form is date and found.isoformat() != text:  # Python reads "20211210" and "2021-W49-5", too
        raise ValueError(f"must be a day as 2021-12-10, not {reprlib.repr(text)}")
    if isinstance(found, datetime) and found.tzinfo is None:
        says = "must be a time with its zone, as 2021-12-10T14:03:22+00:00"
        raise ValueError(f"{says}; not {reprlib.repr(text)}")
    return found


def _read_source(value: object, _: object) -> Source:
    pairs = [_array(pair, None) for pair in _array(value, None)]
    paths = tuple(sys.intern(_text(path, None)) for path, _ in pairs)  # most entries share them
    return Source(paths, tuple(_text(text, None) for _, text in pairs))


def _read_word(value: object, form: object) -> object:
    """A word of a closed vocabulary: an enum, or a `Literal`."""
    words = _words(form)
    if isinstance(value, str) and value in words:
        return words[value]
    raise ValueError(f"must be one of {', '.join(words)}; not {reprlib.repr(value)}")


@functools.cache
def _words(form: object) -> Mapping[str, object]:
    if isinstance(form, type) and issubclass(form, enum.Enum):
        return {member.value: member for member in form}
    return {word: word for word in typing.get_args(form)}


@functools.cache
def _change_forms() -> Mapping[str, Any]:
    """The class of the values of each field that a `Change` can name."""
    found: dict[str, type[object]] = {"kind": str}
    for kind in (*KINDS.values(), Designation):
        prefix = "designations." if kind is Designation else ""
        hints = typing.get_type_hints(kind)
        found |= {
            f"{prefix}{one.name}": _element(hints[one.name])
            for one in fields_of(kind)
            if one.is_compared or kind is Designation
        }
    return found


def _element(form: object) -> type[object]:
    """The class of one value: `Name` of tuple[Name, …], `int` of int | None."""
    several = origin(form) is tuple or is_union(form)
    return cast("type[object]", typing.get_args(form)[0] if several else form)


@functools.cache
def _reader(*, lenient: bool) -> Converter:
    """The converter that reads; a lenient one ignores unknown keys."""
    from cattrs import Converter
    from cattrs.errors import (
        ForbiddenExtraKeysError,
        IterableValidationError,
        IterableValidationNote,
    )
    from cattrs.gen import make_dict_structure_fn, override

    reader = Converter(forbid_extra_keys=not lenient)

    def read_array(form: object) -> _Hook:
        kinds = typing.get_args(form)
        is_set = origin(form) is frozenset
        alike = is_set or kinds[-1] is ...

        def read_items(value: object, _: object) -> object:
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

        return read_items

    @functools.cache
    def body(cls: Any, **overrides: Any) -> _Hook:  # noqa: ANN401 (those of cattrs)
        build = make_dict_structure_fn(
            cls, reader, _cattrs_forbid_extra_keys=not lenient, **overrides
        )
        return lambda value, _: build(_object(value, None), cls)

    # cattrs looks at how many arguments there are: `body` itself will not do.
    def read_object(form: Any) -> _Hook:  # noqa: ANN401
        return body(form)

    def read_mapping(form: object) -> _Hook:
        kind: type[object] = typing.get_args(form)[1]
        return lambda value, _: {
            name: reader.structure(each, kind) for name, each in _object(value, None).items()
        }

    def read_where(value: object, _: object) -> Where:
        given, kinds = _object(value, None), typing.get_type_hints(Where)
        if not lenient and (unknown := given.keys() - kinds.keys()):
            raise ForbiddenExtraKeysError("", Where, unknown)
        known = {name: each for name, each in given.items() if name in kinds}
        return Where(**{name: reader.structure(each, kinds[name]) for name, each in known.items()})

    def read_edition(value: object, _: object) -> object:
        if isinstance(value, Edition):  # that of an entity
            return value
        return (
            _ENVELOPE.get().at(value) if isinstance(value, int) else body(Edition)(value, Edition)
        )

    def read_held(value: object, _: object) -> object:
        if isinstance(value, int):
            return _ENVELOPE.get().held_at(value)
        return body(HeldEdition)(value, HeldEdition)

    def read_entity(value: object, form: type[Entity]) -> object:
        given = dict(_object(value, None))
        kind = given.pop("kind", None)
        cls: Any = KINDS.get(kind) if isinstance(kind, str) else None
        if cls is None or not issubclass(cls, form):
            known = ", ".join(name for name, each in KINDS.items() if issubclass(each, form))
            raise ValueError(f"`kind` must be one of {known}; not {reprlib.repr(kind)}")
        envelope = _ENVELOPE.get()
        if "edition" not in given:
            given["edition"] = envelope.of_list(str(given.get("id")).partition(":")[0])
        elif given["edition"] is not None:
            given["edition"] = envelope.at(given["edition"])
        return body(cls)(given, cls)

    def read_change(value: object, _: object) -> object:
        field = _object(value, None).get("field")
        if not isinstance(field, str):
            field = "kind"  # any will do: what is wrong is seen below
        elif field not in _change_forms():
            raise ValueError(f"no field of an entity: {reprlib.repr(field)}")
        return change_of(_change_forms()[field])(value, Change)

    @functools.cache
    def change_of(form: Any) -> _Hook:  # noqa: ANN401 (the class of both values)
        def read_stated(given: object, _: object) -> object:
            return None if given is None else reader.structure(given, form)

        stated = override(struct_hook=read_stated)
        return body(Change, before=stated, after=stated)

    reader.register_structure_hook(str, _text)
    reader.register_structure_hook(bool, _exactly(bool, "true or false"))
    reader.register_structure_hook(int, _exactly(int, "a whole number"))
    reader.register_structure_hook(float, _exactly(float, "a number"))
    reader.register_structure_hook(date, _read_date)
    reader.register_structure_hook(datetime, _read_date)
    reader.register_structure_hook(Source, _read_source)
    reader.register_structure_hook(Where, read_where)
    reader.register_structure_hook(enum.Enum, _read_word)
    reader.register_structure_hook_func(lambda form: origin(form) is typing.Literal, _read_word)
    reader.register_structure_hook_factory(lambda form: origin(form) in _ARRAYS, read_array)
    reader.register_structure_hook_factory(lambda form: origin(form) is Mapping, read_mapping)
    reader.register_structure_hook_factory(attrs.has, read_object)
    reader.register_structure_hook(Edition, read_edition)
    reader.register_structure_hook(HeldEdition, read_held)
    reader.register_structure_hook(Entity, read_entity)
    reader.register_structure_hook(Change, read_change)
    return reader


def _faults(error: Exception, path: str) -> Iterator[FaultError]:
    """Everything that is wrong, with the paths."""
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
    """The path of a value inside another; the name may be a path, or "" for the other itself."""
    return ".".join(filter(None, (path, name)))
