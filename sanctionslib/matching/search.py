"""Matching names → hits: one per party, with their evidence, in the order of a stated rule.

Names and numbers are searched each by itself: a party that has an exact number is a hit whatever its
name, and whatever kind was asked for. The other facts only order the hits (`facts.rank`) and confirm
weak aliases: giving one more never makes fewer hits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain

import attrs

from sanctionslib._version import __version__
from sanctionslib.answers import (
    Hit,
    Hits,
    Problem,
    SearchContext,
    Selection,
    Subject,
    WeakAliases,
)
from sanctionslib.errors import InvalidInputError
from sanctionslib.matching._record_values import shortened
from sanctionslib.matching.arguments import Policy
from sanctionslib.matching.facts import RANKING, check_facts, confirms, rank
from sanctionslib.matching.name_index import ListedName, NameIndex
from sanctionslib.model import AliasStrength, Edition, Entity, Identifier, Name, NameKind
from sanctionslib.model.facts import COUNTRY_PARTS

__all__ = ["Searchable", "order", "search"]

# All names of a list are asked for their strength: see `Role` of the tokens.
_UNSTATED, _WEAK = AliasStrength.UNSTATED, AliasStrength.WEAK
_PRIMARY = NameKind.PRIMARY


@attrs.define(eq=False)
class Searchable:
    """A collection, prepared to be searched by one method; immutable."""

    index: NameIndex
    """The names, of this collection or of one that it is a selection of."""
    editions: tuple[Edition, ...]
    selection: Selection
    """How the entities were chosen."""
    only: frozenset[str] | None
    """Ids of the entities that are searched; None for all of the index."""
    numbers: Callable[[str], Sequence[tuple[Entity, Identifier]]]
    """The entities that have exactly this number, with the number as they print it."""
    party: Callable[[Entity], Sequence[Entity]]
    """All entities of an entity's party in this collection, itself among them."""
    lists_without_all_countries: frozenset[str] = attrs.field(init=False)
    _counts: tuple[int, int, int] = attrs.field(init=False)
    """Entities, names and weak aliases that are searched."""

    def __attrs_post_init__(self) -> None:
        self.lists_without_all_countries = frozenset(
            one.list_id
            for one in self.editions
            if any(one.is_partially_supported(part) for part in COUNTRY_PARTS)
        )
        only = self.only
        entities = [one for one in self.index.entities if only is None or one.id in only]
        names = [one for one in self.index.names if only is None or one.entity.id in only]
        weak = sum(self.is_weak(one.entity, one.name) for one in names)
        self._counts = len(entities), len(names), weak

    def context(self, policy: Policy) -> SearchContext:
        """What is searched, and how."""
        weak_aliases, least = policy.weak_aliases, policy.min_score
        entities, names, weak = self._counts
        return SearchContext(
            editions=self.editions,
            selection=self.selection,
            entities=entities,
            names=names - (weak if weak_aliases is WeakAliases.EXCLUDE else 0),
            method=self.index.method,
            ranking=RANKING,
            min_score=self.index.default_min_score if least is None else least,
            weak_aliases=weak_aliases,
            limit=policy.limit,
            library=__version__,
        )

    def is_weak(self, entity: Entity, name: Name) -> bool:
        """Whether an alias is weak: its own list says so, or another list of the same party.

        The Consolidated Screening List repeats nearly all weak aliases of the SDN List without their
        strength: of both lists together, none would be weak else.
        """
        if name.strength is not _UNSTATED or name.kind is _PRIMARY:
            return name.strength is _WEAK
        strengths = {
            one.strength
            for other in self.party(entity)
            if other is not entity
            for one in other.names
            if one.text.casefold() == name.text.casefold()
        }
        return _WEAK in strengths and AliasStrength.STRONG not in strengths


def order(hit: Hit) -> tuple[float, float, str]:
    """What hits are sorted by: rank, score, and id, so that no third hit changes the order of two."""
    return (-hit.rank, -hit.score, hit.entity.id)


def search(where: Searchable, subject: Subject, policy: Policy) -> Hits:
    """The parties whose names or numbers match a subject, best first.

    Raises:
        InvalidInputError: There is neither a name nor a number, or no name has anything that could
            be compared. One of several is in `Hits.problems`, and so is one beside a number.
    """
    if not subject.names and not subject.identifiers:
        raise InvalidInputError("there is nothing to search", hint="give a name, or a number")
    context = where.context(policy)
    must_confirm = context.weak_aliases is WeakAliases.CONFIRM
    found: list[tuple[Hit, _Match | None]] = []
    suppressed: list[tuple[Hit, _Match | None]] = []
    parties, faults = _parties(where, subject, context)
    usable = tuple(one for one in subject.names if one not in faults)
    if faults and not (usable or subject.identifiers):
        raise next(iter(faults.values()))
    for party in parties.values():
        best = min(party.matches, key=_Match.order, default=None)
        hit = _hit(where, subject, party, best)
        is_weak = must_confirm and all(match.is_weak for match in party.matches)
        (suppressed if is_weak and not confirms(hit.facts) else found).append((hit, best))

    def explained(several: list[tuple[Hit, _Match | None]], limit: int | None) -> tuple[Hit, ...]:
        several.sort(key=lambda one: order(one[0]))
        return tuple(
            attrs.evolve(
                hit, comparison=where.index.compare(best.query, best.at, kind=subject.kind)
            )
            if best
            else hit
            for hit, best in several[:limit]
        )

    hits = explained(found, policy.limit)
    return Hits(
        subject=attrs.evolve(subject, names=usable) if faults else subject,
        problems=tuple(
            Problem(what=fault.what, value=shortened(name)) for name, fault in faults.items()
        ),
        context=context,
        hits=hits,
        suppressed=explained(suppressed, None),
        more=len(found) - len(hits),
    )


@attrs.frozen
class _Match:
    """A listed name that matches, and the searched name that it matches."""

    score: float
    at: int
    """Position of the name in the index."""
    listed: ListedName
    query: str
    is_weak: bool

    def order(self) -> tuple[float, bool, bool, int]:
        """Best first: of one score one that is not weak; of weak ones one that says so itself."""
        unstated = self.is_weak and self.listed.name.strength is not _WEAK
        return (-self.score, self.is_weak, unstated, self.at)


@attrs.frozen
class _Party:
    """What matches of one party."""

    entities: Sequence[Entity]
    matches: list[_Match] = attrs.Factory(list[_Match])
    numbers: defaultdict[str, list[Identifier]] = attrs.Factory(lambda: defaultdict(list))
    """The numbers that are exactly those given, by the number as given."""
    holders: list[Entity] = attrs.Factory(list[Entity])
    """The entities that have them."""


def _parties(
    where: Searchable, subject: Subject, context: SearchContext
) -> tuple[dict[str, _Party], dict[str, InvalidInputError]]:
    """What matches, by name or by number, grouped by party; and names that cannot be compared."""
    index, is_weak_searched = where.index, context.weak_aliases is not WeakAliases.EXCLUDE
    found: dict[str, _Party] = {}
    faults: dict[str, InvalidInputError] = {}

    def party_of(entity: Entity) -> _Party:
        entities = where.party(entity)
        return found.setdefault(entities[0].id, _Party(entities))

    for text in subject.names:
        try:
            matches = index.search(
                text, kind=subject.kind, min_score=context.min_score, weak=is_weak_searched
            )
        except InvalidInputError as error:
            faults[text] = error
            continue
        for match in matches:
            listed = index.names[match.at]
            entity = listed.entity
            if where.only is not None and entity.id not in where.only:
                continue
            if subject.kinds and entity.kind not in (*subject.kinds, Entity.kind):
                continue
            is_weak = where.is_weak(entity, listed.name)
            if is_weak_searched or not is_weak:
                one = _Match(match.score, match.at, listed, text, is_weak)
                party_of(entity).matches.append(one)
    for number in subject.identifiers:
        for entity, identifier in where.numbers(number):
            party = party_of(entity)
            party.numbers[number].append(identifier)
            party.holders.append(entity)
    return found, faults


def _hit(where: Searchable, subject: Subject, party: _Party, best: _Match | None) -> Hit:
    """The hit of a party, without its comparison."""
    entity = best.listed.entity if best else party.holders[0]
    score = best.score if best else 0.0
    in_part = any(one.list_id in where.lists_without_all_countries for one in party.entities)
    facts = check_facts(subject, party.entities, party.numbers, in_part=in_part)
    same = chain.from_iterable(party.numbers.values())
    return Hit(
        entity=entity,
        score=score,
        rank=rank(score, facts),
        name=best.listed.name if best else None,
        query=best.query if best else None,
        facts=facts,
        identifiers=tuple(dict.fromkeys(same)),
        kind_unstated=bool(subject.kind or subject.kinds) and entity.kind == Entity.kind,
        also=tuple(one for one in party.entities if one is not entity),
    )
