"""An old result and what changed since → the result that a full search of the new edition gives.

A score is a function of two names, and hits are sorted by what they say of themselves alone. So the
parties that are unchanged need not be searched again: their hits stay, those of parties that changed
go, and what the changed ones give now comes in. The one thing that an old result does not hold are
the hits behind its `limit`.

Among few parties an index looks at names that it may pass over among many (`_candidates`), so that
now and then what changed is found here and not by a full search.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import attrs

from sanctionslib.answers import Hit, Hits, ScreeningResult
from sanctionslib.matching.search import order
from sanctionslib.model import Entity

__all__ = ["merged"]


def merged(
    old: ScreeningResult,
    stale: Hits,
    fresh: ScreeningResult,
    *,
    changed: Collection[str],
    newer: Callable[[Entity], Entity],
) -> ScreeningResult | None:
    """The result of the newer edition.

    Args:
        old: The result of the older one.
        stale: All hits among the parties that changed, as the older edition has them.
        fresh: The result with all hits among them, as the newer one has them.
        changed: The ids that they have in either edition.
        newer: A party that did not change, as of the newer edition.

    Returns:
        None where hits that the old result cut off would be shown now.

    Raises:
        ValueError: The old result has hits that the older edition does not give.
    """
    kept, shown = _apart(old.hits, changed)
    kept_back, suppressed = _apart(old.suppressed, changed)
    lost = set(map(_party, stale.found))
    cut_off = lost.difference(map(_party, shown))
    if not lost.issuperset(map(_party, shown)):
        raise ValueError("a hit that the older edition does not give")
    if not set(map(_party, stale.suppressed)).issuperset(map(_party, suppressed)):
        raise ValueError("a party suppressed that the older edition does not withhold")

    def of_now(hit: Hit) -> Hit:
        return attrs.evolve(hit, entity=newer(hit.entity), also=tuple(map(newer, hit.also)))

    found = sorted((*map(of_now, kept), *fresh.hits), key=order)
    limit, hidden = old.context.limit, max(0, old.more - len(cut_off))
    total = len(found) + hidden
    if hidden:
        # Whatever was cut off comes behind the last hit that was shown.
        found = [one for one in found if order(one) <= order(old.hits[-1])]
        if limit is None or len(found) < limit:
            return None
    back = sorted((*map(of_now, kept_back), *fresh.suppressed), key=order)
    return attrs.evolve(
        fresh, hits=tuple(found[:limit]), suppressed=tuple(back), more=total - len(found[:limit])
    )


def _apart(hits: Sequence[Hit], changed: Collection[str]) -> tuple[list[Hit], list[Hit]]:
    """The hits of parties that stay as they are, and the others."""
    kept = [one for one in hits if one.entity.id not in changed]
    return kept, [one for one in hits if one.entity.id in changed]


def _party(hit: Hit) -> frozenset[str]:
    """The ids of all records of the party."""
    return frozenset((hit.entity.id, *(one.id for one in hit.also)))
