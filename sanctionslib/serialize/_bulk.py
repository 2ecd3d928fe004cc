"""Whole lists of entities, by msgspec: what reads and writes many of them quickly.

msgspec knows no tagged union of attrs classes and does not see unknown keys in them. So each class
has a `Struct` with the same fields, made from its declaration. msgspec reads the bytes into these,
and turns them into the attrs classes, whose validators run.
"""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import attrs

from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Designation, Edition, Entity, Source
from sanctionslib.serialize._converter import KINDS, Editions, put_text

if TYPE_CHECKING:
    import msgspec

__all__ = ["EntityReader", "pack", "unpack"]

_Struct: TypeAlias = "type[msgspec.Struct]"


class EntityReader:
    """Reads entities out of lines of JSON Lines as this library writes them.

    Args:
        editions: The editions of the envelope.
    """

    def __init__(self, editions: Sequence[Edition]) -> None:
        import msgspec

        self._editions = Editions(editions)
        structs = _lines()
        self._decode = msgspec.json.Decoder(structs.any_entity).decode
        self._encode = msgspec.json.encode
        self._convert = functools.partial(
            msgspec.convert, from_attributes=True, dec_hook=_read_source
        )
        self._kinds = structs.kinds
        self._unset = msgspec.UNSET

    def __call__(self, line: bytes) -> Entity | None:
        """The entity; None where the line is not to the letter what we write for an entity.

        Then `structure` says what is wrong with it, or reads it, if it is only written otherwise. A
        key that is given twice or is unknown is seen by this: it is not written again.
        """
        try:
            struct = self._decode(line)
            if self._encode(struct) != line:
                return None
            found: Entity = self._convert(struct, self._kinds[type(struct)])
            position = struct.edition_at
            if position is self._unset:
                edition = self._editions.of_list(found.list_id)
            else:
                edition = None if position is None else self._editions.at(position)
        # Errors of msgspec are errors of value; numbers beyond 64 bits overflow.
        except (ValueError, OverflowError, RecursionError):
            return None
        _put_edition(found, edition)
        return found


def _read_source(form: object, value: object) -> object:
    pairs = cast("tuple[tuple[str, str], ...]", value)
    return Source(tuple(path for path, _ in pairs), tuple(text for _, text in pairs))


# Where fields are set, the entity was made a moment before, and nobody has it yet.
_put_edition: Callable[[Entity, Edition | None], None] = Entity.__dict__["edition"].__set__
_put_source: Callable[[Entity, Source], None] = Entity.__dict__["source"].__set__
_put_designations: Callable[[Entity, object], None] = Entity.__dict__["designations"].__set__


# ── packed ────────────────────────────────────────────────────────────────────────────────────


def pack(entities: Iterable[Entity], editions: Sequence[Edition]) -> bytes:
    """Entities as bytes that are quick to read again; what they have in common is there once.

    Args:
        entities: The entities.
        editions: The editions that they were read from: these very objects.

    Raises:
        InvalidInputError: Something has a type that the model does not allow, or cannot be encoded.
    """
    import msgspec

    structs, known = _packed(), {id(one): at for at, one in enumerate(editions)}
    convert = functools.partial(msgspec.convert, from_attributes=True)
    designations: list[object] = []
    paths: list[tuple[str, ...]] = []
    places: dict[object, int] = {}
    rows: list[object] = []
    try:
        for one in entities:
            row: Any = convert(one, structs.of(type(one)))
            key = id(one.designations)
            if key not in places:
                places[key] = len(designations)
                designations.append(convert(one.designations, structs.designations))
            row.designations_at = places[key]
            row.edition_at = None if one.edition is None else known[id(one.edition)]
            if (source := one.source) is not None:
                if source.paths not in places:
                    places[source.paths] = len(paths)
                    paths.append(source.paths)
                row.source_at = (places[source.paths], source.values)
            rows.append(row)
        return msgspec.msgpack.encode((designations, paths, rows), enc_hook=put_text)
    except (AttributeError, LookupError, TypeError, ValueError, OverflowError) as error:
        raise InvalidInputError(f"cannot be packed: {error}") from error


def unpack(content: bytes, editions: Sequence[Edition]) -> tuple[Entity, ...]:
    """The entities of which `pack` gave these bytes, equal in everything.

    Raises:
        ValueError: They are no such bytes; nothing in them is believed.
    """
    import msgspec

    structs, known = _packed(), Editions(editions)
    convert = functools.partial(msgspec.convert, from_attributes=True)
    shared, paths, rows = structs.table.decode(content)
    designations = [convert(one, tuple[Designation, ...]) for one in shared]
    found: list[Entity] = []
    for row in rows:
        one: Entity = convert(row, structs.kinds[type(row)])
        _put_designations(one, designations[_index(row.designations_at, designations)])
        if row.edition_at is not None:
            _put_edition(one, known.at(row.edition_at))
        if row.source_at is not None:
            at, values = row.source_at
            path = paths[_index(at, paths)]
            if len(path) != len(values):
                raise ValueError("a source with another number of paths than of values")
            _put_source(one, Source(path, values))
        found.append(one)
    return tuple(found)


def _index(at: int, table: Sequence[object]) -> int:
    if not 0 <= at < len(table):
        raise ValueError(f"no position in a table: {at}")
    return at


# ── structs ───────────────────────────────────────────────────────────────────────────────────


@functools.cache
def _lines() -> _Structs:
    import msgspec

    # Without it, an entity is of the edition of its list.
    unset = (int | None | msgspec.UnsetType, msgspec.UNSET)
    return _Structs({"edition": unset}, array_like=False)


@functools.cache
def _packed() -> _Structs:
    replaced = {
        "edition": (int | None, None),
        "source": (tuple[int, tuple[str, ...]] | None, None),
        "designations": (int, 0),
    }
    return _Structs(replaced, array_like=True)


class _Structs:
    """The `Struct` of each class that entities hold.

    Args:
        replaced: Fields of entities that hold something else here, under their name with "_at": its
            type and default. msgspec leaves out those of the attrs class.
        array_like: Whether values are known by their order and not by the names of fields.
    """

    def __init__(self, replaced: Mapping[str, tuple[object, object]], *, array_like: bool) -> None:
        import msgspec

        self._replaced = replaced
        self._array_like = array_like
        self._known: dict[type[object], _Struct] = {}
        self.kinds = {self.of(kind): kind for kind in KINDS.values()}
        self.any_entity: Any = _union(self.kinds)
        self.designations: Any = self._form(tuple[Designation, ...])
        shared, entities = self._form(tuple[Designation, ...]), self.any_entity
        form: Any = tuple[list[shared], list[tuple[str, ...]], list[entities]]  # type: ignore[valid-type]
        self.table = msgspec.msgpack.Decoder(form)

    def of(self, kind: type[object]) -> _Struct:
        """The struct of an attrs class."""
        if kind not in self._known:
            self._known[kind] = self._define(kind)
        return self._known[kind]

    def _define(self, kind: type[object]) -> _Struct:
        import msgspec

        hints = typing.get_type_hints(kind)
        replaced = (
            self._replaced if issubclass(kind, Entity) else dict[str, tuple[object, object]]()
        )
        fields: list[Any] = []
        declared = attrs.fields(cast("type[attrs.AttrsInstance]", kind))
        # An entity is written with its source and its edition last.
        for one in sorted(declared, key=lambda one: replaced != {} and one.name == "source"):
            if one.name not in replaced:
                form = self._form(hints[one.name])
                required = one.default is attrs.NOTHING
                fields.append((one.name, form) if required else (one.name, form, one.default))
        fields += [(f"{name}_at", *each) for name, each in replaced.items()]
        return msgspec.defstruct(
            kind.__name__,
            fields,
            kw_only=True,
            omit_defaults=True,
            forbid_unknown_fields=True,
            array_like=self._array_like,
            gc=False,
            tag_field="kind" if issubclass(kind, Entity) else None,
            tag=kind.kind if issubclass(kind, Entity) else None,
            rename=None if self._array_like else {f"{name}_at": name for name in replaced},
        )

    def _form(self, form: Any) -> Any:  # noqa: ANN401 (a type as it stands in an annotation)
        """A type in which structs stand for attrs classes."""
        origin, parts = typing.get_origin(form), typing.get_args(form)
        if origin in (typing.Union, types.UnionType):
            return _union(map(self._form, parts))
        if origin is tuple:
            inside = tuple(one if one is ... else self._form(one) for one in parts)
            return types.GenericAlias(tuple, inside)
        if form is Source:
            return tuple[tuple[str, str], ...]
        return self.of(form) if attrs.has(form) else form


def _union(forms: Iterable[object]) -> object:
    return functools.reduce(lambda one, other: one | other, cast("Iterable[Any]", forms))
