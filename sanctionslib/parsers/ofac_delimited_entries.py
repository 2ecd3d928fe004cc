"""The entries of OFAC's flat files: a row of SDN.CSV and what belongs to it → one entity."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

import attrs

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
    Nationality,
    Origin,
    Person,
    Record,
    Vessel,
)
from sanctionslib.parsers._audit import AuditBuilder
from sanctionslib.parsers._csv import Row
from sanctionslib.parsers._keys import Keys
from sanctionslib.parsers._numbers import whole_number
from sanctionslib.parsers._ofac_party import Party, PartyReader
from sanctionslib.parsers._ofac_tables import NAME_KINDS, SDN_LIST
from sanctionslib.parsers._segments import Segment, SegmentKind, segments
from sanctionslib.parsers.ofac_delimited_tables import COLUMNS, EMPTY, KIND_WORDS, LIMIT, NOTHING

__all__ = ["Entries", "Rows", "pairs", "stated"]

_REMARKS = "SDN/Remarks"
_COMMENTS = "COMMENTS/Remarks"
_ADDRESS_KEY = "ADD/Add_num"
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+", re.ASCII)


def stated(cell: str) -> str | None:
    """The value of a cell; None where it says that there is none.

    >>> stated("-0- ") is None, stated("CUBA")
    (True, 'CUBA')
    """
    text = cell.strip()
    return None if text in ("", NOTHING) else text


@attrs.frozen(kw_only=True)
class Rows:
    """What the files hold of one party."""

    sdn: Row
    """Its row of SDN.CSV."""
    addresses: Sequence[Row] = ()
    """Its rows of ADD.CSV."""
    aliases: Sequence[Row] = ()
    """Its rows of ALT.CSV."""
    comments: Sequence[Row] = ()
    """Its row of SDN_COMMENTS.CSV."""

    @property
    def goes_on(self) -> bool:
        """Whether the remarks fill their column, so that the rest of them stands in COMMENTS."""
        return len(self.sdn.cells[-1]) == LIMIT

    @property
    def is_cut(self) -> bool:
        """Whether that rest is not there."""
        return self.goes_on and not self.comments

    @property
    def surplus(self) -> Sequence[Row]:
        """Comments that continue nothing."""
        return self.comments[1:] if self.goes_on else self.comments

    def remarks(self) -> str | None:
        """The whole remarks: joined without anything between, for they are cut anywhere."""
        text = self.sdn.cells[-1]
        if self.goes_on:
            return text + (self.comments[0].cells[1] if self.comments else "")
        return stated(text)


class Entries:
    """Makes the entities.

    Args:
        edition: Of all of them.
        entities: Takes them.
        audit: Is told what is odd.
        names: All primary names, which links go by.
        records: Whether to keep the rows.
    """

    def __init__(
        self,
        edition: Edition,
        entities: list[Entity],
        audit: AuditBuilder,
        *,
        member: str,
        names: Container[str],
        records: bool,
    ) -> None:
        self.audit = audit
        self.party = PartyReader(edition, audit)
        self.keys = Keys(entities, audit, edition.list_id)
        self.listings = (Listing(list_name=SDN_LIST),) if edition.list_id == "us_ofac_sdn" else ()
        self.member = member
        self.names = names
        self.records = records

    def entry(self, rows: Rows) -> None:
        """One party."""
        cells = [self.value(cell) for cell in rows.sdn.cells]
        uid, name, kind, programs, title = cells[:5]
        party = Party(uid or "", KIND_WORDS.get(kind or "", kind or ""), rows.sdn.line)
        party.raw_kind = kind or ""
        if name is not None:
            party.names.append(Name(text=name))
        if programs is not None:
            party.programs.extend(self.party.share(one) for one in programs.split("] ["))
        self.vessel(party, cells[5:11])
        for row in rows.aliases:
            self.alias(party, row)
        found = self.remarks(party, rows, title or "")
        for row in rows.addresses:
            self.address(party, row)
        for row in rows.surplus:
            self.surplus(party, row)
        if not party.names:
            self.audit.issue(
                IssueKind.REJECTED,
                "the entry has no name at all, so no entity can be made of it",
                entry=party.uid,
                line=party.line,
                record=self.record(rows),
            )
            return
        record = self.record(rows) if self.records else None
        if record is not None:
            self.count(rows, record, found)
        self.report(party, rows, name)
        self.keys.add(
            self.party.entity(
                party,
                self.party.designation(tuple(party.programs), self.listings),
                title=title,
                remarks=rows.remarks(),
                origin=Origin(member=self.member, line=party.line, path="SDN"),
                record=record,
            ),
            line=party.line,
        )

    def value(self, cell: str) -> str | None:
        """The value of a cell, equal ones as one object."""
        text = stated(cell)
        return None if text is None else self.party.share(text)

    def report(self, party: Party, rows: Rows, name: str | None) -> None:
        """Tell the audit what is odd about a party."""
        if name is None:
            self.audit.issue(
                IssueKind.NO_PRIMARY_NAME,
                f"the entry has no SDN_Name: it is kept as {party.names[0].text!r}",
                entry=party.uid,
                line=party.line,
            )
        if rows.is_cut:
            self.audit.issue(
                IssueKind.DANGLING,
                f"the remarks end at {LIMIT:,} characters, and the rest of them is not there",
                entry=party.uid,
                path=_REMARKS,
                line=party.line,
            )
        self.party.report(party, base="SDN")
        self.party.report_kind(party, "SDN/SDN_Type")

    # The columns

    def vessel(self, party: Party, cells: Sequence[str | None]) -> None:
        """Call_Sign … Vess_owner."""
        call_sign, kind, tonnage, gross_tonnage, flag, owner = cells
        if call_sign is not None:
            party.identifiers.append(
                Identifier(value=call_sign, kind=IdentifierKind.CALL_SIGN, raw_kind="Call_Sign")
            )
        if party.kind is not Vessel:
            for column, value in zip(COLUMNS["SDN"][6:11], cells[1:], strict=True):
                if value is not None:
                    party.features.append(
                        Feature(label=column, value=value, kind=FeatureKind.VESSEL)
                    )
            return
        if kind is not None:
            party.fields["types"] = [kind]
        if flag is not None:
            party.fields["flags"] = [self.party.country(party, flag)]
        if owner is not None:
            party.fields["owners"] = [owner]
        self.number(party, "Tonnage", tonnage, "tonnage")
        self.number(party, "GRT", gross_tonnage, "gross_tonnage")

    def number(self, party: Party, column: str, text: str | None, field: str) -> None:
        """A whole number; "99,144" is one too."""
        if text is None:
            return
        plain = text.replace(",", "") if _THOUSANDS.fullmatch(text) else text
        if (number := whole_number(plain)) is not None:
            party.fields[field] = [number]
            return
        self.party.unread(party, text, f"SDN/{column}")
        party.features.append(Feature(label=column, value=text, kind=FeatureKind.VESSEL))

    def alias(self, party: Party, row: Row) -> None:
        """A row of ALT.CSV: a strong alias, for the weak ones stand in Remarks."""
        _, uid, kind, name, note = [self.value(cell) for cell in row.cells]
        if name is None:
            for column, text in zip(COLUMNS["ALT"][1:], (uid, kind, name, note), strict=True):
                if text is not None:
                    party.odd.append((f"ALT/{column}", text))
            return
        known = NAME_KINDS.get((kind or "").lower())
        if known is None:
            self.audit.unknown("alias type", kind or "", party.uid)
        party.names.append(
            Name(
                text=name,
                kind=known,
                strength=AliasStrength.STRONG,
                note=note,
                raw_kind=kind or "",
                source_id=uid,
            )
        )

    def address(self, party: Party, row: Row) -> None:
        """A row of ADD.CSV. A party without an address has a row that holds nothing."""
        _, uid, lines, city, country, note = [self.value(cell) for cell in row.cells]
        if lines is None and city is None and country is None and note is None:
            return
        party.addresses.append(
            Address(
                # The second column is city, state and postal code in one: what is what, nobody says.
                lines=tuple([line for line in (lines, city) if line is not None]),
                country=self.party.country(party, country) if country is not None else None,
                note=note,
                source_id=uid,
            )
        )

    def surplus(self, party: Party, row: Row) -> None:
        """A comment that continues no remarks: it is of another day."""
        text = row.cells[1]
        party.features.append(Feature(label=_COMMENTS, value=text))
        self.audit.unmapped(_COMMENTS, "", text)
        self.audit.issue(
            IssueKind.DANGLING,
            f"a comment continues remarks that do not fill their {LIMIT:,} characters; it is kept "
            "as a Feature",
            entry=party.uid,
            path=_COMMENTS,
            line=row.line,
        )

    # Remarks

    def remarks(self, party: Party, rows: Rows, title: str) -> tuple[Segment, ...]:
        """The remarks, segment by segment."""
        text = rows.remarks()
        if text is None:
            return ()
        found = segments(text, title=title, names=self.names, is_cut=rows.is_cut)
        for one in found:
            self.segment(party, one)
        return found

    def segment(self, party: Party, one: Segment) -> None:
        """What one segment states. Titles are stated by their column, notes by the remarks."""
        kind = one.kind
        if kind is SegmentKind.LABELLED:
            self.labelled(party, one)
        elif kind is SegmentKind.ALIAS:
            party.names.append(
                Name(
                    text=one.value,
                    kind=NAME_KINDS[one.label],
                    strength=AliasStrength.WEAK,
                    raw_kind=one.label,
                )
            )
        elif kind is SegmentKind.LINK:
            party.relations.append(self.party.linked_to(self.party.share(one.value)))
        elif kind in (SegmentKind.FREE, SegmentKind.CUT):
            party.features.append(Feature(label="Remarks", value=one.value))
            self.audit.unmapped(_REMARKS, kind.value, one.value)
            if "linked to" in one.value.lower() and kind is SegmentKind.FREE:
                self.party.unread(party, one.value, _REMARKS)
        elif kind not in (SegmentKind.TITLE, SegmentKind.NOTE):
            self.birth(party, one)

    def birth(self, party: Party, one: Segment) -> None:
        """Births, nationalities, citizenships. "alt." marks one that is not the main one."""
        if party.kind is not Person:
            party.odd.append((f"{_REMARKS}/{one.label}", one.value))
            return
        value = self.party.share(one.value)
        primary = False if one.is_alternative else None
        if one.kind is SegmentKind.BIRTH_DATE:
            date = self.party.date(party, value, _REMARKS)
            party.births.append(Birth(date=date, primary=primary))
        elif one.kind is SegmentKind.BIRTH_PLACE:
            party.births.append(Birth(place=self.party.place(value), primary=primary))
        else:
            is_citizen = one.kind is SegmentKind.CITIZENSHIP
            into = party.citizenships if is_citizen else party.nationalities
            into.append(Nationality(country=self.party.country(party, value), primary=primary))

    def labelled(self, party: Party, one: Segment) -> None:
        """A number or a fact under a label."""
        known = one.known
        assert known is not None  # what makes it a labelled one
        share, date = self.party.share, self.party.date
        label, value = share(one.label or known.label), share(one.value)
        if known.identifier is not None:
            self.party.identifier(
                party,
                label,
                known,
                value,
                country=self.party.country(party, one.country) if one.country else None,
                issued=date(party, one.issued, _REMARKS) if one.issued else None,
                expires=date(party, one.expires, _REMARKS) if one.expires else None,
            )
        elif not self.party.fill(party, known, value, None, None, _REMARKS):
            self.party.feature(party, label, known, value)

    # Records

    def record(self, rows: Rows) -> Record:
        """The rows as (member and column, value), without those that say that there is none."""
        members = (
            ("SDN", (rows.sdn,)),
            ("COMMENTS", rows.comments),
            ("ADD", rows.addresses),
            ("ALT", rows.aliases),
        )
        found = [
            pair for member, its_rows in members for row in its_rows for pair in pairs(member, row)
        ]
        share = self.party.share
        return Record(tuple(path for path, _ in found), tuple(share(cell) for _, cell in found))

    def count(self, rows: Rows, record: Record, found: Sequence[Segment]) -> None:
        """Count the values of the record by path, remarks by segment."""
        for path in record.paths:
            if path not in (_REMARKS, _COMMENTS, _ADDRESS_KEY):
                self.audit.count(path)
        for row in rows.addresses:
            if stated(row.cells[1]) is not None:
                self.audit.count(_ADDRESS_KEY, "" if any(map(stated, row.cells[2:])) else EMPTY)
        for one in found:
            label = one.label
            if one.kind is not SegmentKind.LABELLED:
                label = one.kind.value
            elif one.known is not None and one.known.label:
                label = one.known.label
            self.audit.count(_REMARKS if one.start < LIMIT else _COMMENTS, label)


_PATHS = {
    member: tuple(f"{member}/{column}" for column in columns) for member, columns in COLUMNS.items()
}


def pairs(member: str, row: Row) -> Iterator[tuple[str, str]]:
    """The values of a row, each exact and with its member and column."""
    for path, cell in zip(_PATHS[member], row.cells, strict=True):
        if stated(cell) is not None:
            yield path, cell
