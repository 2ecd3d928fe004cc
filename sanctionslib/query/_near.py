"""Near misses: what a caller may have meant by a text that nothing answers to."""

from __future__ import annotations

from collections.abc import Collection

from sanctionslib.errors import NotFoundError

__all__ = ["near", "not_found"]


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


def not_found(
    key: str, where: str, keys_of_name: tuple[str, ...], keys: Collection[str]
) -> NotFoundError:
    """The error for an id that nobody has: with the ids of that name, if it is one, or near ids."""
    if keys_of_name:
        return NotFoundError(f"{key!r} is a name and no id", suggestions=keys_of_name[:5])
    return NotFoundError(f"no entity of {where} has the id {key!r}", suggestions=near(key, keys))
