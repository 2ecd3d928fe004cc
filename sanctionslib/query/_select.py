"""Selections: the entities that meet conditions, and what keeps a condition undetermined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal

from sanctionslib.answers import Selection, Undetermined
from sanctionslib.errors import Hint, NotStatedError
from sanctionslib.model import Designation, Edition, Entity, Fact
from sanctionslib.model.words import word
from sanctionslib.query._where import Condition, Verdict

Unstated = Literal["raise", "drop", "keep"]
"""What to do where an edition never states what is asked for."""


def known_unstated(value: Unstated | None) -> Unstated:
    """What to do, as it was given in any case; "raise" where nothing was."""
    known: tuple[Unstated, ...] = ("raise", "drop", "keep")
    return "raise" if value is None else word(value, known, "unstated")


def select(
    entities: Sequence[Entity],
    editions: Sequence[Edition],
    conditions: Sequence[Condition],
    *,
    kinds: tuple[type[Entity], ...] | None,
    predicate: Callable[..., bool] | None,
    unstated: Unstated | None,
) -> tuple[list[Entity], Selection]:
    """The entities that meet all conditions, and how they were chosen."""
    unstated = known_unstated(unstated)
    if predicate is not None and (isinstance(predicate, type) or not callable(predicate)):
        raise TypeError(
            f"{predicate!r} is no function of an entity: did you mean kind= or program=?"
        )
    for one in conditions:
        if one.keyword == "list_id":
            editions = [edition for edition in editions if edition.list_id in one.wanted]
    never: dict[Fact, list[str]] = {}
    for one in conditions:
        asked = editions
        if unstated == "raise" and len(editions) > 1:
            asked = _decisive(editions, entities, one, conditions, kinds)
        unheld = _unheld(one, editions, entities)
        found = unsupported_facts(
            asked, one.criterion.facts, unstated, whole=one.criterion.fact, unheld=unheld
        )
        for fact, lists in found.items():
            never[fact] = [*dict.fromkeys((*never.get(fact, ()), *lists))]

    decide = _decider(conditions)
    chosen: list[Entity] = []
    counts: Counter[Fact] = Counter()
    kind_unstated = 0
    for entity in entities:
        is_of_kind = kinds is None or isinstance(entity, kinds)
        if not is_of_kind and type(entity) is not Entity:
            continue
        verdict, lacks = decide(entity)
        if not is_of_kind:  # it could be, unless it fails another condition anyway
            kind_unstated += verdict is not False
        elif verdict is not False and (predicate is None or predicate(entity)):
            counts.update(lacks)
            if verdict or unstated == "keep":
                chosen.append(entity)

    criteria = [one.text for one in conditions]
    if predicate is not None:
        criteria.insert(0, getattr(predicate, "__name__", "predicate"))
    if kinds is not None:
        criteria.insert(0, f"kind={' | '.join(one.__name__ for one in kinds)}")
    return chosen, Selection(
        criteria=tuple(criteria),
        undetermined=tuple(
            _undetermined(fact, count, never.get(fact, []), unstated == "keep", editions)
            for fact, count in (dict.fromkeys(never, 0) | dict(counts)).items()
        ),
        kind_unstated=kind_unstated,
    )


def _undetermined(
    fact: Fact, count: int, lists: Sequence[str], kept: bool, editions: Sequence[Edition]
) -> Undetermined:
    """With the lists that never state the fact, where others of the collection do."""
    never = bool(lists) and not any(one.is_partially_supported(fact) for one in editions)
    return Undetermined(
        fact=fact,
        count=count,
        kept=kept,
        never=never,
        lists=tuple(lists) if never and len(lists) < len(editions) else (),
    )


# ── verdicts ──────────────────────────────────────────────────────────────────────────────────


def _decider(conditions: Sequence[Condition]) -> Callable[[Entity], tuple[Verdict, list[Fact]]]:
    """A function that says whether an entity meets all conditions, and which facts it lacks for it.

    Those of designations have to be met by one and the same designation.
    """
    of_entity = [one for one in conditions if one.criterion.of is not Designation]
    of_designation = [one for one in conditions if one.criterion.of is Designation]

    def decide(entity: Entity) -> tuple[Verdict, list[Fact]]:
        verdict, lacks = _verdict(entity, of_entity)
        if verdict is False or not of_designation:
            return verdict, lacks
        missing: dict[Fact, None] = {}
        for one in entity.designations or (Designation(),):
            verdict, facts = _verdict(one, of_designation)
            if verdict:
                break
            missing |= dict.fromkeys(facts)
        else:
            if not missing:
                return False, []
            lacks += missing
        return (None if lacks else True), lacks

    return decide


def _verdict(
    one: Entity | Designation, conditions: Sequence[Condition]
) -> tuple[Verdict, list[Fact]]:
    """Whether it meets all conditions; and the facts that it lacks where that is undetermined."""
    lacks: list[Fact] = []
    for condition in conditions:
        met = condition.meets(one)
        if met is False:
            return False, []
        if met is None and condition.criterion.fact is not None:
            lacks.append(condition.criterion.fact)
    return (None if lacks else True), lacks


def _decisive(
    editions: Sequence[Edition],
    entities: Sequence[Entity],
    condition: Condition,
    conditions: Sequence[Condition],
    kinds: tuple[type[Entity], ...] | None,
) -> Sequence[Edition]:
    """Of combined lists, those for whose parties a condition decides.

    A list all of whose parties fail another condition has none to add, whatever it does not state:
    nobody on Canada's list is under a program of OFAC's. A named list can be one that no party is
    on, and a missing file can hold others: then all are asked.
    """
    facts = condition.criterion.facts
    is_named = condition.keyword == "named_list"
    if is_named or all(one.supports(fact) for one in editions for fact in facts):
        return editions
    decide = _decider([one for one in conditions if one is not condition])
    open_lists = {
        entity.list_id
        for entity in entities
        if (kinds is None or isinstance(entity, kinds) or type(entity) is Entity)
        and decide(entity)[0] is not False
    }
    return [one for one in editions if one.missing or one.list_id in open_lists]


# ── what an edition never states ──────────────────────────────────────────────────────────────


def _unheld(
    condition: Condition, editions: Sequence[Edition], entities: Sequence[Entity]
) -> frozenset[object]:
    """Those of the named lists that no edition holds. Of combined lists it is enough that one does."""
    if condition.keyword != "named_list":
        return frozenset()
    found = condition.wanted.difference(*(one.lists or () for one in editions))
    if found and len(editions) > 1:  # one that can state any list does state this one
        found = found.difference(each.list_name for one in entities for each in one.listings)
    return found


def unsupported_facts(
    editions: Sequence[Edition],
    facts: tuple[Fact, ...],
    unstated: Unstated | None = None,
    *,
    whole: Fact | None = None,
    unheld: frozenset[object] = frozenset(),
) -> dict[Fact, list[str]]:
    """The facts that leave the question open, with the lists that never state them; else raises.

    Of a question with several parts (`country`) it is enough that one is stated, unless a file of
    the edition is missing, which could hold the others; without any, the `whole` is not stated.
    `unstated` is the keyword of `where`, and None for questions that have no such choice.
    """
    found: dict[Fact, list[str]] = {}
    for edition in editions:
        unsupported = [fact for fact in facts if not edition.supports(fact)]
        if unheld and edition.lists is not None and Fact.LIST not in unsupported:
            unsupported.append(Fact.LIST)
        has_none = len(unsupported) == len(facts)
        if not unsupported or not (has_none or edition.missing):
            continue
        if unstated in (None, "raise"):
            raise _not_stated(edition, unsupported, unstated, unheld)
        for fact in [whole] if has_none and whole else unsupported:
            found.setdefault(fact, []).append(edition.list_id)
    return found


def _not_stated(
    edition: Edition,
    unsupported: Sequence[Fact],
    unstated: Unstated | None,
    unheld: frozenset[object],
) -> NotStatedError:
    fact = unsupported[0]
    in_part = edition.is_partially_supported(fact)
    what = f"the {fact.value} of everybody" if in_part else f"any {fact.value}"
    if unheld and edition.supports(Fact.LIST):
        what = f"who is on {', '.join(sorted(map(str, unheld)))}"
    hints = [Hint(text) for text in (edition.alternative_source(fact),) if text]
    if unstated:
        hints.append(Hint("{} continues without it", "unstated", ("drop", "keep")))
    return NotStatedError(
        f"{edition.label} does not state {what}, so that an answer from it "
        f"{'could' if in_part else 'would'} be false",
        facts=tuple(one.value for one in unsupported),
        hints=tuple(hints),
    )
