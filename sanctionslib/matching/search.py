"""Names that come near → hits: one per party, with its grounds, in the order of a stated rule.

Names and numbers are looked for each by itself: a party that has an exact number is a hit whatever
its name, and whatever kind was asked for. The other facts only order the hits (`facts.rank`) and
confirm weak aliases: giving one more never makes fewer hits.
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
from sanctionslib.matching.asking import Policy
from sanctionslib.matching.facts import RANKING, check_facts, confirms, rank
from sanctionslib.matching.names import NameIndex, Near
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
        records: All records of an entity's party in this collection, itself among them.
    """

    def __init__(
        self,
        index: NameIndex,
        *,
        editions: tuple[Edition, ...],
        selection: Selection,
        only: frozenset[str] | None,
        numbers: Callable[[str], Sequence[tuple[Entity, Identifier]]],
        records: Callable[[Entity], Sequence[Entity]],
    ) -> None:
        self.index = index
        self.editions = editions
        self.selection = selection
        self.only = only
        self.numbers = numbers
        self.records = records
        self.states_countries_in_part = frozenset(
            one.list_id
            for one in editions
            if any(one.is_partially_supported(part) for part in COUNTRY_PARTS)
        )
        within = [only is None or one.id in only for one in index.entities]
        self._entities = sum(within)
        context = [one for one in index.names if within[one.entity]]
        self._names = len(context)
        self._weak = sum(self.is_weak(index.entities[one.entity], one.name) for one in context)

    def context(self, policy: Policy) -> SearchContext:
        """What is looked at, and how."""
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
        """Whether an alias is a weak one: its own list says so, or another list of the same party.

        The Consolidated Screening List repeats nearly all weak aliases of the SDN List without a
        word on their strength: of both lists together, none would be weak else.
        """
        if name.strength is not AliasStrength.UNSTATED or name.kind is NameKind.PRIMARY:
            return name.strength is AliasStrength.WEAK
        said = {
            one.strength
            for record in self.records(entity)
            if record is not entity
            for one in record.names
            if one.text.casefold() == name.text.casefold()
        }
        return AliasStrength.WEAK in said and AliasStrength.STRONG not in said


def order(hit: Hit) -> tuple[float, float, str]:
    """What hits are sorted by: rank, score, and id, so that no third hit moves the order of two."""
    return (-hit.rank, -hit.score, hit.entity.id)


def search(where: Searchable, subject: Subject, policy: Policy) -> Hits:
    """The parties that come near to whom is asked about, best first.

    Args:
        where: The collection.
        subject: Who is asked about.
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
        party.check(where, subject)
        held = context.weak_aliases is WeakAliases.CONFIRM and party.is_unconfirmed
        (suppressed if held else found).append(party)
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
    """What comes near, by name or by number, grouped by party."""
    index = where.index
    found: dict[str, _Party] = {}

    def of(entity: Entity) -> _Party:
        records = where.records(entity)
        return found.setdefault(records[0].id, _Party(records))

    for text in subject.names:
        for near in index.near(
            text,
            kind=subject.kind,
            min_score=context.min_score,
            weak=context.weak_aliases is not WeakAliases.EXCLUDE,
        ):
            listed = index.names[near.at]
            entity = index.entities[listed.entity]
            if where.only is not None and entity.id not in where.only:
                continue
            weak = where.is_weak(entity, listed.name)
            if not (weak and context.weak_aliases is WeakAliases.EXCLUDE):
                of(entity).add(_Named(near, listed.name, entity, text, weak))
    for number in subject.identifiers:
        for entity, identifier in where.numbers(number):
            of(entity).numbers.setdefault(number, []).append((entity, identifier))
    return found


@attrs.frozen
class _Named:
    """A listed name that came near, and the searched name that it is near to."""

    near: Near
    name: Name
    entity: Entity
    query: str
    weak: bool

    def better(self) -> tuple[float, bool, bool, int]:
        """Sorts the best first: of one score one that is not weak; of weak ones one that says so."""
        unspecified = self.weak and self.name.strength is not AliasStrength.WEAK
        return (-self.near.score, self.weak, unspecified, self.near.at)


@attrs.define
class _Party:
    """What was found of one party."""

    records: Sequence[Entity]
    best: _Named | None = None
    strong: bool = False
    """Whether a name came near that is no weak alias."""
    numbers: dict[str, list[tuple[Entity, Identifier]]] = attrs.field(
        factory=dict[str, list[tuple[Entity, Identifier]]]
    )
    """What has a given number, by the number as given."""
    facts: tuple[FactCheck, ...] = ()
    rank: float = 0.0

    def add(self, named: _Named) -> None:
        self.strong = self.strong or not named.weak
        if self.best is None or named.better() < self.best.better():
            self.best = named

    def check(self, where: Searchable, subject: Subject) -> None:
        """Compare the other facts, and say where this leaves it among the hits."""
        cut = where.states_countries_in_part
        in_part = bool(cut) and any(one.list_id in cut for one in self.records)
        same = {number: [one for _, one in pairs] for number, pairs in self.numbers.items()}
        self.facts = check_facts(subject, self.records, same, in_part=in_part)
        self.rank = rank(self.score, self.facts)

    @property
    def score(self) -> float:
        return 0.0 if self.best is None else self.best.near.score

    @property
    def entity(self) -> Entity:
        """The record that hit best."""
        if self.best is not None:
            return self.best.entity
        return next(iter(self.numbers.values()))[0][0]

    @property
    def is_unconfirmed(self) -> bool:
        """Whether only a weak alias came near, and no other fact agrees."""
        return not self.strong and not confirms(self.facts)

    def order(self) -> tuple[float, float, str]:
        return (-self.rank, -self.score, self.entity.id)  # as `order` of the hit

    def hit(self, where: Searchable, subject: Subject) -> Hit:
        best, entity = self.best, self.entity
        numbers = (one for pairs in self.numbers.values() for _, one in pairs)
        return Hit(
            entity=entity,
            score=self.score,
            rank=self.rank,
            name=None if best is None else best.name,
            query=None if best is None else best.query,
            comparison=None
            if best is None
            else where.index.compare(best.query, best.near.at, kind=subject.kind),
            facts=self.facts,
            identifiers=tuple(dict.fromkeys(numbers)),
            kind_unstated=subject.kind is not None and entity.kind == Entity.kind,
            also=tuple(one for one in self.records if one is not entity),
        )
