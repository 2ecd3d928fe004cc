"""`search`: whom its arguments ask about, and a list prepared to be searched by one method."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sanctionslib.answers import Selection, Subject
from sanctionslib.errors import InvalidInputError
from sanctionslib.matching import arguments
from sanctionslib.matching.methods import index_for
from sanctionslib.matching.search import Searchable
from sanctionslib.model import Entity, Identifier, PartialDate
from sanctionslib.query._index import Index
from sanctionslib.query._where import known_countries

__all__ = ["is_small", "searchable", "subject"]

_SMALL = 4
"""A selection is small where its list has more than this many times its size."""


def subject(
    query: str | Sequence[str] | Subject,
    entities: Sequence[Entity],
    *,
    kind: type[Entity] | str | Collection[type[Entity] | str] | None,
    birth_date: PartialDate | date | str | int | None,
    country: str | Collection[str] | None,
    identifiers: str | Collection[str],
) -> Subject:
    """Whom the arguments of `search` ask about, in a list of these entities.

    Raises:
        InvalidInputError: One of them makes no sense, or a `Subject` is given and a fact beside it.
    """
    if isinstance(query, Subject):
        if not (kind is birth_date is country is None and not identifiers):
            raise InvalidInputError(
                "a Subject has its own kind, birth date, countries and identifiers",
                hint="give them there, or give the name alone",
            )
        kind = query.kinds or query.kind
        birth_date, identifiers = query.birth_date, query.identifiers
        country = tuple(one.code or one.raw for one in query.countries) or None
        query = query.names
    one_kind, kinds = arguments.kind_words(kind)
    return Subject(
        names=arguments.names(query),
        kind=one_kind,
        kinds=kinds,
        birth_date=arguments.birth_date(birth_date),
        countries=() if country is None else known_countries(country, entities),
        identifiers=arguments.numbers(identifiers),
    )


def is_small(selection: Sequence[Entity], whole: Sequence[Entity]) -> bool:
    """Whether a selection gets an index of its own, by its size alone."""
    return len(selection) * _SMALL < len(whole)


def searchable(
    method: str,
    entities: Sequence[Entity],
    index: Index,
    *,
    selection: Selection,
    ids: frozenset[str] | None,
    parties: Sequence[Sequence[Entity]],
    base: Searchable | None,
) -> Searchable:
    """A list or selection, prepared to be searched.

    A score is a function of two names, so that the index of the base, without the names of others
    that it finds, gives what an index of the selection would, and costs nothing more. Only a small
    selection gets an index of its own: it is built in a fraction of the time, and no names of others
    can crowd out its own among the best that are scored.

    Args:
        method: The scorer.
        entities: What is searched.
        index: The index of the list, or of the base of a selection.
        selection: How the entities were chosen.
        ids: Those of a selection; None for a whole list.
        parties: The entities grouped by party.
        base: The base, prepared, whose names serve a selection that is not small.
    """

    def numbers(text: str) -> Sequence[tuple[Entity, Identifier]]:
        return [one for one in index.numbers(text) if ids is None or one[0].id in ids]

    together = {each.id: party for party in parties if len(party) > 1 for each in party}

    def party(entity: Entity) -> Sequence[Entity]:
        return together.get(entity.id, (entity,))

    return Searchable(
        index_for(method, entities) if base is None else base.index,
        editions=index.editions,
        selection=selection,
        only=None if base is None else ids,
        numbers=numbers,
        party=party,
    )
