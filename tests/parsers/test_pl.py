"""Poland's list: who was struck off, names in brackets, and facts in Polish sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
from cases_pl import CASES, sheets
from sheet_files import workbook

import sanctionslib as sl

(CASE,) = CASES


def read(*changed: dict[int, str], sheet: str = "osoby") -> sl.SanctionsList[sl.Entity]:
    """A file of one row for each, which is the first of the sheet with these cells changed."""
    header, first = sheets()[sheet][:2]
    rows = [[one.get(at, cell) for at, cell in enumerate(first)] for one in changed]
    return CASE.read([workbook({sheet: [header, *rows]})])


def one(cell: int, text: str, sheet: str = "osoby") -> sl.Entity:
    (found,) = read({cell: text}, sheet=sheet)
    return found


# ── rows ──────────────────────────────────────────────────────────────────────────────────────


def test_struck_off() -> None:
    """A delisted party is still in the file, with the date of delisting."""
    (event,) = (
        each
        for each in one(5, "2024-12-31").designations[0].events
        if each.kind is sl.EventKind.DELISTED
    )
    assert str(event.date) == "2024-12-31"


def test_footnotes() -> None:
    """They are not parties; all of their text is in the audit."""
    found = CASE.read(CASE.small())
    assert [each.where.path for each in found.audit.omitted] == ["osoby", "osoby", "podmioty"]
    ((_, text),) = list(found.audit.omitted[0].source or ())
    assert text == "[1] W rozumieniu rozporządzenia 269/2014."


def test_one_party_in_two_rows() -> None:
    """Rows of one name and one text are one party; another text makes another party."""
    (same,) = read({}, {})
    assert (len(same.origins), len(same.designations)) == (2, 1)
    first, second = read({}, {1: "urodzony 6 października 1973 r."})
    assert second.source_id == f"{first.source_id}-2"


# ── names ─────────────────────────────────────────────────────────────────────────────────────

AKA, FKA, NKA, ORIGINAL = (
    sl.NameKind.AKA,
    sl.NameKind.FKA,
    sl.NameKind.NKA,
    sl.NameKind.ORIGINAL_SCRIPT,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("KASPERSKY (KASPERSKY LAB)", [("KASPERSKY LAB", AKA)]),
        ("A SA \n(obecnie: B Sp. z o.o. \nOddział)", [("B Sp. z o.o. Oddział", NKA)]),
        ("A SA (poprzednio: B Sp. z o.o. )", [("B Sp. z o.o.", FKA)]),
        ("A SA\n(do 3.03.2022 r. – B Sp.  z o.o.)", [("B Sp.  z o.o.", FKA)]),
        ("A SA (w zapisie także „B”, „Ц” lub „D”)", [("B", AKA), ("Ц", AKA), ("D", AKA)]),
        ("A SA (w zapisie także „B b” lub „Ц ц)", [("B b", AKA), ("Ц ц", AKA)]),
        (
            "A SA\n(pełna nazwa w języku rosyjskim: ООО „Ц”, skrócona nazwa w języku rosyjskim: ОЦ)",
            [("ООО „Ц”", ORIGINAL), ("ОЦ", ORIGINAL)],
        ),
        ("A SA (B)\n\nnazwa rosyjskojęzyczna: \nЦ", [("B", AKA), ("Ц", ORIGINAL)]),
        ("A SA\n(nazwa rosyjskojęzyczna: OOO „Ц”),", [("OOO „Ц”", ORIGINAL)]),
    ],
)
def test_names(text: str, found: list[tuple[str, sl.NameKind]]) -> None:
    """Text in brackets is another name, of the kind that the word before it states."""
    primary, *others = one(0, text, "podmioty").names
    assert primary.text == "A SA" or text.startswith(f"{primary.text} (")
    assert [(each.text, each.kind) for each in others] == found


def test_a_long_cell() -> None:
    """A cell has about 130,000 characters; they are read quickly."""
    assert (
        one(0, "A" + " " * 100_000 + "()" * 10_000 + "B", "podmioty").names[0].text.startswith("A")
    )


def test_note_of_a_name() -> None:
    """Until when a name was used is its note."""
    assert one(0, "A (do 3.03.2022 r. – B)", "podmioty").names[1].note == "do 3.03.2022 r."


# ── persons ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("urodzony 5 października 1973 r.", "1973-10-05"),
        ("urodzona 16 lipiec 1975 r.", "1975-07-16"),
        ("urodzonej 6 lipca 1972 r", "1972-07-06"),
        ("urodzony  9.06.1964\xa0r.", "1964-06-09"),
        ("urodzony w 1966 roku\n(TIN: 246000000000)", "1966"),
        ("urodzony 31 lutego 1966 r.", "31 lutego 1966 [unread]"),
    ],
)
def test_births(text: str, day: str) -> None:
    """The month is a Polish word, in several cases; an impossible day stays text."""
    found = one(1, text)
    assert isinstance(found, sl.Person)
    assert [str(each.date) for each in found.births] == [day.removesuffix(" [unread]")]
    assert found.births[0].date is not None
    assert found.births[0].date.is_read != day.endswith("[unread]")


def test_other_facts_about_persons() -> None:
    """The place with the date, citizenships and numbers; all of the text is kept."""
    text = "urodzony 4 lipca 1987 r. w miejscowości Łuniniec, Republika Białorusi\n(obywatela Republiki Białorusi oraz Federacji Rosyjskiej)\n(PESEL: 87070400000)"
    found = one(1, text)
    assert isinstance(found, sl.Person)
    (birth,) = found.births
    assert birth.place is not None
    assert birth.place.text == "miejscowości Łuniniec, Republika Białorusi"
    assert [each.country.code for each in found.citizenships] == ["BY", "RU"]
    assert [each.value for each in found.identifiers] == ["87070400000"]
    assert (found.remarks, found.genders) == (text, ())


# ── organizations ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "lines", "numbers"),
    [
        ("siedziba:  ul. A 1,   00-001 B   KRS 731875   REGON 369490797", ("ul. A 1", "00-001 B"), ["KRS 731875", "REGON 369490797"]),
        ("ul. A 1, B, Węgry\n\nKSH NUMBER (KRS) 13084116-4661-113-01", ("ul. A 1, B, Węgry",), ["KSH NUMBER (KRS) 13084116-4661-113-01"]),
        ("siedziba:\nA\nzarejestrowany w cypryjskim rejestrze spółek pod numerem ΗΕ 309661", ("A",), ["rejestrze spółek pod numerem ΗΕ 309661"]),
        ("adres: A (biuro 6)\nnr identyfikacyjny BIN: KZ220540008721", ("A (biuro 6)",), ["BIN KZ220540008721"]),
        ("siedziba: A 1\nKPP 770101001, INN 7701010101", ("A 1",), ["INN 7701010101"]),
        ("siedziba: ul. Bieńkowskiego nr 4, numer KRS: 0000426746", ("ul. Bieńkowskiego nr 4",), ["KRS 0000426746"]),
    ],
)  # fmt: skip
def test_seats_and_numbers(text: str, lines: tuple[str, ...], numbers: list[str]) -> None:
    """The seat ends where the first number is named."""
    found = one(1, text, "podmioty")
    assert [each.lines for each in found.addresses] == [lines]
    assert [f"{each.raw_kind} {each.value}" for each in found.identifiers] == numbers


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("siedziba: Republika Białorusi, 220000, Mińsk, ul. A 1", "BY"),
        ("siedziba: ul. A 1, Mińsk, Republika Białorusi", "BY"),
        ("siedziba: Mińsk, ul. A 1", None),
    ],
)
def test_country_of_a_seat(text: str, code: str | None) -> None:
    """It is at the end, or otherwise at the beginning."""
    (address,) = one(1, text, "podmioty").addresses
    assert (address.country and address.country.code) == code


def test_measures() -> None:
    """Letters part them where they follow each other."""
    text = "a. zamrożenie praw,\nb. zakaz udziału, o którym mowa w lit. a\n a. aktywa"
    assert [each.raw for each in one(3, text).measures] == [
        "zamrożenie praw",
        "zakaz udziału, o którym mowa w lit. a\n a. aktywa",
    ]


# ── the complete file ─────────────────────────────────────────────────────────────────────────


def test_checked_by_hand(lists: Path) -> None:
    found = CASE.read([(lists / "pl_mswia_sanctions" / "mswia_2026-02-21.xlsx").read_bytes()])
    assert found.audit.issues == ()
    assert (found.audit.read, len(found), len(found.audit.omitted)) == (559, 558, 16)
    ended = [
        each.source_id
        for each in found
        if any(event.kind is sl.EventKind.DELISTED for event in each.designations[0].events)
    ]
    assert (len(ended), ended[0]) == (12, "~osoby.melniczenko-aleksandra")
    assert len(found["~podmioty.firn-eu-sp-z-o-o"].origins) == 2
    people = found.where(kind=sl.Person)
    assert sum(len(each.births) for each in people) == 436
    firms = found.where(kind=sl.Organization)
    with_krs = [each for each in firms if any(one.raw_kind == "KRS" for one in each.identifiers)]
    assert len(with_krs) == 69
