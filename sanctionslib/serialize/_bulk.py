"""Whole lists of entities, by msgspec: what reads and writes many of them quickly.

msgspec knows no tagged union of attrs classes and does not see unknown keys in them. So each class
has a `Struct` with the same fields, made from its declaration: msgspec reads JSON into these, and
turns them into the attrs classes, whose validators run.
"""

from __future__ import annotations

import functools
import operator
import types
import typing
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

import attrs

from sanctionslib.model import Edition, Entity, Source
from sanctionslib.serialize._converter import KINDS, Editions

if TYPE_CHECKING:
    import msgspec

__all__ = ["EntityReader"]

_T = TypeVar("_T")


class EntityReader:
    """Reads entities out of lines of JSON Lines as this library writes them.

    Args:
        editions: The editions of the envelope.
    """

    def __init__(self, editions: Sequence[Edition]) -> None:
        import msgspec

        self._editions = Editions(editions)
        structs = _Structs()
        union: Any = _one_of(map(structs.of, KINDS.values()))
        self._decode = msgspec.json.Decoder(union).decode
        self._encode = msgspec.json.encode
        self._convert = functools.partial(
            msgspec.convert, from_attributes=True, dec_hook=_source_of
        )
        self._kinds = {structs.of(kind): kind for kind in KINDS.values()}
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
            position = struct.position
            if position is self._unset:
                edition = self._editions.of_list(found.list_id)
            else:
                edition = None if position is None else self._editions.at(position)
        # Errors of msgspec are errors of value; numbers beyond 64 bits overflow.
        except (ValueError, OverflowError, RecursionError):
            return None
        _put_edition(found, edition)
        return found


def _source_of(form: object, value: object) -> object:
    pairs = cast("tuple[tuple[str, str], ...]", value)
    return Source(tuple(path for path, _ in pairs), tuple(text for _, text in pairs))


# The entity was made a moment ago, and nobody has it yet.
_put_edition: Callable[[Entity, Edition | None], None] = Entity.__dict__["edition"].__set__


def _one_of(forms: Iterable[object]) -> object:
    return functools.reduce(operator.or_, cast("Iterable[type[object]]", forms))


class _Structs:
    """The `Struct` of each class that entities hold."""

    def __init__(self) -> None:
        self._known: dict[type[object], type[msgspec.Struct]] = {}

    def of(self, kind: type[object]) -> type[msgspec.Struct]:
        """The struct of an attrs class."""
        if kind not in self._known:
            self._known[kind] = self._define(kind)
        return self._known[kind]

    def _define(self, kind: type[object]) -> type[msgspec.Struct]:
        import msgspec

        hints = typing.get_type_hints(kind)
        is_entity = issubclass(kind, Entity)
        fields: list[Any] = []
        for one in attrs.fields(cast("type[attrs.AttrsInstance]", kind)):
            if is_entity and one.name == "edition":
                continue
            form: Any = self._form(hints[one.name])
            required = one.default is attrs.NOTHING
            fields.append((one.name, form) if required else (one.name, form, one.default))
        if is_entity:
            fields.append(("position", int | None | msgspec.UnsetType, msgspec.UNSET))
        return msgspec.defstruct(
            kind.__name__,
            fields,
            kw_only=True,
            omit_defaults=True,
            forbid_unknown_fields=True,
            gc=False,
            tag_field="kind" if is_entity else None,
            tag=cast("type[Entity]", kind).kind if is_entity else None,
            rename={"position": "edition"} if is_entity else None,
        )

    def _form(self, form: object) -> object:
        """A type in which structs stand for attrs classes."""
        origin, parts = typing.get_origin(form), typing.get_args(form)
        if origin in (typing.Union, types.UnionType):
            return _one_of(map(self._form, parts))
        if origin is tuple:
            return types.GenericAlias(
                tuple, tuple(one if one is ... else self._form(one) for one in parts)
            )
        if form is Source:
            return tuple[tuple[str, str], ...]
        return self.of(form) if isinstance(form, type) and attrs.has(form) else form
