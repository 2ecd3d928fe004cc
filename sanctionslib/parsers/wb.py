"""The World Bank's debarred firms and individuals, JSON: who may not be awarded its contracts.

It is not a sanctions list: the catalog calls it a debarment. The format is not documented; keys are
those of the data of 21 February 2026. Peculiarities:

* **ADD_SUPP_INFO often belongs to another entry.** It has aliases, registry numbers and a footnote
  mark ("(also known as DRC b.v.) *161"), and in the later part of the file it is some rows away
  from its entry: at Md. Harun ur Rashid of Bangladesh it is "also known as Hangzhou Fuchuan
  Electric Power Equipment Co., Ltd", and the next entry is that firm. Of 195 with a Chinese place
  or trade in it, 79 are at an entry with another name. So it is kept as remarks and makes no alias
  and no number, which would belong to another party. Most such aliases have their own entry.
* DEBAR_TO_DATE 2999-12-31 is not a day: INELIGIBLY_STATUS is then "Ongoing" or "Permanent".
* "Cross Debarment: ADB", spelled in 14 ways, is another bank's decision (`Designation.sources`);
  the date is that of the World Bank's own debarment.
* U and C are not documented and leave the kind open. Individuals have "MR." before the name, and so
  do two firms: the letter of the type counts.
* A few names contain another one: "X A.K.A. Y", "X (FORMERLY Y)"; two are just "A.K.A. Y".
* Every entry repeats the time of the last refresh, which is the date of the edition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from sanctionslib.answers import IssueKind
from sanctionslib.model import (
    Address,
    Country,
    Entity,
    Event,
    EventKind,
    Fact,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    Measure,
    MeasureKind,
    Name,
    NameKind,
    Organization,
    PartialDate,
    Person,
)
from sanctionslib.parsers._engine.dates import partial_date
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.json import JsonFormat
from sanctionslib.parsers._engine.rules import Group, Rules, Unused, one, parts, to
from sanctionslib.parsers._engine.values import country
from sanctionslib.reference import read_country

__all__ = ["FORMAT"]

_TYPES = {"F": Organization, "I": Person, "U": Entity, "C": Entity}
_STATUSES = {"DEBARRED": MeasureKind.PROCUREMENT_BAN, "X-DEBARRED": MeasureKind.PROCUREMENT_BAN}
_TITLE = re.compile(r"(?:(?:MR|MRS|MS|DR)\.\s*|(?:MR|MRS)\s+)(?=\S)")
"""Before a name; without a dot, "MS" and "DR" can be initials."""
_OTHER_NAME = re.compile(
    r"[\s,(]{0,9}\b(?P<word>A\.K\.A\.|ALSO KNOWN AS|FORMERLY(?: KNOWN AS)?|NOW KNOWN AS"
    r"|(?:CURRENTLY )?D/B/A) (?P<name>[^()]{1,300})\)?$"
)
_ROLES = {"FORMERLY": NameKind.FKA, "FORMERLY KNOWN AS": NameKind.FKA, "NOW KNOWN AS": NameKind.NKA}
_CROSS = re.compile(r"cross[ -]deb(?:ar|ra)ment:\s*(?P<bank>\S.*)", re.IGNORECASE)


def _refreshed(text: str, entry: Entry) -> date | None:
    """The day before the "T"."""
    return PartialDate.parse(text.partition("T")[0]).earliest


def _until(text: str, entry: Entry) -> tuple[Event, ...]:
    """An Event (expires); none for 2999-12-31, which means no end."""
    if text == "2999-12-31":
        return ()
    date = partial_date(text, entry)
    return (Event(kind=EventKind.EXPIRES, date=date, raw_kind="DEBAR_TO_DATE"),)


def _country(given: Mapping[str, str], entry: Entry) -> Country:
    """The country by its name, or by its ISO code where the name is unknown."""
    code, name = given.get("LAND1", ""), given.get("COUNTRY_NAME", "")
    if name and read_country(name).code is None and (by_code := read_country(code).code):
        return Country(code=by_code, raw=name)
    of = country(name or code, entry)
    if code not in ("", of.code, "ZR"):
        entry.unexpected.append(("LAND1", code))
    return of


def _names(given: Mapping[str, str], entry: Entry) -> tuple[Name, ...]:
    """The name, without the title of an individual, and another name in it."""
    text = given["SUPP_NAME"]
    if (title := _title(entry)) is not None:
        text = text[title.end() :]
    if (found := _OTHER_NAME.search(text)) is None:
        return (Name(text=text),)
    before, name = text[: found.start()].strip(), found["name"].strip()
    if not before:
        return (Name(text=name, note=text),)
    kind = _ROLES.get(found["word"], NameKind.AKA)
    return (Name(text=before), Name(text=name, kind=kind, raw_kind=found["word"]))


def _title(entry: Entry) -> re.Match[str] | None:
    """The title before the name of an individual."""
    is_person = entry.texts.get("SUPP_TYPE_CODE") == "I"
    return _TITLE.match(entry.texts.get("SUPP_NAME", "")) if is_person else None


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """The party, with the title before its name, and the bank that decided."""
    if (title := _title(entry)) is not None:
        fields["titles"] = [title[0].strip(), *fields.get("titles", ())]
    if (cross := _CROSS.match(fields.get("reason", ""))) is not None:
        fields["sources"] = [cross["bank"]]
    edition, day = entry.reading.edition.published, entry.texts.get("LAST_REFRESH_DATE", "")
    if day and not day.startswith(str(edition or "")):
        stated = f"the entry was refreshed on {day}, and the edition is of {edition}"
        entry.issue(IssueKind.EDITION, stated, "LAST_REFRESH_DATE", once="LAST_REFRESH_DATE")
    return entry.entity(fields)


def _number(path: str, kind: IdentifierKind) -> Rules:
    """The rule of a number."""
    return one("identifiers", Identifier, {path: to("value")}, kind=kind, raw_kind=path)


def _mark(path: str) -> Rules:
    """The rule for an undocumented mark."""
    return one("features", Feature, {path: to("value")}, kind=FeatureKind.OTHER, label=path)


_FROM = {"DEBAR_FROM_DATE": to("date", partial_date)}
_MEASURE = {"ELIG_STAT": to("kind", _STATUSES, raw="raw"), "INELIGIBLY_STATUS": to("note")}
_INTERNAL = (
    *("CREATE_USER", "CREATE_USER_NAME", "CREATE_DATE", "CREATE_TIME"),
    *("UPD_USER", "UPD_USER_NAME", "UPD_DATE", "UPD_TIME"),
    *("MANDT", "CRPD_MATCH", "CRPD_STAT", "RECHK_IND"),
)
_ADDRESS = {
    "SUPP_ADDR": to("lines"),
    "SUPP_CITY": to("city"),
    "SUPP_STATE_CODE": to("state"),
    "SUPP_PROV_NAME": to("region"),
    "SUPP_ZIP_CODE": to("postal_code"),
    "SUPP_POST_CODE": to("postal_code"),
    **parts("country", _country, "LAND1", "COUNTRY_NAME"),
}
_FIRM = Group(
    make=Entity,
    rules={
        "SUPP_ID": to("id"),
        "SUPP_TYPE_CODE": to("kind", _TYPES, raw="raw_kind"),
        **parts("names", _names, "SUPP_NAME", also=("Person.titles",)),
        "SUPP_PRE_ACRN": to("titles"),
        "SUPP_POST_ACRN": to("Organization.types"),
        **one("addresses", Address, _ADDRESS),
        "ADD_SUPP_INFO": to("remarks"),
        **one("events", Event, _FROM, kind=EventKind.EFFECTIVE, raw_kind="DEBAR_FROM_DATE"),
        "DEBAR_TO_DATE": to("events", _until),
        "DEBAR_REASON": to("reason", also=("Designation.sources",)),
        **one("measures", Measure, _MEASURE, kind=None),
        **_number("REGISTER_ID", IdentifierKind.REGISTRATION),
        **_number("DNB_ID", IdentifierKind.DUNS),
        **_mark("DEBAR_TYPE"),
        **_mark("AML_ENTR_IND"),
        **_mark("REGISTER"),
        **_mark("PARENT"),
        "SUPP_ELIG_STAT": Unused("the same as ELIG_STAT", _STATUSES),
        "INELIG_FLG": Unused("the same as ELIG_STAT", ("D", "X")),
        **dict.fromkeys(("LEGACY_FLG", "UN_SUPP_FLG"), Unused('always "N"', ("N",))),
        "CRIS_SUPP_ID": Unused('always "0"', ("0",)),
        **dict.fromkeys(_INTERNAL, Unused("data of the Bank's internal system")),
        "LAST_REFRESH_DATE": Unused("the date of the edition, the same in every entry"),
    },
    finish=_party,
)

_REFRESHED = "response/ZPROCSUPP/LAST_REFRESH_DATE"
FORMAT = JsonFormat(
    name="worldbank-json",
    title="World Bank, debarred firms and individuals, JSON",
    files=("SANCTIONED_FIRM.json",),
    group=_FIRM,
    entries="response/ZPROCSUPP",
    known_by=("ZPROCSUPP", "SUPP_ID"),
    header={_REFRESHED: to("published", _refreshed, raw="generated_at")},
    dated_at=_REFRESHED,
    alternative_sources={
        Fact.LIST: "the lists of the other development banks",
        Fact.LEGAL_BASIS: "the reason, which names the guideline",
        Fact.DELISTING_DATE: "the first edition without the party; the expiry is stated",
    },
)
