"""Whether an edition may be taken for its list: its figures, held against the last good edition's.

A list fails in whole-list ways: a namespace changes and 15,000 rows are gone, a column is empty from
one day to the next, one kind of party is left out. Each leaves a file that is well formed. So what
was found is counted (`figures_of`) and judged (`judge`) before an edition may become current.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sanctionslib.answers import Check
from sanctionslib.catalog import Limits
from sanctionslib.model import Entity

__all__ = ["figures_of", "judge"]


def figures_of(entities: Iterable[Entity]) -> dict[str, int]:
    """What is counted of an edition: `entries`, `kind …`, `list …`, `field …`.

    A field is counted by the entries that have at least one value in it.
    """
    raise NotImplementedError


def judge(
    figures: Mapping[str, int],
    limits: Limits,
    *,
    before: Mapping[str, int] | None = None,
    against: str = "",
    same_form: bool = True,
) -> tuple[Check, ...]:
    """One check for each figure that was counted now or before.

    Args:
        figures: Those of the new edition.
        limits: What may be gone at once, and from which size on.
        before: Those of the last good edition; None where there is none: then only the least number
            of entries is asked.
        against: Which edition that is, for the checks.
        same_form: Whether both are of one format and the same files; of others, fields say nothing,
            and only entries and kinds are compared.
    """
    raise NotImplementedError
