"""Entities, editions and answers as plain JSON values, and back.

`to_dict` puts a small envelope around a value: the `schema`, the version of this `library`, and
the `editions` that the value speaks of, each once. What stands for what is described in
`parsers.own_json`, which reads it. An answer that has `editions` of its own (a `Network`) says
under `looked_at` which of the envelope's they are, and one that has a `library` of its own (what a
screening `SearchContext`) says it as `made_by`. Editions of the archive (`HeldEdition`) stand in full
where they are spoken of.
"""

from __future__ import annotations

import enum
import re
import reprlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import NoneType
from typing import TypeAlias, TypeVar, cast, get_args, overload

import attrs

from sanctionslib._version import __version__
from sanctionslib.answers import (
    Amended,
    ArchiveFault,
    Audit,
    Change,
    ChangeLog,
    Changes,
    Check,
    Comparison,
    Counterpart,
    Counterparts,
    EntitySummary,
    Evidence,
    ExplainedProgram,
    Explanation,
    FactCheck,
    Fetched,
    FormatChange,
    HeldEdition,
    HeldEditions,
    HeldFile,
    Hit,
    Hits,
    IdentifierMatch,
    Inference,
    Issue,
    Link,
    Network,
    Node,
    Omitted,
    Ownership,
    OwnershipPath,
    PathCoverage,
    Problem,
    ScreeningResult,
    SearchContext,
    Selection,
    Subject,
    Timeline,
    TimelineEvent,
    TokenPair,
    Undetermined,
    UnknownCode,
    Unmapped,
    UnmatchedToken,
    Unstated,
    Verification,
)
from sanctionslib.catalog import Catalog, FileInfo, FormatInfo, Limits, ListInfo
from sanctionslib.errors import Call, Hint, InvalidInputError, StructureChangedError, Where
from sanctionslib.model import Edition, Entity, Source
from sanctionslib.parsers.own_json import JSON, structure

__all__ = [
    "JSON",
    "Exportable",
    "Writer",
    "editions_of",
    "from_dict",
    "key_of",
    "to_dict",
    "unstructure",
]

Exportable: TypeAlias = (
    Entity
    | Edition
    | Amended
    | ArchiveFault
    | Audit
    | Catalog
    | Change
    | ChangeLog
    | Changes
    | Check
    | Comparison
    | Counterpart
    | Counterparts
    | Evidence
    | ExplainedProgram
    | Explanation
    | FactCheck
    | Fetched
    | FileInfo
    | FormatInfo
    | IdentifierMatch
    | HeldEdition
    | HeldFile
    | HeldEditions
    | Hit
    | Hits
    | Inference
    | Issue
    | Omitted
    | Undetermined
    | Limits
    | Link
    | ListInfo
    | UnmatchedToken
    | Network
    | Node
    | EntitySummary
    | Ownership
    | TokenPair
    | PathCoverage
    | Problem
    | OwnershipPath
    | ScreeningResult
    | SearchContext
    | Selection
    | TimelineEvent
    | Subject
    | FormatChange
    | Timeline
    | UnknownCode
    | Unmapped
    | Unstated
    | Verification
)
"""What `to_dict` takes and `from_dict` gives: an entity of any kind, an edition, every answer, and
what is known of a list."""

_T = TypeVar("_T", bound=Exportable)


def _schema(kind: type[object]) -> str:
    return f"sanctionslib/{re.sub(r'(?<=[a-z])(?=[A-Z])', '_', kind.__name__).lower()}/1"


_KINDS: Mapping[str, type[Exportable]] = {_schema(kind): kind for kind in get_args(Exportable)}

_OWN_FIELDS = {"editions": "looked_at", "library": "made_by"}
"""Fields of answers that are keys of the envelope, too, and the keys that they have instead."""


def to_dict(value: Exportable, *, keep_source: bool = False) -> dict[str, JSON]:
    """Turn an entity, an edition, an answer or what is known of a list into plain JSON values.

    `json.dumps` makes text of them.

    Args:
        value: What is wanted as JSON.
        keep_source: Whether entities keep their `source`, where they have one. That of a rejected
            entry (`Issue.source`) is always kept.

    Raises:
        InvalidInputError: It is none of these; a list has a `to_dict` of its own.

    Example:
        >>> import sanctionslib as sl
        >>> mine = sl.Vessel(id="watch:1", names=(sl.Name(text="EXAMPLE STAR"),))
        >>> found = sl.to_dict(mine)
        >>> found["schema"], found["kind"], found["names"]
        ('sanctionslib/entity/1', 'vessel', [{'text': 'EXAMPLE STAR'}])
        >>> sl.from_dict(found) == mine
        True
    """
    kind = Entity if isinstance(value, Entity) else type(value)
    envelope: dict[str, JSON] = {"schema": _schema(kind), "library": __version__}
    if envelope["schema"] not in _KINDS:
        name = type(value).__name__
        if hasattr(value, "to_dict"):  # a list, above all
            raise InvalidInputError(
                f"{name} is no single entity, edition or answer",
                hint="it has a method for this: `list.to_dict()`",
            )
        raise InvalidInputError(
            f"{name} is none of ours", hint="entities, editions and answers can be had as JSON"
        )
    if isinstance(value, Edition):
        return envelope | unstructure(value)
    editions = editions_of(value)
    if editions:
        envelope["editions"] = [unstructure(one) for one in editions]
    body = unstructure(value, editions=editions, keep_source=keep_source)
    for ours, theirs in _OWN_FIELDS.items():
        if ours in body:
            body[theirs] = body.pop(ours)
    return envelope | body


@attrs.frozen
class _Around:
    editions: tuple[Edition, ...] = ()


@overload
def from_dict(data: Mapping[str, JSON]) -> Exportable: ...
@overload
def from_dict(data: Mapping[str, JSON], kind: type[_T]) -> _T: ...
def from_dict(data: Mapping[str, JSON], kind: type[object] | None = None) -> Exportable:
    """Make the entity, edition or answer of which `to_dict` gave these values.

    Args:
        data: The values; they are not changed.
        kind: What it must be, as `sl.Person`; tells type checkers what is given back.

    Raises:
        StructureChangedError: It has no schema of ours, or that of something else; what it gives
            as the version of the library is none.
        ParseError: A value is not what it must be; `where.path` leads to it.

    Example:
        >>> import sanctionslib as sl
        >>> from_dict({"schema": "sanctionslib/edition/1", "list_id": "watch"}, sl.Edition)
        Edition(list_id='watch')
    """
    if not isinstance(data, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise StructureChangedError(f"must be an object, not {reprlib.repr(data)}")
    body = dict(data)
    schema = body.pop("schema", None)
    found = _KINDS.get(schema) if isinstance(schema, str) else None
    if found is None:
        raise StructureChangedError(
            f"the schema is {reprlib.repr(schema)}, which is none of a single value",
            where=Where(path="schema"),
            hints=(Hint("a file of entities is read by {}", call=Call("read")),),
        )
    wanted = found if kind is None else kind
    if not issubclass(wanted, found):
        raise StructureChangedError(
            f"the schema is {schema!r}, and {wanted.__name__} is wanted",
            where=Where(path="schema"),
        )
    library = str(body.pop("library", ""))
    if found is Edition:
        return structure(body, wanted, library=library)
    around = {"editions": body.pop("editions")} if "editions" in body else {}
    editions = structure(around, _Around, library=library).editions
    for ours, theirs in _OWN_FIELDS.items():
        if theirs in body:
            body[ours] = body.pop(theirs)
    return structure(body, wanted, editions=editions, library=library)


# ── editions: once in the envelope ────────────────────────────────────────────────────────────


def key_of(edition: Edition) -> tuple[object, ...]:
    """What tells editions apart that are written.

    Equality leaves out what an edition can state, but two that differ in it are not the same text.
    """
    return edition, edition.supported_facts, edition.alternative_sources, edition.lists


def editions_of(value: Exportable | Sequence[Exportable]) -> tuple[Edition, ...]:
    """Give the editions that a value speaks of, each once, in the order of appearance.

    >>> from sanctionslib.model import Edition, Entity
    >>> edition = Edition(list_id="watch")
    >>> [one.label for one in editions_of(Entity(id="watch:1", names=(), edition=edition))]
    ['watch · date unknown']
    """
    found: dict[tuple[object, ...], Edition] = {}
    for one in _spoken_of(value):
        found.setdefault(key_of(one), one)
    return tuple(found.values())


def _spoken_of(value: object) -> Iterator[Edition]:
    if isinstance(value, Edition):
        yield value
    elif isinstance(value, Entity):
        if value.edition is not None:
            yield value.edition
    elif isinstance(value, (tuple, list)):
        for one in cast("Sequence[object]", value):
            yield from _spoken_of(one)
    elif attrs.has(type(value)):
        for name, _ in _fields(type(value)):
            yield from _spoken_of(getattr(value, name))


# ── values ────────────────────────────────────────────────────────────────────────────────────


def unstructure(
    value: Exportable, *, editions: Sequence[Edition] = (), keep_source: bool = False
) -> dict[str, JSON]:
    """Turn a value into plain JSON values, without an envelope: see `Writer`."""
    writer = Writer(editions, keep_source=keep_source)
    return writer.fields(value) if isinstance(value, Edition) else writer.whole(value)


class Writer:
    """Turns values into JSON values, for one envelope.

    Args:
        editions: Those of the envelope; every edition that is spoken of must be among them.
        keep_source: Whether entities keep their `source`.
        adopting: Whether an entity without an edition is of that which `editions` has for its
            list. Otherwise it says that it has none.

    Its methods raise `InvalidInputError` where an edition is not among `editions`, or something
    has a type that the model does not allow.
    """

    def __init__(
        self, editions: Sequence[Edition], *, keep_source: bool = False, adopting: bool = False
    ) -> None:
        self.keep_source = keep_source
        self.adopting = adopting
        self.positions = {key_of(one): at for at, one in reversed([*enumerate(editions)])}
        self.by_list: dict[str, int | None] = {}  # None: there are several of this list
        for at, one in enumerate(editions):
            self.by_list[one.list_id] = None if one.list_id in self.by_list else at

    def whole(self, value: object) -> dict[str, JSON]:
        """An entity, an answer or a part of them, as an object."""
        return self.entity(value) if isinstance(value, Entity) else self.fields(value)

    def entity(self, value: Entity) -> dict[str, JSON]:
        """An entity, with its edition where the rule would give another one."""
        found: dict[str, JSON] = {"kind": value.kind, **self.fields(value)}
        if self.keep_source and value.source is not None:
            found["source"] = self.any(value.source)
        position = self.position_of(value)
        rule = self.by_list.get(value.list_id)
        if position != rule or (position is None and value.list_id in self.by_list):
            found["edition"] = position
        return found

    def fields(self, value: object) -> dict[str, JSON]:
        """All fields that do not have their defaults; so an edition is written in full."""
        found: dict[str, JSON] = {}
        for name, default in _fields(type(value)):
            each = getattr(value, name)
            if each is not default and each != default:
                found[name] = self.any(each)
        return found

    def any(self, value: object) -> JSON:
        """Any value of a field."""
        kind = type(value)
        if kind is str or kind is NoneType or kind is bool or kind is int or kind is float:
            return cast("JSON", value)
        if kind is tuple:
            return [self.any(one) for one in cast("tuple[object, ...]", value)]
        return _turned(self, value)

    def position_of(self, entity: Entity) -> int | None:
        """The position of the edition of an entity."""
        if entity.edition is not None:
            return self.position(entity.edition)
        return self.by_list.get(entity.list_id) if self.adopting else None

    def position(self, edition: Edition) -> int:
        """The position of an edition in the envelope."""
        try:
            return self.positions[key_of(edition)]
        except KeyError:
            raise InvalidInputError(
                f"the edition {edition.label!r} is not among the editions given",
                hint="give every edition that the entities were read from",
            ) from None


_FIELDS: dict[type, tuple[tuple[str, object], ...]] = {}
"""Names and defaults of the fields of each class, as soon as they were asked for."""


def _fields(kind: type) -> tuple[tuple[str, object], ...]:
    """Names and defaults; of an entity, without those that are written in another way."""
    if kind not in _FIELDS:
        left_out = ("edition", "source") if issubclass(kind, Entity) else ()
        _FIELDS[kind] = tuple(
            (field.name, field.default)
            for field in attrs.fields(cast("type[attrs.AttrsInstance]", kind))
            if field.name not in left_out
        )
    return _FIELDS[kind]


def _turned(writer: Writer, value: object) -> JSON:
    """A value of one of the less common types; the commonest are in `Writer.any`."""
    for known, turn in _TURNERS.items():
        if isinstance(value, known):
            return turn(writer, value)
    if attrs.has(type(value)):
        return writer.whole(value)
    raise InvalidInputError(
        f"a value of the type {type(value).__name__} has no place in the model",
        hint="texts, numbers, dates, enums, tuples and the classes of the model have",
    )


_TURNERS: Mapping[type[object], Callable[[Writer, object], JSON]] = {
    Edition: lambda writer, value: writer.position(cast("Edition", value)),
    enum.Enum: lambda _, value: cast("enum.Enum", value).value,
    date: lambda _, value: cast("date", value).isoformat(),
    Source: lambda _, value: [list(pair) for pair in cast("Source", value)],
    frozenset: lambda _, value: sorted(one.value for one in cast("frozenset[enum.Enum]", value)),
    Where: lambda _, value: {
        name: each
        for name, each in cast("Where", value)._asdict().items()
        if each != Where._field_defaults[name]
    },
    str: lambda _, value: str(value),  # a subclass, as lxml has one
}
