"""The vocabulary of OFAC's flat files: members, columns, codes, and where their values go."""

from __future__ import annotations

from sanctionslib.answers import Use
from sanctionslib.model import Fact
from sanctionslib.parsers._ofac_tables import use_of_label
from sanctionslib.parsers._segments import SegmentKind
from sanctionslib.reference import ofac_label

__all__ = [
    "COLUMNS",
    "EMPTY",
    "FILES",
    "KIND_WORDS",
    "LIMIT",
    "LISTS",
    "NOTHING",
    "STATES_OF",
    "classify",
]

LISTS = {
    "us_ofac_sdn": "Specially Designated Nationals and Blocked Persons List (SDN.CSV)",
    "us_ofac_cons": "Consolidated Non-SDN List (CONS_PRIM.CSV)",
}

COLUMNS = {
    "SDN": (
        "ent_num",
        "SDN_Name",
        "SDN_Type",
        "Program",
        "Title",
        "Call_Sign",
        "Vess_type",
        "Tonnage",
        "GRT",
        "Vess_flag",
        "Vess_owner",
        "Remarks",
    ),
    "ADD": (
        "Ent_num",
        "Add_num",
        "Address",
        "City/State/Province/Postal Code",
        "Country",
        "Add_remarks",
    ),
    "ALT": ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks"),
    "COMMENTS": ("ent_num", "Remarks"),
}
"""The columns of each member, which has no header. CONS_PRIM.CSV is the SDN of the other list."""

FILES = {
    "us_ofac_sdn": {
        "SDN": "SDN.CSV",
        "ADD": "ADD.CSV",
        "ALT": "ALT.CSV",
        "COMMENTS": "SDN_COMMENTS.CSV",
    },
    "us_ofac_cons": {
        "SDN": "CONS_PRIM.CSV",
        "ADD": "CONS_ADD.CSV",
        "ALT": "CONS_ALT.CSV",
        "COMMENTS": "CONS_COMMENTS.CSV",
    },
}
"""The official names of the members."""

NOTHING = "-0-"
"""How OFAC writes that there is no value; mostly with a blank behind it."""

EMPTY = "says nothing"
"""Stands for the label of the row in ADD.CSV of a party that has no address."""

LIMIT = 1000
"""Characters of Remarks that SDN.CSV holds; the rest stands in COMMENTS."""

KIND_WORDS = {
    "": "Entity",
    "individual": "Individual",
    "vessel": "Vessel",
    "aircraft": "Aircraft",
}
"""`SDN_Type` → the word of OFAC's other formats; organizations have none here."""

_OF_REMARKS = frozenset(
    {
        Fact.ALIAS_STRENGTH,
        Fact.BIRTH_DATE,
        Fact.BIRTH_PLACE,
        Fact.NATIONALITY,
        Fact.CITIZENSHIP,
        Fact.GENDER,
        Fact.IDENTIFIER,
        Fact.FLAG,
        Fact.REGISTRATION,
        Fact.RELATION,
    }
)

STATES_OF: dict[str, frozenset[Fact]] = {
    "SDN": frozenset({Fact.KIND, Fact.TITLE, Fact.AUTHORITY, Fact.PROGRAM}),
    "ADD": frozenset({Fact.ADDRESS}),
    "ALT": frozenset({Fact.ALIAS_STRENGTH}),
    "COMMENTS": _OF_REMARKS,
}
"""The facts that cannot be stated where a member is missing; for COMMENTS: where remarks go on."""

_MAPPED = {
    "SDN/ent_num": "Entity.id",
    "SDN/SDN_Name": "Name.text",
    "SDN/SDN_Type": "class of the entity, Entity.raw_kind",
    "SDN/Program": "Designation.programs",
    "SDN/Title": "Person.titles (a Feature for other kinds)",
    "SDN/Call_Sign": "Identifier (call sign)",
    "SDN/Vess_type": "Vessel.types",
    "SDN/Tonnage": "Vessel.tonnage",
    "SDN/GRT": "Vessel.gross_tonnage",
    "SDN/Vess_flag": "Vessel.flags",
    "SDN/Vess_owner": "Vessel.owners",
    "ADD/Add_num": "Address.source_id",
    "ADD/Address": "Address.lines",
    "ADD/City/State/Province/Postal Code": "Address.lines, the last one",
    "ADD/Country": "Address.country",
    "ADD/Add_remarks": "Address.note",
    "ALT/alt_num": "Name.source_id",
    "ALT/alt_type": "Name.kind, Name.raw_kind",
    "ALT/alt_name": "Name.text",
    "ALT/alt_remarks": "Name.note",
}

_SEGMENTS = {
    SegmentKind.BIRTH_DATE: "Birth.date, Birth.primary",
    SegmentKind.BIRTH_PLACE: "Birth.place, Birth.primary",
    SegmentKind.NATIONALITY: "Person.nationalities",
    SegmentKind.CITIZENSHIP: "Person.citizenships",
    SegmentKind.ALIAS: "Name (weak)",
    SegmentKind.LINK: "Relation (linked to)",
    SegmentKind.TITLE: "Person.titles, from the column Title; Entity.remarks",
    SegmentKind.NOTE: "Entity.remarks",
}
_BY_LABEL = {kind.value: note for kind, note in _SEGMENTS.items()}

_JOIN = "the key that joins the row to its party, Entity.id"


def classify(path: str, label: str) -> tuple[Use, str]:
    """What becomes of the values at a path, and in which field (or why not).

    Args:
        path: Member and column.
        label: For Remarks, what the segment is: its label, or the kind of segment; for the row of
            an address that says nothing, `EMPTY`; else "".
    """
    if label == EMPTY and path == "ADD/Add_num":
        return Use.STRUCTURAL, "of the empty row of a party without an address"
    if path in ("ADD/Ent_num", "ALT/ent_num", "COMMENTS/ent_num"):
        return Use.STRUCTURAL, _JOIN
    if path in ("SDN/Remarks", "COMMENTS/Remarks"):
        return _segment(label)
    if path in _MAPPED:
        return Use.MAPPED, _MAPPED[path]
    return Use.UNKNOWN, "the format had no such column when this was written"


def _segment(label: str) -> tuple[Use, str]:
    if label in _BY_LABEL:
        return Use.MAPPED, _BY_LABEL[label]
    if label in (SegmentKind.FREE.value, SegmentKind.CUT.value):
        return Use.UNMAPPED, "Entity.remarks, and a Feature without kind"
    if ofac_label(label) is None:
        return Use.MAPPED, "Feature"
    return use_of_label(label)
