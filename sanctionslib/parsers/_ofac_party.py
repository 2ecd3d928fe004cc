"""What all formats of OFAC say in the same way: one party, from its pieces to an entity.

A format's module finds the pieces (names, addresses, numbers, labelled facts) and hands them over
as text with their label; what a label means, which field it fills and what is odd about it is
decided here, once for all formats. Values that recur are made once and shared: a list of 9,000
parties holds the word "Colombia" once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from sanctionslib.answers import IssueKind
from sanctionslib.model import (
    Address,
    Birth,
    Country,
    Designation,
    Edition,
    Entity,
    EntityRef,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    LegalBasis,
    Listing,
    Measure,
    Name,
    Nationality,
    Origin,
    PartialDate,
    Person,
    Place,
    Record,
    Relation,
    RelationKind,
    Vessel,
)
from sanctionslib.parsers._audit import AuditBuilder
from sanctionslib.parsers._numbers import DIPLOMATIC, kind_of_number, whole_number
from sanctionslib.parsers._ofac_tables import (
    ADDRESS_FIELDS,
    ADDRESS_LINES,
    COUNTRY_FACTS,
    DATE_FACTS,
    FIELD_KINDS,
    FIELDS,
    GENDERS,
    KINDS,
    MEASURES,
    ORDINARY,
    RELATIONS,
)
from sanctionslib.parsers.ofac.remarks import LINKED_TO
from sanctionslib.reference import (
    OfacLabel,
    authorities,
    country_at_end,
    is_known_place,
    ofac_label,
    programs,
    read_country,
)

__all__ = ["ID_SPACE", "Party", "PartyReader", "joined"]

ID_SPACE = "ofac"
"""OFAC's keys are the same in all of its files."""


class Party:
    """One party while it is read."""

    __slots__ = (
        "addresses",
        "births",
        "citizenships",
        "features",
        "fields",
        "identifiers",
        "kind",
        "line",
        "names",
        "nationalities",
        "odd",
        "programs",
        "raw_kind",
        "relations",
        "uid",
    )

    def __init__(self, uid: str, raw_kind: str, line: int | None = None) -> None:
        self.uid = uid
        self.raw_kind = raw_kind
        self.kind = KINDS.get(raw_kind, Entity)
        self.line = line
        self.programs: list[str] = []
        self.names: list[Name] = []
        self.addresses: list[Address] = []
        self.identifiers: list[Identifier] = []
        self.features: list[Feature] = []
        self.relations: list[Relation] = []
        self.births: list[Birth] = []
        self.nationalities: list[Nationality] = []
        self.citizenships: list[Nationality] = []
        self.fields: dict[str, list[object]] = {}
        """Values of the other fields that only this kind of party has, by name of the field."""
        self.odd: list[tuple[str, str]] = []
        """(path, value) of what stands where the format has no such thing."""


class PartyReader:
    """Reads the pieces that all formats share, and makes the entity."""

    def __init__(self, edition: Edition, audit: AuditBuilder) -> None:
        self.edition = edition
        self.audit = audit
        self.prefix = edition.list_id + ":"
        self.texts: dict[str, str] = {}
        self._dates: dict[str, PartialDate] = {}
        self._places: dict[str, Place] = {}
        self._links: dict[str, Relation] = {}
        self._measures: dict[str, Measure] = {}
        self._bases: dict[tuple[str, str | None], LegalBasis] = {}
        self._designations: dict[tuple[object, ...], Designation] = {}
        self._reported: set[str] = set()

    def belong_to(self, edition: Edition) -> None:
        """Make entities of another edition: one that is told at the end of the file alone."""
        self.edition = edition
        self.prefix = edition.list_id + ":"

    def share(self, text: str) -> str:
        """The same text as one object."""
        return self.texts.setdefault(text, text)

    # Values

    def country(self, party: Party, text: str) -> Country:
        """A country as OFAC spells it."""
        country = read_country(text)
        if country.code is None and not is_known_place(text):
            self.audit.unknown("country", text, party.uid)
        return country

    def date(self, party: Party, text: str, path: str) -> PartialDate:
        """A date; one in a form that we do not know stays as text and is reported."""
        if (date := self._dates.get(text)) is None:
            date = self._dates[text] = PartialDate.parse(text)
        if not date.is_read:
            self.unread(party, text, path)
        return date

    def place(self, text: str) -> Place:
        """A place of birth."""
        if (place := self._places.get(text)) is None:
            place = self._places[text] = Place(text=text, country=country_at_end(text))
        return place

    def measure(self, party: Party, text: str) -> Measure:
        """A measure, by OFAC's word for it."""
        if (made := self._measures.get(text)) is None:
            made = self._measures[text] = Measure(kind=MEASURES.get(text), raw=text)
        if made.kind is None:
            self.audit.unknown("measure", text, party.uid)
        return made

    def basis(self, title: str, uid: str | None = None) -> LegalBasis:
        """A legal authority, by OFAC's word for it and its number; one word can have two."""
        if (made := self._bases.get((title, uid))) is None:
            made = self._bases[title, uid] = LegalBasis(title=title, source_id=uid)
        return made

    def relation_kind(self, party: Party, text: str) -> RelationKind | None:
        """A type of relation, by OFAC's word for it."""
        kind = RELATIONS.get(text)
        if kind is None:
            self.audit.unknown("relation", text, party.uid)
        return kind

    def linked_to(self, name: str) -> Relation:
        """A link to a party of that primary name, as remarks have it."""
        if (made := self._links.get(name)) is None:
            made = self._links[name] = Relation(
                to=EntityRef(name=name, id_space=ID_SPACE),
                kind=RelationKind.LINKED_TO,
                raw_kind=LINKED_TO,
            )
        return made

    def address(
        self,
        party: Party,
        parts: Mapping[str, str],
        country: Country | None,
        *,
        path: str,
        script: str | None = None,
        group_id: str | None = None,
        uid: str | None = None,
    ) -> Address:
        """An address of its labelled parts, "ADDRESS1" … "POSTAL CODE"; an unknown part is odd."""
        known = {ADDRESS_FIELDS[label]: parts[label] for label in parts if label in ADDRESS_FIELDS}
        for label, value in parts.items():
            if label not in ADDRESS_FIELDS and label not in ADDRESS_LINES:
                party.odd.append((f"{path}/{label}", value))
        return Address(
            lines=tuple([parts[label] for label in ADDRESS_LINES if label in parts]),
            city=known.get("city"),
            state=known.get("state"),
            region=known.get("region"),
            postal_code=known.get("postal_code"),
            country=country,
            script=script,
            group_id=group_id,
            source_id=uid,
        )

    def unread(self, party: Party, text: str, path: str) -> None:
        """Report a value in a form that we do not know; it is kept as text."""
        self.audit.issue(
            IssueKind.UNREAD_VALUE,
            f"{text!r} at {path} is in a form that we cannot read; it is kept as text",
            entry=party.uid,
            path=path,
            line=party.line,
        )

    # Labelled facts and numbers

    def labelled(
        self,
        party: Party,
        text: str,
        value: str,
        *,
        path: str,
        country: Country | None = None,
        date: PartialDate | None = None,
        primary: bool | None = None,
        reliability: str | None = None,
        note: str | None = None,
        uid: str | None = None,
    ) -> None:
        """A fact under a label: an identifier, a value of a field, or a Feature.

        Args:
            party: Takes it.
            text: The label.
            value: The value as text.
            path: Where it stands, for the audit.
            country: The value as a country, where the format gives one.
            date: The value as a date, or a date that the format gives beside the value.
            primary: Whether it is the main one of several.
            reliability: The source's word on it.
            note: The source's remark.
            uid: The publisher's key of it.
        """
        label = ofac_label(text)
        unusual = None
        if reliability is not None and reliability not in ORDINARY:
            unusual = f"reliability: {reliability}"
        beside = None
        if date is not None and label is not None:
            if not label.is_date:
                beside = f"date: {date.raw or date}"
            elif value != (shown := date.raw or str(date)):
                note, value = joined(note, value), shown
        if label is not None and label.identifier is not None:
            said = joined(note, unusual, beside)
            self.identifier(party, text, label, value, country=country, note=said, uid=uid)
            return
        if label is not None and self._birth(
            party, label, value, country, date, primary, joined(note, unusual, beside), uid, path
        ):
            return
        bare = note is None and unusual is None and beside is None
        filled = label is not None and self.fill(party, label, value, country, date, path)
        if filled and bare:
            return
        if label is None:
            self.audit.unmapped(path, text, value)
        self.feature(
            party, text, label, value, date=date, reliability=reliability, note=note, uid=uid
        )

    def feature(
        self,
        party: Party,
        text: str,
        label: OfacLabel | None,
        value: str,
        *,
        date: PartialDate | None = None,
        reliability: str | None = None,
        note: str | None = None,
        uid: str | None = None,
    ) -> None:
        """A fact without a field of its own."""
        kind: FeatureKind | None = None
        if label is not None:
            kind = label.feature or FIELD_KINDS.get(label.field or "", FeatureKind.OTHER)
            if date is None and label.is_date:
                date = PartialDate.parse(value)
        party.features.append(
            Feature(
                label=text,
                value=value,
                kind=kind,
                date=date,
                reliability=reliability,
                note=note,
                source_id=uid,
            )
        )

    def identifier(
        self,
        party: Party,
        text: str,
        label: OfacLabel | None,
        value: str,
        *,
        country: Country | None = None,
        issued: PartialDate | None = None,
        expires: PartialDate | None = None,
        issuer: str | None = None,
        valid: bool | None = None,
        name_id: str | None = None,
        note: str | None = None,
        uid: str | None = None,
    ) -> None:
        """A number under a label that `ofac_label` calls an identifier.

        A document of a type that we do not know (`label` None) is an Identifier without kind.
        """
        kind: IdentifierKind | None = None
        if label is not None:
            kind = kind_of_number(label.identifier or IdentifierKind.OTHER_DOCUMENT, value)
        party.identifiers.append(
            Identifier(
                value=value,
                kind=kind,
                flags=DIPLOMATIC if label and label.label == "Diplomatic Passport" else (),
                country=country,
                issued=issued,
                expires=expires,
                issuer=issuer,
                valid=valid,
                asset=label.asset if label else None,
                name_id=name_id,
                note=note,
                raw_kind=text,
                source_id=uid,
            )
        )

    def fill(
        self,
        party: Party,
        label: OfacLabel,
        value: str,
        country: Country | None,
        date: PartialDate | None,
        path: str,
    ) -> bool:
        """Put a value into the field that its kind of party has for it; False if it has none."""
        fact = label.field or ""
        field = FIELDS[fact].get(party.kind) if fact in FIELDS else None
        if field is None or not value or fact in _BIRTH_FACTS:
            return False
        read: object = value
        if fact in COUNTRY_FACTS:
            read = country if country is not None else self.country(party, value)
        elif fact in DATE_FACTS:
            read = date if date is not None else self.date(party, value, path)
        elif fact == "gender" and (read := GENDERS.get(value)) is None:
            return False
        elif fact in ("tonnage", "gross_tonnage"):
            if field in party.fields or (read := whole_number(value)) is None:
                if field not in party.fields:
                    self.unread(party, value, path)
                return False
        elif fact == "title":
            party.fields.setdefault(field, []).extend(value.split("; "))
            return True
        party.fields.setdefault(field, []).append(read)
        return True

    def _birth(
        self,
        party: Party,
        label: OfacLabel,
        value: str,
        country: Country | None,
        date: PartialDate | None,
        primary: bool | None,
        note: str | None,
        uid: str | None,
        path: str,
    ) -> bool:
        """Births, nationalities and citizenships, where they are labelled facts."""
        if party.kind is not Person or label.field not in _BIRTH_FACTS:
            return False
        if label.field == "birth_date":
            read = date if date is not None else self.date(party, value, path)
            party.births.append(Birth(date=read, primary=primary, note=note, source_id=uid))
        elif label.field == "birth_place":
            party.births.append(
                Birth(place=self.place(value), primary=primary, note=note, source_id=uid)
            )
        else:
            into = party.nationalities if label.field == "nationality" else party.citizenships
            into.append(
                Nationality(
                    country=country if country is not None else self.country(party, value),
                    primary=primary,
                    note=note,
                    source_id=uid,
                )
            )
        return True

    # The party as a whole

    def report(self, party: Party, *, base: str) -> None:
        """Tell the audit what is odd about a party, and keep it as Features."""
        audit = self.audit
        for path, value in party.odd:
            path = path or base
            party.features.append(Feature(label=path, value=value))
            audit.unmapped(path, "", value)
            if path not in self._reported:  # once; audit.unmapped counts them all
                self._reported.add(path)
                audit.issue(
                    IssueKind.STRUCTURE,
                    f"{path} is not part of the format; its value {value[:80]!r} is kept as a "
                    "Feature, and so are all others there",
                    entry=party.uid,
                    path=path,
                    line=party.line,
                )
        for code in party.programs:
            if code not in programs:
                audit.unknown("program", code, party.uid)

    def report_kind(self, party: Party, path: str) -> None:
        """Report a kind that is none of the four; the party is kept as a plain Entity."""
        if party.kind is Entity:
            self.audit.issue(
                IssueKind.UNKNOWN_KIND,
                f"{path} is {party.raw_kind!r}, which is none of {', '.join(KINDS)}",
                entry=party.uid,
                path=path,
                line=party.line,
            )

    def designation(
        self,
        programs: tuple[str, ...],
        listings: tuple[Listing, ...],
        *,
        bases: tuple[LegalBasis, ...] = (),
        measures: tuple[Measure, ...] = (),
    ) -> Designation:
        """One designation with everything that the source says of it: it ties nothing closer.

        Those that say nothing of one party alone are made once and shared.
        """
        key = (programs, listings)
        # Keys of listings and bases are outside equality: equal ones are not the same.
        shared = not bases and not measures and all(one.source_id is None for one in listings)
        if shared and (known := self._designations.get(key)) is not None:
            return known
        made = Designation(
            authority=authorities["OFAC"],
            listings=listings,
            programs=programs,
            bases=bases,
            measures=measures,
        )
        if shared:
            self._designations[key] = made
        return made

    def entity(
        self,
        party: Party,
        designation: Designation,
        *,
        title: str | None = None,
        remarks: str | None = None,
        origin: Origin,
        record: Record | None = None,
    ) -> Entity:
        """The entity, of the class that its kind says."""
        if title is not None:
            if party.kind is Person:
                party.fields["titles"] = [*title.split("; "), *party.fields.get("titles", [])]
            else:
                party.features.append(Feature(label="title", value=title, kind=FeatureKind.TITLE))
        only_here: dict[str, object] = {
            name: tuple(values) for name, values in party.fields.items()
        }
        if party.kind is Person:
            only_here |= {
                "births": tuple(party.births),
                "nationalities": tuple(party.nationalities),
                "citizenships": tuple(party.citizenships),
            }
        elif party.kind is Vessel:
            for name in ("tonnage", "gross_tonnage"):
                if name in party.fields:
                    only_here[name] = party.fields[name][0]
        # The names of the fields come from FIELDS, which no checker can follow.
        make = cast("Callable[..., Entity]", party.kind)
        return make(
            id=self.prefix + party.uid,
            names=tuple(party.names),
            raw_kind=party.raw_kind,
            addresses=tuple(party.addresses),
            identifiers=tuple(party.identifiers),
            features=tuple(party.features),
            relations=tuple(party.relations),
            designations=(designation,),
            remarks=remarks,
            edition=self.edition,
            origins=(origin,),
            record=record,
            **only_here,
        )


_BIRTH_FACTS = frozenset({"birth_date", "birth_place", "nationality", "citizenship"})
"""Facts that are an object with a mark of their own."""


def joined(*said: str | None) -> str | None:
    """Remarks joined to one; None where there is none."""
    return "; ".join([one for one in said if one]) or None
