"""Checks of every edition: its list, its date, and whether it is complete.

The same faults give the same errors in every format. A partial file must never pass for the whole
list: what is read with `partial=True` stays marked in its edition, in every entity, and in
everything that is written from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Literal, TypeAlias

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.errors import (
    Hint,
    IncompleteEditionError,
    InvalidInputError,
    StructureChangedError,
)
from sanctionslib.model import Edition, Scope
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.parsers._engine.format import Options
from sanctionslib.parsers._engine.input_file import InputFile

__all__ = [
    "Dated",
    "NameOrder",
    "check_complete",
    "date_from_caller",
    "date_of",
    "hash_of",
    "marked",
    "rejected_gap",
]


def hash_of(sources: Sequence[InputFile]) -> str:
    """The hash of an edition: of its one file, or of the hashes of its files."""
    if len(sources) == 1:
        return sources[0].sha256
    together = "\n".join(sorted(source.sha256 for source in sources))
    return hashlib.sha256(together.encode()).hexdigest()


Dated: TypeAlias = tuple[date | None, Literal["file", "caller", "http"] | None]
"""The date of an edition, and its source; None twice where the date is unknown."""


def date_from_caller(options: Options) -> Dated:
    """The date for a format that states none, and its source: None where nobody gives a date."""
    return options.published, options.dated_by if options.published is not None else None


def date_of(stated: date | None, options: Options, audit: AuditBuilder, *, at: str) -> Dated:
    """The date for a format that states it, and its source: the file, else the caller.

    Args:
        stated: The date that the file states.
        options: The caller's options.
        audit: Gets an issue where the date stays unknown.
        at: Path of the date in the format.

    Raises:
        StructureChangedError: There is no date, so the file is damaged, and `partial` is not given.
        InvalidInputError: The caller contradicts the file.
    """
    given, by = date_from_caller(options)
    if stated is not None:
        if given not in (None, stated) and by == "caller":
            raise InvalidInputError(
                f"the file states the date {stated}, and `published` is {given}",
                where=audit.where(),
                hints=(Hint("omit {}: the file states its date", "published"),),
            )
        return stated, "file"
    if given is not None:
        return given, by
    if not options.partial:
        raise StructureChangedError(
            f"the file does not state its date ({at}), as every file of its format does",
            where=audit.where(),
            hints=(
                Hint("fetch it again"),
                Hint("pass {} if you know the date", "published", "YYYY-MM-DD"),
                Hint("{} reads it without one", "partial", True),
            ),
        )
    audit.issue(IssueKind.EDITION, "the file does not state its date; read as partial")
    return None, None


def check_complete(missing: Sequence[str] | None, options: Options, audit: AuditBuilder) -> None:
    """Refuse a file that lacks something, or everything.

    Args:
        missing: What is missing, in words that follow "without"; None for a file that declares its
            number of entries.
        options: The caller's options.
        audit: Has the number of entries read, and gets the issues.

    Raises:
        IncompleteEditionError: Something is missing, and `partial` is not given.
    """
    read, declared, message = audit.read, audit.declared, "the file "
    if missing is not None:
        faults, message = [f"without {gap}" for gap in missing], "the file is "
    elif declared is None:
        faults = ["does not declare its number of entries"]
    else:
        counts = f"declares {declared:,} entries and has {read:,}"
        faults = [counts] if read != declared or not read else []
    if faults and not options.partial:
        raise IncompleteEditionError(
            message + " and ".join(faults),
            where=audit.where(),
            hints=(Hint("fetch it again"), Hint("{} reads it anyway", "partial", True)),
        )
    for fault in faults:
        audit.issue(IssueKind.EDITION, f"{message}{fault}; read as partial")


class NameOrder:
    """Whether a list that is sorted by name reaches the end of the alphabet.

    For formats without a count this is the only sign of a file that was truncated between two
    lines. Names are compared by code point, as in the file; a list that is not sorted, or too
    short, proves nothing.
    """

    def __init__(self) -> None:
        self._count = 0
        self._is_kept = True
        self._last = ""

    def add(self, name: str) -> None:
        """Add the name of the next entry, exactly as printed."""
        self._count += 1
        self._is_kept = self._is_kept and self._last <= name
        self._last = name

    def missing(self) -> list[str]:
        """What is missing, as `check_complete` takes it; [] where there is no sign of it."""
        # Of 665 denied persons 33 begin with W or a later letter, of 14,160 rows of the
        # Consolidated Screening List 216 with Z or a small letter.
        letter = "Z" if self._count >= _MANY else "W" if self._count >= _SOME else ""
        if self._is_kept and self._last < letter:
            return [f"the names after {self._last.strip()!r}, the last one in alphabetical order"]
        return []


_SOME = 300
_MANY = 5_000


def rejected_gap(rejected: int) -> str:
    """The text in `Edition.missing` for entries that were rejected."""
    return f"{rejected:,} that could not be read"


def marked(
    edition: Edition, entities: int, audit: AuditBuilder, missing: Sequence[str] | None
) -> Edition:
    """The edition, marked where it is incomplete or was repaired.

    Args:
        edition: As made from the header.
        entities: How many entities were made, of all editions of the file.
        audit: Has the numbers of entries read and declared.
        missing: For a format that declares no count: as for `check_complete`.
    """
    read = audit.read
    declared = audit.declared if missing is None else read
    gaps = list(missing or ())
    changed = edition
    if declared is None:
        gaps.append("a declared number of entries")
    elif declared > read:
        gaps.append(f"{declared - read:,} of the {declared:,} entries that it declares")
    elif declared < read:
        scope = Scope.SAMPLE if edition.is_sample else Scope.CUSTOM
        found = f"{read:,} entries where {declared:,} are declared"
        changed = attrs.evolve(changed, scope=scope, filter=found)
    if rejected := read - audit.united - entities:
        gaps.append(rejected_gap(rejected))
    if audit.repairs:
        changed = attrs.evolve(changed, repairs=audit.repairs)
    if gaps:
        changed = attrs.evolve(changed, missing=(*edition.missing, *gaps))
    return changed
