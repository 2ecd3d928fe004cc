"""Where a statement comes from: Edition (one publication of a list), Origin, and the raw Source."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Literal, overload

import attrs

from sanctionslib.model.displayable import Value
from sanctionslib.model.facts import COUNTRY_PARTS, Fact
from sanctionslib.model.words import member


class Scope(enum.Enum):
    """How much of the list an edition holds."""

    WHOLE = "whole"
    """All that the publisher published that day."""
    CUSTOM = "custom"
    """A part, chosen by the filter that `Edition.filter` names."""
    SAMPLE = "sample"
    """A small file for learning and tests; never the list."""


class IdStability(enum.Enum):
    """How long the source ids of a list mean the same party."""

    STABLE = "stable"
    """The publisher keeps them from one edition to the next."""
    EDITION = "edition"
    """Some change with the content of the entry (hashes in the CSL); equal ids are one party."""
    BUILT = "built"
    """The source has none, or numbers its entries anew: we built them."""


def published_words(published: date | None) -> str:
    """The date of an edition as it is named everywhere: the day, or that it is not known.

    >>> published_words(date(2021, 12, 10)), published_words(None)
    ('2021-12-10', 'date unknown')
    """
    return "date unknown" if published is None else str(published)


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Edition(Value):
    """One publication of one list in one format, as it was read.

    >>> import sanctionslib as sl
    >>> edition = sl.sample().editions[0]
    >>> edition.list_id, edition.published, edition.scope
    ('us_ofac_sdn', datetime.date(2021, 12, 10), <Scope.SAMPLE: 'sample'>)
    """

    list_id: str
    """List id, those of OpenSanctions: `us_ofac_sdn`."""
    id_space: str = ""
    """Whose keys the source ids are: lists with the same one (`ofac`) share their ids."""
    id_stability: IdStability = attrs.field(default=IdStability.STABLE, eq=False)
    """How long the source ids mean the same party; `diff` pairs by it. Outside equality."""
    publisher: str = ""
    """Who publishes the list, in words."""
    title: str = ""
    """What the publisher calls the list or the file."""
    format: str = ""
    """Format name, as `ofac-classic-xml`; `sanctionslib formats` lists them."""
    category: str = attrs.field(default="sanctions", eq=False)
    """What being on the list means: "sanctions", "export control" or "debarment"; outside equality."""
    published: date | None = None
    """The date as the source writes it, never converted between time zones; None where unknown."""
    dated_by: Literal["file", "caller", "http"] | None = None
    """Where the date is from: the file, the caller of `read`, the server; None where unknown."""
    generated_at: str | None = None
    """The source's own time of generation, verbatim, where it has one."""
    retrieved_at: datetime | None = None
    """When it was downloaded (UTC), where we did that."""
    scope: Scope = Scope.WHOLE
    """How much of the list it holds."""
    filter: str | None = None
    """The filter behind a CUSTOM scope, in words."""
    lists: tuple[str, ...] | None = attrs.field(default=None, eq=False)
    """The named lists whose membership it can state, as the SDN List for SDN.XML; None for any."""
    members: tuple[str, ...] = attrs.field(default=(), eq=False)
    """Names of the files that make it up; outside equality."""
    missing: tuple[str, ...] = ()
    """Names of the files that belong to it and were not there."""
    declared: int | None = None
    """Number of entries that the source itself declares."""
    repairs: int = 0
    """Faults that were repaired so that its file could be read at all, see `read(…, repair=True)`."""
    sha256: str | None = None
    """Hash of the file as read, in hexadecimal; of several files that of their hashes, sorted and
    joined by line feeds."""
    supported_facts: frozenset[Fact] | None = attrs.field(default=None, eq=False)
    """The facts that this edition can state; None where anything may be stated (own lists)."""
    alternative_sources: tuple[tuple[Fact, str], ...] = attrs.field(default=(), eq=False)
    """For facts that it cannot state: where they can be found."""

    @property
    def label(self) -> str:
        """One line: list, date, format, and a word where it is not the whole list."""
        parts = [self.list_id, published_words(self.published), self.format]
        if self.scope is Scope.SAMPLE:
            parts.append("SAMPLE, not the whole list")
        elif self.scope is Scope.CUSTOM:
            parts.append(f"PART of the list: {self.filter or 'filtered'}")
        if self.missing:
            parts.append(f"INCOMPLETE, without {', '.join(self.missing)}")
        if self.repairs:
            parts.append(f"REPAIRED, faults of the file: {self.repairs:,}")
        return " · ".join(part for part in parts if part)

    @property
    def is_sample(self) -> bool:
        """True for the bundled sample and anything made from it."""
        return self.scope is Scope.SAMPLE

    def supports(self, fact: Fact | str) -> bool:
        """Whether an entity of this edition could have this fact, or the fact of this word."""
        fact = member(Fact, fact, "fact")
        if self.supported_facts is None:
            return True
        facts = COUNTRY_PARTS if fact is Fact.COUNTRY else (fact,)
        return not self.supported_facts.isdisjoint(facts)

    def is_partially_supported(self, fact: Fact | str) -> bool:
        """Whether its format has the fact, and what is missing of it could hold it.

        Then some of its entities may have it; of the others it is not known.

        >>> import sanctionslib as sl
        >>> cut = sl.Edition(list_id="example", missing=("ADD.CSV",), supported_facts=frozenset())
        >>> cut.supports(sl.Fact.ADDRESS), cut.is_partially_supported(sl.Fact.ADDRESS)
        (False, True)
        """
        fact = member(Fact, fact, "fact")
        is_never = any(never is fact for never, _ in self.alternative_sources)
        return bool(self.missing) and not self.supports(fact) and not is_never

    def alternative_source(self, fact: Fact | str) -> str | None:
        """Where a fact that is not stated here can be found."""
        fact = member(Fact, fact, "fact")
        if self.is_partially_supported(fact):
            return f"read the whole set: this one lacks {', '.join(self.missing)}"
        return dict(self.alternative_sources).get(fact)


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Origin(Value):
    """The place of an entry in the source."""

    member: str = ""
    """File name or archive member."""
    line: int | None = None
    """Line or row, from 1. In XML beyond line 65,535 it is that of the entry's first text, because
    libxml2 counts no further for elements."""
    path: str = ""
    """Path of the entry, as `sdnList/sdnEntry`."""


class Source(Sequence[tuple[str, str]]):
    """The source of one entity: (path, value) pairs in document order, values exact.

    Kept as two tuples, because the paths of most entries are the same and can be shared.
    """

    # No attrs class or dataclass: msgspec would write and read it by its fields, not as pairs.
    __slots__ = ("paths", "values")

    paths: tuple[str, ...]
    """Paths relative to the entry, `idList/id/idType`; of attributes `path@name`."""
    values: tuple[str, ...]
    """The value at each path."""

    def __init__(self, paths: tuple[str, ...], values: tuple[str, ...]) -> None:
        object.__setattr__(self, "paths", paths)
        object.__setattr__(self, "values", values)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a Source cannot be changed: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a Source cannot be changed: {name}")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Source):
            return NotImplemented
        return self.paths == other.paths and self.values == other.values

    def __hash__(self) -> int:
        return hash((self.paths, self.values))

    def __reduce__(self) -> tuple[object, ...]:
        return (Source, (self.paths, self.values))

    def __len__(self) -> int:
        return len(self.values)

    @overload
    def __getitem__(self, index: int) -> tuple[str, str]: ...
    @overload
    def __getitem__(self, index: slice) -> list[tuple[str, str]]: ...
    def __getitem__(self, index: int | slice) -> tuple[str, str] | list[tuple[str, str]]:
        if isinstance(index, slice):
            return list(zip(self.paths[index], self.values[index], strict=True))
        return self.paths[index], self.values[index]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return zip(self.paths, self.values, strict=True)

    def __repr__(self) -> str:
        return f"<Source of {len(self)} values>"

    def get(self, path: str) -> tuple[str, ...]:
        """All values at one path, in document order."""
        return tuple(value for at, value in self if at == path)
