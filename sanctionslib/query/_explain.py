"""`why`: an explanation from the entities of a party.

What a file does not state and its codes suggest is inferred: shown with its reason, never stored.
OFAC states the lists, the programs and the legal authorities of a party as sets. Some of their
members say where they belong: a tag that is used on one list alone, an order on which one of the
party's programs rests. Nothing is paired by date or because it is the only one that remains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sanctionslib.answers import ExplainedProgram, Explanation, Inference, Unstated
from sanctionslib.model import Designation, Edition, Entity, Fact, MeasureKind
from sanctionslib.query._index import Index
from sanctionslib.query._links import inbound, outbound
from sanctionslib.reference import lists_suggested_by, named_lists, program_of

_EXPECTED = (
    Fact.LIST,
    Fact.PROGRAM,
    Fact.LISTING_DATE,
    Fact.LEGAL_BASIS,
    Fact.MEASURE,
    Fact.REASON,
    Fact.RELATION,
    Fact.DELISTING_DATE,
)
"""What a reader of an explanation expects, in this order."""
_FEW = 3
"""As many lists as a sentence can name."""
_ORDER = re.compile(r"Executive Order (\d{5})(?!\d)", re.ASCII)
_PART = re.compile(r"31 CFR (?:part )?(\d{3})(?!\d)", re.ASCII)


def explain(entities: Sequence[Entity], index: Index) -> Explanation:
    """Everything that a list says of why a party is on it; the entity asked about comes first."""
    editions = [index.edition(one) for one in entities]
    known = tuple(dict.fromkeys(one for one in editions if one is not None))
    designations = tuple(one for entity in entities for one in entity.designations)
    explained: dict[tuple[str, bool], ExplainedProgram] = {}
    for one in designations:
        for code in one.programs:
            program = program_of(code, one.authority)
            found = ExplainedProgram(code=code, program=program)
            explained.setdefault((code, program is None), found)
    ties: dict[Inference, None] = {}
    for entity in entities:
        labels = [feature.label for feature in entity.features]
        for one in entity.designations:
            ties |= dict.fromkeys((*_lists_of_tags(one, labels), *_bases(one), *_measures(one)))
    return Explanation(
        entity=entities[0],
        also=tuple(entities[1:]),
        edition=editions[0],
        editions=known,
        designations=designations,
        programs=tuple(explained.values()),
        linked_to=tuple(outbound(entities, index)),
        linked_from=tuple(inbound(entities, index)),
        inferred=(*_lists(entities, editions), *ties),
        # A list of the caller's own can state anything.
        unstated=tuple(_unstated(known)) if None not in editions else (),
    )


def _unstated(editions: Sequence[Edition]) -> Iterator[Unstated]:
    """What none of the editions ever states."""
    for fact in _EXPECTED:
        able = [one for one in editions if one.supports(fact)]
        alternatives = (one.alternative_source(fact) for one in editions)
        alternative = next(filter(None, alternatives), "")
        if not able:
            yield Unstated(fact=fact, alternative_source=alternative)
        elif fact is Fact.LIST and all(one.lists is not None for one in able):
            names = dict.fromkeys(name for one in able for name in one.lists or ())
            held = f"{len(names)} that it holds" if len(names) > _FEW else " and ".join(names)
            others = ": ".join(filter(None, (f"lists other than the {held}", alternative)))
            yield Unstated(fact=fact, alternative_source=others)


def _lists(entities: Sequence[Entity], editions: Sequence[Edition | None]) -> Iterator[Inference]:
    """The lists that tags and labels of an entity suggest, where its edition cannot state them.

    What another entity of the party states need not be inferred; and of a list that an edition
    holds whole, silence says that the party is not on it.
    """
    settled = {one.list_name for each in entities for one in each.listings}
    settled.update(name for one in editions if one is not None and one.lists for name in one.lists)
    reasons: dict[str, dict[str, None]] = {}
    for entity, edition in zip(entities, editions, strict=True):
        if edition is None or (edition.supports(Fact.LIST) and edition.lists is None):
            continue
        labels = [feature.label for feature in entity.features]
        for code in entity.programs:
            for named, reason in lists_suggested_by(code, labels):
                reasons.setdefault(named.name, {}).update(dict.fromkeys(reason.split("; ")))
    for name, found in reasons.items():
        if name not in settled:
            yield Inference(about=Fact.LIST, value=name, reason="; ".join(found))


def _lists_of_tags(one: Designation, labels: list[str]) -> Iterator[Inference]:
    """Which of several lists a tag leads to, alone or together with a label."""
    names = {listing.list_name for listing in one.listings}
    codes = dict.fromkeys(one.programs)
    if len(names) < 2 or len(codes) < 2:
        return
    # What labels suggest without the tag says nothing of the tag.
    by_label = {named.name for named, _ in lists_suggested_by("", labels)}
    for code in codes:
        by_tag = {named.name: reason for named, reason in lists_suggested_by(code, [])}
        for named, reason in lists_suggested_by(code, labels):
            if named.name in names and (named.name in by_tag or named.name not in by_label):
                yield Inference(
                    about=Fact.LIST,
                    value=f"{code} → {named.name}",
                    reason=by_tag.get(named.name, reason),
                )


def _bases(one: Designation) -> Iterator[Inference]:
    """Stated legal authorities on which, by our reference table, one of the programs rests."""
    titles = dict.fromkeys(basis.title for basis in one.legal_bases)
    codes = dict.fromkeys(one.programs)
    if len(titles) < 2 and len(codes) < 2:
        return
    rests_on = {
        code: {_instrument(basis.title) for basis in program.legal_bases}
        for code in codes
        if (program := program_of(code, one.authority)) is not None
    }
    for title in titles:
        key = _instrument(title)
        found = [code for code, keys in rests_on.items() if key is not None and key in keys]
        if len(found) == 1:
            alone = " and for no other of the party" if len(codes) > 1 else ""
            yield Inference(
                about=Fact.LEGAL_BASIS,
                value=f"{found[0]} → {title}",
                reason=f"our reference table names {key} for this program{alone}",
            )


def _instrument(title: str) -> str | None:
    """An order or a part of the regulations by its number: "Executive Order 13662 (Ukraine)"."""
    if order := _ORDER.match(title):
        return f"Executive Order {order[1]}"
    if part := _PART.match(title):
        return f"31 CFR part {part[1]}"
    return None


def _measures(one: Designation) -> Iterator[Inference]:
    """That property is blocked, where a party of the SDN List has other measures alone (18669)."""
    blocked = named_lists["SDN"]
    freeze = MeasureKind.ASSET_FREEZE
    is_on_it = any(listing.list_name == blocked.name for listing in one.listings)
    if is_on_it and one.measures and all(each.kind is not freeze for each in one.measures):
        yield Inference(
            about=Fact.MEASURE,
            value=f"{blocked.name} → {freeze.value}",
            reason=f"the file states other measures alone, and this list means: {blocked.what}",
        )
