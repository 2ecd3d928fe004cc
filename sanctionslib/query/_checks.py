"""Checks of what callers give: entities of their own, ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn, TypeVar, cast

import attrs

from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Entity, Name
from sanctionslib.model.fields import fields_of

_P = TypeVar("_P", bound=Entity)


def checked(entities: Iterable[_P]) -> tuple[_P, ...]:
    """The entities, if a list can be made of them."""
    found: dict[str, _P] = {}
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
        if key in found:
            raise InvalidInputError(
                f"the id {key!r} occurs twice", hint="each party of a list has its own id"
            )
        _check_tuples(entity, key)
        if not entity.names:
            raise InvalidInputError(f"{key} has no name", hint="names=(Name(text=…),)")
        for name in entity.names:
            if not isinstance(name, Name):
                raise InvalidInputError(f"a name of {key} is no Name", hint="names=(Name(text=…),)")
            if not name.text.strip():
                raise InvalidInputError(f"{key} has an empty name", hint="leave it out")
        found[key] = entity
    return tuple(found.values())


def _check_tuples(value: object, where: str) -> None:
    """Refuse lists and texts in place of tuples, at any depth: a list could change under the hash."""
    for field in fields_of(type(value)) if attrs.has(type(value)) else ():
        name = field.name
        is_plural = isinstance(field.default, tuple) or name == "names"
        content: object = getattr(value, name)
        kind = type(content)
        if kind in (list, set) or (is_plural and not issubclass(kind, tuple)):
            raise InvalidInputError(
                f"{name} of {where} is a {kind.__name__}", hint=f"give a tuple: {name}=(…,)"
            )
        several = cast("tuple[object, ...]", content) if isinstance(content, tuple) else (content,)
        for one in several:
            _check_tuples(one, where)


def refuse_key(key: object) -> NoReturn:
    """Raise TypeError for an id that is no text; a number could be a position as well."""
    if isinstance(key, int):
        raise TypeError(
            f"[{key}] could be an id or a position, and they are different parties: write "
            f'sdn["{key}"] for the id, list(sdn)[{key}] for the position'
        )
    raise TypeError(f"an id is text, not {type(key).__name__}")


def text(value: object, what: str) -> str:
    """The value; raises TypeError where it is no text."""
    if not isinstance(value, str):
        raise TypeError(f"{what} is text, not {type(value).__name__}: write it in quotes")
    return value
