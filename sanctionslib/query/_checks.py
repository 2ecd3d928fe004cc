"""Checks of entities that a caller made: what our parsers never get wrong and people easily do."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Entity

__all__ = ["checked"]


def checked(entities: Iterable[object]) -> tuple[Entity, ...]:
    """The entities, if a list can be made of them.

    Raises:
        InvalidInputError: Something is no entity, has no usable id or name, has a list where a
            tuple belongs, or two have the same id.
    """
    found: list[Entity] = []
    seen: set[str] = set()
    for entity in entities:
        if not isinstance(entity, Entity):
            raise InvalidInputError(
                f"{entity!r} is no Entity", hint="make Person, Organization, Vessel … objects"
            )
        if not entity.list_id or not entity.source_id:
            raise InvalidInputError(
                f"the id {entity.id!r} has no list or no key",
                hint="write ids as 'list:key', for example 'watch:1'",
            )
        if entity.id in seen:
            raise InvalidInputError(
                f"the id {entity.id!r} occurs twice", hint="each party of a list has its own id"
            )
        for field in attrs.fields(type(entity)):
            if isinstance(getattr(entity, field.name), (list, set)):
                raise InvalidInputError(
                    f"{field.name} of {entity.id} is a {type(getattr(entity, field.name)).__name__}",
                    hint=f"give a tuple: {field.name}=(…,)",
                )
        if not entity.names:
            raise InvalidInputError(f"{entity.id} has no name", hint="names=(Name(text=…),)")
        seen.add(entity.id)
        found.append(entity)
    return tuple(found)
