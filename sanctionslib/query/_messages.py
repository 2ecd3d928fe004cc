"""Words of reprs and errors: near misses, counts, labels of editions."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import attrs

from sanctionslib.display.sheet import counted
from sanctionslib.errors import AmbiguousIdError, NotFoundError
from sanctionslib.model import Edition, Entity
from sanctionslib.query._index import Index


def near(text: str, known: Collection[str], *, limit: int | None = 3) -> tuple[str, ...]:
    """The known texts that are most similar to `text`, best first.

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
    """The error for an id that no entity has, with ids of that name or of similar ids and names."""
    if keys_of_name:
        return NotFoundError(f"{key!r} is a name and no id", suggestions=keys_of_name[:5])
    what = f"no entity of {where} has the id {key!r}"
    if any(char.isdigit() for char in key):
        return NotFoundError(what, suggestions=near(key, index.by_source_id))
    found = {
        name: index.by_primary_name[name][0].source_id for name in near(key, index.by_primary_name)
    }
    return NotFoundError(
        what,
        suggestions=tuple(found.values()),
        hint="; ".join(f"{name!r} has the id {number!r}" for name, number in found.items()),
    )


def no_party(who: str, editions: Sequence[str], index: Index) -> NotFoundError:
    """The error for an id or a name that no party has, with similar names and ids."""
    names = {one.text for entity in index.by_id.values() for one in entity.names}
    numbers = near(who, index.by_source_id) if any(char.isdigit() for char in who) else ()
    suggestions = (*near(who, names, limit=5), *numbers)
    return NotFoundError(
        f"no entity of {', '.join(editions) or 'this list'} has the id or the name {who!r}",
        suggestions=suggestions,
        hint=f"did you mean {' or '.join(map(repr, suggestions))}?"
        if suggestions
        else "ids and names are compared whole: a search finds other spellings",
    )


def several_parties(name: str, found: Sequence[Entity]) -> AmbiguousIdError:
    """The error for a name that several parties have."""
    told = ("  ".join((one.id, one.kind, one.name, ", ".join(one.programs))) for one in found)
    return AmbiguousIdError(
        f"{len(found)} parties bear the name {name!r}",
        candidates=tuple(one.id for one in found),
        hint="\n    ".join(("ask by id:", *map(str.rstrip, told))),
    )


def ambiguous(key: str, found: Sequence[Entity]) -> AmbiguousIdError:
    """The error for a key that several entities have."""
    ids = tuple(one.id for one in found)
    return AmbiguousIdError(
        f"{key!r} is the key of {len(ids)} entities",
        candidates=ids,
        hint="use the full id: " + ", ".join(ids),
    )


def counted_entities(entities: Sequence[Entity], of: int | None) -> str:
    """How many of what: "26 entities", "6 persons of 26"."""
    kinds = {one.kind for one in entities}
    word = kinds.pop() if len(kinds) == 1 else "entity"
    plural = {"entity": "entities", "aircraft": "aircraft"}.get(word, "")
    text = counted(len(entities), word, plural)
    return text if of is None else f"{text} of {of:,}"


def edition_labels(editions: Sequence[Edition]) -> list[str]:
    """The labels of editions; those that differ in list and format alone share one."""
    shared = {attrs.evolve(one, list_id="", format="").label for one in editions}
    if len(editions) < 2 or len(shared) > 1:
        return [one.label for one in editions]
    return [" · ".join((", ".join(one.list_id for one in editions), *shared))]
