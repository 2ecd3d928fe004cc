"""The rows of the Consolidated Screening List: one `CslRow` → one entity. See `us_csl`."""

from __future__ import annotations

import re

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.model import (
    Address,
    Birth,
    Designation,
    Edition,
    Entity,
    Event,
    EventKind,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    Listing,
    Name,
    NameKind,
    Nationality,
    Origin,
    Person,
    Record,
)
from sanctionslib.parsers._audit import AuditBuilder
from sanctionslib.parsers._keys import Keys
from sanctionslib.parsers._notices import cited
from sanctionslib.parsers._ofac_party import ID_SPACE, Party, PartyReader, joined
from sanctionslib.parsers.ofac.remarks import has_unread_links, linked_names
from sanctionslib.reference import (
    CslList,
    OfacLabel,
    authorities,
    countries,
    country_at_end,
    csl_lists,
    ofac_label,
)

__all__ = ["CslRow", "Entries", "address_of_text", "items_of_ids"]

Parts = dict[str, str]
"""Parts of an address or of an id, by the names of the JSON; empty ones are left out."""


@attrs.frozen(kw_only=True)
class CslRow:
    """One row, as the CSV or the JSON gives it; empty values are left out, texts are stripped."""

    texts: dict[str, str]
    """Columns with one text."""
    plural: dict[str, list[str]]
    """Columns with several."""
    addresses: list[Parts]
    """Addresses; from the CSV `address` holds all but the country."""
    ids: list[Parts]
    """Documents and labelled facts; a `date` is one of which the CSV does not say what it is."""
    odd: list[tuple[str, str]]
    """(path, value) of what the format does not have."""
    origin: Origin
    """Where it stands."""
    record: Record | None = None
    """The source, where records are asked for, and of a row without a name."""


class Entries:
    """Reads rows: one method per group of columns."""

    def __init__(self, edition: Edition, entities: list[Entity], audit: AuditBuilder) -> None:
        self.audit = audit
        self.party = PartyReader(edition, audit)
        self.keys = Keys(entities, audit, edition.list_id, plural=True)
        self.found: set[str] = set()
        """Names of the lists that rows were met of."""
        self.by_source = {each.source: each for each in csl_lists()}
        self.by_code = {each.code: each for each in csl_lists()}

    def row(self, row: CslRow) -> None:
        """One row: a party on one list."""
        texts = row.texts
        listed = self.list_of(row)
        is_treasury = listed is not None and listed.named.authority == "OFAC"
        key = texts.get("_id") or texts.get("id") or ""
        uid = texts.get("entity_number") if is_treasury else None
        party = Party(uid or key, texts.get("type", ""), row.origin.line)
        party.odd = list(row.odd)
        if (other := texts.get("id", key)) != key:
            party.odd.append(("id", other))
        if uid and key and uid != key:
            party.features.append(Feature(label="_id", value=key, kind=FeatureKind.OTHER))
            self.audit.issue(
                IssueKind.STRUCTURE,
                f"_id is {key!r} where OFAC's uid is {uid!r}: the uid is the key",
                entry=uid,
                path="_id",
                line=party.line,
            )
        elif not is_treasury and (number := texts.get("entity_number")):
            party.odd.append(("entity_number", number))
        name = texts.get("name")
        if name is None:
            self.audit.issue(
                IssueKind.REJECTED,
                "the row has no name, so no entity can be made of it",
                entry=party.uid,
                path=row.origin.path,
                line=party.line,
                record=row.record,
            )
            return
        party.names.append(Name(text=name))
        if party.raw_kind:
            self.party.report_kind(party, "type")
        self.alt_names(party, row.plural.get("alt_names", ()), is_treasury=is_treasury)
        for address in row.addresses:
            self.address(party, address)
        if country := texts.get("country"):
            self.country(party, country)
        self.births(party, row)
        for item in row.ids:
            self.id(party, item)
        self.vessel(party, texts)
        self.others(party, texts, is_treasury=is_treasury)
        party.programs = row.plural.get("programs", [])
        self.lost(party, row)
        self.party.report(party, base="row")
        entity = self.party.entity(
            party,
            self.designation(party, row, listed),
            title=texts.get("title"),
            remarks=texts.get("remarks"),
            origin=row.origin,
            record=row.record,
        )
        if uid:
            entity = attrs.evolve(entity, id_space=ID_SPACE)
        self.keys.add(entity, line=party.line)

    def list_of(self, row: CslRow) -> CslList | None:
        """The list, by trade.gov's words for it, or by the code in brackets there."""
        source = row.texts.get("source", "")
        listed = self.by_source.get(source)
        if listed is None:
            code = re.search(r"\(([^()]+)\)", source)
            listed = self.by_code.get(code[1]) if code is not None else None
        if listed is None:
            self.audit.unknown("list", source, row.texts.get("_id") or row.texts.get("id") or "")
            if source:
                self.found.add(source)
            return None
        self.found.add(listed.named.name)
        return listed

    def alt_names(self, party: Party, names: list[str] | tuple[()], *, is_treasury: bool) -> None:
        """`alt_names`: of what sort, no row says."""
        if (
            not is_treasury
        ):  # the blank is missing in two: "NPO Izhmash OAO;OJSC Concern Kalashnikov"
            names = [one for text in names for each in text.split(";") if (one := each.strip())]
        named: list[tuple[Name, list[str]]] = [(party.names.pop(), [])]
        for text in names:
            # The Entity List joins its aliases as in a sentence ("A; B; and C"), keeps the bullets
            # of its notices ("-CJSC VAD"), and says of a few that they are former names.
            said = None if is_treasury else _SAID.match(text)
            bare = text[said.end() :] if said is not None else text
            if not bare:
                named[-1][1].append(f'followed by "{text}"')
                continue
            name = Name(
                text=bare,
                kind=NameKind.FKA if said is not None and said["fka"] else NameKind.AKA,
                raw_kind="alt_names",
                note=f'printed as "{text}"' if bare != text else None,
            )
            named.append((name, []))
        for name, said_behind in named:
            note = joined(name.note, *said_behind)
            party.names.append(attrs.evolve(name, note=note) if said_behind else name)

    def address(self, party: Party, parts: Parts) -> None:
        """An address."""
        country = parts.get("country")
        line = parts.get("address")
        party.addresses.append(
            Address(
                lines=(line,) if line is not None else (),
                city=parts.get("city"),
                state=parts.get("state"),
                postal_code=parts.get("postal_code"),
                country=self.party.country(party, country) if country is not None else None,
            )
        )

    def country(self, party: Party, text: str) -> None:
        """`country` (JSON): of lists without addresses."""
        country = self.party.country(party, text)
        if all(one.country != country for one in party.addresses):
            party.addresses.append(Address(country=country))

    def births(self, party: Party, row: CslRow) -> None:
        """Births, nationalities and citizenships; only a person can have them."""
        columns = ("dates_of_birth", "places_of_birth", "nationalities", "citizenships")
        for column in columns:
            for text in row.plural.get(column, ()):
                if party.kind is not Person:
                    party.odd.append((column, text))
                elif column == "dates_of_birth":
                    party.births.append(Birth(date=self.party.date(party, text, column)))
                elif column == "places_of_birth":
                    party.births.append(Birth(place=self.party.place(text)))
                else:
                    into = party.nationalities if column == "nationalities" else party.citizenships
                    into.append(Nationality(country=self.party.country(party, text)))

    def id(self, party: Party, parts: Parts) -> None:
        """A document, or a labelled fact."""
        text, value = parts.get("type") or "ids", parts.get("number", "")
        label = ofac_label(text)
        country = parts.get("country")
        note = parts.get("date") and f"issued or expires: {parts['date']}"
        if label is not None and label.identifier is not None:
            issued, expires = parts.get("issue_date"), parts.get("expiration_date")
            self.party.identifier(
                party,
                text,
                label,
                value,
                country=self.party.country(party, country) if country is not None else None,
                issued=self.party.date(party, issued, "ids") if issued is not None else None,
                expires=self.party.date(party, expires, "ids") if expires is not None else None,
                note=note,
            )
            return
        beside = [f"{part}: {parts[part]}" for part in _BESIDE if part in parts]
        self.party.labelled(
            party, text, value, path="ids", note="; ".join(beside) if beside else None
        )

    def vessel(self, party: Party, texts: dict[str, str]) -> None:
        """The columns of ships."""
        if (text := texts.get("call_sign")) is not None:
            party.identifiers.append(
                Identifier(value=text, kind=IdentifierKind.CALL_SIGN, raw_kind="call_sign")
            )
        for column, label in _VESSEL.items():
            value = texts.get(column)
            if value is not None and not self.party.fill(party, label, value, None, None, column):
                party.features.append(Feature(label=column, value=value, kind=FeatureKind.VESSEL))

    def others(self, party: Party, texts: dict[str, str], *, is_treasury: bool) -> None:
        """What has no field, and the links in Treasury's remarks."""
        if (text := texts.get("standard_order")) is not None:
            party.features.append(
                Feature(label="standard_order", value=text, kind=FeatureKind.OTHER)
            )
        remarks = texts.get("remarks")
        if remarks is not None and is_treasury:
            names = linked_names(remarks)
            if has_unread_links(remarks, names):
                self.party.unread(party, remarks, "remarks")
            party.relations = [self.party.linked_to(name) for name in names]

    def lost(self, party: Party, row: CslRow) -> None:
        """Tell the audit of letters that were lost before the file was made."""
        texts = [
            row.texts.get("name", ""),
            *row.plural.get("alt_names", ()),
            *(parts.get("address", "") for parts in row.addresses),
        ]
        for text in texts:
            if "?" in text:
                self.audit.unknown("lost letter", "?", party.uid)

    def designation(self, party: Party, row: CslRow, listed: CslList | None) -> Designation:
        """What the row says of its list: rows are never tied to each other."""
        texts = row.texts
        source = texts.get("source")
        events: list[Event] = []
        if (text := texts.get("start_date")) is not None:
            day = self.party.date(party, text, "start_date")
            events.append(Event(kind=EventKind.EFFECTIVE, date=day, raw_kind="start_date"))
        if (text := texts.get("end_date")) is not None:
            # trade.gov: "lifted, waived or expired". Orders of denial have their expiry there.
            is_denial = listed is not None and listed.named.code == "DPL"
            events.append(
                Event(
                    kind=EventKind.EXPIRES if is_denial else None,
                    date=self.party.date(party, text, "end_date"),
                    raw_kind="end_date",
                )
            )
        notice = texts.get("federal_register_notice")
        links = (texts.get("source_list_url"), texts.get("source_information_url"))
        name = listed.named.name if listed is not None else source
        return Designation(
            authority=authorities[listed.named.authority] if listed is not None else None,
            listings=(Listing(list_name=name, events=tuple(events)),) if name is not None else (),
            events=() if name is not None else tuple(events),
            programs=tuple(party.programs),
            sources=(source,) if source is not None else (),
            licence_requirement=texts.get("license_requirement"),
            licence_policy=texts.get("license_policy"),
            notices=cited(notice) if notice is not None else (),
            links=tuple(dict.fromkeys(link for link in links if link is not None)),
        )


_BESIDE = ("country", "expiration_date", "issue_date", "date")

_VESSEL = {
    "vessel_type": OfacLabel(label="vessel_type", field="vessel_type"),
    "vessel_flag": OfacLabel(label="vessel_flag", field="flag"),
    "vessel_owner": OfacLabel(label="vessel_owner", field="vessel_owner"),
    "gross_tonnage": OfacLabel(label="gross_tonnage", field="tonnage"),
    "gross_registered_tonnage": OfacLabel(label="gross_registered_tonnage", field="gross_tonnage"),
}
"""trade.gov's "gross_tonnage" is what OFAC calls tonnage, beside the gross registered one."""

_SAID = re.compile(r"(?:and(?:\s+|$)|-)?(?P<fka>[Ff]\.[Kk]\.[Aa]\.,?\s+)?")
"""What stands before an alias of Commerce or State and is no part of it."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def address_of_text(text: str) -> Parts:
    """An address of the CSV: its country is cut off where the text ends with one.

    Only the country can be told from the rest: streets have commas too. A last word that could be a
    US state as well ("CA") is a country: the file ends addresses with the country's code, and those
    without country with a postal code.

    >>> address_of_text("Suite 1, Moscow, 105187, RU")
    {'address': 'Suite 1, Moscow, 105187', 'country': 'RU'}
    """
    before, comma, last = text.rpartition(", ")
    if last not in countries or len(last) != 2:
        named = country_at_end(text)
        if named is None:
            return {"address": text}
        last = named.raw
        before = text.removesuffix(last).rstrip()
        if before and not before.endswith(","):
            return {"address": text}
        before, comma = before.removesuffix(",").rstrip(), ","
    return {"address": before, "country": last} if before and comma else {"country": last}


def items_of_ids(text: str) -> list[Parts]:
    """The items of the CSV's `ids`: "country, expiration, issue, number, type", gaps closed up.

    The type is the last piece, for no label of OFAC's has a comma. Of a document with one date
    nothing says which of the two it is.

    >>> items_of_ids("IT, 2012-10-30, AO 2879097, Passport; Male, Gender")
    [{'type': 'Passport', 'country': 'IT', 'date': '2012-10-30', 'number': 'AO 2879097'}, \
{'type': 'Gender', 'number': 'Male'}]
    """
    return [_item(piece) for piece in text.split("; ") if piece.strip()]


def _item(text: str) -> Parts:
    number, comma, label = text.rpartition(", ")
    known = ofac_label(label) if comma else None
    if not number and known is None:
        return {"number": text}
    item, rest = {"type": label}, number.split(", ")
    if known is not None and known.is_document:
        if len(rest) > 1 and len(rest[0]) == 2 and rest[0] in countries:
            item["country"] = rest.pop(0)
        dates: list[str] = []
        while len(rest) > 1 and len(dates) < 2 and _DAY.fullmatch(rest[0]):
            dates.append(rest.pop(0))
        if len(dates) == 2:
            item["expiration_date"], item["issue_date"] = dates
        elif dates:
            item["date"] = dates[0]
    item["number"] = ", ".join(rest)
    return item
