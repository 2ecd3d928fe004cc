"""Which refused editions are meant by the beginning of a hash."""

from __future__ import annotations

from pathlib import Path

from sanctionslib.answers import EditionStatus
from sanctionslib.archive._finding import SHORTEST, shelves, with_hash
from sanctionslib.archive._manifest import Manifest
from sanctionslib.archive._shelf import Shelf
from sanctionslib.errors import (
    AmbiguousIdError,
    Call,
    Hint,
    InvalidInputError,
    NotFoundError,
    Where,
)

__all__ = ["hash_of", "refused"]

_HEX = frozenset("0123456789abcdef")


def hash_of(sha256: str) -> str:
    """The beginning of a hash, as it is stored.

    Raises:
        InvalidInputError: It is none, or too short.
    """
    wanted = sha256.strip().lower().removeprefix("sha256:")
    if len(wanted) < SHORTEST or not _HEX.issuperset(wanted):
        raise InvalidInputError(
            f"{sha256!r} is no hash, and not the beginning of one",
            hints=(
                Hint(f"give at least its first {SHORTEST} characters"),
                Hint("the error that refused the edition has it"),
                Hint("{} shows it", call=Call("editions")),
            ),
        )
    return wanted


def refused(home: Path, list_id: str, sha256: str) -> list[tuple[Shelf, Manifest]]:
    """The refused editions with a hash, the newest last.

    Raises:
        NotFoundError: No edition of the list has this hash.
        AmbiguousIdError: Several have.
        InvalidInputError: None that has it is refused.
        ArchiveError: One cannot be read.
    """
    found = with_hash(shelves(home, list_id), sha256)
    where = Where(list_id=list_id)
    hashes = sorted({each.held.sha256 for _, each in found})
    if not hashes:
        raise NotFoundError(
            f"no edition of {list_id} that is held has the hash {sha256}",
            where=where,
            hints=(Hint("{} shows the hashes of all that are held", call=Call("editions")),),
        )
    if len(hashes) > 1:
        raise AmbiguousIdError(
            f"{len(hashes)} editions of {list_id} have a hash that begins with {sha256}",
            candidates=tuple(hashes),
            where=where,
            hint="give more of it",
        )
    found_refused = [each for each in found if each[1].held.status is EditionStatus.QUARANTINED]
    if not found_refused:
        held = found[-1][1].held
        raise InvalidInputError(
            f"the edition is not refused: it is {held.status.value}",
            where=Where(list_id=list_id, edition=held.name),
            hint="there is nothing to accept",
        )
    return found_refused
