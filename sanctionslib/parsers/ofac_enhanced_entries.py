"""The entities of OFAC's enhanced XML: one `entity` → one entity. See `ofac_enhanced`."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Collection, Mapping

from lxml import etree

from sanctionslib.answers import IssueKind
from sanctionslib.model import (
    AliasStrength,
    Designation,
    Edition,
    Entity,
    EntityRef,
    Event,
    EventKind,
    Feature,
    FeatureKind,
    LegalBasis,
    Listing,
    Measure,
    Name,
    NameKind,
    NamePart,
    Origin,
    PartialDate,
    Person,
    Precision,
    Record,
    Relation,
)
from sanctionslib.parsers._audit import AuditBuilder
from sanctionslib.parsers._branches import Branch, Shape, grow
from sanctionslib.parsers._keys import Keys
from sanctionslib.parsers._ofac_dates import from_four_days, iso_day
from sanctionslib.parsers._ofac_party import ID_SPACE, Party, PartyReader, joined
from sanctionslib.parsers._ofac_tables import NAME_KINDS, NAME_PARTS, SCRIPTS, WRAPPER
from sanctionslib.parsers._xml import record_of
from sanctionslib.parsers.ofac_enhanced_header import References, known_name
from sanctionslib.parsers.ofac_enhanced_tables import (
    ADDRESS,
    ATTRIBUTES,
    DOCUMENT,
    EMPTY,
    FEATURE,
    LABELLED,
    NAME,
)
from sanctionslib.reference import named_lists, ofac_label

__all__ = ["Entries"]

_PATH = "sanctionsData/entities/entity"
_DAYS = ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")
_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_OWN_PRIMARY = frozenset({"birth_date", "birth_place", "nationality", "citizenship"})
"""Labelled facts whose object has a field for `isPrimary`."""


class Entries:
    """Reads entities: one method per group of elements, named after it."""

    def __init__(
        self,
        edition: Edition,
        entities: list[Entity],
        audit: AuditBuilder,
        references: References,
        shape: Shape,
        *,
        edition_of: Callable[[Party, Collection[str]], Edition] | None = None,
        lists: frozenset[str],
        programs: frozenset[str],
        records: bool,
    ) -> None:
        self.audit = audit
        self.reader = PartyReader(edition, audit)
        self.member = edition.members[0]
        self.edition_of = edition_of
        """Tells the edition of a party by its lists, where the file does not say its own."""
        self.references = references
        self.shape = shape
        self.lists = lists
        self.programs = programs
        self.asked = {"list": _some(lists), "program": _some(programs)}
        self.records = records
        self.keys = Keys(entities, audit, edition.list_id)
        self.parties = 0
        """How many have a name."""
        self.on: Counter[str] = Counter()
        """How many of them are on each list, by the names that we know, the wrapper too."""
        self.listed: dict[str, tuple[Event, ...]] = {}
        self.periods: dict[tuple[str | None, ...], PartialDate] = {}

    def entity(self, element: etree._Element) -> None:
        """One party."""
        odd: list[tuple[str, str]] = []
        node = grow(element, self.shape, odd)
        if self.records:
            node.share(self.reader.texts)
        info = node.one("generalInfo") or _EMPTY
        kind = info.one("entityType") or _EMPTY
        number, text = kind.get("refId"), kind.get("")
        raw_kind = text or self.references.values.get(number or "", "")
        party = Party(node.get("id") or "", raw_kind, element.sourceline)
        party.odd = [(path.removeprefix("entity").removeprefix("/"), value) for path, value in odd]
        unknown = len(party.odd)
        self.references.check(party, number, text, "generalInfo/entityType")
        self.names(party, node)
        if not party.names:
            self.audit.issue(
                IssueKind.REJECTED,
                "the entry has no name at all, so no entity can be made of it",
                entry=party.uid,
                line=party.line,
                record=record_of(element),
            )
            return
        record: Record | None = None
        if self.records:
            record = record_of(element, self.reader.texts)
            self.count(node, self.shape, "")
            for path, _ in party.odd[:unknown]:
                self.audit.count(path)
        designation = self.designation(party, node)
        self.general_info(party, info)
        self.addresses(party, node)
        self.features(party, node)
        self.identity_documents(party, node)
        self.relationships(party, node)
        self.reader.report(party, base="entity")
        self.reader.report_kind(party, "generalInfo/entityType")
        self.keys.add(
            self.reader.entity(
                party,
                designation,
                title=info.get("title"),
                remarks=info.get("remarks"),
                origin=Origin(member=self.member, line=party.line, path=_PATH),
                record=record,
            ),
            line=party.line,
        )

    # What a party is, and why it is listed

    def general_info(self, party: Party, info: Branch) -> None:
        """`generalInfo`: what has no field of its own; kind, title and remarks have."""
        if (living := self.word(party, info, "livingStatus", "generalInfo")) is not None:
            party.features.append(
                Feature(label="livingStatus", value=living, kind=FeatureKind.LIVING_STATUS)
            )
        for name in ("isUsCitizen", "isUsPerson"):
            if (text := info.get(name)) is not None:
                party.features.append(Feature(label=name, value=text, kind=FeatureKind.OTHER))

    def designation(self, party: Party, node: Branch) -> Designation:
        """Lists, programs, types and authorities: four sets, which the file does not tie."""
        path = "sanctionsLists/sanctionsList"
        named: set[str] = set()
        known: set[str] = set()
        listings: list[Listing] = []
        for one in node.each(path):
            name = self.references.check(party, one.get("refId"), one.get(""), path)
            if name is None:
                party.odd.extend(_values(one, path))
                continue
            named.add(name)
            known.add(known_name(name, one.get("refId")))
            if name == WRAPPER:
                continue
            if name not in named_lists:
                self.audit.unknown("list", name, party.uid)
            listings.append(
                Listing(
                    list_name=self.reader.share(name),
                    events=self.published(party, one.get("datePublished")),
                    source_id=one.get("id"),
                )
            )
        programs = self.words(party, node, "sanctionsPrograms/sanctionsProgram")
        party.programs = [text for text, _ in programs]
        measures: list[Measure] = []
        for text, _ in self.words(party, node, "sanctionsTypes/sanctionsType"):
            measures.append(self.reader.measure(party, text))
        bases: list[LegalBasis] = []
        for text, number in self.words(party, node, "legalAuthorities/legalAuthority"):
            bases.append(self.reader.basis(text, number))
        self.parties += 1
        self.on.update(known)
        self.check_filter(party, "list", named, self.lists)
        self.check_filter(party, "program", set(party.programs), self.programs)
        if self.edition_of is not None:
            self.reader.belong_to(self.edition_of(party, known))
        return self.reader.designation(
            tuple(party.programs), tuple(listings), bases=tuple(bases), measures=tuple(measures)
        )

    def published(self, party: Party, text: str | None) -> tuple[Event, ...]:
        """`datePublished`: the day on which the party came onto the list."""
        if text is None:
            return ()
        if (known := self.listed.get(text)) is not None:
            return known
        day = iso_day(text)
        if day is None:
            self.reader.unread(party, text, "sanctionsLists/sanctionsList@datePublished")
        date = PartialDate(raw=text) if day is None else PartialDate.day(day, raw=text)
        made = self.listed[text] = (Event(kind=EventKind.LISTED, date=date),)
        return made

    def check_filter(
        self, party: Party, what: str, stated: set[str], asked: frozenset[str]
    ) -> None:
        """Report a party that the file, by what it says of itself, does not hold."""
        if asked and stated.isdisjoint(asked):
            self.audit.issue(
                IssueKind.EDITION,
                f"the file says that it holds the {what} {self.asked[what]}, and this party has "
                f"{_some(stated) or 'none'}: is it put together of two files?",
                entry=party.uid,
                line=party.line,
            )

    # Names and addresses

    def names(self, party: Party, node: Branch) -> None:
        """`names`: one Name for each script of each name; the primary ones first."""
        primary: list[Name] = []
        others: list[Name] = []
        groups = 0
        for one in node.each("names/name"):
            is_primary = self.flag(party, one, "isPrimary", "names/name")
            is_weak = self.flag(party, one, "isLowQuality", "names/name")
            raw = self.word(party, one, "aliasType", "names/name") or ""
            kind = NameKind.PRIMARY if is_primary else NAME_KINDS.get(raw.lower())
            if kind is None:
                self.audit.unknown("alias type", raw, party.uid)
            strength = AliasStrength.UNSTATED
            if is_weak is not None and (is_weak or not is_primary):
                strength = AliasStrength.WEAK if is_weak else AliasStrength.STRONG
            into = primary if is_primary else others
            before = len(into)
            forms = self.translations(party, one, "names/name")
            if not forms:
                party.odd.extend(_values(one, "names/name"))
            for each in forms:
                name = self.name(party, each)
                if name is not None:
                    into.append(
                        Name(
                            text=name,
                            parts=self.name_parts(party, each),
                            kind=kind,
                            strength=strength,
                            script=self.script(party, each, NAME),
                            group_id=one.get("id"),
                            raw_kind=raw,
                            source_id=each.get("id"),
                        )
                    )
                else:
                    party.odd.extend(_values(each, NAME))
            groups += bool(is_primary and len(into) > before)
        party.names = primary + others
        if party.names and groups != 1:
            self.audit.issue(
                IssueKind.NO_PRIMARY_NAME,
                f"the entry has {groups or 'no'} primary names: it is kept as "
                f"{party.names[0].text!r}",
                entry=party.uid,
                line=party.line,
            )

    def name(self, party: Party, node: Branch) -> str | None:
        """The text of a name in one script, as formatted: "LAST, First"."""
        last, first = node.get("formattedLastName"), node.get("formattedFirstName")
        pieces = f"{last}, {first}" if last and first else last or first
        text = node.get("formattedFullName") or pieces
        if pieces is not None and pieces != text:
            # Else the two say no more than the text.
            for piece in ("formattedLastName", "formattedFirstName"):
                if (value := node.get(piece)) is not None:
                    party.odd.append((f"{NAME}/{piece}", value))
        return text

    def name_parts(self, party: Party, node: Branch) -> tuple[NamePart, ...]:
        """The parts of a name, in the order and the letter case that they have there."""
        parts: list[NamePart] = []
        path = f"{NAME}/nameParts/namePart"
        for one in node.each("nameParts/namePart"):
            label, value = self.word(party, one, "type", path), one.get("value")
            kind = NAME_PARTS.get(label or "")
            if kind is None:
                self.audit.unknown("name part", label or "", party.uid)
            if kind is None or value is None:
                party.odd.extend(_values(one, path))
            else:
                parts.append(NamePart(kind=kind, text=value))
        return tuple(parts)

    def addresses(self, party: Party, node: Branch) -> None:
        """`addresses`: one Address for each script of each; many have a country and no more."""
        for one in node.each("addresses/address"):
            inner = one.one("translations") or _EMPTY
            text = self.word(party, one, "country", "addresses/address")
            other = self.word(party, inner, "country", "addresses/address/translations")
            if text is not None and other is not None and other != text:
                party.odd.append(("addresses/address/translations/country", other))
            text = text or other
            country = None if text is None else self.reader.country(party, text)
            forms = self.translations(party, one, "addresses/address") or [_EMPTY]
            for each in forms if _says_something(one) else ():
                party.addresses.append(
                    self.reader.address(
                        party,
                        self.address_parts(party, each),
                        country,
                        path=f"{ADDRESS}/addressParts/addressPart",
                        script=self.script(party, each, ADDRESS),
                        group_id=one.get("id"),
                        uid=each.get("id"),
                    )
                )

    def address_parts(self, party: Party, node: Branch) -> dict[str, str]:
        """The parts of an address, by their label."""
        parts: dict[str, str] = {}
        path = f"{ADDRESS}/addressParts/addressPart"
        for one in node.each("addressParts/addressPart"):
            label, value = self.word(party, one, "type", path), one.get("value")
            if label is None or value is None or label in parts:
                party.odd.extend(_values(one, path))
            else:
                parts[label] = value
        return parts

    def translations(self, party: Party, node: Branch, path: str) -> list[Branch]:
        """The forms of a name or an address in several scripts, the main one first."""
        found = (node.one("translations") or _EMPTY).all("translation")
        base = f"{path}/translations/translation"
        main = [one for one in found if self.flag(party, one, "isPrimary", base)]
        if len(main) == 1:
            return [*main, *(one for one in found if one is not main[0])]
        if found:
            self.audit.issue(
                IssueKind.STRUCTURE,
                f"{len(main) or 'none'} of the {len(found)} forms at {base} are called the main "
                "one; they are kept in the order of the file",
                entry=party.uid,
                path=base,
                line=party.line,
            )
        return found

    def script(self, party: Party, node: Branch, path: str) -> str | None:
        """`script`, as its code."""
        text = self.word(party, node, "script", path)
        if text is None:
            return None
        if (code := SCRIPTS.get(text)) is None:
            self.audit.unknown("script", text, party.uid)
            self.left(party, f"{path}/script", text)
        return code

    # Labelled facts, documents, links

    def features(self, party: Party, node: Branch) -> None:
        """`features`."""
        seen: set[str] = set()
        for one in node.each(FEATURE):
            kind = one.one("type") or _EMPTY
            text = self.references.check_label(party, kind.get("featureTypeId"), kind.get("") or "")
            path = f"{FEATURE}/value"
            value = self.references.check(party, one.get("valueRefId"), one.get("value"), path)
            date = self.period(party, one.one("valueDate"), f"{FEATURE}/valueDate", value)
            primary = self.flag(party, one, "isPrimary", FEATURE)
            note = [one.get("comments")]
            label = ofac_label(text)
            own = label is not None and label.field in _OWN_PRIMARY and party.kind is Person
            if primary is not None and primary is (text in seen) and not own:
                # The first of a label is the main one, else this says so.
                note.append(f"isPrimary: {str(primary).lower()}")
            seen.add(text)
            self.reader.labelled(
                party,
                self.reader.share(text),
                value or (date.raw if date is not None else ""),
                path=FEATURE,
                date=date,
                primary=primary,
                reliability=self.word(party, one, "reliability", FEATURE),
                note=joined(*note),
                uid=one.get("id"),
            )

    def identity_documents(self, party: Party, node: Branch) -> None:
        """`identityDocuments`."""
        # The first of several names with one key is meant.
        names = {name.source_id: name for name in reversed(party.names)}
        for one in node.each(DOCUMENT):
            text = self.word(party, one, "type", DOCUMENT) or ""
            number = one.get("documentNumber") or ""
            country = self.word(party, one, "issuingCountry", DOCUMENT)
            is_valid = self.flag(party, one, "isValid", DOCUMENT)
            features = [each.get("") for each in one.each("idFeatures/idFeature")]
            label = ofac_label(text)
            if label is None:
                self.audit.unmapped(DOCUMENT, text, number)
            self.reader.identifier(
                party,
                self.reader.share(text),
                label,
                number,
                country=None if country is None else self.reader.country(party, country),
                issued=self.period(party, one.one("issueDate"), f"{DOCUMENT}/issueDate"),
                expires=self.period(party, one.one("expirationDate"), f"{DOCUMENT}/expirationDate"),
                issuer=joined(one.get("issuingAuthority"), one.get("issuingLocation")),
                # True is said of all documents but fraudulent ones, of those long expired too: it
                # is no promise, and the other formats of OFAC are silent there.
                valid=False if is_valid is False else None,
                name_id=self.name_on_document(party, names, one.one("name")),
                note=joined(one.get("comments"), *features),
                uid=one.get("id"),
            )

    def name_on_document(
        self, party: Party, names: Mapping[str | None, Name], node: Branch | None
    ) -> str | None:
        """The key of the name that a document bears; the file repeats its text beside it."""
        if node is None:
            return None
        uid, group = node.get("nameTranslationId"), node.get("nameId")
        known = names.get(uid)
        if known is None or (known.group_id, known.text) != (group, node.get("")):
            path = f"{DOCUMENT}/name"
            self.audit.issue(
                IssueKind.DANGLING,
                f"a document bears the name {uid} ({node.get('')!r}), which the party does not have",
                entry=party.uid,
                path=path,
                line=party.line,
            )
            for at, value in _values(node, path):
                self.left(party, at, value)
        return uid

    def relationships(self, party: Party, node: Branch) -> None:
        """`relationships`: links by key; some have no name beside it."""
        path = "relationships/relationship"
        for one in node.each(path):
            other = one.one("relatedEntity")
            raw = self.word(party, one, "type", path) or ""
            if other is None:
                party.odd.extend(_values(one, path))
                continue
            date = self.period(party, one.one("dateRange"), f"{path}/dateRange")
            dated = None if date is None else f"date: {date.raw}"
            party.relations.append(
                Relation(
                    to=EntityRef(
                        name=other.get("") or "",
                        id_space=ID_SPACE,
                        source_id=other.get("entityId"),
                    ),
                    kind=self.reader.relation_kind(party, raw),
                    quality=self.word(party, one, "quality", path),
                    note=joined(one.get("comments"), dated),
                    raw_kind=raw,
                    source_id=one.get("id"),
                )
            )

    # Pieces

    def word(self, party: Party, node: Branch, name: str, path: str) -> str | None:
        """The word of an element that has a `refId` beside it."""
        found = node.one(name)
        if found is None:
            return None
        word = self.references.check(party, found.get("refId"), found.get(""), f"{path}/{name}")
        return None if word is None else self.reader.share(word)

    def words(self, party: Party, node: Branch, path: str) -> list[tuple[str, str | None]]:
        """Words with their numbers, of elements that occur several times."""
        found: list[tuple[str, str | None]] = []
        for one in node.each(path):
            number = one.get("refId")
            word = self.references.check(party, number, one.get(""), path)
            if word is None:
                party.odd.extend(_values(one, path))
            else:
                found.append((self.reader.share(word), number))
        return found

    def flag(self, party: Party, node: Branch, name: str, path: str) -> bool | None:
        """True or false; what is neither is reported and kept as text."""
        text = node.get(name)
        if text is None:
            return None
        flag = _FLAGS.get(text)
        if flag is None:
            self.reader.unread(party, text, f"{path}/{name}")
            self.left(party, f"{path}/{name}", text)
        return flag

    def period(
        self, party: Party, node: Branch | None, path: str, text: str | None = None
    ) -> PartialDate | None:
        """The date that four days state; the text beside them, where there is one, must agree."""
        if node is None:
            return None
        texts = [node.get(name) for name in _DAYS]
        key = (*texts, node.get("isApproximate"), node.get("isDateRange"), text)
        if (known := self.periods.get(key)) is not None:
            return known
        first, second, third, fourth = (None if one is None else iso_day(one) for one in texts)
        days = (first, second, third, fourth)
        is_range = self.flag(party, node, "isDateRange", path)
        read = from_four_days(
            days,
            approximate=self.flag(party, node, "isApproximate", path) or False,
            is_range=is_range,
            raw=text or "",
        )
        said = " ".join(one or "-" for one in texts)
        whole = [one is None for one in texts] == [day is None for day in days]
        agrees = read is not None and (
            (text is None or (PartialDate.parse(text) == read and text == read.raw))
            and (is_range is None or is_range is (read.precision is Precision.RANGE))
        )
        if read is not None and read.is_read and whole and agrees:
            self.periods[key] = read
            return read
        # Not shared: each party is told.
        self.reader.unread(party, said if text is None else f"{text} ({said})", path)
        for at, value in _values(node, path):
            self.left(party, at, value)
        if read is None or not whole:
            return PartialDate(raw=text or said)
        return read

    def left(self, party: Party, path: str, value: str) -> None:
        """Keep a value that no field can hold."""
        party.features.append(Feature(label=path, value=value))
        self.audit.unmapped(path, "", value)

    def count(self, node: Branch, shape: Shape, label: str) -> None:
        """Count the values of a record by path, those under a label by that too."""
        path = shape.path.removeprefix("entity").removeprefix("/")
        for name in node.texts:
            mark = "@" if name in shape.attributes else "/" if name and path else ""
            self.audit.count(f"{path}{mark}{name}", label)
        for name, inner, _ in shape.children.values():
            for one in node.all(name):
                under = label
                if inner.path in _LABELLED:
                    under = (one.one("type") or _EMPTY).get("") or ""
                elif inner.path == "entity/sanctionsLists/sanctionsList":
                    under = WRAPPER if one.get("") == WRAPPER else ""
                elif inner.path == "entity/addresses/address":
                    under = "" if _says_something(one) else EMPTY
                self.count(one, inner, under)


_EMPTY = Branch({}, None)
_SHOWN = 10
_LABELLED = frozenset(f"entity/{path}" for path in LABELLED)


def _says_something(address: Branch) -> bool:
    """Whether an address has a country, or a part in any of its forms."""
    translations = address.one("translations") or _EMPTY
    forms = translations.all("translation")
    return (
        address.one("country") is not None
        or translations.one("country") is not None
        or any(each.each("addressParts/addressPart") for each in forms)
    )


def _some(names: Collection[str]) -> str:
    """Some of the names: each party at fault is told of them, and a file may ask for any number."""
    least = heapq.nsmallest(_SHOWN, names)
    return ", ".join(least) + (f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else "")


def _values(node: Branch, path: str) -> list[tuple[str, str]]:
    """All values of an element that cannot be what it should be."""
    found: list[tuple[str, str]] = []
    for name, value in node.texts.items():
        mark = "@" if name in ATTRIBUTES else "/" if name else ""
        found.append((f"{path}{mark}{name}", value))
    for name, several in (node.below or {}).items():
        for one in several:
            found += _values(one, f"{path}/{name}")
    return found
