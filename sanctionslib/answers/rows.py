"""Rows of answers: what the columns of each hold, and the mixin that gives them.

`Tabular` is the one exception, beside `Displayable`, to the order of the layers: it imports `export`
when, and only when, rows are asked for.
"""

from __future__ import annotations

from datetime import date
from typing import Generic, Literal, TypedDict, TypeVar, cast


class HitRow(TypedDict):
    """A hit of a search: first the hits, best first, then the suppressed ones."""

    place: int
    """Its place, from 1."""
    status: Literal["hit", "suppressed"]
    """"suppressed" where a weak alias alone matches (`Hits.suppressed`): it is no hit."""
    score: float
    """Score of the name alone, 0 to 1; 0 where only a number matches."""
    rank: float
    """What hits are ordered by: the score with the other facts."""
    query: str | None
    """The searched name that matches; None where only a number does."""
    hit_name: str | None
    """The listed name that matches it."""
    hit_strength: str | None
    """Its strength in the publisher's view: strong, weak, unstated."""
    id: str
    """Id of the party; of several entities of it, of the one whose name matches best."""
    list_id: str
    """The list that has it."""
    name: str
    """Its primary name."""
    kind: str
    """entity (where the source does not say), person, organization, vessel, aircraft."""
    programs: str | None
    """Its program codes."""
    lists: str | None
    """Its named lists."""
    listed_since: str | None
    """Its earliest date of listing, as text; None where it is not stated."""
    listed_earliest: date | None
    """First day that fits the earliest date of listing; None for a circa date."""
    listed_latest: date | None
    """Last day that fits it; the same one where it is an exact day."""
    also: str | None
    """Ids of the party's entities on other lists."""
    birth_date_verdict: str | None
    """"agrees", "conflicts" or "unknown"; None where no birth date was given."""
    birth_date_listed: str | None
    """What the list states."""
    country_verdict: str | None
    """The same for countries."""
    country_listed: str | None
    """What the list states."""
    identifier_verdict: str | None
    """The same for numbers."""
    identifier_listed: str | None
    """What the list states."""
    problems: str | None
    """What was given and could not be compared."""
    edition: str | None
    """The edition that the party was read from, in one line."""
    looked_at: str | None
    """All editions that were searched, in one line each."""
    method: str
    """The scorer, with its version."""
    min_score: float
    """The threshold."""
    weak_aliases: str
    """How weak aliases counted."""


class ResultRow(TypedDict):
    """A hit of a screened record, or a record without: every record has a row, at least one.

    None of its rows says that somebody is clear.
    """

    position: int
    """The record's place in the input, from 1."""
    key: str
    """The record's key."""
    searched: str | None
    """The names that were searched."""
    status: Literal["hit", "suppressed", "no hit", "not screened"]
    """A row for each hit, and for each party that a weak alias alone matches; of a record with
    neither, one row: "no hit", or "not screened" where it could not be."""
    place: int | None
    """As in `HitRow`, as all columns to `identifier_listed`; None in a record without."""
    score: float | None
    """Score of the name alone."""
    rank: float | None
    """What hits are ordered by."""
    query: str | None
    """The searched name that matches."""
    hit_name: str | None
    """The listed name that matches it."""
    hit_strength: str | None
    """Its strength."""
    id: str | None
    """Id of the party."""
    list_id: str | None
    """The list that has it."""
    name: str | None
    """Its primary name."""
    kind: str | None
    """Its kind."""
    programs: str | None
    """Its program codes."""
    lists: str | None
    """Its named lists."""
    listed_since: str | None
    """Its earliest date of listing, as text; None where it is not stated."""
    listed_earliest: date | None
    """First day that fits the earliest date of listing."""
    listed_latest: date | None
    """Last day that fits it."""
    also: str | None
    """Ids of the party's entities on other lists."""
    birth_date_verdict: str | None
    """Whether the birth date agrees."""
    birth_date_listed: str | None
    """What the list states."""
    country_verdict: str | None
    """Whether the countries agree."""
    country_listed: str | None
    """What the list states."""
    identifier_verdict: str | None
    """Whether a number agrees."""
    identifier_listed: str | None
    """What the list states."""
    cut_off: int
    """How many further hits of the record `limit` cut off."""
    problems: str | None
    """What was wrong with the record."""
    edition: str | None
    """The edition that the party was read from, in one line."""
    looked_at: str | None
    """All editions that were searched, in one line each."""
    method: str
    """The scorer, with its version."""
    min_score: float
    """The threshold."""
    weak_aliases: str
    """How weak aliases counted."""


class ChangeRow(TypedDict):
    """A party that was added or removed, or one value that changed of a party that was amended."""

    change: Literal["added", "removed", "amended", "not compared", "only before", "only after"]
    """In a `ChangeLog` also "not compared": two editions that cannot be; then each party that is
    known to be in one of them alone has a row, "only before" or "only after"."""
    id: str | None
    """Id of the party, in the newer edition where it is in both; None for "not compared"."""
    list_id: str
    """The list."""
    name: str | None
    """The party's primary name."""
    kind: str | None
    """entity (where the source does not say), person, organization, vessel, aircraft."""
    programs: str | None
    """Its program codes."""
    field: str | None
    """Of "amended": the field, as `names` or `designations.programs`."""
    how: Literal["added", "removed", "altered", "order"] | None
    """Of "amended": what became of the value; "order" where only the values of the field changed
    places."""
    before: str | None
    """The value in the older edition; None where there is none."""
    after: str | None
    """The value in the newer edition; None where there is none."""
    paired_by: str | None
    """Of "amended": how the two entities were found to be one party."""
    old_date: date | None
    """The date of the older edition."""
    new_date: date | None
    """The date of the newer edition."""
    old_edition: str | None
    """The older edition, in one line."""
    new_edition: str | None
    """The newer edition, in one line."""
    note: str | None
    """Of "not compared": why."""


class LinkRow(TypedDict):
    """A link, from the party that states it to a party that it names; one row for each such party."""

    id: str
    """Id of the party that states it."""
    list_id: str
    """Its list."""
    name: str
    """Its primary name."""
    kind: str
    """Its kind."""
    link: str | None
    """How it is related to the other, "owned or controlled by"; None where our table lacks it."""
    raw_link: str | None
    """The source's word."""
    to_id: str | None
    """Id of the other party; None where it is not listed here."""
    to_name: str | None
    """Its primary name; of one that is not listed the name that the source gives."""
    to_kind: str | None
    """Its kind; None where it is not listed here."""
    is_ambiguous: bool
    """True where the name fits several parties: each has a row."""
    is_former: bool
    """True where the source says that it has ended."""
    followed: bool
    """Whether it was followed; always in a `Network`."""
    quality: str | None
    """The source's word on how sure it is."""
    note: str | None
    """The source's remark."""
    edition: str | None
    """The edition that states it, in one line."""


R = TypeVar("R")


class Tabular(Generic[R]):
    """The answers that are tables too."""

    __slots__ = ()

    def rows(self) -> list[R]:
        """Flat rows of plain values for tables and data frames: `pandas.DataFrame(answer.rows())`.

        Cells are texts, numbers, truth values and days; always the same columns in the same order.
        An absent value is None, and several are joined by "; ". The class of a row says what the
        columns hold.

        >>> import sanctionslib as sl
        >>> row = sl.sample().search("Rapid Action Batalion").rows()[0]
        >>> row["name"], round(row["score"], 3), row["list_id"]
        ('RAPID ACTION BATTALION', 0.985, 'us_ofac_sdn')
        """
        from sanctionslib.export.answer_rows import rows_of

        return cast("list[R]", rows_of(self))
