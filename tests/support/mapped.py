"""Whether each value that a format calls mapped is kept: it is changed, and the entity must change.

A `Document` is a file taken apart without the library: its values with path and label, each of
which can be changed in place, and the places where a value is missing that others have, which can
be filled. `lost` makes such changes, reads the file again, and gives those that no entity shows.
Changes of different entities are made together, so that a whole file is read a few dozen times and
not once for each of its values.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Protocol

import attrs

import sanctionslib as sl

__all__ = [
    "Change",
    "Document",
    "Input",
    "Value",
    "changes_of",
    "check_values",
    "lost",
    "other_texts",
    "rare",
    "repetitions_of",
    "some",
]

Input = bytes | list[bytes]
"""What `sl.read` is given: a file, or the files of one edition."""


@attrs.frozen(kw_only=True)
class Value:
    """One value of a file, as it stands in the record of an entity."""

    path: str
    label: str
    text: str
    owners: frozenset[str]
    """Ids of the entities whose record has it."""
    surroundings: Hashable
    """What stands beside it. A value can be kept in some surroundings and lost in others."""
    put: Callable[[str], None]
    """Set another text in its place."""
    options: tuple[str, ...] | None = None
    """Texts that are valid there; None where any text of the same shape is."""
    besides: frozenset[str] = frozenset()
    """Fields that hold it beside the one that is meant: remarks, of which other fields are read."""
    repeat: Callable[[str], tuple[Callable[[], None], Callable[[], None]]] | None = None
    """Where what it stands in can occur several times: what puts a copy of that with another text
    beside it, and what takes the copy away."""


@attrs.frozen(kw_only=True)
class Change:
    """A change of a file that some entity has to show."""

    what: str
    owners: frozenset[str]
    make: Callable[[], None]
    undo: Callable[[], None]
    adds: bool = False
    """Whether it only adds: then nothing that was said before may be missing."""
    besides: frozenset[str] = frozenset()
    """Fields that are not looked at."""


IsMapped = Callable[[str, str], bool]
"""Says of a path and its label whether the format calls it mapped."""


class Document(Protocol):
    """A file that can be changed value by value."""

    def thin(self, limit: int) -> None:
        """Keep those entities alone that have something that fewer than `limit` before them have."""
        ...

    def owners(self) -> frozenset[str]:
        """Ids of all entities."""
        ...

    def values(self) -> Iterator[Value]:
        """All values of all records, in document order."""
        ...

    def gaps(self, is_mapped: IsMapped) -> Iterator[tuple[Hashable, Change]]:
        """Places without a mapped value that others have there, and what each is like."""
        ...

    def data(self, only: Set[str]) -> Input:
        """The file as it is now, with the records of these entities alone."""
        ...


Read = Callable[[Input], sl.SanctionsList[sl.Entity]]
"""Reads a file."""

Own = Callable[[sl.Entity], sl.Entity]
"""An entity without what comes from the records of others."""


def check_values(
    values: Iterable[Value], found: sl.SanctionsList[sl.Entity], *, counts: bool
) -> None:
    """Assert that the document was taken apart as the library does, by path and label.

    Args:
        values: What we took it apart into.
        found: What the library read, with records.
        counts: Whether to compare the numbers too: several values of one cell are one there.
    """
    ours: Counter[tuple[str, str]] = Counter()
    for one in values:
        ours[one.path, one.label] += len(one.owners)
    theirs = Counter({(one.path, one.label): one.count for one in found.audit.paths})
    if not counts:
        assert set(ours) == set(theirs)
    assert not counts or ours == theirs


# ── another value of the same shape ───────────────────────────────────────────────────────────

_YEAR = re.compile(r"(?<!\d)(1[89]|20)(\d\d)(?!\d)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}|(?:\d\d? )?[A-Z][a-z]{2} \d{4}|\d{4}")
_FLAGS = {"true": "false", "false": "true", "Y": "N", "N": "Y"}


def other(text: str, taken: Sequence[str] = ()) -> str:
    """Another text of the same shape: a date for a date, a number for a number.

    Args:
        text: The text.
        taken: Texts that stand at the same path, of which one is taken where they are codes.
    """
    if text in _FLAGS:
        return _FLAGS[text]
    for one in taken:
        if one != text:
            return one
    if _DATE.search(text) and (found := list(_YEAR.finditer(text))):
        at = found[-1]  # of a range the end, so that it stays one
        later = int(at[2]) + 4
        return f"{text[: at.start(2)]}{later if later < 100 else 91:02d}{text[at.end(2) :]}"
    for at in range(len(text) - 1, -1, -1):
        sign = text[at]
        if sign.isdigit() and sign.isascii():
            return f"{text[:at]}{'8' if sign == '9' else chr(ord(sign) + 1)}{text[at + 1 :]}"
        if sign.isalpha() and sign.isascii():
            return f"{text[:at]}{chr(ord(sign) + (-1 if sign in 'zZ' else 1))}{text[at + 1 :]}"
        if sign.isalpha():
            return f"{text[:at]}{chr(ord(sign) + 1)}{text[at + 1 :]}"
    return text + "x"


def pools(values: Sequence[Value]) -> Mapping[tuple[str, str], list[str]]:
    """For each path with its label the texts that stand there, where they are codes and not text."""
    texts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in values:
        texts[one.path, one.label][one.text] += 1
    return {
        at: list(found)
        for at, found in texts.items()
        if 1 < len(found) <= 40 and len(found) * 3 <= sum(found.values())
    }


def changes_of(values: Sequence[Value], texts: Mapping[int, str]) -> Iterator[Change]:
    """For each value another text in its place."""
    for one in values:
        text = texts[id(one)]
        yield Change(
            what=f"{one.path} [{one.label}] {one.text!r} → {text!r}",
            owners=one.owners,
            make=lambda put=one.put, text=text: put(text),
            undo=lambda put=one.put, text=one.text: put(text),
            besides=one.besides,
        )


def repetitions_of(values: Sequence[Value], texts: Mapping[int, str]) -> Iterator[Change]:
    """For each value a copy of what it stands in, with another text in its place."""
    for one in values:
        if one.repeat is not None:
            make, undo = one.repeat(text := texts[id(one)])
            yield Change(
                what=f"{one.path} [{one.label}] {one.text!r}, and once more with {text!r}",
                owners=one.owners,
                make=make,
                undo=undo,
                adds=True,
                besides=one.besides,
            )


def other_texts(values: Sequence[Value]) -> dict[int, str]:
    """Another text for each value, by its `id`."""
    codes = pools(values)
    beside: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in values:
        for owner in one.owners:
            beside[owner].add((one.path, one.text))
    found: dict[int, str] = {}
    for one in values:
        known = one.options if one.options is not None else codes.get((one.path, one.label), ())
        # What the entity has already would be said a second time.
        mine = [beside[owner] for owner in one.owners]
        free = [text for text in known if all((one.path, text) not in each for each in mine)]
        found[id(one)] = other(one.text, free)
        assert found[id(one)] != one.text, one
    return found


def rare(keys: Mapping[str, Iterable[Hashable]], limit: int) -> frozenset[str]:
    """The entities of which some key occurs with fewer than `limit` of those that stand before.

    Args:
        keys: For each entity, what it has.
        limit: How many entities are enough for each key.
    """
    met: Counter[Hashable] = Counter()
    found: set[str] = set()
    for owner, its_keys in keys.items():
        if any(met[key] < limit for key in its_keys):
            found.add(owner)
            met.update(its_keys)
    return frozenset(found)


def some(values: Sequence[Value], limit: int) -> list[Value]:
    """Of the values of one path and label in the same surroundings `limit`.

    They are taken from as many entities as can be, for those of one cannot be changed together.
    """
    groups: dict[Hashable, list[Value]] = defaultdict(list)
    for one in values:
        groups[one.path, one.label, one.surroundings].append(one)
    used: Counter[str] = Counter()
    found: list[Value] = []
    for group in sorted(groups.values(), key=len):
        for _ in range(min(limit, len(group))):
            best = min(
                group, key=lambda one: (len(one.owners), max(used[owner] for owner in one.owners))
            )
            group.remove(best)
            found.append(best)
            used.update(best.owners)
    return found


# ── reading, and comparing ────────────────────────────────────────────────────────────────────

_NOT_SAID = ("record", "origins", "editions", "edition", "schema", "library")


def _said(entity: sl.Entity | None, own: Own) -> dict[str, object]:
    """All that an entity says."""
    made = {} if entity is None else dict(sl.to_dict(own(entity)))
    for name in _NOT_SAID:
        made.pop(name, None)
    return made


_READ = frozenset(
    {"kind", "label", "raw_kind", "code", "script", "earliest", "latest", "precision"}
)
"""Fields that say how a value was read, or of what sort it is. Beside another it can be read anew."""


def _but(said: dict[str, object], fields: frozenset[str]) -> dict[str, object]:
    return {name: one for name, one in said.items() if name not in fields} if fields else said


def _texts(value: object) -> Iterator[str]:
    """The texts of an entity that was dumped, words joined by "; " each by itself."""
    if isinstance(value, dict):
        for name, one in value.items():
            # The text of a name is made of its parts.
            if name not in _READ and not (name == "text" and value.get("parts")):
                yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    else:
        yield from str(value).casefold().split("; ")


def _gone(before: object, now: object) -> list[str]:
    """What was said and is not any more, in a field or within another text; codes do not count."""
    held = "; ".join(_texts(now))
    return sorted({one for one in _texts(before) if len(one) > 2 and one not in held})


@attrs.frozen
class _Result:
    entities: dict[str, sl.Entity]
    issues: Counter[tuple[object, ...]]


def _read(read: Read, data: Input) -> _Result:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.FaultyEntriesWarning)
        found = read(data)
    issues = Counter((one.kind, one.message, one.where.entry) for one in found.audit.issues)
    return _Result({one.id: one for one in found}, issues)


def lost(
    document: Document, read: Read, changes: Iterable[Change], own: Own = lambda one: one
) -> list[str]:
    """The changes that nothing shows: no entity, and no issue of the audit.

    Args:
        document: The file.
        read: Reads it.
        changes: The changes.
        own: Leaves out of an entity what comes from the records of others.
    """
    found: list[str] = []
    whole: dict[frozenset[str], _Result] = {}
    waiting = list(changes)
    while waiting:
        batch: list[Change] = []
        later: list[Change] = []
        busy: set[str] = set()
        for one in waiting:
            (later if one.owners & busy else batch).append(one)
            busy |= one.owners
        owners = _owners(batch)
        if owners not in whole:
            whole[owners] = _read(read, document.data(owners))
        found += _lost(document, read, batch, whole[owners], own)
        waiting = later
    return found


def _owners(batch: Iterable[Change]) -> frozenset[str]:
    return frozenset().union(*(one.owners for one in batch))


def _lost(
    document: Document, read: Read, batch: list[Change], before: _Result, own: Own
) -> list[str]:
    for one in batch:
        one.make()
    after: _Result | None = None
    try:
        after = _read(read, document.data(_owners(batch)))
    except sl.SanctionsError:
        pass
    finally:
        for one in reversed(batch):
            one.undo()
    if after is None:  # refused, which is loud: find out for which of the changes
        if len(batch) == 1:
            return []
        middle = len(batch) // 2
        first = _lost(document, read, batch[:middle], before, own)
        return first + _lost(document, read, batch[middle:], before, own)
    reported = {entry for _, _, entry in after.issues - before.issues}
    found: list[str] = []
    for one in batch:
        shows = any(owner.partition(":")[2] in reported for owner in one.owners)
        for owner in one.owners:
            old = _said(before.entities[owner], own)
            new = _said(after.entities.get(owner), own)
            shows |= _but(new, one.besides) != _but(old, one.besides)
            if one.adds and new and (gone := _gone(old, new)):
                found.append(f"{one.what}: then these are gone: {', '.join(gone)}")
        if not shows:
            found.append(one.what)
    return found
