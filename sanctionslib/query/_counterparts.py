"""`counterparts`: the same party on other lists, by exact official evidence and never by a name.

Numbers count where a register gives each of them once: everywhere (`_WORLDWIDE`, with its length),
or in one country, which both entities must name (`_IN_A_COUNTRY`, with the shortest that counts: the
registers of towns and states give short numbers, each its own "4711").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sanctionslib.answers import Counterpart, Counterparts, Evidence, EvidenceKind
from sanctionslib.model import (
    DocumentFlag,
    Entity,
    Fact,
    Identifier,
    IdentifierKind,
    RelationKind,
    Vessel,
)
from sanctionslib.query._index import Index
from sanctionslib.query._links import inbound, outbound

_KEYS_OF_LISTS: Mapping[IdentifierKind | None, range] = {
    IdentifierKind.UN_REFERENCE: range(5, 20),
    IdentifierKind.EU_REFERENCE: range(6, 20),
    IdentifierKind.UK_REFERENCE: range(7, 8),
    IdentifierKind.OFSI_GROUP: range(4, 7),
}
"""Keys that publishers of lists give: short numbers too, and each to one party."""
_WORLDWIDE: Mapping[IdentifierKind | None, range] = {
    IdentifierKind.LEI: range(20, 21),
    IdentifierKind.USCC: range(18, 19),
    IdentifierKind.IMO: range(7, 8),
    IdentifierKind.DUNS: range(9, 10),
    IdentifierKind.BIC: range(8, 12),
    IdentifierKind.DIGITAL_CURRENCY: range(20, 200),
    **_KEYS_OF_LISTS,
}
_IN_A_COUNTRY: Mapping[IdentifierKind | None, int] = {
    IdentifierKind.PASSPORT: 5,
    IdentifierKind.NATIONAL_ID: 5,
    IdentifierKind.SOCIAL_SECURITY: 5,
    IdentifierKind.TAX: 5,
    IdentifierKind.REGISTRATION: 8,
}
_RUNS = ("0123456789" * 2, "9876543210" * 2)


def counterparts(entities: Sequence[Entity], index: Index) -> Counterparts:
    """The entities of other lists that are the same party.

    The first of `entities` was asked about, and may be of a list that `index` does not have.
    """
    found: dict[Entity, dict[Evidence, None]] = {}
    for other, evidence in _evidence(entities, index):
        found.setdefault(other, {})[evidence] = None
    return Counterparts(
        center=entities[0],
        counterparts=tuple(
            Counterpart(entity=other, evidence=tuple(evidence)) for other, evidence in found.items()
        ),
        editions=index.editions,
        unsupported=tuple(one for one in index.editions if not one.supports(Fact.IDENTIFIER)),
    )


def _evidence(entities: Sequence[Entity], index: Index) -> Iterator[tuple[Entity, Evidence]]:
    asked = entities[0]
    party = index.party(asked)
    for other in entities[1:]:
        yield other, Evidence(kind=EvidenceKind.SAME_ID, entity_id=asked.id)
    for one in entities:
        for number in one.identifiers:
            for other, theirs in _same_number(one, number, index):
                if other.id != asked.id:
                    kind = EvidenceKind.SAME_IDENTIFIER
                    yield (
                        other,
                        Evidence(kind=kind, entity_id=one.id, identifier=number, theirs=theirs),
                    )
    for link in (*outbound(entities, index), *inbound(entities, index)):
        # By id alone: a name is no evidence, even where a list says that it is the same.
        by_id = link.relation.to.source_id is not None and not link.is_ambiguous
        if link.relation.kind is RelationKind.SAME_AS and by_id and not link.is_former:
            states_it = index.party(link.source) == party
            ours = link.source if states_it else asked
            for other in link.targets if states_it else (link.source,):
                if index.party(other) != party:
                    yield other, Evidence(kind=EvidenceKind.STATED, entity_id=ours.id, link=link)


def _same_number(
    one: Entity, number: Identifier, index: Index
) -> Iterator[tuple[Entity, Identifier]]:
    """The entities of other lists that state the same number of the same register.

    None, where a list has the number at several of its own parties: shops with the tax number of
    their owner, a firm under two names. It does not say then which of them is meant.
    """
    if not _is_strong(number):
        return
    holders = [
        (other, theirs)
        for other, theirs in index.by_number.get(number.key, ())
        if theirs.kind is number.kind
        and theirs.key == number.key
        and _is_strong(theirs)
        and (theirs.kind in _WORLDWIDE or _country(theirs) == _country(number))
        and can_be_one(one, other, number.kind)
    ]
    parties = {(_list_of(other, index), index.party(other)) for other, _ in holders}
    parties.add((_list_of(one, index), index.party(one)))
    if len({whose for whose, _ in parties}) == len(parties):
        yield from (pair for pair in holders if _list_of(pair[0], index) != _list_of(one, index))


def _is_strong(number: Identifier) -> bool:
    """Whether nobody else can have this number."""
    if number.valid is False or DocumentFlag.FALSE in number.flags or is_placeholder(number):
        return False
    length = len(number.key)
    if number.kind in _WORLDWIDE:
        return length in _WORLDWIDE[number.kind]
    if number.kind in _IN_A_COUNTRY:
        return length >= _IN_A_COUNTRY[number.kind] and _country(number) is not None
    return False


def _country(number: Identifier) -> str | None:
    return number.country.code if number.country is not None else None


def _list_of(one: Entity, index: Index) -> tuple[str, str]:
    """The list that has each of its parties once; one that repeats several publishers is several."""
    return one.list_id, index.party(one)[0]


def is_placeholder(number: Identifier) -> bool:
    """Whether it fills a cell and many can have it.

    It has no digit ("UNKNOWN"), one character alone ("0000000"), or the digits in their order
    ("123456789").

    >>> from sanctionslib.model import Identifier, IdentifierKind
    >>> tax = IdentifierKind.TAX
    >>> [is_placeholder(Identifier(value=text, kind=tax)) for text in ("0000", "N/A", "7707083893")]
    [True, True, False]
    """
    if number.kind in _KEYS_OF_LISTS:
        return False
    key = number.key.removeprefix("0x")
    if len(set(key)) < 2 or any(key in run for run in _RUNS):
        return True
    can_be_letters = number.kind is IdentifierKind.BIC
    return not can_be_letters and not any(one.isdigit() for one in key)


def can_be_one(one: Entity, other: Entity, kind: IdentifierKind | None) -> bool:
    """Whether two entities with the same number of this kind can be one party.

    A person and a ship cannot, nor a ship and the company with its IMO number.
    """
    kinds = {type(one), type(other)}
    if kind is IdentifierKind.IMO and Entity not in kinds:
        return isinstance(one, Vessel) == isinstance(other, Vessel)
    return len(kinds - {Entity}) <= 1
