"""Entities from lines of JSON as this library writes them, by msgspec.

msgspec knows no tagged union of attrs classes and does not see unknown keys in them. So each class
has a `Struct` with the same fields, made from its declaration. msgspec reads the bytes into these,
and turns them into the attrs classes, whose validators run.
"""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

import attrs

from sanctionslib.model import Edition, Entity, Source
from sanctionslib.serialize._converter import KINDS, Envelope, is_union, origin

__all__ = ["EntityReader"]


class EntityReader:
    """Reads entities out of lines of JSON Lines as this library writes them.

    Args:
        editions: The editions of the envelope.
    """

    def __init__(self, editions: Sequence[Edition]) -> None:
        import msgspec

        self._envelope = Envelope(editions)
        kinds: Any = KINDS.values()
        self._kinds = {_struct(kind): kind for kind in kinds}
        self._decode = msgspec.json.Decoder(_union(self._kinds)).decode
        self._encode = msgspec.json.encode
        self._convert = functools.partial(
            msgspec.convert, from_attributes=True, dec_hook=_read_source
        )
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
                edition = self._envelope.of_list(found.list_id)
            else:
                edition = None if position is None else self._envelope.at(position)
        # Errors of msgspec are errors of value; numbers beyond 64 bits overflow.
        except (ValueError, OverflowError, RecursionError):
            return None
        _put_edition(found, edition)
        return found


# The entity was made a moment before, and nobody has it yet.
_put_edition: Callable[[Entity, Edition | None], None] = Entity.__dict__["edition"].__set__


def _read_source(form: object, value: object) -> object:
    pairs = cast("tuple[tuple[str, str], ...]", value)
    return Source(tuple(path for path, _ in pairs), tuple(text for _, text in pairs))


_LAST = {"source": 1, "edition": 2}
"""The fields of an entity that are written behind those of its kind."""


@functools.cache
def _struct(kind: Any) -> Any:  # noqa: ANN401 (a class of msgspec)
    """The `Struct` of an attrs class."""
    import msgspec

    is_entity = issubclass(kind, Entity)
    hints = typing.get_type_hints(kind)
    fields: list[Any] = []
    for one in sorted(attrs.fields(kind), key=lambda one: _LAST.get(one.name, 0)):
        if one.name == "edition":
            # A position, under another name: so msgspec leaves the field of the entity alone.
            form = int | None | msgspec.UnsetType
            fields.append(("edition_at", form, msgspec.UNSET))
        elif one.default is attrs.NOTHING:
            fields.append((one.name, _form(hints[one.name])))
        else:
            fields.append((one.name, _form(hints[one.name]), one.default))
    return msgspec.defstruct(
        kind.__name__,
        fields,
        kw_only=True,
        omit_defaults=True,
        forbid_unknown_fields=True,
        gc=False,
        tag_field="kind" if is_entity else None,
        tag=kind.kind if is_entity else None,
        rename={"edition_at": "edition"},
    )


def _form(form: Any) -> Any:  # noqa: ANN401 (a type as it stands in an annotation)
    """A type in which structs stand for attrs classes."""
    parts = typing.get_args(form)
    if is_union(form):
        return _union(map(_form, parts))
    if origin(form) is tuple:
        inside = tuple(one if one is ... else _form(one) for one in parts)
        return types.GenericAlias(tuple, inside)
    if form is Source:
        return tuple[tuple[str, str], ...]
    return _struct(form) if attrs.has(form) else form


def _union(forms: Iterable[Any]) -> Any:  # noqa: ANN401
    return functools.reduce(lambda one, other: one | other, forms)
