"""A row of the CSV template of own lists → an entity: the columns, and what a cell may hold.

`own_csv` reads the file. Here stands which columns there are, which take several values, and with
which kinds of party they go; a cell that cannot be taken as it is raises `FaultError`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypedDict, TypeVar

import attrs

from sanctionslib.model import (
    Address,
    Aircraft,
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
    Organization,
    Origin,
    PartialDate,
    Person,
    Place,
    Record,
    Relation,
    RelationKind,
    Vessel,
)
from sanctionslib.reference import authorities, country_at_end, is_known_place, read_country

__all__ = ["BROKEN", "COLUMNS", "ROUNDED", "SEPARATOR", "Cells", "Column", "FaultError", "entity"]

SEPARATOR = "|"
"""What divides the values of one cell."""

_KINDS: Mapping[str, type[Entity]] = {
    cls.kind: cls for cls in (Person, Organization, Vessel, Aircraft, Entity)
}
_T = TypeVar("_T")


@attrs.frozen
class Column:
    """One column of the template."""

    name: str
    """Its name in the header."""
    holds: str
    """The field that its values go into."""
    several: bool = False
    """Whether a cell takes several values."""
    kinds: tuple[str, ...] = ()
    """The kinds of party that can have it; () for all."""


_PERSON = ("person",)
COLUMNS = (
    Column("id", "Entity.id"),
    Column("name", "Entity.names"),
    Column("kind", "the class of the entity"),
    Column("aliases", "Entity.names", several=True),
    Column("weak_aliases", "Entity.names", several=True),
    Column("former_names", "Entity.names", several=True),
    Column("gender", "Person.genders", kinds=_PERSON),
    Column("birth_dates", "Person.births", several=True, kinds=_PERSON),
    Column("birth_places", "Person.births", several=True, kinds=_PERSON),
    Column("nationalities", "Person.nationalities", several=True, kinds=_PERSON),
    Column("citizenships", "Person.citizenships", several=True, kinds=_PERSON),
    Column("titles", "Person.titles", several=True, kinds=_PERSON),
    Column("positions", "Person.positions", several=True, kinds=_PERSON),
    Column("addresses", "Address.lines", several=True),
    Column("address_countries", "Address.country", several=True),
    Column("identifiers", "Entity.identifiers", several=True),
    Column("flags", "Vessel.flags", several=True, kinds=("vessel",)),
    Column(
        "registered_in",
        "Organization.registered_in",
        several=True,
        kinds=("organization", "vessel", "aircraft"),
    ),
    Column("websites", "Entity.features", several=True),
    Column("emails", "Entity.features", several=True),
    Column("phones", "Entity.features", several=True),
    Column("related_to", "Entity.relations", several=True),
    Column("authority", "Designation.authority"),
    Column("list_name", "Listing.list_name"),
    Column("programs", "Designation.programs", several=True),
    Column("legal_bases", "Designation.bases", several=True),
    Column("measures", "Designation.measures", several=True),
    Column("listed", "Event.date"),
    Column("expires", "Event.date"),
    Column("reason", "Designation.reason"),
    Column("notices", "Designation.notices", several=True),
    Column("remarks", "Entity.remarks"),
)
"""The columns of the template, in its order."""

# ── what is at fault ──────────────────────────────────────────────────────────────────────────

_DATES = "write dates as YYYY-MM-DD (also 2021-12, 2021, circa 1950, 1950 to 1955), as text"
ROUNDED = re.compile(r"-?\d+(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
"""What a spreadsheet makes of a long number: 1.23457E+15. The other digits are lost."""
BROKEN = re.compile(r"#(?:NAME\?|REF!|VALUE!|N/A|NULL!|NUM!|DIV/0!)")


class FaultError(Exception):
    """One cell that cannot be taken as it is."""

    def __init__(self, column: str, what: str, hint: str) -> None:
        super().__init__(what)
        self.column, self.what, self.hint = column, what, hint


# ── a row ─────────────────────────────────────────────────────────────────────────────────────


class Cells:
    """The cells of one row, by the names of their columns."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given

    def one(self, column: str) -> str:
        """The one value of a cell, "" where there is none."""
        text = self._given.get(column, "")
        if BROKEN.fullmatch(text):
            raise FaultError(column, f"{text!r} is an error of the spreadsheet", "mend the cell")
        return text

    def several(self, column: str) -> tuple[str, ...]:
        """All values of a cell."""
        text = self.one(column)
        if not text:
            return ()
        if "\n" in text or "\r" in text:
            hint = f"divide values by {SEPARATOR!r}, and write each in one line"
            raise FaultError(column, "there is a line break between the values", hint)
        values = tuple(one.strip() for one in text.split(SEPARATOR))
        if not all(values):
            hint = f"a {SEPARATOR!r} stands between two values only"
            raise FaultError(column, f"there is an empty value in {text!r}", hint)
        if len(set(values)) != len(values):
            raise FaultError(column, f"a value is given twice in {text!r}", "leave one out")
        return values

    def word(self, column: str, words: Mapping[str, _T]) -> _T | None:
        """The member of a closed vocabulary that a cell names."""
        text = self.one(column)
        return _word(column, text, words) if text else None

    def countries(self, column: str) -> tuple[Country, ...]:
        """The countries of a cell."""
        return tuple(_country(column, text) for text in self.several(column))

    def dates(self, column: str) -> tuple[PartialDate, ...]:
        """The dates of a cell."""
        return tuple(_date(column, text) for text in self.several(column))


def _words(members: Mapping[str, _T], values: Mapping[str, _T]) -> dict[str, _T]:
    """A vocabulary: what members are called, and their short names."""
    short = {name.lower().replace("_", " "): member for name, member in members.items()}
    return short | {text.casefold(): member for text, member in values.items()}


_IDENTIFIERS = _words(IdentifierKind.__members__, {one.value: one for one in IdentifierKind})
_MEASURES = {one.value: one for one in MeasureKind}
_RELATIONS = {one.value: one for one in RelationKind}
_GENDERS = {one.value: one for one in Gender}


def _word(column: str, text: str, words: Mapping[str, _T]) -> _T:
    key = " ".join(text.casefold().split())
    if key not in words:
        raise FaultError(column, f"{text!r} is none of its words", f"write {', '.join(words)}")
    return words[key]


def _labelled(column: str, text: str, words: Mapping[str, _T], example: str) -> tuple[_T, str]:
    """A value behind the word that says what it is."""
    label, colon, value = (part.strip() for part in text.partition(":"))
    if not colon or not value:
        raise FaultError(column, f"{text!r} does not say what it is", f"write it as {example!r}")
    return _word(column, label, words), value


def _country(column: str, text: str) -> Country:
    if not is_known_place(text):
        hint = "write its ISO code, as BD, or its English name"
        raise FaultError(column, f"{text!r} is no country that we know", hint)
    return read_country(text)


def _date(column: str, text: str) -> PartialDate:
    date = PartialDate.parse(text)
    if not date.is_read:
        raise FaultError(column, f"{text!r} is no date that can be read", _DATES)
    return date


_ISSUER = re.compile(r"(.*\S)\s*\(([A-Z]{2})\)")


def _identifier(text: str) -> Identifier:
    column = "identifiers"
    kind, value = _labelled(column, text, _IDENTIFIERS, "passport: X1234567 (BD)")
    issuer = _ISSUER.fullmatch(value)
    if issuer is not None:
        value = issuer[1]
    if ROUNDED.fullmatch(value):
        hint = "set the column to text, and write the number again"
        raise FaultError(column, f"{value!r} is a number that lost its digits", hint)
    country = _country(column, issuer[2]) if issuer is not None else None
    return Identifier(kind=kind, value=value, country=country)


def _measure(text: str) -> Measure:
    column = "measures"
    if text.casefold() in _MEASURES:
        return Measure(kind=_MEASURES[text.casefold()], raw=text)
    label, colon, words = (part.strip() for part in text.partition(":"))
    if label.casefold() != "other" or not colon or not words:
        hint = f"write {', '.join(_MEASURES)}; or your own words behind 'other:'"
        raise FaultError(column, f"{text!r} is none of its words", hint)
    return Measure(kind=MeasureKind.OTHER, raw=words)


def _addresses(cells: Cells) -> tuple[Address, ...]:
    texts, countries = cells.several("addresses"), cells.countries("address_countries")
    if not texts:
        return tuple(Address(country=one) for one in countries)
    if countries and len(countries) != len(texts):
        what = f"there are {len(countries)} countries for {len(texts)} addresses"
        hint = "give one for each address, in the same order, or none and write it in the address"
        raise FaultError("address_countries", what, hint)
    if not countries:
        return tuple(Address(lines=(text,)) for text in texts)
    pairs = zip(texts, countries, strict=True)
    return tuple(Address(lines=(text,), country=country) for text, country in pairs)


def _relation(text: str, list_id: str) -> Relation:
    kind, to = _labelled("related_to", text, _RELATIONS, "owned or controlled by: EXAMPLE LLC")
    if to.startswith("#"):
        return Relation(kind=kind, to=EntityRef(id_space=list_id, source_id=to[1:].strip()))
    return Relation(kind=kind, to=EntityRef(name=to))


def _names(cells: Cells) -> tuple[Name, ...]:
    if not (name := cells.one("name")):
        raise FaultError("name", "there is no name", "a party has one; delete the row otherwise")
    aka, weak = NameKind.AKA, AliasStrength.WEAK
    return (
        Name(text=name),
        *(Name(text=text, kind=aka) for text in cells.several("aliases")),
        *(Name(text=text, kind=aka, strength=weak) for text in cells.several("weak_aliases")),
        *(Name(text=text, kind=NameKind.FKA) for text in cells.several("former_names")),
    )


def _designations(cells: Cells) -> tuple[Designation, ...]:
    who, list_name = cells.one("authority"), cells.one("list_name")
    events = tuple(
        Event(kind=kind, date=_date(column, text))
        for column, kind in (("listed", EventKind.LISTED), ("expires", EventKind.EXPIRES))
        if (text := cells.one(column))
    )
    found = Designation(
        authority=(authorities[who] if who in authorities else Authority(code=who))
        if who
        else None,
        listings=(Listing(list_name=list_name, events=events),) if list_name else (),
        programs=cells.several("programs"),
        bases=tuple(LegalBasis(title=text) for text in cells.several("legal_bases")),
        measures=tuple(_measure(text) for text in cells.several("measures")),
        events=() if list_name else events,
        reason=cells.one("reason") or None,
        notices=cells.several("notices"),
    )
    return () if found == Designation() else (found,)


_FEATURES = (
    ("websites", "Website", FeatureKind.WEBSITE),
    ("emails", "Email", FeatureKind.EMAIL),
    ("phones", "Phone", FeatureKind.PHONE),
)


class _Common(TypedDict):
    """What parties of every kind can have."""

    id: str
    names: tuple[Name, ...]
    addresses: tuple[Address, ...]
    identifiers: tuple[Identifier, ...]
    features: tuple[Feature, ...]
    relations: tuple[Relation, ...]
    designations: tuple[Designation, ...]
    remarks: str | None
    edition: Edition
    origins: tuple[Origin, ...]
    record: Record | None


def entity(
    cells: Cells, key: str, edition: Edition, origin: Origin, record: Record | None
) -> Entity:
    """The party of one row.

    Raises:
        FaultError: A cell cannot be taken as it is.
    """
    cls = cells.word("kind", _KINDS) or Entity
    for column in COLUMNS:
        if column.kinds and cls.kind not in column.kinds and (text := cells.one(column.name)):
            what = f"{text!r} is said of the kind {cls.kind!r}, which has no {column.name}"
            hint = f"it goes with the kind {' or '.join(column.kinds)}"
            raise FaultError(column.name, what, hint)
    common: _Common = {
        "id": f"{edition.list_id}:{key}",
        "names": _names(cells),
        "addresses": _addresses(cells),
        "identifiers": tuple(_identifier(text) for text in cells.several("identifiers")),
        "features": tuple(
            Feature(label=label, value=text, kind=kind)
            for column, label, kind in _FEATURES
            for text in cells.several(column)
        ),
        "relations": tuple(
            _relation(text, edition.list_id) for text in cells.several("related_to")
        ),
        "designations": _designations(cells),
        "remarks": cells.one("remarks") or None,
        "edition": edition,
        "origins": (origin,),
        "record": record,
    }
    if cls is Person:
        return _person(cells, common)
    if cls is Vessel:
        flags, registered = cells.countries("flags"), cells.countries("registered_in")
        return Vessel(**common, flags=flags, registered_in=registered)
    if cls is Aircraft:
        return Aircraft(**common, registered_in=cells.countries("registered_in"))
    if cls is Organization:
        return Organization(**common, registered_in=cells.countries("registered_in"))
    return Entity(**common)


def _person(cells: Cells, common: _Common) -> Person:
    gender = cells.word("gender", _GENDERS)
    # A date and a place in one row need not belong together: there may be several of each.
    dates = (Birth(date=one) for one in cells.dates("birth_dates"))
    places = (
        Birth(place=Place(text=text, country=country_at_end(text)))
        for text in cells.several("birth_places")
    )
    return Person(
        **common,
        births=(*dates, *places),
        nationalities=tuple(Nationality(country=one) for one in cells.countries("nationalities")),
        citizenships=tuple(Nationality(country=one) for one in cells.countries("citizenships")),
        genders=(gender,) if gender is not None else (),
        titles=cells.several("titles"),
        positions=cells.several("positions"),
    )
