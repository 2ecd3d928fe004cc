"""Damaging a file at random, and what must hold whatever comes of it."""

from __future__ import annotations

import random
import warnings
from collections import Counter
from pathlib import Path

import attrs

import sanctionslib as sl


def open_files() -> int:
    folder = Path("/proc/self/fd")  # not on every system
    return len(list(folder.iterdir())) if folder.is_dir() else 0


def mutate(data: bytes, rng: random.Random) -> bytes:
    """One byte changed, dropped or doubled, or a run of them."""
    at = rng.randrange(len(data))
    how = rng.randrange(4)
    if how == 0:
        return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
    if how == 1:
        return data[:at] + data[at + 1 :]
    if how == 2:
        return data[: at + 1] + data[at:]
    length = rng.randrange(1, 2_000)
    return data[:at] + data[at + length :]


def own(entity: sl.Entity) -> sl.Entity:
    """An entity without the names of others, which formats with keys look up for its relations."""
    relations = tuple(
        one
        if one.to.source_id is None
        else attrs.evolve(
            one, to=sl.EntityRef(id_space=one.to.id_space, source_id=one.to.source_id)
        )
        for one in entity.relations
    )
    return attrs.evolve(entity, relations=relations)


def first_difference(data: bytes, changed: bytes) -> int:
    """The first byte that differs."""
    pairs = zip(data, changed, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), len(changed))


def outcomes(
    path: str, list_id: str, count: int, seed: int, *, shared: tuple[bytes, bytes] | None = None
) -> Counter[str]:
    """Read mutated copies of a file, and say what came of them.

    What stands between the two marks of `shared` may be of several parties: a table of words.
    """
    warnings.simplefilter("ignore", sl.FaultyEntriesWarning)
    data = Path(path).read_bytes()
    whole = sl.read(data, list_id=list_id)
    expected = [own(entity) for entity in whole]
    rng = random.Random(seed)
    start, end = (data.index(mark) for mark in shared) if shared else (0, 0)
    before = open_files()
    found: Counter[str] = Counter()
    for _ in range(count):
        changed = mutate(data, rng)
        try:
            read = sl.read(changed, list_id=list_id)
        except sl.SanctionsError:
            found["raised"] += 1
            continue
        if read.audit.issues:
            found["reported"] += 1
            continue
        found["read"] += 1
        # No fault was seen: then the change lies inside values, of one party or of the header.
        assert len(read) == len(whole)
        made = [own(entity) for entity in read]
        different = [one for one, other in zip(made, expected, strict=True) if one != other]
        assert len(different) <= 1 or start < first_difference(data, changed) < end, different
    assert open_files() == before, "a file stayed open"
    return found
