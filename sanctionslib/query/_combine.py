"""`combine`: several lists as one collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar, cast

from sanctionslib.answers import Audit, Selection
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Entity
from sanctionslib.query.sanctions_list import SanctionsList

P = TypeVar("P", bound=Entity)


def combine(*lists: SanctionsList[P]) -> SanctionsList[P]:
    """Several lists as one collection, each entity kept as its own list has it.

    Nothing is merged: the entities of one party on lists that share their ids stay apart, and count
    as one party. `why`, `related` and the like answer from all of them; `both["17013"]` raises
    where two lists have that key, and `both["us_ofac_sdn:17013"]` is one entity. Selections give a
    selection of the whole lists that they come from.

    Args:
        lists: The lists; no list id may occur twice.

    Raises:
        InvalidInputError: Two have the same list id, or there is none.

    >>> import sanctionslib as sl
    >>> rab = sl.Entity(id="csl:33951", id_space="ofac", names=(sl.Name(text="RAB"),))
    >>> both = sl.combine(sl.sample(), sl.SanctionsList([rab]))
    >>> len(both), len(both.parties)
    (55, 54)
    >>> [one.id for one in both.why("33951").entities]
    ['us_ofac_sdn:33951', 'csl:33951']
    """
    if not lists:
        raise InvalidInputError("there is nothing to combine", hint="give one list or more")
    for one in lists:
        if not isinstance(one, SanctionsList):
            raise TypeError(f"{type(one).__name__} is no SanctionsList: read a file, or make one")
    bases = [one.base for one in lists]
    counts = Counter(list_id for base in bases for list_id in _list_ids(base))
    twice = sorted(list_id for list_id, count in counts.items() if count > 1)
    if twice:
        raise InvalidInputError(
            f"the list {twice[0]!r} occurs twice",
            hint="two editions of one list are compared, not combined; two selections of one "
            "collection are one selection, with several values of one condition",
        )
    whole = SanctionsList.of_editions(
        [entity for base in bases for entity in base],
        [edition for base in bases for edition in base.editions],
        _combined_audit([base.audit for base in bases]),
    )
    chosen = [one for one in lists if one.base is not one]
    if not chosen:
        return cast("SanctionsList[P]", whole)
    criteria = (f"{'+'.join(sorted(_list_ids(one.base)))}: {one.selection}" for one in chosen)
    selection = Selection(
        criteria=tuple(criteria),
        undetermined=tuple(each for one in lists for each in one.selection.undetermined),
        kind_unstated=sum(one.selection.kind_unstated for one in lists),
    )
    return cast("SanctionsList[P]", whole._part([each for one in lists for each in one], selection))


def _list_ids(one: SanctionsList[Entity]) -> set[str]:
    return {edition.list_id for edition in one.editions} | {entity.list_id for entity in one}


def _combined_audit(audits: Sequence[Audit]) -> Audit:
    declared = [one.declared for one in audits if one.declared is not None]
    return Audit(
        editions=tuple(each for one in audits for each in one.editions),
        declared=sum(declared) if len(declared) == len(audits) else None,
        read=sum(one.read for one in audits),
        converted=sum(one.converted for one in audits),
        issues=tuple(each for one in audits for each in one.issues),
        unmapped=tuple(
            sorted((each for one in audits for each in one.unmapped), key=lambda one: -one.count)
        ),
        omitted=tuple(each for one in audits for each in one.omitted),
        unknown_codes=tuple(each for one in audits for each in one.unknown_codes),
        paths=tuple(each for one in audits for each in one.paths),
    )
