"""The Consolidated Screening List, JSON: small files in the form that its documentation gives."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from csl_files import DAY, as_json, rest, row

import sanctionslib as sl
from sanctionslib.parsers.us.csl_cells import addresses, ids

PERSON: dict[str, object] = {
    "id": "1",
    "source": "Specially Designated Nationals (SDN) - Treasury Department",
    "entity_number": 1,
    "type": "Individual",
    "programs": ["SDGT", "IFSR"],
    "name": "EXAMPLE PERSON, Given",
    "title": "First Title; Second Title",
    "addresses": [
        {
            "address": "1 First Street, Suite 2",
            "city": "Dhaka",
            "state": None,
            "postal_code": "1229",
            "country": "BD",
        },
        {"address": None, "city": None, "state": None, "postal_code": None, "country": "SY"},
    ],
    "federal_register_notice": None,
    "start_date": None,
    "end_date": None,
    "standard_order": None,
    "license_requirement": None,
    "license_policy": None,
    "call_sign": None,
    "vessel_type": None,
    "gross_tonnage": None,
    "gross_registered_tonnage": None,
    "vessel_flag": None,
    "vessel_owner": None,
    "remarks": "(Linked To: EXAMPLE SHIP)",
    "source_list_url": "http://bit.ly/1I7ipyR",
    "alt_names": ["EXAMPLE ALIAS"],
    "citizenships": ["AF"],
    "dates_of_birth": ["1966-03-30"],
    "nationalities": ["PK"],
    "places_of_birth": ["Herat, Afghanistan"],
    "source_information_url": "http://bit.ly/1MLgpye",
    "ids": [
        {
            "type": "Passport",
            "number": "K475336",
            "country": "JO",
            "issue_date": "2009-08-31",
            "expiration_date": "2014-08-30",
        },
        {
            "type": "Passport",
            "number": "A1",
            "country": None,
            "issue_date": None,
            "expiration_date": "2012-10-30",
        },
        {
            "type": "Gender",
            "number": "Male",
            "country": None,
            "issue_date": None,
            "expiration_date": None,
        },
    ],
}
"""A whole entry, with nulls where it has nothing, and a number for the uid."""

_PLURAL = (
    "programs",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
)


def others(*codes: str) -> list[dict[str, object]]:
    """Entries of all other lists, as JSON has them: with the least that one needs."""
    empty = {"programs": [], "federal_register_notice": None, "source_list_url": None}
    return [{**one, "country": "CN", **empty} for one in rest(*codes)]


GOOD = as_json(PERSON, *others("SDN"))


def read(data: bytes) -> sl.SanctionsList[sl.Entity]:
    return sl.read(data, published=DAY, records=True)


def test_person() -> None:
    """Every field goes where that of the CSV goes; the parts of an address have their names."""
    found = read(GOOD)
    person = found.get("1", kind=sl.Person)
    assert person.party == ("ofac", "1")
    assert person.programs == ("SDGT", "IFSR")
    assert person.titles == ("First Title", "Second Title")
    first, second = person.addresses
    assert (first.lines, first.city, first.postal_code) == (
        ("1 First Street, Suite 2",),
        "Dhaka",
        "1229",
    )
    assert first.country == sl.Country(code="BD")
    assert second == sl.Address(country=sl.Country(code="SY"))
    passport, other = person.identifiers
    assert (str(passport.issued), str(passport.expires)) == ("2009-08-31", "2014-08-30")
    assert (other.issued, str(other.expires), other.note) == (None, "2012-10-30", None)
    assert person.genders == (sl.Gender.MALE,)
    assert [one.text for one in person.aliases] == ["EXAMPLE ALIAS"]
    assert person.relations[0].to.name == "EXAMPLE SHIP"
    assert person.designations[0].links == ("http://bit.ly/1I7ipyR", "http://bit.ly/1MLgpye")
    assert person.origins == (sl.Origin(member="<bytes>", path="results[0]"),)
    assert found.audit.issues == ()
    assert found.editions[0].format == "us-csl-json"


def test_country_beside_addresses() -> None:
    """`country` is that of a party without addresses, and said once where an address has it."""
    found = read(
        as_json(
            {**row(1), "country": "CN"},
            {**row(2), "country": "CN", "addresses": [{"city": "Beijing", "country": "CN"}]},
            *others("EL"),
        )
    )
    assert [one.text for one in found[f"{1:040x}"].addresses] == ["CN"]
    assert [one.text for one in found[f"{2:040x}"].addresses] == ["Beijing, CN"]


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (as_json(), sl.UnknownFormatError, "begins with"),
        (as_json(*others("SDN")), sl.IncompleteEditionError, "any entry of the SDN List"),
        (as_json(PERSON, *others("SDN"), total=17_000), sl.IncompleteEditionError, "17000"),
        (GOOD.replace(b'"results"', b'"hits"'), sl.StructureChangedError, '"results"'),
        (
            GOOD.replace(b'"title":', b'"type":', 1),
            sl.StructureChangedError,
            "'type' stands|key type",
        ),
        (GOOD.replace(b"null,", b"nul,", 1), sl.ParseError, "well-formed"),
        (GOOD.replace(b'"AF"', b"[" * 99_999), sl.StructureChangedError, "nested too deep"),
    ],
)
def test_whole_file_faults(data: bytes, error: type[sl.SanctionsError], says: str) -> None:
    """Each fault of a whole file has its own error, which names it and says what to do."""
    with pytest.raises(error, match=says) as caught:
        read(data)
    assert caught.value.hint


def test_long_number() -> None:
    """A number is the text that is printed, however long."""
    found = read(GOOD.replace(b'"A1"', b"9" * 10_000))
    assert found["1"].identifiers[1].value == "9" * 10_000


def test_entry_that_is_none() -> None:
    """Something else among the results is rejected, with its values."""
    document = json.loads(GOOD)
    document["results"].append(["EXAMPLE", 1])
    with pytest.warns(sl.FaultyEntriesWarning):
        found = read(json.dumps(document).encode())
    (issue,) = found.audit.issues
    assert issue.kind is sl.IssueKind.REJECTED
    assert [value for _, value in issue.record or ()] == ["EXAMPLE", "1"]


def test_two_keys() -> None:
    """The JSON has `id` and the CSV `_id`; where an entry has both, the other one is kept."""
    with pytest.warns(sl.FaultyEntriesWarning):
        found = read(as_json({**PERSON, "_id": "1", "id": "77"}, *others("SDN")))
    assert [(one.label, one.value) for one in found["1"].features if one.kind is None] == [
        ("id", "77")
    ]


def test_a_list_at_the_top() -> None:
    """The results alone are read as well."""
    found = read(json.dumps(json.loads(GOOD)["results"]).encode())
    assert len(found) == len(read(GOOD))


def test_the_whole_csv_in_this_form(lists: Path) -> None:
    """The list of May 2022, put into the form of the JSON, says the same but for the addresses."""
    path = lists / "us_trade_csl" / "consolidated_2022-05.csv"
    with path.open(encoding="utf-8", newline="") as file:
        results = [in_json(one) for one in csv.DictReader(file)]
    found = sl.read(as_json(*results), published=DAY)
    expected = sl.read(path, published=DAY)
    assert found.audit.issues == ()
    assert [one.id for one in found] == [one.id for one in expected]
    for one, other in zip(found, expected, strict=True):
        assert one.names == other.names
        assert one.designations == other.designations
        assert one.features == other.features
        assert [number.value for number in one.identifiers] == [
            number.value for number in other.identifiers
        ]
        assert {address.country for address in one.addresses} == {
            address.country for address in other.addresses
        }


def in_json(row: dict[str, str]) -> dict[str, object]:
    made: dict[str, object] = {name: text or None for name, text in row.items() if name != "_id"}
    made |= {name: [one for one in row[name].split("; ") if one] for name in _PLURAL}
    items = [dict(item) for item in ids(row["ids"])] if row["ids"] else []
    for item in items:
        if "date" in item:
            item["expiration_date"] = item.pop("date")
    return {"id": row["_id"], **made, "ids": items, "addresses": addresses(row["addresses"])}
