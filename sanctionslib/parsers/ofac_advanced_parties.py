"""Locations, documents and parties of OFAC's advanced XML → parties that wait for their entries."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from lxml import etree

from sanctionslib.answers import IssueKind
from sanctionslib.errors import StructureChangedError
from sanctionslib.model import Country, PartialDate, Record
from sanctionslib.parsers._branches import Branch
from sanctionslib.parsers._ofac_party import joined
from sanctionslib.parsers._ofac_tables import ORDINARY
from sanctionslib.parsers._xml import local_name, record_of
from sanctionslib.parsers.ofac_advanced_joins import Half, Joins
from sanctionslib.parsers.ofac_advanced_names import Names
from sanctionslib.parsers.ofac_advanced_tables import (
    ADDRESS_TYPE,
    BACK,
    DATES,
    DOCUMENT,
    FEATURE,
    IDENTITY,
    LOCATION,
    PARTY,
    PROFILE,
    VERSION,
)
from sanctionslib.parsers.ofac_advanced_values import Place, Waiting, period_of
from sanctionslib.reference import ofac_label

__all__ = ["Parties"]

_MOST_VALUES = 200
"""Values that a location may have, those aside that say who refers to it; of OFAC's the longest has 34.
Each party that refers to it gets them all, and any number of parties can."""
_PART = f"{LOCATION}/LocationPart"
_DOCUMENT_DATES = ("Issue Date", "Expiration Date")
_VALID = {"Valid": None, "Fraudulent": False}
"""Every document is "Valid" but false ones, also one that expired long ago: it is no promise."""


class Parties:
    """Reads the sections up to the parties, one method per element."""

    def __init__(self, joins: Joins) -> None:
        self.joins = joins
        self.audit = joins.audit
        self.party = joins.party
        self.names = Names(joins)
        self.countries = joins.references.numbers("DetailType", frozenset({"COUNTRY"}))

    def location(self, element: etree._Element) -> None:
        """`Location`: an address, or the name of a country that many parties share."""
        branch, odd = self.joins.grow(element, LOCATION)
        record = self.joins.record(element, LOCATION)
        key = branch.get("ID")
        if key is None or key in self.joins.places:
            says = f"the ID of a location is missing, or given twice: {key!r}"
            self.joins.orphan(LOCATION, says, record, element.sourceline)
            return
        back = [pair for pair in record if pair[0] in BACK]
        place = self.joins.places[key] = Place(key, self.joins.at, record, back, odd)
        if back:  # once here: hundreds of parties can share it
            place.own = _record([pair for pair in record if pair[0] not in BACK])
        if len(place.own) > _MOST_VALUES:
            raise StructureChangedError(
                f"the location {key} has {len(place.own):,} values, and {_MOST_VALUES} are the most",
                where=self.audit.where(path=LOCATION, line=element.sourceline),
                hint="do not trust this file: fetch it again from the publisher",
            )
        if len(place.back) < len(back):
            says = f"the location {key} names a fact or a document twice"
            self.joins.orphan(LOCATION, says, record, element.sourceline)
        parts: dict[str, str] = {}
        for part in branch.all("LocationPart"):
            path = f"{_PART}@LocPartTypeID"
            label = self.joins.word("LocPartType", part.get("LocPartTypeID"), path, "")
            inner = part.one("LocationPartValue")
            value = inner.get("Value") if inner is not None else None
            if value is not None and label not in parts:
                parts[label] = self.party.share(value)
            else:
                odd.append((path, f"{label}: {value}"))
        place.parts = tuple(parts.items())
        place.country = self.country_of(branch, odd)

    def country_of(self, branch: Branch, odd: list[tuple[str, str]]) -> str | None:
        """The country of a location: its own, else that of its area code ("undetermined")."""
        country = area = None
        if (stated := branch.one("LocationCountry")) is not None:
            country = stated.get("CountryID")
        if (code := branch.one("LocationAreaCode")) is not None:
            area = code.get("AreaCodeID")
        if country is not None:
            more = self.joins.references.more
            if area is not None and more("AreaCode", area, "CountryID") != country:
                odd.append((f"{LOCATION}/LocationAreaCode@AreaCodeID", area))
            return self.joins.word("Country", country, f"{LOCATION}/LocationCountry@CountryID", "")
        if area is None:
            return None
        if described := self.joins.references.more("AreaCode", area, "Description"):
            return described
        return self.joins.word("AreaCode", area, f"{LOCATION}/LocationAreaCode@AreaCodeID", "")

    def document(self, element: etree._Element) -> None:
        """`IDRegDocument`: waits for the party whose identity it names."""
        branch, odd = self.joins.grow(element, DOCUMENT)
        record = self.joins.record(element, DOCUMENT)
        waiting = Waiting(self.joins.at, branch, odd, record, element.sourceline)
        self.joins.documents.setdefault(branch.get("IdentityID") or "", []).append(waiting)

    def distinct_party(self, element: etree._Element) -> None:
        """`DistinctParty`."""
        branch, odd = self.joins.grow(element, PARTY)
        profile = branch.one("Profile") or Branch({}, None)
        identity = profile.one("Identity") or Branch({}, None)
        uid = branch.get("FixedRef") or profile.get("ID") or ""
        kind = profile.get("PartySubTypeID")
        half = Half(
            uid,
            self.joins.references.kind_of_party(kind, f"{PROFILE}@PartySubTypeID", uid),
            element.sourceline,
        )
        half.odd = odd
        self.joins.same_key(half, f"{PROFILE}@ID", profile.get("ID"))
        self.joins.same_key(half, f"{IDENTITY}@FixedRef", identity.get("FixedRef"))
        half.names = self.names.identity(half, identity)
        if not half.names:
            self.joins.rejected.add(uid)
            self.audit.issue(
                IssueKind.REJECTED,
                "the party has no name at all, so no entity can be made of it",
                entry=uid,
                line=half.line,
                record=record_of(element, base=PARTY),
            )
            return
        half.name_ids = frozenset(name.source_id for name in half.names)
        half.remarks = branch.get("Comment")
        self.joins.halves.append(half)
        if uid and self.joins.by_uid.setdefault(uid, half) is half:
            self.joins.names[uid] = half.names[0].text
        if self.joins.records:
            record = self.joins.record(element, PARTY)
            self.joins.keep(half, self.joins.at, record, self.labels(element, record))
        for waiting in self.joins.documents.pop(identity.get("ID") or "", ()):
            self.identifier(half, waiting)
        for feature in profile.all("Feature"):
            self.feature(half, feature, identity.get("ID"))

    def feature(self, half: Half, branch: Branch, identity: str | None) -> None:
        """`Feature`: a labelled fact, or an address."""
        key = branch.get("ID")
        path = f"{FEATURE}@FeatureTypeID"
        text = self.joins.word("FeatureType", branch.get("FeatureTypeID"), path, half.uid)
        reference = branch.one("IdentityReference")
        if reference is None or reference.get("IdentityID") != identity:
            other = (reference.get("IdentityID") if reference is not None else None) or ""
            path = f"{FEATURE}/IdentityReference@IdentityID"
            self.joins.dangling(half, path, other, "it is not the identity of the party")
        versions = branch.all("FeatureVersion")
        if not versions:
            half.odd.append((f"{FEATURE}@FeatureTypeID", text))
        for version in versions:
            date = period_of(version.one("DatePeriod"), DATES[0], half.odd)
            if date is not None and not date.is_read:
                self.party.unread(half, date.raw, DATES[0])
            word = self.joins.word(
                "Reliability", version.get("ReliabilityID"), f"{VERSION}@ReliabilityID", half.uid
            )
            place = None
            if (link := version.one("VersionLocation")) is not None:
                path = f"{VERSION}/VersionLocation@LocationID"
                place = self.place(half, link.get("LocationID"), path, version.get("ID") or "")
            if place is not None and text == ADDRESS_TYPE:
                self.address(half, place, version, date, word)
                continue
            value, detail, country = self.value(half, version, place)
            label = ofac_label(text)
            if value is None and date is not None and (label is None or label.is_date):
                value = date.raw
            note = joined(version.get("Comment"), detail)
            if value is None:  # a location that is not there, for one: no empty nationality of it
                if label is None:
                    self.audit.unmapped(VERSION, text, "")
                self.party.feature(
                    half, text, label, "", date=date, reliability=word, note=note, uid=key
                )
                continue
            self.party.labelled(
                half,
                text,
                value,
                path=VERSION,
                country=country,
                date=date,
                reliability=word,
                note=note,
                uid=key,
            )

    def value(
        self, half: Half, version: Branch, place: Place | None
    ) -> tuple[str | None, str | None, Country | None]:
        """The value of a fact, what stands beside it, and the country where it is one."""
        texts = self.details(half, version)
        country = None
        if place is not None:
            texts = [place.name, *texts, *place.labelled]
            detail = version.one("VersionDetail")
            if detail is not None and detail.get("DetailTypeID") in self.countries:
                country = self.party.country(half, place.name)
        return (texts[0] if texts else None), joined(*texts[1:]), country

    def details(self, half: Half, version: Branch) -> list[str]:
        """What `VersionDetail` says: a word of a set, a text of its own."""
        detail = version.one("VersionDetail")
        if detail is None:
            return []
        texts: list[str] = []
        if (number := detail.get("DetailReferenceID")) is not None:
            path = f"{VERSION}/VersionDetail@DetailReferenceID"
            texts.append(self.joins.word("DetailReference", number, path, half.uid))
        if (own := detail.get("")) is not None:
            texts.append(own)
        return texts

    def place(self, half: Half, key: str | None, path: str, back: str) -> Place | None:
        """A location by its key; one that is not there, or does not refer back, is reported."""
        place = self.joins.places.get(key or "")
        if place is None:
            self.joins.dangling(half, path, key or "", "no Location has this ID")
            return None
        if (named := place.back.pop(back, None)) is None:
            self.joins.dangling(half, path, place.uid, "the location does not refer back")
        place.used = True
        if place.at not in half.places:
            half.places.add(place.at)
            half.odd.extend(place.odd)
            if self.joins.records:
                # What else refers to a shared location (all Russians to Russia) is in other records.
                self.joins.keep(half, place.at, place.own, self.part_labels(place.own))
        if self.joins.records and named is not None:
            self.joins.keep(half, place.at, _record([named]))
        return place

    def address(
        self, half: Half, place: Place, version: Branch, date: PartialDate | None, reliability: str
    ) -> None:
        """A fact of the type Location: an address."""
        country = None if place.country is None else self.party.country(half, place.country)
        made = self.party.address(half, dict(place.parts), country, path=_PART, uid=place.uid)
        note = joined(
            version.get("Comment"),
            *self.details(half, version),
            None if date is None else f"date: {date.raw}",
            None if reliability in ORDINARY else f"reliability: {reliability}",
        )
        half.addresses.append(made if note is None else attrs.evolve(made, note=note))

    def identifier(self, half: Half, waiting: Waiting) -> None:
        """`IDRegDocument` of this party."""
        branch = waiting.branch
        key = branch.get("ID")
        half.odd.extend(waiting.odd)
        path = f"{DOCUMENT}@IDRegDocTypeID"
        text = self.joins.word("IDRegDocType", branch.get("IDRegDocTypeID"), path, half.uid)
        country = None
        if (number := branch.get("IssuedBy-CountryID")) is not None:
            path = f"{DOCUMENT}@IssuedBy-CountryID"
            country = self.party.country(half, self.joins.word("Country", number, path, half.uid))
        issuer = branch.get("IssuingAuthority")
        labelled: tuple[str, ...] = ()
        if (number := branch.get("IssuedIn-LocationID")) is not None:
            place = self.place(half, number, f"{DOCUMENT}@IssuedIn-LocationID", key or "")
            if place is not None and (country is None or country.raw != place.name):
                issuer = joined(issuer, place.name)
            if place is not None:
                labelled = place.labelled
        dates: dict[str, PartialDate] = {}
        for stated in branch.all("DocumentDate"):
            path = f"{DOCUMENT}/DocumentDate@IDRegDocDateTypeID"
            kind = self.joins.word(
                "IDRegDocDateType", stated.get("IDRegDocDateTypeID"), path, half.uid
            )
            date = period_of(stated.one("DatePeriod"), DATES[1], half.odd)
            if date is None or kind in dates or kind not in _DOCUMENT_DATES:
                half.odd.append((path, f"{kind}: {'' if date is None else date.raw}"))
                continue
            if not date.is_read:
                self.party.unread(half, date.raw, DATES[1])
            dates[kind] = date
        validity = None
        if (number := branch.get("ValidityID")) is not None:
            validity = self.joins.word("Validity", number, f"{DOCUMENT}@ValidityID", half.uid)
        name_id = None
        if (bearer := branch.one("DocumentedNameReference")) is not None:
            name_id = bearer.get("DocumentedNameID")
            if name_id not in half.name_ids:
                path = f"{DOCUMENT}/DocumentedNameReference@DocumentedNameID"
                self.joins.dangling(half, path, name_id or "", "it is no name of the party")
        self.party.identifier(
            half,
            text,
            ofac_label(text),
            branch.get("IDRegistrationNo") or "",
            country=country,
            issued=dates.get("Issue Date"),
            expires=dates.get("Expiration Date"),
            issuer=issuer,
            valid=_VALID.get(validity or ""),
            name_id=name_id,
            note=joined(
                branch.get("Comment"),
                f"validity: {validity}" if validity and validity not in _VALID else None,
                *labelled,
            ),
            uid=key,
        )
        if self.joins.records:
            self.joins.keep(half, waiting.at, waiting.record, [text] * len(waiting.record))

    def labels(self, element: etree._Element, record: Record) -> Iterator[str]:
        """The label of each value of a party, in document order: the type of its feature."""
        within = iter(
            [
                label
                for profile in element
                if local_name(profile.tag) == "Profile"
                for feature in profile
                if local_name(feature.tag) == "Feature"
                for label in [self.label(feature)] * len(record_of(feature) or ())
            ]
        )
        for path in record.paths:
            inside = path.startswith(FEATURE) and path[len(FEATURE) : len(FEATURE) + 1] in (
                "",
                "/",
                "@",
            )
            yield next(within, "") if inside else ""

    def part_labels(self, location: Record) -> Iterator[str]:
        """The label of each value of a location: the type of the part that it is in."""
        path, label = f"{_PART}@LocPartTypeID", ""
        for at, value in location:
            if at == path:  # the first value of each part
                label = self.joins.word("LocPartType", value.strip(), path, "")
            yield label if at.startswith(_PART) else ""

    def label(self, feature: etree._Element) -> str:
        """The type of a feature."""
        key = feature.get("FeatureTypeID", "").strip()
        return self.joins.word("FeatureType", key, f"{FEATURE}@FeatureTypeID", "")


def _record(pairs: list[tuple[str, str]]) -> Record:
    """A record of pairs."""
    return Record(tuple([path for path, _ in pairs]), tuple([value for _, value in pairs]))
