"""Checks of entities that a caller made: what our parsers never get wrong and people easily do."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from functools import cache
from typing import NoReturn, cast

import attrs

from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Entity, IdentifierKind, Name

__all__ = ["checked", "identifier_kinds", "refuse_number", "text"]


def checked(entities: Iterable[object]) -> tuple[Entity, ...]:
    """The entities, if a list can be made of them.

    Raises:
        InvalidInputError: Something is no entity, has no usable id or name, has a list or a text
            where a tuple belongs, or two have the same id.
    """
    found: list[Entity] = []
    seen: set[str] = set()
    for entity in entities:
        if not isinstance(entity, Entity):
            raise InvalidInputError(
                f"{entity!r} is no Entity", hint="make Person, Organization, Vessel … objects"
            )
        key: object = entity.id
        if not isinstance(key, str) or not entity.list_id or not entity.source_id:
            raise InvalidInputError(
                f"the id {key!r} has no list or no key",
                hint="write ids as 'list:key', for example 'watch:1'",
            )
        if entity.id in seen:
            raise InvalidInputError(
                f"the id {entity.id!r} occurs twice", hint="each party of a list has its own id"
            )
        _check_tuples(entity, entity.id)
        if not all(isinstance(name, Name) for name in entity.names):
            raise InvalidInputError(
                f"a name of {entity.id} is no Name", hint="names=(Name(text=…),)"
            )
        if not entity.names:
            raise InvalidInputError(f"{entity.id} has no name", hint="names=(Name(text=…),)")
        if not all(name.text.strip() for name in entity.names):
            raise InvalidInputError(f"{entity.id} has an empty name", hint="leave it out")
        seen.add(entity.id)
        found.append(entity)
    return tuple(found)


@cache
def _fields(kind: Hashable) -> tuple[tuple[str, bool], ...]:
    """The fields of an attrs class, and whether each is a tuple; () for anything else."""
    if not (isinstance(kind, type) and attrs.has(kind)):
        return ()
    return tuple(
        (field.name, isinstance(field.default, tuple) or field.name == "names")
        for field in attrs.fields(kind)
    )


def _check_tuples(value: object, where: str) -> None:
    """Tuples all the way down: a list could change under the hash, a text falls into letters."""
    for name, is_plural in _fields(cast("Hashable", type(value))):
        content: object = getattr(value, name)
        kind = type(content)
        if kind in (list, set) or (is_plural and not issubclass(kind, tuple)):
            raise InvalidInputError(
                f"{name} of {where} is a {kind.__name__}",
                hint=f"give a tuple: {name}=(…,)",
            )
        if isinstance(content, tuple):
            for one in cast("tuple[object, ...]", content):
                _check_tuples(one, where)
        elif content is not None:
            _check_tuples(content, where)


def refuse_number(key: object) -> NoReturn:
    """Raise for an id that is no text, saying which of its two meanings to write.

    Raises:
        TypeError: Always.
    """
    if isinstance(key, int):
        raise TypeError(
            f"[{key}] could be an id or a position, and they are different parties: write "
            f'sdn["{key}"] for the id, list(sdn)[{key}] for the position'
        )
    raise TypeError(f"an id is text, not {type(key).__name__}")


def text(value: object, what: str) -> str:
    """The value, if it is text.

    Raises:
        TypeError: It is not.
    """
    if not isinstance(value, str):
        raise TypeError(f"{what} is text, not {type(value).__name__}: write it in quotes")
    return value


def identifier_kinds(
    kind: IdentifierKind | str | Collection[IdentifierKind | str],
) -> frozenset[IdentifierKind]:
    """The kinds of numbers that are meant.

    Raises:
        InvalidInputError: Something is no kind, or there is none.
    """
    several = (kind,) if isinstance(kind, (str, IdentifierKind)) else tuple(kind)
    try:
        found = frozenset(IdentifierKind(one) for one in several)
    except ValueError as error:
        known = ", ".join(repr(one.value) for one in IdentifierKind)
        raise InvalidInputError(f"kind: {error}", hint=f"known are {known}") from None
    if not found:
        raise InvalidInputError("kind is empty", hint="leave it out to look among all")
    return found
