"""What is written down beside the editions of a format: which came in, and what the server said.

A folder that somebody removed or renamed leaves no trace among the others, and an older edition would
answer in its place. So `kept.json` lists what came in, without what `prune` removes. Its order says
which of two editions of one day came last, whatever the clock said. `checked.json` has what the
server said last, to ask only for what changed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping
from datetime import date, datetime

import attrs

from sanctionslib._regular_file import IrregularFileError, read_regular
from sanctionslib.answers import HeldEdition
from sanctionslib.archive._manifest import Fields, MisfitError, read_json, utc, write_json
from sanctionslib.archive.files import entries_of, make_folder, put_bytes, reading, writing
from sanctionslib.archive.format_folder import FormatFolder, GoneError, is_edition
from sanctionslib.errors import ArchiveError, CorruptEditionError, Where

__all__ = [
    "ARRIVALS",
    "CHECKED",
    "Arrival",
    "Checked",
    "arrivals",
    "arrived",
    "gone",
    "put_checked",
    "read_checked",
    "write_arrivals",
]

ARRIVALS = "kept.json"
CHECKED = "checked.json"
_ARRIVALS_SCHEMA = "sanctionslib/kept/1"
_CHECKED_SCHEMA = "sanctionslib/checked/1"
_MOST_ARRIVALS = 1 << 24
"""Bytes; an edition takes about a hundred."""
_MOST_CHECKED = 1 << 20


@attrs.frozen(kw_only=True)
class Arrival:
    """An edition that came in."""

    name: str
    """That of its folder."""
    form: str
    """Its format."""
    day: date
    """See `HeldEdition.day`."""
    is_usable: bool
    """See `HeldEdition.is_usable`."""
    is_whole: bool
    """See `HeldEdition.is_whole`."""

    @classmethod
    def of(cls, held: HeldEdition) -> Arrival:
        """What is written down of an edition."""
        return cls(
            name=held.name,
            form=held.format,
            day=held.day,
            is_usable=held.is_usable,
            is_whole=held.is_whole,
        )


def arrived(folder: FormatFolder) -> tuple[Arrival, ...]:
    """The editions that came in, in this order; none where nothing was written down.

    Raises:
        CorruptEditionError: `kept.json` is not what was written.
        ArchiveError: It cannot be read.
    """
    path = folder.path / ARRIVALS
    try:
        with reading(path):
            try:
                return _arrivals_from(read_regular(path, _MOST_ARRIVALS), folder.form)
            except IrregularFileError as error:
                raise MisfitError(error) from None
            except (FileNotFoundError, NotADirectoryError):
                return ()
    except MisfitError as error:
        raise CorruptEditionError(
            f"the list of the editions that came in cannot be read: {error}",
            where=Where(source=str(path), list_id=folder.list_id),
            hint="see that all editions are there, and remove the file: the next edition that comes "
            "in writes it again",
        ) from None


def arrivals(folder: FormatFolder) -> Mapping[str, int]:
    """The positions of the editions in the order in which they came in, by name."""
    return {one.name: position for position, one in enumerate(arrived(folder))}


def gone(folder: FormatFolder) -> tuple[Arrival, ...]:
    """The editions that came in, were usable, were not pruned, and no longer exist."""
    absent = _absent(folder)
    # `prune` takes an edition out before it removes it: what it removed just now is out by now.
    return tuple(one for one in _absent(folder) if one in absent) if absent else ()


def _absent(folder: FormatFolder) -> tuple[Arrival, ...]:
    known = [one for one in arrived(folder) if one.is_usable]
    there = {each.name for each in entries_of(folder.path) if each.is_dir(follow_symlinks=False)}
    return tuple(one for one in known if one.name not in there)


def write_arrivals(folder: FormatFolder, forget: Collection[str] = ()) -> None:
    """Write down what came in, and take out what is to be forgotten, while holding the lock."""
    try:
        before = arrived(folder)
    except CorruptEditionError:
        before = ()
    known = {one.name: one for one in before if one.name not in forget}
    new: list[HeldEdition] = []
    for name in folder.names:
        # One that could not answer may have been accepted since.
        if name in forget or (name in known and known[name].is_usable):
            continue
        # What cannot be read raises where it is needed.
        with contextlib.suppress(GoneError, ArchiveError):
            held = folder.read(name).held
            if name in known:
                known[name] = Arrival.of(held)
            else:
                new.append(held)
    known |= {one.name: Arrival.of(one) for one in sorted(new, key=lambda one: one.added_at)}
    after = tuple(known.values())
    if after != before:
        put_bytes(folder.path / ARRIVALS, _arrivals_to(after), beside=folder.path)


def _arrivals_to(editions: Collection[Arrival]) -> bytes:
    items = [
        {
            "name": one.name,
            "day": one.day.isoformat(),
            "is_usable": one.is_usable,
            "is_whole": one.is_whole,
        }
        for one in editions
    ]
    return write_json({"schema": _ARRIVALS_SCHEMA, "editions": items}, compact="editions")


def _arrivals_from(content: bytes, form: str) -> tuple[Arrival, ...]:
    data = Fields(read_json(content))
    if data.text("schema") != _ARRIVALS_SCHEMA:
        raise MisfitError("schema is another one")
    found: dict[str, Arrival] = {}
    for each in data.items("editions"):
        name, day = each.text("name"), each.day("day")
        if not is_edition(name) or day is None or name in found:
            raise MisfitError(f"{each.at}name, day: it is no edition, or a second one of its name")
        found[name] = Arrival(
            name=name,
            form=form,
            day=day,
            is_usable=each.flag("is_usable"),
            is_whole=each.flag("is_whole"),
        )
    return tuple(found.values())


# ── what the server said ──────────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Checked:
    """What the server said last of a format of a list."""

    at: datetime
    """When (UTC)."""
    edition: str
    """The name of the edition that it gave, quarantined ones included."""
    answers: Mapping[str, tuple[str, str, str]] = {}
    """By the name of the file: address, ETag and Last-Modified, verbatim."""


def read_checked(folder: FormatFolder) -> Checked:
    """What the server said last; OSError or MisfitError where it cannot be read."""
    data = Fields(read_json(read_regular(folder.path / CHECKED, _MOST_CHECKED)))
    if data.text("schema") != _CHECKED_SCHEMA:
        raise MisfitError("schema is another one")
    answers = data.item("answers")
    each = {name: answers.item(name) for name in answers.names}
    return Checked(
        at=data.stated_time("at"),
        edition=data.text("edition"),
        answers={
            name: (one.text("url"), one.text("etag"), one.text("last_modified"))
            for name, one in each.items()
        },
    )


def put_checked(folder: FormatFolder, checked: Checked) -> None:
    """Remember what the server said."""
    data = {
        "schema": _CHECKED_SCHEMA,
        "at": utc(checked.at).isoformat().replace("+00:00", "Z"),
        "edition": checked.edition,
        "answers": {
            name: {"url": url, "etag": etag, "last_modified": modified}
            for name, (url, etag, modified) in checked.answers.items()
        },
    }
    path = folder.path / CHECKED
    with writing(path, "what the server said cannot be written"):
        make_folder(folder.path)
        put_bytes(path, write_json(data), beside=folder.path)
