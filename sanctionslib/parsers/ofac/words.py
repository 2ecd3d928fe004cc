"""The vocabulary that all formats of OFAC share, and the values of the model for it.

Sources: the reference values of the advanced file of 17 March 2020 and of the enhanced service of
28 August 2024. Peculiarities: the classic file and the CSV write "a.k.a.", the two others "A.K.A.";
"13662 Sectoral Directive 2" and the like are among the measures; a name's parts keep their letter
case in the advanced and enhanced files, where the classic one prints family names in capitals.
"""

from __future__ import annotations

from sanctionslib.model import (
    Aircraft,
    AliasStrength,
    Entity,
    Gender,
    MeasureKind,
    NameKind,
    NamePartKind,
    Organization,
    Person,
    RelationKind,
    Vessel,
)

SDN_LIST = "SDN List"
"""The named list of every entry of SDN.*."""

WRAPPER = "Consolidated List"
"""The wrapper around the lists of the non-SDN files; not a list itself."""

KINDS: dict[str, type[Entity]] = {
    "Individual": Person,
    "Entity": Organization,
    "Vessel": Vessel,
    "Aircraft": Aircraft,
}
"""`sdnType`, `entityType`."""

NAME_KINDS = {
    "a.k.a.": NameKind.AKA,
    "f.k.a.": NameKind.FKA,
    "n.k.a.": NameKind.NKA,
    "aka": NameKind.AKA,
    "fka": NameKind.FKA,
    "nka": NameKind.NKA,
    "name": NameKind.PRIMARY,
}
"""Types of names, in lower case."""

NAME_PARTS = {
    "Last Name": NamePartKind.FAMILY,
    "First Name": NamePartKind.GIVEN,
    "Middle Name": NamePartKind.MIDDLE,
    "Maiden Name": NamePartKind.MAIDEN,
    "Patronymic": NamePartKind.PATRONYMIC,
    "Matronymic": NamePartKind.MATRONYMIC,
    "Nickname": NamePartKind.NICKNAME,
    "Entity Name": NamePartKind.WHOLE,
    "Vessel Name": NamePartKind.WHOLE,
    "Aircraft Name": NamePartKind.WHOLE,
}
"""Types of name parts."""

LOW_QUALITY = {"true": AliasStrength.WEAK, "false": AliasStrength.STRONG}
"""Whether the publisher marks an alias as low quality."""

GENDERS = {"Male": Gender.MALE, "Female": Gender.FEMALE}
"""Values of the feature "Gender"."""

ADDRESS_PARTS = {
    **dict.fromkeys(("ADDRESS1", "ADDRESS2", "ADDRESS3"), "lines"),
    "CITY": "city",
    "STATE/PROVINCE": "state",
    "REGION": "region",
    "POSTAL CODE": "postal_code",
}
"""Types of address parts, and their fields."""

RELATIONS = {
    "Linked To": RelationKind.LINKED_TO,
    "Associate Of": RelationKind.ASSOCIATE_OF,
    "Providing support to": RelationKind.PROVIDES_SUPPORT_TO,
    "Acting for or on behalf of": RelationKind.ACTS_FOR,
    "Owned or Controlled By": RelationKind.OWNED_OR_CONTROLLED_BY,
    "Family member of": RelationKind.FAMILY_OF,
    "playing a significant role in": RelationKind.SIGNIFICANT_ROLE_IN,
    "Leader or official of": RelationKind.LEADER_OF,
    "Principal Executive Officer": RelationKind.PRINCIPAL_OFFICER_OF,
    "Owns, controls, or operates": RelationKind.OWNS_OR_CONTROLS,
    "Property in the interest of": RelationKind.PROPERTY_OF,
}
"""Types of relations, read as "this party … the other one"."""

MEASURES = {
    "Block": MeasureKind.ASSET_FREEZE,
    "Reject": MeasureKind.REJECT,
    "561 Full Restrictions": MeasureKind.CORRESPONDENT_ACCOUNTS,
    "NDAA Special Conditions": MeasureKind.CORRESPONDENT_ACCOUNTS,
    "13662 Sectoral Directive 1": MeasureKind.DEBT_EQUITY,
    "13662 Sectoral Directive 2": MeasureKind.DEBT_EQUITY,
    "13662 Sectoral Directive 3": MeasureKind.DEBT_EQUITY,
    "13662 Sectoral Directive 4": MeasureKind.OIL_PROJECTS,
    "CAATSA Section 231/235 Sanctions": MeasureKind.OTHER,
    "Executive Order 13959 Sanctions": MeasureKind.INVESTMENT_BAN,
    "CMIC Executive Order": MeasureKind.INVESTMENT_BAN,
    "Executive Order 14024 Directive 1a": MeasureKind.DEBT_EQUITY,
    "Executive Order 14024 Directive 2": MeasureKind.CORRESPONDENT_ACCOUNTS,
    "Executive Order 14024 Directive 3": MeasureKind.DEBT_EQUITY,
    "Executive Order 14024 Directive 4": MeasureKind.OTHER,
    "Executive Order 14014 Directive 1": MeasureKind.SERVICES_BAN,
    "Executive Order 14059 Non-blocking": MeasureKind.OTHER,
}
"""Types of sanctions, except "Program", which carries a tag and is not a measure."""
