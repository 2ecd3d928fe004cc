"""Entities as tables: flat rows for data frames, and one row per name for CSV.

A cell holds one value. Where a party has several, they are joined by "; " in the order of the
source, each once; so a row is for reading, sorting and counting, and JSON for everything else.
"""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import NoneType
from typing import Any, TypeAlias, TypedDict, cast

from sanctionslib.model import (
    Address,
    AliasStrength,
    Authority,
    Birth,
    Country,
    Designation,
    Entity,
    Event,
    Gender,
    Identifier,
    Listing,
    Nationality,
    PartialDate,
    Person,
    Place,
    Relation,
)
from sanctionslib.model.fields import fields_of
from sanctionslib.serialize import KINDS

__all__ = ["NAME_COLUMNS", "Row", "csv_line", "csv_lines", "guarded", "name_lines", "rows"]


class Row(TypedDict):
    """A party in one row of plain values; always the same columns in the same order.

    Several values are joined by "; "; an absent value is None, never "". None says that the source
    states no such value of this party, or that its format never states it: `Edition.supports`
    tells which.

    A date is one text, as `str(PartialDate)`, or two days (`datetime.date`) that it lies between. A
    circa date has its text and no days: it may lie outside the interval that it names, and a day
    looks exact.
    """

    id: str
    """`list_id:source_id`."""
    list_id: str
    """The list's id."""
    source_id: str | None
    """The publisher's own key."""
    kind: str
    """entity (where the source does not say), person, organization, vessel, aircraft."""
    name: str | None
    """The primary name."""
    aliases: str | None
    """All other names, weak ones too."""
    weak_aliases: str | None
    """Those of them that the publisher calls weak."""
    programs: str | None
    """Program codes."""
    lists: str | None
    """Named lists."""
    authorities: str | None
    """Codes of those who designated."""
    listed_since: str | None
    """The earliest date of listing, as `str(PartialDate)`; None where it is not stated."""
    listed_earliest: date | None
    """First day that fits the earliest date of listing; None for a circa date."""
    listed_latest: date | None
    """Last day that fits it; the same one where it is an exact day."""
    countries: str | None
    """Codes of all countries of the party (`Entity.countries`); the source's text without code."""
    nationalities: str | None
    """Codes of nationalities; the source's text where there is no code."""
    citizenships: str | None
    """Codes of citizenships; the source's text where there is no code."""
    birth_dates: str | None
    """Dates of birth, as `str(PartialDate)`."""
    birth_earliest: date | None
    """First day that fits the date of birth; None unless exactly one is stated, and is read, and
    is not circa."""
    birth_latest: date | None
    """Last day that fits it; None in the same cases, and where its range is open."""
    birth_places: str | None
    """Places of birth."""
    genders: str | None
    """Genders."""
    titles: str | None
    """Titles, then positions."""
    addresses: str | None
    """Addresses, each in one line."""
    identifiers: str | None
    """Numbers, as "Passport A1234567 (BD)": the source's label, the number, who issued it."""
    linked_to: str | None
    """Names of the parties that its own entry links it to, or their keys."""
    remarks: str | None
    """The source's remarks."""
    edition: str | None
    """What was read, in one line; says also where it is a sample, a part, or incomplete."""


def rows(entities: Iterable[Entity]) -> list[Row]:
    """Make one flat row of each entity; `pandas.DataFrame(rows(entities))` works.

    >>> import sanctionslib as sl
    >>> mine = sl.Person(
    ...     id="watch:1",
    ...     names=(sl.Name(text="EXAMPLE PERSON"), sl.Name(text="EXAMPLE", kind=sl.NameKind.AKA)),
    ...     births=(sl.Birth(date=sl.PartialDate.parse("Mar 1971")),),
    ... )
    >>> row = rows([mine])[0]
    >>> row["name"], row["aliases"], row["weak_aliases"]
    ('EXAMPLE PERSON', 'EXAMPLE', None)
    >>> row["birth_dates"], row["birth_earliest"], row["birth_latest"]
    ('1971-03', datetime.date(1971, 3, 1), datetime.date(1971, 3, 31))
    """
    return [_row(one, type(one)) for one in entities]


def _row(one: Entity, kind: Any) -> Row:  # noqa: ANN401 (a class of entities)
    return cast("Row", {name: cell(of(one)) for name, of in _columns(kind).items()})


_Values: TypeAlias = Callable[[Any], Sequence[object]]
"""Gives the values of a column of an entity."""


@functools.cache
def _columns(kind: Any) -> Mapping[str, _Values]:  # noqa: ANN401 (a class of entities)
    """What gives the values of each column for a kind of entities, in the order of `Row`.

    A column is that of the fields that name it (`model.fields.about`), or one that is derived; a
    field with a column that `Row` does not name comes last.
    """
    named = (one.column for each in KINDS.values() for one in fields_of(each) if one.column)
    found: dict[str, _Values] = dict.fromkeys([*Row.__annotations__, *named], _no_values)
    for one in fields_of(kind):
        if one.column:  # titles, then positions
            found[one.column] = _both(found[one.column], _of_field(one.name))
    for one in fields_of(Designation):
        if one.column:
            found[one.column] = _of_designations(one.name)
    for cls, derived in _DERIVED.items():
        if issubclass(kind, cls):
            found.update(derived)
    return found


def _no_values(_: Entity) -> Sequence[object]:
    return ()


def _both(first: _Values, second: _Values) -> _Values:
    return second if first is _no_values else lambda one: (*first(one), *second(one))


def _of_field(name: str) -> _Values:
    def of(one: object) -> Sequence[object]:
        value = getattr(one, name)
        if isinstance(value, tuple):
            return cast("tuple[object, ...]", value)
        return _stated(value)

    return of


def _stated(value: object) -> Sequence[object]:
    return () if value is None else (value,)


def _of_designations(name: str) -> _Values:
    of = _of_field(name)
    return lambda one: [value for each in one.designations for value in of(each)]


def first_day(day: PartialDate | None) -> date | None:
    """The first day that fits a date; None for a circa date."""
    return None if day is None or day.circa else day.earliest


def last_day(day: PartialDate | None) -> date | None:
    """The last day that fits a date; None for a circa date."""
    return None if day is None or day.circa else day.latest


def _born(person: Person) -> PartialDate | None:
    """The date of birth, where exactly one is stated."""
    dates = person.birth_dates
    return dates[0] if len(dates) == 1 else None


_DERIVED: Mapping[type[Entity], Mapping[str, _Values]] = {
    Entity: {
        "id": lambda one: (one.id,),
        "list_id": lambda one: (one.list_id,),
        "source_id": lambda one: (one.source_id,),
        "kind": lambda one: (one.kind,),
        "name": lambda one: (one.name,),
        "aliases": lambda one: one.aliases,
        "weak_aliases": lambda one: [
            name for name in one.aliases if name.strength is AliasStrength.WEAK
        ],
        "listed_since": lambda one: _stated(one.listed_since),
        "listed_earliest": lambda one: _stated(first_day(one.listed_since)),
        "listed_latest": lambda one: _stated(last_day(one.listed_since)),
        "countries": lambda one: one.countries,
        "edition": lambda one: _stated(one.edition and one.edition.label),
    },
    Person: {
        "birth_dates": lambda one: one.birth_dates,
        "birth_earliest": lambda one: _stated(first_day(_born(one))),
        "birth_latest": lambda one: _stated(last_day(_born(one))),
        "birth_places": lambda one: one.birth_places,
    },
}
"""The values of the columns that are not those of a field."""


def cell(values: Sequence[object]) -> str | date | None:
    """Values in one cell: a day alone as it is, everything else as text; None where there are none."""
    if not values:  # mostly
        return None
    if len(values) == 1:
        value = values[0]
        return (value if isinstance(value, (str, date)) else _text(value)) or None
    return joined(values)


def joined(values: Iterable[object]) -> str | None:
    """Values in one cell, as text; None where there are none."""
    texts = (_text(one) for one in values)
    return "; ".join(dict.fromkeys(one for one in texts if one)) or None


def _text(value: object) -> str:
    """A value in one cell; "" where there is none."""
    return _TEXTS.get(type(value), str)(value)


def _place(place: Place) -> str:
    pieces = (place.city, place.state, place.country and str(place.country))
    return place.text or ", ".join(piece for piece in pieces if piece)


def _identifier(one: Identifier) -> str:
    label = one.raw_kind or (one.kind.value if one.kind else "")
    issuer = f"({_text(one.country)})" if one.country else ""
    return " ".join(part for part in (label, one.value, issuer) if part)


_TEXTS: Mapping[type[object], Callable[[Any], str]] = {
    NoneType: lambda _: "",
    Country: lambda value: value.code or value.raw,
    Nationality: lambda value: value.country.code or value.country.raw,
    Place: _place,
    Identifier: _identifier,
    Address: lambda value: value.text,
    Authority: lambda value: value.code,
    Listing: lambda value: value.list_name,
    Relation: lambda value: str(value.to),
    Gender: lambda value: value.value,
    Birth: lambda value: ", ".join(_text(one) for one in (value.date, value.place) if one),
    Event: lambda value: (
        f"{value.kind.value if value.kind else value.raw_kind} {value.date}".strip()
    ),
}
"""What shows a value in a cell, where that is not its text."""


# ── names as CSV ──────────────────────────────────────────────────────────────────────────────

NAME_COLUMNS = (
    "id", "list_id", "kind", "name", "name_kind", "strength", "is_primary", "script", "language",
    "programs", "lists", "listed_since", "listed_earliest", "listed_latest", "edition",
)  # fmt: skip
"""The columns of a table of names, in their order."""

_DIVIDE = r";|\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029"
"""At what programs divide cells and rows, apart from the comma, which CSV has in quotes."""
_OVER = (
    r"\x00-\x08\x0e-\x1b\x1f \xa0\xad\u1680\u2000-\u200f\u202a-\u202f\u205f-\u2069\u3000\ufeff\""
)
"""What a program may pass over before a sign: blanks, hidden characters, and the quotes of CSV, which
are none for a program that does not divide at commas."""
_SIGNS = r"=+\-@\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
"""What a formula begins with, also in full width and small."""
_FORMULA = re.compile(
    rf"^(?=[\t\r\n])|(?:^|[{_DIVIDE}] ?)(?=[{_OVER}]*[{_SIGNS}])"  # of linear time
)


def name_lines(
    entities: Sequence[Entity],
    *,
    guard_formulas: bool | None = True,
    label: Callable[[Entity], str] | None = None,
) -> Iterator[str]:
    r"""Give the lines of a table with one row per name, as CSV (RFC 4180), the header first.

    A party without a name has a row of its own, with an empty name. `is_primary` is "true" for the
    first name of a party, else "false"; the other columns say what they do in `Row`, and an absent
    value is an empty cell.

    Args:
        entities: The parties.
        guard_formulas: Whether a cell that begins with = + - @ (also in full width), a tab or a
            line break gets a ' before it, and so does each such sign behind ; | or a tab or line
            break in a cell, where many programs begin another one. Spreadsheets run such cells as
            formulas, and names come from files of others. Turn it off where no spreadsheet is
            involved.
        label: What stands in the column `edition`; by default the label of the entity's own.

    Example:
        >>> import sanctionslib as sl
        >>> mine = sl.Vessel(id="watch:1", names=(sl.Name(text="=EXAMPLE"),))
        >>> [*name_lines([mine])][1]
        "watch:1,watch,vessel,'=EXAMPLE,primary,unstated,true,,,,,,,,\r\n"
    """
    yield csv_line(NAME_COLUMNS)
    for row in _name_rows(entities, label or _label):
        yield csv_line(row, guard_formulas=guard_formulas is not False)


def csv_lines(
    rows: Iterable[Mapping[str, object]],
    columns: Sequence[str],
    *,
    guard_formulas: bool | None = True,
) -> Iterator[str]:
    r"""Rows, those of a list or of an answer, as lines of CSV, the header first.

    Args:
        rows: The rows.
        columns: The columns that are wanted, in their order; see `columns_of`.
        guard_formulas: As in `name_lines`.

    Example:
        >>> import sanctionslib as sl
        >>> hits = sl.sample().search("Rapid Action Batalion")
        >>> [*csv_lines(hits.rows(), ("place", "score", "name", "listed_earliest"))]
        ['place,score,name,listed_earliest\r\n', '1,0.9847,RAPID ACTION BATTALION,2021-12-10\r\n']
    """
    yield csv_line(columns)
    for row in rows:
        yield csv_line((row[one] for one in columns), guard_formulas=guard_formulas is not False)


def csv_line(cells: Iterable[object], *, guard_formulas: bool = False) -> str:
    r"""A row of CSV (RFC 4180): numbers with four digits, "true" or "false", days as ISO text.

    >>> csv_line(["watch:1", "EXAMPLE, Jane", None, True, 0.98765])
    'watch:1,"EXAMPLE, Jane",,true,0.9877\r\n'
    """
    texts = map(_plain, cells)
    buffer = io.StringIO()
    # "\n" as the end of a line would leave a lone "\r" unquoted.
    csv.writer(buffer, lineterminator="\r\n").writerow(
        map(guarded, texts) if guard_formulas else texts
    )
    return buffer.getvalue()


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.4g}"
    return "" if value is None else str(value)


def _label(entity: Entity) -> str:
    return entity.edition.label if entity.edition is not None else ""


def guarded(cell: str) -> str:
    """A cell of which no spreadsheet runs any part as a formula: see `name_lines`.

    >>> guarded("=EXAMPLE"), guarded("EXAMPLE; =EXAMPLE"), guarded("AL-EXAMPLE; EXAMPLE-EXAMPLE")
    ("'=EXAMPLE", "EXAMPLE; '=EXAMPLE", 'AL-EXAMPLE; EXAMPLE-EXAMPLE')
    """
    return _FORMULA.sub(r"\g<0>'", cell) if cell else cell


def _name_rows(entities: Sequence[Entity], label: Callable[[Entity], str]) -> Iterator[list[str]]:
    for one in entities:
        party = [
            joined(one.programs) or "",
            joined(one.listings) or "",
            str(one.listed_since or ""),
            str(first_day(one.listed_since) or ""),
            str(last_day(one.listed_since) or ""),
            label(one),
        ]
        for at, name in enumerate(one.names):
            yield [
                one.id,
                one.list_id,
                one.kind,
                name.text,
                name.raw_kind if name.kind is None else name.kind.value,
                name.strength.value,
                "false" if at else "true",
                name.script or "",
                name.language or "",
                *party,
            ]
        if not one.names:
            yield [one.id, one.list_id, one.kind, "", "", "", "", "", "", *party]
