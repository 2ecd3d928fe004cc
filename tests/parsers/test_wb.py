"""The World Bank's debarments: their peculiarities, and checked entries of the complete file."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest

import sanctionslib as sl
from sanctionslib.catalog import list_info

WHOLE = "worldbank_debarred/wb-data_2026-03-15.json"
DATA = Path(__file__).parent / "data" / "worldbank.json"


def found(*changes: dict[str, object]) -> sl.SanctionsList[sl.Entity]:
    """The first entry of the small file, once for each change of it."""
    first = json.loads(DATA.read_text("utf-8"))["response"]["ZPROCSUPP"][0]
    entries = [first | {"SUPP_ID": at} | one for at, one in enumerate(changes)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.errors.FaultyEntriesWarning)
        return sl.read(json.dumps({"response": {"ZPROCSUPP": entries}}).encode())


@pytest.mark.parametrize(
    ("kind", "printed", "names", "titles"),
    [
        ("I", "MS. JANE EXAMPLE", ["JANE EXAMPLE"], ("MS.", "MR")),
        ("I", "MR.JOHN EXAMPLE", ["JOHN EXAMPLE"], ("MR.", "MR")),
        ("I", "MR JOHN EXAMPLE", ["JOHN EXAMPLE"], ("MR", "MR")),
        ("I", "MRIDULA EXAMPLE", ["MRIDULA EXAMPLE"], ("MR",)),
        ("I", "MS EXAMPLE", ["MS EXAMPLE"], ("MR",)),
        ("I", "MD. EXAMPLE", ["MD. EXAMPLE"], ("MR",)),
        ("I", "MR. A EXAMPLE (A.K.A. B SAMPLE)", ["A EXAMPLE", "B SAMPLE"], ("MR.", "MR")),
        ("I", "A.K.A. B SAMPLE", ["B SAMPLE"], ("MR",)),
        ("F", "MR. EXAMPLE", ["MR. EXAMPLE"], ()),
        ("F", "EXAMPLE, FORMERLY KNOWN AS SAMPLE", ["EXAMPLE", "SAMPLE"], ()),
        ("F", "EXAMPLE (CURRENTLY D/B/A SAMPLE)", ["EXAMPLE", "SAMPLE"], ()),
        ("F", "EXAMPLE (ALSO KNOWN AS SAMPLE", ["EXAMPLE", "SAMPLE"], ()),
        ("F", "EXAMPLE (SAMPLE.2)", ["EXAMPLE (SAMPLE.2)"], ()),
        ("F", "AKA EXAMPLE WORKS", ["AKA EXAMPLE WORKS"], ()),
    ],
)
def test_a_name(kind: str, printed: str, names: list[str], titles: tuple[str, ...]) -> None:
    """Titles of individuals and names within the name are removed; brackets alone mean nothing."""
    one = found({"SUPP_TYPE_CODE": kind, "SUPP_NAME": printed})["0"]
    assert [name.text for name in one.names] == names
    assert getattr(one, "titles", ()) == titles


def test_a_firm_of_two_names_in_two_kinds() -> None:
    """The same text is read by the kind of its entry."""
    name = {"SUPP_NAME": "MR. EXAMPLE"}
    two = found(name | {"SUPP_TYPE_CODE": "I"}, name | {"SUPP_TYPE_CODE": "F"})
    assert [one.name for one in two] == ["EXAMPLE", "MR. EXAMPLE"]


@pytest.mark.parametrize(
    ("until", "message"),
    [("2999-12-31", None), ("2030-05-06", "2030-05-06"), ("2999-12-30", "2999-12-30")],
)
def test_the_end(until: str, message: str | None) -> None:
    """The last day of 2999 means no end."""
    (one,) = found({"DEBAR_TO_DATE": until})["0"].designations
    days = {event.kind: str(event.date) for event in one.events}
    assert days.get(sl.EventKind.EFFECTIVE) == "2027-01-24"
    assert days.get(sl.EventKind.EXPIRES) == message


@pytest.mark.parametrize(
    ("reason", "bank"),
    [
        ("Cross Debarment: ADB", ("ADB",)),
        ("Cross-debarment:  IDB", ("IDB",)),
        ("Cross Debrament: ADB", ("ADB",)),
        ("Procurement Guidelines, 1.14(a)(ii)", ()),
    ],
)
def test_another_bank(reason: str, bank: tuple[str, ...]) -> None:
    """The reason names the deciding bank in many spellings; it stays as printed."""
    (one,) = found({"DEBAR_REASON": reason})["0"].designations
    assert (one.reason, one.sources) == (reason, bank)


def test_additional_information_is_not_of_the_entry() -> None:
    """It occurs in other entries: its names and numbers are remarks, and match no party."""
    whole = found({"ADD_SUPP_INFO": "(also known as SAMPLE b.v.) (Reg. No: 00112233) *161"})
    one = whole["0"]
    assert one.remarks == "(also known as SAMPLE b.v.) (Reg. No: 00112233) *161"
    assert (len(one.names), one.identifiers, whole.find_number("00112233")) == (1, (), ())


def test_entries_of_two_days() -> None:
    """Two files in one are noticed by the day that each entry states."""
    whole = found({}, {"LAST_REFRESH_DATE": "2029-12-31T19:00:06.107Z"})
    (issue,) = whole.audit.issues
    assert (issue.kind, issue.where.entry) == (sl.answers.IssueKind.EDITION, "1")


@pytest.mark.parametrize(
    ("code", "name", "message", "unknown"),
    [
        ("NG", "Nigeria", "NG", 0),
        ("VE", "Venezuela, Republica Bolivariana de", "VE", 0),
        ("ZR", "Congo, Democratic Republic of", "CD", 0),
        ("FR", "Nigeria", "NG", 1),
        ("??", "Atlantis", None, 1),
    ],
)
def test_a_country(code: str, name: str, message: str | None, unknown: int) -> None:
    """By its name, else by its code; where the two differ, the code is kept apart and reported."""
    whole = found({"LAND1": code, "COUNTRY_NAME": name})
    (address,) = whole["0"].addresses
    assert address.country is not None
    assert (address.country.code, address.country.raw) == (message, name)
    beside = [one.value for one in whole["0"].features if one.label == "LAND1"]
    assert beside == [code] * unknown


def test_it_is_no_sanction() -> None:
    """The catalog states that it is not one."""
    assert list_info("worldbank_debarred").category == "debarment"


def test_the_whole_file(lists: Path) -> None:
    """Entries that were looked up in the file."""
    whole = sl.read(lists / WHOLE)
    assert (len(whole), whole.audit.issues, whole.audit.unmapped) == (1_370, (), ())
    assert str(whole.editions[0].published) == "2026-02-21"
    ambrose = whole["329186"]
    assert (ambrose.kind, ambrose.name, str(ambrose.listed_since)) == (
        *("person", "IYKE AMBROSE", "2017-01-24"),
    )
    assert ambrose.designations[0].measures[0].note == "Ongoing"
    crossed = [one for one in whole if one.designations[0].sources]
    assert len(crossed) == 584
    ends = [
        e for one in whole for e in one.designations[0].events if e.kind is sl.EventKind.EXPIRES
    ]
    assert len(ends) == 1_370 - 684
    # The alias of the next firm in the file, and of no other.
    harun = whole["1032824"]
    assert harun.name == "MD. HARUN UR RASHID"
    assert harun.aliases == ()
    assert [name.text for name in whole["798034"].names] == [
        *("XINJIANG JIAOTONG LOGISTICS CO., LTD.", "XCCG LOGISTICS CO., LTD."),
    ]
