"""Applying the conditions of `where` to the entities of a list, and counting what stays open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Literal

import attrs

from sanctionslib.answers import Undetermined
from sanctionslib.errors import Hint, InvalidInputError, NotStatedError
from sanctionslib.model import Edition, Entity, Fact
from sanctionslib.query._where import Condition, Verdict, designation_verdict

__all__ = [
    "Chosen",
    "Unstated",
    "asked_of",
    "check_predicate",
    "check_unstated",
    "checked_kinds",
    "never_stated",
    "select",
    "told_apart",
]

Unstated = Literal["raise", "drop", "keep"]
"""What to do where an edition never states what is asked for."""


@attrs.frozen(kw_only=True)
class Chosen:
    """What `select` gives."""

    entities: tuple[Entity, ...]
    undetermined: tuple[Undetermined, ...]
    kind_unstated: int


def select(
    entities: Sequence[Entity],
    conditions: Sequence[Condition],
    kinds: tuple[type[Entity], ...] | None,
    predicate: Callable[..., bool] | None,
    never: Collection[Fact],
    *,
    in_part: Collection[Fact] = (),
    keep: bool,
) -> Chosen:
    """The entities that meet all conditions, and how many could not be decided.

    Args:
        entities: Where to choose from.
        conditions: All of these.
        kinds: One of these classes; None for any.
        predicate: Called with each entity that meets all other conditions.
        never: The facts asked for that an edition never states.
        in_part: Those of them that an edition states of some, because a part of it is missing.
        keep: Whether to take the undecided ones.
    """
    kept: list[Entity] = []
    undetermined: Counter[Fact] = Counter()
    kind_unstated = 0
    for entity in entities:
        is_of_kind = kinds is None or isinstance(entity, kinds)
        if not is_of_kind and type(entity) is not Entity:
            continue
        verdict, lacks = _verdict(entity, conditions)
        if not is_of_kind:  # it could be, unless it fails another condition anyway
            kind_unstated += verdict is not False
            continue
        if verdict is False or (predicate is not None and not predicate(entity)):
            continue
        undetermined.update(lacks)
        if verdict or (verdict is None and keep):
            kept.append(entity)
    counts = dict.fromkeys(never, 0) | dict(undetermined)
    return Chosen(
        entities=tuple(kept),
        undetermined=tuple(
            Undetermined(
                fact=fact, count=count, kept=keep, never=fact in never and fact not in in_part
            )
            for fact, count in counts.items()
        ),
        kind_unstated=kind_unstated,
    )


def told_apart(
    undetermined: Sequence[Undetermined], editions: Sequence[Edition]
) -> tuple[Undetermined, ...]:
    """With the lists that never state a fact, where others of the collection do."""
    found: list[Undetermined] = []
    for one in undetermined:
        unsupported = tuple(each.list_id for each in editions if not each.supports(one.fact))
        some = one.never and len(unsupported) < len(editions)
        found.append(attrs.evolve(one, lists=unsupported) if some else one)
    return tuple(found)


def _verdict(entity: Entity, conditions: Sequence[Condition]) -> tuple[Verdict, set[Fact]]:
    """Whether an entity meets all conditions; and the facts that it lacks if that is open."""
    lacks: set[Fact] = set()
    for one in conditions:
        if one.of_entity is not None:
            verdict = one.of_entity(entity)
            if verdict is False:
                return False, set()
            if verdict is None and one.fact is not None:
                lacks.add(one.fact)
    bundled = [one for one in conditions if one.of_designation is not None]
    if bundled:
        verdict, undetermined = designation_verdict(entity, bundled)
        if verdict is False:
            return False, set()
        if verdict is None:
            lacks |= undetermined
    return (None if lacks else True), lacks


def asked_of(
    editions: Sequence[Edition],
    entities: Sequence[Entity],
    condition: Condition,
    conditions: Sequence[Condition],
    kinds: tuple[type[Entity], ...] | None,
) -> Sequence[Edition]:
    """Of combined lists, those for whose parties a condition decides; of one list, that list.

    A list all of whose parties fail another condition has none to add, whatever it does not state:
    nobody on Canada's list is under a program of OFAC's. A named list can be one that no party is
    on, and a member that is missing can hold others: then all are asked.

    Args:
        editions: What is looked at.
        entities: Where to choose from.
        condition: The one whose facts may not be stated.
        conditions: All that must hold, with that one.
        kinds: The classes that are asked for; None for any.
    """
    facts = condition.parts or (condition.fact,)
    if (
        len(editions) == 1
        or condition.lists
        or all(fact is None or one.supports(fact) for one in editions for fact in facts)
    ):
        return editions
    others = [one for one in conditions if one is not condition]
    open_lists = {
        entity.list_id
        for entity in entities
        if (kinds is None or isinstance(entity, kinds) or type(entity) is Entity)
        and _verdict(entity, others)[0] is not False
    }
    return [one for one in editions if one.missing or one.list_id in open_lists]


def never_stated(
    editions: Sequence[Edition],
    facts: tuple[Fact, ...],
    unstated: Unstated | None = None,
    *,
    lists: frozenset[str] = frozenset(),
) -> list[Fact]:
    """The facts that an edition never states; raises where that leaves the question open.

    Of a question with several parts (`country`) it is enough that one is stated, unless a member
    of the edition is missing, which could hold the others.

    Args:
        editions: What is asked.
        facts: What the question needs.
        unstated: The keyword of `where`; None for questions that have no such choice.
        lists: The named lists that are asked for.

    Raises:
        NotStatedError: The question cannot be answered, and `unstated` is neither "drop" nor "keep".
    """
    never: list[Fact] = []
    held = {name for edition in editions for name in edition.lists or ()}
    for edition in editions:
        missing = [fact for fact in facts if not edition.supports(fact)]
        # Of combined lists it is enough that one holds the named list.
        unheard = lists.difference(held if edition.lists is not None else lists)
        if unheard and Fact.LIST not in missing:
            missing.append(Fact.LIST)
        answerable = len(missing) < len(facts) and not (missing and edition.missing)
        if unstated in (None, "raise") and not answerable:
            ways = [
                edition.alternative_source(missing[0]),
                Hint("{} goes on without it", "unstated", ("drop", "keep")) if unstated else "",
            ]
            able = [one.list_id for one in editions if one.supports(missing[0])]
            if able and unstated is None:  # of combined lists
                ways.append(f"ask {' and '.join(able)} without the others")
            in_part = edition.is_partially_supported(missing[0])
            what = f"the {missing[0].value} of everybody" if in_part else f"any {missing[0].value}"
            if missing[0] is Fact.LIST and unheard and edition.supports(Fact.LIST):
                what = f"who is on {', '.join(sorted(unheard))}"
            raise NotStatedError(
                f"{edition.label} does not state {what}, so that an answer from it "
                f"{'could' if in_part else 'would'} be false",
                facts=tuple(one.value for one in missing),
                hints=tuple(Hint(way) if isinstance(way, str) else way for way in ways if way),
            )
        never += missing
    return list(dict.fromkeys(never))


def checked_kinds(
    kind: type[Entity] | tuple[type[Entity], ...] | None,
) -> tuple[type[Entity], ...] | None:
    """The classes that `kind` names.

    Raises:
        InvalidInputError: Something there is no class of entities.
    """
    if kind is None:
        return None
    kinds = kind if isinstance(kind, tuple) else (kind,)
    if not kinds or not all(isinstance(one, type) and issubclass(one, Entity) for one in kinds):
        raise InvalidInputError(
            f"kind={kind!r} is no kind of entity",
            hint="give a class or a tuple of classes: Person, Organization, Vessel, Aircraft",
        )
    return kinds


def check_predicate(predicate: object) -> None:
    """Refuse what is no function; a class or a code in its place is an easy slip.

    Raises:
        TypeError: It cannot be called with an entity.
    """
    if predicate is not None and (isinstance(predicate, type) or not callable(predicate)):
        raise TypeError(
            f"{predicate!r} is no function of an entity: did you mean kind= or program=?"
        )


def check_unstated(unstated: str) -> None:
    """Refuse a word that says nothing.

    Raises:
        InvalidInputError: It is none of the three.
    """
    if unstated not in ("raise", "drop", "keep"):
        raise InvalidInputError(f"unstated={unstated!r}", hint="say 'raise', 'drop' or 'keep'")
