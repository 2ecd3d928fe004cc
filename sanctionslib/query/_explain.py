"""`why`: an explanation from the records of a party."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sanctionslib.answers import (
    ExplainedProgram,
    Explanation,
    Inference,
    Unstated,
)
from sanctionslib.model import Edition, Entity, Fact
from sanctionslib.query._index import Index
from sanctionslib.query._infer import ties
from sanctionslib.query._links import inbound, outbound
from sanctionslib.reference import lists_suggested_by, programs

__all__ = ["explain"]

_ASKED = (
    Fact.LIST,
    Fact.PROGRAM,
    Fact.LISTING_DATE,
    Fact.LEGAL_BASIS,
    Fact.MEASURE,
    Fact.REASON,
    Fact.RELATION,
    Fact.DELISTING_DATE,
)
"""What a reader of an explanation expects to be told, in this order."""


def explain(
    records: Sequence[Entity], editions: Sequence[Edition | None], index: Index
) -> Explanation:
    """Everything that a list says of why a party is on it.

    Args:
        records: All records of the party, the one that was asked for first.
        editions: What each of them was read from; None for entities of one's own.
        index: The list.
    """
    looked_at = tuple(dict.fromkeys(one for one in editions if one is not None))
    codes = dict.fromkeys(code for one in records for code in one.programs)
    return Explanation(
        entity=records[0],
        also=tuple(records[1:]),
        edition=editions[0],
        editions=looked_at,
        designations=tuple(each for one in records for each in one.designations),
        programs=tuple(ExplainedProgram(code=code, program=programs.get(code)) for code in codes),
        linked_to=tuple(outbound(records, index)),
        linked_from=tuple(inbound(records, index)),
        inferred=(*_inferred(records, editions), *ties(records)),
        # A list of one's own can state anything.
        unstated=tuple(_unstated(looked_at)) if None not in editions else (),
    )


_FEW = 3
"""As many lists as a sentence can name."""


def _unstated(editions: Sequence[Edition]) -> Iterator[Unstated]:
    """What none of the editions ever states."""
    for fact in _ASKED:
        able = [one for one in editions if one.supports(fact)]
        alternative_source = next(
            (way for one in editions if (way := one.alternative_source(fact))), ""
        )
        if not able:
            yield Unstated(fact=fact, alternative_source=alternative_source)
        elif fact is Fact.LIST and all(one.lists is not None for one in able):
            names = dict.fromkeys(name for one in able for name in one.lists or ())
            several = len(names) > _FEW
            known = f"{len(names)} that it holds" if several else " and ".join(names)
            yield Unstated(
                fact=fact, alternative_source=f"lists other than the {known}: {alternative_source}"
            )


def _inferred(
    records: Sequence[Entity], editions: Sequence[Edition | None]
) -> tuple[Inference, ...]:
    """The lists that tags and labels of a record suggest, where its edition cannot state them.

    What another record states is not inferred any more; and of a list that an edition holds whole,
    silence says that the party is not on it.
    """
    settled = {one.list_name for each in records for one in each.listings}
    settled.update(name for one in editions if one is not None and one.lists for name in one.lists)
    grounds: dict[str, list[str]] = {}
    for entity, edition in zip(records, editions, strict=True):
        if edition is None or (edition.supports(Fact.LIST) and edition.lists is None):
            continue
        labels = [feature.label for feature in entity.features]
        for code in entity.programs:
            for named, ground in lists_suggested_by(code, labels):
                grounds.setdefault(named.name, []).extend(
                    one for one in ground.split("; ") if one not in grounds.get(named.name, ())
                )
    return tuple(
        Inference(about=Fact.LIST, value=name, reason="; ".join(found))
        for name, found in grounds.items()
        if name not in settled
    )
