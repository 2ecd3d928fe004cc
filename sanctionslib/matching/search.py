"""Matching names → hits: one per party, with their evidence, in the order of a stated rule.

Names and numbers are searched each by itself: a party that has an exact number is a hit whatever its
name, and whatever kind was asked for. The other facts only order the hits (`facts.rank`) and confirm
weak aliases: giving one more never makes fewer hits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

from sanctionslib._version import __version__
from sanctionslib.answers import (
    FactCheck,
    Hit,
    Hits,
    SearchContext,
    Selection,
    Subject,
    WeakAliases,
)
from sanctionslib.errors import InvalidInputError
from sanctionslib.matching.arguments import Policy
from sanctionslib.matching.facts import RANKING, check_facts, confirms, rank
from sanctionslib.matching.name_index import NameIndex, NameMatch
from sanctionslib.model import AliasStrength, Edition, Entity, Identifier, Name, NameKind
from sanctionslib.model.facts import COUNTRY_PARTS

__all__ = ["Searchable", "order", "search"]


class Searchable:
    """A collection, prepared to be searched by one method; immutable.

    Args:
        index: The names, of this collection or of one that it is a selection of.
        editions: The editions.
        selection: How the entities were chosen.
        only: Ids of the entities that are searched; None for all of the index.
        numbers: The entities that have exactly this number, with the number as they print it.
        party: All entities of an entity's party in this collection, itself among them.
    """

    def __init__(
        self,
        index: NameIndex,
        *,
        editions: tuple[Edition, ...],
        selection: Selection,
        only: frozenset[str] | None,
        numbers: Callable[[str], Sequence[tuple[Entity, Identifier]]],
        party: Callable[[Entity], Sequence[Entity]],
    ) -> None:
        self.index = index
        self.editions = editions
        self.selection = selection
        self.only = only
        self.numbers = numbers
        self.party = party
        self.lists_without_all_countries = frozenset(
            one.list_id
            for one in editions
            if any(one.is_partially_supported(part) for part in COUNTRY_PARTS)
        )
        within = [only is None or one.id in only for one in index.entities]
        self._entities = sum(within)
        names = [one for one in index.names if within[one.entity]]
        self._names = len(names)
        self._weak = sum(self.is_weak(index.entities[one.entity], one.name) for one in names)

    def context(self, policy: Policy) -> SearchContext:
        """What is searched, and how."""
        weak, least = policy.weak_aliases, policy.min_score
        return SearchContext(
            editions=self.editions,
            selection=self.selection,
            entities=self._entities,
            names=self._names - (self._weak if weak is WeakAliases.EXCLUDE else 0),
            method=self.index.method,
            ranking=RANKING,
            min_score=self.index.default_min_score if least is None else least,
            weak_aliases=weak,
            limit=policy.limit,
            library=__version__,
        )

    def is_weak(self, entity: Entity, name: Name) -> bool:
        """Whether an alias is weak: its own list says so, or another list of the same party.

        The Consolidated Screening List repeats nearly all weak aliases of the SDN List without their
        strength: of both lists together, none would be weak else.
        """
        if name.strength is not AliasStrength.UNSTATED or name.kind is NameKind.PRIMARY:
            return name.strength is AliasStrength.WEAK
        strengths = {
            one.strength
            for other in self.party(entity)
            if other is not entity
            for one in other.names
            if one.text.casefold() == name.text.casefold()
        }
        return AliasStrength.WEAK in strengths and AliasStrength.STRONG not in strengths


def order(hit: Hit) -> tuple[float, float, str]:
    """What hits are sorted by: rank, score, and id, so that no third hit changes the order of two."""
    return (-hit.rank, -hit.score, hit.entity.id)


def search(where: Searchable, subject: Subject, policy: Policy) -> Hits:
    """The parties whose names or numbers match a subject, best first.

    Args:
        where: The collection.
        subject: Who is searched.
        policy: How to search.

    Raises:
        InvalidInputError: There is neither a name nor a number, or a name has nothing that could be
            compared.
    """
    if not subject.names and not subject.identifiers:
        raise InvalidInputError("there is nothing to search", hint="give a name, or a number")
    context = where.context(policy)
    found: list[_Party] = []
    suppressed: list[_Party] = []
    for party in _parties(where, subject, context).values():
        party.check_facts(where, subject)
        is_weak = context.weak_aliases is WeakAliases.CONFIRM and party.is_unconfirmed
        (suppressed if is_weak else found).append(party)
    found.sort(key=_Party.order)
    suppressed.sort(key=_Party.order)
    shown = found[: policy.limit]
    return Hits(
        subject=subject,
        context=context,
        hits=tuple(one.hit(where, subject) for one in shown),
        suppressed=tuple(one.hit(where, subject) for one in suppressed),
        more=len(found) - len(shown),
    )


def _parties(where: Searchable, subject: Subject, context: SearchContext) -> dict[str, _Party]:
    """What matches, by name or by number, grouped by party."""
    index, weak_aliases = where.index, context.weak_aliases
    found: dict[str, _Party] = {}

    def party_of(entity: Entity) -> _Party:
        entities = where.party(entity)
        return found.setdefault(entities[0].id, _Party(entities))

    for text in subject.names:
        for match in index.search(
            text,
            kind=subject.kind,
            min_score=context.min_score,
            weak=weak_aliases is not WeakAliases.EXCLUDE,
        ):
            listed = index.names[match.at]
            entity = index.entities[listed.entity]
            if where.only is not None and entity.id not in where.only:
                continue
            is_weak = where.is_weak(entity, listed.name)
            if not (is_weak and weak_aliases is WeakAliases.EXCLUDE):
                party_of(entity).add(_Match(match, listed.name, entity, text, is_weak))
    for number in subject.identifiers:
        for entity, identifier in where.numbers(number):
            party_of(entity).numbers.setdefault(number, []).append((entity, identifier))
    return found


@attrs.frozen
class _Match:
    """A listed name that matches, and the searched name that it matches."""

    match: NameMatch
    name: Name
    entity: Entity
    query: str
    is_weak: bool

    def order(self) -> tuple[float, bool, bool, int]:
        """Best first: of one score one that is not weak; of weak ones one that says so itself."""
        unstated = self.is_weak and self.name.strength is not AliasStrength.WEAK
        return (-self.match.score, self.is_weak, unstated, self.match.at)


@attrs.define
class _Party:
    """What was found of one party."""

    entities: Sequence[Entity]
    best: _Match | None = None
    is_strong: bool = False
    """Whether a name matches that is no weak alias."""
    numbers: dict[str, list[tuple[Entity, Identifier]]] = attrs.field(
        factory=dict[str, list[tuple[Entity, Identifier]]]
    )
    """What has a given number, by the number as given."""
    facts: tuple[FactCheck, ...] = ()
    rank: float = 0.0

    def add(self, match: _Match) -> None:
        self.is_strong = self.is_strong or not match.is_weak
        if self.best is None or match.order() < self.best.order():
            self.best = match

    def check_facts(self, where: Searchable, subject: Subject) -> None:
        """Compare the other facts; they give the rank."""
        in_part = any(one.list_id in where.lists_without_all_countries for one in self.entities)
        same = {number: [one for _, one in pairs] for number, pairs in self.numbers.items()}
        self.facts = check_facts(subject, self.entities, same, in_part=in_part)
        self.rank = rank(self.score, self.facts)

    @property
    def score(self) -> float:
        return 0.0 if self.best is None else self.best.match.score

    @property
    def entity(self) -> Entity:
        """The entity whose name matches best."""
        if self.best is not None:
            return self.best.entity
        return next(iter(self.numbers.values()))[0][0]

    @property
    def is_unconfirmed(self) -> bool:
        """Whether only a weak alias matches, and no other fact agrees."""
        return not self.is_strong and not confirms(self.facts)

    def order(self) -> tuple[float, float, str]:
        return (-self.rank, -self.score, self.entity.id)  # as `order` of the hit

    def hit(self, where: Searchable, subject: Subject) -> Hit:
        best, entity = self.best, self.entity
        numbers = (one for pairs in self.numbers.values() for _, one in pairs)
        found = Hit(
            entity=entity,
            score=self.score,
            rank=self.rank,
            facts=self.facts,
            identifiers=tuple(dict.fromkeys(numbers)),
            kind_unstated=subject.kind is not None and entity.kind == Entity.kind,
            also=tuple(one for one in self.entities if one is not entity),
        )
        if best is None:
            return found
        comparison = where.index.compare(best.query, best.match.at, kind=subject.kind)
        return attrs.evolve(found, name=best.name, query=best.query, comparison=comparison)
