"""What a list says of a party: its names, dates, places, numbers, designations and links.

Frozen attrs classes; no I/O, no XML, no serialisation.

>>> import sanctionslib as sl
>>> party = sl.sample()["33952"]
>>> party.kind, party.name, str(party.births[0].date)
('person', 'AHMED, Benazir', '1963-10-01')
>>> sl.PartialDate.parse("1963-10").overlaps(sl.PartialDate.parse("1963"))
True
"""

from sanctionslib.model.dates import Calendar, PartialDate, Precision
from sanctionslib.model.designations import (
    Authority,
    Designation,
    Event,
    EventKind,
    Listing,
    Measure,
    MeasureKind,
    Program,
)
from sanctionslib.model.entity import Aircraft, Entity, Gender, Organization, Person, Vessel
from sanctionslib.model.facts import Fact
from sanctionslib.model.features import Feature, FeatureKind
from sanctionslib.model.identifiers import (
    DocumentFlag,
    Identifier,
    IdentifierKind,
    identifier_key,
)
from sanctionslib.model.legal import LegalBasis
from sanctionslib.model.names import AliasStrength, Name, NameKind, NamePart, NamePartKind
from sanctionslib.model.places import Address, Birth, Country, Nationality, Place
from sanctionslib.model.provenance import Edition, IdStability, Origin, Scope, Source
from sanctionslib.model.relations import EntityRef, Relation, RelationKind

__all__ = [
    "Address",
    "Aircraft",
    "AliasStrength",
    "Authority",
    "Birth",
    "Calendar",
    "Country",
    "Designation",
    "DocumentFlag",
    "Edition",
    "Entity",
    "EntityRef",
    "Event",
    "EventKind",
    "Fact",
    "Feature",
    "FeatureKind",
    "Gender",
    "IdStability",
    "Identifier",
    "IdentifierKind",
    "LegalBasis",
    "Listing",
    "Measure",
    "MeasureKind",
    "Name",
    "NameKind",
    "NamePart",
    "NamePartKind",
    "Nationality",
    "Organization",
    "Origin",
    "PartialDate",
    "Person",
    "Place",
    "Precision",
    "Program",
    "Relation",
    "RelationKind",
    "Scope",
    "Source",
    "Vessel",
    "identifier_key",
]
