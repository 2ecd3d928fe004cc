"""`to_dict` and `from_dict`: a value inside its envelope, and what a version may have written."""

from __future__ import annotations

import re
import reprlib
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Protocol, TypeAlias, TypeVar, cast, overload, runtime_checkable

import attrs

from sanctionslib import answers, model
from sanctionslib._version import __version__
from sanctionslib.answers import HeldEdition
from sanctionslib.errors import (
    Call,
    Hint,
    InvalidInputError,
    ParseError,
    SanctionsWarning,
    StructureChangedError,
    Where,
)
from sanctionslib.model import Edition, Entity
from sanctionslib.model.displayable import Displayable, Value
from sanctionslib.model.fields import fields_of
from sanctionslib.serialize._converter import JSON, Envelope, FaultError, below, edition_key

__all__ = [
    "ENTITIES",
    "JSON",
    "EntityList",
    "Serializable",
    "check_version",
    "editions_of",
    "from_dict",
    "register",
    "structure",
    "structure_many",
    "to_dict",
    "unstructure",
]

ENTITIES = "sanctionslib/entities/1"
"""The schema of a whole list: what `SanctionsList.write` writes and `read` reads."""


@runtime_checkable
class EntityList(Protocol):
    """A `SanctionsList`, which has an envelope of its own."""

    def to_dict(self, *, keep_source: bool | None = False) -> dict[str, JSON]:
        """What `write` puts into a file."""
        ...


Serializable: TypeAlias = Displayable | Value
"""What `to_dict` takes, beside a whole list: every class of the model and of the answers, and what is
known of a list."""

_T = TypeVar("_T")

_OWN_FIELDS = {"editions": "looked_at", "library": "made_by"}
"""Fields of answers that are keys of the envelope, too, and the keys that they have instead."""

_BY_SCHEMA: dict[str, type[object]] = {}


def register(*kinds: type[object]) -> None:
    """Let `from_dict` make these classes; those of the model and of the answers are known."""
    _BY_SCHEMA.update((_schema(kind), kind) for kind in kinds)


def _schema(kind: type[object]) -> str:
    return f"sanctionslib/{re.sub(r'(?<=[a-z])(?=[A-Z])', '_', kind.__name__).lower()}/1"


for _package in (model, answers):
    register(*filter(attrs.has, (getattr(_package, name) for name in _package.__all__)))


# ── one value ─────────────────────────────────────────────────────────────────────────────────


def to_dict(
    value: Serializable | EntityList, *, keep_source: bool | None = False
) -> dict[str, JSON]:
    """Turn an entity, an edition, an answer or a whole list into plain JSON values.

    `json.dumps` makes text of them, `from_dict` the value again; a list is read by `read`.

    Args:
        value: What is wanted as JSON.
        keep_source: Whether entities keep their `source`, where they have one. That of a rejected
            entry (`Issue.source`) is always kept.

    Raises:
        InvalidInputError: It is none of these, or holds something that the model does not allow.

    Example:
        >>> import sanctionslib as sl
        >>> mine = sl.Vessel(id="watch:1", names=(sl.Name(text="EXAMPLE STAR"),))
        >>> found = sl.to_dict(mine)
        >>> found["schema"], found["kind"], found["names"]
        ('sanctionslib/entity/1', 'vessel', [{'text': 'EXAMPLE STAR'}])
        >>> sl.from_dict(found) == mine
        True
    """
    if isinstance(value, EntityList):
        return value.to_dict(keep_source=keep_source)
    if not isinstance(value, (Displayable, Value)) or not attrs.has(type(value)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidInputError(
            f"{type(value).__name__} is none of ours",
            hint="lists, entities, editions and answers can be had as JSON",
        )
    schema = _schema(Entity if isinstance(value, Entity) else type(value))
    envelope: dict[str, JSON] = {"schema": schema, "library": __version__}
    if isinstance(value, Edition):
        return envelope | unstructure(value)
    mentioned = [*_mentioned(value)]
    editions, held = _editions(mentioned), _repeated(mentioned)
    body = Envelope(editions, held=held, keep_source=bool(keep_source)).write(value)
    envelope |= {_OWN_FIELDS.get(name, name): one for name, one in body.items()}
    for name, several in (("held", held), ("editions", editions)):
        if several:
            envelope[name] = [unstructure(one) for one in several]
    return envelope


@attrs.frozen
class _Around:
    editions: tuple[Edition, ...] = ()
    held: tuple[HeldEdition, ...] = ()


@overload
def from_dict(data: Mapping[str, JSON]) -> Serializable: ...
@overload
def from_dict(data: Mapping[str, JSON], kind: type[_T]) -> _T: ...
def from_dict(data: Mapping[str, JSON], kind: type[object] | None = None) -> object:
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
    found = _BY_SCHEMA.get(schema) if isinstance(schema, str) else None
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
    if "library" in data:
        check_version(library, Where())
    if found is Edition:
        return structure(body, wanted, written_by=library)
    given = {name: body.pop(name) for name in ("editions", "held") if name in body}
    around = structure(given, _Around, written_by=library)
    for ours, theirs in _OWN_FIELDS.items():
        if theirs in body:
            body[ours] = body.pop(theirs)
    return structure(body, wanted, editions=around.editions, held=around.held, written_by=library)


def editions_of(value: object) -> tuple[Edition, ...]:
    """Give the editions that a value speaks of, each once; those that were looked at come first.

    >>> from sanctionslib.model import Edition, Entity
    >>> edition = Edition(list_id="watch")
    >>> [one.label for one in editions_of(Entity(id="watch:1", names=(), edition=edition))]
    ['watch · date unknown']
    """
    return _editions(_mentioned(value))


def _editions(mentioned: Iterable[Edition | HeldEdition]) -> tuple[Edition, ...]:
    found: dict[tuple[object, ...], Edition] = {}
    for one in mentioned:
        if isinstance(one, Edition):
            found.setdefault(edition_key(one), one)
    return tuple(found.values())


def _repeated(mentioned: Iterable[Edition | HeldEdition]) -> tuple[HeldEdition, ...]:
    """The editions of the archive that are mentioned more than once."""
    counts = Counter(one for one in mentioned if isinstance(one, HeldEdition))
    return tuple(one for one, count in counts.items() if count > 1)


_PROVENANCE = ("context", "editions", "old", "new")
"""The fields of answers that say what was looked at."""


@cache
def _fields_in_order(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 (a class of attrs)
    """The names of the fields of a class; those that say what was looked at come first."""
    names = [one.name for one in fields_of(kind)]
    return tuple(sorted(names, key=lambda name: name not in _PROVENANCE))


def _mentioned(value: object) -> Iterator[Edition | HeldEdition]:
    """The editions in a value, those that were looked at first."""
    if isinstance(value, (Edition, HeldEdition)):
        yield value
    elif isinstance(value, Entity):
        if value.edition is not None:
            yield value.edition
    elif isinstance(value, (tuple, list)):
        for one in cast("Sequence[object]", value):
            yield from _mentioned(one)
    elif attrs.has(kind := cast("Any", type(value))):
        for name in _fields_in_order(kind):
            yield from _mentioned(getattr(value, name))


# ── without an envelope ───────────────────────────────────────────────────────────────────────


def unstructure(
    value: object, *, editions: Sequence[Edition] = (), keep_source: bool = False
) -> dict[str, JSON]:
    """Turn an object of attrs into plain JSON values, without an envelope: see `Envelope.write`."""
    return Envelope(editions, keep_source=keep_source).write(value)


def structure(
    data: object,
    kind: type[_T],
    *,
    editions: Sequence[Edition] = (),
    held: Sequence[HeldEdition] = (),
    written_by: str = "",
    ignore_unknown: bool = False,
    where: Where | None = None,
) -> _T:
    """Make a value of what `unstructure` gave.

    Args:
        data: The plain JSON values.
        kind: The class to make; `Entity` stands for all kinds of it.
        editions: The editions of the envelope that it stood in.
        held: Those of the archive there.
        written_by: The version of this library that wrote it, if known: unknown keys are ignored,
            with a warning, where it is newer.
        ignore_unknown: Whether they are ignored without one.
        where: The place that errors speak of.

    Raises:
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
    one = (data, where or Where())
    (found, _), *_ = structure_many(
        [one],
        kind,
        editions=editions,
        held=held,
        written_by=written_by,
        ignore_unknown=ignore_unknown,
    )
    return found


def structure_many(
    values: Iterable[tuple[object, Where]],
    kind: type[_T],
    *,
    editions: Sequence[Edition] = (),
    held: Sequence[HeldEdition] = (),
    written_by: str = "",
    ignore_unknown: bool = False,
) -> Iterator[tuple[_T, Where]]:
    """Make one value after another, each with its place; see `structure`.

    Raises:
        ParseError: A value is not what it must be; `where` leads to it.
    """
    envelope = Envelope(editions, held=held)
    lenient = ignore_unknown or _is_newer(written_by)
    ignored: list[str] = []
    for data, where in values:
        try:
            found, unknown = envelope.read(data, kind, lenient=lenient)
        except FaultError as fault:
            place = where._replace(path=below(where.path, fault.path))
            raise ParseError(fault.what, where=place, hint=_update_hint(written_by)) from None
        ignored += (below(where.path, path) for path in unknown)
        yield cast("_T", found), where
    if ignored and not ignore_unknown:
        warnings.warn(
            f"written by sanctionslib {written_by}, and this is {__version__}: {len(ignored):,} "
            f"keys that it does not know are ignored, the first is {ignored[0]!r}",
            SanctionsWarning,
            stacklevel=3,
        )


# ── versions ──────────────────────────────────────────────────────────────────────────────────

_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:[.+-]?[A-Za-z][\w.+-]*)?", re.ASCII)


def check_version(library: str, where: Where) -> None:
    """Refuse what is no version, as "0.1.0" or "0.1.0rc1" are.

    Raises:
        StructureChangedError: It is none.
    """
    if not _VERSION.fullmatch(library):
        what = f"must be a version as '0.1.0', not {reprlib.repr(library)}"
        raise StructureChangedError(what, where=where._replace(path="library"))


def _is_newer(library: str) -> bool:
    """Whether a version is newer than this one; what is no version is not."""
    ours, theirs = (_VERSION.fullmatch(text) for text in (__version__, library))
    return bool(ours and theirs and [*map(int, theirs.groups())] > [*map(int, ours.groups())])


def _update_hint(library: str) -> str:
    """What to do about a fault in what this version wrote."""
    written = f"it was written by sanctionslib {library}, and this is {__version__}: update"
    return written if _is_newer(library) else ""
