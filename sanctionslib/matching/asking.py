"""What a caller asks → what a search takes: names, kind, birth date, numbers, and how to search.

Everything that makes no sense is refused here, with words, before anything is compared.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

import attrs

from sanctionslib.answers import WeakAliases
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import (
    Aircraft,
    Entity,
    Organization,
    PartialDate,
    Person,
    Vessel,
    identifier_key,
)

__all__ = ["KINDS", "Policy", "birth_date", "kind_word", "names", "numbers", "policy"]

KINDS = tuple(one.kind for one in (Person, Organization, Vessel, Aircraft))
"""The words for the kinds of parties."""


@attrs.frozen(kw_only=True)
class Policy:
    """How to search: made by `policy`, which checks it."""

    min_score: float | None = None
    """Names below it are no hits; None for the method's own."""
    weak_aliases: WeakAliases = WeakAliases.CONFIRM
    """What weak aliases may do."""
    limit: int | None = None
    """How many hits are given; None for all."""


def policy(
    *,
    min_score: float | None = None,
    weak_aliases: WeakAliases | str = WeakAliases.CONFIRM,
    limit: int | None = None,
) -> Policy:
    """How to search, if it makes sense.

    Raises:
        InvalidInputError: It does not.
    """
    if min_score is not None and not (_is_number(min_score) and 0 <= min_score <= 1):
        raise InvalidInputError(
            f"min_score={min_score!r}", argument="min_score", hint="give a number from 0 to 1"
        )
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or limit < 1):
        raise InvalidInputError(f"limit={limit!r}", hint="give 1 or more, or None for all hits")
    try:
        weak = WeakAliases(weak_aliases)
    except ValueError:
        known = " or ".join(repr(one.value) for one in WeakAliases)
        raise InvalidInputError(f"weak_aliases={weak_aliases!r}", hint=f"say {known}") from None
    score = None if min_score is None else float(min_score)
    return Policy(min_score=score, weak_aliases=weak, limit=limit)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def names(query: str | Sequence[str]) -> tuple[str, ...]:
    """The names that are searched, each once.

    Raises:
        InvalidInputError: Something there is no text, or blank.
    """
    several: Sequence[object]
    if isinstance(query, str):
        several = (query,)
    elif isinstance(query, Sequence):
        several = query
    else:
        raise InvalidInputError(
            f"a {type(query).__name__} is no name", hint="give the name as text, or several"
        )
    found: list[str] = []
    for one in several:
        if not isinstance(one, str):
            raise InvalidInputError(f"{one!r} is no name", hint="names are text")
        if not one.strip():
            raise InvalidInputError("the name is blank", hint="give the name that is searched")
        found.append(one)
    return tuple(dict.fromkeys(found))


def kind_word(kind: type[Entity] | str | None) -> str | None:
    """The word for a kind of party; None where any is meant.

    Raises:
        InvalidInputError: There is no such kind.
    """
    if kind is None:
        return None
    word: object = kind
    if isinstance(kind, type) and issubclass(kind, Entity):
        word = kind.kind
    if word == Entity.kind:
        return None
    if not isinstance(word, str) or word not in KINDS:
        raise InvalidInputError(
            f"kind={kind!r} is no kind of party",
            hint="give a class (sanctionslib.Person) or one of the words " + ", ".join(KINDS),
        )
    return word


def birth_date(value: PartialDate | date | str | int | None) -> PartialDate | None:
    """A date of birth, as far as it is known: a day, a month, a year, a range.

    Raises:
        InvalidInputError: It is none.
    """
    if value is None:
        return None
    found: PartialDate | None = None
    if isinstance(value, PartialDate):
        found = value
    elif isinstance(value, date) and not isinstance(value, datetime):
        found = PartialDate.day(value, raw=value.isoformat())
    elif isinstance(value, str):
        found = PartialDate.parse(value)
    elif isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 9999:
        found = PartialDate.year(value, raw=str(value))
    if found is None or not found.is_read:
        raise InvalidInputError(
            f"birth_date={value!r} is no date",
            argument="birth_date",
            hint="write YYYY-MM-DD, YYYY-MM or YYYY",
        )
    return found


def numbers(values: str | Collection[str]) -> tuple[str, ...]:
    """The numbers that are looked up, each once.

    Raises:
        InvalidInputError: Something there is no text, or has neither letters nor digits.
    """
    several: Collection[object]
    if isinstance(values, str):
        several = (values,)
    elif isinstance(values, Collection):
        several = values
    else:
        raise InvalidInputError(
            f"identifiers={values!r} is neither a number nor several", hint="numbers are text"
        )
    found: list[str] = []
    for one in several:
        if not isinstance(one, str):
            raise InvalidInputError(f"the number {one!r} is no text", hint="write it in quotes")
        if not identifier_key(one):
            raise InvalidInputError(
                f"the number {one!r} has neither letters nor digits",
                hint="give the number itself, or leave it out",
            )
        found.append(one)
    return tuple(dict.fromkeys(found))
