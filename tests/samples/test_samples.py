"""The bundled sample says what OFAC published, and says that it is a sample.

Read with lxml alone, so that a fault of the library's own parser cannot hide a fault of the sample.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from sanctionslib.samples import open_sample

NS = {"o": "http://tempuri.org/sdnList.xsd"}
XPSB = "29159"
PERSONAL = ("Passport ", "National ID No. ")
NOTHING = "-0-"  # how OFAC's flat files write an empty field


@pytest.fixture(scope="module")
def root() -> etree._Element:
    return etree.fromstring(open_sample())


@pytest.fixture(scope="module")
def entries(root: etree._Element) -> dict[str, etree._Element]:
    return {text(entry, "uid"): entry for entry in root.iterfind("o:sdnEntry", NS)}


@pytest.fixture
def official(lists: Path, entries: dict[str, etree._Element]) -> dict[str, list[str]]:
    """The rows of the official SDN.CSV of that day, by uid, for the entries of the sample."""
    rows = flat_file(lists / "us_ofac_sdn/SDN_2021-12-10.csv")
    return {row[0]: row for row in rows if row[0] in entries}


def text(element: etree._Element, path: str) -> str:
    found = element.findtext("/".join(f"o:{step}" for step in path.split("/")), "", NS)
    assert isinstance(found, str)
    return found


def texts(element: etree._Element, path: str) -> list[str]:
    steps = "/".join(f"o:{step}" for step in path.split("/"))
    return [found.text or "" for found in element.iterfind(steps, NS)]


def name(element: etree._Element) -> str:
    """The name as OFAC prints it: "LAST, First", or the name of an entity."""
    return ", ".join(filter(None, (text(element, "lastName"), text(element, "firstName"))))


def links(entry: etree._Element) -> list[str]:
    remarks = text(entry, "remarks")
    if not remarks:
        return []
    assert re.fullmatch(r"\(Linked To: [^()]+\)", remarks)
    return [part.removeprefix("Linked To: ") for part in remarks[1:-1].split("; ")]


def flat_file(path: Path) -> list[list[str]]:
    with path.open(encoding="latin-1", newline="") as file:
        # OFAC ends the file with 0x1A: a row of one field.
        return [[field.strip() for field in row] for row in csv.reader(file) if len(row) > 1]


def segments(row: list[str]) -> list[str]:
    remarks = row[11]
    return [] if remarks == NOTHING else remarks.removesuffix(".").split("; ")


def test_says_that_it_is_a_sample() -> None:
    """The instruction stands right after the XML declaration, and a comment says it in words."""
    lines = open_sample().decode().splitlines()
    assert lines[0] == '<?xml version="1.0" standalone="yes"?>'
    assert lines[1] == '<?sanctionslib scope="sample"?>'
    assert lines[2].startswith("<!-- A sample written by the sanctionslib project")
    comment = " ".join(" ".join(lines[2:5]).split())
    assert "not the official file and not complete" in comment
    assert comment.endswith("-->")


def test_the_file_is_as_official_ones_are(
    root: etree._Element, entries: dict[str, etree._Element]
) -> None:
    """It declares what it holds, entries ascend, absent values are absent elements.

    No number stands for two things, and our own numbers are 1 to 97.
    """
    assert text(root, "publshInformation/Publish_Date") == "12/10/2021"
    assert text(root, "publshInformation/Record_Count") == "26"
    assert len(root.findall("o:sdnEntry", NS)) == len(entries) == 26
    assert list(entries) == sorted(entries, key=int)
    uids = [int(uid.text or "") for uid in root.iter(f"{{{NS['o']}}}uid")]
    assert len(uids) == len(set(uids))
    assert sorted(uid for uid in uids if uid < 20_000) == list(range(1, 98))
    for element in root.iter(etree.Element):
        assert len(element) or (element.text or "").strip(), element.tag


def test_entries_are_as_official_ones_are(entries: dict[str, etree._Element]) -> None:
    """Individuals alone have a given name, birth and gender; the first of a list is the main one."""
    for entry in entries.values():
        is_person = text(entry, "sdnType") == "Individual"
        assert bool(text(entry, "firstName")) is is_person
        assert bool(texts(entry, "dateOfBirthList/dateOfBirthItem/dateOfBirth")) is is_person
        assert ("Gender" in texts(entry, "idList/id/idType")) is is_person
        for path in (
            "nationalityList/nationality",
            "citizenshipList/citizenship",
            "dateOfBirthList/dateOfBirthItem",
            "placeOfBirthList/placeOfBirthItem",
        ):
            flags = texts(entry, f"{path}/mainEntry")
            assert len(flags) == len(texts(entry, path))
            assert flags == ["true", *["false"] * (len(flags) - 1)][: len(flags)]


def test_types_and_programs(entries: dict[str, etree._Element]) -> None:
    """The action of the day is 10 entities and 15 individuals; the bureau comes on top."""
    assert Counter(text(entry, "sdnType") for entry in entries.values()) == {
        "Entity": 10 + 1,
        "Individual": 15,
    }
    programs = Counter(p for e in entries.values() for p in texts(e, "programList/program"))
    assert programs == {"GLOMAG": 9 + 1, "BURMA-EO14014": 7, "DPRK3": 7, "DPRK2": 2}
    assert text(entries[XPSB], "lastName") == "XINJIANG PUBLIC SECURITY BUREAU"


def test_links_lead_to_one_entry(entries: dict[str, etree._Element]) -> None:
    """Each of the 13 links names the primary name of exactly one entry of the file."""
    names = Counter(name(entry) for entry in entries.values())
    targets = [target for entry in entries.values() for target in links(entry)]
    assert len(targets) == 13
    assert all(names[target] == 1 for target in targets)
    assert Counter(targets) == {
        "RAPID ACTION BATTALION": 6,
        "SEK STUDIO": 3,
        "XINJIANG PUBLIC SECURITY BUREAU": 2,
        "EUROPEAN INSTITUTE JUSTO": 1,
        "LU, Hezheng": 1,
    }


def test_one_entity_and_one_person_in_full(entries: dict[str, etree._Element]) -> None:
    """The Rapid Action Battalion and Ri Yong Gil read as a person copied them from the list."""
    rab = entries["33951"]
    assert [
        (text(item, "idType"), text(item, "idNumber")) for item in rab.iterfind("o:idList/o:id", NS)
    ] == [("Organization Established Date", "26 Mar 2004"), ("Target Type", "Government Entity")]
    assert texts(rab, "akaList/aka/lastName") == ["RAB FORCES"]
    assert {
        etree.QName(part).localname: part.text
        for part in rab.iterfind("o:addressList/o:address/*", NS)
    } == {
        "uid": "50871",
        "address1": "RAB Forces Headquarters, Cargo Admin Building",
        "address2": "Shahjalal International Airport",
        "address3": "Kurmitola",
        "city": "Dhaka",
        "postalCode": "1229",
        "country": "Bangladesh",
    }

    ri = entries["33936"]
    assert name(ri) == "RI, Yong Gil"
    assert texts(ri, "dateOfBirthList/dateOfBirthItem/dateOfBirth") == [
        "01 Jan 1955 to 31 Dec 1955"
    ]
    assert texts(ri, "nationalityList/nationality/country") == ["Korea, North"]
    assert [name(aka) for aka in ri.iterfind("o:akaList/o:aka", NS)] == [
        "RI, Yong Gi",
        "RI, Yo'ng-kil",
        "YI, Yo'ng-kil",
    ]


def test_validates_against_the_schema(lists: Path) -> None:
    """The sample has the structure of the official classic format."""
    path = lists / "schemas/DERIVED_ofac_classic_tempuri_sdnList.xsd"
    schema = etree.XMLSchema(etree.parse(str(path)))
    schema.assertValid(etree.fromstring(open_sample()))


def test_names_programs_titles_and_links_are_the_official_ones(
    entries: dict[str, etree._Element], official: dict[str, list[str]]
) -> None:
    """For each uid, name, type, programs, title and links are those of SDN.CSV of that day."""
    assert official.keys() == entries.keys()
    for uid, row in official.items():
        entry = entries[uid]
        assert name(entry) == row[1]
        assert text(entry, "sdnType") == ("Individual" if row[2] == "individual" else "Entity")
        assert texts(entry, "programList/program") == row[3].split("] [")
        assert (text(entry, "title") or NOTHING) == row[4]
        linked = [s for s in segments(row) if s.startswith("Linked To: ")]
        assert [f"Linked To: {target}" for target in links(entry)] == linked


def test_remarks_are_carried_but_for_personal_documents(
    entries: dict[str, etree._Element], official: dict[str, list[str]]
) -> None:
    """Each segment of the official remarks is here, except numbers of personal documents."""
    left_out = []
    for uid, row in official.items():
        entry = entries[uid]
        carried = [f"Linked To: {target}" for target in links(entry)]
        carried += filter(None, [text(entry, "title")])
        carried += [f"DOB {t}" for t in texts(entry, "dateOfBirthList/dateOfBirthItem/dateOfBirth")]
        carried += [
            f"POB {t}" for t in texts(entry, "placeOfBirthList/placeOfBirthItem/placeOfBirth")
        ]
        carried += [f"nationality {t}" for t in texts(entry, "nationalityList/nationality/country")]
        carried += [f"citizen {t}" for t in texts(entry, "citizenshipList/citizenship/country")]
        for item in entry.iterfind("o:idList/o:id", NS):
            country = text(item, "idCountry")
            carried.append(
                f"{text(item, 'idType')} {text(item, 'idNumber')}"
                + (f" ({country})" if country else "")
            )
        for aka in entry.iterfind("o:akaList/o:aka", NS):
            if text(aka, "category") == "weak":
                carried.append(f"{text(aka, 'type')} '{name(aka)}'")
        left_out += [s for s in segments(row) if s.startswith(PERSONAL)]
        assert sorted(carried) == sorted(s for s in segments(row) if not s.startswith(PERSONAL))

    assert len(left_out) == 13
    sample = open_sample().decode()
    for segment in left_out:
        number = re.sub(r"^(Passport|National ID No\.) (\S+) .*", r"\2", segment)
        assert number not in sample


def test_strong_aliases_and_addresses_are_the_official_ones(
    lists: Path, entries: dict[str, etree._Element]
) -> None:
    """Aliases and addresses, with their numbers, are the rows of ALT.CSV and ADD.CSV."""
    folder = lists / "us_ofac_sdn/delimited_2023-12-28"
    aliases = [
        [uid, text(aka, "uid"), "aka", name(aka)]
        for uid, entry in entries.items()
        for aka in entry.iterfind("o:akaList/o:aka", NS)
        if text(aka, "category") == "strong"
    ]
    assert aliases == [row[:4] for row in flat_file(folder / "ALT.CSV") if row[0] in entries]
    assert len(aliases) == 40 + 4

    addresses = []
    for uid, entry in entries.items():
        for address in entry.iterfind("o:addressList/o:address", NS):
            lines = filter(None, (text(address, f"address{i}") for i in (1, 2, 3)))
            city = filter(None, (text(address, "city"), text(address, "stateOrProvince")))
            place = f"{', '.join(city)} {text(address, 'postalCode')}".strip()
            addresses.append(
                [
                    uid,
                    text(address, "uid"),
                    ", ".join(lines) or NOTHING,
                    place or NOTHING,
                    text(address, "country"),
                ]
            )
    assert addresses == [row[:5] for row in flat_file(folder / "ADD.CSV") if row[0] in entries]
    assert len(addresses) == 27 + 1
