"""One answer to one id: which entity is meant, or what a caller may have meant instead."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sanctionslib.errors import AmbiguousIdError, Hint, NotFoundError
from sanctionslib.model import Entity
from sanctionslib.query._index import Index
from sanctionslib.query._words import a

__all__ = ["near", "not_found", "several", "the_one"]


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


def not_found(key: str, where: str, keys_of_name: tuple[str, ...], index: Index) -> NotFoundError:
    """The error for an id that nobody has.

    With the ids of that name, if it is one; else with the ids, or names and ids, that come near.
    """
    if keys_of_name:
        return NotFoundError(f"{key!r} is a name and no id", suggestions=keys_of_name[:5])
    what = f"no entity of {where} has the id {key!r}"
    if any(char.isdigit() for char in key):
        return NotFoundError(what, suggestions=near(key, index.by_source_id))
    names = near(key, index.by_primary_name)
    found = [(name, index.by_primary_name[name][0].source_id) for name in names]
    return NotFoundError(
        what,
        suggestions=tuple(number for _, number in found),
        hint="; ".join(f"{name!r} has the id {number!r}" for name, number in found),
    )


def several(key: str, found: Sequence[Entity]) -> AmbiguousIdError:
    """The error for a key that several entities have."""
    return AmbiguousIdError(
        f"{key!r} is the key of {len(found)} entities",
        candidates=tuple(one.id for one in found),
        hint="use the full id: " + ", ".join(one.id for one in found),
    )


def the_one(key: str, found: Sequence[Entity], kind: type[Entity]) -> Entity:
    """The only one of the entities that have a key, if it is of the right kind.

    Raises:
        AmbiguousIdError: There are several.
        NotFoundError: It is of another kind.
    """
    if len(found) > 1:
        raise several(key, found)
    if not isinstance(found[0], kind):
        is_kind = type(found[0]).__name__
        raise NotFoundError(
            f"{found[0].id} is {a(is_kind)}, not {a(kind.__name__)}",
            hints=(Hint("leave {} out", "kind"), Hint(f"ask for kind={is_kind}")),
        )
    return found[0]
