"""A list of one's own, filled in a spreadsheet: the CSV template, one row per party.

For lists without an official file: a company's own watch list, a table from a press statement.
`template_text` gives the header with an example row; `docs/guide/own-lists.md` explains the columns.

The first row names the columns, in any order; only `id` and `name` have to be there. Values of a
column that takes several are divided by "|", because ";" and "," stand inside addresses and company
names. Cells are stripped of blanks.

Spreadsheet programs change files, and each change is met: Excel of many European countries writes
";" between cells, "CSV UTF-8" begins with a byte-order mark, empty columns and rows follow the filled
ones, rows are cut behind their last filled cell, and dates come as 10.12.2021 or 12/10/2021, which
say nothing certain about day and month. What is not understood raises, with its row and column:
nothing of a list of one's own may be dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.errors import (
    InvalidInputError,
    ParseError,
    StructureChangedError,
    TruncatedError,
    Where,
)
from sanctionslib.model import (
    Address,
    AliasStrength,
    Authority,
    Birth,
    Country,
    Designation,
    Edition,
    Entity,
    EntityRef,
    Event,
    EventKind,
    Feature,
    FeatureKind,
    Gender,
    Identifier,
    IdentifierKind,
    LegalBasis,
    Listing,
    Measure,
    MeasureKind,
    Name,
    NameKind,
    Nationality,
    Origin,
    PartialDate,
    Relation,
    RelationKind,
)
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.parsers._engine.checks import date_said
from sanctionslib.parsers._engine.csv_rows import CsvRows, Row, first_cells, header_faults
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.format import Head, Options, Parsed
from sanctionslib.parsers._engine.maker import Maker
from sanctionslib.parsers._engine.rows import RowsFormat
from sanctionslib.parsers._engine.rules import KINDS, Fields, Group, Many, many, one, to
from sanctionslib.parsers._engine.source import Progress, Source
from sanctionslib.parsers._engine.values import place
from sanctionslib.parsers.own.spreadsheet import BROKEN, ROUNDED
from sanctionslib.reference import authorities, is_known_place, read_country

__all__ = ["FORMAT", "template_text"]

_T = TypeVar("_T")

# ── what a cell can hold ──────────────────────────────────────────────────────────────────────


def _fault(what: str, hint: str, column: str = "") -> ParseError:
    return ParseError(what, where=Where(path=column), hint=hint)


def _several(text: str) -> list[str]:
    """Several values."""
    if "\n" in text or "\r" in text:
        hint = "divide values by '|', and write each in one line"
        raise _fault("there is a line break between the values", hint)
    values = [each.strip() for each in text.split("|")]
    if not all(values):
        raise _fault(f"there is an empty value in {text!r}", "a '|' stands between two values only")
    if len(set(values)) != len(values):
        raise _fault(f"a value is given twice in {text!r}", "leave one out")
    return values


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _word(text: str, words: Mapping[str, _T]) -> _T:
    if (key := _folded(text)) not in words:
        raise _fault(f"{text!r} is none of its words", f"write {', '.join(words)}")
    return words[key]


def _labelled(text: str, words: Mapping[str, _T], example: str) -> tuple[_T, str]:
    """A value behind the word that says what it is."""
    label, colon, value = (part.strip() for part in text.partition(":"))
    if not colon or not value:
        raise _fault(f"{text!r} does not say what it is", f"write it as {example!r}")
    return _word(label, words), value


_KINDS = {kind.kind: kind for kind in KINDS}
_GENDERS = {each.value: each for each in Gender}
_RELATIONS = {each.value: each for each in RelationKind}
_MEASURES = {each.value: each for each in MeasureKind}
_IDENTIFIERS = {
    **{name.lower().replace("_", " "): each for name, each in IdentifierKind.__members__.items()},
    **{each.value.casefold(): each for each in IdentifierKind},
}


def _kind(text: str, entry: Entry) -> type[Entity]:
    """`person`, `organization`, `vessel` or `aircraft`; without it nothing is said of its kind."""
    return _word(text, _KINDS)


def _gender(text: str, entry: Entry) -> Gender:
    """`female` or `male`."""
    return _word(text, _GENDERS)


def _country(text: str, entry: Entry) -> Country:
    """An ISO code, as `BD`, or an English name."""
    if not is_known_place(text):
        hint = "write its ISO code, as BD, or its English name"
        raise _fault(f"{text!r} is no country that we know", hint)
    return read_country(text)


def _date(text: str, entry: Entry) -> PartialDate:
    """Dates as `2021-12-10`, `2021-12`, `2021`, `circa 1950` or `1950 to 1955`."""
    date = PartialDate.parse(text)
    if not date.is_read:
        hint = "write dates as YYYY-MM-DD (also 2021-12, 2021, circa 1950, 1950 to 1955), as text"
        raise _fault(f"{text!r} is no date that can be read", hint)
    return date


def _listed(text: str, entry: Entry) -> Event:
    """A date: an Event (listed) of the Listing, or without `list_name` of the Designation."""
    return Event(kind=EventKind.LISTED, date=_date(text, entry))


def _expires(text: str, entry: Entry) -> Event:
    """A date: an Event (expires) of the Listing, or without `list_name` of the Designation."""
    return Event(kind=EventKind.EXPIRES, date=_date(text, entry))


_ISSUER = re.compile(r"(.*\S)\s*\(([A-Z]{2})\)")


def _identifier(text: str, entry: Entry) -> Identifier:
    """`passport: X1234567 (BD)`: what it is, the number, and who issued it if known."""
    kind, value = _labelled(text, _IDENTIFIERS, "passport: X1234567 (BD)")
    issuer = _ISSUER.fullmatch(value)
    if issuer is not None:
        value = issuer[1]
    if ROUNDED.fullmatch(value):
        hint = "set the column to text, and write the number again"
        raise _fault(f"{value!r} is a number that lost its digits", hint)
    country = _country(issuer[2], entry) if issuer is not None else None
    return Identifier(kind=kind, value=value, country=country)


def _relation(text: str, entry: Entry) -> Relation:
    """`owned or controlled by: EXAMPLE HOLDING LLC`, or `…: #2` for the row with that id."""
    kind, name = _labelled(text, _RELATIONS, "owned or controlled by: EXAMPLE LLC")
    if not name.startswith("#"):
        return Relation(kind=kind, to=EntityRef(name=name))
    list_id = entry.reading.edition.list_id
    return Relation(kind=kind, to=EntityRef(id_space=list_id, source_id=name[1:].strip()))


def _measure(text: str, entry: Entry) -> Measure:
    """A word of `MeasureKind`, or your own behind `other:`."""
    if (kind := _MEASURES.get(text.casefold())) is not None:
        return Measure(kind=kind, raw=text)
    label, _, words = (part.strip() for part in text.partition(":"))
    if label.casefold() != "other" or not words:
        hint = f"write {', '.join(_MEASURES)}; or your own words behind 'other:'"
        raise _fault(f"{text!r} is none of its words", hint)
    return Measure(kind=MeasureKind.OTHER, raw=words)


def _authority(text: str, entry: Entry) -> Authority:
    """Who put it on the list: a code, as `OFAC`, or a word of your own."""
    return authorities[text] if text in authorities else Authority(code=text)


def _listing(text: str, entry: Entry) -> Listing:
    """The named list."""
    return Listing(list_name=text)


# ── a row ─────────────────────────────────────────────────────────────────────────────────────


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """A row: what one cell says of another is put together."""
    if "name" not in entry.texts:
        raise _fault("there is no name", "a party has one; delete the row otherwise", "name")
    if {"addresses", "address_countries"} <= entry.texts.keys():
        fields["addresses"] = _with_countries(fields["addresses"])
    if "listings" in fields:
        (listing,) = fields["listings"]
        fields["listings"] = [attrs.evolve(listing, events=tuple(fields.pop("events", ())))]
    found = entry.entity(fields)
    if found is not None and found.designations == (Designation(),):
        return attrs.evolve(found, designations=())
    return found


def _with_countries(addresses: Sequence[Address]) -> list[Address]:
    """Each address with the country that stands for it."""
    texts = [each.lines for each in addresses if each.lines]
    countries = [each.country for each in addresses if not each.lines]
    if len(countries) != len(texts):
        what = f"there are {len(countries)} countries for {len(texts)} addresses"
        hint = "give one for each address, in the same order, or none and write it in the address"
        raise _fault(what, hint, "address_countries")
    return [
        Address(lines=lines, country=country)
        for lines, country in zip(texts, countries, strict=True)
    ]


_TEXT = {".": to("text")}
_COUNTRY = {".": to("country", _country)}


def _features(kind: FeatureKind) -> Many:
    return many("features", Feature, {".": to("value")}, label=kind.name.capitalize(), kind=kind)


_ROW = Group(
    make=Entity,
    rules={
        "id": to("id"),
        **one("names", Name, {"name": to("text")}),
        "kind": to("kind", _kind),
        "aliases": many("names", Name, _TEXT, kind=NameKind.AKA),
        "weak_aliases": many("names", Name, _TEXT, kind=NameKind.AKA, strength=AliasStrength.WEAK),
        "former_names": many("names", Name, _TEXT, kind=NameKind.FKA),
        "gender": to("genders", _gender),
        "birth_dates": many("births", Birth, {".": to("date", _date)}),
        "birth_places": many("births", Birth, {".": to("place", place)}),
        "nationalities": many("nationalities", Nationality, _COUNTRY),
        "citizenships": many("citizenships", Nationality, _COUNTRY),
        "titles": many("titles"),
        "positions": many("positions"),
        "addresses": many("addresses", Address, {".": to("lines")}),
        "address_countries": many("addresses", Address, _COUNTRY),
        "identifiers": many("identifiers", convert=_identifier),
        "flags": many("flags", convert=_country),
        "registered_in": many("registered_in", convert=_country),
        "websites": _features(FeatureKind.WEBSITE),
        "emails": _features(FeatureKind.EMAIL),
        "phones": _features(FeatureKind.PHONE),
        "related_to": many("relations", convert=_relation),
        "authority": to("authority", _authority),
        "list_name": to("listings", _listing),
        "programs": many("programs"),
        "legal_bases": many("bases", LegalBasis, {".": to("title")}),
        "measures": many("measures", convert=_measure),
        "listed": to("events", _listed),
        "expires": to("events", _expires),
        "reason": to("reason"),
        "notices": many("notices"),
        "remarks": to("remarks"),
    },
    finish=_party,
)
"""The columns of the template, in its order; those with `many` take several values."""


def template_text() -> str:
    """The template: a header, and a row that shows how it is filled."""
    from importlib import resources  # heavier than this module, so not at import

    return (resources.files("sanctionslib.parsers.own") / "template.csv").read_text("utf-8")


# ── a file ────────────────────────────────────────────────────────────────────────────────────

_SEPARATORS = (",", ";", "\t")
_ENCODING = "save it as 'CSV UTF-8' (in LibreOffice: the character set UTF-8) and read it again"
_SHOWN = 5
_MOST_FAULTS = 1_000
"""Faults after which no more are looked for."""


class _OwnCsv(RowsFormat):
    """The template: its columns stand in any order, and some may be missing."""

    def recognise(self, head: Head) -> bool:
        # A header that is ours but for a column is for the parser to explain.
        named = {name for name in _header(head.data) if name}
        return named >= self.known_by or (len(named) > 1 and named <= {*self.columns})

    def parse(self, sources: Sequence[Source], options: Options) -> Parsed:
        (source,) = sources
        edition = _edition(source, options)
        audit = AuditBuilder(source.name, edition.list_id, str(edition.published or ""))
        reading = Reading(audit, keeps_source=options.records)
        reading.begin(None, edition)
        try:
            _Reader(source, reading).read(options.progress)
        except ParseError as error:
            if "is no text in" in error.what:  # the one fault that a spreadsheet program can mend
                error.hint = _ENCODING
            raise
        return self.parsed(reading, options)


FORMAT = _OwnCsv(
    name="sanctionslib-csv",
    title="CSV template for lists of one's own",
    files=("*.csv",),
    group=_ROW,
    columns=tuple(_ROW.rules),
    known_by=frozenset({"id", "name"}),
    split={column: _several for column, rule in _ROW.rules.items() if isinstance(rule, Many)},
    ends_anywhere=True,
)

_KINDS_WITH = {
    column: [kind for kind, each in _KINDS.items() if rule.entry_field in attrs.fields_dict(each)]
    for column, rule in FORMAT.path_rules.items()
}
"""The kinds of party that have a field for a column; [] where it is one of the designation."""


class _Reader:
    """Reads the rows of one file; faults are collected, so that they can be told at once."""

    def __init__(self, source: Source, reading: Reading) -> None:
        self._source = source
        self._reading = reading
        self._maker = Maker(_ROW)
        self._rows: dict[str, int] = {}  # key → row
        self._faults: list[tuple[int, ParseError]] = []
        self._line_breaks = 0  # inside cells so far: rows are fewer than lines

    def read(self, progress: Progress | None) -> None:
        """Read all rows, or raise."""
        audit = self._reading.audit
        columns = self._columns()
        with self._source.open(progress) as stream:
            rows = CsvRows(
                self._source,
                stream,
                columns=columns,
                header=False,
                delimiter=_separator(self._source.head),
                any_width=True,
            )
            last: Row | None = None
            for row in rows:
                if last is not None and any(map(str.strip, row.cells)):
                    self._row(rows, row)
                self._line_breaks += _line_breaks(row)
                last = row
            if rows.ends_open and last is not None:
                self._check_end(columns, last)
        self._check_targets()
        self._raise_faults()
        if not audit.read:
            raise TruncatedError(
                "the file has a header and no rows",
                where=audit.where(),
                hint="fill in one row for each party",
            )

    def _columns(self) -> tuple[str, ...]:
        found = _header(self._source.head)
        named = [name for name in found if name]
        if faults := header_faults(named, required=("id", "name"), known=FORMAT.columns):
            raise StructureChangedError(
                f"the header is not that of a list of one's own: it is {faults}",
                where=self._reading.audit.where(line=1),
                hint="`sanctionslib template` prints all columns; what has no column goes into "
                "remarks",
            )
        return found

    def _row(self, rows: CsvRows, row: Row) -> None:
        reading, number = self._reading, row.line - self._line_breaks
        reading.audit.read += 1
        origin = Origin(member=self._source.name, line=row.line)
        entry = Entry(reading, self._maker, origin, lambda: rows.record(row))
        cells = dict(zip(rows.columns, row.cells, strict=False))
        entry.key = cells.get("id", "").strip()
        try:
            _check_surplus(rows.columns, row.cells)
            self._check_key(number, entry)
            _check_cells(cells)
            # In the order of the template: in another order the columns say the same.
            FORMAT.take([(at, cells[at]) for at in FORMAT.columns if at in cells], entry)
            if entry.kept:
                entry.kept.sort(key=lambda value: rows.columns.index(value[0]))
            found = self._maker.make(entry.texts, entry)
        except ParseError as error:
            error.where = entry.where(error.where.path)
            self._faults.append((number, error))
            if len(self._faults) > _MOST_FAULTS:
                self._raise_faults()
            return
        assert isinstance(found, Entity)  # it has a name
        entry.read(found)

    def _check_key(self, number: int, entry: Entry) -> None:
        key = entry.key
        if not key:
            raise _fault("there is no id", "give each party one of its own, that it keeps", "id")
        if BROKEN.fullmatch(key) or ROUNDED.fullmatch(key):
            hint = "set the column to text, and write the id again"
            raise _fault(f"{key!r} is what a spreadsheet makes of something", hint, "id")
        if (taken := self._rows.setdefault(key, number)) != number:
            raise _fault(f"{key!r} is the id of row {taken} too", "each party has its own id", "id")

    def _check_targets(self) -> None:
        for each in self._reading.entities:
            for key in (link.to.source_id for link in each.relations):
                if key is not None and key not in self._rows:
                    hint = "write the id of a row, or a name without #"
                    fault = _fault(f"no row has the id {key!r}", hint)
                    line = each.origins[0].line
                    fault.where = self._reading.audit.where(each.source_id, "related_to", line)
                    self._faults.append((self._rows[each.source_id], fault))

    def _check_end(self, columns: tuple[str, ...], last: Row) -> None:
        audit = self._reading.audit
        width = max(at for at, name in enumerate(columns, start=1) if name)
        if len(last.cells) < width:
            raise TruncatedError(
                f"the file ends within a row: it has {len(last.cells)} cells of {width}",
                where=audit.where(line=last.line),
                hint="save the file again, with a line break after the last row",
            )
        audit.issue(
            IssueKind.EDITION,
            "the last row has no line break after it: the file may have been cut there",
            line=last.line,
        )

    def _raise_faults(self) -> None:
        """Raise the first fault, and name the places of some more."""
        if not self._faults:
            return
        self._faults.sort(key=lambda fault: fault[0])
        (number, first), *more = self._faults
        hint = first.hint
        if more:
            places = "; ".join(_place(*fault) for fault in more[:_SHOWN])
            rest = f" and {len(more) - _SHOWN:,} more" if len(more) > _SHOWN else ""
            hint += f". Also at fault: {places}{rest}"
        raise ParseError(f"{_place(number, first)}: {first.what}", where=first.where, hint=hint)


def _place(number: int, fault: ParseError) -> str:
    column = f", column {fault.where.path!r}" if fault.where.path else ""
    return f"row {number}{column}"


def _line_breaks(row: Row) -> int:
    text = "".join(row.cells).replace("\r\n", "\n")
    return text.count("\n") + text.count("\r")


def _check_surplus(columns: Sequence[str], cells: Sequence[str]) -> None:
    for at, cell in enumerate(map(str.strip, cells)):
        if cell and (at >= len(columns) or not columns[at]):
            what = f"{cell!r} stands in column {at + 1}, which has no name"
            hint = "name the column in the first row, or put text with a comma into quotes"
            raise _fault(what, hint)


def _check_cells(cells: Mapping[str, str]) -> None:
    """Refuse errors of formulas, and what a party of this kind has no field for."""
    kind = _folded(cells.get("kind", "")) or Entity.kind
    for column in FORMAT.columns:
        if not (text := cells.get(column, "").strip()):
            continue
        if BROKEN.fullmatch(text):
            raise _fault(f"{text!r} is an error of the spreadsheet", "mend the cell", column)
        able = _KINDS_WITH[column]
        if able and kind in _KINDS and kind not in able:
            what = f"{text!r} is said of the kind {kind!r}, which has no {column}"
            raise _fault(what, f"it goes with the kind {' or '.join(able)}", column)


def _separator(head: bytes) -> str:
    """What stands between the cells of the first row."""
    return max(_SEPARATORS, key=lambda mark: len(first_cells(head, delimiter=mark)))


def _header(head: bytes) -> tuple[str, ...]:
    """The names in the first row; spreadsheet programs like to begin them with a capital."""
    cells = first_cells(head, delimiter=_separator(head))
    return tuple("_".join(cell.split()).casefold() for cell in cells)


def _edition(source: Source, options: Options) -> Edition:
    """The edition of a list that the caller has named; anything may be stated in it."""
    if not options.list_id or ":" in options.list_id:
        raise InvalidInputError(
            "a list of one's own has no id yet"
            if not options.list_id
            else f"the list id {options.list_id!r} has a colon, which divides a list and a key",
            where=AuditBuilder(source.name).where(),
            hint="name it, as list_id='my_watch'",
        )
    published, dated_by = date_said(options)
    return Edition(
        list_id=options.list_id,
        format=FORMAT.name,
        published=published,
        dated_by=dated_by,
        members=(source.name,),
        sha256=source.sha256,
        retrieved_at=options.retrieved_at,
    )
