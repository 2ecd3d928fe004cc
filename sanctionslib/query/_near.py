"""Near misses: what a caller may have meant by a text that nothing answers to."""

from __future__ import annotations

from collections.abc import Collection

__all__ = ["near"]


def near(text: str, known: Collection[str], *, limit: int = 3) -> tuple[str, ...]:
    """The known texts that look most like `text`, best first; none where nothing comes near.

    >>> near("GLOMAGG", {"GLOMAG", "SDGT"})
    ('GLOMAG',)
    """
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        text,
        sorted(known),
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=limit,
        score_cutoff=75,
    )
    return tuple(match for match, _, _ in found)
