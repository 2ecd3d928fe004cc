"""Australia's list: rows that are names, dates in words, and when a party was listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import attrs
import pytest
from cases_au import CASES, rows
from sheet_files import workbook

import sanctionslib as sl
from sanctionslib.parsers._engine.dates import date_in_words
from sanctionslib.parsers.au._remarks import contacts, identifiers
from sanctionslib.parsers.au._texts import addresses, births, citizenships, enumerated, history

(CASE,) = CASES
OLD_COLUMNS = 12
"""Columns of the layout until 2025, which has all but seven."""


def read(*changed: dict[str, str]) -> sl.SanctionsList[sl.Entity]:
    """A file of one row for each, which is that of party 101 with these cells changed."""
    header, first = rows()[:2]
    made = [
        [{**dict(zip(header, first, strict=True)), **one}[at] for at in header] for one in changed
    ]
    return CASE.read([workbook({"Consolidated List": [header, *made]})])


def person(**cells: str) -> sl.Person:
    """A person of one row; the keys have "_" for blanks."""
    (found,) = read({at.replace("_", " "): text for at, text in cells.items()})
    assert isinstance(found, sl.Person)
    return found


def dates(text: str) -> list[str]:
    return [str(date_in_words(one["."])) for one in births(text)]


# ── rows and layouts ──────────────────────────────────────────────────────────────────────────


def test_the_old_layout_gives_the_same_entities() -> None:
    """It has no strengths, measures or instruments; the common facts are equal."""
    header, *others = rows()
    new = {"Alias Strength", "IMO Number", "Instrument of Designation", *header[-4:]}
    kept = [at for at, name in enumerate(header) if name not in new]
    assert len(kept) == OLD_COLUMNS
    old = CASE.read([workbook({"Sheet1": [[row[at] for at in kept] for row in rows()]})])
    blank = [[cell if at in kept else "" for at, cell in enumerate(row)] for row in others]
    assert list(old) == list(CASE.read([workbook({"List": [header, *blank]})]))
    assert [str(one.listed_since) for one in old] == [
        "2001-01-25",
        "2022",
        "2025",
        "2001",
        "2011-02-26",
        "2022",
    ]


def test_a_party_without_a_primary_name() -> None:
    """It is kept under the name that it has, and reported; so is one with two."""
    (alone,) = (found := read({"Name Type": "Alias"}))
    assert (alone.name, alone.names[0].kind) == ("EXAMPLE First", sl.NameKind.AKA)
    assert [one.kind for one in found.audit.issues] == [sl.answers.IssueKind.NO_PRIMARY_NAME]
    (two,) = (
        found := read({}, {"Reference": "101a", "Name of Individual or Entity": "EXAMPLE II"})
    )
    assert [one.kind for one in two.names] == [sl.NameKind.PRIMARY] * 2
    assert [one.where.entry for one in found.audit.issues] == ["101"]


@pytest.mark.parametrize("reference", ["101c1", "101aa"])
def test_references(reference: str) -> None:
    """The number identifies the party, with any letter after it; other rows supply a missing type."""
    second = {
        "Reference": reference,
        "Name of Individual or Entity": "EXAMPLE II",
        "Name Type": "AKA ",
    }
    (found,) = read({}, {**second, "Type": ""})
    assert (found.source_id, len(found.names), found.kind) == ("101", 2, "person")


def test_rows_of_different_kinds() -> None:
    """A party of two kinds has the first; the other is reported."""
    (found,) = (both := read({}, {"Reference": "101a", "Type": "Entity"}))
    assert found.kind == "person"
    assert sl.Feature(label="Type", value="Entity") in found.features
    assert [one.where.path for one in both.audit.issues] == ["Type", "Name Type"]


def test_reference_of_the_un() -> None:
    """It is that at the beginning of the first row; others are those of other parties."""
    for text, value in (
        ("QDi.028\nListed", "QDi.028"),
        ("Qdi.081|x", "Qdi.081"),
        ("SOi. 020. Also", "SOi. 020"),
        ("KPi030 Passport", "KPi030"),
        ("IQi.004r", "IQi.004"),
        ("QI.A.1.01. Leader", "QI.A.1.01"),
    ):
        (found,) = person(Additional_Information=text).identifiers
        assert (found.kind, found.value) == (sl.IdentifierKind.UN_REFERENCE, value)
    assert person(Additional_Information="Leader of Al-Qaida (QDe.004).").identifiers == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Passport no.: a) EXAMPLIAN number A-333602, issued on 4 Jun. 1985 b) 563120356.",
            ["PASSPORT A-333602", "PASSPORT 563120356"],
        ),
        ("Passport no: na National identification no.: Example ID No. 98606491", ["NATIONAL_ID 98606491"]),
        ("Afghan national identification card (tazkira) number 2132370", ["NATIONAL_ID 2132370"]),
        ("Passport no.: Republic of the Example number OB 0243318", ["PASSPORT OB 0243318"]),
        ("Passport No. B/014924 (expired end 2013). Gender: male.", ["PASSPORT B/014924"]),
        ("Passport no.: Exampland travel document number XD253038", ["TRAVEL_DOCUMENT XD253038"]),
        ("Registration ID: 1027800000084 (Russia) Tax ID No.: 7831000122", ["REGISTRATION 1027800000084", "TAX 7831000122"]),
        ("Company Identification No.534295; IMO Identification Number: 6183435", ["REGISTRATION 534295", "IMO 6183435"]),
        ("Military identification number: 20432 (issued in 2018)", ["MILITARY 20432"]),
        ("Egyptian passport issued in 1993, under name EXAMPLE", []),
        ("Passport X123456 b) Driver's Permit 892124B", ["PASSPORT X123456"]),
        ("Passport number 96 03 464086; passport no. 8208 No. 555627", []),
        ("Italian Fiscal Code: LBR HBB 61S17 Z352F. Passport valid until 2027", []),
    ],
)  # fmt: skip
def test_numbers_in_remarks(text: str, found: list[str]) -> None:
    """A number is taken where it follows the words for it, and never a part of one."""
    kinds = [one for one in identifiers([text]) if one.kind is not None]
    assert [f"{one.kind.name} {one.value}" for one in kinds if one.kind] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Passport no.: a) Afghan passport number X123456 b) Yemen number Y123456", ["AF", "YE"]),
        ("Passport no: Republic of Korea number X123456. Iranian national ID no: 1234567", ["KR", "IR"]),
        ("Passport X123456 (Iran) expires 10 Jun 2024; alt. Passport Y123456 (Syria, other)", ["IR", None]),
        ("Provisional German Passport No.: 28642163 (issued in Hamburg)", ["DE"]),
        ("Born in Najaf, Iraq\nPassport No. X123456", [None]),
        ("National identification no: Omani ID No. 98606491", [None]),  # ID is no Indonesia
        ("Passport no: X123456, issued in Iran b) Y123456", [None, None]),  # a place
        ("Passport no: X123456. Afghan passport number X123456", ["AF"]),
    ],
)  # fmt: skip
def test_issuers_of_numbers(text: str, found: list[str | None]) -> None:
    """A country next to the number or its label is read; a place of issue is not."""
    assert [one.country and one.country.code for one in identifiers([text])] == found


def test_remarks_in_names() -> None:
    """Facts about a name are its note, which has the complete text."""
    found = person(
        Name_of_Individual_or_Entity="EXAMPLE One (previously listed as)", Name_Type="Alias"
    ).names[0]
    assert (found.text, found.kind) == ("EXAMPLE One", sl.NameKind.FKA)
    assert found.note == "EXAMPLE One (previously listed as)"
    found = person(Name_of_Individual_or_Entity="EXAMPLE (Call sign)", Name_Type="Alias").names[0]
    assert (found.text, found.kind) == ("EXAMPLE", sl.NameKind.AKA)
    (kept,) = person(Name_of_Individual_or_Entity="EXAMPLE  (Ex)\nTwo").names
    assert (kept.text, kept.note) == ("EXAMPLE (Ex) Two", None)


def test_contacts_in_remarks() -> None:
    """They are taken from behind their labels; links to notices have another one."""
    text = (
        "Website: https://example.org/; www.example.net. Email: a@example.org Photo: https://x.org"
    )
    assert [one.value for one in contacts([text])] == [
        "https://example.org/",
        "www.example.net",
        "a@example.org",
    ]


def test_a_ship_without_type() -> None:
    """Only the column of IMO numbers shows that it is a vessel."""
    (ship,) = read({"Type": "", "IMO Number": "9074729"})
    assert ship.kind == "vessel"
    (other,) = read({"Type": "", "Additional Information": "IMO number: 5571322"})
    assert other.kind == "entity"


def test_former_names_of_ships() -> None:
    (ship,) = read(
        {"Type": "Vessel", "Additional Information": "Previous names include EXAMPLE I, AND II; x"}
    )
    names = [one.value for one in ship.features if one.label == "Previous names include"]
    assert names == ["EXAMPLE I", "AND II"]
    assert len(ship.names) == 1


# ── births, citizenships, places ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "a) Approximately 1955- 1958 b) Approximately 1945-1950",
            ["circa 1955 to 1958", "circa 1945 to 1950"],
        ),
        ("1963, 1964, 1965", ["1963", "1964", "1965"]),
        ("c. 1957 or 14 March 1942", ["circa 1957", "1942-03-14"]),
        ("1965, 29 March", ["1965-03-29"]),
        ("March 16, 1972", ["1972-03-16"]),
        ("29-Aprl-1967", ["1967-04-29"]),
        ("a) 27/08/1963; b) 7/1962", ["1963-08-27", "1962-07"]),
        ("27/05/1973 01/01/1975", ["1973-05-27", "1975-01-01"]),
        ("March 1968 to March 1969", ["1968-03-01 to 1969-03-31"]),
        ("Between 1963 to 1968", ["1963 to 1968"]),
        ("1962,1963, 31 December 1961", ["1962", "1963", "1961-12-31"]),
        ("g) (Aug. 1961) h) (Jul. 1961)", ["1961-08", "1961-07"]),
        ("1967, 1961, and, 1973", ["1967", "1961", "1973"]),
        ("na", []),
    ],
)
def test_births(text: str, found: list[str]) -> None:
    """All of them, and ranges only where the text has them."""
    assert dates(text) == found


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("10/061962", "10/061962"),
        ("07/04/62", "07/04/62"),
        ("31/02/1962", "31/02/1962"),
        ("24/06/1402", "24/06/1402"),
        ("late 1960s", "late 1960s"),
        ("24/06/1402 (Hijri Calendar)", "24/06/1402 (Hijri Calendar)"),
        ("Approximately (30-35 years old)", "Approximately (30-35 years old"),
    ],
)
def test_births_that_cannot_be_read(text: str, kept: str) -> None:
    """They stay text and are reported."""
    found = read({"Date of Birth": f"1960; {text}"})
    (one,) = found.where(kind=sl.Person)
    first, second = (each.date for each in one.births if each.date is not None)
    assert (str(first), second.is_read, second.raw) == ("1960", False, kept)
    assert [each.kind for each in found.audit.issues] == [sl.answers.IssueKind.UNREAD_VALUE]


def test_hijri() -> None:
    found = person(Date_of_Birth="24/06/1402 (Hijri Calendar)").births[0].date
    assert found is not None
    assert found.calendar is sl.model.Calendar.ISLAMIC


def test_notes_of_births() -> None:
    """Text in brackets belongs to the birth before it."""
    found = births("15 May 1968 (as EXAMPLE One) 1970 (as EXAMPLE Two)")
    assert [one["note"] for one in found] == ["as EXAMPLE One", "as EXAMPLE Two"]
    (first, second) = births("5 Feb. 1970 (this aka only, alt born 5 Feb. 1969")
    assert ("note" in first, second["note"]) == (False, "this aka only, alt born")


def test_thousands_of_brackets() -> None:
    """A cell has about 130,000 characters; they are read quickly."""
    (one,) = births("1960 " + "(a) (bc) " * 10_000)
    assert one["note"].endswith("bc")


def test_several_values() -> None:
    """Letters part places, and never brackets of one; words part countries where all are some."""
    assert enumerated("Jaghatu District, Afghanistan; b) Sharana, Afghanistan.") == (
        "Jaghatu District, Afghanistan",
        "Sharana, Afghanistan.",
    )
    assert enumerated("Branch: a) Jeddah b) Riyadh") == ("Branch: a) Jeddah b) Riyadh",)
    assert citizenships("Bosnia and Herzegovina") == ("Bosnia and Herzegovina",)
    assert citizenships("a) German  b) Moroccan") == ("German", "Moroccan")
    assert citizenships("Possibly Ethiopian") == ("Possibly Ethiopian",)


def test_several_addresses() -> None:
    """A semicolon parts them behind a country, and contacts stay with the address before them."""
    assert addresses("Damascus, Syria; Dubai, United Arab Emirates; Tel 123; Fax 4") == (
        "Damascus, Syria",
        "Dubai, United Arab Emirates; Tel 123; Fax 4",
    )
    assert addresses("Address: a) Ground Floor; Tehran, Iran b) Amman 11121") == (
        "Ground Floor; Tehran, Iran",
        "Amman 11121",
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("12 Example St Moscow 107031 Russia", "RU"),
        ("12 Example St, Moscow, Russia, 117292.", "RU"),
        ("Example Tower, Tripoli, Libya, 1103 (office)", "LY"),
        ("12 Example St, Moscow, 117292", None),
        ("Bank of Example, Jordan Street", None),
    ],
)
def test_the_country_of_an_address(line: str, code: str | None) -> None:
    """A postal code can precede or follow it."""
    country = person(Address=line).addresses[0].country
    assert (country and country.code) == code


def test_places_of_birth() -> None:
    found = person(Place_of_Birth="Moscow, Russia; alt POB: Beijing, China").births
    assert [one.place.country.code for one in found if one.place and one.place.country] == [
        "RU",
        "CN",
    ]


def test_births_of_rows() -> None:
    """Those of the rows of a party are all kept, each once."""
    (found,) = read(
        {"Date of Birth": "1955"},
        {"Reference": "101a", "Name Type": "Alias", "Date of Birth": "1955, 1/02/1969"},
    ).where(kind=sl.Person)
    assert [str(one.date) for one in found.births if one.date] == ["1955", "1969-02-01"]


# ── when it was listed ────────────────────────────────────────────────────────────────────────

LIST = "Charter of the United Nations (Anti terrorism — Persons and Entities) List 2001 (No. 2)"
INSTRUMENT = (
    "Autonomous Sanctions (Designated Persons and Entities—Iran) Amendment (No. 2) Instrument 2023"
)


@pytest.mark.parametrize(
    ("text", "listed_since"),
    [
        ("Listed on: 25 Apr. 2006", "2006-04-25"),
        ("Listedon 8 Jun. 2007 (amended on 13 Dec. 2011)", "2007-06-08"),
        ("2013-03-07", "2013-03-07"),
        ("First listed on 2 /03/2016 (amended on 1/06/2017)", "2016-03-02"),
        ("Resolution 1735 (2006) Listed on: 4 June. 2008", "2008-06-04"),
        ("Designated under the Autonomous Sanctions Regulations 2011 on 2 March 2012. Relisted 12 January 2024", "2012-03-02"),
        (f"Instrument of first listing: {LIST} [F2021L00643, Gazette No. S 500, 21 December 2001]. Last listed on: 16/09/2022", "2001"),
        (f"Instrument of first designation and\ndeclaration: {INSTRUMENT}", "2023"),
        (f"Instrument of first listing: {LIST}. Listed on 13 September 2025", "2001"),
        ("Resolution 1596 (2005), amended 16 December 2008", "2005"),
        ("Assets received on or after 23 May 2003 are not “controlled assets”.  Listed under Resolution 1483 (2003)", "2003"),
        ("Listed by the 1591 Committee", "None"),
        ("Relisted on 12 January 2024", "None"),
    ],
)  # fmt: skip
def test_since(text: str, listed_since: str) -> None:
    """The first day that is stated, else the year of the instrument, and never a day of renewal."""
    assert (
        str(person(Listing_Information=text, Instrument_of_Designation="").listed_since)
        == listed_since
    )


def test_the_instrument_of_designation_is_more_exact() -> None:
    """Of a list that was amended it names the amendment; regulations of a regime have no year."""
    old = "Autonomous Sanctions (Designated Persons and Entities—Iran) List 2012"
    found = person(Listing_Information=old, Instrument_of_Designation=INSTRUMENT)
    assert str(found.listed_since) == "2023"
    assert [one.title for one in found.legal_bases] == [old, INSTRUMENT]
    assert person(Listing_Information="Listed by the 1591 Committee").listed_since is None


def test_history() -> None:
    """Each date is that of the word before it."""
    found = history("Listed on 26 February 2011 (re-listed on 16 Jun. 2017); updated 2 April 2012.")
    assert [(one.kind, str(one.date), one.raw_kind) for one in found.events] == [
        (sl.EventKind.LISTED, "2011-02-26", "Listed"),
        (sl.EventKind.REVIEWED, "2017-06-16", "re-listed"),
        (sl.EventKind.AMENDED, "2012-04-02", "updated"),
    ]


def test_instruments() -> None:
    """An instrument has its number in the register, and the day of its gazette where it is stated."""
    stated = (
        f"Instrument of first listing: {LIST} [F2021L00643, Gazette No. S 500, 21 December 2001]"
    )
    (basis,) = history(stated).legal_bases
    assert (basis.title, basis.source_id, str(basis.published)) == (
        LIST,
        "F2021L00643",
        "2001-12-21",
    )


def test_measures() -> None:
    """FALSE is not a measure; another word is kept and reported."""
    found = read({"Travel Ban": "FALSE", "Arms Embargo": "perhaps"})
    assert [one.raw for one in next(iter(found)).measures] == ["Targeted Financial Sanction"]
    assert [one.where.path for one in found.audit.issues] == ["Arms Embargo"]


# ── complete files ────────────────────────────────────────────────────────────────────────────

FOLDER = "au_dfat_sanctions"


@pytest.fixture
def editions(lists: Path) -> tuple[sl.SanctionsList[sl.Entity], sl.SanctionsList[sl.Entity]]:
    """Those of 2024 and of 2026."""
    names = (
        "regulation8_consolidated_2024-11-11.xlsx",
        "Australian_Sanctions_Consolidated_List_2026-02.xlsx",
    )
    old, new = (
        attrs.evolve(CASE, published=day).read([(lists / FOLDER / name).read_bytes()])
        for name, day in zip(names, ("2024-11-11", "2026-02-24"), strict=True)
    )
    return old, new


def test_when_the_parties_were_listed(
    editions: tuple[sl.SanctionsList[sl.Entity], sl.SanctionsList[sl.Entity]],
) -> None:
    """A day for 42 % of the parties of 2024 and 37 % of 2026; 81 of regimes alone have no date."""
    for found, days, years, none in zip(editions, (1283, 1402), (1779, 2328), (0, 81), strict=True):
        listed_since = [one.listed_since and one.listed_since.precision for one in found]
        assert listed_since.count(sl.model.Precision.DAY) == days
        assert listed_since.count(sl.model.Precision.YEAR) == years
        assert listed_since.count(None) == none


def test_facts_in_remarks(
    editions: tuple[sl.SanctionsList[sl.Entity], sl.SanctionsList[sl.Entity]],
) -> None:
    """The figures of the page of the list, edition of 2026."""
    _, new = editions
    own = (sl.IdentifierKind.UN_REFERENCE,)
    facts = [
        (party.id, one)
        for party in new
        for one in party.identifiers
        if one.raw_kind and one.kind not in own
    ]
    assert (len(facts), len({key for key, _ in facts})) == (686, 489)
    assert sum(one.country is not None for _, one in facts) == 302
    former = [one for one in new if any(f.label.startswith("Previous") for f in one.features)]
    assert len(former) == 118


def test_what_is_reported(
    editions: tuple[sl.SanctionsList[sl.Entity], sl.SanctionsList[sl.Entity]],
) -> None:
    """Parties without one primary name, and nine births and a place that cannot be read."""
    old, new = editions
    assert [one.where.entry for one in new.audit.issues if one.kind is sl.answers.IssueKind.NO_PRIMARY_NAME] == ["8495", "8686", "8720"]  # fmt: skip
    for found, unread in ((old, 6), (new, 3)):
        kinds = [one.kind for one in found.audit.issues]
        assert kinds.count(sl.answers.IssueKind.UNREAD_VALUE) == unread


def test_checked_by_hand(
    editions: tuple[sl.SanctionsList[sl.Entity], sl.SanctionsList[sl.Entity]],
) -> None:
    """Two editions compared, and parties of two committees and of two UN references."""
    old, new = editions
    assert old["1297"].programs == ("1970 (Libya)", "1973 (Libya)")
    assert [one.value for one in new["1228"].identifiers] == ["CDi.003"]  # not CDi.002, a slip
    assert new["3621"].kind == "organization"  # one of its rows has no type
    assert [one.text for one in new["8720"].names] == [
        "Joint Stock Company Exi Bank",
        "EKSI BANK AO",
    ]
    ship = new["8227"]
    assert [one.value for one in ship.identifiers] == ["9288693"]
    assert ([one.raw for one in ship.measures], str(ship.listed_since)) == (
        ["Maritime Restriction"],
        "2025",
    )
    first = new["2"].listed_since
    assert first is not None
    assert first.earliest == date(2001, 1, 25)


def test_pairing(
    editions: tuple[sl.SanctionsList[sl.Entity], sl.SanctionsList[sl.Entity]],
) -> None:
    """The parties of two editions are paired by their references, which are stable."""
    changes = sl.diff(*editions)
    assert (len(changes.added), len(changes.removed)) == (788, 39)
    assert {one.before.source_id == one.after.source_id for one in changes.amended} == {True}
