"""Kept: which editions came into the folder of a format, in this order; remembered in `kept.json`.

A folder that somebody removed or renamed leaves no trace among the others, and an older edition would
answer in its place. So it is written down what came in, and taken out what `prune` removes. The order
says of two editions of one day which came last, whatever the clock said.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Mapping
from datetime import date

import attrs

from sanctionslib._regular_file import IrregularFileError, read_regular
from sanctionslib.answers import HeldEdition
from sanctionslib.archive._files import put_bytes
from sanctionslib.archive._manifest import Fields, MisfitError, read_json, write_json
from sanctionslib.archive._shelf import GoneError, Shelf, is_edition, unreadable
from sanctionslib.errors import ArchiveError, CorruptEditionError, Where

__all__ = ["KEPT", "Kept", "arrivals", "gone", "remember", "remembered"]

KEPT = "kept.json"
_SCHEMA = "sanctionslib/kept/1"
_LARGEST = 1 << 24
"""Bytes; an edition takes about a hundred."""


@attrs.frozen(kw_only=True)
class Kept:
    """An edition that came in."""

    name: str
    """That of its folder."""
    form: str
    """Its format."""
    day: date
    """See `HeldEdition.day`."""
    answers: bool
    """See `HeldEdition.is_usable`."""
    is_whole: bool
    """See `HeldEdition.is_whole`."""

    @classmethod
    def of(cls, held: HeldEdition) -> Kept:
        """What is remembered of an edition."""
        return cls(
            name=held.name,
            form=held.format,
            day=held.day,
            answers=held.is_usable,
            is_whole=held.is_whole,
        )


def remembered(shelf: Shelf) -> tuple[Kept, ...]:
    """The editions that came in, in this order; none where nothing was written down.

    Raises:
        CorruptEditionError: The file is not what was written.
        ArchiveError: It cannot be read.
    """
    path = shelf.path / KEPT
    try:
        return _from_bytes(read_regular(path, _LARGEST), shelf.form)
    except (IrregularFileError, MisfitError) as error:
        raise CorruptEditionError(
            f"which editions came in can no longer be read: {error}",
            where=Where(source=str(path), list_id=shelf.list_id),
            hint="see that all editions are there, and remove the file: the next edition that comes "
            "in writes it again",
        ) from None
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise unreadable(error, path) from error


def arrivals(shelf: Shelf) -> Mapping[str, int]:
    """The places of the editions in the order in which they came in, by name.

    Raises:
        ArchiveError: See `remembered`.
    """
    return {one.name: place for place, one in enumerate(remembered(shelf))}


def gone(shelf: Shelf) -> tuple[Kept, ...]:
    """The editions that came in, could answer, were not pruned, and are no longer there.

    Raises:
        ArchiveError: See `remembered`.
    """
    absent = _absent(shelf)
    # `prune` takes an edition out before it removes it: what it removed just now is out by now.
    return tuple(one for one in _absent(shelf) if one in absent) if absent else ()


def _absent(shelf: Shelf) -> tuple[Kept, ...]:
    known = [one for one in remembered(shelf) if one.answers]
    there: frozenset[str] = frozenset()
    try:
        with os.scandir(shelf.path) as entries:
            there = frozenset(each.name for each in entries if each.is_dir(follow_symlinks=False))
    except FileNotFoundError:
        pass
    except OSError as error:
        raise unreadable(error, shelf.path) from error
    return tuple(one for one in known if one.name not in there)


def remember(shelf: Shelf, forget: Collection[str] = ()) -> None:
    """Write down what is there and not written down yet. To be called with the lock of the list.

    Args:
        shelf: The folder of the format.
        forget: Editions that are to be taken out.

    Raises:
        OSError: It cannot be written.
    """
    try:
        before = remembered(shelf)
    except CorruptEditionError:
        before = ()
    known = {one.name: one for one in before if one.name not in forget}
    new: list[HeldEdition] = []
    for name in shelf.names:
        # One that could not answer may have been accepted since.
        if name in forget or (name in known and known[name].answers):
            continue
        # What cannot be read says so to whoever asks for it.
        with contextlib.suppress(GoneError, ArchiveError):
            held = shelf.read(name).held
            if name in known:
                known[name] = Kept.of(held)
            else:
                new.append(held)
    known |= {one.name: Kept.of(one) for one in sorted(new, key=lambda one: one.added_at)}
    after = tuple(known.values())
    if after != before:
        put_bytes(shelf.path / KEPT, _to_bytes(after), beside=shelf.path)


def _to_bytes(editions: Collection[Kept]) -> bytes:
    items = [
        {
            "name": one.name,
            "day": one.day.isoformat(),
            "answers": one.answers,
            "whole": one.is_whole,
        }
        for one in editions
    ]
    return write_json({"schema": _SCHEMA, "editions": items}, compact="editions")


def _from_bytes(content: bytes, form: str) -> tuple[Kept, ...]:
    data = Fields(read_json(content))
    if data.text("schema") != _SCHEMA:
        raise MisfitError("schema is another one")
    found: dict[str, Kept] = {}
    for each in data.items("editions"):
        name, day = each.text("name"), each.day("day")
        if not is_edition(name) or day is None or name in found:
            raise MisfitError(f"{each.at}name, day: it is no edition, or a second one of its name")
        found[name] = Kept(
            name=name,
            form=form,
            day=day,
            answers=each.flag("answers"),
            is_whole=each.flag("whole"),
        )
    return tuple(found.values())
