"""HeldEdition: one edition as the archive holds it, its checks, and what is damaged."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal, overload

import attrs

from sanctionslib.model.displayable import Displayable, Value
from sanctionslib.model.provenance import Edition, Scope


class EditionStatus(enum.Enum):
    """Whether the edition of a list may be used."""

    VALID = "valid"
    """It passed every check."""
    OVERRIDDEN = "overridden"
    """It failed a check, and a person accepted it; `HeldEdition.reason` says why."""
    QUARANTINED = "quarantined"
    """It failed a check. It is kept, and not usable until a person accepts it."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Check(Value):
    """One figure of an edition, compared with the last good edition or with a limit.

    >>> Check(name="entries", value=375, before=639, least=607).passed
    False
    """

    name: str
    """What is counted: `entries`, `kind person`, `list SDN List`, `field births`, `identifier passport`,
    `rejected`, `gone from the end`, `date`."""
    value: int
    """The figure of this edition. For `date` it is the day as a number, 20211210."""
    before: int | None = None
    """The same figure of the edition that it is compared with; None where there is none."""
    least: int | None = None
    """The smallest figure that passes; None where there is no limit."""
    most: int | None = None
    """The largest figure that passes; None where there is no limit."""
    against: str = ""
    """The edition that it is compared with: its date and the start of its hash."""

    @property
    def passed(self) -> bool:
        """True where the figure is within the limits."""
        above = self.least is None or self.value >= self.least
        return above and (self.most is None or self.value <= self.most)


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class HeldFile(Value):
    """One file of an edition, as it was received."""

    name: str
    """Its name: `SDN.CSV`."""
    stored: str
    """The name of the file in the archive: `SDN.CSV.gz`."""
    size: int
    """Size in bytes, unpacked."""
    sha256: str
    """Hash of the bytes, unpacked, in hexadecimal."""
    packed: str = ""
    """The zip that it came in, where it came in one: `SDN_ENHANCED.ZIP`."""
    packed_sha256: str = ""
    """Hash of that zip as it was received, to compare with what its publisher states."""
    url: str = ""
    """The address that was asked, never the one that it was redirected to."""
    etag: str = ""
    """The server's `ETag`, verbatim."""
    last_modified: str = ""
    """The server's `Last-Modified`, verbatim."""
    published_hash: str = ""
    """The hash that the publisher states, as `sha256:…`, where it states one; it agreed."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class HeldEdition(Displayable):
    """One edition of a list as the archive holds it: its date, source, files and checks.

    `sanctionslib.load(list_id, as_of=…)` reads who is listed in it.
    """

    list_id: str
    """List id, as `us_ofac_sdn`."""
    format: str
    """Format name, as `ofac-enhanced-xml`."""
    sha256: str
    """Hash of the edition, as `Edition.sha256`."""
    folder: str
    """The path of its folder."""
    publisher: str = ""
    """Who publishes the list, in words."""
    title: str = ""
    """What the publisher calls it."""
    published: date | None = None
    """The date of the edition."""
    dated_by: Literal["file", "caller", "http"] | None = None
    """Where the date is from: the file, the person who added it, or the server."""
    retrieved_at: datetime | None = None
    """When it was downloaded (UTC); None for files that people added."""
    added_at: datetime
    """When it came into the archive (UTC)."""
    checked_at: datetime | None = None
    """When the server last said that this is its newest edition, or it was downloaded (UTC)."""
    scope: Scope = Scope.WHOLE
    """How much of the list it holds."""
    filter: str | None = None
    """The filter behind a CUSTOM scope."""
    missing: tuple[str, ...] = ()
    """Files or parts that belong to it and were not there."""
    lacks_entries: bool = False
    """True where entries are missing, and not only files with details of them."""
    entries: int = 0
    """Number of parties in it."""
    files: tuple[HeldFile, ...] = ()
    """The files that it consists of."""
    status: EditionStatus = EditionStatus.VALID
    """Whether it may be used."""
    checks: tuple[Check, ...] = ()
    """Every check that was made when it came in."""
    reason: str = ""
    """Why a person accepted it."""
    overridden_at: datetime | None = None
    """When a person accepted it (UTC)."""

    @property
    def day(self) -> date:
        """The day of its publication, else of its download or arrival."""
        return self.published or (self.retrieved_at or self.added_at).date()

    @property
    def name(self) -> str:
        """The name of its folder: day and start of the hash, `2021-12-10-3f6ab0c1`."""
        return f"{self.published or 'undated'}-{self.sha256[:8]}"

    @property
    def is_whole(self) -> bool:
        """True where it holds all that was published: only such an edition can be the current one."""
        return self.scope is Scope.WHOLE and not self.missing

    @property
    def is_usable(self) -> bool:
        """True where it can say who was on the list: all entries are there, and it is not quarantined."""
        whole = self.scope is Scope.WHOLE and not self.lacks_entries
        return whole and self.status is not EditionStatus.QUARANTINED

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that it did not pass."""
        return tuple(one for one in self.checks if not one.passed)

    @property
    def label(self) -> str:
        """One line: list, date, format, and whether it is not the whole list or quarantined."""
        edition = Edition(
            list_id=self.list_id,
            published=self.published,
            format=self.format,
            scope=self.scope,
            filter=self.filter,
            missing=self.missing,
        )
        is_quarantined = self.status is EditionStatus.QUARANTINED
        return f"{edition.label}{' · QUARANTINED, not usable' if is_quarantined else ''}"

    def __repr__(self) -> str:
        entries = "1 entry" if self.entries == 1 else f"{self.entries:,} entries"
        return f"<HeldEdition {self.label} · {entries} · {self.sha256[:8]}>"


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class HeldEditions(Displayable):
    """The editions of a list that the archive holds, oldest first, quarantined ones included.

    It is what was kept, not what was published: a day without an edition is a day on which nothing
    was fetched.
    """

    list_id: str
    """The list."""
    editions: tuple[HeldEdition, ...] = ()
    """The editions, by day, then by the order in which formats are preferred."""
    current: HeldEdition | None = None
    """The newest that is whole and not quarantined: the one that `load` takes. Where there is none, it
    takes the newest that is not quarantined, with a warning."""
    gone: tuple[str, ...] = ()
    """The names of editions that came in, were not pruned, and are no longer there."""

    def __len__(self) -> int:
        return len(self.editions)

    def __iter__(self) -> Iterator[HeldEdition]:
        return iter(self.editions)

    @overload
    def __getitem__(self, index: int) -> HeldEdition: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[HeldEdition, ...]: ...
    def __getitem__(self, index: int | slice) -> HeldEdition | tuple[HeldEdition, ...]:
        return self.editions[index]

    def __repr__(self) -> str:
        span = f" from {self.editions[0].day} to {self.editions[-1].day}" if self.editions else ""
        return f"<HeldEditions of {self.list_id}: {len(self.editions):,} editions held{span}>"


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Fetched(Displayable):
    """The answer of `fetch`: which edition the server has, and whether it was new."""

    edition: HeldEdition
    """The edition that the server has."""
    is_new: bool
    """True where it was not held before."""
    received: int = 0
    """Bytes that were received; 0 where the server said that nothing had changed."""
    notes: tuple[str, ...] = ()
    """What was unusual: attempts that failed, other addresses tried."""

    def __repr__(self) -> str:
        word = "new" if self.is_new else "unchanged"
        return f"<Fetched {self.edition.label}: {word}, {self.received:,} bytes received>"


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class ArchiveFault(Value):
    """Something in the archive that is not as it was stored."""

    path: str
    """The file or folder."""
    what: str
    """What is wrong with it, in one sentence."""
    what_to_do: str = ""
    """What to do about it."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Verification(Displayable):
    """The answer of `verify`: every file was read and hashed again.

    It has no truth value: look at `faults`, and at what was looked at.
    """

    home: str
    """The folder of the archive."""
    faults: tuple[ArchiveFault, ...] = ()
    """What is not as it was stored."""
    files: int = 0
    """Number of files that were hashed."""
    size: int = 0
    """Their size in bytes, unpacked."""
    stored: int = 0
    """The size on disk of all files of the archive, identical ones once."""
    editions: tuple[HeldEdition, ...] = ()
    """All editions that were looked at, faulty ones included."""

    def __bool__(self) -> bool:
        raise TypeError("a Verification is neither true nor false: look at `faults`")

    def __repr__(self) -> str:
        return (
            f"<Verification of {len(self.editions):,} editions, {self.files:,} files: "
            f"faults: {len(self.faults):,}>"
        )
