"""The UN's Consolidated List: its peculiarities, and complete editions of 2021 and 2025."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import sanctionslib as sl

_ENTRY = """<INDIVIDUAL><FIRST_NAME>EXAMPLE</FIRST_NAME><UN_LIST_TYPE>Iran</UN_LIST_TYPE>
<REFERENCE_NUMBER>IRi.901</REFERENCE_NUMBER>{}</INDIVIDUAL>"""


def file_of(*values: str, tag: str = "") -> bytes:
    """A file of one person with these elements, each within an element of this name."""
    inner = "".join(f"<{tag}>{one}</{tag}>" if tag else one for one in values)
    return (
        '<CONSOLIDATED_LIST dateGenerated="2030-01-02T23:00:02.690Z"><INDIVIDUALS>'
        f"{_ENTRY.format(inner)}</INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>"
    ).encode()


def person(*values: str, tag: str = "") -> sl.Person:
    (one,) = sl.read(file_of(*values, tag=tag)).where(kind=sl.Person)
    return one


# ── births ────────────────────────────────────────────────────────────────────────────────────


def birth(stated: str) -> sl.Birth:
    (one,) = person(stated, tag="INDIVIDUAL_DATE_OF_BIRTH").births
    return one


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1960-02-03</DATE>", "1960-02-03"),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1960-02-03-05:00</DATE>", "1960-02-03"),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1960</YEAR>", "1960"),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1958</YEAR><NOTE>Sep.</NOTE>", "1958-09"),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1960</YEAR>", "circa 1960"),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><NOTE>Nov. 1973</NOTE>", "circa 1973-11"),
        (
            "<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1955</FROM_YEAR><TO_YEAR>1958</TO_YEAR>",
            "1955 to 1958",
        ),
        (
            (
                "<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1955</FROM_YEAR><TO_YEAR>1958</TO_YEAR>"
                "<NOTE>Approximately </NOTE>"
            ),
            "circa 1955 to 1958",
        ),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>August 1961 </NOTE>", "1961-08"),
        ("<NOTE>Between Aug. and Sep. 1977</NOTE>", "1977-08-01 to 1977-09-30"),
        ("<NOTE>24/06/1402 (Hijri Calendar)</NOTE>", "24/06/1402 (Hijri Calendar) [islamic]"),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><NOTE>29 years old</NOTE>", "29 years old"),
    ],
)
def test_date_of_birth(stated: str, read: str) -> None:
    """The type states the meaning of a date; a note can be a part of it or all of it."""
    assert str(birth(stated).date) == read


def test_note_on_a_date() -> None:
    """A note that is not part of the date does not change it."""
    one = birth("<DATE>1979-03-03</DATE><NOTE>from false passport</NOTE>")
    assert (str(one.date), one.note) == ("1979-03-03", "from false passport")


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.FaultyEntriesWarning")
@pytest.mark.parametrize(
    "stated",
    [
        "<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><YEAR>1960</YEAR>",
        "<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><FROM_YEAR>1955</FROM_YEAR><TO_YEAR>1958</TO_YEAR>",
        "<TYPE_OF_DATE>ABOUT</TYPE_OF_DATE><YEAR>1960</YEAR>",
        "<TYPE_OF_DATE>EXACT</TYPE_OF_DATE>",
    ],
)
def test_type_that_does_not_fit(stated: str) -> None:
    """The type is reported and kept; the date is read without it."""
    found = sl.read(file_of(stated, tag="INDIVIDUAL_DATE_OF_BIRTH"))
    (issue,) = found.audit.issues
    assert issue.kind is sl.answers.IssueKind.UNREAD_VALUE
    (one,) = found.where(kind=sl.Person)
    (kept,) = one.features
    assert kept.label == "INDIVIDUAL_DATE_OF_BIRTH/TYPE_OF_DATE"
    assert len(one.births) == ("YEAR" in stated)


def test_birth_of_an_alias() -> None:
    """It is one of the person, with a note that names the alias; the name keeps its own note."""
    one = person(
        "<QUALITY>Good</QUALITY><ALIAS_NAME>Other</ALIAS_NAME><DATE_OF_BIRTH>1958-02-22"
        "</DATE_OF_BIRTH><COUNTRY_OF_BIRTH>Mali</COUNTRY_OF_BIRTH><NOTE>formerly listed as</NOTE>",
        tag="INDIVIDUAL_ALIAS",
    )
    (alias,) = one.aliases
    assert (alias.text, alias.note) == ("Other", "formerly listed as")
    (born,) = one.births
    assert (str(born.date), born.note) == ("1958-02-22", "of the alias Other")
    assert born.place is not None
    assert str(born.place.country) == "Mali"


# ── names ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Abdul; Abd Ur; Abdur", ["Abdul", "Abd Ur", "Abdur"]),
        ("Qasim;\nQasem\n   Second", ["Qasim", "Qasem Second"]),
        ("حسن (Hassan; Hasan)", ["حسن", "Hassan", "Hasan"]),
        (
            "Tahrir (HTS) (تحرير (original script); Tahrir al-Sham)",
            ["Tahrir (HTS)", "تحرير (original script)", "Tahrir al-Sham"],
        ),
        ("Example (EX)", ["Example (EX)"]),
    ],
)
def test_several_names_in_a_cell(cell: str, names: list[str]) -> None:
    one = person(f"<QUALITY>Low</QUALITY><ALIAS_NAME>{cell}</ALIAS_NAME>", tag="INDIVIDUAL_ALIAS")
    assert [each.text for each in one.aliases] == names
    assert {each.strength for each in one.aliases} == {sl.AliasStrength.WEAK}


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Sever (original script: Север)", [("Sever", "aka"), ("Север", "original script")]),
        ("Hassan Ex (حسن )،", [("Hassan Ex (حسن )،", "aka")]),
        ("Hassan Ex (حسن ),", [("Hassan Ex", "aka"), ("حسن", "original script")]),
        ("حسن (Hassan (HX))", [("حسن", "aka"), ("Hassan (HX)", "aka")]),
        ("Sever (Севером called)", [("Sever (Севером called)", "aka")]),
        ("香港(香)有限公司", [("香港(香)有限公司", "aka")]),
        ("Name (Another)", [("Name (Another)", "aka")]),
    ],
)
def test_name_in_other_letters_in_brackets(cell: str, names: list[tuple[str, str]]) -> None:
    """It is a separate name, unless the brackets contain something else."""
    one = person(f"<ALIAS_NAME>{cell}</ALIAS_NAME>", tag="INDIVIDUAL_ALIAS")
    assert [(each.text, each.kind.value) for each in one.aliases] == names


def test_spellings_in_a_note() -> None:
    """A note on a name in another script can be its spellings; a longer note is not."""
    alias = "<ALIAS_NAME>حسن</ALIAS_NAME><NOTE>{}</NOTE>"
    one = person(alias.format("Hassan Ex; Hasan Ex"), tag="INDIVIDUAL_ALIAS")
    assert [each.text for each in one.aliases] == ["حسن", "Hassan Ex", "Hasan Ex"]
    one = person(alias.format("born: 1970; from Mali"), tag="INDIVIDUAL_ALIAS")
    assert [each.text for each in one.aliases] == ["حسن"]


@pytest.mark.parametrize(
    ("cell", "note"),
    [
        ("Example (combat name)", "combat name"),
        ("Example (previously listed as)", "previously listed as"),
        ("Example, born in Mali on 01 Jan.1967", "born in Mali on 01 Jan.1967"),
    ],
)
def test_remark_behind_an_alias(cell: str, note: str) -> None:
    """It is not part of the name, and is in its note; a date of birth in it is read."""
    one = person(f"<ALIAS_NAME>{cell}</ALIAS_NAME>", tag="INDIVIDUAL_ALIAS")
    assert [(each.text, each.note) for each in one.aliases] == [("Example", note)]
    born = [("1967-01-01", "of the alias Example")] if "born" in cell else []
    assert [(str(each.date), each.note) for each in one.births] == born


def test_facts_in_the_note_of_an_alias() -> None:
    """A birth and a passport, which are the person's; not one that the documents have already."""
    one = person(
        "<INDIVIDUAL_ALIAS><ALIAS_NAME>Other</ALIAS_NAME><NOTE>Passport number: B0000001; DOB: 1948;"
        " POB: Mali</NOTE></INDIVIDUAL_ALIAS><INDIVIDUAL_ALIAS><ALIAS_NAME>Third</ALIAS_NAME><NOTE>"
        "appears in false passport number S000002</NOTE></INDIVIDUAL_ALIAS><INDIVIDUAL_ALIAS>"
        "<ALIAS_NAME>Fourth</ALIAS_NAME><NOTE>passport no. X 33</NOTE></INDIVIDUAL_ALIAS>"
        "<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>B 0000001</NUMBER>"
        "</INDIVIDUAL_DOCUMENT>"
    )
    assert [(str(each.date), each.note) for each in one.births] == [("1948", "of the alias Other")]
    assert [(each.value, each.valid, each.note) for each in one.identifiers[1:]] == [
        ("B 0000001", None, None),
        ("S000002", False, "of the alias Third"),
        ("X 33", None, "of the alias Fourth"),
    ]


def test_two_names_of_an_organization_in_a_cell() -> None:
    """The first is the primary one."""
    data = file_of().replace(
        b"<ENTITIES/>",
        b"<ENTITIES><ENTITY><FIRST_NAME>EXAMPLE GROUP (EG) ; LAKES EXAMPLE</FIRST_NAME>"
        b"<REFERENCE_NUMBER>IRe.902</REFERENCE_NUMBER></ENTITY></ENTITIES>",
    )
    names = sl.read(data)["IRe.902"].names
    assert [(each.text, each.kind.value) for each in names] == [
        ("EXAMPLE GROUP (EG)", "primary"),
        ("LAKES EXAMPLE", "aka"),
    ]


@pytest.mark.parametrize("label", ["original script", "In Arabic", "in Arabic script"])
def test_name_in_its_own_script(label: str) -> None:
    """A note with such a label tells another name."""
    one = person(
        f"<QUALITY>Low</QUALITY><ALIAS_NAME>Sever</ALIAS_NAME><NOTE>{label}: Север</NOTE>",
        tag="INDIVIDUAL_ALIAS",
    )
    assert [(each.text, each.kind) for each in one.aliases] == [
        ("Sever", sl.NameKind.AKA),
        ("Север", sl.NameKind.ORIGINAL_SCRIPT),
    ]


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.FaultyEntriesWarning")
def test_no_primary_name() -> None:
    """The entry is kept under its first alias, and that is reported."""
    alias = (
        "<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Other</ALIAS_NAME></INDIVIDUAL_ALIAS>"
    )
    data = file_of(alias).replace(b"<FIRST_NAME>EXAMPLE</FIRST_NAME>", b"")
    found = sl.read(data)
    assert [one.name for one in found] == ["Other"]
    assert [one.kind for one in found.audit.issues] == [sl.answers.IssueKind.NO_PRIMARY_NAME]


def test_placeholders() -> None:
    """Empty groups and "na" are no values and are not reported."""
    empty = (
        "<FOURTH_NAME>na</FOURTH_NAME><NATIONALITY><VALUE>na</VALUE></NATIONALITY>"
        "<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS><INDIVIDUAL_DOCUMENT/>"
        "<INDIVIDUAL_ADDRESS><COUNTRY/></INDIVIDUAL_ADDRESS><INDIVIDUAL_DATE_OF_BIRTH/>"
        "<LAST_DAY_UPDATED><VALUE/></LAST_DAY_UPDATED>"
    )
    found = sl.read(file_of(empty))
    (one,) = found.where(kind=sl.Person)
    assert (one.name, one.aliases, one.births, one.addresses, one.nationalities) == (
        *("EXAMPLE", (), (), (), ()),
    )
    assert [each.kind for each in one.identifiers] == [sl.IdentifierKind.UN_REFERENCE]
    assert (found.audit.issues, found.audit.unmapped, found.audit.unknown_codes) == ((), (), ())


@pytest.mark.parametrize("word", ["Male", "MALE", "Female"])
def test_gender(word: str) -> None:
    one = person(f"<GENDER>{word}</GENDER>")
    assert [each.value for each in one.genders] == [word.lower()]


def test_unknown_gender() -> None:
    """It has no kind; the word is kept and counted."""
    found = sl.read(file_of("<GENDER>Unknown</GENDER>"))
    (one,) = found.where(kind=sl.Person)
    assert one.genders == ()
    assert [(each.kind, each.value) for each in one.features] == [
        (sl.FeatureKind.GENDER, "Unknown")
    ]
    assert [(each.vocabulary, each.code) for each in found.audit.unknown_codes] == [
        ("gender", "Unknown")
    ]
    assert found.audit.unmapped == ()


# ── documents ─────────────────────────────────────────────────────────────────────────────────

_KIND = sl.IdentifierKind


@pytest.mark.parametrize(
    ("stated", "value", "kind", "issued", "expires"),
    [
        (
            (
                "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>X1</NUMBER>"
                "<NOTE>Expiration date: 2023-06-04. </NOTE>"
            ),
            *("X1", _KIND.PASSPORT, "", "2023-06-04"),
        ),
        (
            "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>X1 (Expired 25 Jan. 2016)</NUMBER>",
            *("X1", _KIND.PASSPORT, "", "2016-01-25"),
        ),
        (
            (
                "<TYPE_OF_DOCUMENT>Numéro de passeport </TYPE_OF_DOCUMENT><NUMBER>X1</NUMBER>"
                "<NOTE>approximately issued in 2009</NOTE>"
            ),
            *("X1", _KIND.PASSPORT, "", ""),
        ),
        (
            (
                "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><DATE_OF_ISSUE>2003-01-02</DATE_OF_ISSUE>"
                "<NUMBER>Libyan Passport No. 96/1</NUMBER><NOTE>with expiry date of 16 Jun. 2019</NOTE>"
            ),
            *("96/1", _KIND.PASSPORT, "2003-01-02", "2019-06-16"),
        ),
        (
            (
                "<TYPE_OF_DOCUMENT>National Identification\n Number</TYPE_OF_DOCUMENT>"
                "<NUMBER>Russian passport number 8208 No. 55</NUMBER><NOTE>issued in 1974</NOTE>"
            ),
            *("8208 No. 55", _KIND.PASSPORT, "1974", ""),
        ),
        (
            (
                "<TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT>"
                "<NOTE>SSN 000-00-0001 (United States of America)</NOTE>"
            ),
            *("000-00-0001", _KIND.SOCIAL_SECURITY, "", ""),
        ),
        (
            (
                "<TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT>"
                "<TYPE_OF_DOCUMENT2>Birth certificate</TYPE_OF_DOCUMENT2>"
                "<NOTE>issued for Example, born on 25 Sep. 1973</NOTE>"
            ),
            *("issued for Example, born on 25 Sep. 1973", _KIND.BIRTH_CERTIFICATE, "", ""),
        ),
        ("<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>", "", _KIND.PASSPORT, "", ""),
    ],
)
def test_document(
    stated: str, value: str, kind: sl.IdentifierKind, issued: str, expires: str
) -> None:
    """Number, kind and dates, in any place; without a number the note is the value."""
    reference, one = person(stated, tag="INDIVIDUAL_DOCUMENT").identifiers
    assert reference.kind is _KIND.UN_REFERENCE
    assert (one.value, one.kind) == (value, kind)
    assert (str(one.issued or ""), str(one.expires or "")) == (issued, expires)


@pytest.mark.parametrize(
    ("stated", "value", "kind", "country", "name"),
    [
        ("<NUMBER>Libya B/000001</NUMBER>", "B/000001", _KIND.PASSPORT, "LY", None),
        (
            "<NUMBER>German travel document (“Reiseausweis”) A 0000001</NUMBER>",
            *("A 0000001", _KIND.TRAVEL_DOCUMENT, "DE", None),
        ),
        ("<NUMBER>Qatari passport number 0000001</NUMBER>", "0000001", _KIND.PASSPORT, "QA", None),
        (
            "<NUMBER>X1</NUMBER><NOTE>issued by a Consulate in Chad under the name of John Example, born 1970</NOTE>",
            *("X1", _KIND.PASSPORT, None, "John Example"),
        ),
        ("<NUMBER>R00000001, South Sudan</NUMBER>", "R00000001", _KIND.PASSPORT, "SS", None),
        (
            "<NUMBER>X1</NUMBER><NOTE>Italian Fiscal Code</NOTE>",
            *("X1", _KIND.TAX, "IT", None),
        ),
        ("<NUMBER>X1</NUMBER><NOTE>ID 00000002</NOTE>", "X1", _KIND.PASSPORT, None, None),
        (
            "<NUMBER>X1</NUMBER><NOTE>Yemeni</NOTE><COUNTRY_OF_ISSUE>Mali</COUNTRY_OF_ISSUE>",
            *("X1", _KIND.PASSPORT, "ML", None),
        ),
    ],
)
def test_words_about_a_document(
    stated: str, value: str, kind: sl.IdentifierKind, country: str | None, name: str | None
) -> None:
    """They state its kind, its country, and the name on it."""
    passport = f"<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>{stated}"
    (one,) = person(passport, tag="INDIVIDUAL_DOCUMENT").identifiers[1:]
    assert (one.value, one.kind, one.name_text) == (value, kind, name)
    assert (one.country and one.country.code) == country


def test_document_of_an_unknown_type() -> None:
    """Its word is counted, and kept."""
    found = sl.read(
        file_of(
            "<TYPE_OF_DOCUMENT>Rune</TYPE_OF_DOCUMENT><NUMBER>1</NUMBER>", tag="INDIVIDUAL_DOCUMENT"
        )
    )
    (one,) = found
    assert [(each.kind, each.raw_kind) for each in one.identifiers[1:]] == [(None, "Rune")]
    assert [each.sample for each in found.audit.unmapped] == ["Rune"]


# ── designation ───────────────────────────────────────────────────────────────────────────────


def test_events() -> None:
    """Listing, updates, reviews and delisting; a time zone behind a day changes nothing."""
    one = person(
        "<LISTED_ON>2015-04-07-04:00</LISTED_ON><DELISTED_ON>2029-01-02</DELISTED_ON>"
        "<LAST_DAY_UPDATED><VALUE>2016-01-01</VALUE></LAST_DAY_UPDATED>"
        "<LAST_REVIEWED_ON><VALUE>2020-01-01</VALUE></LAST_REVIEWED_ON>"
    )
    (designation,) = one.designations
    assert {(each.kind, str(each.date)) for each in designation.events} == {
        (sl.EventKind.LISTED, "2015-04-07"),
        (sl.EventKind.AMENDED, "2016-01-01"),
        (sl.EventKind.REVIEWED, "2020-01-01"),
        (sl.EventKind.DELISTED, "2029-01-02"),
    }
    assert str(one.listed_since) == "2015-04-07"
    assert designation.programs == ("Iran",)
    assert designation.authority is not None
    assert designation.authority.code == "UN"


def test_reviews_in_remarks() -> None:
    """They are events, unless an element states the same."""
    one = person(
        "<LAST_REVIEWED_ON><VALUE>2020-01-01</VALUE></LAST_REVIEWED_ON><COMMENTS1>Review pursuant to"
        " resolution 1822 (2008) was concluded on 21 Jul. 2010. Review pursuant to resolution 2610"
        " (2021) was concluded on 1 January 2020. A trial concluded on 3 May 2011.</COMMENTS1>"
    )
    events = [(each.raw_kind, str(each.date)) for each in one.designations[0].events]
    assert events == [("LAST_REVIEWED_ON", "2020-01-01"), ("COMMENTS1", "2010-07-21")]


def test_facts_in_remarks() -> None:
    """Numbers and the gender of a person, in words that are always the same."""
    one = person(
        "<COMMENTS1>Gender: Male. IMO number: 9999999. SWIFT/BIC: ZZZZKPPY. Gender is known.</COMMENTS1>"
    )
    assert [each.value for each in one.genders] == ["male"]
    assert [(each.kind, each.value, each.raw_kind) for each in one.identifiers[1:]] == [
        (_KIND.IMO, "9999999", "IMO number"),
        (_KIND.BIC, "ZZZZKPPY", "SWIFT/BIC"),
    ]


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("Mali (as at Dec. 2003)", "ML"),
        ("Libya (in custody)", "LY"),
        ("Mali (citizenship revoked in Jan. 2015)", None),
        ("Mali/Chad", None),
    ],
)
def test_words_after_a_country(stated: str, code: str | None) -> None:
    """They stay with it, and some state that it is not a citizenship."""
    (one,) = person(f"<NATIONALITY><VALUE>{stated}</VALUE></NATIONALITY>").nationalities
    assert (one.country.code, one.country.raw) == (code, stated)


def test_country_of_an_address() -> None:
    """It can be at the end of the address, or of a note that is the address."""
    addresses = person(
        "<NOTE>Branch Office 2: Example Road, Quetta, Pakistan;</NOTE>",
        "<CITY>Kabul, Afghanistan</CITY><NOTE>as at 2010, Pakistan</NOTE>",
        "<STREET>Example\nRoad</STREET><NOTE>moved to Mali</NOTE>",
        tag="INDIVIDUAL_ADDRESS",
    ).addresses
    assert [each.country and each.country.code for each in addresses] == ["PK", "AF", None]
    assert addresses[2].lines == ("Example Road",)


def test_parties_in_remarks() -> None:
    """In job titles too; each is a relation without kind, which can be resolved."""
    data = file_of(
        "<COMMENTS1>Belongs to IRe.902, as does IRi.903 (IRe.902).</COMMENTS1>"
        "<DESIGNATION><VALUE>Head of Example (IRe.904)</VALUE></DESIGNATION>"
    ).replace(
        b"<ENTITIES/>",
        b"<ENTITIES><ENTITY><FIRST_NAME>EXAMPLE GROUP</FIRST_NAME>"
        b"<REFERENCE_NUMBER>IRe.902</REFERENCE_NUMBER></ENTITY></ENTITIES>",
    )
    found = sl.read(data)
    relations = found["IRi.901"].relations
    assert [(each.kind, each.to.source_id) for each in relations] == [
        (None, "IRe.902"),
        (None, "IRi.903"),
        (None, "IRe.904"),
    ]
    assert [one.name for one in found.resolve(relations[0].to)] == ["EXAMPLE GROUP"]
    assert [one.entity.name for one in found.find_number("IRe.902")] == ["EXAMPLE GROUP"]


# ── complete editions ─────────────────────────────────────────────────────────────────────────


@cache
def whole(path: Path) -> sl.SanctionsList[sl.Entity]:
    return sl.read(path)


@pytest.fixture
def old(lists: Path) -> sl.SanctionsList[sl.Entity]:
    return whole(lists / "un_sc_sanctions" / "UN_consolidated_2021-03-12.xml")


@pytest.fixture
def new(lists: Path) -> sl.SanctionsList[sl.Entity]:
    return whole(lists / "un_sc_sanctions" / "UN_consolidated_2025-11-15.xml")


def counts_of(found: sl.SanctionsList[sl.Entity]) -> dict[str, object]:
    people = found.where(kind=sl.Person)
    births = [each for one in people for each in one.births]
    own = [each for each in births if not (each.note or "").startswith("of the alias")]
    dates = [each.date for each in own if each.date is not None]
    events = Counter(each.kind for one in found for at in one.designations for each in at.events)
    return {
        "dates": len(dates),
        "circa": sum(one.circa for one in dates),
        "ranges": sum(one.precision is sl.model.Precision.RANGE for one in dates),
        "months": sum(one.precision is sl.model.Precision.MONTH for one in dates),
        "not read": [one.raw for one in dates if not one.is_read],
        "places": sum(one.place is not None for one in own),
        "births of aliases": len(births) - len(own),
        "documents": sum(len(one.identifiers) for one in found) - len(found),
        "addresses": sum(len(one.addresses) for one in found),
        "genders": Counter(each.value for one in people for each in one.genders),
        "nationalities": sum(len(one.nationalities) for one in people),
        "titles": sum(len(one.titles) for one in people),
        "positions": sum(len(one.positions) for one in people),
        "updates": events[sl.EventKind.AMENDED],
        "in its own script": sum(
            name.raw_kind == "NAME_ORIGINAL_SCRIPT" for one in found for name in one.names
        ),
    }


def test_counts_of_2021(old: sl.SanctionsList[sl.Entity]) -> None:
    """Each is the number of the elements that state it; of the ranges and circa, 8 are both.

    Among the ranges is "Between Aug. and Sep. 1977", among the circa the 8 whose note states it; one
    nationality is "na". Notes on aliases tell 14 births and 7 passports, and remarks 5 numbers and 29
    genders.
    """
    assert counts_of(old) == {
        "dates": 857,
        "circa": 119 + 8,
        "ranges": 33 + 1,
        "months": 5,
        "not read": ["24/06/1402 (Hijri Calendar)", "30-35 years old", "29 years old"],
        "places": 640,
        "births of aliases": 65 + 14,
        "documents": 424 + 21 + 12,
        "addresses": 825,
        "genders": {"male": 55 + 4 + 28, "female": 2 + 1},
        "nationalities": 651 - 1,
        "titles": 192,
        "positions": 373,
        "updates": 1_501,
        "in its own script": 404,
    }
    assert next(one for one in old.audit.unknown_codes if one.vocabulary == "gender").count == 3


def test_counts_of_2025(new: sl.SanctionsList[sl.Entity]) -> None:
    """As in 2021; remarks tell 19 numbers and 39 genders."""
    assert counts_of(new) == {
        "dates": 870,
        "circa": 116 + 8,
        "ranges": 31 + 1,
        "months": 5,
        "not read": ["30-35 years old", "24/06/1402 (Hijri Calendar)"],
        "places": 634,
        "births of aliases": 63 + 14,
        "documents": 454 + 14 + 26,
        "addresses": 812,
        "genders": {"male": 52 + 38, "female": 2 + 1},
        "nationalities": 649 - 1,
        "titles": 193,
        "positions": 423,
        "updates": 1_891,
        "in its own script": 379,
    }
    assert new.audit.unknown_codes == ()


def test_entries(old: sl.SanctionsList[sl.Entity]) -> None:
    """Values that were looked up in the file."""
    one = old["QDi.356"]
    assert isinstance(one, sl.Person)
    assert [each.text for each in one.names] == ["AQSA MAHMOOD", "Umm Layth"]
    assert one.genders == (sl.Gender.FEMALE,)
    passport = one.identifiers[1]
    assert (passport.value, str(passport.issued), str(passport.expires)) == (
        *("720134834", "2012-06-27", "2022-06-27"),
    )
    assert [each.to.source_id for each in one.relations] == ["QDe.115"]
    assert str(one.listed_since) == "2015-09-28"

    one = old["KPi.016"]
    assert isinstance(one, sl.Person)
    assert one.name == "JANG BOM SU"
    assert [(str(each.date), each.note) for each in one.births if each.date] == [
        ("1957-04-15", None),
        ("1958-02-22", "of the alias Jang Hyon U"),
    ]

    one = old["TAi.173"]
    assert str(one.listed_since) == "2015-03-27"
    assert [each.value for each in one.identifiers] == ["TAi.173", "AA3829182", "5420124679187"]

    one = old["QDe.014"]
    assert Counter(each.kind for each in one.aliases) == {
        sl.NameKind.AKA: 2,
        sl.NameKind.FKA: 2,
        sl.NameKind.ORIGINAL_SCRIPT: 1,
    }
    assert [each.text for each in one.addresses].count("Algeria") == 1
    assert [(each.label, each.value) for each in one.features] == [("SUBMITTED_ON", "2009-07-17")]
