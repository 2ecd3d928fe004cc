"""Entity and its four kinds: a listed party, with everything that one list says of it."""

from __future__ import annotations

import enum
from typing import ClassVar

import attrs

from sanctionslib.model.dates import PartialDate
from sanctionslib.model.designations import Designation, Listing, Measure
from sanctionslib.model.displayable import Displayable
from sanctionslib.model.facts import Fact
from sanctionslib.model.features import Feature
from sanctionslib.model.fields import about, are_equal
from sanctionslib.model.identifiers import Identifier
from sanctionslib.model.legal import LegalBasis
from sanctionslib.model.names import Name
from sanctionslib.model.places import Address, Birth, Country, Nationality, Place
from sanctionslib.model.provenance import Edition, Origin, Source
from sanctionslib.model.relations import Relation


class Gender(enum.Enum):
    """Gender, as lists state it."""

    FEMALE = "female"
    MALE = "male"


@attrs.frozen(kw_only=True, eq=False, repr=False, weakref_slot=False)
class Entity(Displayable):
    """A listed party. A plain `Entity` is one whose kind the source does not state.

    Two entities are equal when the list says the same of them: `edition`, `origins`, `source` and
    the publisher's keys of single values are no part of that. The hash is that of `id`.

    >>> import sanctionslib as sl
    >>> mine = sl.Organization(id="watch:1", names=(sl.Name(text="EXAMPLE TRADING LLC"),))
    >>> mine
    <Organization watch:1 'EXAMPLE TRADING LLC'>
    """

    kind: ClassVar[str] = "entity"
    """The kind in one word, as JSON has it: entity, person, organization, vessel, aircraft."""

    states_kind: ClassVar[bool] = False
    """Whether the source states the kind; False for a plain `Entity`."""

    id: str
    """`list_id:source_id`, as `us_ofac_sdn:33951`."""
    names: tuple[Name, ...] = attrs.field(metadata=about("name"))
    """All names, the primary one first."""
    raw_kind: str = attrs.field(default="", metadata=about("kind", raw_of="states_kind"))
    """The source's word for the kind: OFAC `sdnType` "Individual"."""
    id_space: str = attrs.field(default="", eq=False)
    """Whose key the source id is, where not the edition's: `ofac` in the CSL; outside equality."""
    addresses: tuple[Address, ...] = attrs.field(
        default=(), metadata=about("address", fact=Fact.ADDRESS, column="addresses")
    )
    """Addresses: OFAC `addressList`, UN INDIVIDUAL_ADDRESS, EU and SECO `address`."""
    identifiers: tuple[Identifier, ...] = attrs.field(
        default=(), metadata=about("identifier", fact=Fact.IDENTIFIER, column="identifiers")
    )
    """Documents, registrations and other numbers: OFAC `idList`, EU `identification`."""
    features: tuple[Feature, ...] = attrs.field(default=(), metadata=about("feature"))
    """Labelled facts without a field of their own; those without `kind` we could not place."""
    relations: tuple[Relation, ...] = attrs.field(
        default=(), metadata=about("relation", fact=Fact.RELATION, column="linked_to")
    )
    """Stated links to other parties: OFAC "Linked To:", `ProfileRelationship`, SECO `relation`."""
    designations: tuple[Designation, ...] = attrs.field(default=(), metadata=about("designation"))
    """By whom and why; one per bundle that the source ties together."""
    remarks: str | None = attrs.field(default=None, metadata=about(column="remarks"))
    """The source's remarks, whole, also where parts of them are read into fields."""
    edition: Edition | None = attrs.field(default=None, eq=False)
    """The edition that it was read from; outside equality."""
    origins: tuple[Origin, ...] = attrs.field(default=(), eq=False)
    """The places of its entries in the source; outside equality."""
    source: Source | None = attrs.field(default=None, eq=False)
    """The source as (path, value) pairs, with `read(…, keep_source=True)`; outside equality."""

    @property
    def list_id(self) -> str:
        """The list's id, `us_ofac_sdn`."""
        return self.id.partition(":")[0]

    @property
    def source_id(self) -> str:
        """The publisher's own key; one that we had to build starts with "~"."""
        return self.id.partition(":")[2]

    @property
    def party_key(self) -> tuple[str, str]:
        """Whose key and which: equal for the entries of one party on lists that share their ids.

        >>> import sanctionslib as sl
        >>> sl.sample()["33951"].party_key
        ('ofac', '33951')
        """
        space = self.id_space or (self.edition.id_space if self.edition is not None else "")
        return (space or self.list_id, self.source_id)

    @property
    def name(self) -> str:
        """The primary name as text."""
        return self.names[0].text if self.names else ""

    @property
    def aliases(self) -> tuple[Name, ...]:
        """All names but the first."""
        return self.names[1:]

    @property
    def listings(self) -> tuple[Listing, ...]:
        """Memberships of named lists, of all designations."""
        return tuple(one for each in self.designations for one in each.listings)

    @property
    def programs(self) -> tuple[str, ...]:
        """Program codes of all designations, each once."""
        return tuple(dict.fromkeys(one for each in self.designations for one in each.programs))

    @property
    def legal_bases(self) -> tuple[LegalBasis, ...]:
        """Legal bases that the file states, of all designations, each once."""
        return tuple(dict.fromkeys(one for each in self.designations for one in each.legal_bases))

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Measures that the file states, of all designations, each once.

        Measures of one kind are several where the source has several words for them: "Directive 1"
        and "Directive 2" both restrict debt and equity.
        """
        words: dict[Measure, set[str]] = {}
        found: list[Measure] = []
        for one in (one for each in self.designations for one in each.measures):
            known = words.setdefault(one, set())
            if not known or (one.raw and "" not in known and one.raw not in known):
                found.append(one)
            known.add(one.raw)
        return tuple(found)

    @property
    def listed_since(self) -> PartialDate | None:
        """Earliest date of listing; None where the source is silent, which is not "never"."""
        dates = [day for each in self.designations if (day := each.listed_since) is not None]
        return min(dates) if dates else None

    @property
    def is_delisted(self) -> bool:
        """Whether it was taken off the list and the file still has it, as Switzerland's does.

        True only where the source states that every designation has ended: of a party that is
        missing in a file nothing is known, and an expiry is no delisting.
        """
        return bool(self.designations) and all(each.is_delisted for each in self.designations)

    @property
    def countries(self) -> tuple[Country, ...]:
        """All countries of the party itself, each once.

        Nationality, citizenship, address, birth, flag, registration: never the issuer of a
        document or the target of a regime.
        """
        return tuple(dict.fromkeys(self._countries()))

    def _countries(self) -> list[Country]:
        return [one.country for one in self.addresses if one.country is not None]

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return are_equal(self, other)

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        programs = f" {'+'.join(self.programs)}" if self.programs else ""
        sample = " (sample)" if self.edition and self.edition.is_sample else ""
        ended = " (delisted)" if self.is_delisted else ""
        return f"<{type(self).__name__} {self.id} {self.name!r}{programs}{ended}{sample}>"


@attrs.frozen(kw_only=True, eq=False, repr=False, weakref_slot=False)
class Person(Entity):
    """A natural person. OFAC "Individual", UN INDIVIDUAL, EU person, SECO individual."""

    kind: ClassVar[str] = "person"
    states_kind: ClassVar[bool] = True

    births: tuple[Birth, ...] = attrs.field(default=(), metadata=about("birth"))
    """Births: OFAC `dateOfBirthList`, `placeOfBirthList`, UN INDIVIDUAL_DATE_OF_BIRTH, EU `birthdate`."""
    nationalities: tuple[Nationality, ...] = attrs.field(
        default=(), metadata=about("nationality", fact=Fact.NATIONALITY, column="nationalities")
    )
    """Nationalities: OFAC `nationalityList`, UN NATIONALITY, EU `citizenship`."""
    citizenships: tuple[Nationality, ...] = attrs.field(
        default=(), metadata=about("citizenship", fact=Fact.CITIZENSHIP, column="citizenships")
    )
    """Citizenships, where the source tells them from nationalities (OFAC `citizenshipList`)."""
    genders: tuple[Gender, ...] = attrs.field(
        default=(), metadata=about("gender", fact=Fact.GENDER, column="genders")
    )
    """Genders stated, mostly one: OFAC "Gender", UN GENDER, SECO `sex`."""
    titles: tuple[str, ...] = attrs.field(
        default=(), metadata=about("title", fact=Fact.TITLE, column="titles")
    )
    """OFAC `title` (offices and titles, as printed), UN TITLE, UK Title."""
    positions: tuple[str, ...] = attrs.field(
        default=(), metadata=about("position", fact=Fact.TITLE, column="titles")
    )
    """Offices held: UN DESIGNATION, UK Position, EU function. Those that OFAC states are `titles`."""

    @property
    def birth_dates(self) -> tuple[PartialDate, ...]:
        """Dates of birth, each once."""
        return tuple(dict.fromkeys(one.date for one in self.births if one.date is not None))

    @property
    def birth_places(self) -> tuple[Place, ...]:
        """Places of birth, each once."""
        return tuple(dict.fromkeys(one.place for one in self.births if one.place is not None))

    def _countries(self) -> list[Country]:
        return [
            *(one.country for one in self.nationalities),
            *(one.country for one in self.citizenships),
            *super()._countries(),
            *(one.country for one in self.birth_places if one.country is not None),
        ]


@attrs.frozen(kw_only=True, eq=False, repr=False, weakref_slot=False)
class Organization(Entity):
    """A company, body, group or authority. What most lists call "Entity"."""

    kind: ClassVar[str] = "organization"
    states_kind: ClassVar[bool] = True

    established: tuple[PartialDate, ...] = attrs.field(
        default=(), metadata=about("date of establishment")
    )
    """Dates of establishment: OFAC "Organization Established Date"."""
    types: tuple[str, ...] = attrs.field(default=(), metadata=about("type"))
    """Types in the source's words: OFAC "Organization Type:", UK TypeOfEntities."""
    registered_in: tuple[Country, ...] = attrs.field(
        default=(), metadata=about("country of registration", fact=Fact.REGISTRATION)
    )
    """Countries of registration."""

    def _countries(self) -> list[Country]:
        return [*super()._countries(), *self.registered_in]


@attrs.frozen(kw_only=True, eq=False, repr=False, weakref_slot=False)
class Vessel(Entity):
    """A ship. Its IMO number, MMSI and call sign are among the identifiers."""

    kind: ClassVar[str] = "vessel"
    states_kind: ClassVar[bool] = True

    types: tuple[str, ...] = attrs.field(default=(), metadata=about("type"))
    """Types of vessel in the source's words, "Crude Oil Tanker"; the main one first."""
    flags: tuple[Country, ...] = attrs.field(default=(), metadata=about("flag", fact=Fact.FLAG))
    """Flags it sails under, the main one first: OFAC `vesselFlag`."""
    former_flags: tuple[Country, ...] = attrs.field(default=(), metadata=about("former flag"))
    """Former flags."""
    owners: tuple[str, ...] = attrs.field(default=(), metadata=about("owner"))
    """Owners and operators as text: OFAC `vesselOwner`."""
    former_owners: tuple[str, ...] = attrs.field(default=(), metadata=about("former owner"))
    """Former owners and operators as text."""
    tonnage: int | None = None
    """Tonnage: OFAC's `tonnage` is deadweight, the UK does not say which."""
    gross_tonnage: int | None = None
    """Gross registered tonnage: OFAC `grossRegisteredTonnage`."""
    length: str | None = None
    """Length as printed, with its unit: UK "Length of ship"."""
    built: tuple[PartialDate, ...] = attrs.field(default=(), metadata=about("date of build"))
    """Years or dates of build."""
    registered_in: tuple[Country, ...] = attrs.field(
        default=(), metadata=about("country of registration", fact=Fact.REGISTRATION)
    )
    """Countries of registration, where the source tells them from flags."""

    def _countries(self) -> list[Country]:
        return [*self.flags, *super()._countries(), *self.registered_in]


@attrs.frozen(kw_only=True, eq=False, repr=False, weakref_slot=False)
class Aircraft(Entity):
    """An aircraft. Its tail number, serial and mode S code are among the identifiers.

    OFAC mostly prints the tail number as the name: then no identifier has it.
    """

    kind: ClassVar[str] = "aircraft"
    states_kind: ClassVar[bool] = True

    models: tuple[str, ...] = attrs.field(default=(), metadata=about("model"))
    """Models in the source's words."""
    operators: tuple[str, ...] = attrs.field(default=(), metadata=about("operator"))
    """Operators as text."""
    built: tuple[PartialDate, ...] = attrs.field(default=(), metadata=about("date of build"))
    """Dates of manufacture."""
    registered_in: tuple[Country, ...] = attrs.field(
        default=(), metadata=about("country of registration", fact=Fact.REGISTRATION)
    )
    """Countries of registration."""

    def _countries(self) -> list[Country]:
        return [*super()._countries(), *self.registered_in]
