"""OFAC's flat files: SDN.CSV, ADD.CSV, ALT.CSV and SDN_COMMENTS.CSV (or CONS_*.CSV) → entities.

Documented by the publisher's data specification (`dat_spec.txt`). Four files make one edition, each
without a header; `_members` joins them by key. Peculiarities:

* Null is `-0- ` with a trailing blank; the file ends with a lone 0x1A (Ctrl-Z).
* They state no date, no number of entries, no listing date and no legal authority, and names in one
  piece. Double quotes of names are printed as single ones.
* A party without `SDN_Type` is an organization. Programs are joined `A] [B`.
* Remarks hold everything without a column, weak aliases too; see `remarks`. SDN has the first 1,000
  characters, COMMENTS the rest, cut at any character.
* City, state and postal code are one column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from functools import partial

import attrs

from sanctionslib.answers import Coverage, IssueKind
from sanctionslib.model import (
    Address,
    Aircraft,
    AliasStrength,
    Entity,
    Fact,
    Feature,
    Name,
    Organization,
    Origin,
    Person,
    Vessel,
)
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.parsers._engine.checks import check_complete
from sanctionslib.parsers._engine.edition import TableFormat
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.fields import Fields, Labels, Texts
from sanctionslib.parsers._engine.format import Head, Options, Parsed
from sanctionslib.parsers._engine.input_file import InputFile
from sanctionslib.parsers._engine.maker import Maker
from sanctionslib.parsers._engine.numbers import whole_number
from sanctionslib.parsers._engine.rules import Group, Unused, facts_of, many, parts, path_rules, to
from sanctionslib.parsers._engine.values import country
from sanctionslib.parsers.ofac import _members as members
from sanctionslib.parsers.ofac import remarks
from sanctionslib.parsers.ofac._lists import ALTERNATIVE_SOURCES, check_list
from sanctionslib.parsers.ofac.shared import (
    LabelledFact,
    call_sign,
    labels,
    linked_to,
    party,
    program,
    put_fact,
    read_date,
    titles,
)
from sanctionslib.parsers.ofac.words import NAME_KINDS
from sanctionslib.reference import ofac_label

__all__ = ["FORMAT"]

_REMARKS = "SDN/Remarks"
_CONTINUED = "COMMENTS/Remarks"
_KEYS = {"ADD/Ent_num", "ADD/Add_num"}
_EMPTY = "empty row"
"""Used as the label of the row in ADD of a party without an address."""
_KINDS = {"": Organization, "individual": Person, "vessel": Vessel, "aircraft": Aircraft}
_ALIASES = {word: NAME_KINDS[word] for word in ("aka", "fka", "nka")}
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+", re.ASCII)


def _primary_name(text: str, entry: Entry) -> Name:
    """The primary name; for persons "LAST, First", in one piece."""
    return Name(text=text)


def _programs(text: str, entry: Entry) -> tuple[str, ...]:
    """Programs, joined by "] ["."""
    return tuple([program(one, entry) for one in text.split("] [")])


def _number(text: str, entry: Entry) -> int | None:
    """A whole number, also as "99,144"."""
    return whole_number(text.replace(",", "") if _THOUSANDS.fullmatch(text) else text)


def _whole(given: Mapping[str, str], entry: Entry) -> str:
    """The complete remarks: joined without a separator, because they are cut at any character."""
    return "".join(given.values())


def _coverage_of_segment(label: str, path: str) -> tuple[Coverage, str] | None:
    if label in (remarks.FREE, remarks.CUT):
        return Coverage.UNMAPPED, "Entity.remarks, and a Feature without kind"
    known = remarks.LABELS.get(label, label)
    return _OF_LABEL.coverage(known, path) if ofac_label(known) is not None else None


def _coverage_in_address(label: str, path: str) -> tuple[Coverage, str] | None:
    stated = "of the empty row of a party without an address"
    return (Coverage.STRUCTURAL, stated) if label == _EMPTY else None


_OF_LABEL = labels()
_HAVE_COLUMNS = {Fact.TITLE, Fact.ADDRESS}
_SEGMENTS = Labels(
    coverage=_coverage_of_segment, facts=(_OF_LABEL.facts - _HAVE_COLUMNS) | {Fact.ALIAS_STRENGTH}
)
_FROM_REMARKS = ("names", "relations", "features")
_KEY = Unused("the key that joins the row to its party, Entity.id")

_PARTY = Group(
    make=Entity,
    rules={
        "SDN/ent_num": to("id"),
        "SDN/SDN_Name": to("names", _primary_name),
        "SDN/SDN_Type": to("kind", _KINDS, raw="raw_kind"),
        "SDN/Program": to("programs", _programs),
        "SDN/Title": to("titles", titles),
        **call_sign("SDN/Call_Sign"),
        "SDN/Vess_type": to("Vessel.types"),
        "SDN/Tonnage": to("Vessel.tonnage", _number),
        "SDN/GRT": to("Vessel.gross_tonnage", _number),
        "SDN/Vess_flag": to("Vessel.flags", country),
        "SDN/Vess_owner": to("Vessel.owners"),
        **parts("remarks", _whole, "SDN/Remarks", labels=_SEGMENTS, also=_FROM_REMARKS),
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
            labels=Labels(coverage=_coverage_in_address),
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
            kind=None,
            strength=AliasStrength.STRONG,  # the weak ones are in Remarks
        ),
        "COMMENTS/ent_num": _KEY,
        **parts("remarks", _whole, "COMMENTS/Remarks", labels=_SEGMENTS, also=_FROM_REMARKS),
    },
)
_PATHS = {
    member: tuple(path for path in path_rules(_PARTY) if path.startswith(f"{member}/"))
    for member in ("SDN", "ADD", "ALT", "COMMENTS")
}
_OF_ADDRESS = tuple(path.removeprefix("ADD/") for path in _PATHS["ADD"][1:])
_OF_ALIAS = tuple(path.removeprefix("ALT/") for path in _PATHS["ALT"][1:])


def _texts(rows: members.Rows) -> Texts:
    """The values of a party, by path."""
    (sdn,) = rows["SDN"]
    texts: Texts = {"SDN/SDN_Type": "", **_values(_PATHS["SDN"], sdn.cells)}
    if members.continues(rows):
        texts[_REMARKS] = sdn.cells[-1]
        for comment in rows["COMMENTS"][:1]:
            texts[_CONTINUED] = comment.cells[-1]
    texts["ALT"] = [_values(_OF_ALIAS, row.cells[1:]) for row in rows["ALT"]]
    for alias in texts["ALT"]:
        alias.setdefault("alt_type", "")  # a missing type is counted as unknown
    addresses = [_values(_OF_ADDRESS, row.cells[1:]) for row in rows["ADD"]]
    # A party without an address has a row with nothing but keys.
    texts["ADD"] = [one for one in addresses if one.keys() - {"Add_num"}]
    return texts


def _values(paths: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {
        path: text
        for path, cell in zip(paths, cells, strict=True)
        if (text := cell.strip()) not in members.NOTHING
    }


def _party(rows: members.Rows, names: Set[str], maker: Maker, entry: Entry) -> Entity | None:
    """The entity of the rows of a party."""
    texts = entry.texts = _texts(rows)
    fields = maker.fields(texts, entry)
    entry.settle(fields)
    found = remarks.segments(
        fields.get("remarks", ""),
        title=texts.get("SDN/Title", ""),
        names=names,
        is_cut=members.is_cut(rows),
    )
    for one in found:
        _put(fields, one, entry)
    for comment in rows["COMMENTS"][members.continues(rows) :]:  # they continue no remarks
        entry.unexpected.append((_CONTINUED, comment.cells[-1]))
    if entry.kept is not None:
        keys = [_values(_PATHS["ADD"], row.cells).keys() for row in rows["ADD"]]
        entry.labelled = {
            _REMARKS: [one.name for one in found if one.start < members.LIMIT],
            _CONTINUED: [one.name for one in found if one.start >= members.LIMIT],
            "ADD/Add_num": ["" if one - _KEYS else _EMPTY for one in keys if "ADD/Add_num" in one],
        }
    if members.is_cut(rows):
        message = f"the remarks end at {members.LIMIT:,} characters; the rest is missing"
        entry.issue(IssueKind.UNRESOLVED_REFERENCE, message, _REMARKS)
    return party(fields, entry)


def _put(fields: Fields, one: remarks.Segment, entry: Entry) -> None:
    """Add the facts of a segment. Titles come from their column, notes stay in the remarks."""
    value, label = entry.share(one.value, one.value), entry.share(one.label, one.label)
    if one.name == remarks.ALIAS:
        kind, weak = NAME_KINDS[label], AliasStrength.WEAK
        name = Name(text=value, kind=kind, strength=weak, raw_kind=label)
        fields.setdefault("names", []).append(name)
    elif one.name == remarks.LINK:
        fields.setdefault("relations", []).append(entry.reading.once(linked_to, value))
    elif one.feature is not None:
        feature = Feature(label=label or one.name, value=value, kind=one.feature)
        fields.setdefault("features", []).append(feature)
    elif one.name in (remarks.FREE, remarks.CUT):
        fields.setdefault("features", []).append(Feature(label="Remarks", value=value))
        entry.unmapped(_REMARKS, one.name, value)
        if one.name == remarks.FREE and "linked to" in value.lower():
            entry.unread(value, _REMARKS, is_kept=True)
    elif label in remarks.LABELS and fields.get("kind") is not Person:
        entry.unexpected.append((f"{_REMARKS}/{label}", value))
    elif label:
        fact = LabelledFact(label=remarks.LABELS.get(label, label), value=value)
        fact.primary = False if one.is_alternative else None
        for at, text in one.beside.items():
            is_country = at == "country"
            read = country(text, entry) if is_country else read_date(text, entry, _REMARKS)
            setattr(fact, at, read)
        put_fact(fields, fact, entry, _REMARKS)


@attrs.frozen(kw_only=True, slots=False)
class _FlatFormat(TableFormat):
    """Four files without a header, joined by the key in their first column."""

    @property
    def groups(self) -> tuple[Group, ...]:
        return (_PARTY,)

    def recognise(self, head: Head) -> bool:
        return head.root is None and members.member_of(head, _PATHS) is not None

    def parse(self, sources: Sequence[InputFile], options: Options) -> Parsed:
        audit = AuditBuilder(", ".join(source.name for source in sources))
        reading = Reading(audit, keeps_source=options.keep_source)
        files = members.Members(sources, options, reading, _PATHS)
        rows = files.rows["SDN"]
        names = {row.cells[1].strip() for row in rows}
        edition = self.edition(files.list_id, sources, options, audit)
        parties = files.parties()
        gaps = dict(files.gaps(parties))
        audit.read = len(parties)
        check_complete(list(gaps), options, audit)
        lost = [facts_of(_of_member(member)) for member in gaps.values() if member]
        facts = frozenset(edition.supported_facts or ()).difference(*lost)
        edition = attrs.evolve(edition, missing=tuple(gaps), supported_facts=facts)
        reading.begin(self.info(files.list_id, audit), edition)
        files.report_unresolved()
        maker = Maker(_PARTY)
        for one in parties:
            origin = Origin(member=files.files["SDN"].name, line=one["SDN"][0].line, path="SDN")
            entry = Entry(reading, maker, origin, partial(files.pairs, one))
            entry.kept = files.pairs(one) if options.keep_source else None
            entry.read(_party(one, names, maker, entry))
        return self.parsed(reading, options)


def _of_member(member: str) -> Group:
    """The part of the table for one member."""
    rules = {at: rule for at, rule in _PARTY.rules.items() if at.partition("/")[0] == member}
    return attrs.evolve(_PARTY, rules=rules)


FORMAT = _FlatFormat(
    name="ofac-delimited",
    title="OFAC flat files (CSV)",
    files=tuple(name for names in members.FILES.values() for name in names),
    takes_several=True,
    has_no_end_mark=True,
    at_end=check_list,
    alternative_sources={
        Fact.NAME_PARTS: "Treasury gives it in the XML files of the same day",
        **ALTERNATIVE_SOURCES,
    },
)
