"""Hits of a search, and the result of each screened record: never that somebody is clear."""

from __future__ import annotations

import enum
from collections.abc import Iterator

import attrs

from sanctionslib.answers.comparison import Comparison, Reason
from sanctionslib.answers.rows import HitRow, ResultRow, Tabular
from sanctionslib.answers.selection import Selection
from sanctionslib.model.dates import PartialDate
from sanctionslib.model.displayable import Displayable, Value
from sanctionslib.model.entity import Entity
from sanctionslib.model.identifiers import Identifier
from sanctionslib.model.names import AliasStrength, Name, NameKind
from sanctionslib.model.places import Country
from sanctionslib.model.provenance import Edition


class Agreement(enum.Enum):
    """Whether a list agrees with a fact that was given."""

    AGREES = "agrees"
    CONFLICTS = "conflicts"
    UNKNOWN = "unknown"
    """The list states none, or one that cannot be read, or none was given."""


class ComparedFact(enum.Enum):
    """The facts beside the name that are compared."""

    BIRTH_DATE = "birth date"
    COUNTRY = "country"
    IDENTIFIER = "identifier"


class WeakAliases(enum.Enum):
    """How a weak alias (`AliasStrength.WEAK`) counts in a search."""

    CONFIRM = "confirm"
    """Alone its hit is suppressed: it counts where another fact agrees, by OFAC's FAQ 124 and 125."""
    EXCLUDE = "exclude"
    """It is not searched."""
    INCLUDE = "include"
    """It counts as any other name."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class FactCheck(Value):
    """A fact that was given, and what the list states of it."""

    fact: ComparedFact
    """Which fact."""
    verdict: Agreement
    """Whether they agree."""
    given: str
    """The fact as given; of several countries all of them, for they are checked as one fact."""
    listed: tuple[str, ...] = ()
    """What the list states, as printed there; empty where it states none."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Subject(Value):
    """Who is searched: names, and what else is known.

    >>> import sanctionslib as sl
    >>> sl.Subject(names=("Benazir Ahmed",), kind="person").names
    ('Benazir Ahmed',)
    """

    names: tuple[str, ...] = ()
    """The names that are searched, the main one first; empty where only numbers are."""
    kind: str | None = None
    """`Entity.kind` of what it is: "person", "organization" …; None where that is not known."""
    kinds: tuple[str, ...] = ()
    """Where it can be of several kinds: these, and `kind` is None."""
    birth_date: PartialDate | None = None
    """Date of birth, as far as known; a year alone is good."""
    countries: tuple[Country, ...] = ()
    """Its countries: nationality, residence, seat, flag."""
    identifiers: tuple[str, ...] = ()
    """Numbers, as printed: passport, registration, IMO, wallet."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class SearchContext(Value):
    """What was searched, and how: the same context gives the same hits."""

    editions: tuple[Edition, ...] = ()
    """The editions, with dates and hashes."""
    selection: Selection = Selection()
    """How the entities were chosen that were searched; without criteria for whole lists."""
    entities: int = 0
    """How many entities were searched; the kind of a subject excludes those of other kinds."""
    names: int = 0
    """How many of their names were searched."""
    method: str = ""
    """The scorer, with its version."""
    ranking: str = ""
    """The rule, with its version, by which facts enter the order of hits."""
    min_score: float = 0.0
    """The threshold: names below this score are no hits."""
    weak_aliases: WeakAliases = WeakAliases.CONFIRM
    """How weak aliases counted."""
    limit: int | None = None
    """How many hits are given at most; None where all were asked for (`limit=0`)."""
    library: str = ""
    """The version of this library."""


_NO_ALIASES = (NameKind.PRIMARY, NameKind.VARIATION, NameKind.ORIGINAL_SCRIPT)
"""The name itself, in another spelling or script."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Hit(Displayable):
    """A party that matches, with the evidence: the name, the numbers, and the other facts."""

    entity: Entity
    """The party: of several entities of it, the one whose name matches best."""
    score: float
    """Score of the name alone, 0 to 1; 0 where only a number matches."""
    rank: float
    """What hits are ordered by: the score, with the other facts by the rule `SearchContext.ranking`."""
    name: Name | None = None
    """The listed name that matches, with its strength; None where only a number does."""
    query: str | None = None
    """The searched name that matches."""
    comparison: Comparison | None = None
    """The comparison of the two names, token by token."""
    facts: tuple[FactCheck, ...] = ()
    """The other facts that were given: which agree, conflict, or are not known."""
    identifiers: tuple[Identifier, ...] = ()
    """Numbers of the party that are exactly those given."""
    kind_unstated: bool = False
    """True where a kind was asked for and the list does not state this party's."""
    also: tuple[Entity, ...] = ()
    """Entities of the same party on other lists."""

    @property
    def strength(self) -> AliasStrength | None:
        """The strength of the listed name; None where only a number matches."""
        return None if self.name is None else self.name.strength

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it is a hit: a number, an alias, and the reasons of the comparison."""
        found: list[Reason] = []
        if self.identifiers:
            found.append(Reason.NUMBER)
        if self.strength is AliasStrength.WEAK:
            found.append(Reason.WEAK_ALIAS)
        elif self.name is not None and self.name.kind not in _NO_ALIASES:
            found.append(Reason.ALIAS)
        if self.comparison is not None:
            found.extend(self.comparison.reasons)
        return tuple(found)

    @property
    def conflicts(self) -> tuple[FactCheck, ...]:
        """The facts that conflict."""
        return tuple(one for one in self.facts if one.verdict is Agreement.CONFLICTS)

    @property
    def agrees(self) -> tuple[FactCheck, ...]:
        """The facts that agree."""
        return tuple(one for one in self.facts if one.verdict is Agreement.AGREES)

    def __repr__(self) -> str:
        by = repr(self.name.text) if self.name is not None else "number"
        facts = "".join(
            f", {one.fact.value} {one.verdict.value}"
            for one in self.facts
            if one.verdict is not Agreement.UNKNOWN
        )
        return f"<Hit {self.entity.id} {self.entity.name!r} by {by} {self.score:.3f}{facts}>"


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Problem(Value):
    """Something in a record, or in what is searched, that kept it, or a value, from being compared."""

    what: str
    """What is wrong, in words."""
    field: str | None = None
    """The field or column; None where it is the whole record."""
    value: str = ""
    """The value at fault, shortened."""
    skipped: bool = False
    """True where the record could not be screened at all; else it was, without this value."""

    @property
    def label(self) -> str:
        """One line: the field, and what is wrong."""
        return f"{self.field}: {self.what}" if self.field else self.what


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Hits(Displayable, Tabular[HitRow]):
    """The answer of `SanctionsList.search`: sized, iterable, best first.

    No hit proves only that no name of these editions reaches the threshold of this scorer: `context`
    says what was searched, `suppressed` which parties match by a weak alias alone.

    >>> import sanctionslib as sl
    >>> hits = sl.sample().search("Rapid Action Batalion")
    >>> hits[0].entity.id, hits[0].name.text
    ('us_ofac_sdn:33951', 'RAPID ACTION BATTALION')
    """

    hits: tuple[Hit, ...] = ()
    """The hits, best first; one per party."""
    more: int = 0
    """How many further hits `limit` cut off."""
    suppressed: tuple[Hit, ...] = ()
    """Parties that match by a weak alias alone, and that no other fact confirms."""
    problems: tuple[Problem, ...] = ()
    """What was given and could not be compared: a name of several, a date that is not read."""
    subject: Subject
    """Who was searched, without what `problems` names."""
    context: SearchContext
    """What was searched, and how."""

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __getitem__(self, position: int) -> Hit:
        return self.hits[position]

    def __repr__(self) -> str:
        who = " / ".join(self.subject.names or self.subject.identifiers)
        more = f" and {self.more} more" if self.more else ""
        best = f", best {self.hits[0].entity.name!r} {self.hits[0].score:.3f}" if self else ""
        return (
            f"<Hits of {who!r}: {len(self)}{more} at {self.context.min_score:g} or more"
            f" by {self.context.method}{best}>"
        )


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class ScreeningResult(Displayable, Tabular[ResultRow]):
    """The result of one record. It has no truth value, and never says "clear".

    Look at `hits` and `problems`: a record with neither was compared with what `context` names, by
    that scorer, and no name reached the threshold. It proves no more.
    """

    key: str
    """The record's key: that of its key field, else its position."""
    position: int
    """Its place in the input, from 1."""
    hits: tuple[Hit, ...] = ()
    """The hits, best first; one per party."""
    more: int = 0
    """How many further hits `limit` cut off."""
    suppressed: tuple[Hit, ...] = ()
    """Parties that match by a weak alias alone, and that no other fact confirms."""
    problems: tuple[Problem, ...] = ()
    """What was wrong with the record."""
    subject: Subject | None = None
    """Who was searched; None where the record could not be read."""
    context: SearchContext
    """What was searched, and how."""

    @property
    def skipped(self) -> bool:
        """True where the record could not be screened at all."""
        return self.subject is None or any(one.skipped for one in self.problems)

    def __bool__(self) -> bool:
        raise TypeError(
            "a ScreeningResult is neither true nor false: look at its hits and at its problems"
        )

    def __repr__(self) -> str:
        counts = (
            ("hits", len(self.hits) + self.more),
            ("suppressed", len(self.suppressed)),
            ("problems", len(self.problems)),
        )
        shown = [f"{name}: {count}" for name, count in counts if count or name == "hits"]
        if self.skipped:
            shown[0] = "not screened"
        return f"<ScreeningResult {self.key!r} {', '.join(shown)}>"
