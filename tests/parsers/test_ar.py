"""RePET: its peculiarities, and the complete list of July 2026."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from cases import CASES

import sanctionslib as sl

_CASE = next(one for one in CASES if one.format == "ar-repet-json")
_KEYS = ("DATAID", "FIRST_NAME", "UN_LIST_TYPE", "REFERENCE_NUMBER", "LISTED_ON", "LIST_TYPE")
DAY = "2026-07-07"


def entry(group: str, **values: object) -> dict[str, object]:
    """An entry as the files have it: each key is there."""
    made: dict[str, object] = dict.fromkeys(_KEYS, "") | {group: []}
    return made | {"DATAID": "7", "FIRST_NAME": "EXAMPLE", "LIST_TYPE": "ARG List"} | values


def person(**values: object) -> sl.Person:
    """A person with these values, and an organization."""
    files = [[entry("INDIVIDUAL_ALIAS", **values)], [entry("ENTITY_ALIAS")]]
    found = sl.read([json.dumps(one).encode() for one in files], published=DAY)
    (one,) = found.where(kind=sl.Person)
    return one


# ── two files ─────────────────────────────────────────────────────────────────────────────────


def test_both_in_any_order() -> None:
    """Persons come first, in any order of the input."""
    people, groups = _CASE.small()
    found, other = (sl.read(files, published=DAY) for files in ([people, groups], [groups, people]))
    assert list(found) == list(other)
    assert [one.kind for one in found] == ["person", "person", "organization", "organization"]
    assert found.editions[0].sha256 == other.editions[0].sha256


@pytest.mark.filterwarnings("ignore::sanctionslib.SanctionsWarning")
@pytest.mark.parametrize(("at", "without"), [(0, "entidades.json"), (1, "personas.json")])
def test_one_alone(at: int, without: str) -> None:
    """Its edition states which part of the list it is."""
    data = _CASE.small()[at]
    with pytest.raises(sl.IncompleteEditionError, match=f"without {without}"):
        sl.read(data, published=DAY)
    found = sl.read(data, published=DAY, partial=True)
    assert (len(found), len(found.editions[0].missing)) == (2, 1)


def test_one_twice() -> None:
    people, _ = _CASE.small()
    with pytest.raises(sl.InvalidInputError, match="the same kind of parties"):
        sl.read([people, people], published=DAY)


# ── two lists in one ──────────────────────────────────────────────────────────────────────────


def test_own_entry() -> None:
    """It is designated by RePET, under the number that RePET prints."""
    one = person(
        UN_LIST_TYPE="UFI AMIA", REFERENCE_NUMBER="QDe.159ArP.00007", LISTED_ON="05/03/2021"
    )
    (designation,) = one.designations
    assert designation.authority is not None
    assert (one.source_id, designation.authority.code) == ("ArP.00007", "RePET")
    assert (designation.sources, designation.programs) == (("UFI AMIA",), ())
    assert str(one.listed_since) == "2021-03-05"
    assert [(each.value, each.kind) for each in one.identifiers] == [
        ("QDe.159", sl.IdentifierKind.UN_REFERENCE)
    ]


@pytest.mark.parametrize(
    ("about", "reference", "related", "numbers"),
    [
        ("OFAC - UK", "ID 45921ArP.00007", ["45921"], []),
        ("OFAC", "OFAC SDN ID 11177ArP.00007", ["11177"], []),
        ("OFAC", "ID 4269 (OFAC) - 16351 (UK)ArP.00007", ["4269"], ["16351"]),
        ("OFAC", "ID 12930 OFAC; UK Sanctions List CTI9001ArP.00007", ["12930"], ["CTI9001"]),
        ("UFI AMIA", "ID 45921ArP.00007", [], []),
        ("INTERPOL", "A-11218/12-2023 (Venezuela)ArP.00007", [], []),
    ],
)
def test_numbers_on_other_lists(
    about: str, reference: str, related: list[str], numbers: list[str]
) -> None:
    """The number of OFAC is a relation to its entry; those of the UK are identifiers."""
    one = person(UN_LIST_TYPE=about, REFERENCE_NUMBER=reference)
    same = [(each.to.id_space, each.to.source_id, each.kind) for each in one.relations]
    assert same == [("ofac", number, sl.RelationKind.SAME_AS) for number in related]
    assert [each.value for each in one.identifiers] == numbers


def test_on_no_list_elsewhere() -> None:
    """The statement that no other list has the party is not a source."""
    text = "No figura en listas de sanciones internacionales."
    one = person(UN_LIST_TYPE=text)
    assert one.designations[0].sources == ()
    assert text in [each.value for each in one.features]


def test_states_of_documents() -> None:
    """As many countries or kinds as documents belong to one each; a kind can name the state."""
    two = {
        "TYPE_OF_DOCUMENT": "ID // SSN",
        "TYPE_OF_DOCUMENT2": "92/664 // 523-33-8386",
        "ISSUING_COUNTRY": "Egipto // EE.UU.",
    }
    alone = {
        "TYPE_OF_DOCUMENT": "cédula de identidad de la República del Paraguay",
        "NUMBER": "90001",
    }
    passport = {"TYPE_OF_DOCUMENT": "Pasaporte Diplomatico", "NUMBER": "008664"}
    found = person(INDIVIDUAL_DOCUMENT=[two, alone, passport]).identifiers
    assert [
        (one.value, one.kind, one.country and one.country.code, one.flags) for one in found
    ] == [
        ("92/664", sl.IdentifierKind.NATIONAL_ID, "EG", ()),
        ("523-33-8386", sl.IdentifierKind.SOCIAL_SECURITY, "US", ()),
        ("90001", sl.IdentifierKind.NATIONAL_ID, "PY", ()),
        ("008664", sl.IdentifierKind.PASSPORT, None, (sl.model.DocumentFlag.DIPLOMATIC,)),
    ]


def test_repeated_entry() -> None:
    """It is designated by the UN, and found there by its reference number."""
    one = person(
        DATAID="2999482",
        LIST_TYPE="UN List",
        UN_LIST_TYPE="Al-Qaida",
        REFERENCE_NUMBER="QDi.312",
    )
    (designation,) = one.designations
    assert designation.authority is not None
    assert (one.source_id, designation.authority.code) == ("2999482", "UN")
    assert (designation.sources, designation.programs) == (("UN List",), ("Al-Qaida",))
    assert [each.list_name for each in one.listings] == ["RePET"]
    assert [each.value for each in one.identifiers] == ["QDi.312"]
    assert one.features == ()


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.FaultyEntriesWarning")
def test_another_list() -> None:
    """An unknown word for a list is reported and kept."""
    one = person(LIST_TYPE="OTRA", REFERENCE_NUMBER="X-1")
    assert one.source_id == "ArP.00007"
    assert {each.label: each.value for each in one.features} == {
        "LIST_TYPE": "OTRA",
        "REFERENCE_NUMBER": "X-1",
    }


# ── births, documents, names ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("stated", "dates"),
    [
        ({"DATE": "05/03/1970"}, ["1970-03-05"]),
        ({"DATE": "31/08/1953", "TYPE_OF_DATE": "31/8/1953"}, ["1953-08-31"]),
        ({"DATE": "31/08/1953", "TYPE_OF_DATE": "1/9/1953"}, ["1953-08-31", "1953-09-01"]),
        ({"YEAR": "1953"}, ["1953"]),
        ({"FROM_YEAR": "1963", "TO_YEAR": "1965"}, ["1963 to 1965"]),
        ({"FROM_YEAR": "1994"}, ["from 1994-01-01"]),
        ({"FROM_YEAR": "1960", "NOTE": "Año 1960."}, ["1960"]),
        ({"FROM_YEAR": "1961", "NOTE": "Año 1960."}, ["from 1961-01-01", "1960"]),
        ({"NOTE": "1977 - 1978"}, ["1977 to 1978"]),
        ({"NOTE": "1978 - 1977"}, ["1978 - 1977"]),
        ({"NOTE": "01/01/1987 a 31/01/1987"}, ["1987-01-01 to 1987-01-31"]),
        ({"NOTE": "Se estima año 64/65"}, ["Se estima año 64/65"]),
        ({"NOTE": "Puede ser año 62/63", "DATE": "31/12/1961"}, ["1961-12-31"]),
    ],
)
def test_dates_of_birth(stated: dict[str, str], dates: list[str]) -> None:
    one = person(INDIVIDUAL_DATE_OF_BIRTH=[stated])
    assert [str(each.date) for each in one.births] == dates
    assert {each.note for each in one.births} == {stated.get("NOTE")}


def test_dates_in_the_note_of_a_place() -> None:
    """They are births, unless they are stated already."""
    one = person(
        INDIVIDUAL_DATE_OF_BIRTH=[{"DATE": "31/08/1960"}],
        INDIVIDUAL_PLACE_OF_BIRTH=[
            {"CITY": "X", "NOTE": "FECHAS  DE NACIMIENTO: 31/8/1960 o 31/8/1958"}
        ],
    )
    assert [
        str(each.date or each.place.text) for each in one.births if each.date or each.place
    ] == [*("1960-08-31", "X", "1958-08-31")]


@pytest.mark.parametrize(
    ("stated", "documents"),
    [
        (
            {"TYPE_OF_DOCUMENT": "Pasaporte", "TYPE_OF_DOCUMENT2": "D1 / D2"},
            [("D1", "passport"), ("D2", "passport")],
        ),
        (
            {"TYPE_OF_DOCUMENT": "ID // SSN", "TYPE_OF_DOCUMENT2": "92/664 // 523-33"},
            [("92/664", "national id"), ("523-33", "social security number")],
        ),
        (
            {
                "TYPE_OF_DOCUMENT": "cédula de identidad",
                "NUMBER": "21",
                "TYPE_OF_DOCUMENT2": "Pasaporte de Brasil M3",
            },
            [("21", "national id"), ("M3", "passport")],
        ),
        (
            {
                "TYPE_OF_DOCUMENT": "National Identification Number",
                "TYPE_OF_DOCUMENT2": "Birth Certificate",
                "NUMBER": "5",
            },
            [("5", "birth certificate")],
        ),
        ({"TYPE_OF_DOCUMENT": "CUIT", "NUMBER": "20-1"}, [("20-1", "tax number")]),
        ({"NUMBER": "77"}, [("77", "other document")]),
    ],
)
def test_documents(stated: dict[str, str], documents: list[tuple[str, str]]) -> None:
    one = person(INDIVIDUAL_DOCUMENT=[stated])
    assert [(each.value, each.kind and each.kind.value) for each in one.identifiers] == documents


@pytest.mark.parametrize(
    ("word", "strength"),
    [
        *(("Good", "strong"), ("Alta", "strong"), ("alto", "strong"), ("Buena", "strong")),
        *(("Low", "weak"), ("Baja.", "weak"), ("Media", "unstated"), ("", "unstated")),
    ],
)
def test_strength(word: str, strength: str) -> None:
    """Only "good" and "low" of the publisher; a word between them is kept as text."""
    one = person(INDIVIDUAL_ALIAS=[{"QUALITY": word, "ALIAS_NAME": "Otro"}])
    (alias,) = one.aliases
    assert (alias.strength.value, alias.raw_strength) == (
        strength,
        word if strength == "unstated" else "",
    )


# ── the complete list ─────────────────────────────────────────────────────────────────────────


@cache
def whole(folder: Path) -> sl.SanctionsList[sl.Entity]:
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", sl.errors.FaultyEntriesWarning
        )  # two, which are named below
        return sl.read([folder / "personas.json", folder / "entidades.json"], published=DAY)


@pytest.fixture
def repet(lists: Path) -> sl.SanctionsList[sl.Entity]:
    return whole(lists / "ar_repet")


def test_counts(repet: sl.SanctionsList[sl.Entity]) -> None:
    """Each is the number of the file's own elements."""
    assert Counter(one.kind for one in repet) == {"person": 622, "organization": 112}
    assert sum(one.listed_since is not None for one in repet) == 622 + 110
    by = Counter(
        (one.kind, each.authority.code)
        for one in repet
        for each in one.designations
        if each.authority is not None
    )
    assert by == {
        ("person", "UN"): 389,
        ("person", "RePET"): 233,
        ("organization", "UN"): 88,
        ("organization", "RePET"): 24,
    }
    references = [
        each.value
        for one in repet.where(authority="UN")
        for each in one.identifiers
        if each.kind is sl.IdentifierKind.UN_REFERENCE
    ]
    assert len(references) == len(set(references)) == 389 + 88
    people = repet.where(kind=sl.Person)
    assert Counter(each.value for one in people for each in one.genders) == {
        "male": 165 + 9,
        "female": 17 + 2,
    }
    assert sum(len(one.addresses) for one in repet) == 300 + 135
    assert [issue.where.entry for issue in repet.audit.issues] == ["ArP.00112", "ArP.00035"]


def test_entries(repet: sl.SanctionsList[sl.Entity]) -> None:
    """Values that were looked up in the files."""
    one = repet["2999482"]
    assert one.name == "AAMIR ALI CHAUDHRY"
    assert [(each.value, str(each.issued or "")) for each in one.identifiers] == [
        ("QDi.312", ""),
        ("BN 4196361", "2008-10-28"),
    ]
    assert str(one.listed_since) == "2012-10-18"
    nasrallah = repet["ArP.00033"]
    assert isinstance(nasrallah, sl.Person)
    dates = [str(each.date) for each in nasrallah.births if each.date]
    assert dates == ["1960-08-31", "1953-08-31", "1955-08-31", "1958-08-31"]
    assert repet["ArE.00006"].name == "JAMA'A NUSRAT UL-ISLAM WA AL-MUSLIMIN"


def test_counterparts(repet: sl.SanctionsList[sl.Entity], lists: Path) -> None:
    """The UN's entry is found by its reference number."""
    un = sl.read(lists / "un_sc_sanctions" / "UN_consolidated_2025-11-15.xml")
    both = sl.combine(un, repet)
    found = both.counterparts("un_sc_sanctions:QDi.312")
    assert "ar_repet:2999482" in str(found)
