"""What every parser has to ask of an edition: which list, of which day, and is it whole.

The same questions get the same errors in every format. A part must never pass for the whole list:
what is read with `partial=True` stays marked in its edition, in every entity of it, and in whatever
is written from it.
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
    "check_whole",
    "date_of",
    "date_said",
    "hash_of",
    "marked",
    "rejected_gap",
]


def hash_of(sources: Sequence[InputFile]) -> str:
    """The hash of an edition: that of its one file, or of the hashes of its files."""
    if len(sources) == 1:
        return sources[0].sha256
    together = "\n".join(sorted(source.sha256 for source in sources))
    return hashlib.sha256(together.encode()).hexdigest()


Dated: TypeAlias = tuple[date | None, Literal["file", "caller", "http"] | None]
"""The date of an edition, and who says it; None twice where it is unknown."""


def date_said(options: Options) -> Dated:
    """The date of an edition whose format states none, and who says it: None where nobody does."""
    return options.published, options.dated_by if options.published is not None else None


def date_of(stated: date | None, options: Options, audit: AuditBuilder, *, at: str) -> Dated:
    """The date of an edition whose format states it, and who says so: the file, else the caller.

    Args:
        stated: The date that the file states.
        options: What the caller asked for.
        audit: Told where the date stays unknown.
        at: Where the format states its date.

    Raises:
        StructureChangedError: Nobody says the date, so the file is damaged, and `partial` does not
            allow for that.
        InvalidInputError: The caller contradicts the file.
    """
    given, by = date_said(options)
    if stated is not None:
        if given not in (None, stated) and by == "caller":
            raise InvalidInputError(
                f"the file is of {stated}, and you say that it is of {given}",
                where=audit.where(),
                hints=(Hint("leave {} out: the file states its date", "published"),),
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
                Hint("say {} if you know the date", "published", "YYYY-MM-DD"),
                Hint("{} reads it without one", "partial", True),
            ),
        )
    audit.issue(IssueKind.EDITION, "the file does not state its date; read as partial")
    return None, None


def check_whole(missing: Sequence[str] | None, options: Options, audit: AuditBuilder) -> None:
    """Refuse a file of which something is not there, or all of it.

    Args:
        missing: What is not there, in words that follow "without"; None for a file that declares how
            many entries it has.
        options: What the caller asked for.
        audit: Knows how many entries were read, and is told what is missing.

    Raises:
        IncompleteEditionError: Something is missing, and `partial` does not allow for that.
    """
    read, declared, says = audit.read, audit.declared, "the file "
    if missing is not None:
        faults, says = [f"without {gap}" for gap in missing], "the file is "
    elif declared is None:
        faults = ["does not say how many entries it has"]
    else:
        counts = f"declares {declared:,} entries and has {read:,}"
        faults = [counts] if read != declared or not read else []
    if faults and not options.partial:
        raise IncompleteEditionError(
            says + " and ".join(faults),
            where=audit.where(),
            hints=(Hint("fetch it again"), Hint("{} reads it all the same", "partial", True)),
        )
    for fault in faults:
        audit.issue(IssueKind.EDITION, f"{says}{fault}; read as partial")


class NameOrder:
    """Whether a list in the order of names reaches the end of the alphabet.

    For formats without a count it is all there is to know a file by that was cut between two lines.
    Names compare by code point, as they stand in the file; a list that is not in their order, or
    too short to be sure, tells nothing.
    """

    def __init__(self) -> None:
        self._count = 0
        self._is_kept = True
        self._last = ""

    def add(self, name: str) -> None:
        """The name of the next entry, exactly as printed."""
        self._count += 1
        self._is_kept = self._is_kept and self._last <= name
        self._last = name

    def missing(self) -> list[str]:
        """What is missing, as `check_whole` takes it; [] where nothing shows it."""
        # Of 665 denied persons 33 begin with W or a later letter, of 14,160 rows of the
        # Consolidated Screening List 216 with Z or a small letter.
        letter = "Z" if self._count >= _MANY else "W" if self._count >= _SOME else ""
        if self._is_kept and self._last < letter:
            return [f"the names after {self._last.strip()!r}, with which it ends in their order"]
        return []


_SOME = 300
_MANY = 5_000


def rejected_gap(rejected: int) -> str:
    """What stands in `Edition.missing` for entries that were there and could not be read."""
    return f"{rejected:,} that could not be read"


def marked(
    edition: Edition, entities: int, audit: AuditBuilder, missing: Sequence[str] | None
) -> Edition:
    """The edition, marked where it is not all that the publisher published, or was mended.

    Args:
        edition: As it was told from the header.
        entities: How many were made, of all editions of the file.
        audit: Knows how many entries were read and declared.
        missing: For a format that declares no count: what `check_whole` is told.
    """
    read = audit.read
    declared = audit.declared if missing is None else read
    gaps = list(missing or ())
    changed = edition
    if declared is None:
        gaps.append("the number of entries that it should have")
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
