"""The formats of the European Union, for the contract."""

from __future__ import annotations

from case import Case, data
from table_containers import Table
from xml_container import Xml

_DAYS = ("birthdate", "year", "monthOfYear", "dayOfMonth", "yearRangeFrom", "yearRangeTo")
_PARTS = ("wholeName", "firstName", "middleName", "lastName")

CASES: tuple[Case, ...] = (
    Case(
        format="eu-fsf-xml",
        list_id="eu_fsf",
        open=lambda files: Xml(files, ["sanctionEntity"]),
        small=data("eu_fsf.xml"),
        files=("xmlFullSanctionsList_1_1",),
        whole=("eu_fsf/EU_FSF_1_1_2021-03-02.xml",),
        names="nameAlias",
        uid="@euReferenceNumber",
        coded="country[A-Z]\\w+|subjectType@code|@(gender|strong|circa|calendarType|key|city|place)"
        "|@identificationTypeCode|@(diplomatic|known\\w+|reportedLost|revoked\\w+|asAt\\w+)"
        "|Date|birthdate@\\w+",
        # The gender that another name already has adds nothing.
        rivals=frozenset(f"@{name}" for name in (*_DAYS, *_PARTS, "gender")),
    ),
    Case(
        format="eu-fsf-csv",
        list_id="eu_fsf",
        open=lambda files: Table(files, ";"),
        small=data("eu_fsf.csv"),
        files=("csvFullSanctionsList_1_1",),
        names="NameAlias_",
        keys=frozenset(
            {"Entity_LogicalId", "Entity_EU_ReferenceNumber", "Entity_Regulation_Programme"}
        ),
        rivals=frozenset(f"NameAlias_{name[0].upper()}{name[1:]}" for name in _PARTS),
        coded=".*(Country[A-Z]\\w+|ClassificationCode|Gender|Circa|CalendarType|City|Place|TypeCode"
        "|Diplomatic|Known\\w+|ReportedLost|Revoked\\w+|AsAt\\w+|Date|BirthDate_\\w+)",
    ),
)
