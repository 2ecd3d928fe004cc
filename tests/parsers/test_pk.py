"""Pakistan's proscribed persons: their peculiarities, and figures of the complete file."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from pathlib import Path

import pytest

import sanctionslib as sl

WHOLE = "pk_proscribed_persons/source.json"


def found(*entries: dict[str, str]) -> sl.SanctionsList[sl.Entity]:
    """The result for these entries."""
    usual = {"Name": "Example Khan", "FatherName": "Sample Khan", "CNIC": "3230499990011"}
    place = {"Province": "Punjab", "District": "MULTAN"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.SanctionsWarning)
        return sl.read(json.dumps([usual | place | one for one in entries]).encode())


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Ismail @ Dur Muhammad ", ["Ismail", "Dur Muhammad"]),
        ("Haq Dad@Akbar @ Akoo ", ["Haq Dad", "Akbar", "Akoo"]),
        ("Bilal Alias Bilawal", ["Bilal", "Bilawal"]),
        ("Abdullah aka Saad", ["Abdullah", "Saad"]),
        ("Ghulam Urf Gulu", ["Ghulam", "Gulu"]),
        ("Ali alias Usama, Shaka", ["Ali", "Usama, Shaka"]),
        ("Zakaria Aliasghar", ["Zakaria Aliasghar"]),
    ],
)
def test_names(printed: str, names: list[str]) -> None:
    """Several names are in one text; a comma separates nothing."""
    (one,) = found({"Name": printed})
    assert [name.text for name in one.names] == names
    assert [name.kind for name in one.aliases] == [sl.NameKind.AKA] * (len(names) - 1)


@pytest.mark.parametrize(
    ("number", "is_card"),
    [
        ("\t3230499990011", True),
        ("9040101339367", True),
        ("1234567890000", False),
        ("0123456789000", False),
        ("5440000000000", False),
        ("1111111111111", False),
        ("CJ11021747671", False),
        ("5", False),
    ],
)
def test_a_number(number: str, is_card: bool) -> None:
    """The number of an identity card is the key; a placeholder identifies no party."""
    whole = found({"CNIC": number})
    (one,) = whole
    value = number.strip()
    assert one.source_id == (value if is_card else "~example-khan.sample-khan.multan")
    assert [each.value for each in one.identifiers] == ([value] if is_card else [])
    assert [each.value for each in one.features if each.label == "CNIC"] == (
        [] if is_card else [value]
    )
    assert len(whole.find_number(value)) == is_card


def test_entries_of_one_number() -> None:
    """Of one name they are one party; of two names two, and both are found by it."""
    whole = found({}, {"Name": "\tExample Khan "}, {"Name": "Example Lala"})
    assert [one.source_id for one in whole] == ["3230499990011", "3230499990011-2"]
    assert len(whole["3230499990011"].origins) == 2
    assert [one.entity.name for one in whole.find_number("3230499990011")] == [
        *("Example Khan", "Example Lala"),
    ]
    assert whole.audit.issues == ()


def test_placeholder_numbers_join_no_entries() -> None:
    """Two persons with the same placeholder number are two."""
    made_up = {"CNIC": "1111111111111"}
    assert len(found(made_up, made_up | {"FatherName": "Sample Gul"})) == 2


@pytest.mark.parametrize(
    ("father", "stated"), [("nill", []), ("Nill ", []), ("Nil", []), ("S/o Din", ["S/o Din"])]
)
def test_a_father(father: str, stated: list[str]) -> None:
    """The father is a Feature, as printed; "nill" means no value."""
    (one,) = found({"FatherName": father})
    assert [each.value for each in one.features] == stated
    assert one.relations == ()


def test_the_whole_file(lists: Path) -> None:
    """4,665 entries, two of them twice; figures that were counted without the library."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.errors.UndatedEditionWarning)
        whole = sl.read(lists / WHOLE)
    assert (len(whole), whole.audit.read, whole.audit.issues) == (4_663, 4_665, ())
    assert {one.kind for one in whole} == {"person"}
    built = [one for one in whole if one.source_id.startswith("~")]
    shared = [one for one in whole if one.source_id.endswith("-2")]
    assert (len(built), len(shared)) == (30, 6)
    labels = Counter(each.label for one in whole for each in one.features)
    assert labels["CNIC"] == 15
    first = whole["3230416384111"]
    assert (first.name, first.addresses[0].region) == ("Muhammad Muzamil", "MUZAFFARGARH")
    assert [one.entity.name for one in whole.find_number("2120175837421")] == [
        "Imran Khan",
        "Imran Lala",
    ]
