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

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.errors import Call, Hint, InvalidInputError, ParseError, Where
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
    PartialDate,
    Relation,
    RelationKind,
)
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.parsers._engine.checks import date_from_caller
from sanctionslib.parsers._engine.csv_rows import CsvRows, Row, first_cells
from sanctionslib.parsers._engine.edition import NO_HEADER, Header
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.faults import truncated
from sanctionslib.parsers._engine.fields import KINDS, Fields
from sanctionslib.parsers._engine.format import Head, Options, Parsed
from sanctionslib.parsers._engine.input_file import InputFile
from sanctionslib.parsers._engine.rows import Layout, RowsFormat
from sanctionslib.parsers._engine.rules import Group, Many, many, one, to
from sanctionslib.parsers._engine.table_rows import TableRows
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


def _word(text: str, words: Mapping[str, _T]) -> _T:
    if (key := " ".join(text.casefold().split())) not in words:
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
_ISSUER = re.compile(r"(.*\S)\s*\(([A-Z]{2})\)")


def _number(text: str, column: str = "") -> str:
    if ROUNDED.fullmatch(text):
        hint = "set the column to text, and write the number again"
        raise _fault(f"{text!r} is a number that lost its digits", hint, column)
    return text


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


def _identifier(text: str, entry: Entry) -> Identifier:
    """`passport: X1234567 (BD)`: what it is, the number, and who issued it if known."""
    kind, value = _labelled(text, _IDENTIFIERS, "passport: X1234567 (BD)")
    country = None
    if (issuer := _ISSUER.fullmatch(value)) is not None:
        value, country = issuer[1], _country(issuer[2], entry)
    return Identifier(kind=kind, value=_number(value), country=country)


def _relation(text: str, entry: Entry) -> Relation:
    """`owned or controlled by: EXAMPLE HOLDING LLC`, or `…: #2` for the row with that id."""
    kind, name = _labelled(text, _RELATIONS, "owned or controlled by: EXAMPLE LLC")
    if not name.startswith("#"):
        return Relation(kind=kind, to=EntityRef(name=name))
    list_id = entry.reading.edition.list_id
    return Relation(kind=kind, to=EntityRef(id_space=list_id, source_id=name[1:].strip()))


def _measure(text: str, entry: Entry) -> Measure:
    """A word of `MeasureKind`, or your own behind `other:`."""
    label, _, words = (part.strip() for part in text.partition(":"))
    if label.casefold() == "other" and words:
        return Measure(kind=MeasureKind.OTHER, raw=words)
    return Measure(kind=_word(text, _MEASURES), raw=text)


def _authority(text: str, entry: Entry) -> Authority:
    """Who put it on the list: a code, as `OFAC`, or a word of your own."""
    return authorities[text] if text in authorities else Authority(code=text)


# ── a row ─────────────────────────────────────────────────────────────────────────────────────


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """A row: what one cell says of another is put together."""
    for column in ("id", "name"):
        if column not in entry.texts:
            hint = "give each party one of its own, that it keeps; delete the row otherwise"
            raise _fault(f"there is no {column}", hint, column)
    kind: str = fields.get("kind", Entity).kind
    for column, kinds in _not_of(kind).items():
        if column in entry.texts:
            says = f"a party of the kind {kind!r} has no {column}"
            raise _fault(says, f"it goes with the kind {kinds}", column)
    if {"addresses", "address_countries"} <= entry.texts.keys():
        fields["addresses"] = _with_countries(fields["addresses"])
    if "listings" in fields:
        (listing,) = fields["listings"]
        fields["listings"] = [attrs.evolve(listing, events=tuple(fields.pop("events", ())))]
    found = entry.entity(fields)
    if found is not None and found.designations == (Designation(),):
        return attrs.evolve(found, designations=())
    return found


@functools.cache
def _not_of(kind: str) -> Mapping[str, str]:
    """The columns that a kind of party has no field for, with the kinds that have one."""
    found: dict[str, str] = {}
    for column, rule in FORMAT.path_rules.items():
        able = [one.kind for one in KINDS if rule.entry_field in attrs.fields_dict(one)]
        if able and kind not in able:
            found[column] = " or ".join(able)
    return found


def _with_countries(addresses: Sequence[Address]) -> list[Address]:
    """Each address with the country that stands for it."""
    texts = [one for one in addresses if one.lines]
    countries = [one.country for one in addresses if not one.lines]
    if len(countries) != len(texts):
        what = f"there are {len(countries)} countries for {len(texts)} addresses"
        hint = "give one for each address, in the same order, or none and write it in the address"
        raise _fault(what, hint, "address_countries")
    both = zip(texts, countries, strict=True)
    return [attrs.evolve(text, country=country) for text, country in both]


_TEXT = {".": to("text")}
_VALUE = {".": to("value")}
_COUNTRY = {".": to("country", _country)}
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
        "websites": many("features", Feature, _VALUE, label="Website", kind=FeatureKind.WEBSITE),
        "emails": many("features", Feature, _VALUE, label="Email", kind=FeatureKind.EMAIL),
        "phones": many("features", Feature, _VALUE, label="Phone", kind=FeatureKind.PHONE),
        "related_to": many("relations", convert=_relation),
        "authority": to("authority", _authority),
        **one("listings", Listing, {"list_name": to("list_name")}),
        "programs": many("programs"),
        "legal_bases": many("legal_bases", LegalBasis, {".": to("title")}),
        "measures": many("measures", convert=_measure),
        **one("events", Event, {"listed": to("date", _date)}, kind=EventKind.LISTED),
        **one("events", Event, {"expires": to("date", _date)}, kind=EventKind.EXPIRES),
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
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_HINTS = {
    "is not valid in": Hint("save it as 'CSV UTF-8' (in LibreOffice: the character set UTF-8)"),
    "the header is not": Hint(
        "{} has all columns; the rest goes to remarks", call=Call("template")
    ),
    "the file ends inside": Hint("save it again, with a line break after the last row"),
    "without any entry": Hint("fill in one row for each party"),
}
"""What to do about faults that a file of one's own has for other reasons than an official one."""
_SHOWN = 5
_MOST_FAULTS = 1_000
"""Faults after which no more are looked for."""


def _separator(head: bytes) -> str:
    """What stands between the cells of the first row."""
    return max(_SEPARATORS, key=lambda mark: len(first_cells(head, delimiter=mark)))


def _header(head: bytes) -> list[str]:
    """The names in the first row; spreadsheet programs like to begin them with a capital."""
    cells = first_cells(head, delimiter=_separator(head))
    return ["_".join(cell.split()).casefold() for cell in cells]


class _Rows(TableRows):
    """The rows of a file, and everything that is wrong with them, in one error."""

    def __init__(self, rows: CsvRows, header: Sequence[str], audit: AuditBuilder) -> None:
        self.entities: Sequence[Entity] = ()
        self._audit = audit
        self._source = rows
        self._number = 0
        self._found: dict[str, int] = {}  # key → row
        self._faults: list[tuple[str, ParseError]] = []  # with their places
        self._width = max(at for at, name in enumerate(header, start=1) if name)
        required = FORMAT.known_by
        super().__init__(
            self._numbered(header), audit.where(), columns=FORMAT.columns, required=required
        )

    def _numbered(self, header: Sequence[str]) -> Iterator[Row]:
        """The rows; `_number` is that of the spreadsheet, where a cell can have several lines."""
        breaks = 0
        for row in self._source:
            if not self._number:
                row = row._replace(line=1, cells=tuple(header))
            self._number = row.line - breaks
            if self._source.ends_open:  # it is the last
                self._check_end(row)
            yield row
            breaks += len(_LINE_BREAK.findall("|".join(row.cells)))

    def _check_end(self, row: Row) -> None:
        if len(row.cells) < self._width:
            says = f"the file ends inside a row: it has {len(row.cells)} cells of {self._width}"
            raise truncated(says, self._audit.where(line=row.line))
        says = "the last row has no line break after it: the file may have been cut there"
        self._audit.issue(IssueKind.EDITION, says, line=row.line)

    def check(self, row: Row) -> None:
        """Refuse what is wrong with a row whatever its cells are about."""
        if not row.fits:
            hint = "name the column in the first row, or put text with a comma into quotes"
            raise _fault(f"{row.cells[-1]!r} stands in a column without a name", hint)
        for column, cell in zip(self.columns, row.cells, strict=True):
            if "#" in cell and BROKEN.fullmatch(cell.strip()):
                raise _fault(f"{cell!r} is an error of the spreadsheet", "mend the cell", column)
        key = _number(row.cells[0].strip(), "id")
        if (taken := self._found.setdefault(key, self._number)) != self._number and key:
            raise _fault(f"{key!r} is the id of row {taken} too", "each party has its own id", "id")

    def check_targets(self) -> None:
        """Refuse links to rows that are not there."""
        for each in self.entities:
            for key in [link.to.source_id for link in each.relations]:
                if key is not None and key not in self._found:
                    hint = "write the id of a row, or a name without #"
                    fault = _fault(f"no row has the id {key!r}", hint, "related_to")
                    self._number = self._found[each.source_id]
                    self.collect(fault, each.source_id, each.origins[0].line)

    def collect(self, fault: ParseError, key: str, line: int | None) -> None:
        """Keep a fault of a row."""
        column = fault.where.path
        place = f"row {self._number}, column {column!r}" if column else f"row {self._number}"
        fault.where = self._audit.where(key, column, line)
        self._faults.append((place, fault))
        if len(self._faults) > _MOST_FAULTS:
            self.raise_faults()

    def raise_faults(self) -> None:
        """Raise the first fault, and name the places of some more."""
        if not self._faults:
            return
        (first, fault), *others = self._faults
        hint = fault.hint
        if others:
            hint += f". Also at fault: {'; '.join(at for at, _ in others[:_SHOWN])}"
            hint += f" and {len(others) - _SHOWN:,} more" if len(others) > _SHOWN else ""
        raise ParseError(f"{first}: {fault.what}", where=fault.where, hint=hint)


class _OwnCsv(RowsFormat):
    """The template: its columns stand in any order, and some may be missing."""

    def recognise(self, head: Head) -> bool:
        # A header that is ours but for a column is for the parser to explain.
        named = {name for name in _header(head.data) if name}
        return named >= self.known_by or (len(named) > 1 and named <= {*self.columns})

    def parse(self, sources: Sequence[InputFile], options: Options) -> Parsed:
        try:
            return super().parse(sources, options)
        except ParseError as error:
            hints = [hint for words, hint in _HINTS.items() if words in error.what]
            error.advise(*hints[:1] or error.hints)
            raise

    def start(
        self,
        sources: Sequence[InputFile],
        options: Options,
        audit: AuditBuilder,
        header: Header = NO_HEADER,
    ) -> Reading:
        """The list is one that the caller has named; anything may be stated in it."""
        audit.list_id = list_id = options.list_id or ""
        published, dated_by = date_from_caller(options)
        audit.edition = str(published or "")
        if not list_id or ":" in list_id:
            raise InvalidInputError(
                f"a list of one's own needs an id without a colon; this is {list_id!r}",
                where=audit.where(),
                hints=(Hint("name it: {}", "list_id", "my_watch"),),
            )
        reading = Reading(audit, keeps_source=options.keep_source)
        edition = Edition(
            list_id=list_id,
            format=self.name,
            published=published,
            dated_by=dated_by,
            members=(sources[0].name,),
            sha256=sources[0].sha256,
            retrieved_at=options.retrieved_at,
        )
        reading.begin(None, edition)
        return reading

    def tables(
        self, source: InputFile, options: Options, audit: AuditBuilder
    ) -> Iterator[TableRows]:
        head = source.head
        with source.open(options.progress) as stream:
            text = CsvRows(source, stream, delimiter=_separator(head))
            rows = _Rows(text, _header(head), audit)
            yield rows
        rows.check_targets()
        rows.raise_faults()

    def take_row(self, rows: TableRows, row: Row, layout: Layout, reading: Reading) -> None:
        assert isinstance(rows, _Rows)
        rows.entities = reading.entities
        try:
            rows.check(row)
            super().take_row(rows, row, layout, reading)
        except ParseError as error:
            rows.collect(error, row.cells[0].strip(), row.line)


FORMAT = _OwnCsv(
    name="sanctionslib-csv",
    title="CSV template for lists of one's own",
    files=("*.csv",),
    group=_ROW,
    columns=tuple(_ROW.rules),
    known_by=frozenset({"id", "name"}),
    split={column: _several for column, rule in _ROW.rules.items() if isinstance(rule, Many)},
    has_no_end_mark=True,
)
