"""OFAC's flat files: SDN.CSV, ADD.CSV, ALT.CSV and SDN_COMMENTS.CSV (or CONS_*.CSV) → entities.

Documented by the publisher's data specification (`dat_spec.txt`). Four files make one edition, each
without a header; `_members` joins them by key. What is unusual about them:

* Null is `-0- ` with a blank behind it; the file ends with a lone 0x1A (Ctrl-Z).
* They state no date, no number of entries, no listing date, no legal authority, and names in one
  piece. Double quotes of names are printed as single ones.
* An organization is a party without `SDN_Type`. Programs are joined `A] [B`.
* Remarks hold everything that has no column, weak aliases too; `remarks` is their grammar. SDN has
  their first 1,000 characters, COMMENTS the rest, cut anywhere.
* City, state and postal code are one column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from functools import partial

import attrs

from sanctionslib.answers import IssueKind, Use
from sanctionslib.catalog import list_info
from sanctionslib.model import (
    Address,
    Aircraft,
    AliasStrength,
    Entity,
    Fact,
    Feature,
    Identifier,
    IdentifierKind,
    Name,
    Organization,
    Origin,
    Person,
    Vessel,
)
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.parsers._engine.checks import marked
from sanctionslib.parsers._engine.edition import TableFormat
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.format import Head, Options, Parsed
from sanctionslib.parsers._engine.maker import Maker, Texts
from sanctionslib.parsers._engine.numbers import whole_number
from sanctionslib.parsers._engine.rules import (
    FACTS,
    Fields,
    Group,
    Labels,
    Unused,
    facts_of,
    many,
    parts,
    path_rules,
    to,
)
from sanctionslib.parsers._engine.source import Source
from sanctionslib.parsers._engine.values import country
from sanctionslib.parsers.ofac._lists import WAYS_OUT, check_list, list_of_programs
from sanctionslib.parsers.ofac._members import (
    FILES,
    LIMIT,
    NOTHING,
    Members,
    Rows,
    member_of,
    stated,
)
from sanctionslib.parsers.ofac._shared import (
    LABEL_FACTS,
    LabelledFact,
    fill,
    linked_to,
    party,
    put_fact,
    put_feature,
    put_identifier,
    read_date,
    titles,
    use_of_label,
)
from sanctionslib.parsers.ofac._words import NAME_KINDS
from sanctionslib.parsers.ofac.remarks import Segment, SegmentKind, segments
from sanctionslib.reference import ofac_label

__all__ = ["FORMAT"]

_REMARKS = "SDN/Remarks"
_GOES_ON = "COMMENTS/Remarks"
_EMPTY = "says nothing"
"""Stands for the label of the row in ADD of a party that has no address."""
_KINDS = {"": Organization, "individual": Person, "vessel": Vessel, "aircraft": Aircraft}
_ALIASES = {word: NAME_KINDS[word] for word in ("aka", "fka", "nka")}
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+", re.ASCII)


def _primary_name(text: str, entry: Entry) -> Name:
    """The primary name; for persons "LAST, First", in one piece."""
    return Name(text=text)


def _programs(text: str, entry: Entry) -> tuple[str, ...]:
    """Programs, joined by "] ["."""
    return tuple(text.split("] ["))


def _call_sign(text: str, entry: Entry) -> Identifier:
    """An Identifier (call sign)."""
    return Identifier(value=text, kind=IdentifierKind.CALL_SIGN, raw_kind="Call_Sign")


def _number(text: str, entry: Entry) -> int | None:
    """A whole number; "99,144" is one too."""
    return whole_number(text.replace(",", "") if _THOUSANDS.fullmatch(text) else text)


def _alias(fields: Fields, entry: Entry) -> Name:
    if "raw_kind" not in fields:
        entry.unknown("alias type", "")
    fields.setdefault("kind", None)  # an alias all the same
    return Name(**fields)


def _whole(given: Mapping[str, str], entry: Entry) -> str:
    """The whole remarks: joined with nothing between, for they are cut anywhere."""
    return "".join(given.values())


_OF_SEGMENTS: Mapping[SegmentKind, tuple[str, ...]] = {
    SegmentKind.BIRTH_DATE: ("Birth.date", "Birth.primary"),
    SegmentKind.BIRTH_PLACE: ("Birth.place", "Birth.primary"),
    SegmentKind.NATIONALITY: ("Person.nationalities",),
    SegmentKind.CITIZENSHIP: ("Person.citizenships",),
    SegmentKind.ALIAS: ("Name.text", "Name.strength"),
    SegmentKind.LINK: ("Entity.relations",),
    SegmentKind.TITLE: ("Entity.remarks",),
    SegmentKind.NOTE: ("Entity.remarks",),
}
"""The fields that hold the segments of remarks; those of a label, `reference.ofac_label` knows."""
_BY_NAME = {kind.value: fields for kind, fields in _OF_SEGMENTS.items()}


def _use_of_segment(label: str, path: str) -> tuple[Use, str]:
    if label in _BY_NAME:
        return Use.MAPPED, ", ".join(_BY_NAME[label])
    if label in (SegmentKind.FREE.value, SegmentKind.CUT.value):
        return Use.UNMAPPED, "Entity.remarks, and a Feature without kind"
    return use_of_label(label) if ofac_label(label) is not None else (Use.MAPPED, "Feature")


_SEGMENTS = Labels(
    use=_use_of_segment,
    states=LABEL_FACTS | {FACTS[one] for each in _BY_NAME.values() for one in each if one in FACTS},
)
_KEY = Unused("the key that joins the row to its party, Entity.id")

_PARTY = Group(
    make=Entity,
    rules={
        "SDN/ent_num": to("id"),
        "SDN/SDN_Name": to("names", _primary_name),
        "SDN/SDN_Type": to("kind", _KINDS, raw="raw_kind"),
        "SDN/Program": to("programs", _programs),
        "SDN/Title": to("titles", titles),
        "SDN/Call_Sign": to("identifiers", _call_sign),
        "SDN/Vess_type": to("Vessel.types"),
        "SDN/Tonnage": to("Vessel.tonnage", _number),
        "SDN/GRT": to("Vessel.gross_tonnage", _number),
        "SDN/Vess_flag": to("Vessel.flags", country),
        "SDN/Vess_owner": to("Vessel.owners"),
        **parts("remarks", _whole, "SDN/Remarks", labels=_SEGMENTS),
        "ADD": many(
            "addresses",
            Address,
            {
                "Ent_num": _KEY,
                "Add_num": to("source_id"),
                "Address": to("lines"),
                "City/State/Province/Postal Code": to("lines"),
                "Country": to("country", country),
                "Add_remarks": to("note"),
            },
        ),
        "ALT": many(
            "names",
            Name,
            {
                "ent_num": _KEY,
                "alt_num": to("source_id"),
                "alt_type": to("kind", _ALIASES, raw="raw_kind"),
                "alt_name": to("text"),
                "alt_remarks": to("note"),
            },
            needs=("text",),
            finish=_alias,
            strength=AliasStrength.STRONG,  # the weak ones stand in Remarks
        ),
        "COMMENTS/ent_num": _KEY,
        **parts("remarks", _whole, "COMMENTS/Remarks", labels=_SEGMENTS),
    },
)
_PATHS = {
    member: tuple(path for path in path_rules(_PARTY) if path.startswith(f"{member}/"))
    for member in ("SDN", "ADD", "ALT", "COMMENTS")
}
_OF_ADDRESS = tuple(path.removeprefix("ADD/") for path in _PATHS["ADD"][1:])
_OF_ALIAS = tuple(path.removeprefix("ALT/") for path in _PATHS["ALT"][1:])


def _values(paths: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """What cells state, by path."""
    return {
        path: text
        for path, cell in zip(paths, cells, strict=True)
        if (text := cell.strip()) not in NOTHING
    }


def _texts(rows: Rows) -> Texts:
    """The values of a party, by path."""
    texts: Texts = {"SDN/SDN_Type": "", **_values(_PATHS["SDN"], rows.sdn.cells)}
    if rows.goes_on:
        texts[_REMARKS] = rows.sdn.cells[-1]
        for comment in rows.comments[:1]:
            texts[_GOES_ON] = comment.cells[-1]
    texts["ALT"] = [_values(_OF_ALIAS, row.cells[1:]) for row in rows.aliases]
    addresses = [_values(_OF_ADDRESS, row.cells[1:]) for row in rows.addresses]
    # A party without an address has a row that holds nothing but keys.
    texts["ADD"] = [one for one in addresses if len(one) > ("Add_num" in one)]
    return texts


def _party(rows: Rows, names: Set[str], maker: Maker, entry: Entry) -> Entity | None:
    """The entity of the rows of a party."""
    texts = entry.texts = _texts(rows)
    fields = maker.fields(texts, entry)
    entry.settle(fields)
    remarks, title = fields.get("remarks", ""), texts.get("SDN/Title", "")
    found = segments(remarks, title=title, names=names, is_cut=rows.is_cut)
    for one in found:
        _put(fields, one, entry)
    for row in rows.surplus:
        fields.setdefault("features", []).append(Feature(label=_GOES_ON, value=row.cells[-1]))
        entry.unmapped(_GOES_ON, "", row.cells[-1])
    if entry.kept is not None:
        keys = [row.cells for row in rows.addresses if row.cells[1].strip() not in NOTHING]
        entry.labelled = {
            _REMARKS: [one.name for one in found if one.start < LIMIT],
            _GOES_ON: [one.name for one in found if one.start >= LIMIT],
            "ADD/Add_num": ["" if any(map(stated, cells[2:])) else _EMPTY for cells in keys],
        }
    if "SDN/SDN_Name" not in texts and (known := fields.get("names")):
        said = f"the entry has no SDN_Name: it is kept as {known[0].text!r}"
        entry.issue(IssueKind.NO_PRIMARY_NAME, said)
    if rows.is_cut:
        said = f"the remarks end at {LIMIT:,} characters, and the rest of them is not there"
        entry.issue(IssueKind.DANGLING, said, _REMARKS)
    return party(fields, entry)


_LABELS = {
    SegmentKind.BIRTH_DATE: "Birthdate",
    SegmentKind.BIRTH_PLACE: "Place of Birth",
    SegmentKind.NATIONALITY: "Nationality Country",
    SegmentKind.CITIZENSHIP: "Citizenship Country",
}
"""What OFAC's other formats call the same facts."""


def _put(fields: Fields, one: Segment, entry: Entry) -> None:
    """What a segment states. Titles are stated by their column, notes by the remarks."""
    share = entry.reading.texts.setdefault
    value = share(one.value, one.value)
    if one.known is not None:
        label = one.label or one.known.label
        fact = LabelledFact(
            label=share(label, label),
            value=value,
            country=country(one.country, entry) if one.country else None,
            issued=read_date(one.issued, entry, _REMARKS) if one.issued else None,
            expires=read_date(one.expires, entry, _REMARKS) if one.expires else None,
        )
        if one.known.identifier is not None:
            put_identifier(fields, fact, one.known)
        elif not fill(fields, one.known, fact, entry, _REMARKS):
            put_feature(fields, fact, one.known)
    elif one.kind in _LABELS and fields.get("kind") is not Person:
        entry.unexpected.append((f"{_REMARKS}/{one.label}", value))
    elif one.kind in _LABELS:
        primary = False if one.is_alternative else None
        fact = LabelledFact(label=_LABELS[one.kind], value=value, primary=primary)
        put_fact(fields, fact, entry, _REMARKS)
    elif one.kind is SegmentKind.ALIAS:
        kind, weak = NAME_KINDS[one.label], AliasStrength.WEAK
        name = Name(text=value, kind=kind, strength=weak, raw_kind=one.label)
        fields.setdefault("names", []).append(name)
    elif one.kind is SegmentKind.LINK:
        fields.setdefault("relations", []).append(linked_to(value, entry))
    elif one.kind in (SegmentKind.FREE, SegmentKind.CUT):
        fields.setdefault("features", []).append(Feature(label="Remarks", value=value))
        entry.unmapped(_REMARKS, one.name, value)
        if "linked to" in value.lower() and one.kind is SegmentKind.FREE:
            entry.unread(value, _REMARKS, is_kept=True)


@attrs.frozen(kw_only=True, slots=False)
class _FlatFormat(TableFormat):
    """Four files without a header, joined by the key in their first column."""

    @property
    def groups(self) -> tuple[Group, ...]:
        return (_PARTY,)

    def recognise(self, head: Head) -> bool:
        return head.root is None and member_of(head, _PATHS) is not None

    def classify(self, path: str, label: str) -> tuple[Use, str]:
        if label == _EMPTY:
            return Use.STRUCTURAL, "of the empty row of a party without an address"
        return super().classify(path, label)

    def parse(self, sources: Sequence[Source], options: Options) -> Parsed:
        audit = AuditBuilder(", ".join(source.name for source in sources))
        members = Members(sources, options, audit, _PATHS)
        reading = Reading(audit, keeps_source=options.records)
        members.read(reading.texts)
        list_id = members.list_id
        if list_id is None:
            at = _PATHS["SDN"].index("SDN/Program")
            first = next((row.cells[at].split("] [") for row in members.rows["SDN"]), None)
            list_id = list_of_programs(first, "SDN.CSV or CONS_PRIM.CSV", audit)
        edition = self.edition(list_id, sources, options, audit)
        members.check_files(list_id)
        parties = members.parties()
        short = [facts_of(_of_member(member)) for member in members.short]
        states = frozenset(edition.states or ()).difference(*short)
        edition = attrs.evolve(edition, missing=tuple(members.missing), states=states)
        reading.begin(list_info(list_id), edition)
        maker = Maker(_PARTY)
        names = {name for row in members.rows["SDN"] if (name := stated(row.cells[1])) is not None}
        for rows in parties:
            audit.read += 1
            origin = Origin(member=members.files["SDN"].name, line=rows.sdn.line, path="SDN")
            entry = Entry(reading, maker, origin, partial(members.record, rows))
            entry.kept = members.pairs(rows) if options.records else None
            entry.read(_party(rows, names, maker, entry))
        reading.finish()
        check_list(list_id, reading.entities, audit, options)
        audit.built = len(reading.entities)
        edition, entities = marked(edition, reading.entities, audit, missing=())
        classify = self.classify if options.records else None
        return Parsed(
            entities=entities, editions=(edition,), audit=audit.finish((edition,), classify)
        )


def _of_member(member: str) -> Group:
    """The part of the table that one member fills."""
    rules = {at: rule for at, rule in _PARTY.rules.items() if at.partition("/")[0] == member}
    return attrs.evolve(_PARTY, rules=rules)


FORMAT = _FlatFormat(
    name="ofac-delimited",
    title="OFAC flat files (CSV)",
    files=tuple(name for names in FILES.values() for name in names),
    takes_several=True,
    ends_anywhere=True,
    alternative_sources={
        Fact.NAME_PARTS: "Treasury gives it in the XML files of the same day",
        **dict(WAYS_OUT),
    },
)
