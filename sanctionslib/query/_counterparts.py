"""`counterparts`: the same party on other lists, by exact official evidence and never by a name.

Numbers count where a register gives each of them once: everywhere (`_WORLDWIDE`, with its length),
or in one country, which both records must name (`_IN_A_COUNTRY`, with the shortest that counts: the
registers of towns and states give short numbers, each its own "4711").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sanctionslib.answers import Counterpart, Counterparts, Evidence, EvidenceKind
from sanctionslib.model import (
    DocumentFlag,
    Edition,
    Entity,
    Fact,
    Identifier,
    IdentifierKind,
    RelationKind,
)
from sanctionslib.query._index import Index
from sanctionslib.query._links import inbound, outbound
from sanctionslib.query._telling import can_be_one, is_placeholder

__all__ = ["counterparts"]

_WORLDWIDE: Mapping[IdentifierKind, range] = {
    IdentifierKind.LEI: range(20, 21),
    IdentifierKind.USCC: range(18, 19),
    IdentifierKind.IMO: range(7, 8),
    IdentifierKind.DUNS: range(9, 10),
    IdentifierKind.BIC: range(8, 12),
    IdentifierKind.DIGITAL_CURRENCY: range(20, 200),
    IdentifierKind.UN_REFERENCE: range(5, 20),
    IdentifierKind.EU_REFERENCE: range(6, 20),
    IdentifierKind.UK_REFERENCE: range(7, 8),
    IdentifierKind.OFSI_GROUP: range(4, 7),
}
_IN_A_COUNTRY: Mapping[IdentifierKind, int] = {
    IdentifierKind.PASSPORT: 5,
    IdentifierKind.NATIONAL_ID: 5,
    IdentifierKind.SOCIAL_SECURITY: 5,
    IdentifierKind.TAX: 5,
    IdentifierKind.REGISTRATION: 8,
}


def counterparts(
    records: Sequence[Entity], index: Index, *, editions: tuple[Edition, ...]
) -> Counterparts:
    """The records of a party on other lists.

    Args:
        records: All records of the party, the one that was asked for first; it may be of a list
            that `index` does not have.
        index: The list.
        editions: What is looked at.
    """
    found: dict[str, tuple[Entity, list[Evidence]]] = {}
    for other, evidence in _grounds(records, index):
        _, all_of_it = found.setdefault(other.id, (other, []))
        if evidence not in all_of_it:
            all_of_it.append(evidence)
    return Counterparts(
        center=records[0],
        counterparts=tuple(
            Counterpart(entity=other, evidence=tuple(all_of_it))
            for other, all_of_it in found.values()
        ),
        editions=editions,
        unsupported=tuple(one for one in editions if not one.supports(Fact.IDENTIFIER)),
    )


def _grounds(records: Sequence[Entity], index: Index) -> Iterator[tuple[Entity, Evidence]]:
    asked = records[0]
    party = index.party(asked)
    for other in records[1:]:
        yield other, Evidence(kind=EvidenceKind.SAME_ID, entity_id=asked.id)
    for one in records:
        for number in one.identifiers:
            for other, theirs in _same_number(one, number, index):
                if other.id != asked.id:
                    yield (
                        other,
                        Evidence(
                            kind=EvidenceKind.SAME_IDENTIFIER,
                            entity_id=one.id,
                            identifier=number,
                            theirs=theirs,
                        ),
                    )
    for link in (*outbound(records, index), *inbound(records, index)):
        # By id alone: a name is no evidence, even where a list says that it is the same.
        by_id = link.relation.to.source_id is not None and not link.is_ambiguous
        if link.relation.kind is RelationKind.SAME_AS and by_id and not link.is_former:
            outward = index.party(link.source) == party
            for other in link.targets if outward else (link.source,):
                if index.party(other) != party:
                    ours = link.source if outward else asked
                    stated = Evidence(kind=EvidenceKind.STATED, entity_id=ours.id, link=link)
                    yield other, stated


def _same_number(
    one: Entity, number: Identifier, index: Index
) -> Iterator[tuple[Entity, Identifier]]:
    """The records of other lists that state the same number of the same register.

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
    if number.kind is None or number.valid is False or DocumentFlag.FALSE in number.flags:
        return False
    if is_placeholder(number):
        return False
    length = len(number.key)
    if number.kind in _WORLDWIDE:
        return length in _WORLDWIDE[number.kind]
    least = _IN_A_COUNTRY.get(number.kind)
    return least is not None and length >= least and _country(number) is not None


def _country(number: Identifier) -> str | None:
    return number.country.code if number.country is not None else None


def _list_of(one: Entity, index: Index) -> tuple[str, str]:
    """The list that tells its parties apart; one that repeats several publishers' is several."""
    return one.list_id, index.party(one)[0]
