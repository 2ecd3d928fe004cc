"""`search`: whom its arguments ask about, and a list prepared to be searched by one method."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sanctionslib.answers import Subject
from sanctionslib.errors import InvalidInputError
from sanctionslib.matching import arguments
from sanctionslib.matching.methods import index_for
from sanctionslib.matching.search import Searchable
from sanctionslib.model import Entity, Identifier, PartialDate
from sanctionslib.query._where import Held, known_countries

if TYPE_CHECKING:
    from sanctionslib.query._holding import Holding

__all__ = ["prepared", "subject"]


def subject(
    query: str | Sequence[str] | Subject,
    held: Held,
    *,
    kind: type[Entity] | str | None,
    birth_date: PartialDate | date | str | int | None,
    country: str | Collection[str] | None,
    identifiers: str | Collection[str],
) -> Subject:
    """Whom the arguments of `search` ask about.

    Raises:
        InvalidInputError: One of them makes no sense, or a `Subject` is given and a fact beside it.
    """
    if isinstance(query, Subject):
        if not (kind is birth_date is country is None and not identifiers):
            raise InvalidInputError(
                "a Subject has its own kind, birth date, countries and identifiers",
                hint="give them there, or give the name alone",
            )
        kind, birth_date, identifiers = query.kind, query.birth_date, query.identifiers
        country = tuple(one.code or one.raw for one in query.countries) or None
        query = query.names
    return Subject(
        names=arguments.names(query),
        kind=arguments.kind_word(kind),
        birth_date=arguments.birth_date(birth_date),
        countries=() if country is None else known_countries(country, held),
        identifiers=arguments.numbers(identifiers),
    )


_SMALL = 4
"""Into how many parts like it a list must go for a selection to be small."""


def prepared(one: Holding[Entity], method: str) -> Searchable:
    """A list or selection, prepared to be searched.

    A score is a function of two names, so that the index of the base, with the names of others
    left out of what it finds, gives what an index of the selection alone would. It is there mostly
    and costs nothing more. Only a small selection gets an index of its own: it is built in a
    fraction of the time, and no names of others can crowd out its own among the best that are
    scored. Which of the two it is depends on the sizes alone, never on what was built before.
    """
    index, base = one._indexed(), one.base
    is_small = len(one) * _SMALL < len(base)
    is_part = one is not base and not is_small
    only = frozenset(each.id for each in one) if one is not base else None

    def numbers(text: str) -> Sequence[tuple[Entity, Identifier]]:
        found = index.numbers(text)
        return found if only is None else [pair for pair in found if pair[0].id in only]

    together = {each.id: party for party in one.parties if len(party) > 1 for each in party}

    def party(entity: Entity) -> Sequence[Entity]:
        return together.get(entity.id, (entity,))

    return Searchable(
        base._searchable(method).index if is_part else index_for(method, one._entities),
        editions=one.editions,
        selection=one.selection,
        only=only if is_part else None,
        numbers=numbers,
        party=party,
    )
