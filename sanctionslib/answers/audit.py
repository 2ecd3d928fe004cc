"""Audit: what a parser read, what it could not place, and what was at fault."""

from __future__ import annotations

import enum

import attrs

from sanctionslib.errors import Where
from sanctionslib.model.displayable import Displayable, Value
from sanctionslib.model.provenance import Edition, Source
from sanctionslib.model.words import member


class IssueKind(enum.Enum):
    """What is at fault with an entry."""

    REJECTED = "entry rejected"
    """The entry could not become an entity; its values are in `Issue.source`."""
    NO_ID = "entry without an id"
    """It is kept under an id that we built, which starts with "~"."""
    NO_PRIMARY_NAME = "entry without a primary name"
    """It is kept under its first alias."""
    DUPLICATE_ID = "id given twice"
    UNKNOWN_KIND = "kind not known"
    """It is kept as a plain `Entity`."""
    UNREAD_VALUE = "value not readable"
    """A date or number in a form that we do not know; kept as text."""
    STRUCTURE = "structure not known"
    """An element, attribute or text in a place where the format has none; kept as a Feature."""
    UNRESOLVED_REFERENCE = "unresolved reference"
    """A key that nothing in the file has, or a value that nothing refers to; kept as a Feature or
    in `Issue.source`."""
    EDITION = "edition in doubt"
    """A fault of the file as a whole that the caller chose to accept."""
    REPAIRED = "file repaired"
    """A fault that made the file no XML, repaired because of `repair=True`."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Issue(Value):
    """One fault, with its place."""

    kind: IssueKind
    """What sort of fault."""
    message: str
    """What is wrong, in one sentence."""
    where: Where = Where()
    """Entry, path and line."""
    source: Source | None = None
    """All values of a rejected entry, so that nothing is lost."""

    def __str__(self) -> str:
        return f"{self.message} ({self.where})" if str(self.where) else self.message


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Unmapped(Value):
    """Values that no field of the model holds: kept as Features without `kind`."""

    path: str
    """The path of such values, `idList/id`."""
    label: str = ""
    """The label that the format gives them, "Tarjeta Profesional"."""
    count: int = 0
    """How many there are."""
    sample: str = ""
    """One of them."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class UnknownCode(Value):
    """A code of the list that our reference tables do not have; it is kept verbatim."""

    vocabulary: str
    """What sort of code: program, kind, alias type, country …"""
    code: str
    """The code."""
    count: int = 0
    """How many entities or values have it."""
    sample: str = ""
    """Id of one entity that has it."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Omitted(Value):
    """A row that is no party: a footnote, a line about a filter, the number of a deleted entry."""

    reason: str
    """Why it is none."""
    where: Where = Where()
    """Sheet and row."""
    source: Source | None = None
    """Its values."""


class Coverage(enum.Enum):
    """What became of the values at a path."""

    MAPPED = "mapped"
    """A field holds it."""
    STRUCTURAL = "structural"
    """A key, reference or flag that a field lets you recover."""
    UNMAPPED = "unmapped"
    """Kept as a Feature without kind."""
    UNEXPECTED = "unexpected"
    """In none of the three: the parser does not know the path. A defect; tests fail on it."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class PathCoverage(Value):
    """How often a path (with its label) occurs, and what became of its values."""

    path: str
    """Path in the entry."""
    label: str = ""
    """The label that qualifies it."""
    coverage: Coverage = Coverage.MAPPED
    """What became of the values."""
    count: int = 0
    """How many values."""
    note: str = ""
    """The field that holds them, or the reason why they are structural."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Audit(Displayable):
    """What was read, and what was not.

    >>> import sanctionslib as sl
    >>> audit = sl.read(sl.open_sample(), list_id="us_ofac_sdn").audit
    >>> audit.declared, audit.read, audit.converted, audit.rejected
    (26, 26, 26, 0)
    """

    declared: int | None = None
    """Entries that the source declares; None where it declares none."""
    read: int = 0
    """Entries found."""
    converted: int = 0
    """Entities made of them."""
    issues: tuple[Issue, ...] = ()
    """Faults, in document order."""
    omitted: tuple[Omitted, ...] = ()
    """Rows that are no parties."""
    unmapped: tuple[Unmapped, ...] = ()
    """Values without a field, by path and label, most frequent first."""
    unknown_codes: tuple[UnknownCode, ...] = ()
    """Codes that our tables do not have."""
    paths: tuple[PathCoverage, ...] = ()
    """All paths with what became of them; filled by `read(…, keep_source=True)`."""
    editions: tuple[Edition, ...] = ()
    """What was read."""

    @property
    def rejected(self) -> int:
        """Number of entries that could not become an entity."""
        return sum(issue.kind is IssueKind.REJECTED for issue in self.issues)

    def share(self, coverage: Coverage | str) -> float | None:
        """Share of the non-structural values that were used so, 0 to 1; None without `keep_source`."""
        coverage = member(Coverage, coverage, "coverage")
        counts = [each for each in self.paths if each.coverage is not Coverage.STRUCTURAL]
        total = sum(each.count for each in counts)
        if not total:
            return None
        return sum(each.count for each in counts if each.coverage is coverage) / total

    def __repr__(self) -> str:
        declared = "undeclared" if self.declared is None else f"{self.declared:,} declared"
        unmapped = sum(each.count for each in self.unmapped)
        return (
            f"<Audit {declared}, {self.read:,} read, {self.converted:,} converted, "
            f"{self.rejected:,} rejected, issues: {len(self.issues):,}, values without a field: "
            f"{unmapped:,}>"
        )
