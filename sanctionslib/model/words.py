"""Words of closed vocabularies as callers write them: in any case, an enum's member or its word."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import TypeVar, cast

from sanctionslib.errors import InvalidInputError

_E = TypeVar("_E", bound=enum.Enum)
_W = TypeVar("_W", bound=str)


def folded(word: str) -> str:
    """A word as words are compared: "Owned-or_controlled BY" is "owned or controlled by"."""
    return " ".join(word.casefold().replace("_", " ").replace("-", " ").split())


def word(value: object, known: Collection[_W], argument: str, hint: str = "") -> _W:
    """The one of some words that is meant, in any case.

    Raises:
        InvalidInputError: None of them is.

    >>> word("DROP", ("raise", "drop", "keep"), "unstated")
    'drop'
    """
    text = folded(value) if isinstance(value, str) else None
    for one in known:
        if one == value or folded(one) == text:
            return one
    *others, last = map(repr, known)
    raise InvalidInputError(
        f"{argument}={value!r} is unknown",
        argument=argument,
        hint=hint or f"use {', '.join(others)} or {last}",
    )


def member(kind: type[_E], value: _E | str, argument: str = "kind") -> _E:
    """The member of an enum that is meant by itself, by its value or by its name, in any case.

    Raises:
        InvalidInputError: There is no such member.

    >>> from sanctionslib.model import RelationKind
    >>> member(RelationKind, "Owned-or-controlled-by")
    <RelationKind.OWNED_OR_CONTROLLED_BY: 'owned or controlled by'>
    """
    if isinstance(value, kind):
        return value
    found = _by_word(kind).get(folded(value)) if isinstance(value, str) else None
    if found is None:
        from difflib import get_close_matches  # only needed for an error

        known = [str(one.value) for one in kind]
        near = get_close_matches(str(value), known)
        raise InvalidInputError(
            f"{argument}={value!r} is no {kind.__name__}",
            argument=argument,
            hint=f"did you mean {' or '.join(map(repr, near))}?"
            if near
            else f"known are {', '.join(map(repr, known))}",
        )
    return cast("_E", found)


def members(
    kind: type[_E], values: _E | str | Iterable[_E | str], argument: str = "kind"
) -> tuple[_E, ...]:
    """The members that are meant, one or several, each once.

    Raises:
        InvalidInputError: There is no such member; or none at all is given.
    """
    several = (values,) if isinstance(values, (str, kind)) else tuple(cast("Iterable[_E]", values))
    if not several:
        raise InvalidInputError(f"{argument} is empty", hint="leave it out to take all")
    return tuple(dict.fromkeys(member(kind, one, argument) for one in several))


@cache
def _by_word(kind: type[enum.Enum]) -> Mapping[str, enum.Enum]:
    by_name = {folded(one.name): one for one in kind}
    return by_name | {folded(str(one.value)): one for one in kind}
