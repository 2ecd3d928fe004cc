"""The arguments of a search, checked: names, kind, birth date, numbers, and the policy.

Whatever makes no sense is refused before anything is compared.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import cast

import attrs

from sanctionslib.answers import Problem, WeakAliases
from sanctionslib.errors import InvalidInputError
from sanctionslib.matching._days import FaultError, year_first
from sanctionslib.model import (
    Aircraft,
    Entity,
    Organization,
    PartialDate,
    Person,
    Vessel,
    identifier_key,
)
from sanctionslib.model.words import member

__all__ = [
    "KINDS",
    "MOST_HITS",
    "Policy",
    "birth_date",
    "entity_kinds",
    "kind_words",
    "most_hits",
    "names",
    "numbers",
    "unread_date",
]

MOST_HITS = 10
"""How many hits are given where nothing is said."""

_CLASSES = (Person, Organization, Vessel, Aircraft)
KINDS = tuple(one.kind for one in _CLASSES)
"""The words for the kinds of parties."""
_BY_WORD: Mapping[str, type[Entity]] = {one.kind: one for one in (*_CLASSES, Entity)}


def _min_score(value: float | None) -> float | None:
    if value is None:
        return None
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not (is_number and 0 <= value <= 1):
        raise InvalidInputError(
            f"min_score={value!r}", argument="min_score", hint="give a number from 0 to 1"
        )
    return float(value)


def _weak_aliases(value: WeakAliases | str | None) -> WeakAliases:
    return WeakAliases.CONFIRM if value is None else member(WeakAliases, value, "weak_aliases")


def most_hits(limit: int | None) -> int | None:
    """The `limit` of `Policy`, of one as callers give it: 0 for all, None for what is usual."""
    if limit == 0 and not isinstance(limit, bool):
        return None
    return MOST_HITS if limit is None else limit


def _limit(value: int | None) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
        raise InvalidInputError(
            f"limit={value!r}", argument="limit", hint="give 1 or more, or 0 for all hits"
        )
    return value


@attrs.frozen(kw_only=True)
class Policy:
    """How to search; raises `InvalidInputError` where it makes no sense."""

    min_score: float | None = attrs.field(default=None, converter=_min_score)
    """The threshold: names below it are no hits; None for the method's own."""
    weak_aliases: WeakAliases = attrs.field(default=WeakAliases.CONFIRM, converter=_weak_aliases)
    """How weak aliases count."""
    limit: int | None = attrs.field(default=None, converter=_limit)
    """How many hits are given; None for all."""


def names(query: str | Sequence[str]) -> tuple[str, ...]:
    """The names that are searched, each once; raises `InvalidInputError` where all are blank."""
    return _texts("query", query, Sequence, "name", str.strip, "is blank", one_will_do=True)


def numbers(values: str | Collection[str] | None) -> tuple[str, ...]:
    """The numbers that are looked up, each once; raises `InvalidInputError` where one is blank."""
    fault = "has neither letters nor digits"
    values = () if values is None else values
    return _texts("identifiers", values, Collection, "number", identifier_key, fault)


def _texts(
    argument: str,
    given: object,
    several: type,
    what: str,
    content: Callable[[str], str],
    fault: str,
    *,
    one_will_do: bool = False,
) -> tuple[str, ...]:
    def error(text: str, hint: str) -> InvalidInputError:
        return InvalidInputError(text, argument=argument, hint=hint)

    texts = cast("Collection[object]", (given,) if isinstance(given, str) else given)
    if not isinstance(texts, several):
        raise error(f"{given!r} is no {what}", f"give the {what} as text, or several in a list")
    found: dict[str, None] = {}
    for one in texts:
        if not isinstance(one, str):
            raise error(f"{one!r} is no {what}", f"give each {what} as text")
        found[one] = None
    bad = [one for one in found if not content(one)]
    if bad and not (one_will_do and len(bad) < len(found)):
        raise error(f"the {what} {bad[0]!r} {fault}", f"give the {what} itself, or omit it")
    return tuple(found)


def entity_kinds(
    kind: type[Entity] | str | Collection[type[Entity] | str] | None,
) -> tuple[type[Entity], ...] | None:
    """The classes that `kind` names, by themselves or by their words; None where it is None.

    Raises:
        InvalidInputError: Something there is no kind of entity.
    """
    if kind is None:
        return None
    is_several = isinstance(kind, Collection) and not isinstance(kind, (str, type))
    given = cast("Collection[object]", kind) if is_several else (kind,)
    found = tuple(
        _BY_WORD.get(one.strip().casefold()) if isinstance(one, str) else one for one in given
    )
    if not found or not all(isinstance(one, type) and issubclass(one, Entity) for one in found):
        raise InvalidInputError(
            f"kind={kind!r} is no kind of entity",
            argument="kind",
            hint='give a class (Person, Organization, Vessel, Aircraft), its word ("person"), or '
            "several of them",
        )
    return cast("tuple[type[Entity], ...]", found)


def kind_words(
    kind: type[Entity] | str | Collection[type[Entity] | str] | None,
) -> tuple[str | None, tuple[str, ...]]:
    """`Subject.kind` and `Subject.kinds`: one word, or several; neither where any kind is meant.

    Raises:
        InvalidInputError: Something there is no kind of entity.
    """
    words = tuple(dict.fromkeys(one.kind for one in entity_kinds(kind) or ()))
    if not words or Entity.kind in words:
        return None, ()
    return (words[0], ()) if len(words) == 1 else (None, words)


def birth_date(value: PartialDate | date | str | int | None) -> PartialDate | None:
    """A date of birth, as far as it is known: a day, a month, a year, a range.

    Raises:
        InvalidInputError: It is no date.
    """
    found = value if isinstance(value, PartialDate) else None
    if value is None:
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        found = PartialDate.day(value, raw=value.isoformat())
    elif isinstance(value, str):
        with contextlib.suppress(FaultError):
            found = PartialDate.parse(year_first(value, None))
    elif isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 9999:
        found = PartialDate.year(value, raw=str(value))
    if found is None or not found.is_read:
        raise InvalidInputError(
            f"birth_date={value!r} is no date",
            argument="birth_date",
            hint="write YYYY-MM-DD, YYYY-MM or YYYY",
        )
    return found


def unread_date(value: object) -> tuple[Problem, ...]:
    """What is wrong with a date of birth that was not read where it comes from; else nothing."""
    if not isinstance(value, PartialDate) or value.is_read:
        return ()
    what = "a date that is not read, so that none is compared"
    return (Problem(what=what, field="birth_date", value=value.raw),)
