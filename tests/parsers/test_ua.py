"""Ukraine's sanctions: two sheets, keys of ours, measures, numbers with their label, remarks."""

from __future__ import annotations

from pathlib import Path

import pytest
from cases_ua import CASES, sheets
from sheet_files import workbook

import sanctionslib as sl

CASE = next(one for one in CASES if one.format == "ua-nsdc-xlsx")
PERSONS, FIRMS = "Фізичні особи", "Юридичні особи"


def book(*rows: dict[str, str], sheet: str = PERSONS, name: str = "") -> bytes:
    """A workbook with one sheet of these rows, each given by its cells."""
    header = sheets()[sheet][0]
    fixed = {"№ указу": "901-2018", "Дата указу": "2018-06-21", "Назва укр.": "ПРИКЛАД"}
    fixed["Дія щодо об'єкту санкцій"] = "застосування"
    stated = [fixed | {"п/н": str(at)} | one for at, one in enumerate(rows, 1)]
    cells = [[one.get(column, "") for column in header] for one in stated]
    return workbook({name or sheet: [header, *cells]})


def person(**cells: str) -> sl.Person:
    (found,) = CASE.read([book({at.replace("_", " "): cell for at, cell in cells.items()})])
    assert isinstance(found, sl.Person)
    return found


def firm(**cells: str) -> sl.Organization:
    row = {at.replace("_", " "): cell for at, cell in cells.items()}
    (found,) = CASE.read([book(row, sheet=FIRMS)])
    assert isinstance(found, sl.Organization)
    return found


def register(text: str) -> sl.Organization:
    (found,) = CASE.read([book({"ОКПО/ЄДРПОУ": text}, sheet=FIRMS)])
    assert isinstance(found, sl.Organization)
    return found


# ── parties and keys ──────────────────────────────────────────────────────────────────────────


def test_rows_of_one_name_are_two_parties() -> None:
    """Nothing ties two rows together, not even the same name and birth."""
    row = {"Дата народження": "1963-05-07"}
    one, two = CASE.read([book(row, row)])
    assert (one.source_id, two.source_id) == ("~person.901-2018.1", "~person.901-2018.2")


def test_the_number_in_the_annex_counts_on_each_sheet() -> None:
    """Both annexes of a decree begin with 1."""
    found = CASE.read(CASE.small())
    ids = [one.source_id for one in found if one.source_id.endswith("901-2018.14")]
    assert ids == ["~person.901-2018.14", "~organization.901-2018.14"]


def test_another_sheet_is_of_no_kind() -> None:
    """The kind is the sheet's name alone; on another sheet it is not known, and reported."""
    found = CASE.read([book({}, name="Інші")])
    assert [type(one) for one in found] == [sl.Entity]
    assert [issue.kind for issue in found.audit.issues] == [sl.answers.IssueKind.UNKNOWN_KIND]


def test_a_party_without_a_name_is_kept_under_its_number() -> None:
    """One firm of the complete list has none: it is kept and reported."""
    row = {"Назва укр.": "", "ОКПО/ЄДРПОУ": "ЄДРПОУ00000001"}
    found = CASE.read([book(row, sheet=FIRMS)])
    assert [(one.name, bool(one.names[0].note)) for one in found] == [("00000001", True)]
    assert [issue.kind for issue in found.audit.issues] == [sl.answers.IssueKind.NO_PRIMARY_NAME]
    assert found.find_number("00000001")


# ── designations ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("1) блокування активів; 2)\tзбройне ембарго", ["ASSET_FREEZE", "ARMS_EMBARGO"]),
        ("1) збройне ембарго2) блокування активів", ["ARMS_EMBARGO", "ASSET_FREEZE"]),
        ("2)\t2) блокування активів", ["ASSET_FREEZE"]),
        (")\tблокування активів – тимчасове", ["ASSET_FREEZE"]),
        ("інші санкції, встановлені Законом (s\\n 6377)", ["OTHER"]),
        (
            "інші санкції, що відповідають принципам (відмова в наданні та скасування віз)",
            ["TRAVEL_BAN"],
        ),
        ("повна заборона вчинення правочинів щодо цінних паперів", ["INVESTMENT_BAN"]),
        ("заборона в’їзду на територію України", ["TRAVEL_BAN"]),
    ],
)
def test_measures(text: str, kinds: list[str]) -> None:
    """Each measure of a cell is one; "other measures" are the texts in their brackets."""
    assert [one.kind and one.kind.name for one in person(Тип_обмеження=text).measures] == kinds


def test_an_unknown_measure_is_counted_and_kept() -> None:
    found = CASE.read([book({"Тип обмеження": "1) приклад"})])
    (measure,) = next(iter(found)).measures
    assert (measure.kind, measure.raw) == (None, "приклад")
    assert [(one.vocabulary, one.code) for one in found.audit.unknown_codes] == [
        ("measure", "приклад")
    ]


@pytest.mark.parametrize(
    ("remark", "kind", "day", "act"),
    [
        (
            "Скасовано Указом Президента України від 23 березня 2021 року № 109/2021",
            sl.EventKind.DELISTED,
            "2021-03-23",
            "Указ № 109/2021",
        ),
        (
            "Виключено, рішення уведено Указом Президента України від 14 травня 2020 року № 184",
            sl.EventKind.DELISTED,
            "2020-05-14",
            "Указ № 184",
        ),
        (
            "ІПН 3000000001\r\n\r\nЗмінено Указом Президента України від 19 лютого 2021 року №64/2021",
            sl.EventKind.AMENDED,
            "2021-02-19",
            "Указ № 64/2021",
        ),
    ],
)
def test_acts_in_remarks(remark: str, kind: sl.EventKind, day: str, act: str) -> None:
    """A delisted party stays in the file; its remark names the decree."""
    (designation,) = person(Додатково=remark).designations
    (event,) = [one for one in designation.events if one.kind is kind]
    assert (str(event.date), str(event.act)) == (day, act)
    assert str(designation.listed_since) == "2018-06-21"


# ── numbers ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("ЄДРПОУ00039002", [("ЄДРПОУ", "00039002")]),
        ("ОДРН1047796349864;", [("ОДРН", "1047796349864")]),
        ("ОДРН1057747421247\n КПП000000001", [("ОДРН", "1057747421247"), ("КПП", "000000001")]),
        ("00000004", [("ОКПО/ЄДРПОУ", "00000004")]),
        ("НЕ 000003", [("ОКПО/ЄДРПОУ", "НЕ 000003")]),
        ("200000003N", [("ОКПО/ЄДРПОУ", "200000003N")]),
    ],
)
def test_numbers_with_their_label(text: str, stated: list[tuple[str, str]]) -> None:
    """The label is removed; a number of another state's register is kept unchanged."""
    found = register(text)
    numbers = [(one.raw_kind, one.value) for one in found.identifiers]
    codes = [(one.label, one.value) for one in found.features]
    assert numbers + codes == stated


@pytest.mark.parametrize(
    ("remark", "values"),
    [
        ("може використовувати паспорти №№ 000000001, 4500000002", ["000000001", "4500000002"]),
        ("паспорт № 0300 700001", ["0300 700001"]),
        (
            "паспорт громадянина РФ серії ЕТ № 000002 та серії ЕТ № 000003",
            ["ЕТ № 000002", "ЕТ № 000003"],
        ),
        ("паспорт AA0000001", ["AA0000001"]),
        ("паспорт громадянина РФ 7504, № 000001", ["7504, № 000001"]),
        ("паспорт РФ 700000001", ["700000001"]),
        ("паспорти для виїзду за кордон №№ 700000001 600000002", ["700000001", "600000002"]),
        ("паспорт 01FA00001", ["01FA00001"]),
        ("паспорт NP00001KO, ІПН3000000001", ["NP00001KO", "3000000001"]),
        ("національний ідентифікаційний номер: 1 63 08 4 01 001 005Е", ["1 63 08 4 01 001 005Е"]),
        ("паспорт 712", []),
        ("іпн: 520102000001", ["520102000001"]),
        (
            "ідентифікаційний податковий номер 1700000001, паспорт № 10000001",
            ["1700000001", "10000001"],
        ),
        ("виданий Районним відділом управління МВС 21 липня 1995 р.", []),
        ("номер телефону +380000000001", []),
    ],
)
def test_documents_of_persons(remark: str, values: list[str]) -> None:
    """One label can have several numbers; series and number are one."""
    assert [one.value for one in person(Додатково=remark).identifiers] == values


def test_numbers_of_others_are_not_those_of_a_firm() -> None:
    """Directors and founders have their numbers in the same text."""
    remark = (
        "КПП 770000001;Генеральний директор Приклад, ИНН 770000000001;"
        'засновник – ПАТ "ПРИКЛАД" ОКПО 00000009;ОКПО 00000002'
    )
    found = firm(Додатково=remark)
    assert [(one.raw_kind, one.value) for one in found.identifiers] == [("ОКПО", "00000002")]
    # Many firms have the same code of the tax office: it would join different parties.
    assert [(one.label, one.value) for one in found.features] == [("КПП", "770000001")]
    assert found.remarks == remark


# ── persons and places ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "codes"),
    [("RU, IL", ["RU", "IL"]), ("АМ", ["AM"]), ("особа без громадянства", [None])],
)
def test_citizenships(text: str, codes: list[str | None]) -> None:
    """Several codes in a cell, some in Cyrillic letters; persons without any."""
    stated = person(Громадянство=text).citizenships
    assert [one.country.code for one in stated] == codes


def test_citizenship_in_an_address() -> None:
    """Then it is not an address; in a place of birth it is kept with the place."""
    found = person(Місце_проживання="громадянин РФ", Місце_народження="м. Приклад, громадянин РФ")
    assert found.addresses == ()
    assert [one.country.code for one in found.citizenships] == ["RU", "RU"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("с. Прикладне, Грузія", "GE"),
        ("уродженець Грузії", "GE"),
        ("Чеченська Республіка РФ", "RU"),
        ("УРСР, с. Прикладне", None),
        ("м. Донецьк", None),
    ],
)
def test_country_of_a_place(text: str, code: str | None) -> None:
    """Only stated countries: we infer none from a city or region."""
    (birth,) = person(Місце_народження=text).births
    assert birth.place is not None
    assert (birth.place.country.code if birth.place.country else None) == code


# ── the complete list, April 2022 ─────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def whole(lists: Path) -> sl.SanctionsList[sl.Entity]:
    return CASE.read([lists / "ua_nsdc_sanctions" / "sanctions_2022.xlsx"])


def test_whole(whole: sl.SanctionsList[sl.Entity]) -> None:
    """Each row is a party, each listed on the day of its decree."""
    assert len(whole.where(kind=sl.Person)) == 3_915
    assert len(whole.where(kind=sl.Organization)) == 1_762
    assert all(
        one.listed_since and one.listed_since.precision is sl.model.Precision.DAY for one in whole
    )
    events = [each for one in whole for of in one.designations for each in of.events]
    assert sum(one.kind is sl.EventKind.EXPIRES for one in events) == 2_135 + 1_740
    assert sum(one.kind is sl.EventKind.DELISTED for one in events) == 25
    assert [issue.where.entry for issue in whole.audit.issues] == ["~organization.140-2021.14"]
    assert whole.audit.unmapped == ()
    unknown = [one for one in whole.audit.unknown_codes if one.vocabulary != "measure"]
    assert unknown == []
    assert sum(one.count for one in whole.audit.unknown_codes) <= 10  # misprints


def test_entries(whole: sl.SanctionsList[sl.Entity]) -> None:
    """Entries that were read by eye in the file."""
    saleh = whole["~person.65-2021.5"]
    assert isinstance(saleh, sl.Person)
    assert [one.text for one in saleh.names] == [
        "Алі Абдалла Салех",
        "ALI ABDULLAH SALEH",
        "Ali Abdallah Salih",
    ]
    assert [(one.kind, one.value) for one in saleh.identifiers] == [
        (sl.IdentifierKind.NATIONAL_ID, "01010744444"),
        (sl.IdentifierKind.PASSPORT, "00016161"),
    ]
    ladoga = whole["~organization.176-2018.151"]
    assert [(one.to.name, one.note) for one in ladoga.relations] == [("Solidat", "IMO 7614599")]
    assert [one.country and one.country.code for one in ladoga.addresses] == ["RU"]
    revoked = whole["~organization.82-2019.195"].designations[0]
    assert [(one.kind, str(one.date)) for one in revoked.events] == [
        (sl.EventKind.LISTED, "2019-03-19"),
        (sl.EventKind.EXPIRES, "2020-05-14"),
        (sl.EventKind.DELISTED, "2020-05-14"),
    ]
