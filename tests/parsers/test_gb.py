"""The lists of the United Kingdom: their peculiarities, on snippets."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from sheet_files import workbook

import sanctionslib as sl
from sanctionslib.parsers.gb._cells import nationalities, numbered, numbers_of
from sanctionslib.parsers.gb._information import segments
from sanctionslib.parsers.gb._shared import registrations

DATA = Path(__file__).parent / "data"
Found = sl.SanctionsList[sl.Entity]


# ── the UK Sanctions List as XML ──────────────────────────────────────────────────────────────

NAMED = "<Name><Name6>EXAMPLE</Name6><NameType>Primary Name</NameType></Name>"


def designation(
    inside: str = "", *, key: str = "XYZ0001", kind: str = "Individual", names: str = NAMED
) -> str:
    return (
        f"<Designation><UniqueID>{key}</UniqueID><Names>{names}</Names>"
        f"<IndividualEntityShip>{kind}</IndividualEntityShip>{inside}</Designation>"
    )


def read_xml(*designations: str) -> Found:
    text = "<DateGenerated>02/01/2030</DateGenerated>" + "".join(designations)
    return sl.read(f"<Designations>{text}</Designations>".encode())


def only(found: Found) -> sl.Entity:
    (one,) = found
    return one


def person(*designations: str) -> sl.Person:
    one = only(read_xml(*designations))
    assert isinstance(one, sl.Person)
    return one


def born(*days: str) -> str:
    stated = "".join(f"<DOB>{day}</DOB>" for day in days)
    return f"<IndividualDetails><Individual><DOBs>{stated}</DOBs></Individual></IndividualDetails>"


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("12/11/1967", "1967-11-12"),
        ("dd/mm/1968", "1968"),
        ("dd/09/1958", "1958-09"),
        ("00/00/1975", "1975"),
        ("00/09/1962", "1962-09"),
        ("09/1962", "1962-09"),
        ("1985", "1985"),
        ("15/mm/1975", "1975"),
    ],
)
def test_dates_of_birth(stated: str, read: str) -> None:
    """Unknown parts have several spellings, and never become the first day or month."""
    (birth,) = person(designation(born(stated))).births
    assert birth.date is not None
    assert (str(birth.date), birth.date.raw) == (read, stated)


def test_a_date_that_is_none() -> None:
    """OFSI's "00/00/0" means no date; a date given twice is one."""
    one = person(designation(born("00/00/0", "dd/mm/1968", "dd/mm/1968")))
    assert [str(birth.date) for birth in one.births] == ["1968"]


@pytest.mark.parametrize("stated", ["15/08/19yy", "31/02/1972", "12/13/1972"])
@pytest.mark.filterwarnings("ignore::sanctionslib.SanctionsWarning")
def test_unreadable_dates(stated: str) -> None:
    """They are kept as text and reported."""
    found = read_xml(designation(born(stated)))
    one = only(found)
    assert isinstance(one, sl.Person)
    assert [birth.date and birth.date.raw for birth in one.births] == [stated]
    assert [issue.kind for issue in found.audit.issues] == [sl.answers.IssueKind.UNREAD_VALUE]


def imposed(words: str, **flags: str) -> str:
    stated = "".join(f"<{flag}>{value}</{flag}>" for flag, value in flags.items())
    return (
        f"<SanctionsImposed>{words}</SanctionsImposed>"
        f"<SanctionsImposedIndicators>{stated}</SanctionsImposedIndicators>"
    )


def test_measures() -> None:
    """A repeated word is one measure; some have no flag."""
    words = "De-flag|Shipping sanctions: (see 'Other information')|" * 2 + "Travel Ban"
    found = read_xml(
        designation(imposed(words, Deflag="true", TravelBan="true", ArmsEmbargo="false"))
    )
    assert [(one.kind, one.raw) for one in only(found).measures] == [
        (sl.MeasureKind.FLAG_BAN, "De-flag"),
        (sl.MeasureKind.PORT_BAN, "Shipping sanctions: (see 'Other information')"),
        (sl.MeasureKind.TRAVEL_BAN, "Travel Ban"),
    ]
    assert found.audit.issues == ()


@pytest.mark.filterwarnings("ignore::sanctionslib.SanctionsWarning")
def test_flags_that_say_something_else() -> None:
    """A flag alone is enough for a measure; a contradiction is reported."""
    found = read_xml(
        designation(imposed("Asset freeze", AssetFreeze="false", TravelBan="true", Deflag="maybe"))
    )
    one = only(found)
    assert [measure.raw for measure in one.measures] == ["Asset freeze", "TravelBan"]
    assert {issue.where.path.partition("/")[2] for issue in found.audit.issues} == {
        "AssetFreeze",
        "TravelBan",
        "Deflag",
    }
    assert [feature.value for feature in one.features] == ["maybe"]


def test_a_measure_that_is_new() -> None:
    """Its word is kept, without a kind, and counted."""
    found = read_xml(designation(imposed("Example sanctions")))
    assert only(found).measures == (sl.Measure(kind=None, raw="Example sanctions"),)
    assert [(one.vocabulary, one.code) for one in found.audit.unknown_codes] == [
        ("measure", "Example sanctions")
    ]


def test_names() -> None:
    """A name without parts is not a name; two primary names are both kept as primary."""
    names = (
        "<Name><NameType>Primary Name</NameType></Name>"
        "<Name><Name1>Al</Name1><Name6>EXAMPLE</Name6><NameType>ALias</NameType></Name>"
        "<Name><Name1>EXAMPLE  </Name1><NameType>primary  name</NameType></Name>"
        "<Name><Name6>EXAMPLE TWO</Name6><NameType>Primary Name</NameType></Name>"
    )
    one = person(designation(names=names))
    assert [(name.text, name.kind) for name in one.names] == [
        ("EXAMPLE", sl.NameKind.PRIMARY),
        ("EXAMPLE TWO", sl.NameKind.PRIMARY),
        ("Al EXAMPLE", sl.NameKind.AKA),
    ]
    assert one.names[2].part(sl.NamePartKind.FAMILY) == "EXAMPLE"


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("\n", None),
        (
            " \n An &amp;quot;involved&amp;quot; person &amp;amp; more\n",
            'An "involved" person & more',
        ),
    ],
)
def test_reason(stated: str, read: str | None) -> None:
    """Blanks are not a reason; HTML entities are decoded."""
    inside = f"<UKStatementofReasons>{stated}</UKStatementofReasons>"
    (one,) = person(designation(inside)).designations
    assert one.reason == read


def test_two_designations_of_one_group() -> None:
    """Each has its key and its regime; the number of OFSI's group finds both."""
    group = "<OFSIGroupID>99001</OFSIGroupID>"
    found = read_xml(
        designation(f"{group}<RegimeName>Example Regulations</RegimeName>"),
        designation(f"{group}<RegimeName>Sample Regulations</RegimeName>", key="ABC0002"),
    )
    assert [hit.entity.source_id for hit in found.find_number("99001")] == ["XYZ0001", "ABC0002"]
    assert [one.programs for one in found] == [("Example Regulations",), ("Sample Regulations",)]
    assert [str(basis) for basis in found["ABC0002"].legal_bases] == ["Sample Regulations"]


def test_references() -> None:
    """The UN's number, OFSI's and the list's own are identifiers of their kinds."""
    inside = "<UNReferenceNumber>QDi.042 and SOi.002</UNReferenceNumber>"
    one = person(designation(inside))
    assert [(number.kind, number.value) for number in one.identifiers] == [
        (sl.IdentifierKind.UK_REFERENCE, "XYZ0001"),
        (sl.IdentifierKind.UN_REFERENCE, "QDi.042"),
        (sl.IdentifierKind.UN_REFERENCE, "SOi.002"),
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("100000001", [("100000001", "REGISTRATION")]),
        (
            "OGRN: 1027739267126 TIN: 7713122621",
            [("1027739267126", "REGISTRATION"), ("7713122621", "TAX")],
        ),
        (
            "OGRN: 1247700291200\nKPP: 770701001\nINN: 9707028663",
            [("1247700291200", "REGISTRATION"), ("770701001", "TAX"), ("9707028663", "TAX")],
        ),
        (
            "SWIFT/BIC EXAMRUMM  BIK (RU) 044525600",
            [("EXAMRUMM", "BIC"), ("044525600", "BANK_CODE")],
        ),
        ("RU05608657", [("RU05608657", "REGISTRATION")]),
        ("OGRN 1027739267126 since 1999", [("OGRN 1027739267126 since 1999", "REGISTRATION")]),
        (
            "1027700073466 (Russia). Tax ID No. 7735007358 (Russia)",
            [("1027700073466", "REGISTRATION"), ("7735007358", "TAX")],
        ),
        (
            "1067746244026 dated 27/07/1992. Tax ID: 7705713236",
            [("1067746244026", "REGISTRATION"), ("7705713236", "TAX")],
        ),
        ("9709056472 - Russia INN", [("9709056472", "TAX")]),
        ("1661/2015-2016(YGN)", [("1661/2015-2016(YGN)", "REGISTRATION")]),
        ("100000001 100000002", [("100000001 100000002", "REGISTRATION")]),
    ],
)
def test_numbers_of_registers(text: str, read: list[tuple[str, str]]) -> None:
    """They are separated where the cell has only labels and numbers."""
    found = registrations(text, None)  # type: ignore[arg-type]
    assert [(one.value, one.kind and one.kind.name) for one in found] == read


# ── XML and CSV ───────────────────────────────────────────────────────────────────────────────


def test_xml_and_csv() -> None:
    """The two formats give equal entities; rows of a designation are put together."""
    in_xml, in_csv = sl.read(DATA / "gb_fcdo.xml"), sl.read(DATA / "gb_fcdo.csv")
    assert list(in_xml) == list(in_csv)
    assert [one.edition and one.edition.published for one in in_xml] == [
        one.edition and one.edition.published for one in in_csv
    ]


def test_rows_without_a_name() -> None:
    """Rows are there for other values too: without the type of a name, or without a name."""
    text = (DATA / "gb_fcdo.csv").read_text("utf-8")
    title, header, *lines = text.splitlines(keepends=True)
    columns = next(csv.reader([header]))
    row = dict.fromkeys(columns, "") | {"Unique ID": "XYZ0009", "Designation Type": "Individual"}
    rows = [
        row | {"Name non-latin script": "Пример"},
        row | {"Name type": "Primary Name", "D.O.B": "dd/mm/1984"},
        row | {"Name type": "Primary Name", "Name 6": "EXAMPLE", "D.O.B": "dd/mm/1985"},
    ]
    out = io.StringIO(newline="")
    csv.DictWriter(out, columns).writerows(rows)
    found = sl.read((title + header + out.getvalue() + "".join(lines)).encode())
    one = found["XYZ0009"]
    assert isinstance(one, sl.Person)
    assert [name.text for name in one.names] == ["EXAMPLE", "Пример"]
    assert [str(birth.date) for birth in one.births] == ["1984", "1985"]
    assert found.audit.issues == ()


# ── OFSI's list: cells ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Somali", ("Somali",)),
        ("(1) Pakistani (2) Saudi Arabian", ("Pakistani", "Saudi Arabian")),
        ("1) Saudi Arabia 2) Qatar", ("Saudi Arabia", "Qatar")),
        ("a) French, b) Tunisian", ("French", "Tunisian")),
        ("(1) Germany (b) Algeria", ("Germany", "Algeria")),
        ("(1) Tunis (2) - (3) -", ("Tunis", "", "")),
        ("(A) Kuwait (B) Qatar", ("Kuwait", "Qatar")),
        ("(1) +375 (17) 1 (2) +213 (0) 2", ("+375 (17) 1", "+213 (0) 2")),
        ("(1) 347(2) 434", ("347", "434")),
        ("(1)-(2) Indonesia", ("Indonesia", "Indonesia")),
        ("(1) to (3) Algeria (4) Morocco", ("Algeria",) * 3 + ("Morocco",)),
        ("Member (1) of many", ("Member (1) of many",)),
        ("(2) second", ("(2) second",)),
    ],
)
def test_numbered_values(text: str, values: tuple[str, ...]) -> None:
    """They are separated where the numbers start the cell and none is missing."""
    assert numbered(text) == values


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2255278 (Syria)", "2255278"),
        ("Passport No. 836210029", "836210029"),
        ("D 000974 (Afghan)", "D 000974"),
        ("FK117RK0 (Libyan). Issued on 25 November 2018.", "FK117RK0"),
        ("Italian Fiscal Code DAOMMD74T11Z352Z", "DAOMMD74T11Z352Z"),
        ("Ration card, issued in 1998", "Ration card, issued in 1998"),
        ("France number 12CP00000.3FRA, issued on 31.7.2012", "12CP00000.3FRA"),
        ("09.5004.180268.0074", "09.5004.180268.0074"),
        ("Military 1-64-86-22311-29", "1-64-86-22311-29"),
        ("Voter ID 733208", "733208"),
        ("EE947317 (2000-2001), issue number 002-15-L093534", "EE947317"),
        ("Holder of Passport No x599070 issued in November 2016", "x599070"),
        ("35202- 4135948-7", "35202- 4135948-7"),
    ],
)
def test_the_number_of_a_document(text: str, number: str) -> None:
    """Before 2022 it is among the details of the document; a year is not a number."""
    assert [one for one, _ in numbers_of(text)] == [number]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "Passport numbers (1) K048787 (2) 486298",
            [("K048787", "Passport numbers (1) K048787"), ("486298", "486298")],
        ),
        (
            "00000001 issued on 31 May 2005. And 00000002 issued on 12 Jan. 2008",
            [
                ("00000001", "00000001 issued on 31 May 2005"),
                ("00000002", "00000002 issued on 12 Jan. 2008"),
            ],
        ),
        (
            "no: a)Sudan number S00004370 b) Chad number D00001369",
            [
                ("S00004370", "no: a)Sudan number S00004370"),
                ("D00001369", "Chad number D00001369"),
            ],
        ),
        (
            "TIN 0411004918 OGRN 1020400752558",
            [
                ("0411004918", "TIN 0411004918"),
                ("1020400752558", "OGRN 1020400752558"),
            ],
        ),
    ],
)
def test_several_numbers_in_a_cell(text: str, numbers: list[tuple[str, str]]) -> None:
    """Each has its own details only."""
    assert numbers_of(text) == numbers


def test_several_nationalities_in_a_cell() -> None:
    """Where all are countries."""
    assert nationalities("(1) Estonia, Russia (2) Bosnia and Herzegovina") == [
        "Estonia",
        "Russia",
        "Bosnia and Herzegovina",
    ]
    assert nationalities("Syrian, as of 2010") == ["Syrian, as of 2010"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "(UK Sanctions List Ref):XYZ0001 and ABC0002 Listed twice. (UN Ref):QDi.001 Text.",
            [
                ("UK Sanctions List Ref", "XYZ0001 and ABC0002"),
                ("text", "Listed twice."),
                ("UN Ref", "QDi.001"),
                ("text", "Text."),
            ],
        ),
        (
            "KPe.058. Owner of QDe.001.",
            [("UN Ref", "KPe.058"), ("text", "KPe.058. Owner of QDe.001.")],
        ),
        ("UN Rref LYi.022.", [("UN Ref", "LYi.022"), ("text", "UN Rref LYi.022.")]),
        ("Owner of QDe.001.", [("text", "Owner of QDe.001.")]),
        (
            "A bank. Email: a.b@example.org, c@example.co.uk. Website www.example.org. See www.b.org.",
            [
                ("Email address", "a.b@example.org"),
                ("Email address", "c@example.co.uk"),
                ("Website", "www.example.org"),
                (
                    "text",
                    "A bank. Email: a.b@example.org, c@example.co.uk. Website www.example.org. See www.b.org.",
                ),
            ],
        ),
        (
            "(UK Sanctions List Ref):XYZ0001 and ABC0002. (UN Ref):QDi.001. Text. (Gender):Male",
            [
                ("UK Sanctions List Ref", "XYZ0001 and ABC0002"),
                ("UN Ref", "QDi.001"),
                ("text", "Text."),
                ("Gender", "Male"),
            ],
        ),
        (
            "(UK Sanctions List Ref):XYZ0001\u00a0. (Phone number):(Fax): 1 (Tel): 2",
            [("UK Sanctions List Ref", "XYZ0001"), ("Fax", "1"), ("Tel", "2")],
        ),
        (
            "(UK Statement of Reasons):In (2022): and (United States of America): so.",
            [("UK Statement of Reasons", "In (2022): and (United States of America): so.")],
        ),
        (
            "UN Ref. CFi.009. Gender: male. Leader.",
            [
                ("UN Ref", "CFi.009"),
                ("Gender", "male"),
                ("text", "UN Ref. CFi.009. Gender: male. Leader."),
            ],
        ),
        ("UN REF:QE.A.146.14.", [("UN Ref", "QE.A.146.14"), ("text", "UN REF:QE.A.146.14.")]),
        ("UN Ref.077. Member.", [("text", "UN Ref.077. Member.")]),
    ],
)
def test_other_information(text: str, read: list[tuple[str, str]]) -> None:
    """Known labels alone divide it; before 2022 a few facts are plainly given."""
    assert [tuple(one) for one in segments(text)] == read


# ── OFSI's list: layouts ──────────────────────────────────────────────────────────────────────

OLD = (
    *("Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Title", "DOB"),
    *("Town of Birth", "Country of Birth", "Nationality", "Passport Details", "NI Number"),
    "Position",
    *("Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6"),
    *("Post/Zip Code", "Country", "Other Information", "Group Type", "Alias Type", "Regime"),
    *("Listed On", "Last Updated", "Group ID"),
)
NEW = (
    *OLD[:7],
    *("Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language"),
    *OLD[7:11],
    *("Passport Number", "Passport Details"),
    *("National Identification Number", "National Identification Details"),
    *OLD[13:25],
    "Alias Quality",
    *("Regime", "Listed On", "UK Sanctions List Date Designated", "Last Updated", "Group ID"),
)
COMMON = {
    "Name 6": "EXAMPLE",
    "Name 1": "Renée",
    "Title": "(1) Mullah (2) Haji",
    "DOB": "00/00/1968",
    "Town of Birth": "(1) Exampletown (2) Sampletown",
    "Country of Birth": "Libya",
    "Position": "(1) Former Example (2) Deputy Example",
    "Address 1": "1 Example Street",
    "Post/Zip Code": "123",
    "Country": "Libya",
    "Other Information": "Invented for tests.",
    "Group Type": "Individual",
    "Group ID": "99001",
}
FIRST = {"Regime": "Example", "Listed On": "08/11/2001", "Last Updated": "09/03/2017"}
SECOND = {"Regime": "Sample", "Listed On": "28/04/2010", "Last Updated": "09/03/2017"}
OLD_ROWS = [
    COMMON
    | {
        "Alias Type": "Prime Alias",
        "Nationality": "Libyan",
        "Passport Details": "(1) 428720 (2) B/011641",
        "NI Number": "0000001",
    }
    | regime
    for regime in (FIRST, SECOND)
]
NEW_ROWS = [
    COMMON
    | {
        "Alias Type": "Primary name",
        "Nationality": "Libya",
        "Passport Number": "(1) 428720 (2) B/011641",
        "National Identification Number": "0000001",
    }
    | regime
    for regime in (FIRST, SECOND)
]


def table(header: Sequence[str], rows: Sequence[Mapping[str, str]]) -> list[list[str]]:
    return [
        ["Last Updated", "10/04/2025"],
        list(header),
        *([row.get(column, "") for column in header] for row in rows),
    ]


def as_csv(cells: Sequence[Sequence[str]], encoding: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(cells)
    return out.getvalue().encode(encoding)


def test_layouts() -> None:
    """The layouts of 2020 and 2022, as CSV and as a workbook, give equal entities of equal facts."""
    old, new = table(OLD, OLD_ROWS), table(NEW, NEW_ROWS)
    files = [
        as_csv(old, "cp1252"),
        as_csv(old, "utf-8"),
        as_csv(new, "utf-8"),
        as_csv(new, "utf-8-sig"),
        workbook({"Data": old}),
        workbook({"Data": new}),
    ]
    first, *others = [sl.read(one) for one in files]
    assert [list(one) for one in others] == [list(first)] * 5
    one = first["99001"]
    assert isinstance(one, sl.Person)
    assert one.name == "Renée EXAMPLE"
    assert [str(each.country.code) for each in one.nationalities] == ["LY"]
    assert [birth.place and birth.place.text for birth in one.births] == [
        None,
        "Exampletown, Libya",
        "Sampletown, Libya",
    ]
    assert [(each.programs, str(each.listed_since)) for each in one.designations] == [
        (("Example",), "2001-11-08"),
        (("Sample",), "2010-04-28"),
    ]
    assert first.editions[0].format == "gb-hmt-csv"
    assert others[-1].editions[0].format == "gb-hmt-xlsx"


def test_a_file_in_another_encoding() -> None:
    """The layout of 2022 is UTF-8, and anything else in it raises."""
    with pytest.raises(sl.ParseError, match="not valid in UTF-8"):
        sl.read(as_csv(table(NEW, NEW_ROWS), "cp1252"))


def test_facts_about_documents() -> None:
    """A number and its details belong together by their count; a hyphen means no value."""
    rows = [
        NEW_ROWS[0]
        | {
            "Passport Number": "(1) 6487 (2) - (3) 388181",
            "Passport Details": "(1) Egypt number (2) Egypt, issued in 1993 (3) Yemen number",
        }
    ]
    one = sl.read(as_csv(table(NEW, rows), "utf-8"))["99001"]
    assert [
        (number.value, number.note)
        for number in one.identifiers
        if number.kind is sl.IdentifierKind.PASSPORT
    ] == [("6487", "Egypt number"), ("", "Egypt, issued in 1993"), ("388181", "Yemen number")]


@pytest.mark.parametrize(
    ("note", "issued", "expires"),
    [
        ("Egypt number, issued on 30 Jan. 1986", "1986-01-30", None),
        ("issue date: 26/05/2003, expiry date: 25/05/2008", "2003-05-26", "2008-05-25"),
        ("(British). Issued 21.07.2004. Expired 1.4.2015.", "2004-07-21", "2015-04-01"),
        ("Expires 22 Sept 2020", None, "2020-09-22"),
        ("Issue date in Hijri Calendar 24/06/1426", None, None),
        ("Egypt, issued in 1993", "1993", None),
        ("Issued on 31/02/2018", None, None),
    ],
)
def test_dates_of_documents(note: str, issued: str | None, expires: str | None) -> None:
    """Dates in clear words are read; the note keeps them."""
    rows = [NEW_ROWS[0] | {"Passport Number": "6487", "Passport Details": note}]
    one = sl.read(as_csv(table(NEW, rows), "utf-8"))["99001"]
    (passport,) = [each for each in one.identifiers if each.kind is sl.IdentifierKind.PASSPORT]
    assert passport.note == note
    assert (passport.issued and str(passport.issued)) == issued
    assert (passport.expires and str(passport.expires)) == expires


def test_a_script_without_a_name() -> None:
    """It is kept as a Feature, and counted."""
    rows = [NEW_ROWS[0] | {"Non-Latin Script Language": "Persian"}]
    found = sl.read(as_csv(table(NEW, rows), "utf-8"))
    (feature,) = found["99001"].features
    assert (feature.label, feature.value) == ("Non-Latin Script Language", "Persian")
    assert [one.path for one in found.audit.unmapped] == ["Non-Latin Script Language"]
    assert found.audit.issues == ()


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("Somali", "SO"),
        ("Afghanistan (at time of listing)", "AF"),
        ("Kuwait (residence as at Mar 2009) (UN address)", "KW"),
        ("Iranian citizenship", "IR"),
        ("Congo (Democratic Republic)", "CD"),
        ("Russia (now Belarus)", None),
        ("Sudan (South)", None),
        ("Syrian Arab Republic as of September 2015", "SY"),
        ("Yakut Autonomous SSR (now Russian Federation)", "RU"),
        ("former USSR (currently Belarus", "BY"),
        ("Latakia Province, Syria", "SY"),
    ],
)
def test_countries(stated: str, code: str | None) -> None:
    """An adjective names its country, and the text in brackets after it is kept."""
    rows = [NEW_ROWS[0] | {"Nationality": stated}]
    one = sl.read(as_csv(table(NEW, rows), "utf-8"))["99001"]
    assert isinstance(one, sl.Person)
    assert [(each.country.code, each.country.raw) for each in one.nationalities] == [(code, stated)]


def test_a_country_outside_the_columns() -> None:
    """It can be at the end of the last line or of the town; both keep it."""
    rows = [
        {**NEW_ROWS[0], "Country": "", "Country of Birth": ""}
        | {"Address 2": "Exampletown, Mali", "Town of Birth": "Sampletown, Chad"}
    ]
    one = sl.read(as_csv(table(NEW, rows), "utf-8"))["99001"]
    assert isinstance(one, sl.Person)
    (address,), place = one.addresses, one.births[-1].place
    assert (address.country and address.country.code, address.lines[-1]) == (
        "ML",
        "Exampletown, Mali",
    )
    assert place is not None
    assert (place.country and place.country.code, place.text) == ("TD", "Sampletown, Chad")


@pytest.mark.parametrize(
    ("number", "details", "read"),
    [
        ("141796100. 2107168. 728269902", "", ["141796100", "2107168", "728269902"]),
        ("TIN: 183111242572", "", ["183111242572 tax number"]),
        ("2652410875 (Ukraine)", "", ["2652410875 UA"]),
        ("199421147.", ".", ["199421147"]),
        ("X1", "Italian Fiscal Code", ["X1 tax number IT"]),
        (
            "X1",
            "(Qatari). Issued in Doha on 5 Feb 2006 in the name of JOHN EXAMPLE",
            ["X1 QA JOHN EXAMPLE 2006-02-05"],
        ),
        ("12/EXA(N)002332", "", ["12/EXA(N)002332"]),
    ],
)
def test_numbers_of_persons(number: str, details: str, read: list[str]) -> None:
    """Several numbers are separated; words state their kind, country, name and date of issue."""
    given = {"National Identification Number": number, "National Identification Details": details}
    one = sl.read(as_csv(table(NEW, [NEW_ROWS[0] | {"Passport Number": ""} | given]), "utf-8"))
    facts = [
        (
            each.value,
            ""
            if each.kind is sl.IdentifierKind.NATIONAL_ID
            else str(each.kind and each.kind.value),
            each.country and each.country.code,
            each.name_text,
            str(each.issued or ""),
        )
        for each in one["99001"].identifiers[1:]
    ]
    assert [" ".join(filter(None, each)) for each in facts] == read


def test_other_parties_in_a_row() -> None:
    """Names are separated by semicolons, lines or full stops."""
    stated = (
        "(Subsidiaries):Example Bank; St. Example Co. Ltd.. Example Works No. 5\nA. B. Example"
        " (Parent company):Sample Co., Ltd. Sample Group"
    )
    one = sl.read(as_csv(table(NEW, [NEW_ROWS[0] | {"Other Information": stated}]), "utf-8"))
    assert [str(each.to) for each in one["99001"].relations] == [
        "Example Bank",
        "St. Example Co. Ltd",
        "Example Works No. 5",
        "A. B. Example",
        "Sample Co., Ltd",
        "Sample Group",
    ]
