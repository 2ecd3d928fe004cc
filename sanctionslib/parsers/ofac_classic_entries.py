"""The entries of OFAC's classic XML: one `sdnEntry` → one entity. See `ofac_classic`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from lxml import etree

from sanctionslib.answers import IssueKind
from sanctionslib.model import (
    Address,
    AliasStrength,
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
    Listing,
    Name,
    NamePart,
    NamePartKind,
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
from sanctionslib.parsers._keys import Keys
from sanctionslib.parsers._numbers import DIPLOMATIC, kind_of_number
from sanctionslib.parsers._remarks import LINKED_TO, has_unread_links, linked_names
from sanctionslib.parsers._xml import (
    Texts,
    is_regular,
    leaf_texts,
    local_name,
    loose_text,
    odd_values,
    record_of,
    stray_values,
)
from sanctionslib.parsers.ofac_classic_tables import (
    ALIAS_TYPES,
    CATEGORIES,
    COUNTRY_FACTS,
    DATE_FACTS,
    FIELD_KINDS,
    FIELDS,
    GENDERS,
    ITEMS,
    KINDS,
    LEAVES,
    SDN_LIST,
)
from sanctionslib.reference import (
    OfacLabel,
    authorities,
    country_at_end,
    is_known_place,
    ofac_label,
    programs,
    read_country,
)

__all__ = ["Entries"]

_PATH = "sdnList/sdnEntry"
_ID = "idList/id"
_BESIDE = frozenset({"idCountry", "issueDate", "expirationDate"})
"""What may stand beside the value of an `id`."""


class _Entry:
    """One entry while it is read."""

    __slots__ = (
        "addresses",
        "births",
        "citizenships",
        "features",
        "fields",
        "gross_tonnage",
        "identifiers",
        "kind",
        "line",
        "names",
        "nationalities",
        "odd",
        "programs",
        "texts",
        "tonnage",
        "uid",
    )

    def __init__(self, texts: Texts, line: int | None) -> None:
        self.texts = texts
        self.line = line
        self.uid = texts.get("uid", "")
        self.kind = KINDS.get(texts.get("sdnType", ""), Entity)
        self.programs: list[str] = []
        self.names: list[Name] = []
        self.addresses: list[Address] = []
        self.identifiers: list[Identifier] = []
        self.features: list[Feature] = []
        self.births: list[Birth] = []
        self.nationalities: list[Nationality] = []
        self.citizenships: list[Nationality] = []
        self.fields: dict[str, list[object]] = {}
        """Values of the fields that only this kind of party has, by name of the field."""
        self.tonnage: int | None = None
        self.gross_tonnage: int | None = None
        self.odd: list[tuple[str, str]] = []


class Entries:
    """Reads entries: one method per element that has children, named after it."""

    def __init__(
        self,
        edition: Edition,
        entities: list[Entity],
        audit: AuditBuilder,
        *,
        tag: Callable[[str], str],
        records: bool,
    ) -> None:
        self.audit = audit
        self.edition = edition
        self.prefix = edition.list_id + ":"
        self.member = edition.members[0]
        self.records = records
        self.keys = Keys(entities, audit, edition.list_id)
        self.listings = (Listing(list_name=SDN_LIST),) if edition.list_id == "us_ofac_sdn" else ()
        self.leaves = {
            group: {tag(name): name for name in names} for group, names in LEAVES.items()
        }
        readers: dict[str, Callable[[_Entry, etree._Element], None]] = {
            "idList": self.id_list,
            "akaList": self.aka_list,
            "addressList": self.address_list,
            "nationalityList": self.nationality_list,
            "citizenshipList": self.citizenship_list,
            "dateOfBirthList": self.date_of_birth_list,
            "placeOfBirthList": self.place_of_birth_list,
            "programList": self.program_list,
            "vesselInfo": self.vessel_info,
        }
        self.readers = {tag(name): read for name, read in readers.items()}
        self.items = {group: tag(item) for group, item in ITEMS.items()}
        self.id_type = tag("idType")
        self.reported: set[str] = set()
        # Values that recur are read once and shared, texts too: a list of 9,000 parties holds the
        # word "Colombia" once.
        self.texts: dict[str, str] = {}
        self.dates: dict[str, PartialDate] = {}
        self.places: dict[str, Place] = {}
        self.links: dict[str, Relation] = {}
        self.designations: dict[tuple[str, ...], Designation] = {}

    def sdn_entry(self, element: etree._Element) -> None:
        """One party."""
        parts: list[tuple[Callable[[_Entry, etree._Element], None], etree._Element]] = []
        odd: list[tuple[str, str]] = []
        texts: Texts = {}
        seen: set[object] = set()
        leaves, readers, share = self.leaves["sdnEntry"], self.readers, self.texts.setdefault
        for child in element:
            tag = str(child.tag)
            if (name := leaves.get(tag)) is not None and name not in texts and not len(child):
                if (text := child.text) is not None and (text := text.strip()):
                    texts[name] = share(text, text)
            elif (reader := readers.get(tag)) is not None and tag not in seen:
                seen.add(tag)
                parts.append((reader, child))
                if reader != self.vessel_info:  # which looks itself
                    loose_text(child, odd, local_name(tag))
            else:
                odd_values(child, odd, "")
        entry = _Entry(texts, element.sourceline)
        entry.odd = odd
        if "lastName" in texts or "firstName" in texts:
            entry.names.append(self.name(entry, texts))
        for reader, child in parts:
            reader(entry, child)
        regular = is_regular(element)
        if not regular:
            stray_values(element, entry.odd)
        record = record_of(element, self.texts, regular=regular) if self.records else None
        if record is not None:
            self.count(element, record)
        if not entry.names:
            self.audit.issue(
                IssueKind.REJECTED,
                "the entry has no name at all, so no entity can be made of it",
                entry=entry.uid,
                line=entry.line,
                record=record_of(element),
            )
            return
        self.report(entry)
        self.keys.add(self.entity(entry, record), line=entry.line)

    def report(self, entry: _Entry) -> None:
        """Tell the audit what is odd about an entry."""
        texts, audit = entry.texts, self.audit
        if "lastName" not in texts:
            audit.issue(
                IssueKind.NO_PRIMARY_NAME,
                f"the entry has no lastName: it is kept as {entry.names[0].text!r}",
                entry=entry.uid,
                line=entry.line,
            )
        for path, value in entry.odd:
            path = path or "sdnEntry"
            entry.features.append(Feature(label=path, value=value))
            audit.unmapped(path, "", value)
            if path not in self.reported:  # once; audit.unmapped counts them all
                self.reported.add(path)
                audit.issue(
                    IssueKind.STRUCTURE,
                    f"{path} is not part of the format; its value {value[:80]!r} is kept as a "
                    "Feature, and so are all others there",
                    entry=entry.uid,
                    path=path,
                    line=entry.line,
                )
        for code in entry.programs:
            if code not in programs:
                audit.unknown("program", code, entry.uid)
        if entry.kind is Entity:
            audit.issue(
                IssueKind.UNKNOWN_KIND,
                f"sdnType is {texts.get('sdnType', '')!r}, which is none of {', '.join(KINDS)}",
                entry=entry.uid,
                path="sdnType",
                line=entry.line,
            )

    def name(self, entry: _Entry, texts: Texts) -> Name:
        """A name of its parts; for persons "LAST, First" as OFAC prints it."""
        last, first = texts.get("lastName"), texts.get("firstName")
        part = NamePartKind.FAMILY if entry.kind is Person else NamePartKind.WHOLE
        parts: tuple[NamePart, ...] = ()
        if last is not None:
            parts = (NamePart(kind=part, text=last),)
        if first is not None:
            parts = (*parts, NamePart(kind=NamePartKind.GIVEN, text=first))
        text = f"{last}, {first}" if last and first else last or first or ""
        if (raw := texts.get("type")) is None:
            return Name(text=text, parts=parts)
        category = texts.get("category", "")
        kind, strength = ALIAS_TYPES.get(raw), CATEGORIES.get(category)
        if kind is None:
            self.audit.unknown("alias type", raw, entry.uid)
        if strength is None and category:
            self.audit.unknown("alias category", category, entry.uid)
        return Name(
            text=text,
            parts=parts,
            kind=kind,
            strength=strength or AliasStrength.UNSTATED,
            raw_kind=raw,
            raw_strength="" if strength else category,
            source_id=texts.get("uid"),
        )

    def each(self, group: str, entry: _Entry, element: etree._Element) -> Iterator[Texts]:
        """The items of a list element, each as its leaf texts."""
        item = self.items[group]
        name = ITEMS[group]
        path = f"{group}/{name}"
        leaves, share = self.leaves[name], self.texts
        for child in element:
            if child.tag == item:
                yield leaf_texts(child, leaves, entry.odd, path, share)
            else:
                odd_values(child, entry.odd, group)

    def program_list(self, entry: _Entry, element: etree._Element) -> None:
        """`programList`: the tags."""
        share = self.texts.setdefault
        for child in element:
            text = (child.text or "").strip()
            if child.tag == self.items["programList"] and not len(child):
                if text:
                    entry.programs.append(share(text, text))
            else:
                odd_values(child, entry.odd, "programList")

    def aka_list(self, entry: _Entry, element: etree._Element) -> None:
        """`akaList`: aliases. One without a type is an alias all the same."""
        for texts in self.each("akaList", entry, element):
            if "lastName" in texts or "firstName" in texts:
                texts.setdefault("type", "")
                entry.names.append(self.name(entry, texts))
            else:
                leftover(texts, entry.odd, "akaList/aka")

    def address_list(self, entry: _Entry, element: etree._Element) -> None:
        """`addressList`."""
        for texts in self.each("addressList", entry, element):
            get = texts.get
            lines = (get("address1"), get("address2"), get("address3"))
            country = get("country")
            entry.addresses.append(
                Address(
                    lines=tuple([line for line in lines if line is not None]),
                    city=get("city"),
                    state=get("stateOrProvince"),
                    region=get("region"),
                    postal_code=get("postalCode"),
                    country=self.country(entry, country) if country is not None else None,
                    source_id=get("uid"),
                )
            )

    def nationality_list(self, entry: _Entry, element: etree._Element) -> None:
        """`nationalityList`."""
        for texts in self.each("nationalityList", entry, element):
            self.nationality(entry, texts, entry.nationalities, "nationalityList/nationality")

    def citizenship_list(self, entry: _Entry, element: etree._Element) -> None:
        """`citizenshipList`."""
        for texts in self.each("citizenshipList", entry, element):
            self.nationality(entry, texts, entry.citizenships, "citizenshipList/citizenship")

    def nationality(self, entry: _Entry, texts: Texts, into: list[Nationality], path: str) -> None:
        """A nationality or a citizenship."""
        if "country" not in texts or entry.kind is not Person:
            leftover(texts, entry.odd, path)
            return
        into.append(
            Nationality(
                country=self.country(entry, texts["country"]),
                primary=self.flag(entry, texts, path),
                source_id=texts.get("uid"),
            )
        )

    def date_of_birth_list(self, entry: _Entry, element: etree._Element) -> None:
        """`dateOfBirthList`."""
        path = "dateOfBirthList/dateOfBirthItem"
        for texts in self.each("dateOfBirthList", entry, element):
            if "dateOfBirth" not in texts or entry.kind is not Person:
                leftover(texts, entry.odd, path)
                continue
            entry.births.append(
                Birth(
                    date=self.date(entry, texts["dateOfBirth"], f"{path}/dateOfBirth"),
                    primary=self.flag(entry, texts, path),
                    source_id=texts.get("uid"),
                )
            )

    def place_of_birth_list(self, entry: _Entry, element: etree._Element) -> None:
        """`placeOfBirthList`."""
        path = "placeOfBirthList/placeOfBirthItem"
        for texts in self.each("placeOfBirthList", entry, element):
            text = texts.get("placeOfBirth")
            if text is None or entry.kind is not Person:
                leftover(texts, entry.odd, path)
                continue
            if (place := self.places.get(text)) is None:
                place = self.places[text] = Place(text=text, country=country_at_end(text))
            entry.births.append(
                Birth(
                    place=place,
                    primary=self.flag(entry, texts, path),
                    source_id=texts.get("uid"),
                )
            )

    def vessel_info(self, entry: _Entry, element: etree._Element) -> None:
        """`vesselInfo`."""
        texts = leaf_texts(element, self.leaves["vesselInfo"], entry.odd, "vesselInfo", self.texts)
        if (call_sign := texts.pop("callSign", None)) is not None:
            entry.identifiers.append(
                Identifier(value=call_sign, kind=IdentifierKind.CALL_SIGN, raw_kind="callSign")
            )
        if entry.kind is not Vessel:
            for name, value in texts.items():
                entry.features.append(Feature(label=name, value=value, kind=FeatureKind.VESSEL))
            return
        if (text := texts.get("vesselType")) is not None:
            entry.fields.setdefault("types", []).insert(0, text)
        if (text := texts.get("vesselFlag")) is not None:
            entry.fields.setdefault("flags", []).insert(0, self.country(entry, text))
        if (text := texts.get("vesselOwner")) is not None:
            entry.fields["owners"] = [text]
        entry.tonnage = self.number(entry, texts, "tonnage")
        entry.gross_tonnage = self.number(entry, texts, "grossRegisteredTonnage")

    def id_list(self, entry: _Entry, element: etree._Element) -> None:
        """`idList`: identity documents, other numbers, and labelled facts."""
        for texts in self.each("idList", entry, element):
            text = texts.get("idType", "")
            label = ofac_label(text)
            if label is None:
                self.audit.unmapped("idList/id", text, texts.get("idNumber", ""))
                entry.features.append(labelled(text, texts, None))
            elif label.identifier is not None:
                entry.identifiers.append(self.identifier(entry, texts, label, label.identifier))
            elif label.field is None or not self.field(entry, texts, label.field):
                entry.features.append(labelled(text, texts, label))

    def identifier(
        self, entry: _Entry, texts: Texts, label: OfacLabel, kind: IdentifierKind
    ) -> Identifier:
        """A number of `idList`."""
        get = texts.get
        value, country = get("idNumber", ""), get("idCountry")
        issued, expires = get("issueDate"), get("expirationDate")
        return Identifier(
            value=value,
            kind=kind_of_number(kind, value),
            flags=DIPLOMATIC if label.label == "Diplomatic Passport" else (),
            country=self.country(entry, country) if country is not None else None,
            issued=self.date(entry, issued, "idList/id/issueDate") if issued else None,
            expires=self.date(entry, expires, "idList/id/expirationDate") if expires else None,
            asset=label.asset,
            raw_kind=texts["idType"],
            source_id=get("uid"),
        )

    def field(self, entry: _Entry, texts: Texts, fact: str) -> bool:
        """Put a labelled fact into the field that its kind of party has for it; False if none."""
        field = FIELDS[fact].get(entry.kind) if fact in FIELDS else None
        value = texts.get("idNumber")
        if field is None or value is None or not _BESIDE.isdisjoint(texts):
            return False
        read: object = value
        if fact in COUNTRY_FACTS:
            read = self.country(entry, value)
        elif fact in DATE_FACTS:
            read = self.date(entry, value, "idList/id/idNumber")
        elif fact == "gender" and (read := GENDERS.get(value)) is None:
            return False
        entry.fields.setdefault(field, []).append(read)
        return True

    def country(self, entry: _Entry, text: str) -> Country:
        """A country as OFAC spells it."""
        country = read_country(text)
        if country.code is None and not is_known_place(text):
            self.audit.unknown("country", text, entry.uid)
        return country

    def date(self, entry: _Entry, text: str, path: str) -> PartialDate:
        """A date; one in a form that we do not know stays as text and is reported."""
        if (date := self.dates.get(text)) is None:
            date = self.dates[text] = PartialDate.parse(text)
        if not date.is_read:
            self.unread(entry, text, path)
        return date

    def flag(self, entry: _Entry, texts: Texts, path: str) -> bool | None:
        """`mainEntry`: true or false."""
        text = texts.get("mainEntry")
        if text in ("true", "false"):
            return text == "true"
        if text is not None:
            self.unread(entry, text, f"{path}/mainEntry")
            entry.features.append(Feature(label=f"{path}/mainEntry", value=text))
        return None

    def number(self, entry: _Entry, texts: Texts, name: str) -> int | None:
        """A whole number."""
        text = texts.get(name)
        if text is None or (text.isascii() and text.isdigit() and str(int(text)) == text):
            return None if text is None else int(text)
        self.unread(entry, text, f"vesselInfo/{name}")
        entry.features.append(Feature(label=name, value=text, kind=FeatureKind.VESSEL))
        return None

    def unread(self, entry: _Entry, text: str, path: str) -> None:
        """Report a value in a form that we do not know; it is kept as text."""
        self.audit.issue(
            IssueKind.UNREAD_VALUE,
            f"{text!r} at {path} is in a form that we cannot read; it is kept as text",
            entry=entry.uid,
            path=path,
            line=entry.line,
        )

    def designation(self, programs: tuple[str, ...]) -> Designation:
        """One designation with everything that the source says of it: it ties nothing closer."""
        if (made := self.designations.get(programs)) is None:
            made = self.designations[programs] = Designation(
                authority=authorities["OFAC"], listings=self.listings, programs=programs
            )
        return made

    def relations(self, entry: _Entry, remarks: str) -> tuple[Relation, ...]:
        """The links in remarks."""
        names = linked_names(remarks)
        if has_unread_links(remarks, names):
            self.unread(entry, remarks, "remarks")
        return tuple([self.relation(name) for name in names])

    def relation(self, name: str) -> Relation:
        """A link to a party of that primary name."""
        if (made := self.links.get(name)) is None:
            made = self.links[name] = Relation(
                to=EntityRef(name=name, id_space="ofac"),
                kind=RelationKind.LINKED_TO,
                raw_kind=LINKED_TO,
            )
        return made

    def entity(self, entry: _Entry, record: Record | None) -> Entity:
        """The entity, of the class that its sdnType says."""
        texts = entry.texts
        remarks, title = texts.get("remarks"), texts.get("title")
        if title is not None and entry.kind is not Person:
            entry.features.append(Feature(label="title", value=title, kind=FeatureKind.TITLE))
        only_here: dict[str, object] = {
            name: tuple(values) for name, values in entry.fields.items()
        }
        if entry.kind is Person:
            only_here |= {
                "births": tuple(entry.births),
                "nationalities": tuple(entry.nationalities),
                "citizenships": tuple(entry.citizenships),
                "titles": tuple(title.split("; ")) if title is not None else (),
            }
        elif entry.kind is Vessel:
            only_here |= {"tonnage": entry.tonnage, "gross_tonnage": entry.gross_tonnage}
        # The names of the fields come from FIELDS, which no checker can follow.
        make = cast("Callable[..., Entity]", entry.kind)
        return make(
            id=self.prefix + entry.uid,
            names=tuple(entry.names),
            raw_kind=texts.get("sdnType", ""),
            addresses=tuple(entry.addresses),
            identifiers=tuple(entry.identifiers),
            features=tuple(entry.features),
            relations=self.relations(entry, remarks) if remarks is not None else (),
            designations=(self.designation(tuple(entry.programs)),),
            remarks=remarks,
            edition=self.edition,
            origins=(Origin(member=self.member, line=entry.line, path=_PATH),),
            record=record,
            **only_here,
        )

    def count(self, element: etree._Element, record: Record) -> None:
        """Count the values of the record by path, those of `idList/id` by label too."""
        labels = self.labels(element)
        for path in record.paths:
            self.audit.count(
                path, next(labels, "") if path[:9] == _ID and path[9:10] in "/@" else ""
            )

    def labels(self, element: etree._Element) -> Iterator[str]:
        """The label of each value below `idList/id`, in document order."""
        for child in element:
            if self.readers.get(str(child.tag)) == self.id_list:
                for item in child:
                    if item.tag == self.items["idList"]:
                        label = (item.findtext(self.id_type) or "").strip()
                        yield from [label] * len(record_of(item, regular=is_regular(item)) or ())


def labelled(text: str, texts: Texts, label: OfacLabel | None) -> Feature:
    """A labelled fact; what stands beside its value (a country, a date) becomes its note."""
    value = texts.get("idNumber", "")
    beside = [f"{name}: {texts[name]}" for name in sorted(_BESIDE) if name in texts]
    return Feature(
        label=text,
        value=value,
        kind=None if label is None else label.feature or _kind_of_field(label),
        date=PartialDate.parse(value) if label is not None and label.is_date else None,
        note="; ".join(beside) or None,
        source_id=texts.get("uid"),
    )


def _kind_of_field(label: OfacLabel) -> FeatureKind:
    return FIELD_KINDS.get(label.field or "", FeatureKind.OTHER)


def leftover(texts: Texts, odd: list[tuple[str, str]], path: str) -> None:
    """Keep the values of an item that cannot be what it should be."""
    odd.extend((f"{path}/{name}", value) for name, value in texts.items())
