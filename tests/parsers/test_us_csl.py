"""The Consolidated Screening List, CSV and JSON: its peculiarities, and the list of May 2022."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from csl_files import DAY, SOURCES, as_csv, as_json, rest, row

import sanctionslib as sl
from sanctionslib.parsers.us.csl_cells import addresses, ids
from sanctionslib.parsers.us.notices import citations

Found = sl.SanctionsList[sl.Entity]


def read(*rows: dict[str, object]) -> Found:
    """The rows as CSV, or as JSON if one has a value that is not text; with all other lists."""
    codes = [code for code, source in SOURCES.items() if source in {one["source"] for one in rows}]
    others = rest(*codes)
    if all(isinstance(value, str) for one in rows for value in one.values()):
        return sl.read(as_csv(*rows, *others), published=DAY)
    needed = {"federal_register_notice": None, "source_list_url": None}
    return sl.read(as_json(*rows, *[{**one, **needed} for one in others]), published=DAY)


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("A ONE; and B TWO", [("A ONE", "aka", None), ("B TWO", "aka", 'printed as "and B TWO"')]),
        ("A ONE;B TWO", [("A ONE", "aka", None), ("B TWO", "aka", None)]),
        ("-A ONE; B-TWO", [("A ONE", "aka", 'printed as "-A ONE"'), ("B-TWO", "aka", None)]),
        ("f.k.a. A ONE", [("A ONE", "fka", 'printed as "f.k.a. A ONE"')]),
        ("and F.K.A. A ONE", [("A ONE", "fka", 'printed as "and F.K.A. A ONE"')]),
        ("A ONE; and; B TWO", [("A ONE", "aka", 'followed by "and"'), ("B TWO", "aka", None)]),
        ("Andes; ANDA FKA", [("Andes", "aka", None), ("ANDA FKA", "aka", None)]),
    ],
)
def test_aliases_of_a_sentence(printed: str, names: list[tuple[str, str, str | None]]) -> None:
    """The words between the aliases of Commerce are kept in a note."""
    found = read(row(1, "EL", _id="a", alt_names=printed))
    aliases = found["a"].names[1:]
    assert [(one.text, one.kind.value, one.note) for one in aliases if one.kind] == names


def test_aliases_of_treasury_are_unchanged() -> None:
    """OFAC's aliases are not sentences: their first words belong to them."""
    found = read(row(1, "SDN", alt_names="and SO ON; -DASH"))
    assert [one.text for one in found["1"].names[1:]] == ["and SO ON", "-DASH"]


def test_list_that_we_do_not_know() -> None:
    """Its words are kept as the name of the list, and counted; by its code a known one is found."""
    words = "Example List (XL) - Example Department"
    found = read(row(1, source=words), row(2, source="Entity List (EL) - Another Department"))
    assert [(one.vocabulary, one.code) for one in found.audit.unknown_codes] == [("list", words)]
    new, known = found[f"{1:040x}"], found[f"{2:040x}"]
    assert (new.listings[0].list_name, new.designations[0].authority) == (words, None)
    assert len(found.where(named_list=words)) == 1
    assert known.listings[0].list_name == "Entity List"


@pytest.mark.parametrize(
    ("given", "key", "kept"),
    [
        (row(2, "SDN", _id="3"), "2", [("_id", "3")]),
        ({**row(2, "SDN"), "_id": None, "id": 2}, "2", []),
        ({**row(2, "SDN"), "_id": 2, "id": 77}, "2", [("id", "77")]),
        (row(2, "EL", _id="a", entity_number="77"), "a", [("entity_number", "77")]),
    ],
)
@pytest.mark.filterwarnings("ignore::sanctionslib.errors.FaultyEntriesWarning")
def test_agency_of_a_key(given: dict[str, object], key: str, kept: list[tuple[str, str]]) -> None:
    """OFAC's uid is the key of Treasury's entries, the hash that of others; any other key is kept."""
    found = read(given)
    assert found[key].id_space == ("ofac" if key == "2" else "")
    assert [(one.label, one.value) for one in found[key].features] == kept
    assert [issue.where.path for issue in found.audit.issues] == [path for path, _ in kept]


def test_lost_letters() -> None:
    """A "?" in names and addresses is kept and counted: upstream it was a letter."""
    found = read(row(1, name="A?", alt_names="B?; C", addresses="1 D? Street, Dhaka, BD"))
    assert [(one.code, one.count) for one in found.audit.unknown_codes] == [("?", 3)]


def test_the_same_row_twice() -> None:
    """A row that is there a second time is reported, and makes no second party."""
    with pytest.warns(sl.errors.FaultyEntriesWarning):
        found = read(row(1), row(1))
    assert [issue.kind for issue in found.audit.issues] == [sl.answers.IssueKind.DUPLICATE_ID]
    assert (found.audit.read, found.audit.converted) == (12, 11)


def test_country_outside_addresses() -> None:
    """`country` is that of a party without addresses; with an address it is kept once."""
    in_beijing = [{"city": "Beijing", "country": "CN"}]
    found = read(
        {**row(1), "country": "CN", "addresses": []},
        {**row(2), "country": "CN", "addresses": in_beijing},
        {**row(3), "country": "BD", "addresses": in_beijing},
    )
    texts = [[one.text for one in found[f"{at:040x}"].addresses] for at in (1, 2, 3)]
    assert texts == [["CN"], ["Beijing, CN"], ["Beijing, CN", "BD"]]


@pytest.mark.parametrize(
    ("text", "address", "country"),
    [
        ("1 First Street, Dhaka, 1229, BD", "1 First Street, Dhaka, 1229", "BD"),
        ("BD", None, "BD"),
        ("Iran", None, "Iran"),
        ("50 Road, Beijing, China", "50 Road, Beijing", "China"),
        ("EL PASO, TX, 79905", "EL PASO, TX, 79905", None),
        ("SEOUL, Korea, North", "SEOUL", "Korea, North"),
        ("ANTHONY, 88021, NM", "ANTHONY, 88021, NM", None),
        ("Ostrov 363 01 Czech Republic", "Ostrov 363 01 Czech Republic", None),
    ],
)
def test_addresses(text: str, address: str | None, country: str | None) -> None:
    """The country at the end is read, by code or by name; the rest stays together."""
    found = addresses(text)[0]
    assert (found.get("address"), found.get("country")) == (address, country)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "JO, 2014-08-30, 2009-08-31, K1, Passport",
            {"country": "JO", "expiration_date": "2014-08-30", "issue_date": "2009-08-31"},
        ),
        ("2017-08-21, K1, Driver's License No.", {"note": "issued or expires: 2017-08-21"}),
        ("CA, Passport", {"number": "CA"}),  # the only part is the number
        ("X, Y, Passport", {"number": "X, Y"}),
        ("04 Jul 1996, Organization Established Date", {"number": "04 Jul 1996"}),
        ("K1, Certificate of the Unknown", {}),
    ],
)
def test_ids(text: str, parts: dict[str, str]) -> None:
    """The parts of an item are recognised by their form and by its label."""
    label = text.rpartition(", ")[2]
    assert ids(text) == [{"type": label, "number": "K1"} | parts]


def test_ids_without_a_label_of_ours() -> None:
    """They become Features without kind and are counted under the label."""
    found = read(row(1, "SDN", ids="5, Certificate of the Unknown; no comma"))
    stated = [("Certificate of the Unknown", "5"), ("ids", "no comma")]
    assert [(one.label, one.value) for one in found["1"].features if one.kind is None] == stated
    assert {(one.label, one.sample) for one in found.audit.unmapped} == set(stated)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("84 FR 54002; 85 FR 34505; 85 FR 44159", 3),
        ("68 F.R. 38290 6/27/03 71 F.R. 38843 7/10/06 72 F.R. 4236 1/30/07", 3),
        ("46 F.R. 46154 9/17/81 and 46 F.R. 19290 3/30/81", 2),
        ("82 F.R. 16788, 16789 4/6/2017", 1),
        ("81.F.R. 40658 6/22/2016", 1),
        ("85 F.R. 34405 6/4/2020,85 F.R. 77147 12/1/2020. 88 F.R. 30078 5/10/2023", 3),
        ("Notice 8030, Vol. 77, No. 195, 10/09/12", 1),
        ("", 0),
    ],
)
def test_citations(text: str, count: int) -> None:
    """A citation begins at its volume; letters and digits are all there, in their order."""
    found = citations(text)
    assert len(found) == count
    assert bare("".join(found)) == bare(text.replace(" and ", " "))


def bare(text: str) -> str:
    """The letters and digits."""
    return "".join(filter(str.isalnum, text))


# ── is it complete? ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("write", [as_csv, as_json])
def test_a_list_that_is_not_there(write: Callable[..., bytes]) -> None:
    """A file without any entry of a list raises; with partial=True the edition lists the gap."""
    needed = {"federal_register_notice": "1 FR 1", "source_list_url": "x"}
    data = write(*[{**one, **needed} for one in rest("SDN", "DPL")])
    missing = ("any entry of the Denied Persons List", "any entry of the SDN List")
    with pytest.raises(sl.IncompleteEditionError, match=" and without ".join(missing)):
        sl.read(data, published=DAY)
    with pytest.warns(sl.errors.FaultyEntriesWarning):
        found = sl.read(data, published=DAY, partial=True)
    (edition,) = found.editions
    assert edition.missing == missing
    assert all(one.edition is edition for one in found)
    assert "SDN List" not in (edition.lists or ())
    with pytest.raises(sl.NotStatedError, match="SDN List"):
        found.where(named_list="SDN")


def test_json_with_a_total() -> None:
    """The search of trade.gov declares how many entries there are, of which a page has fewer."""
    with pytest.raises(sl.IncompleteEditionError, match="17000"):
        sl.read(as_json(row(1), total=17_000, federal_register_notice="", source_list_url=""))


def test_what_silence_settles() -> None:
    """A list that the file has completely is not inferred from labels, nor listed as missing."""
    found = read(row(1, "SDN", programs="CMIC-EO13959"), row(2, "FSE"), row(3, "NS-MBS List"))
    explained = found.why("1")
    assert explained.inferred == ()
    stated = next(one.alternative_source for one in explained.unstated if one.fact is sl.Fact.LIST)
    assert stated == "lists other than the 13 that it holds: the list's own publisher"


# ── the complete list ─────────────────────────────────────────────────────────────────────────


@cache
def whole(path: Path) -> Found:
    return sl.read(path, published=DAY)


@pytest.fixture
def path(lists: Path) -> Path:
    return lists / "us_trade_csl" / "consolidated_2022-05.csv"


@pytest.fixture
def rows(path: Path) -> list[dict[str, str]]:
    """The rows as the standard library alone reads them."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_rows(path: Path) -> None:
    """14,160 rows, of which 112 belong to a party that has one already; nothing is rejected."""
    csl = whole(path)
    assert (csl.audit.read, csl.audit.converted, csl.audit.issues) == (14_160, 14_048, ())
    assert Counter(len(one.origins) for one in csl if len(one.origins) > 1).total() == 71
    assert all(len(one.designations) == len(one.origins) for one in csl)
    assert all((type(one) is sl.Entity) != (one.id_space == "ofac") for one in csl)


def test_lists(path: Path) -> None:
    """Thirteen lists, each with the rows that its words have in the file, and who keeps it."""
    csl = whole(path)
    expected = [
        ("OFAC", "SDN List", 10_026),
        ("BIS", "Entity List", 2_001),
        ("DDTC", "ITAR Debarred", 727),
        ("BIS", "Denied Persons List", 462),
        ("OFAC", "Sectoral Sanctions Identifications List", 290),
        ("BIS", "Unverified List", 201),
        ("ISN", "Nonproliferation Sanctions", 163),
        ("OFAC", "Non-SDN Palestinian Legislative Council List", 78),
        ("BIS", "Military End User List", 71),
        ("OFAC", "Non-SDN CMIC List", 68),
        ("OFAC", "CAPTA List", 53),
        ("OFAC", "Non-SDN Menu-Based Sanctions List", 17),
        ("OFAC", "FSE List", 3),
    ]
    found = Counter(
        (each.authority.code if each.authority else None, one.list_name)
        for entity in csl
        for each in entity.designations
        for one in each.listings
    )
    assert found == {(authority, name): count for authority, name, count in expected}
    assert set(csl.editions[0].lists or ()) == {name for _, name, _ in expected}


def test_sensetime(path: Path) -> None:
    """The Entity List's entry of 2019 is not Treasury's of 2021: two records, two authorities."""
    csl = whole(path)
    name = "Beijing Sensetime Technology Development Co., Ltd."
    (found,) = csl.where(lambda one: one.name == name, named_list="Entity List", authority="BIS")
    (designation,) = found.designations
    assert designation.notices == ("84 FR 54002", "85 FR 34505", "85 FR 44159")
    assert designation.licence_requirement is not None
    assert (str(found.listed_since), [one.line for one in found.origins]) == ("2019-10-09", [2_465])
    group = csl["33114"]
    assert (group.name, group.party_key) == ("SENSETIME GROUP LIMITED", ("ofac", "33114"))
    assert [one.list_name for one in group.listings] == ["Non-SDN CMIC List"]


def test_dates(path: Path) -> None:
    """2,523 effective dates, 417 expiries; with two dates of a document the expiry comes first."""
    csl = whole(path)
    events = Counter(event.kind for one in csl for each in one.listings for event in each.events)
    assert events == {sl.EventKind.EFFECTIVE: 2_523, sl.EventKind.EXPIRES: 417}
    numbers = [number for one in csl for number in one.identifiers]
    dated = [(one.issued, one.expires) for one in numbers if one.issued and one.expires]
    assert len(dated) == 246
    assert all(str(issued) <= str(expires) for issued, expires in dated)
    assert sum((one.note or "").startswith("issued or") for one in numbers) == 366


def test_cells(path: Path, rows: list[dict[str, str]]) -> None:
    """No address, and no letter or digit of the citations, is lost where cells are separated."""
    csl = whole(path)
    texts = {text.strip() for row in rows for text in row["addresses"].split("; ") if text}
    found = [address for one in csl for address in one.addresses]
    assert {address.text for address in found} == texts
    assert sum(address.country is not None for address in found) / len(found) > 0.98
    notices = [one for each in csl for given in each.designations for one in given.notices]
    printed = "".join(row["federal_register_notice"] for row in rows)
    assert Counter(bare("".join(notices))) == Counter(bare(printed.replace("and", "")))


def test_unknown_codes(path: Path) -> None:
    """State's words for its laws are in no table of ours; 237 names and addresses have lost letters."""
    counts: Counter[str] = Counter()
    for one in whole(path).audit.unknown_codes:
        counts[one.vocabulary] += one.count
    assert counts == {"lost letter": 237, "program": 182}


def test_no_alias_is_a_word_of_its_sentence(path: Path) -> None:
    """Commerce's aliases: no "and", no dash before one, and three that are former names."""
    names = [name for one in whole(path) if not one.id_space for name in one.names[1:]]
    assert not [one for one in names if one.text.startswith(("and ", "-")) or one.text == "and"]
    assert not [one for one in names if ";" in one.text]
    assert [one.text for one in names if one.kind is sl.NameKind.FKA] == [
        "Presidency Office of Scientific and Industrial Studies (POSIS)",
        "Office of Scientific and Industrial Studies (OSIS)",
        "Sibirskaya Neftyanaya Kompaniya OAO",
    ]


def test_same_party_as_in_ofacs_own_file(path: Path, lists: Path) -> None:
    """Treasury's rows have the uid and the kind that SDN.XML had a year before."""
    csl = whole(path)
    sdn = sl.read(lists / "us_ofac_sdn/SDN_2021-03-10.xml")
    both = [(one, csl[one.source_id]) for one in sdn if one.source_id in csl]
    assert len(both) == 8_342
    assert all(one.party_key == other.party_key and type(one) is type(other) for one, other in both)
    assert sum(one.name == other.name for one, other in both) / len(both) > 0.98


def test_the_whole_list_as_json(path: Path, rows: list[dict[str, str]]) -> None:
    """Converted to the form of the JSON, it is equal except for the lines of the addresses."""
    found = sl.read(as_json(*map(in_json, rows)), published=DAY)
    assert found.audit.issues == ()
    for one, other in zip(found, whole(path), strict=True):
        assert (one.id, one.names, one.features) == (other.id, other.names, other.features)
        assert one.designations == other.designations
        assert [each.value for each in one.identifiers] == [x.value for x in other.identifiers]
        assert {each.country for each in one.addresses} == {x.country for x in other.addresses}


_PLURAL = (
    *("programs", "alt_names", "citizenships"),
    *("dates_of_birth", "nationalities", "places_of_birth"),
)


def in_json(row: dict[str, str]) -> dict[str, object]:
    """A row as an object of the JSON."""
    made: dict[str, object] = {name: text or None for name, text in row.items() if name != "_id"}
    made |= {name: row[name].split("; ") for name in _PLURAL if row[name]}
    made["addresses"] = addresses(row["addresses"])
    return {"id": row["_id"], **made, "ids": ids(row["ids"])}
