"""The United Arab Emirates' list: a part by nature, years of decisions, cells in Arabic."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from case import data
from cases_ae import CASES

import sanctionslib as sl

(CASE,) = CASES
LATIN, ARABIC = "الاسم الكامل (بالحروف اللاتينية)", "الاسم الكامل (بالحروف العربية)"


def one(**cells: str) -> sl.Person:
    """A file with one party; an underscore means a blank."""
    (text,) = data("ae_local.csv")()
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))[:3]
    stated = {LATIN: "EXAMPLE", "التصنيف": "شخص إرهابي"}
    stated |= {name.replace("_", " "): cell for name, cell in cells.items()}
    rows.append([stated.get(" ".join(name.split()), "") for name in rows[2]])
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    (found,) = CASE.read([out.getvalue().encode()])
    assert isinstance(found, sl.Person)
    return found


def test_it_is_never_the_whole_list() -> None:
    """The sheet has the persons alone, and so the edition is a part of the list."""
    (edition,) = CASE.read(CASE.small()).editions
    assert edition.scope is sl.Scope.CUSTOM
    assert "PART of the list: its persons alone" in edition.label


@pytest.mark.parametrize("number", ["18", "(18)"])
def test_the_act_states_a_year_and_no_day(number: str) -> None:
    """Another text than that of a decision is kept as a Feature."""
    found = one(معلومات_أخرى=f"مدرج بموجب قرار مجلس الوزراء رقم {number} لسنة 2017")
    if number == "18":
        assert (found.listed_since, found.features[0].value[-4:]) == (None, "2017")
        return
    assert found.listed_since is not None
    assert (found.listed_since.precision, str(found.listed_since)) == (
        sl.model.Precision.YEAR,
        "2017",
    )
    assert found.legal_bases[0].title == "قرار مجلس الوزراء رقم (18) لسنة 2017"


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("قطر", [("QA", None)]),
        ("السعودية / الكويت", [("SA", None), ("KW", None)]),
        ("الحالية: السويد السابقة: ليبيريا", [("SE", "الحالية"), ("LR", "السابقة")]),
        ("سانت كيتس - نافيس", [("KN", None)]),
        ("-", []),
    ],
)
def test_nationalities(text: str, stated: list[tuple[str, str | None]]) -> None:
    """Two of them, and which one is the present one."""
    found = one(الجنسية=text).nationalities
    assert [(each.country.code, each.note) for each in found] == stated


@pytest.mark.parametrize(
    ("text", "code"),
    [("الشارقة - الإمارات", "AE"), ("مصر (المينا)", "EG"), ("كانو نيجيريا", "NG"), ("دبي", None)],
)
def test_country_of_a_place(text: str, code: str | None) -> None:
    (birth,) = one(مكان_الميلاد=text).births
    assert birth.place is not None
    assert (birth.place.country and birth.place.country.code) == code


def test_hyphens_say_nothing() -> None:
    """They make no address, no birth, no document and no name."""
    names = ("الشارع", "المدينة", "الدولة", "النوع", "رقم الوثيقة", "تاريخ الميلاد", "الاسم")
    found = one(**dict.fromkeys(names, "-"))
    assert (found.addresses, found.identifiers, found.births, len(found.names)) == ((), (), (), 1)


@pytest.mark.parametrize("text", ["مثال + آخر", "مثال، آخر", "مثال (آخر)", "((مثال) آخر"])
def test_several_names_in_one_cell(text: str) -> None:
    """The key stays that of the Latin cell; a name that occurs twice is one name."""
    found = one(
        **{LATIN.replace(" ", "_"): "EXAMPLE + EXAMPEL", ARABIC.replace(" ", "_"): text},
        الاسم=text,
    )
    assert found.source_id == "~example-exampel"
    assert [(each.text, each.kind, each.script) for each in found.names] == [
        ("EXAMPLE", sl.NameKind.PRIMARY, "Latn"),
        ("مثال", sl.NameKind.ORIGINAL_SCRIPT, "Arab"),
        ("آخر", sl.NameKind.AKA, "Arab"),
        ("EXAMPEL", sl.NameKind.AKA, "Latn"),
    ]


# ── the persons of 2025 ───────────────────────────────────────────────────────────────────────


def test_whole(lists: Path) -> None:
    """Everybody with the year of a decision; all countries and documents are known."""
    found = CASE.read([lists / "ae_local_terrorists" / "LS1309232025.csv"])
    years = Counter(str(each.listed_since) for each in found)
    assert years == {"2017": 75, "2018": 15, "2020": 2, "2021": 34, "2023": 3, "2025": 26}
    persons = found.where(kind=sl.Person)
    dates = [birth.date for each in persons for birth in each.births if birth.date is not None]
    assert Counter(each.precision for each in dates) == {
        sl.model.Precision.DAY: 63,
        sl.model.Precision.YEAR: 27,
    }
    assert (found.audit.issues, found.audit.unmapped, found.audit.unknown_codes) == ((), (), ())


def test_entry(lists: Path) -> None:
    """The first one, read by eye."""
    found = CASE.read([lists / "ae_local_terrorists" / "LS1309232025.csv"])
    subaey = found["~khalifa-mohd-t-al-subaey"]
    assert isinstance(subaey, sl.Person)
    assert [each.text for each in subaey.names] == [
        "KHALIFA MOHD T AL SUBAEY",
        "خليفة محمد تركي السبيعي",
    ]
    assert [str(each.date) for each in subaey.births] == ["1965-01-01"]
    assert [(each.value, each.country and each.country.code) for each in subaey.identifiers] == [
        ("685868", "QA")
    ]
