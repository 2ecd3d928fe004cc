"""Our own JSON and JSON Lines: entities with their editions, written by us and read back.

A `.json` file is one object, an envelope::

    {"schema": "sanctionslib/entities/1", "library": "0.1.0", "editions": [...], "count": 2,
     "selection": "program='GLOMAG'", "entities": [{"kind": "person", "id": ..., ...}, ...]}

In a `.jsonl` file the first line is the same envelope without `entities`, and every further line
is one entity. Keys are the names of the attrs fields. What has its default is left out; enums are
written by value, dates as ISO text, a `Record` as pairs [path, value].

An edition is written once, in `editions`. An entity is of the one edition whose `list_id` is its
own; else it says `"edition"`, a position in `editions` or null. Answers say positions, too.

Nothing is taken silently: a value of the wrong type, a key that is given twice, a number of
entities other than `count` and an unknown key all raise. Additive changes keep the number of the
schema; so unknown keys are ignored, with a warning, in a file of a newer version of this library.
What is no version, as "0.1.0" or "0.1.0rc1" are, is never newer: it raises.

This is the only module that uses cattrs, and no exception of it leaves here.
"""

from __future__ import annotations

import enum
import functools
import json
import re
import reprlib
import sys
import typing
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, NoReturn, TypeAlias, TypeVar, cast

import attrs

from sanctionslib._version import __version__
from sanctionslib.answers import Audit
from sanctionslib.errors import (
    IncompleteEditionError,
    InvalidInputError,
    ParseError,
    SanctionsError,
    SanctionsWarning,
    StructureChangedError,
    TruncatedError,
    UnknownFormatError,
    Where,
)
from sanctionslib.model import Aircraft, Edition, Entity, Organization, Person, Record, Vessel
from sanctionslib.parsers._format import Format, Options, Parsed
from sanctionslib.parsers._own_changes import add_changes
from sanctionslib.parsers._source import Source

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["FORMAT", "JSON", "KINDS", "SCHEMA", "read_json", "read_jsonl", "sniff", "structure"]

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"
"""A plain JSON value."""

SCHEMA = "sanctionslib/entities/1"
"""What the envelope of a file says of itself."""

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


def _read_record(value: object, _: object) -> Record:
    paths: list[str] = []
    values: list[str] = []
    for pair in _array(value, None):
        path, text = _array(pair, None)
        paths.append(sys.intern(_text(path, None)))  # most paths occur in most records
        values.append(_text(text, None))
    return Record(tuple(paths), tuple(values))


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
    reader.register_structure_hook(Record, _read_record)
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


class _FaultError(Exception):
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
        library: The version of this library that wrote it, if known: see the top of this module.
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
        _check_version(library, where or Where())
    try:
        return cast("_T", _structured(data, kind, editions, library))
    except _FaultError as fault:
        place = (where or Where())._replace(path=fault.path)
        raise ParseError(fault.what, where=place, hint=_advice(library)) from None


def _structured(data: object, form: object, editions: Sequence[Edition], library: str) -> object:
    target = cast("type[object]", form)
    token = _EDITIONS.set(_Editions(editions))
    try:
        try:
            return _reader(lenient=False).structure(data, target)
        except Exception as error:  # noqa: BLE001 (cattrs collects whatever was raised)
            faults = list(_faults(error, ""))
        grave = [fault for fault in faults if not fault.unknown_key]
        if grave or not _is_newer(library):
            raise (grave or faults)[0] from None
        warnings.warn(
            f"written by sanctionslib {library}, and this is {__version__}: {len(faults):,} keys "
            f"that it does not know are ignored, the first is {faults[0].path!r}",
            SanctionsWarning,
            stacklevel=4,
        )
        return _reader(lenient=True).structure(data, target)
    finally:
        _EDITIONS.reset(token)


def _faults(error: Exception, path: str) -> Iterator[_FaultError]:
    from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError

    if isinstance(error, IterableValidationError):
        for one, element in error.group_exceptions()[0]:
            yield from _faults(one, f"{path}[{element.index}]")
    elif isinstance(error, ClassValidationError):
        placed, others = error.group_exceptions()
        for one, attribute in placed:
            yield from _faults(one, _below(path, attribute.name))
        for one in others:
            yield from _faults(one, path)
    elif isinstance(error, ForbiddenExtraKeysError):
        for key in sorted(error.extra_fields):
            what = f"unknown key {reprlib.repr(key)}"
            yield _FaultError(_below(path, key), what, unknown_key=True)
    elif isinstance(error, KeyError):
        yield _FaultError(path, "required, and missing")
    else:
        yield _FaultError(path, error.what if isinstance(error, SanctionsError) else str(error))


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:[.+-]?[A-Za-z][\w.+-]*)?", re.ASCII)


def _check_version(library: str, where: Where) -> None:
    if not _VERSION.fullmatch(library):
        what = f"must be a version as '0.1.0', not {reprlib.repr(library)}"
        raise StructureChangedError(what, where=where._replace(path="library"))


def _is_newer(library: str) -> bool:
    ours, theirs = (_VERSION.fullmatch(text) for text in (__version__, library))
    return bool(ours and theirs and [*map(int, theirs.groups())] > [*map(int, ours.groups())])


def _advice(library: str) -> str:
    written = f"it was written by sanctionslib {library}, and this is {__version__}: update"
    return written if _is_newer(library) else ""


# ── files ─────────────────────────────────────────────────────────────────────────────────────

_AGAIN = "get the file again"
_BLANK = " \t\r\n"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_OURS = re.compile(rb'"schema"\s*:\s*"sanctionslib/')


def sniff(head: bytes) -> Literal["json", "jsonl"] | None:
    r"""Say whether these first bytes of a file look like our JSON, or our JSON Lines.

    The `schema` must stand near the beginning, where we write it. The first line tells the two
    apart: only in JSON Lines it is an object of its own, without `entities`.

    >>> sniff(b'{"schema":"sanctionslib/entities/1","library":"0.1.0","count":0}\n')
    'jsonl'
    >>> sniff(b"<!DOCTYPE html>") is None
    True
    """
    body = head.removeprefix(_MARKS[0]).lstrip()
    if not body.startswith(b"{") or not _OURS.search(body, 0, 4096):
        return None
    try:
        first = json.loads(body.partition(b"\n")[0])
    except (ValueError, RecursionError):
        return "json"
    return "json" if "entities" in first else "jsonl"


def read_json(data: bytes, *, name: str = "") -> Parsed:
    """Read a `.json` file that this library wrote.

    Args:
        data: The whole file.
        name: What to call it in errors.

    Raises:
        TruncatedError: It is empty, ends too early, or has fewer entities than it declares.
        IncompleteEditionError: It has more entities than it declares.
        UnknownFormatError: It is something else.
        StructureChangedError: It is of another schema, or its envelope is not as we write it.
        ParseError: Something else is wrong in it; `where` leads to it.

    Example:
        >>> read_json(
        ...     b'{"schema":"sanctionslib/entities/1","library":"0.1.0",'
        ...     b'"editions":[],"count":0,"entities":[]}'
        ... ).audit
        <Audit 0 declared, 0 read, 0 built, 0 rejected, issues: 0, values without a field: 0>
    """
    where = Where(source=name)
    envelope, entities = _envelope(_decoded(_utf8(data, where), where), where)
    if not isinstance(entities, list):
        found = "missing: is this JSON Lines?" if entities is None else "no array"
        raise StructureChangedError(found, where=where._replace(path="entities"))
    return _parsed(envelope, entities, where)


def read_jsonl(data: bytes, *, name: str = "") -> Parsed:
    r"""Read a `.jsonl` file that this library wrote; arguments and errors as in `read_json`.

    >>> read_jsonl(
    ...     b'{"schema":"sanctionslib/entities/1","library":"0.1.0",'
    ...     b'"editions":[],"count":1}\n'
    ...     b'{"kind":"vessel","id":"watch:1","names":[]}\n'
    ... ).entities
    (<Vessel watch:1 ''>,)
    """
    where = Where(source=name)
    # Not splitlines(): that would also cut at U+2028, which stands in texts as it is.
    lines = [
        (number, line)
        for number, line in enumerate(_utf8(data, where).split("\n"), start=1)
        if line.strip(_BLANK)
    ]
    last = lines[-1][0]
    values = [_decoded(line, where, number, is_last=number == last) for number, line in lines]
    envelope, entities = _envelope(values[0], where)
    if entities is not None:
        raise StructureChangedError("the entities are inside the envelope: JSON", where=where)
    return _parsed(envelope, values[1:], where, [number for number, _ in lines[1:]])


@attrs.frozen(kw_only=True)
class _Envelope:
    schema: str
    library: str
    editions: tuple[Edition, ...]
    count: int
    selection: str | None = None


def _envelope(value: JSON, where: Where) -> tuple[_Envelope, JSON]:
    """The envelope, and what stands in it under `entities`."""
    schema = value.get("schema") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(schema, str):
        advice = "only files that this library wrote can be read as JSON"
        raise UnknownFormatError(f"no schema {SCHEMA!r}", where=where, hint=advice)
    if schema != SCHEMA:
        raise StructureChangedError(
            f"the schema is {reprlib.repr(schema)}, and must be {SCHEMA!r}",
            where=where._replace(path="schema"),
            hint="a single entity or an answer is read by `from_dict`; a schema with a higher "
            "number, by a later version of this library",
        )
    entities = value.pop("entities", None)
    version = str(value.get("library"))
    try:
        found = _structured(value, _Envelope, (), version)
    except _FaultError as fault:
        raise StructureChangedError(
            fault.what, where=where._replace(path=fault.path), hint=_advice(version)
        ) from None
    _check_version(version, where)
    return cast("_Envelope", found), entities


def _parsed(
    envelope: _Envelope, values: list[JSON], where: Where, lines: Sequence[int] | None = None
) -> Parsed:
    def place(at: int, path: str) -> Where:
        value = values[at]
        entry = value.get("id") if isinstance(value, dict) else None
        found = where._replace(entry=entry if isinstance(entry, str) else "")
        if lines is not None:
            return found._replace(path=path, line=lines[at])
        return found._replace(path=_below(f"entities[{at}]", path))

    what = f"{envelope.count:,} entities are declared, {len(values):,} are there"
    if len(values) < envelope.count:
        raise TruncatedError(what, where=where, hint=_AGAIN)
    if len(values) > envelope.count:
        raise IncompleteEditionError(what, where=where, hint="write it anew instead of editing it")
    try:
        built = _structured(values, tuple[Entity, ...], envelope.editions, envelope.library)
    except _FaultError as fault:
        number, _, path = fault.path.removeprefix("[").partition("]")
        spot = place(int(number), path.removeprefix("."))
        raise ParseError(fault.what, where=spot, hint=_advice(envelope.library)) from None
    entities = cast("tuple[Entity, ...]", built)
    seen: set[str] = set()
    for at, one in enumerate(entities):
        if one.id in seen:
            raise ParseError(f"the id {one.id!r} is given twice", where=place(at, "id"))
        seen.add(one.id)
    editions = envelope.editions
    audit = Audit(editions=editions, declared=envelope.count, read=len(values), built=len(entities))
    return Parsed(entities=entities, editions=editions, audit=audit)


# ── bytes ─────────────────────────────────────────────────────────────────────────────────────


def _utf8(data: bytes, where: Where) -> str:
    body = data.strip()
    if not body:
        raise TruncatedError("the file is empty", where=where, hint=_AGAIN)
    if body.startswith(_MARKS):
        advice = "something rewrote it: save it as UTF-8 without such a mark"
        raise ParseError("the file begins with a byte order mark", where=where, hint=advice)
    if not body.startswith(b"{"):
        kind = "a web page or XML" if body.startswith(b"<") else "something else"
        raise UnknownFormatError(f"{kind}, not our JSON, which begins with '{{'", where=where)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        where = where._replace(line=data.count(b"\n", 0, error.start) + 1)
        is_cut = error.reason == "unexpected end of data"
        raise (TruncatedError if is_cut else ParseError)(
            f"not UTF-8: {error.reason}", where=where, hint=_AGAIN
        ) from None


def _pairwise(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    found = dict(pairs)
    if len(found) != len(pairs):
        [(twice, _)] = Counter(name for name, _ in pairs).most_common(1)
        raise ParseError(f"the key {reprlib.repr(twice)} is given twice in one object")
    return found


def _constant(text: str) -> NoReturn:
    raise ParseError(f"{text} is no number in JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_pairwise, parse_constant=_constant)


def _decoded(text: str, where: Where, line: int | None = None, *, is_last: bool = True) -> JSON:
    where = where._replace(line=line)
    try:
        return cast("JSON", _DECODER.decode(text))
    except json.JSONDecodeError as error:
        body = text.rstrip(_BLANK)
        where = where._replace(line=line or error.lineno)
        is_open = error.pos >= len(body) or error.msg.startswith("Unterminated")
        if is_last and (is_open or not body.endswith("}")):
            what = "the file ends before its document does"
            raise TruncatedError(what, where=where, hint=_AGAIN) from None
        raise ParseError(f"not JSON: {error.msg}", where=where, hint=_AGAIN) from None
    except RecursionError:
        raise ParseError("nested far deeper than anything we write", where=where) from None
    except ParseError as error:
        raise ParseError(error.what, where=where) from None
    except ValueError:  # Python itself refuses whole numbers of more than 4,300 digits
        raise ParseError("a number with thousands of digits", where=where) from None


# ── among the formats ─────────────────────────────────────────────────────────────────────────


def _parse(source: Source, options: Options) -> Parsed:
    with source.open(options.progress) as stream:
        data = stream.read()
    found = (read_jsonl if sniff(data) == "jsonl" else read_json)(data, name=source.name)
    for word, given, stated in (
        ("list_id", options.list_id, {one.list_id for one in found.editions}),
        ("published", options.published, {one.published for one in found.editions}),
    ):
        if given is not None and stated != {given}:
            raise InvalidInputError(
                f"{word}={str(given)!r}, and the file says {', '.join(map(str, stated)) or 'none'}",
                where=Where(source=source.name),
                hint=f"leave `{word}` out: our own files state their editions",
            )
    return found


FORMAT = Format(
    name="sanctionslib-json",
    title="JSON and JSON Lines of this library",
    publisher="sanctionslib",
    lists=(),
    files=("*.json", "*.jsonl"),
    recognise=lambda head: sniff(head.data) is not None,
    parse=_parse,
)
