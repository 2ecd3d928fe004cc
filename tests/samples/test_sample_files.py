"""The files of the sample: official formats, official words, and marked as samples.

The enhanced files are held against the classic sample, which is held against SDN.CSV of that day,
and against whole official files where `SANCTIONSLIB_LISTS` has them.
"""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

import sanctionslib as sl
from sanctionslib.errors import NotFoundError
from sanctionslib.samples import open_sample, sample_name, sample_names

DAYS = ("2021-12-10", "2021-12-09")
ENHANCED = [(day, list_id) for day in DAYS for list_id in ("us_ofac_sdn", "us_ofac_cons")]
EARLIER = ("29159", "31493", "33946")
NS = "{https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML}"
LINKED_TO = ("1", "RELATIONSHIP TYPE", "Linked To")
"""The one reference value that is ours."""


def _root(day: str, list_id: str) -> etree._Element:
    return etree.fromstring(open_sample(day, list_id=list_id))


def _values(root: etree._Element) -> set[tuple[str, str, str]]:
    return {
        (one.get("refId") or "", one.findtext(f"{NS}type", ""), one.findtext(f"{NS}value", ""))
        for one in root.iter(f"{NS}referenceValue")
    }


def _entities(data: bytes) -> dict[str, str]:
    """The text of each entity, its line ends as ours."""
    text = data.decode().replace("\r\n", "\n")
    found = re.findall(r'( *<entity id="(\d+)">.*?</entity>)', text, re.DOTALL)
    return {key: entity for entity, key in found}


@pytest.mark.parametrize(("day", "list_id"), ENHANCED)
def test_enhanced_files_say_that_they_are_samples(day: str, list_id: str) -> None:
    """The instruction stands right after the XML declaration, and a comment says it in words."""
    lines = open_sample(day, list_id=list_id).decode().splitlines()
    assert lines[0] == '<?xml version="1.0" encoding="utf-8"?>'
    assert lines[1] == '<?sanctionslib scope="sample"?>'
    comment = " ".join(" ".join(lines[2:6]).split())
    assert comment.startswith("<!-- A sample ")
    assert "not the official file and not complete" in comment


@pytest.mark.parametrize(("day", "list_id"), ENHANCED)
def test_enhanced_files_fit_the_schema(lists: Path, day: str, list_id: str) -> None:
    """The files have the structure of the official enhanced format."""
    schema = etree.XMLSchema(etree.parse(str(lists / "schemas/ofac_ENHANCED_XML.xsd")))
    schema.assertValid(_root(day, list_id))


@pytest.mark.parametrize(("day", "list_id"), ENHANCED)
def test_reference_values_are_the_official_ones(lists: Path, day: str, list_id: str) -> None:
    """Every number with its word stands in one of OFAC's own files, but for `Linked To`."""
    official: set[tuple[str, str, str]] = set()
    for name in (
        "us_ofac_sdn/SDN_ENHANCED_program_IRGC_2024-08-28.xml",
        "us_ofac_cons/CONS_ENHANCED_2025-01-10.xml",
    ):
        official |= _values(etree.parse(str(lists / name)).getroot())
    ours = _values(_root(day, list_id))
    assert ours
    assert ours - official == ({LINKED_TO} if list_id == "us_ofac_sdn" else set())


@pytest.mark.parametrize(("day", "list_id"), ENHANCED)
def test_what_is_used_is_declared(day: str, list_id: str) -> None:
    """Each number that an entity uses is among the reference values, with the same word."""
    root = _root(day, list_id)
    declared = {key: word for key, _, word in _values(root)}
    used = [one for one in root.find(f"{NS}entities").iter() if one.get("refId") is not None]
    assert used
    assert {(one.get("refId"), one.text) for one in used} <= set(declared.items())
    assert {one.get("refId") for one in used} | {
        one.text for one in root.iter(f"{NS}valueRefId")
    } <= declared.keys()
    labels = {
        (one.get("featureTypeId"), one.findtext(f"{NS}type"))
        for one in root.iter(f"{NS}featureType")
    }
    types = [one for one in root.iter(f"{NS}type") if one.get("featureTypeId") is not None]
    assert {(one.get("featureTypeId"), one.text) for one in types} == labels


def test_the_enhanced_file_says_what_the_classic_one_says() -> None:
    """Name by name and fact by fact, the two formats of one day agree."""
    classic = sl.read(open_sample(), list_id="us_ofac_sdn")
    enhanced = sl.read(open_sample(list_id="us_ofac_sdn"))
    assert {one.source_id for one in enhanced} - {one.source_id for one in classic} == {
        "31493",
        "33946",
    }
    for one in classic:
        other = enhanced[one.source_id]
        assert type(other) is type(one)
        assert _stated(other) == _stated(one)


def _stated(one: sl.Entity) -> dict[str, object]:
    """What both formats state of a party."""
    found: dict[str, object] = {
        "programs": one.programs,
        "names": {(each.text, each.kind, each.strength) for each in one.names},
        # OFAC's number of an address; the enhanced format has a further one for each script of it.
        "addresses": [(each.text, each.group_id or each.source_id) for each in one.addresses],
        "identifiers": [(each.value, each.kind, each.country) for each in one.identifiers],
        "features": {(each.label, each.value, each.kind) for each in one.features},
        "relations": [(each.to.name, each.kind) for each in one.relations],
    }
    if isinstance(one, sl.Organization):
        found |= {"established": one.established, "types": one.types}
    if isinstance(one, sl.Person):
        found |= {
            "births": [
                (each.date, each.date and each.date.raw, each.place, each.primary)
                for each in one.births
            ],
            "nationalities": [each.country for each in one.nationalities],
            "citizenships": [each.country for each in one.citizenships],
            "genders": one.genders,
            "titles": one.titles,
        }
    return found


def test_earlier_entries_are_the_same_on_both_days() -> None:
    """The entries of the day before stand in the next day's file, letter by letter."""
    for list_id, keys in (("us_ofac_sdn", EARLIER), ("us_ofac_cons", ("30946",))):
        before, after = (_entities(open_sample(day, list_id=list_id)) for day in DAYS[::-1])
        assert tuple(before) == keys
        assert {key: after[key] for key in keys} == before


def test_two_officials_listed_before(lists: Path) -> None:
    """Chen and Kandiho are as in SDN.CSV of the day before, without the number of a passport."""
    with (lists / "us_ofac_sdn/SDN_2021-12-09.csv").open(encoding="latin-1", newline="") as file:
        rows = {row[0]: row for row in csv.reader(file) if len(row) > 1}
    sdn = sl.read(open_sample("2021-12-09", list_id="us_ofac_sdn"))
    assert set(sdn) == {sdn[key] for key in EARLIER}
    for key in EARLIER:
        one, row = sdn[key], [cell.strip() for cell in rows[key]]
        assert (one.name, "+".join(one.programs)) == (row[1], row[3])
        stated_here = {f"Linked To: {each.to.name}" for each in one.relations}
        if isinstance(one, sl.Person):
            stated_here |= {f"DOB {each.date.raw}" for each in one.births if each.date is not None}
            stated_here |= {
                f"POB {each.place.text}" for each in one.births if each.place is not None
            }
            stated_here |= {f"nationality {each.country}" for each in one.nationalities}
            stated_here |= {f"Gender {each.value.title()}" for each in one.genders}
        stated = set() if row[11] == "-0-" else set(row[11].removesuffix(".").split("; "))
        left_out = {each for each in stated if each.startswith("Passport ")}
        assert stated - left_out == stated_here
        assert len(left_out) == (key == "33946")
        for each in left_out:
            number = each.removeprefix("Passport ").split()[0]
            assert number.encode() not in open_sample(list_id="us_ofac_sdn")


def test_entries_of_the_other_lists_are_official(lists: Path) -> None:
    """SenseTime and Hikvision are OFAC's own entries, SenseTime's of 2019 is trade.gov's own row."""
    official = _entities((lists / "us_ofac_cons/CONS_ENHANCED_2025-01-10.xml").read_bytes())
    ours = _entities(open_sample(list_id="us_ofac_cons"))
    assert ours == {key: official[key] for key in ("30946", "33114")}
    rows = (lists / "us_trade_csl/consolidated_2022-05.csv").read_text("utf-8-sig").splitlines()
    header, row = open_sample(list_id="us_trade_csl").decode().splitlines()
    assert (header, rows.count(row)) == (rows[0], 1)


@pytest.mark.parametrize("day", DAYS)
def test_united_kingdom_is_official(lists: Path, day: str) -> None:
    """Each cell is that of OFSI's workbook of April 2025, but for two columns, as README.md says."""
    book = load_workbook(lists / "gb_hmt_sanctions/ConList_2025-04-10.xlsx", read_only=True)
    _, header, *official = [[one or "" for one in row] for row in book.worksheets[0].values]
    book.close()
    keys = {"14163", "14164", "14165", "14166", "14167", "14074"} if day == DAYS[0] else {"14074"}
    whole = [row for row in official if row[-1] in keys]
    data = open_sample(day, list_id="gb_hmt_sanctions").decode()
    titles, mark, columns, *ours = csv.reader(io.StringIO(data))
    assert titles == ["Last Updated", "/".join(reversed(day.split("-")))]
    assert mark[0] == '<?sanctionslib scope="sample"?>'
    assert "not the official file and not complete" in mark[1]
    assert (columns, len(ours)) == (header, len(whole))
    number, updated = header.index("National Identification Number"), header.index("Last Updated")
    for row, cells in zip(whole, ours, strict=True):
        assert cells[number] == ""
        if row[number]:
            assert str(row[number]) not in data
        if row[updated] == "11/11/2022":  # later than the sample: the day of listing
            row[updated] = row[header.index("Listed On")]
        row[number] = ""
        assert cells == row


@pytest.mark.parametrize("day", DAYS)
def test_canada_is_official(lists: Path, day: str) -> None:
    """Each record stands in Canada's file of 2025, letter by letter: those of the day, and one."""
    official = (lists / "ca_dfatd_sema_sanctions/sema-lmes_2025.xml").read_text("utf-8")
    data = open_sample(day, list_id="ca_dfatd_sema_sanctions").decode()
    assert data.splitlines()[1] == '<?sanctionslib scope="sample"?>'
    assert "not the official file and not complete" in " ".join(data.split())
    whole, ours = (re.findall(r"(?s)<record>.*?</record>", one) for one in (official, data))
    of_day = [one for one in whole if f"<DateOfListing>{DAYS[0]}<" in one]
    assert ours[1:] == (of_day if day == DAYS[0] else [])
    assert ours[0] in whole
    assert "<GivenName>Mingguo<" in ours[0]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("list_id", ["gb_hmt_sanctions", "ca_dfatd_sema_sanctions"])
def test_whoever_reads_it_is_told_that_it_is_a_sample(day: str, list_id: str) -> None:
    """The mark is in the file, so that `read` sees it too."""
    (edition,) = sl.read(open_sample(day, list_id=list_id), published=day).editions
    assert (edition.list_id, edition.scope) == (list_id, sl.Scope.SAMPLE)
    assert str(edition.published) == day


@pytest.mark.parametrize("day", DAYS)
def test_our_own_file(day: str) -> None:
    """The list of the Department of State is our JSON Lines, which says that it is a sample."""
    data = open_sample(day, list_id="us_klepto_hr_visa")
    envelope, *entities = map(json.loads, data.decode().splitlines())
    assert envelope["schema"] == "sanctionslib/entities/1"
    (edition,) = envelope["editions"]
    assert (edition["list_id"], edition["published"]) == ("us_klepto_hr_visa", day)
    assert edition["scope"] == "sample"
    assert envelope["count"] == len(entities) == (12 if day == "2021-12-10" else 0)
    assert len(sl.read(data)) == len(entities)


def test_a_bare_csv_is_no_list() -> None:
    """The CSV cannot say what it is: read by itself, it is refused as incomplete."""
    data = open_sample(list_id="us_trade_csl")
    with pytest.raises(sl.IncompleteEditionError):
        sl.read(data, published="2021-12-10")


def test_names() -> None:
    """Files have the names of their lists and days; what is not there is refused with what is."""
    assert sample_name() == "us_ofac_sdn_2021-12-10.xml"
    for day in DAYS:
        for list_id, name in sample_names(day).items():
            assert name.startswith(f"{list_id}_2021-12")
            assert open_sample(day, list_id=list_id)
    with pytest.raises(NotFoundError) as caught:
        open_sample("2021-12-09")
    assert caught.value.suggestions == ("2021-12-10",)
    with pytest.raises(NotFoundError) as caught:
        open_sample("2021-12-08", list_id="us_ofac_sdn")
    assert caught.value.suggestions == DAYS
    with pytest.raises(NotFoundError) as caught:
        open_sample(list_id="un_sc_sanctions")
    assert caught.value.suggestions == tuple(sample_names())
