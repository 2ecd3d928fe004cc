"""The entries of OFAC's classic XML: one `sdnEntry` → one entity. See `ofac_classic`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from sanctionslib.answers import IssueKind
from sanctionslib.model import (
    Address,
    AliasStrength,
    Birth,
    Edition,
    Entity,
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
    Person,
    Record,
    Vessel,
)
from sanctionslib.parsers._audit import AuditBuilder
from sanctionslib.parsers._keys import Keys
from sanctionslib.parsers._numbers import whole_number
from sanctionslib.parsers._ofac_party import Party, PartyReader
from sanctionslib.parsers._ofac_tables import NAME_KINDS, SDN_LIST
from sanctionslib.parsers._remarks import has_unread_links, linked_names
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
    CATEGORIES,
    ITEMS,
    LEAVES,
)
from sanctionslib.reference import (
    OfacLabel,
    ofac_label,
)

__all__ = ["Entries"]

_PATH = "sdnList/sdnEntry"
_ID = "idList/id"
_BESIDE = ("expirationDate", "idCountry", "issueDate")
"""What may stand beside the value of an `id`."""


class _Entry(Party):
    """One entry while it is read: a party with its leaf texts."""

    __slots__ = ("texts",)

    def __init__(self, texts: Texts, line: int | None) -> None:
        super().__init__(texts.get("uid", ""), texts.get("sdnType", ""), line)
        self.texts = texts


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
        self.party = PartyReader(edition, audit)
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
        self.texts = self.party.texts

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
        if not entry.names:
            self.audit.issue(
                IssueKind.REJECTED,
                "the entry has no name at all, so no entity can be made of it",
                entry=entry.uid,
                line=entry.line,
                record=record_of(element),
            )
            return
        record = record_of(element, self.texts, regular=regular) if self.records else None
        if record is not None:
            self.count(element, record)
        self.report(entry)
        self.keys.add(self.entity(entry, record), line=entry.line)

    def report(self, entry: _Entry) -> None:
        """Tell the audit what is odd about an entry."""
        if "lastName" not in entry.texts:
            self.audit.issue(
                IssueKind.NO_PRIMARY_NAME,
                f"the entry has no lastName: it is kept as {entry.names[0].text!r}",
                entry=entry.uid,
                line=entry.line,
            )
        self.party.report(entry, base="sdnEntry")
        self.party.report_kind(entry, "sdnType")

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
        kind, strength = NAME_KINDS.get(raw), CATEGORIES.get(category)
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
                    country=self.party.country(entry, country) if country is not None else None,
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
                country=self.party.country(entry, texts["country"]),
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
                    date=self.party.date(entry, texts["dateOfBirth"], f"{path}/dateOfBirth"),
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
            entry.births.append(
                Birth(
                    place=self.party.place(text),
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
            entry.fields.setdefault("flags", []).insert(0, self.party.country(entry, text))
        if (text := texts.get("vesselOwner")) is not None:
            entry.fields["owners"] = [text]
        self.number(entry, texts, "tonnage", "tonnage")
        self.number(entry, texts, "grossRegisteredTonnage", "gross_tonnage")

    def id_list(self, entry: _Entry, element: etree._Element) -> None:
        """`idList`: identity documents, other numbers, and labelled facts."""
        for texts in self.each("idList", entry, element):
            text = texts.get("idType", "")
            label = ofac_label(text)
            if label is not None and label.identifier is not None:
                self.identifier(entry, texts, label)
            else:
                self.feature(entry, texts, text)

    def identifier(self, entry: _Entry, texts: Texts, label: OfacLabel) -> None:
        """A number of `idList`."""
        get, date = texts.get, self.party.date
        country, issued, expires = get("idCountry"), get("issueDate"), get("expirationDate")
        self.party.identifier(
            entry,
            texts["idType"],
            label,
            get("idNumber", ""),
            country=self.party.country(entry, country) if country is not None else None,
            issued=date(entry, issued, "idList/id/issueDate") if issued else None,
            expires=date(entry, expires, "idList/id/expirationDate") if expires else None,
            uid=get("uid"),
        )

    def feature(self, entry: _Entry, texts: Texts, text: str) -> None:
        """A labelled fact of `idList`; what stands beside its value (a country) is its note."""
        beside = [f"{name}: {texts[name]}" for name in _BESIDE if name in texts]
        self.party.labelled(
            entry,
            text,
            texts.get("idNumber", ""),
            path=_ID,
            note="; ".join(beside) or None,
            uid=texts.get("uid"),
        )

    def flag(self, entry: _Entry, texts: Texts, path: str) -> bool | None:
        """`mainEntry`: true or false."""
        text = texts.get("mainEntry")
        if text in ("true", "false"):
            return text == "true"
        if text is not None:
            self.party.unread(entry, text, f"{path}/mainEntry")
            entry.features.append(Feature(label=f"{path}/mainEntry", value=text))
        return None

    def number(self, entry: _Entry, texts: Texts, name: str, field: str) -> None:
        """A whole number of `vesselInfo`."""
        text = texts.get(name)
        if text is None:
            return
        if (number := whole_number(text)) is not None:
            entry.fields[field] = [number]
            return
        self.party.unread(entry, text, f"vesselInfo/{name}")
        entry.features.append(Feature(label=name, value=text, kind=FeatureKind.VESSEL))

    def links(self, entry: _Entry, remarks: str) -> None:
        """The links in remarks."""
        names = linked_names(remarks)
        if has_unread_links(remarks, names):
            self.party.unread(entry, remarks, "remarks")
        entry.relations.extend([self.party.linked_to(name) for name in names])

    def entity(self, entry: _Entry, record: Record | None) -> Entity:
        """The entity, of the class that its sdnType says."""
        remarks = entry.texts.get("remarks")
        if remarks is not None:
            self.links(entry, remarks)
        return self.party.entity(
            entry,
            self.party.designation(tuple(entry.programs), self.listings),
            title=entry.texts.get("title"),
            remarks=remarks,
            origin=Origin(member=self.member, line=entry.line, path=_PATH),
            record=record,
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


def leftover(texts: Texts, odd: list[tuple[str, str]], path: str) -> None:
    """Keep the values of an item that cannot be what it should be."""
    odd.extend((f"{path}/{name}", value) for name, value in texts.items())
